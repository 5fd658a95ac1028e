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
consent-stop = How to stop
consent-stop-how = You can stop it at any time before the end: tell { $bank } or { $app }.
consent-stop-password = Changing your login password also ends it, and the procedure is needed again.
consent-section = Confirmation of intent
consent-agree = Continue the permission procedure
consent-continue = Allow
