## session_conflict

session_conflict-title = ほかの画面でログイン中です
session_conflict-lead = 同じIDで、ほかの端末または画面からログインされています。
session_conflict-what = 「続行」を押すと、ほかの画面でのご利用は終了し、入力の途中だった内容は失われます。お心当たりのない場合は「中止」を押し、お問い合わせ先へご連絡ください。
session_conflict-continue = 続行
session_conflict-stop = 中止
error-session-undecided = 「続行」または「中止」を選んでください。
