# 飛驒信用組合の画面の言葉。
# 出典: 「ひだしん法人インターネットバンキング API連携マニュアル」（飛驒信用組合、https://www.hidashin.co.jp）。
# 印刷された言葉は、欠かさず、言い換えず、順も変えない。読み替えた箇所は docs/manual-readings.md にある。
# 題名は全角の括弧を正とする。画面番号 BL0802 は tenant.yaml の screen_id。

## 手順1-2 API連携認証（利用登録）（ID・パスワード方式のお客様）

login-title = API連携認証（利用登録）
# 画面に案内文は印刷されていない。
login-lead = { "" }
login-label-login_id = ログインID
login-label-password = ログインパスワード
login-continue = API連携
# 手順1-1 (customers who log in with a certificate)
login-certificate = 電子証明書ログイン

## 手順2 API連携認証（追加認証）（利用登録） 画面 BL0802

security_question-title = API連携認証（追加認証）（利用登録）
security_question-lead = 質問に対する回答を入力の上、「認証」ボタンを押してください。
    ※は必須入力項目です。
security_question-section = 追加認証
security_question-question = 質問
security_question-answer = 回答
security_question-continue = 認証

## 手順3 API連携認証（認可業務選択）（利用登録） 画面 BL0802
## $app は「API連携先サービス(株式会社)」と印刷された箇所。

service_selection-title = API連携認証（認可業務選択）（利用登録）
service_selection-lead = { $app }にてご利用の対象業務を選択の上、「次へ」ボタンを押してください。
service_selection-column-scope = 認可対象
service_selection-column-linked = 連携済
service_selection-column-standing = 入会済/申請済
service_selection-linked = 連携済
service_selection-standing-joined = 入会済
service_selection-standing-applied = 申請済
service_selection-standing-none = -
service_selection-continue = 次へ

## 手順4 API連携認証（照会用暗証番号登録）（利用登録） 画面 BL0802

inquiry_pin-title = API連携認証（照会用暗証番号登録）（利用登録）
inquiry_pin-lead = API連携を行う場合は、現在の照会用暗証番号の登録が必要です。
    口座を選択し、現在の照会用暗証番号を入力の上、「登録」ボタンを押してください。
inquiry_pin-caption = 口座一覧
inquiry_pin-column-selected = 選択状況
inquiry_pin-column-state = 登録状態
inquiry_pin-column-account = 照会用口座
inquiry_pin-column-memo = 口座メモ
inquiry_pin-column-pin = 照会用暗証番号(現在)
inquiry_pin-state-unregistered = 未登録
inquiry_pin-state-registered = 登録済み
inquiry_pin-state-staged = 登録済み*
inquiry_pin-state-pending = 申請中
inquiry_pin-notes = 登録状態欄に「登録済み*」が表示されている口座の暗証番号は、認可完了後に有効となります。
    { "*" }登録した照会用暗証番号は、API連携のためにのみ使用されます。
inquiry_pin-continue = 登録

## 手順5 API連携認証（照会用暗証番号登録結果）

inquiry_pin_result-title = API連携認証（照会用暗証番号登録結果）
# 画面に案内文は印刷されていない。
inquiry_pin_result-lead = { "" }
inquiry_pin_result-column-state = 登録状況
inquiry_pin_result-column-account = 照会用口座
inquiry_pin_result-column-memo = 口座メモ
inquiry_pin_result-column-pin = 照会用暗証番号(現在)
inquiry_pin_result-state-unregistered = 未登録
inquiry_pin_result-state-registered = 登録済み
# この手順で登録した口座も、結果の画面には * なしで印刷されている。
inquiry_pin_result-state-staged = 登録済み
inquiry_pin_result-state-pending = 申請中
inquiry_pin_result-continue = 確定
inquiry_pin_result-register_more = 照会用暗証番号の追加登録

## 手順6 API連携認証（情報アクセス許可）（利用登録）

consent-title = API連携認証（情報アクセス許可）（利用登録）
consent-section = 意思確認
consent-agree = 許可手続きを継続する
consent-continue = 許可
error-agree-missing = 許可する場合は、「許可手続きを継続する」を選択してください。

## 認可対象の呼び名（当方の言葉。マニュアルに行の値は印刷されていない）

scope-balances = 残高照会
scope-transactions = 入出金明細照会

## 電子納付（マニュアルに画面はない。言葉はデモのもの）

account_selection-title = 払込口座の選択
account_selection-continue = 次へ
payment_confirmation-title = 払込内容の確認
payment_confirmation-agree = 確認しました
payment_confirmation-continue = 払込む
