## passkey

passkey-title = Confirmation with your passkey
passkey-lead = We confirm that it is you with the passkey you have registered.
passkey-how = When you press the button, the browser asks for the screen lock of your device (fingerprint, face, PIN). Your fingerprint or face never leaves the device.
passkey-no-script = This confirmation needs scripts (JavaScript) in your browser. Please allow them and reload the page.
passkey-unable = This browser cannot use passkeys. Please start again from the app in a browser that can.
passkey-stopped = The confirmation was stopped or took too long. Please press the button again.
passkey-continue = Confirm with my passkey
error-passkey-missing = The passkey has not been confirmed yet. Please press the button and follow what your device shows.
error-passkey-wrong = The passkey could not be confirmed. You can try { $left } more times.
error-new-passkey-wrong = The passkey could not be registered. Please try again.
refusal-no-passkey = No passkey is registered, so we cannot go on.
refusal-no-passkey-action = Please register a passkey and start again. If anything is unclear, please contact us.
