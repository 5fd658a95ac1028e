# The platform's own words in English. Same keys as ja.ftl (a test compares them).

## Around every page

platform-name = Renkei
platform-note = Account linking for credit unions
skip = Skip to content
language = Language / 言語
app = your app
bank = the bank
none = -
date = { $weekday ->
    [mon] Monday
    [tue] Tuesday
    [wed] Wednesday
    [thu] Thursday
    [fri] Friday
    [sat] Saturday
   *[sun] Sunday
 }, { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
 } { $year }
progress = Step { $number }
progress-of = Step { $number } of { $total }
asked-by = Linking with { $app } ({ $company })
sending = Sending
cancel = Stop linking and return to { $app }
cancel-alone = Stop
back = Return to { $app }

## The first page: who asks, for what, whose page this is

asker-data = Data asked for
asker-page = This page
asker-page-of = A page of { $bank }.
law-summary = About { $app } (company, authority, damages, contact)

## The four facts of Article 52-61-8 of the Banking Act about an integrator

law-company = Name and address
law-authority = Authority
law-damages = Compensation for damages
law-contact = Contact for complaints and advice

## Safety

safety = This page is shown by { $bank } ({ $domain }). { $app } cannot see and does not receive the ID, password or PIN you type here.
safety-alone = This page is shown by { $bank } ({ $domain }).

## Footer

footer-opened-from = This page was opened from “{ $app }”. For your safety it ends after { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
 } without input.
footer-advice-title = We never ask for passwords or PINs by phone or mail.
footer-advice = {" "}Beware of calls and mails in the name of bank staff that ask you to renew a certificate or to type a PIN.
footer-help-desk = Contact
footer-no-help-desk = Please contact a branch of { $bank }.
footer-demonstration = This is a demonstration, not the site of { $bank }. All people, accounts and transactions shown are fictitious.

## What may be shared

scope-accounts = List of accounts (branch, type, number, holder)
scope-balances = Balance inquiry
scope-transactions = Transaction inquiry
scope-transfer_requests = Creation of bulk transfer requests
scope-payroll_requests = Creation of payroll and bonus transfer requests
scope-transfer_status = Status inquiry of transfer requests

## Accounts

account-type-ordinary = Ordinary
account-type-current = Current
account-type-savings = Savings
account-type-time = Time

## Formats of fields, and what is wrong with what was typed

hint-plain-half_width_alphanumeric = { $exact ->
    [yes] { $max } half-width letters and digits
   *[no] { $min } to { $max } half-width letters and digits
 }
hint-plain-half_width_digits = { $exact ->
    [yes] { $max } half-width digits
   *[no] { $min } to { $max } half-width digits
 }
hint-both-half_width_alphanumeric = { $exact ->
    [yes] { $max } half-width characters, both letters and digits
   *[no] { $min } to { $max } half-width characters, both letters and digits
 }
hint-both-half_width_digits = { $exact ->
    [yes] { $max } half-width digits
   *[no] { $min } to { $max } half-width digits
 }
tries-left = { $left ->
    [one] { $left } try left.
   *[other] { $left } tries left.
 }
errors-title = Please check what you entered
error-title-prefix = Error:{" "}
error-word = Error:{" "}
error-login-wrong = The login ID or the login password is not correct. Please try again.
error-login-wrong-few-left = The login ID or the login password is not correct. After { $left ->
    [one] { $left } more mistake
   *[other] { $left } more mistakes
 } the service is suspended for a while.
error-login_id-missing = Enter your login ID.
error-login_id-format = Enter the login ID in the characters and length shown above the field.
error-password-missing = Enter your login password.
error-password-format = Enter the login password in the characters and length shown above the field.
error-answer-missing = Enter your answer.
error-answer-too-long = Enter an answer of at most { $max } characters.
error-answer-wrong = The answer is not the one registered. { $left ->
    [one] { $left } try left.
   *[other] { $left } tries left.
 }
error-scope-missing = Select at least one service.
error-pin-not-ticked = Please tick the account whose PIN you entered.
error-pin-format = Enter the inquiry PIN as { $digits } half-width digits.
error-pin-wrong = The inquiry PIN is not the one filed with the bank. { $left ->
    [one] { $left } try left.
   *[other] { $left } tries left.
 }
error-pin-locked = Too many tries: this account cannot be registered now. Please contact the help desk.
error-account-missing = Select an account and enter its inquiry PIN. At least one registered account is needed.
error-agree-missing = To allow access, select “Continue the permission procedure”.

