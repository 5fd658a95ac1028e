## service_selection

service_selection-title = 連携する業務の選択
service_selection-lead = { $app }にて利用する業務を選択してください。
service_selection-column-scope = 業務
service_selection-column-linked = 連携
service_selection-column-standing = ご契約
service_selection-linked = 連携済
service_selection-standing-joined = 入会済
service_selection-standing-applied = 申請済
service_selection-standing-none = -
service_selection-continue = 次へ
