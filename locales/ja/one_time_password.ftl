## one_time_password

one_time_password-title = ワンタイムパスワードの入力
one_time_password-lead-authenticator = 認証アプリに表示されているワンタイムパスワードを入力してください。
one_time_password-lead-camera_token = 二次元バーコードをトークンで読み取り、表示されたワンタイムパスワードを入力してください。
one_time_password-lead-hardware_token = トークンに表示されているワンタイムパスワードを入力してください。
one_time_password-lead-mail = メールでお送りしたワンタイムパスワードを入力してください。
one_time_password-lead-sms = ショートメッセージでお送りしたワンタイムパスワードを入力してください。
one_time_password-sent = { $to } へお送りしました。
one_time_password-label = ワンタイムパスワード
one_time_password-hint = 半角数字 { $length }桁
one_time_password-life = 有効時間：{ $seconds }秒
one_time_password-notes = ワンタイムパスワードを続けて誤ると、ご利用を停止します。
one_time_password-continue = 認証
one_time_password-resend = もう一度送る

## The camera token

one_time_password-camera-read = 二次元バーコードをトークンのカメラで読み取ってください。
one_time_password-camera-picture = トークンで読み取る二次元バーコード。契約番号とユーザーIDを含みます。
one_time_password-camera-words = 二次元バーコードの内容を文字で表示する
one_time_password-camera-read-note = { "" }
one_time_password-camera-compare = トークンに表示された契約番号とユーザーIDが、ご自身のものであることをお確かめください。
one_time_password-camera-compare-note = { "" }
one_time_password-camera-type = トークンに表示されたワンタイムパスワードを入力してください。
