# The words of Musashino Fictitious Bank: sentences for tests.

notice-title = Before you begin
notice-continue = Next
login-title = Log in with your cash card
login-lead = Enter the branch code, the account number and the PIN of your cash card.
login-label-branch_code = Branch code
login-label-account_number = Account number
login-label-password = PIN of the cash card
login-continue = Log in
error-branch_code-missing = Please enter the branch code.
error-branch_code-format = Please enter the branch code as up to 3 digits.
error-account_number-missing = Please enter the account number.
error-account_number-format = Please enter the account number as up to 7 digits.

permission_gate-title = Permission is needed
permission_gate-continue = Check whether it is permitted
session_conflict-title = You are logged in elsewhere
session_conflict-continue = Go on
registration-continue = Register
out_of_band-title = Confirmation that it is you
out_of_band-continue = I have approved: go on
passkey-title = Confirmation with a passkey
passkey-continue = Confirm with my passkey
matrix_card-title = Confirmation with your matrix card
matrix_card-continue = Next
transaction_password-title = Your confirmation password
transaction_password-continue = Next
one_time_password-title = Confirmation by mail
one_time_password-continue = Next
account_selection-title = Choice of accounts
account_selection-continue = Next
consent-title = Permission to share information
consent-continue = Allow
