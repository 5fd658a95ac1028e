## Pages outside a step

incident = お問い合わせ番号
cookie-name = Cookieの名前

ending-refused-title = 手続きを続けることができません
ending-fault-title = 手続きを続けられませんでした
ending-fault-what = { $way ->
    [payment] 当方のシステムで問題が起きました。お客様の入力が原因ではありません。
   *[no] 当方のシステムで問題が起きました。お客様の入力が原因ではありません。連携は行われていません。
 }
ending-fault-do = { $way ->
    [payment] この画面をもう一度開いてお試しください。引き落としが2回行われることはありません。続くときは、お問い合わせ番号を添えてご連絡ください。
    [yes] { $app }へ戻り、しばらくしてからもう一度お試しください。続くときは、お問い合わせ番号を添えてご連絡ください。
   *[no] ご利用のアプリの画面から、しばらくしてからもう一度お試しください。続くときは、お問い合わせ番号を添えてご連絡ください。
 }
ending-expired-title = 手続きの時間が過ぎました
ending-expired-what = しばらく操作がなかったため、安全のため手続きを終わりました。入力された内容は残していません。
ending-expired-do = { $way ->
    [payment] 口座からの引き落としは行われていません。ご利用のソフトウェアから、改めて電子納付の画面を開いてください。
    [yes] { $app }へ戻り、もう一度はじめからお手続きください。
   *[no] ご利用のアプリの画面から、もう一度はじめからお手続きください。
 }
ending-finished-title = この手続きは終わっています
ending-finished-what = この手続きは完了、または中止されています。このページでできることはもうありません。
ending-finished-do = { $way ->
    [payment] ご利用のソフトウェアで、納付の状況をご確認ください。
    [yes] { $app }へ戻って、結果をご確認ください。
   *[no] ご利用のアプリの画面で、結果をご確認ください。
 }
ending-wrong_browser-title = 別のブラウザーで開かれました
ending-wrong_browser-what = この手続きは、はじめに開いたブラウザーでだけ続けられます。このブラウザーのCookieが、この手続きのものと一致しません。
ending-wrong_browser-do = はじめに開いたブラウザーに戻って続けるか、ご利用のアプリの画面から、もう一度はじめからお手続きください。
ending-cookie_missing-title = Cookieを受け取れませんでした
ending-cookie_missing-what = 手続きに必要なCookieが、ブラウザーから送られてきませんでした。Cookieが無効になっているか、削除されたか、別のブラウザーで開かれた可能性があります。
ending-cookie_missing-do = { $way ->
    [yes] ブラウザーの設定でこのサイトのCookieを有効にしてから、{ $app }へ戻り、もう一度お手続きください。
   *[no] ブラウザーの設定でこのサイトのCookieを有効にしてから、ご利用のアプリの画面で、もう一度お手続きください。
 }
ending-stale-title = この画面は先へ進んでいます
ending-stale-what = 手続きは、この画面より先に進んでいます。入力された内容は使われていません。
ending-stale-do = いまの画面を開いて、続けてください。
ending-stale-continue = いまの画面を開く
ending-no_visit-title = このページを開けません
ending-no_visit-what = ログインの時間が過ぎたか、お客様の連携の中に、このページのものがありません。
ending-no_visit-do = 「連携サービスの確認・停止」を開いて、もう一度ご確認ください。ログインが必要なときは、本人確認の画面へ進みます。
ending-no_visit-continue = 連携サービスの確認・停止を開く
ending-unknown_journey-title = 手続きが見つかりません
ending-unknown_journey-what = このアドレスの手続きは見つかりませんでした。終わってから時間が経ったか、アドレスが途中で切れている可能性があります。
ending-unknown_journey-do = ご利用のアプリの画面から、もう一度はじめからお手続きください。
ending-unknown_bank-title = 金融機関が見つかりません
ending-unknown_bank-what = ご指定の金融機関は、このサービスではお取り扱いしていません。
ending-unknown_bank-do = ご利用のアプリの画面に戻り、金融機関をもう一度お選びください。続くときは、アプリの提供会社へお問い合わせください。
ending-protocol-title = アプリからの依頼を受け付けられません
ending-protocol-what = ご利用のアプリから送られた依頼に誤りがあるため、手続きを始められません。お客様の操作が原因ではありません。
ending-protocol-do = ご利用のアプリの画面に戻り、もう一度お試しください。続くときは、下の内容を添えて、アプリの提供会社へお問い合わせください。
ending-protocol-code = エラーコード
ending-protocol-description = 内容（英語）
ending-closed-title = ただいまご利用になれません
ending-closed-what = { $way ->
    [payment] { $bank }の払込の手続きは、ただいまサービス時間外です。
   *[no] { $bank }のAPI連携の手続きは、ただいまサービス時間外です。
 }
ending-closed-reopens = { $date } { $time }からご利用いただけます。
ending-closed-do = { $way ->
    [payment] サービス時間になってから、ご利用のソフトウェアで、改めて電子納付の画面を開いてください。払込は行われていません。
    [yes] サービス時間になってから、{ $app }でもう一度お手続きください。連携は行われていません。
   *[no] サービス時間になってから、ご利用のアプリの画面からもう一度お手続きください。
 }
ending-not_found-title = ページが見つかりません
ending-not_found-what = このアドレスのページはありません。
ending-not_found-do = アドレスをお確かめください。連携の手続きは、ご利用のアプリの画面から始められます。
ending-too_large-title = 送信された内容が大きすぎます
ending-too_large-what = 送信された内容が、このページで受け取れる大きさを超えています。
ending-too_large-do = ブラウザーの「戻る」で前の画面に戻り、入力し直してください。
ending-method_not_allowed-title = この操作はできません
ending-method_not_allowed-what = このアドレスでは、この操作を受け付けていません。
ending-method_not_allowed-do = ブラウザーの「戻る」で前の画面に戻るか、ご利用のアプリの画面から、もう一度お手続きください。
ending-returned-title = 連携が完了しました
ending-returned-what = { $bank }の手続きは済みました。あとは{ $app }に戻るだけです。
ending-returned-do = 1分以内に、下のボタンで{ $app }へ戻ってください。過ぎると、はじめからのお手続きが必要になります。
ending-returned-continue = アプリへ戻る
ending-returned-not-opened = アプリが開かないとき
ending-returned-not-opened-do = もう一度ボタンを押してください。「アプリで開きますか」などの確認が出たときは、許可してください。それでも開かないときは、{ $app }がこの端末に入っていることを確かめて、アプリからもう一度お手続きください。
ending-return_lapsed-title = アプリへ戻る時間が過ぎました
ending-return_lapsed-what = 安全のため、この画面からアプリへ戻れるのは、許可してから1分間だけです。
ending-return_lapsed-do = アプリの画面で連携が完了していれば、お手続きは済んでいます。完了していないときは、{ $app }から、もう一度はじめからお手続きください。
ending-misdirected-title = このホスト名では提供していません
ending-misdirected-what = このサーバーは、アドレス欄のホスト名のサイトではありません。
ending-misdirected-do = アドレスをお確かめください。連携の手続きは、ご利用のアプリの画面から始められます。
