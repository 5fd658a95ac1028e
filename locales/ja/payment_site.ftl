## From the software to the bank (e-Gov 電子納付)

payment_site-title = 金融機関のサイトへ進みます
payment_site-lead = { $bank }のサイトで払込の手続きを続けます。
payment_site-do = 画面が切り替わらないときは、下のボタンを押してください。30分以内に、金融機関の画面でご本人の確認を済ませてください。この画面では、まだ払込は行われていません。
payment_site-continue = 金融機関のサイトへ進む

## Why it cannot be gone on

refusal-site-bank = お選びの金融機関では、電子納付をお取り扱いしていません。
refusal-site-bank-action = ご利用のソフトウェアで、別の金融機関をお選びください。
refusal-site-key = ご利用のソフトウェアの認証の有効期限が切れているか、認証の情報が正しくありません。
refusal-site-key-action = ご利用のソフトウェアで、再度、利用者認証を行ってから、電子納付の画面を開いてください。
refusal-site-malformed = ご利用のソフトウェアから送られた情報に誤りがあります。
refusal-site-malformed-action = ご利用のソフトウェアから、改めて電子納付の画面を開いてください。同じ表示が続くときは、ソフトウェアの提供元へお問い合わせください。
refusal-site-not-payable = この納付は、いま払い込むことができません。
refusal-site-not-payable-action = ご利用のソフトウェアで納付の状況と払込期限をご確認ください。
refusal-site-software = ご利用のソフトウェアは、電子納付の画面を開くことができません。
refusal-site-software-action = ソフトウェアの提供元へお問い合わせください。
refusal-site-too-many = 短い時間に何度も開かれたため、いまは手続きを続けることができません。
refusal-site-too-many-action = しばらく時間をおいてから、改めて電子納付の画面を開いてください。
refusal-site-unknown = 該当する納付情報が見つかりません。
refusal-site-unknown-action = ご利用のソフトウェアで、到達番号と納付番号をご確認ください。
