# The platform's own words. A tenant's texts/ja.ftl stands before them, key by key.
# Full sentences, です・ます, one fact each. Never a cause the customer must not know.

## Around every page

platform-name = 連携（Renkei）
platform-note = 信用組合のAPI連携
skip = 本文へ進む
language = 言語 / Language
app = ご利用のアプリ
bank = 金融機関
none = -
date = { $year }年{ $month }月{ $day }日（{ $weekday ->
    [mon] 月
    [tue] 火
    [wed] 水
    [thu] 木
    [fri] 金
    [sat] 土
   *[sun] 日
 }）
progress = 手順 { $number }
progress-of = 手順 { $number } / { $total }
asked-by = { $app }（{ $company }）との連携手続き
sending = 送信しています
cancel = 連携をやめて、{ $app }へ戻る
cancel-alone = 手続きをやめる
back = { $app }へ戻る

## The first page: who asks, for what, whose page this is

asker-data = 求められている情報
asker-page = このページ
asker-page-of = { $bank }のページです。
law-summary = { $app }について（会社・権限・損害賠償・ご相談先）

## The four facts of 銀行法第52条の61の8 about an integrator

law-company = 名称・住所
law-authority = 権限に関する事項
law-damages = 損害賠償に関する事項
law-contact = 苦情・ご相談の連絡先

## Safety

safety = このページは{ $bank }（{ $domain }）が表示しています。ここで入力するIDやパスワード、暗証番号は、{ $app }には見えず、渡りません。
safety-alone = このページは{ $bank }（{ $domain }）が表示しています。

## Footer

footer-opened-from = このページは「{ $app }」から開かれました。{ $minutes }分間操作がないと、安全のため手続きは終わります。
footer-advice-title = 電話やメールで、パスワードや暗証番号をお尋ねすることはありません。
footer-advice = 金融機関の職員を名乗って、電子証明書の更新や暗証番号の入力を求める電話・メールにご注意ください。
footer-help-desk = お問い合わせ
footer-no-help-desk = お問い合わせは{ $bank }の窓口へお願いします。
footer-demonstration = これはデモンストレーションです。{ $bank }のサイトではありません。表示される人・口座・取引はすべて架空のものです。

## What may be shared

scope-accounts = 口座の一覧（支店・科目・口座番号・名義）
scope-balances = 残高照会
scope-transactions = 入出金明細照会
scope-transfer_requests = 総合振込の依頼データ作成
scope-payroll_requests = 給与・賞与振込の依頼データ作成
scope-transfer_status = 振込の依頼状況照会

## Accounts

account-type-ordinary = 普通
account-type-current = 当座
account-type-savings = 貯蓄
account-type-time = 定期

## Formats of fields, and what is wrong with what was typed

hint-plain-half_width_alphanumeric = 半角英数字 { $exact ->
    [yes] { $max }文字
   *[no] { $min }〜{ $max }文字
 }
hint-plain-half_width_digits = 半角数字 { $exact ->
    [yes] { $max }桁
   *[no] { $min }〜{ $max }桁
 }
hint-both-half_width_alphanumeric = 半角英数字 { $exact ->
    [yes] { $max }文字（英字と数字の両方）
   *[no] { $min }〜{ $max }文字（英字と数字の両方）
 }
hint-both-half_width_digits = 半角数字 { $exact ->
    [yes] { $max }桁
   *[no] { $min }〜{ $max }桁
 }
