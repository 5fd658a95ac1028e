## out_of_band

out_of_band-title = 別の経路での承認
out_of_band-lead-push = ご登録の端末に、承認の依頼を送りました。
    端末でアプリを開き、下の数字と同じ数字を選んで、{ $minutes }分以内に承認してください。
out_of_band-lead-call = ご登録の電話番号から、下の番号へお電話ください。
    音声の案内にそって、{ $minutes }分以内に承認してください。通話料がかかる場合があります。
out_of_band-number = 端末で選ぶ数字
out_of_band-call = おかけいただく番号
out_of_band-phone = ご登録の電話番号
out_of_band-phone-unknown = お届けの電話番号
out_of_band-waiting-push = 端末での承認を待っています。承認されると、自動で次へ進みます。
out_of_band-waiting-call = お電話での承認を待っています。承認されると、自動で次へ進みます。
out_of_band-live = この画面は{ $seconds }秒ごとに承認を確かめます。
out_of_band-still = 自動では確かめません。承認したら、ボタンを押してください。
out_of_band-reload = 画面を更新する
out_of_band-be-still = 自動で確かめるのをやめる
out_of_band-be-live = 自動で確かめる
out_of_band-continue = 承認したので、次へ進む
out_of_band-lapsed = 承認の受付時間が過ぎました。この依頼ではもう承認できません。
out_of_band-left = あと{ $left }回、やり直せます。
out_of_band-again-push = もう一度、端末へ送る
out_of_band-again-call = もう一度、電話で承認する
out_of_band-safety = お心当たりのない承認の依頼が届いたときは、承認せずに{ $bank }へご連絡ください。この画面の数字を、ほかの人に伝えないでください。
error-approval-waiting = まだ承認されていません。端末またはお電話での承認が済んでから、もう一度押してください。
refusal-refused-elsewhere = 端末またはお電話で承認が断られたため、手続きを終わりました。連携は行われていません。
refusal-refused-elsewhere-action = お客様がはじめた手続きでない場合は、パスワードが知られているおそれがあります。すぐにお問い合わせ先へご連絡ください。
