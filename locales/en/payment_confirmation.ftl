## payment_confirmation

payment_confirmation-title = Check the payment
payment_confirmation-lead = This is what you are about to pay. Please check it carefully.
payment_confirmation-section = Confirmation
payment_confirmation-agree = I have checked it
payment_confirmation-continue = Pay
payment_confirmation-once = Your account is debited once only, even if you press the button twice.
payment_confirmation-notes = { "" }
error-payment_confirmation-agree = To pay, please check the details and tick “I have checked it”.
