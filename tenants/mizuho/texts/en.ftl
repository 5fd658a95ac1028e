# The words of Mizuho's screens in English: our own faithful translation; the words in capitals are
# printed in English by the manual itself, 「API連携設定ガイド」 第5版.

## 1.1

notice-title = Points to Note on Using API Link
notice-choose = Choice of Login Authentication Method
notice-lead = API link is a service in which Mizuho Bank, with the consent of a customer who has completed its authentication for the Mizuho e-Business Site, gives external service providers information that it offers the customer on the Mizuho e-Business Site, at the request of the customer or the provider.
    To use API link, read the points to note, tick “I agree”, choose the login authentication method of your contract and press the “Next” button.
    (The “Abort” button takes you back to the site of the external service provider.)
notice-terms = Points to note
notice-agree = I agree
notice-methods = Choose the login authentication method of your present contract.
notice-method-password = “Fixed password” or “fixed password + one-time password”
notice-method-certificate = “Fixed password + certificate”
notice-continue = Next
cancel-printed-notice = Abort
error-notice-agree-missing = Please read the points to note and tick “I agree”.
error-method-missing = Choose the login authentication method of your contract.

## 1.4, 2: the page before the browser's window

certificate-title = Choice of Certificate
certificate-lead = Choose the certificate with which you log in to the Mizuho e-Business Site and press [OK].
certificate-continue = Next

## 1.2, 2

login-title = AUTHENTICATION
login-lead = Please enter your authentication information and click the "AUTHENTICATION" button.
    You can use software keyboards to enter "LOGIN PASSWORD".
login-section = AUTHENTICATION INFORMATION
login-label-contract_number = CONTRACT NO.
login-label-user_id = USER ID
login-label-password = LOGIN PASSWORD
login-software-keyboard = USE SOFTWARE KEYBOARDS
login-continue = AUTHENTICATION
cancel-printed-login = Abort
login-notes = Please enter your "LOGIN PASSWORD" in this screen. (not "EXECUTION PASSWORD" or "CERTIFICATE INSTALLATION PASSWORD")
login-link-password-forgotten = If you have forgotten your login password
login-link-user-locked = If your user ID is locked
login-help = Mizuho e-Business Site help desk: 0120-017-324
error-login-wrong = The contract number, the user ID or the login password is not correct. Please try again.
error-login-wrong-few-left = The contract number, the user ID or the login password is not correct. After { $left ->
    [one] { $left } more mistake
   *[other] { $left } more mistakes
 } your user ID is locked.

## 1.2, 3 to 5

one_time_password-title = Authentication / OTP Entry
one_time_password-lead-camera_token = { "" }
one_time_password-camera-read = Read the two-dimensional code on this page with your camera token.
    Within 20 seconds after the camera starts
one_time_password-camera-read-note = If the code was not read within 20 seconds after the camera started, the token shows the error [E010].
    Then press the right button [Continue] of the token and read the code again.
one_time_password-camera-compare = Make sure that the contract number and the user ID on the camera token are your own.
one_time_password-camera-compare-note = When you authenticate, nothing else (such as a transfer) is ever shown.
    If anything else is shown, stop at once and suspend the service.
one_time_password-camera-type = Enter the one-time password (6 digits) of the camera token in the field “One-time password” and press [Authenticate].
one_time_password-label = One-time password
one_time_password-life = Shown for { $seconds } seconds
one_time_password-continue = Authenticate
one_time_password-notes = If you enter a wrong one-time password as often as the bank has set, your user ID is locked. Unlocking it may take a procedure at the bank.

## 2

consent-title = Authorization of API Link
consent-printed-lead = Check the services and the authorization period of the API link and press the “Allow” button.
consent-privileges-title = Services
consent-privileges-column-service = Service
consent-privileges-column-privilege = (For reference) Privilege (※1)(※2)
consent-privilege-granted = Granted
consent-privilege-approver = Granted (privileged approver)
consent-privilege-none = Not granted
consent-privileges-notes = (※1) Services are shown whether or not you have the privilege.
    When you allow the API link, a service shown as “Not granted” can be used by API link as soon as the administrator grants the privilege.
    (※2) Where “Granted (privileged approver)” is shown for bulk transfers or payroll and bonus transfers, you cannot create request data by API link.
    To use it, please ask your administrator for one of the following.
    A) If there is another user with approver privileges: change your privileges to those of a person in charge or an approver.
    B) If there is none (you are the approver): register another user with the privileges of a person in charge or an approver. (After that, please link with the new user.)
consent-rows-title = Authorization period
consent-row-period = Authorization period (※3)
consent-period = { $days } days
consent-rows-notes = (※3) When the authorization period ({ $days } days) is over, the API link must be set up again.
    After a change of password or a renewal of the certificate it must be set up again even within the period.
    To stop the API link within the period, please do so with the external service provider.
consent-section = Confirmation
consent-statements = I allow my information (accounts, transactions and so on) to be given to the external service provider for the API link.
    I allow it to obtain and use my information (accounts, transactions and so on) under the terms of use of the external service provider.
    To authorize, tick the box “I have confirmed”.
consent-agree = I have confirmed
consent-before-buttons = { "*" }The buttons “Allow” and “Do not allow” take you to the site of the external service provider.
consent-continue = Allow
cancel-printed-consent = Do not allow
error-agree-missing = To authorize, tick the box “I have confirmed”.
scope-transfer_requests = Bulk transfers
scope-payroll_requests = Payroll and bonus transfers
scope-transfer_status = Bulk transfers (status inquiry)

## 1, ！注意: what must be in order before

refusal-initial-setup = This service cannot be used, because the initial setup of your Mizuho e-Business Site is not finished.
refusal-initial-setup-action = Please log in to the Mizuho e-Business Site, finish the setup and start again.
refusal-one-time-password-unregistered = This service cannot be used, because your OTP is not registered yet.
refusal-one-time-password-unregistered-action = Please register your OTP on the Mizuho e-Business Site and start again.
refusal-certificate-expired = This service cannot be used, because your certificate has expired.
refusal-certificate-expired-action = Please renew the certificate on the Mizuho e-Business Site and start again.
refusal-password-expired = This service cannot be used, because your login password has expired.
refusal-password-expired-action = Please change the login password on the Mizuho e-Business Site and start again.
refusal-other-method = The login authentication method you chose is not that of your contract.
refusal-other-method-action = Please start again and choose the method of your contract.
refusal-too-many-attempts = Your user ID is locked after too many wrong entries.
refusal-too-many-attempts-action = Unlocking it may take a procedure at the bank. Please contact the help desk.

## Electronic payment (the manual has no such page; the words are the demonstration's)

account_selection-title = Choice of the account to pay from
account_selection-continue = Next
payment_confirmation-title = Check the payment
payment_confirmation-agree = I have checked it
payment_confirmation-continue = Pay
