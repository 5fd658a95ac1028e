# ハナ信用組合の画面の言葉。
# 出典: 「個人用 個人IB（ParaSOL） API連携に係る利用者マニュアル」（ハナ信用組合）。
# 印刷された言葉は、欠かさず、言い換えず、順も変えない。読み替えた箇所は docs/manual-readings.md にある。
# 題名は全角の括弧を正とする。

## 手順1 API連携認証（利用登録）

login-title = API連携認証（利用登録）
# 画面に案内文は印刷されていない。
login-lead = { "" }
login-label-login_id = ログインID
login-label-password = ログインパスワード
login-continue = API連携
login-notice-title = ※注意事項※
login-notice = 本機能はお客様の金融情報をAPI連携事業者に提供するものです。
    「免責事項」欄に掲載する当信用組合のAPI利用規定のリンクより同規定を確認のうえ同意いただき、必ずお客様自身の責任において行っていただきますようお願いいたします。
login-terms-title = 免責事項
login-terms = API利用規定

## 手順2 API連携認証（利用登録）（利用者番号認証）

digits-title = API連携認証（利用登録）（利用者番号認証）
# 画面に案内文は印刷されていない。
digits-lead = { "" }
digits-asked = 入力桁数の指定
digits-section = 利用者番号を入力
digits-continue = 次へ

## 手順3 API連携認証（追加認証）（利用登録）

security_question-title = API連携認証（追加認証）（利用登録）
# 画面に案内文は印刷されていない。
security_question-lead = { "" }
security_question-section = 追加認証入力
security_question-question = 質問
security_question-answer = 回答を入力
security_question-printed-hint = (必須) 英数字 (全角16文字以内)
cancel-printed-first-security_question = 中止する
security_question-continue = 次へ

## 手順4 API連携認証（利用登録）（情報連携認可）
## 1つ目の※は転記が乱れているため、当方の言葉。2つ目の $app は「xxxxxx」と印刷された箇所。

consent-title = API連携認証（利用登録）（情報連携認可）
consent-caution-title = ご注意
consent-caution = ※この画面で、Webサイトまたはアプリケーションに提供されるお客様の各種情報をご確認ください。
    ※「許可する」ボタンをクリックすることによって、お客様は{ $app }の各種情報のアクセスを許可することになります。
    ※本アプリケーションへのアクセスは、金融機関へ連絡することによっていつでも解除することができます。
cancel-printed-first-consent = 中止する
consent-continue = 許可する

## 連携する情報の呼び名（当方の言葉）

scope-balances = 残高照会
scope-transactions = 入出金明細照会

## 電子納付（マニュアルに画面はない。言葉はデモのもの）

account_selection-title = 払込口座の選択
account_selection-continue = 次へ
payment_confirmation-title = 払込内容の確認
payment_confirmation-agree = 確認しました
payment_confirmation-continue = 払込む
