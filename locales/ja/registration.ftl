## registration

registration-question-title = 追加認証（回答）の登録
registration-question-lead = 安全のため、質問と回答を登録してください。今後、いつもと違う端末などからのご利用のときにお尋ねします。
registration-question = 質問
registration-question-choose = 質問を選択してください
registration-answer = 回答
registration-answer-hint = { $min }〜{ $max }文字。全角と半角の違いは区別しません。
registration-answer-again = 回答（確認のため、もう一度）
registration-token-title = ワンタイムパスワードの利用開始登録
registration-token-lead = ワンタイムパスワードを表示する認証アプリを登録してください。
registration-token-scan = 認証アプリで読み取る
registration-token-alt = 認証アプリで読み取る二次元コード。読み取れない場合は、下の文字を認証アプリに入力してください。
registration-token-or-type = 読み取れない場合は、次の文字を認証アプリに入力してください。
registration-token-keep = この文字は、ほかの人に見せないでください。この画面を離れると、もう表示されません。
registration-token-code = ワンタイムパスワード
registration-token-hint = 認証アプリに表示された6桁の数字
registration-passkey-title = パスキーの登録
registration-passkey-lead = 次回からのご本人の確認に使うパスキーを、この端末に登録してください。
registration-continue = 登録
error-question-missing = 質問を選択してください。
error-answer-too-short = 回答は{ $min }文字以上で入力してください。
error-answers-differ = 2回の回答が一致しません。同じ回答を、もう一度入力してください。
error-new-token-format = ワンタイムパスワードを半角数字6桁で入力してください。
error-new-token-wrong = ワンタイムパスワードが正しくありません。認証アプリに新しく表示された数字を入力してください。端末の時刻が合っていることもお確かめください。

mail-factor-registered-subject = 【{ $bank }】追加の認証方法が登録されました
mail-factor-registered-body = お客様の追加の認証方法（質問と回答、またはワンタイムパスワード）が、はじめて登録されました。
    お心当たりのない場合は、すぐに{ $bank }へご連絡ください。
    このメールにリンクはありません。パスワードや暗証番号をメールでお尋ねすることもありません。
