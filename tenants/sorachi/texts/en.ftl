# The words of Sorachi's screens in English: our own faithful translation. The manual is Japanese only.
# Source of the Japanese: 「空知しんくみビジネスバンキング API連携の認証手順について」.

## 手順1 (customers with a certificate)

login-title = API Link Authentication (Registration)
# No lead is printed on the screen.
login-lead = { "" }
login-certificate = Log in with a certificate
login-label-password = Login password
login-continue = API link

## 手順2; neither lead nor headings are printed, so the headings follow Hidashin's screen

service_selection-title = API Link Authentication (Selection of Services) (Registration)
service_selection-lead = Select the services to use
service_selection-column-scope = Service to authorize
service_selection-column-linked = Linked
service_selection-column-standing = Joined/Applied for
service_selection-linked = Linked
service_selection-standing-joined = Joined
service_selection-standing-applied = Applied for
service_selection-standing-none = -
service_selection-continue = Next

## 手順3

inquiry_pin-title = API Link Authentication (Registration of Inquiry PINs) (Registration)
# Neither lead nor caption nor notes are printed; our own instruction stands apart from the print.
inquiry_pin-lead = { "" }
inquiry_pin-hint = Select the accounts that are not registered and enter the inquiry PINs you filed. The PIN of an account shown as “Registered*” takes effect when you have allowed access.
inquiry_pin-caption = { "" }
inquiry_pin-column-state = Registration status
inquiry_pin-column-account = Inquiry account
inquiry_pin-column-memo = Account memo
inquiry_pin-column-pin = Inquiry PIN (present)
inquiry_pin-state-unregistered = Not registered
inquiry_pin-state-registered = Registered
inquiry_pin-state-staged = Registered*
inquiry_pin-state-pending = Applied for
inquiry_pin-notes = { "" }
inquiry_pin-continue = Register

## 手順4

inquiry_pin_result-title = API Link Authentication (Result of Inquiry PIN Registration)
# No lead is printed on the screen.
inquiry_pin_result-lead = { "" }
inquiry_pin_result-column-state = Registration status
inquiry_pin_result-column-account = Inquiry account
inquiry_pin_result-column-memo = Account memo
inquiry_pin_result-column-pin = Inquiry PIN (present)
inquiry_pin_result-state-unregistered = Not registered
inquiry_pin_result-state-registered = Registered
# Printed with the mark on this screen too.
inquiry_pin_result-state-staged = Registered*
inquiry_pin_result-state-pending = Applied for
inquiry_pin_result-continue = Confirm
inquiry_pin_result-register_more = Register more inquiry PINs

## 手順5

consent-title = API Link Authentication (Permission to Access Information) (Registration)
consent-row-scopes = Services to authorize
consent-row-period = Period
consent-period = A fixed period ({ $days } days)
consent-section = Confirmation of intent
consent-agree = Continue the permission procedure
consent-continue = Allow
consent-notes = ※ After the link authentication with Sorachi Shinkumi Business Banking you are taken to the accounting software or other app that you link.
error-agree-missing = To allow access, select “Continue the permission procedure”.

## Names of services (ours; the sample 「信用組合 入出金明細帳」 is read as a slip of transcription)

scope-balances = Balance inquiry
scope-transactions = Transaction inquiry

## Electronic payment (the manual has no such page; the words are the demonstration's)

account_selection-title = Choice of the account to pay from
account_selection-continue = Next
payment_confirmation-title = Check the payment
payment_confirmation-agree = I have checked it
payment_confirmation-continue = Pay
