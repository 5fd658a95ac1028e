## payment_confirmation

payment_confirmation-title = 払込内容の確認
payment_confirmation-lead = 次の内容で払い込みます。よくお確かめください。
payment_confirmation-section = 払込の確認
payment_confirmation-agree = 確認しました
payment_confirmation-continue = 払込む
payment_confirmation-once = ボタンを2回押しても、引き落としは1回だけです。
payment_confirmation-notes = { "" }
error-payment_confirmation-agree = 払い込む場合は、内容をお確かめのうえ「確認しました」にチェックを付けてください。
