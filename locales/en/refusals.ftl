## Refusals: what happened, what to do

refusal-no-accounts = There is no account that could be linked.
refusal-no-accounts-action = For questions about your accounts, please contact the help desk.
refusal-no-question = We cannot go on, because no question and answer for additional authentication are registered.
refusal-no-question-action = Please register a question and answer in your internet banking and start again. If in doubt, contact the help desk.
refusal-pins-locked = The inquiry PIN was tried too often: no account is left that could be registered.
refusal-pins-locked-action = To have the inquiry PIN checked and unlocked, please contact the help desk.
refusal-risk-too-high = For your safety we cannot go on this time.
refusal-risk-too-high-action = Please try again later from the device you usually use. If it is urgent, contact the help desk.
refusal-too-many-attempts = There were too many tries. For your safety the service is suspended for now.
refusal-too-many-attempts-action = Please try again later. If in doubt, contact the help desk.
refusal-action = If in doubt, contact the help desk.
