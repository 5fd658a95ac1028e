## session_conflict

session_conflict-title = Logged in elsewhere
session_conflict-lead = The same ID is logged in on another device or page.
session_conflict-what = If you press “Go on”, the other session ends and what was being entered there is lost. If you do not know of it, press “Stop” and contact us.
session_conflict-continue = Go on
session_conflict-stop = Stop
error-session-undecided = Please choose “Go on” or “Stop”.
