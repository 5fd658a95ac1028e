## security_question

security_question-title = Additional authentication
security_question-lead = Enter the answer to the question.
security_question-section = Additional authentication
security_question-question = Question
security_question-answer = Answer
security_question-hint = At most { $max } characters
security_question-continue = Authenticate
