## From the software to the bank (e-Gov electronic payment)

payment_site-title = Continue to the bank’s site
payment_site-lead = You continue your payment on the site of { $bank }.
payment_site-do = If the page does not change by itself, please press the button below. Please identify yourself on the bank’s pages within 30 minutes. Nothing has been paid yet.
payment_site-continue = Continue to the bank’s site

## Why it cannot be gone on

refusal-site-bank = The bank that was chosen takes no electronic payments here.
refusal-site-bank-action = Please choose another bank in the software you use.
refusal-site-key = The authentication of the software you use has lapsed, or is not right.
refusal-site-key-action = Please authenticate again in the software you use, then open the electronic payment again.
refusal-site-malformed = The details that the software you use has sent are not right.
refusal-site-malformed-action = Please open the electronic payment again from the software you use. If this page comes again, please contact the software’s maker.
refusal-site-not-payable = This fee cannot be paid now.
refusal-site-not-payable-action = Please check the payment’s status and its last day in the software you use.
refusal-site-software = The software you use may not open the electronic payment.
refusal-site-software-action = Please contact the software’s maker.
refusal-site-too-many = We cannot go on now, because the page was opened too often in a short time.
refusal-site-too-many-action = Please wait a while, then open the electronic payment again.
refusal-site-unknown = There is no such payment.
refusal-site-unknown-action = Please check the application number and the payment number in the software you use.
