## login

login-title = Log in
login-lead = Enter the login ID and login password of your internet banking.
login-label-login_id = Login ID
login-label-password = Login password
login-continue = Log in
