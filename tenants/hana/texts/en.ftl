# The words of Hana's screens in English: our own faithful translation. The manual is Japanese only.
# Source of the Japanese: 「個人用 個人IB（ParaSOL） API連携に係る利用者マニュアル」.

## 手順1

login-title = API Link Authentication (Registration)
# No lead is printed on the screen.
login-lead = { "" }
login-label-login_id = Login ID
login-label-password = Login password
login-continue = API link
login-notice-title = ※ Please note ※
login-notice = This function gives your financial information to the company that links by API.
    Please follow the link to our terms of API use under “Disclaimer”, read and accept them, and proceed on your own responsibility.
login-terms-title = Disclaimer
login-terms = Terms of API use

## 手順2

digits-title = API Link Authentication (Registration) (User Number)
# No lead is printed on the screen.
digits-lead = { "" }
digits-asked = Digits to enter
digits-section = Enter your user number
digits-continue = Next

## 手順3

security_question-title = API Link Authentication (Additional Authentication) (Registration)
# No lead is printed on the screen.
security_question-lead = { "" }
security_question-section = Additional authentication
security_question-question = Question
security_question-answer = Enter the answer
security_question-printed-hint = (Required) Letters and digits (up to 16 full-width characters)
cancel-printed-first-security_question = Cancel
security_question-continue = Next

## 手順4; the first line is garbled in our copy, so it is our own; $app stands where 「xxxxxx」 is printed

consent-title = API Link Authentication (Registration) (Permission to Share Information)
consent-caution-title = Please note
consent-caution = ※ On this page, please check which of your information the web site or application will receive.
    ※ By clicking the “Allow” button you allow access to the various information of { $app }.
    ※ Access by this application can be ended at any time by contacting the financial institution.
cancel-printed-first-consent = Cancel
consent-continue = Allow

## Names of what is shared (ours)

scope-balances = Balance inquiry
scope-transactions = Transaction inquiry

## Electronic payment (the manual has no such page; the words are the demonstration's)

account_selection-title = Choice of the account to pay from
account_selection-continue = Next
payment_confirmation-title = Check the payment
payment_confirmation-agree = I have checked it
payment_confirmation-continue = Pay
