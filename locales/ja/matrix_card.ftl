## matrix_card

matrix_card-title = 乱数表の確認
matrix_card-lead = お手元の乱数表の番号をお確かめのうえ、指定されたマスの文字を入力してください。
matrix_card-serial = 乱数表の番号
matrix_card-section = 指定されたマス
matrix_card-cell = { $column }列 { $row }行
matrix_card-notes = 乱数表のマスを一度にすべてお尋ねすることはありません。
matrix_card-continue = 次へ
error-cell-missing = 指定されたマスの文字を、すべて入力してください。
error-cell-format = 指定されたマスの文字を、半角{ $length }文字で入力してください。
error-cells-wrong = 入力された文字が、この番号の乱数表と一致しません。同じマスの文字をもう一度入力してください。あと{ $left }回入力できます。
