## inquiry_pin

inquiry_pin-title = Registration of inquiry PINs
inquiry_pin-lead = Select the accounts to link and enter their inquiry PINs.
# An instruction of ours, where the bank prints none.
inquiry_pin-hint = { "" }
inquiry_pin-caption = Accounts
inquiry_pin-column-selected = Selected
inquiry_pin-column-state = State
inquiry_pin-column-account = Account
inquiry_pin-column-memo = Memo
inquiry_pin-column-pin = Inquiry PIN
inquiry_pin-state-unregistered = Not registered
inquiry_pin-state-registered = Registered
inquiry_pin-state-staged = Registered*
inquiry_pin-state-pending = Applied for
inquiry_pin-state-locked = Too many tries
inquiry_pin-select = Select { $branch } { $number }
inquiry_pin-label = Inquiry PIN of { $branch } { $number }
inquiry_pin-hidden = not shown
inquiry_pin-error-of = { $branch } { $number }: { $error }
inquiry_pin-notes = The PIN of an account marked “Registered*” takes effect once access is allowed.
inquiry_pin-continue = Register
