## security_question

security_question-title = Additional authentication
security_question-lead = Enter the answer to the question.
security_question-section = Additional authentication
security_question-question = Question
security_question-answer = Answer
# The hint as a bank prints it; where it prints none, the line after it.
security_question-printed-hint = { "" }
security_question-hint = At most { $max } characters
security_question-continue = Authenticate
