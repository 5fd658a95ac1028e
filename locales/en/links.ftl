## The customer's own page: linked services

links-title = Linked services
links-lead = These apps can access the account information of { $name }. You can stop each of them at any time.
links-none = No app is linked now.
links-none-do = To link one, please start in the app.
links-past = Links that ended in the past year
links-what = What is shared
links-accounts = Accounts
links-since = Allowed on
links-renewed = Renewed on { $day }.
links-until = How long
links-left = { $days ->
    [0] ends today
    [one] { $days } day left
   *[other] { $days } days left
 }
links-idle-end = It ends when it is not used for { $days } days after the last use (if it stays unused: { $day }).
links-used = Last used
links-used-at = { $day }, about { $time } Japan time
links-used-never = Not used yet
links-label = Name
links-open = See details or stop
links-open-past = See details
links-logout = Log out
links-idle = For your safety you are logged out after { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
 } without input.

## One link

links-back = Back to all links
links-one-title = Link with { $app }
links-stop = Stop this link
links-name = Name
links-name-hint = A name to tell it from others, for instance whose accounts it is for. Up to 30 characters. The app does not learn it.
links-name-save = Save the name
links-receipts = What you agreed to
links-receipt-of = See what you agreed to on { $day } at { $time }
error-label = Enter a name of at most 30 characters on one line.

## How a link ended

links-ended = Ended
links-over = This link has ended
links-over-what = { $app } cannot access your account information. To use it again, please start in the app.
links-end-bank = { $bank } stopped it on { $day }.
links-end-client = The app gave it up on { $day }.
links-end-credential_changed = It ended on { $day } because a password or certificate was changed.
links-end-customer = You stopped it on { $day }.
links-end-expired = Its period was over on { $day }.
links-end-idle = It ended on { $day } because it had not been used for a long time.
links-end-superseded = It ended on { $day } because you allowed another app.

## Stopping

links-stop-title = Stop the link with { $app }?
links-stop-now = When you stop it, { $app } can no longer access your account information from that moment.
links-stop-kept = What the app has received before stays in the app. To have it erased, please ask { $company }.
links-stop-again = To use the app again, you have to allow it anew, starting in the app.
links-stop-continue = Stop
links-stop-cancel = Go back without stopping

## What was consented to

links-receipt-title = What you agreed to
links-receipt-back = Back to the link
links-receipt-lead = This is what you saw and allowed on { $day } at { $time } Japan time, in the words you saw.
links-receipt-act = What you did
links-receipt-acted = On the page “{ $screen }” you pressed “{ $button }”.
links-receipt-id = Number of the consent

## After logging out

links-left-title = You are logged out
links-left-what = You have left the page of your links. Please close this window.
links-left-again = Log in again
