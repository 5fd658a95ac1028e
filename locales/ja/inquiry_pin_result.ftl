## inquiry_pin_result

inquiry_pin_result-title = 照会用暗証番号の登録結果
inquiry_pin_result-lead = 登録の結果をご確認ください。
inquiry_pin_result-column-state = 登録状態
inquiry_pin_result-column-account = 口座
inquiry_pin_result-column-memo = 口座メモ
inquiry_pin_result-column-pin = 照会用暗証番号
inquiry_pin_result-state-unregistered = 未登録
inquiry_pin_result-state-registered = 登録済み
inquiry_pin_result-state-staged = 登録済み*
inquiry_pin_result-state-pending = 申請中
inquiry_pin_result-state-locked = 回数超過
inquiry_pin_result-continue = 確定
inquiry_pin_result-register_more = 照会用暗証番号の追加登録
