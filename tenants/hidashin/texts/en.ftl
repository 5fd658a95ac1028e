# The words of Hidashin's screens in English: our own faithful translation. The manual is Japanese only.
# Source of the Japanese: 「ひだしん法人インターネットバンキング API連携マニュアル」.

## 手順1-2 (customers who log in with ID and password)

login-title = API Link Authentication (Registration)
# No lead is printed on the screen.
login-lead = { "" }
login-label-login_id = Login ID
login-label-password = Login password
login-continue = API link
# 手順1-1 (customers who log in with a certificate)
login-certificate = Certificate login

## 手順2, screen BL0802

security_question-title = API Link Authentication (Additional Authentication) (Registration)
security_question-lead = Enter the answer to the question and press the “Authenticate” button.
    Fields marked ※ are required.
security_question-section = Additional authentication
security_question-question = Question
security_question-answer = Answer
security_question-continue = Authenticate

## 手順3, screen BL0802; $app stands where 「API連携先サービス(株式会社)」 is printed

service_selection-title = API Link Authentication (Selection of Services) (Registration)
service_selection-lead = Select the services to be used in { $app } and press the “Next” button.
service_selection-column-scope = Service to authorize
service_selection-column-linked = Linked
service_selection-column-standing = Joined/Applied for
service_selection-linked = Linked
service_selection-standing-joined = Joined
service_selection-standing-applied = Applied for
service_selection-standing-none = -
service_selection-continue = Next

## 手順4, screen BL0802

inquiry_pin-title = API Link Authentication (Registration of Inquiry PINs) (Registration)
inquiry_pin-lead = To use the API link, your present inquiry PIN must be registered.
    Select the accounts, enter their present inquiry PINs and press the “Register” button.
inquiry_pin-caption = Accounts
inquiry_pin-column-selected = Selected
inquiry_pin-column-state = Registration state
inquiry_pin-column-account = Inquiry account
inquiry_pin-column-memo = Account memo
inquiry_pin-column-pin = Inquiry PIN (present)
inquiry_pin-state-unregistered = Not registered
inquiry_pin-state-registered = Registered
inquiry_pin-state-staged = Registered*
inquiry_pin-state-pending = Applied for
inquiry_pin-notes = The PIN of an account shown as “Registered*” in the state column takes effect once authorization is complete.
    { "*" }Registered inquiry PINs are used for the API link only.
inquiry_pin-continue = Register

## 手順5

inquiry_pin_result-title = API Link Authentication (Result of Inquiry PIN Registration)
# No lead is printed on the screen.
inquiry_pin_result-lead = { "" }
inquiry_pin_result-column-state = Registration status
inquiry_pin_result-column-account = Inquiry account
inquiry_pin_result-column-memo = Account memo
inquiry_pin_result-column-pin = Inquiry PIN (present)
inquiry_pin_result-state-unregistered = Not registered
inquiry_pin_result-state-registered = Registered
# Printed without the mark on this screen.
inquiry_pin_result-state-staged = Registered
inquiry_pin_result-state-pending = Applied for
inquiry_pin_result-continue = Confirm
inquiry_pin_result-register_more = Register more inquiry PINs

## 手順6

consent-title = API Link Authentication (Permission to Access Information) (Registration)
consent-section = Confirmation of intent
consent-agree = Continue the permission procedure
consent-continue = Allow
error-agree-missing = To allow access, select “Continue the permission procedure”.

## Names of services (ours; the manual prints no rows)

scope-balances = Balance inquiry
scope-transactions = Transaction inquiry

## Electronic payment (the manual has no such page; the words are the demonstration's)

account_selection-title = Choice of the account to pay from
account_selection-continue = Next
payment_confirmation-title = Check the payment
payment_confirmation-agree = I have checked it
payment_confirmation-continue = Pay
