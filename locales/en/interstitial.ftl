## interstitial

interstitial-opens = Opens in a new tab.
interstitial-password-expired-title = Your password has expired
interstitial-password-expired-lead = The term of your login password is over.
interstitial-password-expired-mend = Change it (opens internet banking)
interstitial-password-expired-after = When you have changed it, come back to this page and go on. You will log in once more with the new password.
interstitial-password-expired-mended = I have changed it: go on
interstitial-password-expired-skip = Do not change it now
interstitial-mail-invalid-title = Please check your mail address
interstitial-mail-invalid-lead = Our mails do not reach your registered address.
interstitial-mail-invalid-mend = Correct it (opens internet banking)
interstitial-mail-invalid-after = Mails about links that begin or end would not reach you either. When you have corrected it, come back to this page and go on.
interstitial-mail-invalid-mended = I have corrected it: go on
interstitial-mail-invalid-skip = Correct it later
error-password-still-expired = The password has not been changed yet. Please change it, then press again.
error-mail-still-invalid = The mail address has not been corrected yet. Please correct it, then press again, or choose “Correct it later”.
