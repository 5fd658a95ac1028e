## transaction_password

transaction_password-title = 確認用パスワードの入力
transaction_password-lead = 確認用パスワードを入力してください。
transaction_password-label = 確認用パスワード
transaction_password-which = ここで入力するのは、お取引のときに使う「確認用パスワード」です。「ログインパスワード」ではありません。
transaction_password-continue = 次へ
error-transaction_password-missing = 確認用パスワードを入力してください。
error-transaction_password-format = 確認用パスワードは、入力欄の上に示した文字の種類と文字数で入力してください。
error-transaction_password-wrong = 確認用パスワードが正しくありません。ログインパスワードを入力していないか、お確かめください。あと{ $left }回入力できます。