tries-left = あと{ $left }回入力できます。
errors-title = 入力内容をご確認ください
error-title-prefix = エラー:{" "}
error-word = エラー:{" "}
error-login-wrong = ログインIDまたはログインパスワードが正しくありません。もう一度入力してください。
error-login-wrong-few-left = ログインIDまたはログインパスワードが正しくありません。あと{ $left }回まちがえると、しばらくご利用になれません。
error-login_id-missing = ログインIDを入力してください。
error-login_id-format = ログインIDは、入力欄の上に示した文字の種類と文字数で入力してください。
error-password-missing = ログインパスワードを入力してください。
error-password-format = ログインパスワードは、入力欄の上に示した文字の種類と文字数で入力してください。
error-answer-missing = 回答を入力してください。
error-answer-too-long = 回答は{ $max }文字以内で入力してください。
error-answer-wrong = 回答が登録されたものと一致しません。あと{ $left }回入力できます。
error-scope-missing = 利用する業務を1つ以上選択してください。
error-pin-not-ticked = 暗証番号を入力した口座を、選択欄で選んでください。
error-pin-format = 照会用暗証番号を半角数字{ $digits }桁で入力してください。
error-pin-wrong = 照会用暗証番号がお届けのものと一致しません。あと{ $left }回入力できます。
error-pin-locked = 照会用暗証番号の入力できる回数を超えたため、この口座は登録できません。お問い合わせ先へご連絡ください。
error-account-missing = 口座を選択し、照会用暗証番号を入力してください。登録済みの口座が1つ以上必要です。
error-agree-missing = 許可する場合は、「許可手続きを継続する」を選択してください。

## login

login-title = ログイン
login-lead = インターネットバンキングのログインIDとログインパスワードを入力してください。
login-label-login_id = ログインID
login-label-password = ログインパスワード
login-continue = ログイン

## security_question

security_question-title = 追加認証
security_question-lead = 質問に対する回答を入力してください。
security_question-section = 追加認証
security_question-question = 質問
security_question-answer = 回答
security_question-hint = { $max }文字以内
security_question-continue = 認証

## service_selection

service_selection-title = 連携する業務の選択
service_selection-lead = { $app }にて利用する業務を選択してください。
service_selection-column-scope = 業務
service_selection-column-linked = 連携
service_selection-column-standing = ご契約
service_selection-linked = 連携済
service_selection-standing-joined = 入会済
service_selection-standing-applied = 申請済
service_selection-standing-none = -
service_selection-continue = 次へ

## inquiry_pin

inquiry_pin-title = 照会用暗証番号の登録
inquiry_pin-lead = 連携する口座を選択し、照会用暗証番号を入力してください。
inquiry_pin-caption = 口座一覧
inquiry_pin-column-selected = 選択
inquiry_pin-column-state = 登録状態
inquiry_pin-column-account = 口座
inquiry_pin-column-memo = 口座メモ
inquiry_pin-column-pin = 照会用暗証番号
inquiry_pin-state-unregistered = 未登録
inquiry_pin-state-registered = 登録済み
inquiry_pin-state-staged = 登録済み*
inquiry_pin-state-pending = 申請中
inquiry_pin-state-locked = 回数超過
inquiry_pin-select = { $branch } { $number } を選択
inquiry_pin-label = { $branch } { $number } の照会用暗証番号
inquiry_pin-hidden = 表示しません
inquiry_pin-error-of = { $branch } { $number }: { $error }
inquiry_pin-notes = 「登録済み*」の口座の暗証番号は、認可完了後に有効となります。
inquiry_pin-continue = 登録

## inquiry_pin_result

inquiry_pin_result-title = 照会用暗証番号の登録結果
inquiry_pin_result-lead = 登録の結果をご確認ください。
inquiry_pin_result-column-state = 登録状態
inquiry_pin_result-column-account = 口座
inquiry_pin_result-column-memo = 口座メモ
inquiry_pin_result-column-pin = 照会用暗証番号
inquiry_pin_result-state-unregistered = 未登録
inquiry_pin_result-state-registered = 登録済み
inquiry_pin_result-state-staged = 登録済み*
inquiry_pin_result-state-pending = 申請中
inquiry_pin_result-state-locked = 回数超過
inquiry_pin_result-continue = 確定
inquiry_pin_result-register_more = 照会用暗証番号の追加登録

## consent

consent-title = 情報アクセスの許可
consent-lead = 次の内容で、{ $app }からお客様の口座情報へのアクセスを許可するかどうかをお決めください。
consent-facts = 許可の内容
consent-to-whom = 連携先
consent-what = 連携する情報
consent-accounts = 対象の口座
consent-holder = { $name } 様
consent-until = 許可の期限
consent-until-day = { $day }まで
consent-until-days = { $days }日間です。続けて利用する場合は、期限の前にもう一度お手続きください。
consent-until-days-time = { $days }日間です（最終日の{ $time }まで）。続けて利用する場合は、期限の前にもう一度お手続きください。
consent-until-none = 期限はありません
consent-stop = 止めるとき
consent-stop-how = 期限の前でも、いつでも止められます。{ $bank }、または{ $app }へお申し出ください。
consent-stop-password = ログインパスワードを変更したときも連携は終わり、もう一度お手続きが必要です。
consent-section = 意思確認
consent-agree = 許可手続きを継続する
consent-continue = 許可

