## passkey

passkey-title = パスキーでの確認
passkey-lead = ご登録のパスキーで、ご本人であることを確認します。
passkey-how = ボタンを押すと、ブラウザーが端末の画面ロック（指紋、顔、暗証番号など）をお尋ねします。指紋や顔の情報が、この端末の外へ送られることはありません。
passkey-no-script = この確認には、ブラウザーのスクリプト（JavaScript）が必要です。有効にしてから、画面を読み直してください。
passkey-unable = このブラウザーでは、パスキーを使えません。パスキーを使えるブラウザーで、アプリからもう一度お手続きください。
passkey-stopped = パスキーの確認が中止されたか、時間が過ぎました。もう一度ボタンを押してください。
passkey-continue = パスキーで確認する
error-passkey-missing = パスキーの確認がまだ済んでいません。ボタンを押して、端末の画面の案内にそって確認してください。
error-passkey-wrong = パスキーを確認できませんでした。あと{ $left }回お試しいただけます。
error-new-passkey-wrong = パスキーを登録できませんでした。もう一度お試しください。
refusal-no-passkey = パスキーが登録されていないため、手続きを続けることができません。
refusal-no-passkey-action = パスキーをご登録のうえ、もう一度お手続きください。ご不明な点は、お問い合わせ先へご連絡ください。
