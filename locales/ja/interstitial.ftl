## interstitial

interstitial-opens = 新しいタブで開きます。
interstitial-password-expired-title = パスワードの有効期限が切れています
interstitial-password-expired-lead = ログインパスワードの有効期限が過ぎています。
interstitial-password-expired-mend = 変更する（インターネットバンキングを開く）
interstitial-password-expired-after = 変更が済んだら、この画面に戻って続けてください。新しいパスワードで、もう一度ログインしていただきます。
interstitial-password-expired-mended = 変更したので、続ける
interstitial-password-expired-skip = 変更しない
interstitial-mail-invalid-title = メールアドレスをご確認ください
interstitial-mail-invalid-lead = ご登録のメールアドレスに、当方からのメールが届いていません。
interstitial-mail-invalid-mend = 訂正する（インターネットバンキングを開く）
interstitial-mail-invalid-after = 連携の許可や停止をお知らせするメールも届きません。訂正が済んだら、この画面に戻って続けてください。
interstitial-mail-invalid-mended = 訂正したので、続ける
interstitial-mail-invalid-skip = あとで訂正する
error-password-still-expired = パスワードはまだ変更されていません。変更してから、もう一度押してください。
error-mail-still-invalid = メールアドレスはまだ訂正されていません。訂正してから押すか、「あとで訂正する」を選んでください。
