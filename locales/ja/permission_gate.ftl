## permission_gate

permission_gate-title = 管理者の許可が必要です
permission_gate-lead = お客様のIDには、アプリとの連携がまだ許可されていません。許可されると、{ $app }との連携手続きを続けられます。
permission_gate-who = 許可できる方
permission_gate-administrator = インターネットバンキングの管理者（マスターユーザー）
permission_gate-what = 操作
permission_gate-act = 管理者がインターネットバンキングにログインし、お客様のIDに「API連携」の利用を許可します。
permission_gate-when = 期限
permission_gate-within = この画面を開いたまま{ $minutes }分以内に許可されれば、続けられます。過ぎた場合は、許可のあとに{ $app }からもう一度お手続きください。
permission_gate-continue = 許可されたか確認する
error-permission-missing = まだ許可されていません。管理者の操作が済んでから、もう一度確認してください。