## login

login-title = Log in
login-lead = Enter the login ID and login password of your internet banking.
login-label-login_id = Login ID
login-label-password = Login password
login-continue = Log in

## security_question

security_question-title = Additional authentication
security_question-lead = Enter the answer to the question.
security_question-section = Additional authentication
security_question-question = Question
security_question-answer = Answer
security_question-hint = At most { $max } characters
security_question-continue = Authenticate

## service_selection

service_selection-title = Services to link
service_selection-lead = Select the services to be used in { $app }.
service_selection-column-scope = Service
service_selection-column-linked = Link
service_selection-column-standing = Contract
service_selection-linked = Linked
service_selection-standing-joined = Joined
service_selection-standing-applied = Applied for
service_selection-standing-none = -
service_selection-continue = Next

## inquiry_pin

inquiry_pin-title = Registration of inquiry PINs
inquiry_pin-lead = Select the accounts to link and enter their inquiry PINs.
inquiry_pin-caption = Accounts
inquiry_pin-column-selected = Selected
inquiry_pin-column-state = State
inquiry_pin-column-account = Account
inquiry_pin-column-memo = Memo
inquiry_pin-column-pin = Inquiry PIN
inquiry_pin-state-unregistered = Not registered
inquiry_pin-state-registered = Registered
inquiry_pin-state-staged = Registered*
inquiry_pin-state-pending = Applied for
inquiry_pin-state-locked = Too many tries
inquiry_pin-select = Select { $branch } { $number }
inquiry_pin-label = Inquiry PIN of { $branch } { $number }
inquiry_pin-hidden = not shown
inquiry_pin-error-of = { $branch } { $number }: { $error }
inquiry_pin-notes = The PIN of an account marked “Registered*” takes effect once access is allowed.
inquiry_pin-continue = Register

## inquiry_pin_result

inquiry_pin_result-title = Result of inquiry PIN registration
inquiry_pin_result-lead = Please check the result.
inquiry_pin_result-column-state = State
inquiry_pin_result-column-account = Account
inquiry_pin_result-column-memo = Memo
inquiry_pin_result-column-pin = Inquiry PIN
inquiry_pin_result-state-unregistered = Not registered
inquiry_pin_result-state-registered = Registered
inquiry_pin_result-state-staged = Registered*
inquiry_pin_result-state-pending = Applied for
inquiry_pin_result-state-locked = Too many tries
inquiry_pin_result-continue = Confirm
inquiry_pin_result-register_more = Register more inquiry PINs

## consent

consent-title = Permission to access information
consent-lead = Please decide whether { $app } may access your account information as follows.
consent-facts = What you allow
consent-to-whom = To whom
consent-what = What is shared
consent-accounts = Accounts
consent-holder = { $name }
consent-until = How long
consent-until-day = Until { $day }
consent-until-days = { $days } days. To go on using it, please renew before the end.
consent-until-days-time = { $days } days (until { $time } Japan time on the last day). To go on using it, please renew before the end.
consent-until-none = No end date
consent-stop = How to stop
consent-stop-how = You can stop it at any time before the end: tell { $bank } or { $app }.
consent-stop-password = Changing your login password also ends it, and the procedure is needed again.
consent-section = Confirmation of intent
consent-agree = Continue the permission procedure
consent-continue = Allow

## Refusals: what happened, what to do

refusal-no-accounts = There is no account that could be linked.
refusal-no-accounts-action = For questions about your accounts, please contact the help desk.
refusal-no-question = We cannot go on, because no question and answer for additional authentication are registered.
refusal-no-question-action = Please register a question and answer in your internet banking and start again. If in doubt, contact the help desk.
refusal-pins-locked = The inquiry PIN was tried too often: no account is left that could be registered.
refusal-pins-locked-action = To have the inquiry PIN checked and unlocked, please contact the help desk.
refusal-risk-too-high = For your safety we cannot go on this time.
refusal-risk-too-high-action = Please try again later from the device you usually use. If it is urgent, contact the help desk.
refusal-too-many-attempts = There were too many tries. For your safety the service is suspended for now.
refusal-too-many-attempts-action = Please try again later. If in doubt, contact the help desk.
refusal-action = If in doubt, contact the help desk.

## Pages outside a step

incident = Reference number
bank-code = Bank code { $code }

