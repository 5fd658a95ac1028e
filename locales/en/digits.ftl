## digits

digits-title = User number check
digits-lead = Enter the digits of your user number at the positions asked for.
digits-asked = Positions asked for
digits-section = User number
digits-position = Digit { $position }
digits-separator = ,{" "}
digits-hint = The number has { $length } digits. Count from the left and enter one digit in each field.
digits-continue = Next
error-digit-missing = Enter digit { $position } of the number.
error-digit-format = Enter exactly one figure for digit { $position }.
error-digits-wrong = The digits of the user number are not correct. Enter the same digits again. { $left ->
    [one] { $left } try left.
   *[other] { $left } tries left.
 }
