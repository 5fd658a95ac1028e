## The customer's own page: 連携サービスの確認・停止

links-title = 連携サービスの確認・停止
links-lead = { $name } 様の口座情報を取得できるアプリです。いつでも停止できます。
links-none = いま連携しているアプリはありません。
links-none-do = 連携するときは、ご利用のアプリの画面からお手続きください。
links-past = この1年に終わった連携
links-what = 連携する情報
links-accounts = 対象の口座
links-since = 許可した日
links-renewed = { $day }に更新しました。
links-until = 許可の期限
links-left = { $days ->
    [0] 今日まで
   *[other] あと{ $days }日
 }
links-idle-end = 最終利用から{ $days }日間利用がないときは終わります（このまま利用がなければ{ $day }）。
links-used = 最終利用
links-used-at = { $day } { $time }ごろ
links-used-never = まだ利用されていません
links-label = 呼び名
links-open = 内容の確認・停止
links-open-past = 内容を見る
links-logout = ログアウト
links-idle = { $minutes }分間操作がないと、安全のためログアウトします。

## One link

links-back = 連携の一覧へ戻る
links-one-title = { $app }との連携
links-stop = この連携を停止する
links-name = 呼び名
links-name-hint = 「どの顧問先か」など、見分けるための名前です。30文字まで。アプリには伝わりません。
links-name-save = 呼び名を保存する
links-receipts = 同意した内容
links-receipt-of = { $day } { $time }の同意を見る
error-label = 呼び名は、30文字以内の1行で入力してください。

## How a link ended

links-ended = 終了
links-over = この連携は終わっています
links-over-what = { $app }は、お客様の口座情報を取得できません。もう一度利用するときは、アプリの画面からお手続きください。
links-end-bank = { $day }に{ $bank }が停止しました。
links-end-client = { $day }にアプリから解除されました。
links-end-credential_changed = パスワードや電子証明書の変更により、{ $day }に終わりました。
links-end-customer = { $day }にお客様が停止しました。
links-end-expired = 許可の期限を過ぎ、{ $day }に終わりました。
links-end-idle = 利用のない期間が続いたため、{ $day }に終わりました。
links-end-superseded = ほかのアプリとの連携を許可したため、{ $day }に終わりました。

## Stopping

links-stop-title = { $app }との連携を停止しますか
links-stop-now = 停止すると、{ $app }はすぐに、お客様の口座情報を取得できなくなります。
links-stop-kept = アプリがすでに取得した情報は、アプリに残ります。その消去は{ $company }へお申し出ください。
links-stop-again = もう一度利用するときは、アプリの画面から改めてお手続きが必要です。
links-stop-continue = 停止する
links-stop-cancel = 停止せずに戻る

## What was consented to

links-receipt-title = 同意した内容
links-receipt-back = 連携の内容へ戻る
links-receipt-lead = { $day } { $time }に、お客様が確認して許可した内容です。そのときの画面の言葉で表示しています。
links-receipt-act = お客様の操作
links-receipt-acted = 画面「{ $screen }」で「{ $button }」を押しました。
links-receipt-id = 同意の番号

## After logging out

links-left-title = ログアウトしました
links-left-what = 連携の確認と停止を終わりました。ブラウザーの画面を閉じてください。
links-left-again = もう一度ログインする
