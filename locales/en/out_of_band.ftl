## out_of_band

out_of_band-title = Approval by another channel
out_of_band-lead-push = We have sent a request for approval to your registered device.
    Open the app there, pick the number shown below, and approve within { $minutes } minutes.
out_of_band-lead-call = Please call the number below from your registered telephone.
    Follow the voice guidance and approve within { $minutes } minutes. The call may be charged.
out_of_band-number = Number to pick on your device
out_of_band-call = Number to call
out_of_band-phone = Your registered telephone
out_of_band-phone-unknown = The number you have registered with us
out_of_band-waiting-push = Waiting for your approval on the device. The page then goes on by itself.
out_of_band-waiting-call = Waiting for your approval by telephone. The page then goes on by itself.
out_of_band-live = This page looks for your approval every { $seconds } seconds.
out_of_band-still = This page does not look by itself. Press the button when you have approved.
out_of_band-reload = Reload the page
out_of_band-be-still = Stop looking automatically
out_of_band-be-live = Look automatically
out_of_band-continue = I have approved: go on
out_of_band-lapsed = The time for this approval is over. This request can no longer be approved.
out_of_band-left = You can try { $left } more times.
out_of_band-again-push = Send to my device again
out_of_band-again-call = Approve by telephone again
out_of_band-safety = If you receive a request for approval that you do not expect, do not approve it and contact { $bank }. Do not tell anybody the number on this page.
error-approval-waiting = It has not been approved yet. Please approve on your device or by telephone, then press again.
refusal-refused-elsewhere = The approval was refused on your device or by telephone, so we ended the procedure. Nothing has been linked.
refusal-refused-elsewhere-action = If you did not begin this procedure, somebody may know your password. Please contact us at once.
