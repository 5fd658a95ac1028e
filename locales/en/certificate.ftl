## Client certificates

certificate-trouble-missing-title = No certificate was presented
certificate-trouble-missing-what = The browser sent no certificate. Either its window was closed with "Cancel", or this browser has no certificate of { $bank }.
certificate-trouble-missing-do = Please choose again, on the device and in the browser where you obtained your certificate.
certificate-trouble-expired-title = Your certificate has expired
certificate-trouble-expired-what = The certificate you presented is past the end of its validity and cannot be used.
certificate-trouble-expired-do = If you have a renewed certificate, please choose that one. If you have not, renew it in the internet banking of { $bank }.
certificate-trouble-not-yet-valid-title = Your certificate is not valid yet
certificate-trouble-not-yet-valid-what = The validity of the certificate you presented has not begun.
certificate-trouble-not-yet-valid-do = Please choose a certificate that is valid today, or come back when this one is.
certificate-trouble-revoked-title = Your certificate has been revoked
certificate-trouble-revoked-what = The certificate you presented has been revoked and cannot be used.
certificate-trouble-revoked-do = If you have a new certificate, please choose that one. If you do not know why it was revoked, please call { $bank }.
certificate-trouble-unknown-issuer-title = This certificate cannot be used
certificate-trouble-unknown-issuer-what = The certificate you presented was not issued for the internet banking of { $bank }.
certificate-trouble-unknown-issuer-do = Please choose the certificate that { $bank } issued to you.
certificate-trouble-wrong-usage-title = This is not a certificate for logging in
certificate-trouble-wrong-usage-what = The certificate you presented is not made to identify a customer.
certificate-trouble-wrong-usage-do = Please choose the certificate with which you log in to the internet banking of { $bank }.
certificate-trouble-no-holder-title = No customer was found for this certificate
certificate-trouble-no-holder-what = The certificate itself is in order, but it is not one that { $bank } has on file today. It may be the one from before a renewal.
certificate-trouble-no-holder-do = Please choose your latest certificate. If this goes on, please call { $bank }.
certificate-trouble-unreadable-title = The certificate could not be read
certificate-trouble-unreadable-what = What the browser sent could not be read as a certificate.
certificate-trouble-unreadable-do = Please choose again. If this goes on, please call { $bank }.
certificate-trouble-list-out-of-date-title = Certificates cannot be checked just now
certificate-trouble-list-out-of-date-what = Whether your certificate is still in force cannot be checked at this moment. This does not mean that anything is wrong with it.
certificate-trouble-list-out-of-date-do = Please try again in a while.
certificate-trouble-over-title = The time for presenting a certificate is over
certificate-trouble-over-what = The address of this page works once, within five minutes. It was used already, or the time has passed.
certificate-trouble-over-do = Please go back to the page you came from and press the button for the certificate again. If somebody sent you this address, do not go on.
certificate-trouble-wrong-host-title = This is not the right address
certificate-trouble-wrong-host-what = Certificates of { $bank } are not taken at this address.
certificate-trouble-wrong-host-do = Please go back to the page you came from and press the button for the certificate again.
certificate-trouble-unread-title = Certificates cannot be used just now
certificate-trouble-unread-what = This server is not set up to read certificates. There is nothing wrong with yours.
certificate-trouble-unread-do = If the page before offers another way to log in, please use that one. If it does not, try again later or contact the help desk of { $bank }.

certificate-trouble-shown = The certificate you presented
certificate-trouble-subject = Issued to
certificate-trouble-issuer = Issued by
certificate-trouble-validity = Validity
certificate-trouble-from = { $date } to
certificate-trouble-until = { $date }
certificate-trouble-again = Choose a certificate again
certificate-trouble-back = Back to the page before

certificate-trouble-help = If you are stuck
certificate-trouble-no-window = No window for choosing appeared
certificate-trouble-no-window-installed = Please make sure that this is the device, the user account and the browser in which you obtained the certificate. It does not work elsewhere.
certificate-trouble-no-window-remembered = The browser remembers the certificate you chose before, and "Cancel" too. Please close all of its windows and begin again from your app.
certificate-trouble-no-window-card = With an IC card, please insert the card before you open the browser. Remote desktops often do not work.
certificate-trouble-remembered = A wrong or an old certificate is used
certificate-trouble-remembered-close = Please close every window of the browser and open it again; then you can choose. If that does not help, restart the device.
certificate-trouble-remembered-edge = In Microsoft Edge, open the lock in the address bar and press "Reset" under "Your certificate choices".
certificate-trouble-remembered-firefox = In Firefox, clear "Remember this decision" in the window before you choose.
certificate-trouble-apple = On a Mac, iPhone or iPad
certificate-trouble-apple-mac = On a Mac, please check that the certificate is under "My Certificates" in Keychain Access. An old one that is still there may be taken instead.
certificate-trouble-apple-phone = On an iPhone or iPad, the certificate is installed as a configuration profile and works in Safari only, not in other browsers or inside apps.

## The page before the browser's window

certificate-title = Choose your certificate
certificate-lead = Choose the certificate you use to log in.
certificate-hint = When you press the button, your browser shows a window with your certificates. Choose yours and press “OK”.
certificate-continue = Next