ending-refused-title = We cannot go on
ending-fault-title = We could not go on
ending-fault-what = Something went wrong in our system. It was not caused by what you entered. Nothing has been linked.
ending-fault-do = { $way ->
    [yes] Return to { $app } and try again later. If it happens again, contact us with the reference number.
   *[no] Try again later from the app you use. If it happens again, contact us with the reference number.
 }
ending-expired-title = The time for this procedure is over
ending-expired-what = There was no input for a while, so we ended the procedure for your safety. What you entered was not kept.
ending-expired-do = { $way ->
    [yes] Return to { $app } and start again.
   *[no] Start again from the app you use.
 }
ending-finished-title = This procedure has ended
ending-finished-what = It was completed or stopped. There is nothing left to do on this page.
ending-finished-do = { $way ->
    [yes] Return to { $app } to see the result.
   *[no] See the result in the app you use.
 }
ending-wrong_browser-title = Opened in another browser
ending-wrong_browser-what = This procedure can only be continued in the browser in which it began. The cookie “{ $cookie }” of this browser does not belong to it.
ending-wrong_browser-do = Go back to the browser in which you began, or start again from the app you use.
ending-cookie_missing-title = The cookie did not arrive
ending-cookie_missing-what = The browser did not send the cookie “{ $cookie }”, which is needed here. Cookies may be switched off or deleted, or the page was opened in another browser.
ending-cookie_missing-do = { $way ->
    [yes] Allow cookies for this site in your browser, return to { $app } and start again.
   *[no] Allow cookies for this site in your browser and start again from the app you use.
 }
ending-stale-title = This page has moved on
ending-stale-what = The procedure is already past this page. What you entered was not used.
ending-stale-do = Please open the present page and go on.
ending-stale-continue = Open the present page
ending-unknown_journey-title = Procedure not found
ending-unknown_journey-what = There is no procedure at this address. It may have ended long ago, or the address may be cut off.
ending-unknown_journey-do = Start again from the app you use.
ending-chooser-title = Choose your bank
ending-chooser-what = Choose the bank that holds the account you want to link.
ending-chooser-do = The procedure begins on that bank’s page.
ending-unknown_bank-title = Bank not found
ending-unknown_bank-what = The bank asked for is not available in this service.
ending-unknown_bank-do = Go back to the app you use and choose the bank again. If it happens again, ask the company that offers the app.
ending-protocol-title = The app’s request cannot be accepted
ending-protocol-what = The app you use sent a request with an error, so the procedure cannot begin. It was not caused by anything you did.
ending-protocol-do = Go back to the app you use and try again. If it happens again, tell the company that offers the app what is shown below.
ending-protocol-code = Error code
ending-protocol-description = Description
ending-closed-title = Not available now
ending-closed-what = The service of { $bank } is closed or under maintenance.
ending-closed-do = { $way ->
    [yes] Please start again later from { $app }.
   *[no] Please start again later from the app you use.
 }
ending-not_found-title = Page not found
ending-not_found-what = There is no page at this address.
ending-not_found-do = Please check the address. Linking begins in the app you use.
ending-too_large-title = Too much was sent
ending-too_large-what = What was sent is larger than this page can receive.
ending-too_large-do = Go back to the previous page in your browser and enter it again.
ending-method_not_allowed-title = This cannot be done here
ending-method_not_allowed-what = This address does not accept what was sent.
ending-method_not_allowed-do = Go back to the previous page in your browser, or start again from the app you use.

## Mails. No link in any of them.

mail-link-created-subject = [{ $bank }] You allowed { $app } to link
mail-link-created-body = { $app } may now access your account information.
    You can stop the link at any time before its end.
    If you did not do this, please contact { $bank } at once.
    This mail contains no link. We never ask for passwords or PINs by mail.
mail-link-renewed-subject = [{ $bank }] Your link with { $app } was renewed
mail-link-renewed-body = Your link with { $app } was renewed. Its period counts from now on.
    If you did not do this, please contact { $bank } at once.
    This mail contains no link. We never ask for passwords or PINs by mail.
mail-link-ended-subject = [{ $bank }] Your link with { $app } has ended
mail-link-ended-body = { $app } can no longer access your account information.
    To go on using it, please start again in { $app }.
    This mail contains no link. We never ask for passwords or PINs by mail.
mail-locked-subject = [{ $bank }] Suspended after too many tries
mail-locked-body = While linking with { $app }, a password or PIN was tried too often. For your safety we suspended the service.
    If you did not do this, please contact { $bank } at once.
    This mail contains no link. We never ask for passwords or PINs by mail.
