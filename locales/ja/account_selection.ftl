## account_selection

account_selection-title = 連携する口座の選択
account_selection-lead = { $app }に連携する口座を選択してください。
account_selection-column-account = 口座
account_selection-column-memo = 口座メモ
account_selection-fixed = 代表口座（外せません）
account_selection-hint = { $min }つ以上選択してください。選ばなかった口座の情報は、アプリに渡りません。
account_selection-hint-range = { $min }つ以上、{ $max }つまで選択できます。選ばなかった口座の情報は、アプリに渡りません。
account_selection-continue = 次へ
account_selection-pays-title = 払込口座の選択
account_selection-pays-lead = 払込金額を引き落とす口座を、1つ選択してください。
account_selection-pays-hint = ここではまだ引き落としは行われません。次の画面で内容をお確かめいただきます。
error-account-one = 口座が選択されていません。引き落とす口座を1つ選択してください。
error-account-short = 選択された口座の残高が、払込金額に足りません。ほかの口座を選択してください。
error-accounts-none = 口座が選択されていません。連携する口座を選択してください。
error-accounts-few = 選択された口座が足りません。{ $min }つ以上選択してください。
error-accounts-many = 選択できる口座は{ $max }つまでです。連携しない口座の選択を外してください。
