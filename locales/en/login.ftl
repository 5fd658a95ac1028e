## login

login-title = Log in
login-lead = Enter the login ID and login password of your internet banking.
login-label-login_id = Login ID
login-label-password = Login password
login-continue = Log in
login-label-contract_number = Contract number
login-label-user_id = User ID
login-label-branch_code = Branch code
login-label-account_number = Account number
login-section = { "" }
login-notes = { "" }
login-help = { "" }

## Certificates

login-certificate = Log in with a certificate
login-certificate-hint = Your browser shows a window in which to choose the certificate.
login-or = or
login-presented = Your certificate ({ $name }) was accepted. Please enter your login password.

## The bank's notice and terms, where the login has them

login-notice-title = Please note
login-notice = { "" }
login-terms-title = Disclaimer
login-terms = Terms of API use

## The software keyboard

login-software-keyboard = Use the software keyboard
keyboard-label = Software keyboard
keyboard-shift = Capital letters
keyboard-capital = Capital { $letter }
keyboard-delete = Delete one
keyboard-clear = Clear
keyboard-close = Close
keyboard-count = { $count } characters entered
new-tab = {" "}(opens in a new tab)
