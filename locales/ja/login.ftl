## login

login-title = ログイン
login-lead = インターネットバンキングのログインIDとログインパスワードを入力してください。
login-label-login_id = ログインID
login-label-password = ログインパスワード
login-continue = ログイン
