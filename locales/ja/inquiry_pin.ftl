## inquiry_pin

inquiry_pin-title = 照会用暗証番号の登録
inquiry_pin-lead = 連携する口座を選択し、照会用暗証番号を入力してください。
# An instruction of ours, where the bank prints none.
inquiry_pin-hint = { "" }
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
