# The words of this bank's screens in English. What is left out is the platform's.
# Titles (-title) and main buttons (-continue) are always the bank's own words.

## Login

login-title = Account link (login)
login-label-login_id = Login ID
login-label-password = Login password
login-continue = Log in

## Additional authentication

security_question-title = Account link (additional authentication)
security_question-continue = Authenticate

## Selection of services

service_selection-title = Account link (selection of services)
service_selection-continue = Next

## Registration of inquiry PINs (make these lines count together with `inquiry_pin` in tenant.yaml)

# inquiry_pin-title = Account link (registration of inquiry PINs)
# inquiry_pin-continue = Register
# inquiry_pin_result-title = Account link (result of registration)
# inquiry_pin_result-continue = Confirm

## Consent

consent-title = Account link (consent)
consent-continue = Allow

## Names of services

scope-balances = Balance inquiry
scope-transactions = Transaction inquiry
