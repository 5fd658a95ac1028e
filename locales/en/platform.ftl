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
asked-alone = Proof of identity, to open the page “Linked services”.
sending = Sending
cancel = Stop linking and return to { $app }
cancel-alone = Stop here and go to the site of { $bank }
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
footer-alone = For your safety this procedure ends after { $minutes ->
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
error-contract_number-missing = Enter your contract number.
error-contract_number-format = Enter the contract number in the characters and length shown above the field.
error-user_id-missing = Enter your user ID.
error-user_id-format = Enter the user ID in the characters and length shown above the field.
error-branch_code-missing = Enter the branch code.
error-branch_code-format = Enter the branch code in the characters and length shown above the field.
error-account_number-missing = Enter the account number.
error-account_number-format = Enter the account number in the characters and length shown above the field.
error-certificate-of-nobody = This certificate is not registered with the bank. Please choose the certificate you use to log in.
error-notice-agree-missing = Please read the notice and tick “I agree”.
error-method-missing = Choose how you log in.
error-otp-missing = Enter the one-time password.
error-otp-format = Enter the one-time password as { $length } half-width digits.
error-otp-wrong = The one-time password is wrong, too old or used already. Enter a new one. { $left ->
    [one] { $left } try left.
   *[other] { $left } tries left.
 }
error-otp-expired = Its time is over. Press “Send again” for a new one-time password.
error-otp-resends = No more can be sent. If none has come, please start again.
error-otp-sendings = Too many were sent, so no new one can be sent for now. If one has come, please enter it. If none has, please start again later.
error-days-missing = Choose how long to allow it.
