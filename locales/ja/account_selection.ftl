## account_selection

account_selection-title = 連携する口座の選択
account_selection-lead = { $app }に連携する口座を選択してください。
account_selection-column-account = 口座
account_selection-column-memo = 口座メモ
account_selection-fixed = 代表口座（外せません）
account_selection-hint = { $min }つ以上選択してください。選ばなかった口座の情報は、アプリに渡りません。
account_selection-hint-range = { $min }つ以上、{ $max }つまで選択できます。選ばなかった口座の情報は、アプリに渡りません。
account_selection-continue = 次へ
error-accounts-none = 口座が選択されていません。連携する口座を選択してください。
error-accounts-few = 選択された口座が足りません。{ $min }つ以上選択してください。
error-accounts-many = 選択できる口座は{ $max }つまでです。連携しない口座の選択を外してください。
