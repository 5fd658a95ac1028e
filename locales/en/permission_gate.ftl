## permission_gate

permission_gate-title = Your administrator’s permission is needed
permission_gate-lead = Your ID is not yet permitted to link apps. Once it is, you can go on linking with { $app }.
permission_gate-who = Who can permit it
permission_gate-administrator = The administrator (master user) of your internet banking
permission_gate-what = What they do
permission_gate-act = They log in to internet banking and permit “API link” for your ID.
permission_gate-when = By when
permission_gate-within = Keep this page open: if it is permitted within { $minutes } minutes, you can go on. After that, start again from { $app } once it is permitted.
permission_gate-continue = Check whether it is permitted
error-permission-missing = It is not permitted yet. Please check again when your administrator has done it.