## Refusals: what happened, what to do

refusal-no-accounts = 連携できる口座がありません。
refusal-no-accounts-action = 口座のお取り扱いについては、お問い合わせ先へご連絡ください。
refusal-no-question = 追加認証に必要な質問と回答が登録されていないため、手続きを続けることができません。
refusal-no-question-action = インターネットバンキングで質問と回答をご登録のうえ、もう一度お手続きください。ご不明な点は、お問い合わせ先へご連絡ください。
refusal-pins-locked = 照会用暗証番号の入力できる回数を超えたため、登録できる口座がありません。
refusal-pins-locked-action = 照会用暗証番号のご確認と利用停止の解除は、お問い合わせ先へご連絡ください。
refusal-risk-too-high = 安全のため、今回は手続きを続けることができません。
refusal-risk-too-high-action = しばらくしてから、いつもご利用の端末でもう一度お試しください。お急ぎの場合は、お問い合わせ先へご連絡ください。
refusal-too-many-attempts = 入力できる回数を超えたため、安全のためご利用を一時停止しています。
refusal-too-many-attempts-action = しばらくしてからもう一度お試しください。ご不明な点は、お問い合わせ先へご連絡ください。
refusal-action = ご不明な点は、お問い合わせ先へご連絡ください。

## Pages outside a step

incident = お問い合わせ番号
bank-code = 金融機関コード { $code }

ending-refused-title = 手続きを続けることができません
ending-fault-title = 手続きを続けられませんでした
ending-fault-what = 当方のシステムで問題が起きました。お客様の入力が原因ではありません。連携は行われていません。
ending-fault-do = { $way ->
    [yes] { $app }へ戻り、しばらくしてからもう一度お試しください。続くときは、お問い合わせ番号を添えてご連絡ください。
   *[no] ご利用のアプリの画面から、しばらくしてからもう一度お試しください。続くときは、お問い合わせ番号を添えてご連絡ください。
 }
ending-expired-title = 手続きの時間が過ぎました
ending-expired-what = しばらく操作がなかったため、安全のため手続きを終わりました。入力された内容は残していません。
ending-expired-do = { $way ->
    [yes] { $app }へ戻り、もう一度はじめからお手続きください。
   *[no] ご利用のアプリの画面から、もう一度はじめからお手続きください。
 }
ending-finished-title = この手続きは終わっています
ending-finished-what = この手続きは完了、または中止されています。このページでできることはもうありません。
ending-finished-do = { $way ->
    [yes] { $app }へ戻って、結果をご確認ください。
   *[no] ご利用のアプリの画面で、結果をご確認ください。
 }
ending-wrong_browser-title = 別のブラウザーで開かれました
ending-wrong_browser-what = この手続きは、はじめに開いたブラウザーでだけ続けられます。このブラウザーのCookie「{ $cookie }」が、この手続きのものと一致しません。
ending-wrong_browser-do = はじめに開いたブラウザーに戻って続けるか、ご利用のアプリの画面から、もう一度はじめからお手続きください。
ending-cookie_missing-title = Cookieを受け取れませんでした
ending-cookie_missing-what = 手続きに必要なCookie「{ $cookie }」が、ブラウザーから送られてきませんでした。Cookieが無効になっているか、削除されたか、別のブラウザーで開かれた可能性があります。
ending-cookie_missing-do = { $way ->
    [yes] ブラウザーの設定でこのサイトのCookieを有効にしてから、{ $app }へ戻り、もう一度お手続きください。
   *[no] ブラウザーの設定でこのサイトのCookieを有効にしてから、ご利用のアプリの画面で、もう一度お手続きください。
 }
