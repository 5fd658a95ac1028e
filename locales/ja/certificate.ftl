## Client certificates

certificate-trouble-missing-title = 電子証明書が提示されませんでした
certificate-trouble-missing-what = ブラウザーから電子証明書を受け取れませんでした。証明書を選ぶ画面で「キャンセル」を押したか、このブラウザーに{ $bank }の電子証明書が入っていません。
certificate-trouble-missing-do = 電子証明書を取得した端末とブラウザーで、もう一度お選びください。
certificate-trouble-expired-title = 電子証明書の有効期限が切れています
certificate-trouble-expired-what = 提示された電子証明書は、有効期限を過ぎているため使えません。
certificate-trouble-expired-do = 更新後の電子証明書をお持ちのときは、選び直してください。お持ちでないときは、{ $bank }のインターネットバンキングで電子証明書を更新または再発行してください。
certificate-trouble-not-yet-valid-title = 電子証明書がまだ有効になっていません
certificate-trouble-not-yet-valid-what = 提示された電子証明書は、有効期間がまだ始まっていません。
certificate-trouble-not-yet-valid-do = いま有効な電子証明書を選び直すか、有効期間が始まってから、もう一度お手続きください。
certificate-trouble-revoked-title = 電子証明書が失効しています
certificate-trouble-revoked-what = 提示された電子証明書は、失効の手続きがされているため使えません。
certificate-trouble-revoked-do = 新しい電子証明書をお持ちのときは、選び直してください。失効に心当たりがないときは、{ $bank }のお問い合わせ先へご連絡ください。
certificate-trouble-unknown-issuer-title = この電子証明書は使えません
certificate-trouble-unknown-issuer-what = 提示された電子証明書は、{ $bank }のインターネットバンキング用に発行されたものではありません。
certificate-trouble-unknown-issuer-do = { $bank }から発行された電子証明書を選び直してください。
certificate-trouble-wrong-usage-title = ログイン用の電子証明書ではありません
certificate-trouble-wrong-usage-what = 提示された電子証明書は、お客様の本人確認に使うものではありません。
certificate-trouble-wrong-usage-do = { $bank }のインターネットバンキングにログインするときの電子証明書を選び直してください。
certificate-trouble-no-holder-title = 電子証明書に対応するお客様が見つかりません
certificate-trouble-no-holder-what = 提示された電子証明書は正しいものですが、いま{ $bank }に登録されている電子証明書と一致しません。更新前の電子証明書を選んだ可能性があります。
certificate-trouble-no-holder-do = 最新の電子証明書を選び直してください。続くときは、{ $bank }のお問い合わせ先へご連絡ください。
certificate-trouble-unreadable-title = 電子証明書を読み取れませんでした
certificate-trouble-unreadable-what = 受け取った電子証明書の内容を読み取れませんでした。
certificate-trouble-unreadable-do = もう一度お選びください。続くときは、{ $bank }のお問い合わせ先へご連絡ください。
certificate-trouble-list-out-of-date-title = いまは電子証明書を確認できません
certificate-trouble-list-out-of-date-what = 電子証明書が失効していないことを、いま確認できません。お客様の電子証明書に問題があるとは限りません。
certificate-trouble-list-out-of-date-do = しばらくしてから、もう一度お試しください。
certificate-trouble-over-title = 電子証明書を提示する時間が過ぎました
certificate-trouble-over-what = この画面のアドレスは、一度だけ、5分以内に使えます。すでに使われたか、時間が過ぎています。
certificate-trouble-over-do = もとの画面に戻り、「電子証明書ログイン」をもう一度押してください。別の人から送られてきたアドレスのときは、手続きを進めないでください。
certificate-trouble-wrong-host-title = アドレスが正しくありません
certificate-trouble-wrong-host-what = このアドレスでは、{ $bank }の電子証明書を受け取れません。
certificate-trouble-wrong-host-do = もとの画面に戻り、「電子証明書ログイン」をもう一度押してください。
certificate-trouble-unread-title = いまは電子証明書でログインできません
certificate-trouble-unread-what = このサーバーは、電子証明書を読み取る準備ができていません。お客様の電子証明書に問題があるわけではありません。
certificate-trouble-unread-do = もとの画面にほかのログイン方法があるときは、そちらをお使いください。ないときは、時間をおいてお試しになるか、{ $bank }のお問い合わせ先へご連絡ください。

certificate-trouble-shown = 提示された電子証明書
certificate-trouble-subject = 発行先
certificate-trouble-issuer = 発行者
certificate-trouble-validity = 有効期間
certificate-trouble-from = { $date }から
certificate-trouble-until = { $date }まで
certificate-trouble-again = 電子証明書を選び直す
certificate-trouble-back = もとの画面に戻る

certificate-trouble-help = 困ったときは
certificate-trouble-no-window = 証明書を選ぶ画面が出ないとき
certificate-trouble-no-window-installed = 電子証明書を取得した端末・利用者アカウント・ブラウザーで操作していることをご確認ください。ほかの端末からは使えません。
certificate-trouble-no-window-remembered = ブラウザーは、前に選んだ電子証明書や「キャンセル」を覚えています。すべてのウィンドウを閉じて、アプリの画面からやり直してください。
certificate-trouble-no-window-card = ICカードの場合は、カードリーダーにカードを挿してからブラウザーを開いてください。リモートデスクトップではご利用になれないことがあります。
certificate-trouble-remembered = 違う証明書や古い証明書が使われてしまうとき
certificate-trouble-remembered-close = ブラウザーのウィンドウをすべて閉じて開き直すと、もう一度選べます。それでも変わらないときは、端末を再起動してください。
certificate-trouble-remembered-edge = Microsoft Edge では、アドレスバーの鍵の印から「証明書の選択」の「リセット」を押すと、選び直せます。
certificate-trouble-remembered-firefox = Firefox では、証明書を選ぶ画面の「今後も同様に処理する」のチェックを外してから選んでください。
certificate-trouble-apple = Mac・iPhone・iPad をお使いのとき
certificate-trouble-apple-mac = Mac では「キーチェーンアクセス」の「自分の証明書」に電子証明書があることをご確認ください。古いものが残っていると、そちらが選ばれることがあります。
certificate-trouble-apple-phone = iPhone・iPad では、電子証明書を構成プロファイルとして入れ、Safari をお使いください。ほかのブラウザーやアプリの中の画面では、電子証明書を使えません。

## The page before the browser's window

certificate-title = 証明書の選択
certificate-lead = ログインにご利用の電子証明書を選択してください。
certificate-hint = 「次へ」を押すと、ブラウザーが証明書を選ぶ画面を表示します。ご自身の証明書を選び、「OK」を押してください。
certificate-continue = 次へ
