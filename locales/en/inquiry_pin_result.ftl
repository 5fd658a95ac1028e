## inquiry_pin_result

inquiry_pin_result-title = Result of inquiry PIN registration
inquiry_pin_result-lead = Please check the result.
inquiry_pin_result-column-state = State
inquiry_pin_result-column-account = Account
inquiry_pin_result-column-memo = Memo
inquiry_pin_result-column-pin = Inquiry PIN
inquiry_pin_result-state-unregistered = Not registered
inquiry_pin_result-state-registered = Registered
inquiry_pin_result-state-staged = Registered*
inquiry_pin_result-state-pending = Applied for
inquiry_pin_result-state-locked = Too many tries
inquiry_pin_result-continue = Confirm
inquiry_pin_result-register_more = Register more inquiry PINs
