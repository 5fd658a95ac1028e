## A payment: its facts

payment-facts = 払込の内容
payment-amount = 払込金額
payment-yen = { $amount }円
payment-payee = 払込先（収納機関）
payment-facility-number = 収納機関番号
payment-procedure = 手続き
payment-pay-number = 納付番号
payment-confirm-number = 確認番号
payment-due = 払込期限
payment-account = 引き落とし口座
payment-at = お客様の確認
payment-debited = 引き落とし
payment-reference = 取引番号
payment-id = 払込の番号
asked-payment = { $payee }への払込の手続きです。
cancel-payment = 払い込まずに終わる

## What became of it

payment-done-title = 払込が完了しました
payment-done-what = 口座から引き落とし、払込が完了しました。
payment-done-do = この画面を閉じ、ご利用のソフトウェアで納付の状況をご確認ください。
payment-waiting-title = 払込の結果を確認しています
payment-waiting-what = 払込を受け付けました。引き落としの結果を{ $bank }のシステムに確認しています。
payment-waiting-do = 結果がわかると、この画面に表示されます。画面を閉じても確認は続き、結果はメールでもお知らせします。もう一度払い込む必要はありません。
payment-waiting-look = いま確認する
payment-declined-title = 払込ができませんでした
payment-declined-what = 口座からの引き落としは行われていません。納付は「納付待ち」のままです。
payment-declined-do = もう一度払い込むときは、ご利用のソフトウェアから、改めて電子納付の画面を開いてください。
payment-declined-closed = この口座は、解約されているか、お取り扱いを停止しています。
payment-declined-hours = この時間は、口座からの引き落としをお取り扱いしていません。
payment-declined-limit = 1日または1回の払込限度額を超えています。
payment-declined-short = 口座の残高が不足しています。
payment-own-page = 払込の記録は、{ $bank }の「連携サービスの確認・停止」のページで、いつでもご覧になれます。

## On the customer's own page

payments-title = お支払い
payments-open = 払込の内容を見る
payment-receipt-title = 払込の記録
payment-state-done = 払込が完了しています。
payment-state-waiting = 引き落としの結果を確認しています。
payment-state-declined = 払込はできませんでした。

## A payment that was left

ending-payment_left-title = 払込は行われていません
ending-payment_left-what = お客様が手続きを終わりました。口座からの引き落としは行われていません。納付は「納付待ち」のままです。
ending-payment_left-do = 払い込むときは、ご利用のソフトウェアから、改めて電子納付の画面を開いてください。この画面は閉じてかまいません。
ending-refused-unpaid = この手続きでは、口座からの引き落としは行われていません。

## Why nothing can be paid

refusal-bill-lapsed = 電子納付の画面を開いてから30分が過ぎたため、手続きを続けることができません。
refusal-bill-lapsed-action = ご利用のソフトウェアから、改めて電子納付の画面を開いてください。
refusal-bill-opened = この払込の画面は、すでに別のブラウザーで開かれています。
refusal-bill-opened-action = はじめに開いたブラウザーで続けるか、ご利用のソフトウェアから、改めて電子納付の画面を開いてください。
refusal-bill-unreadable = 払込の情報を読み取ることができません。
refusal-bill-unreadable-action = ご利用のソフトウェアから、改めて電子納付の画面を開いてください。
refusal-bill-voided = この払込の情報は新しいものに替わったため、使えません。
refusal-bill-voided-action = 新しい画面で続けるか、ご利用のソフトウェアから、改めて電子納付の画面を開いてください。
refusal-fee-being-paid = この納付は、別の手続きで払込の途中です。
refusal-fee-being-paid-action = 二重に払い込まれることはありません。しばらくしてから、ご利用のソフトウェアで納付の状況をご確認ください。
refusal-fee-cancelled = この納付は取り消されています。払い込む必要はありません。
refusal-fee-cancelled-action = ご不明な点は、手続きの提出先の行政機関へお問い合わせください。
refusal-fee-overdue = 払込期限が過ぎているため、払い込むことができません。
refusal-fee-overdue-action = お手続きについては、提出先の行政機関へお問い合わせください。
refusal-fee-paid = この納付は、すでに払い込まれています。
refusal-fee-paid-action = ご利用のソフトウェアで納付の状況をご確認ください。
refusal-no-payable-account = 払込に使える口座がありません。
refusal-no-payable-account-action = 普通預金または当座預金の口座が必要です。口座のお取り扱いについては、お問い合わせ先へご連絡ください。
