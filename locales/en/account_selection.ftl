## account_selection

account_selection-title = Choice of accounts
account_selection-lead = Choose the accounts to link with { $app }.
account_selection-column-account = Account
account_selection-column-memo = Memo
account_selection-fixed = Main account (always linked)
account_selection-hint = Choose { $min } or more. The app learns nothing of accounts you do not choose.
account_selection-hint-range = Choose from { $min } to { $max }. The app learns nothing of accounts you do not choose.
account_selection-continue = Next
account_selection-pays-title = Choice of the account to pay from
account_selection-pays-lead = Choose one account to debit.
account_selection-pays-hint = Nothing is debited yet. You can check everything on the next page.
error-account-one = No account is chosen. Please choose one account to debit.
error-account-short = The balance of the account you chose is too low for the payment. Please choose another account.
error-accounts-none = No account is chosen. Please choose the accounts to link.
error-accounts-few = Too few accounts are chosen. Please choose { $min } or more.
error-accounts-many = At most { $max } accounts can be chosen. Please clear those you do not want to link.
