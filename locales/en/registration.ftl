## registration

registration-question-title = Registration of a security question
registration-question-lead = For your safety, please register a question and its answer. We ask it when you come from an unusual device, for example.
registration-question = Question
registration-question-choose = Please choose a question
registration-answer = Answer
registration-answer-hint = { $min } to { $max } characters. Full-width and half-width spellings are the same.
registration-answer-again = Answer (once more, to be sure)
registration-token-title = Registration for one-time passwords
registration-token-lead = Please register the authenticator app that will show your one-time passwords.
registration-token-scan = Scan with the authenticator app
registration-token-alt = 2D code for the authenticator app. If you cannot scan it, enter the characters below into the app.
registration-token-or-type = If you cannot scan it, enter these characters into the authenticator app.
registration-token-keep = Do not show these characters to anybody. They are not shown again once you leave this page.
registration-token-code = One-time password
registration-token-hint = The six digits that the authenticator app shows
registration-passkey-title = Registration of a passkey
registration-passkey-lead = Please register a passkey on this device. We will use it to confirm that it is you.
registration-continue = Register
error-question-missing = Please choose a question.
error-answer-too-short = Please enter an answer of { $min } or more characters.
error-answers-differ = The two answers are not the same. Please enter the same answer twice.
error-new-token-format = Please enter the one-time password as six digits.
error-new-token-wrong = The one-time password is not right. Please enter the digits the authenticator app shows now, and check that the clock of your device is right.

mail-factor-registered-subject = [{ $bank }] An additional authentication method was registered
mail-factor-registered-body = An additional authentication method of yours (a question and its answer, or one-time passwords) was registered for the first time.
    If you did not do this, please contact { $bank } at once.
    This mail contains no link. We never ask for passwords or PINs by mail.
