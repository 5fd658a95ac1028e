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
asked-alone = 「連携サービスの確認・停止」のページを開くための本人確認です。
sending = 送信しています
cancel = 連携をやめて、{ $app }へ戻る
cancel-alone = 手続きをやめて、{ $bank }のサイトへ移動する
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
footer-alone = { $minutes }分間操作がないと、安全のため手続きは終わります。
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
error-contract_number-missing = 契約番号を入力してください。
error-contract_number-format = 契約番号は、入力欄の上に示した文字の種類と文字数で入力してください。
error-user_id-missing = ユーザーIDを入力してください。
error-user_id-format = ユーザーIDは、入力欄の上に示した文字の種類と文字数で入力してください。
error-branch_code-missing = 店番を入力してください。
error-branch_code-format = 店番は、入力欄の上に示した文字の種類と文字数で入力してください。
error-account_number-missing = 口座番号を入力してください。
error-account_number-format = 口座番号は、入力欄の上に示した文字の種類と文字数で入力してください。
error-certificate-of-nobody = この電子証明書は、当金融機関に登録されていません。ご利用中の電子証明書を、もう一度選択してください。
error-notice-agree-missing = 内容をご確認のうえ、「同意する」にチェックを付けてください。
error-method-missing = ログイン方法を選択してください。
error-otp-missing = ワンタイムパスワードを入力してください。
error-otp-format = ワンタイムパスワードは、半角数字{ $length }桁で入力してください。
error-otp-wrong = ワンタイムパスワードが正しくないか、有効時間を過ぎているか、すでに使われています。新しいものを入力してください。あと{ $left }回入力できます。
error-otp-expired = 有効時間が過ぎました。「もう一度送る」を押して、新しいワンタイムパスワードを受け取ってください。
error-otp-resends = これ以上は送れません。届かないときは、はじめからお手続きください。
error-otp-sendings = 送ることのできる回数を超えたため、いまは新しく送れません。すでに届いているものがあれば入力してください。ないときは、しばらくしてからもう一度お手続きください。
error-days-missing = 許可する期間を選択してください。
