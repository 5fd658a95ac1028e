# この金融機関の画面の言葉（日本語）。出典を書き添えてください。
# 書かなかった言葉は基盤のものになります。同じキーを書けば、この金融機関の言葉に変わります。
# 題名（-title）と主なボタン（-continue）は、必ずこの金融機関の言葉で書きます。

## 本人確認

login-title = 口座連携の手続き（ログイン）
login-label-login_id = ログインID
login-label-password = ログインパスワード
login-continue = ログイン

## 追加認証

security_question-title = 口座連携の手続き（追加認証）
security_question-continue = 認証

## 認可業務選択

service_selection-title = 口座連携の手続き（業務の選択）
service_selection-continue = 次へ

## 照会用暗証番号の登録（tenant.yaml で inquiry_pin を有効にしたら、ここも有効にします）

# inquiry_pin-title = 口座連携の手続き（照会用暗証番号の登録）
# inquiry_pin-continue = 登録
# inquiry_pin_result-title = 口座連携の手続き（登録結果）
# inquiry_pin_result-continue = 確定

## 同意

consent-title = 口座連携の手続き（同意）
consent-continue = 許可

## 業務の呼び名

scope-balances = 残高照会
scope-transactions = 入出金明細照会
