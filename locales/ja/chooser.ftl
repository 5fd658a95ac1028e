## Which bank?

chooser-title = 金融機関をお選びください
chooser-lead = 連携する口座のある金融機関を選んでください。選ぶと、その金融機関のページで手続きが始まります。
chooser-search-label = 金融機関を探す
chooser-search-hint = 名称、かな、ローマ字、または4桁の金融機関コードの一部を入力してください。
chooser-search = 検索する
chooser-found = 「{ $query }」で{ $count }件見つかりました。
chooser-none = 「{ $query }」に当てはまる金融機関は見つかりませんでした。
chooser-none-do = 名称の一部だけを入力するか、かなやローマ字でお試しください。それでも見つからないときは、まだ連携できない金融機関です。{ $app }の提供会社へお問い合わせください。
chooser-all = すべての金融機関を表示する
chooser-last = 前回選んだ金融機関
chooser-group-credit_unions = 信用組合
chooser-group-shinkin_banks = 信用金庫
chooser-group-labour_banks = 労働金庫
chooser-group-banks = 銀行
chooser-group-others = その他の金融機関
chooser-more = ほかにもあります。名称などを入力して探してください。
chooser-closed = ただいまサービス時間外です
chooser-closed-until = ただいまサービス時間外です。{ $date } { $time }からご利用いただけます
chooser-elsewhere = { $app }とは連携できない金融機関
chooser-elsewhere-do = 連携を始められるようになる時期は、{ $app }の提供会社へお問い合わせください。
bank-code = 金融機関コード { $code }
