## login

login-title = ログイン
login-lead = インターネットバンキングのログインIDとログインパスワードを入力してください。
login-label-login_id = ログインID
login-label-password = ログインパスワード
login-continue = ログイン
login-label-contract_number = 契約番号
login-label-user_id = ユーザーID
login-label-branch_code = 店番
login-label-account_number = 口座番号
login-section = { "" }
login-notes = { "" }
login-help = { "" }

## Certificates

login-certificate = 電子証明書ログイン
login-certificate-hint = 証明書を選ぶ画面をブラウザーが表示します。
login-or = または
login-presented = 電子証明書（{ $name }）を確認しました。ログインパスワードを入力してください。

## The bank's notice and terms, where the login has them

login-notice-title = 注意事項
login-notice = { "" }
login-terms-title = 免責事項
login-terms = API利用規定

## The software keyboard

login-software-keyboard = ソフトウェアキーボードを使う
keyboard-label = ソフトウェアキーボード
keyboard-shift = 大文字にする
keyboard-capital = 大文字の { $letter }
keyboard-delete = 1文字消す
keyboard-clear = すべて消す
keyboard-close = 閉じる
keyboard-count = { $count }文字を入力しました
new-tab = （新しいタブで開きます）
