# 空知商工信用組合の画面の言葉。
# 出典: 「空知しんくみビジネスバンキング API連携の認証手順について」（空知商工信用組合）。
# 印刷された言葉は、欠かさず、言い換えず、順も変えない。読み替えた箇所は docs/manual-readings.md にある。
# 題名は全角の括弧を正とする。

## 手順1 API連携認証（利用登録）（電子証明書方式のお客様）

login-title = API連携認証（利用登録）
# 画面に案内文は印刷されていない。
login-lead = { "" }
login-certificate = 電子証明書ログイン
login-label-password = ログインパスワード
login-continue = API連携

## 手順2 API連携認証（認可業務選択）（利用登録）
## 画面の案内文と列の見出しは印刷されていない。見出しは、同じ系列の飛驒信用組合の画面に倣う。

service_selection-title = API連携認証（認可業務選択）（利用登録）
service_selection-lead = 利用業務を選択
service_selection-column-scope = 認可対象
service_selection-column-linked = 連携済
service_selection-column-standing = 入会済/申請済
service_selection-linked = 連携済
service_selection-standing-joined = 入会済
service_selection-standing-applied = 申請済
service_selection-standing-none = -
service_selection-continue = 次へ

## 手順3 API連携認証（照会用暗証番号登録）（利用登録）

inquiry_pin-title = API連携認証（照会用暗証番号登録）（利用登録）
# 画面に案内文、表題、注記は印刷されていない。代わりの案内（当方の言葉）は印刷部分と区別して示す。
inquiry_pin-lead = { "" }
inquiry_pin-hint = 未登録の口座を選択し、お届けの照会用暗証番号を入力してください。「登録済み*」の口座の暗証番号は、許可の手続きが終わると有効になります。
inquiry_pin-caption = { "" }
inquiry_pin-column-state = 登録状況
inquiry_pin-column-account = 照会用口座
inquiry_pin-column-memo = 口座メモ
inquiry_pin-column-pin = 照会用暗証番号（現在）
inquiry_pin-state-unregistered = 未登録
inquiry_pin-state-registered = 登録済み
inquiry_pin-state-staged = 登録済み*
inquiry_pin-state-pending = 申請中
inquiry_pin-notes = { "" }
inquiry_pin-continue = 登録

## 手順4 API連携認証（照会用暗証番号登録結果）

inquiry_pin_result-title = API連携認証（照会用暗証番号登録結果）
# 画面に案内文は印刷されていない。
inquiry_pin_result-lead = { "" }
inquiry_pin_result-column-state = 登録状況
inquiry_pin_result-column-account = 照会用口座
inquiry_pin_result-column-memo = 口座メモ
inquiry_pin_result-column-pin = 照会用暗証番号（現在）
inquiry_pin_result-state-unregistered = 未登録
inquiry_pin_result-state-registered = 登録済み
# 結果の画面にも * つきで印刷されている。
inquiry_pin_result-state-staged = 登録済み*
inquiry_pin_result-state-pending = 申請中
inquiry_pin_result-continue = 確定
inquiry_pin_result-register_more = 照会用暗証番号の追加登録

## 手順5 API連携認証（情報アクセス許可）（利用登録）

consent-title = API連携認証（情報アクセス許可）（利用登録）
consent-row-scopes = 認可対象
consent-row-period = 許可期間
consent-period = 一定期間({ $days }日)
consent-section = 意思確認
consent-agree = 許可手続きを継続する
consent-continue = 許可
consent-notes = ※空知しんくみビジネスバンキングとの連携認証後、API連携先の会計ソフト等に移動します。
error-agree-missing = 許可する場合は、「許可手続きを継続する」を選択してください。

## 認可対象の呼び名（当方の言葉。見本の「信用組合 入出金明細帳」は転記の乱れと読む）

scope-balances = 残高照会
scope-transactions = 入出金明細照会

## 電子納付（マニュアルに画面はない。言葉はデモのもの）

account_selection-title = 払込口座の選択
account_selection-continue = 次へ
payment_confirmation-title = 払込内容の確認
payment_confirmation-agree = 確認しました
payment_confirmation-continue = 払込む
