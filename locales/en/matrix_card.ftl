## matrix_card

matrix_card-title = Matrix card check
matrix_card-lead = Make sure that you hold the card with this number, and enter what stands in the cells asked for.
matrix_card-serial = Number of the card
matrix_card-section = Cells asked for
matrix_card-cell = Column { $column }, row { $row }
matrix_card-notes = We never ask for all cells of a card at once.
matrix_card-continue = Next
error-cell-missing = Enter what stands in every cell asked for.
error-cell-format = Enter { $length ->
    [one] { $length } half-width character
   *[other] { $length } half-width characters
 } for each cell asked for.
error-cells-wrong = What you entered does not stand on the card with this number. Enter the same cells again. { $left ->
    [one] { $left } try left.
   *[other] { $left } tries left.
 }
