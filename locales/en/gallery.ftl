# The gallery of screens, for a bank's own people; no customer sees it.
gallery-title = Screens
gallery-lead = Every screen in every state, in Japanese and English, as on a phone and on a desk. Customers, accounts and apps are invented. The buttons do nothing.
gallery-contents = List of screens
gallery-phone = phone
gallery-desk = desk
gallery-state-first = When it is first opened
gallery-state-missing = When something is missing
gallery-state-wrong = When something is wrong
gallery-state-too-long = When something is too long
gallery-state-many = When there are many
gallery-state-page = This page
gallery-state-presented = After a certificate was presented
gallery-state-none = With nothing there
gallery-state-remembered = With an earlier choice
gallery-state-searched = After a search
gallery-state-stopped = After it was stopped
gallery-state-supersedes = When links with other apps end
