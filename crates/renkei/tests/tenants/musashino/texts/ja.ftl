# むさしの架空銀行の言葉。どのマニュアルにもない、試験のための文。

notice-title = ご利用の前に
notice-continue = 次へ
login-title = キャッシュカードでログイン
login-lead = 店番号、口座番号、キャッシュカードの暗証番号を入力してください。
login-label-branch_code = 店番号
login-label-account_number = 口座番号
login-label-password = キャッシュカードの暗証番号
login-continue = ログイン
error-branch_code-missing = 店番号を入力してください。
error-branch_code-format = 店番号を半角数字3桁以内で入力してください。
error-account_number-missing = 口座番号を入力してください。
error-account_number-format = 口座番号を半角数字7桁以内で入力してください。

permission_gate-title = ご利用の許可が必要です
permission_gate-continue = 許可されたか確認する
session_conflict-title = 二重ログインの確認
session_conflict-continue = 続行
registration-continue = 登録する
out_of_band-title = 本人確認
out_of_band-continue = 承認したので、次へ進む
passkey-title = パスキーでの本人確認
passkey-continue = パスキーで確認する
matrix_card-title = 乱数表での本人確認
matrix_card-continue = 次へ
transaction_password-title = 確認用パスワードの入力
transaction_password-continue = 次へ
one_time_password-title = メールでの本人確認
one_time_password-continue = 次へ
account_selection-title = 利用口座の選択
account_selection-continue = 次へ
consent-title = 情報連携の許可
consent-continue = 許可する
