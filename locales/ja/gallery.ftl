# 画面見本（金融機関の担当者のためのもの。お客さまには見えない）
gallery-title = 画面見本
gallery-lead = すべての画面を、すべての状態で、日本語と英語、スマートフォンとパソコンの大きさで並べています。お客さま、口座、アプリは架空です。ボタンは働きません。
gallery-contents = 画面の一覧
gallery-phone = スマートフォン
gallery-desk = パソコン
gallery-state-first = はじめて開いたとき
gallery-state-missing = 必要なものが足りないとき
gallery-state-wrong = 誤りがあるとき
gallery-state-too-long = 長すぎるとき
gallery-state-many = 多いとき
gallery-state-page = この画面
gallery-state-presented = 電子証明書を提示したあと
gallery-state-none = 一つもないとき
gallery-state-remembered = 前に選んだことのあるとき
gallery-state-searched = 探したとき
gallery-state-stopped = 停止したあと
gallery-state-supersedes = ほかのアプリとの連携が終わるとき
