## security_question

security_question-title = 追加認証
security_question-lead = 質問に対する回答を入力してください。
security_question-section = 追加認証
security_question-question = 質問
security_question-answer = 回答
# The hint as a bank prints it; where it prints none, the line after it.
security_question-printed-hint = { "" }
security_question-hint = { $max }文字以内
security_question-continue = 認証