ending-stale-title = この画面は先へ進んでいます
ending-stale-what = 手続きは、この画面より先に進んでいます。入力された内容は使われていません。
ending-stale-do = いまの画面を開いて、続けてください。
ending-stale-continue = いまの画面を開く
ending-unknown_journey-title = 手続きが見つかりません
ending-unknown_journey-what = このアドレスの手続きは見つかりませんでした。終わってから時間が経ったか、アドレスが途中で切れている可能性があります。
ending-unknown_journey-do = ご利用のアプリの画面から、もう一度はじめからお手続きください。
ending-chooser-title = 金融機関をお選びください
ending-chooser-what = 連携する口座のある金融機関を選んでください。
ending-chooser-do = 選ぶと、その金融機関のページで手続きが始まります。
ending-unknown_bank-title = 金融機関が見つかりません
ending-unknown_bank-what = ご指定の金融機関は、このサービスではお取り扱いしていません。
ending-unknown_bank-do = ご利用のアプリの画面に戻り、金融機関をもう一度お選びください。続くときは、アプリの提供会社へお問い合わせください。
ending-protocol-title = アプリからの依頼を受け付けられません
ending-protocol-what = ご利用のアプリから送られた依頼に誤りがあるため、手続きを始められません。お客様の操作が原因ではありません。
ending-protocol-do = ご利用のアプリの画面に戻り、もう一度お試しください。続くときは、下の内容を添えて、アプリの提供会社へお問い合わせください。
ending-protocol-code = エラーコード
ending-protocol-description = 内容（英語）
ending-closed-title = ただいまご利用になれません
ending-closed-what = { $bank }のサービス時間外、またはメンテナンス中です。
ending-closed-do = { $way ->
    [yes] 時間をおいて、{ $app }からもう一度お手続きください。
   *[no] 時間をおいて、ご利用のアプリの画面からもう一度お手続きください。
 }
ending-not_found-title = ページが見つかりません
ending-not_found-what = このアドレスのページはありません。
ending-not_found-do = アドレスをお確かめください。連携の手続きは、ご利用のアプリの画面から始められます。
ending-too_large-title = 送信された内容が大きすぎます
ending-too_large-what = 送信された内容が、このページで受け取れる大きさを超えています。
ending-too_large-do = ブラウザーの「戻る」で前の画面に戻り、入力し直してください。
ending-method_not_allowed-title = この操作はできません
ending-method_not_allowed-what = このアドレスでは、この操作を受け付けていません。
ending-method_not_allowed-do = ブラウザーの「戻る」で前の画面に戻るか、ご利用のアプリの画面から、もう一度お手続きください。

## Mails. No link in any of them.

mail-link-created-subject = 【{ $bank }】{ $app }との連携を許可しました
mail-link-created-body = { $app }に、お客様の口座情報へのアクセスが許可されました。
    期限の前でも、連携はいつでも止められます。
    お心当たりのない場合は、すぐに{ $bank }へご連絡ください。
    このメールにリンクはありません。パスワードや暗証番号をメールでお尋ねすることもありません。
mail-link-renewed-subject = 【{ $bank }】{ $app }との連携を更新しました
mail-link-renewed-body = { $app }との連携が更新されました。許可の期間は、あらためて数え始めます。
    お心当たりのない場合は、すぐに{ $bank }へご連絡ください。
    このメールにリンクはありません。パスワードや暗証番号をメールでお尋ねすることもありません。
mail-link-ended-subject = 【{ $bank }】{ $app }との連携が終わりました
mail-link-ended-body = { $app }は、お客様の口座情報にアクセスできなくなりました。
    続けて利用する場合は、{ $app }の画面からもう一度お手続きください。
    このメールにリンクはありません。パスワードや暗証番号をメールでお尋ねすることもありません。
mail-locked-subject = 【{ $bank }】入力の回数を超えたため、ご利用を停止しました
mail-locked-body = { $app }との連携の手続きで、パスワードなどの入力できる回数を超えたため、安全のためご利用を停止しました。
    お心当たりのない場合は、すぐに{ $bank }へご連絡ください。
    このメールにリンクはありません。パスワードや暗証番号をメールでお尋ねすることもありません。
