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
consent-until-idle = { $days }日間続けて利用がないときは、連携は終わります。
consent-stop = 止めるとき
consent-stop-how = いつでも止められます。{ $bank }、または{ $app }へお申し出ください。
consent-stop-page = { $bank }の「連携サービスの確認・停止」のページで、ご自身でも確認・停止できます。
consent-stop-password = ログインパスワードを変更したときも連携は終わり、もう一度お手続きが必要です。
consent-supersedes-title = ほかのアプリとの連携が終わります
consent-supersedes = { $bank }では、連携できるアプリはおひとり1つです。{ $app }に許可すると、次の連携は終わり、そのアプリは口座情報を取得できなくなります。
consent-supersedes-since = { $day }から連携しています。
error-supersedes = この画面を表示したあとに、ほかのアプリとの連携が加わりました。終わる連携をご確認のうえ、もう一度お選びください。
consent-section = 意思確認
consent-agree = 許可手続きを継続する
consent-continue = 許可
consent-until-chosen = 下でお選びいただいた期間です

## What only some banks print; empty otherwise

consent-printed-lead = { "" }
consent-caution-title = ご注意
consent-caution = { "" }
consent-privileges-title = 対象サービス
consent-privileges-column-service = サービス名
consent-privileges-column-privilege = 利用権限
consent-privilege-granted = 権限あり
consent-privilege-approver = 権限あり（承認者）
consent-privilege-none = 権限なし
consent-privileges-notes = 「権限なし」のサービスも、管理者が利用権限を付与すると、利用できるようになります。
consent-rows-title = { "" }
consent-row-period = 許可期間
consent-row-scopes = 認可対象
consent-rows-notes = { "" }
consent-period = { $days }日間
consent-period-chosen = お選びいただいた期間
consent-durations = 許可する期間
consent-duration = { $days }日間（{ $day } { $time }まで）
consent-statements = { "" }
consent-before-buttons = { "" }
consent-notes = { "" }
