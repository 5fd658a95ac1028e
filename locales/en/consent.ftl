## consent

consent-title = Permission to access information
consent-lead = Please decide whether { $app } may access your account information as follows.
consent-facts = What you allow
consent-to-whom = To whom
consent-what = What is shared
consent-accounts = Accounts
consent-holder = { $name }
consent-until = How long
consent-until-day = Until { $day }
consent-until-days = { $days } days. To go on using it, please renew before the end.
consent-until-days-time = { $days } days (until { $time } Japan time on the last day). To go on using it, please renew before the end.
consent-until-none = No end date
consent-until-idle = It also ends when it is not used for { $days } days in a row.
consent-stop = How to stop
consent-stop-how = You can stop it at any time: tell { $bank } or { $app }.
consent-stop-page = You can also see and stop it yourself on the page “Linked services” of { $bank }:
consent-stop-password = Changing your login password also ends it, and the procedure is needed again.
consent-supersedes-title = A link with another app will end
consent-supersedes = { $bank } lets each customer link one app. If you allow { $app }, the following link ends and that app can no longer access your account information.
consent-supersedes-since = Linked since { $day }.
error-supersedes = A link with another app was added after this page was shown. Please check which links will end, and decide once more.
consent-section = Confirmation of intent
consent-agree = Continue the permission procedure
consent-continue = Allow
consent-until-chosen = The period you choose below

## What only some banks print; empty otherwise

consent-printed-lead = { "" }
consent-caution-title = Please note
consent-caution = { "" }
consent-privileges-title = Services
consent-privileges-column-service = Service
consent-privileges-column-privilege = Privilege
consent-privilege-granted = Granted
consent-privilege-approver = Granted (approver)
consent-privilege-none = Not granted
consent-privileges-notes = A service that is not granted can be used as soon as your administrator grants it.
consent-rows-title = { "" }
consent-row-period = Period
consent-row-scopes = Services
consent-rows-notes = { "" }
consent-period = { $days } days
consent-period-chosen = The period you choose
consent-durations = How long to allow
consent-duration = { $days } days (until { $time } on { $day })
consent-statements = { "" }
consent-before-buttons = { "" }
consent-notes = { "" }
