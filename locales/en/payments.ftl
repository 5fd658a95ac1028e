## A payment: its facts

payment-facts = The payment
payment-amount = Amount
payment-yen = { $amount } yen
payment-payee = Payee
payment-facility-number = Payee’s number
payment-procedure = Procedure
payment-pay-number = Payment number
payment-confirm-number = Confirmation number
payment-due = To be paid by
payment-account = Account to debit
payment-at = Confirmed by you
payment-debited = Debited
payment-reference = Transaction number
payment-id = Number of this payment
asked-payment = You are about to make a payment to { $payee }.
cancel-payment = Leave without paying

## What became of it

payment-done-title = The payment is made
payment-done-what = Your account was debited and the payment is made.
payment-done-do = You can close this page. Please check the payment’s status in the software you use.
payment-waiting-title = Checking the result of your payment
payment-waiting-what = Your payment was accepted. We are asking the system of { $bank } for the result.
payment-waiting-do = The result appears on this page as soon as it is known. If you close the page, checking goes on and we tell you the result by mail as well. You do not need to pay again.
payment-waiting-look = Check now
payment-declined-title = The payment could not be made
payment-declined-what = Your account was not debited. The fee is still waiting to be paid.
payment-declined-do = To pay, please open the electronic payment again from the software you use.
payment-declined-closed = The account is closed or suspended.
payment-declined-hours = Accounts are not debited at this hour.
payment-declined-limit = The amount is above the limit of a day or of one payment.
payment-declined-short = The balance of the account is too low.
payment-own-page = You can see the record of your payments at any time on the page “Linked services” of { $bank }:

## On the customer's own page

payments-title = Payments
payments-open = See the payment
payment-receipt-title = Record of a payment
payment-state-done = The payment is made.
payment-state-waiting = We are checking the result.
payment-state-declined = The payment could not be made.

## A payment that was left

ending-payment_left-title = No payment was made
ending-payment_left-what = You left the procedure. Your account was not debited, and the fee is still waiting to be paid.
ending-payment_left-do = To pay, please open the electronic payment again from the software you use. You can close this page.
ending-refused-unpaid = Your account was not debited in this procedure.

## Why nothing can be paid

refusal-bill-lapsed = We cannot go on, because more than 30 minutes have passed since the electronic payment was opened.
refusal-bill-lapsed-action = Please open the electronic payment again from the software you use.
refusal-bill-opened = This payment was already opened in another browser.
refusal-bill-opened-action = Go on in the browser in which you opened it first, or open the electronic payment again from the software you use.
refusal-bill-unreadable = The details of the payment cannot be read.
refusal-bill-unreadable-action = Please open the electronic payment again from the software you use.
refusal-bill-voided = These payment details were replaced by newer ones and can no longer be used.
refusal-bill-voided-action = Go on in the newer page, or open the electronic payment again from the software you use.
refusal-fee-being-paid = This fee is already being paid in another procedure.
refusal-fee-being-paid-action = It cannot be paid twice. Please check the payment’s status in the software you use in a while.
refusal-fee-cancelled = This fee was cancelled. You do not need to pay it.
refusal-fee-cancelled-action = If in doubt, ask the authority you applied to.
refusal-fee-overdue = The fee can no longer be paid, because its last day is over.
refusal-fee-overdue-action = Please ask the authority you applied to how to go on.
refusal-fee-paid = This fee has already been paid.
refusal-fee-paid-action = Please check the payment’s status in the software you use.
refusal-no-payable-account = You have no account that this payment could be made from.
refusal-no-payable-account-action = An ordinary or a current account is needed. For questions about your accounts, please contact the help desk.
