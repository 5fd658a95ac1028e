## one_time_password

one_time_password-title = One-time password
one_time_password-lead-authenticator = Enter the one-time password that your authenticator app shows.
one_time_password-lead-camera_token = Read the two-dimensional code with your token and enter the one-time password it shows.
one_time_password-lead-hardware_token = Enter the one-time password that your token shows.
one_time_password-lead-mail = Enter the one-time password we sent you by mail.
one_time_password-lead-sms = Enter the one-time password we sent you as a text message.
one_time_password-sent = Sent to { $to }.
one_time_password-label = One-time password
one_time_password-hint = { $length } half-width digits
one_time_password-life = Good for { $seconds } seconds
one_time_password-notes = After several wrong one-time passwords in a row your service is suspended.
one_time_password-continue = Authenticate
one_time_password-resend = Send again

## The camera token

one_time_password-camera-read = Read the two-dimensional code with the camera of your token.
one_time_password-camera-picture = Two-dimensional code for your token. It contains contract number and user ID.
one_time_password-camera-words = Show the content of the code as text
one_time_password-camera-read-note = { "" }
one_time_password-camera-compare = Make sure that the contract number and user ID on the token are your own.
one_time_password-camera-compare-note = { "" }
one_time_password-camera-type = Enter the one-time password that the token shows.
