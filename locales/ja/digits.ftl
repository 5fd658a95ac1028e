## digits

digits-title = 利用者番号の確認
digits-lead = 利用者番号のうち、指定された桁の数字を入力してください。
digits-asked = 入力する桁
digits-section = 利用者番号
digits-position = { $position }桁目
digits-separator = ・
digits-hint = 全部で{ $length }桁です。左から数えて、それぞれの桁の数字を1文字ずつ入力してください。
digits-continue = 次へ
error-digit-missing = { $position }桁目の数字を入力してください。
error-digit-format = { $position }桁目には、数字を1文字だけ入力してください。
error-digits-wrong = 利用者番号の数字が正しくありません。同じ桁の数字をもう一度入力してください。あと{ $left }回入力できます。
