## transaction_password

transaction_password-title = Confirmation password
transaction_password-lead = Enter your confirmation password.
transaction_password-label = Confirmation password
transaction_password-which = Enter the “confirmation password” that you use for transactions, not the “login password”.
transaction_password-continue = Next
error-transaction_password-missing = Enter your confirmation password.
error-transaction_password-format = Enter the confirmation password in the characters and length shown above the field.
error-transaction_password-wrong = The confirmation password is not correct. Please make sure that it is not the login password you enter. { $left ->
    [one] { $left } try left.
   *[other] { $left } tries left.
 }
