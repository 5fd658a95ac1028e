## notice

notice-title = ご確認いただきたいこと
notice-choose = ログイン方法の選択
notice-lead = 次の内容をお読みください。
notice-terms = 留意事項
notice-agree = 同意する
notice-methods = ご利用中のログイン方法をお選びください。
notice-continue = 次へ
