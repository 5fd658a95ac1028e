## Pages outside a step

incident = Reference number
cookie-name = Name of the cookie

ending-refused-title = We cannot go on
ending-fault-title = We could not go on
ending-fault-what = { $way ->
    [payment] Something went wrong in our system. It was not caused by what you entered.
   *[no] Something went wrong in our system. It was not caused by what you entered. Nothing has been linked.
 }
ending-fault-do = { $way ->
    [payment] Please open this page again. Your account is never debited twice. If it happens again, tell us the number below.
    [yes] Return to { $app } and try again later. If it happens again, contact us with the reference number.
   *[no] Try again later from the app you use. If it happens again, contact us with the reference number.
 }
ending-expired-title = The time for this procedure is over
ending-expired-what = There was no input for a while, so we ended the procedure for your safety. What you entered was not kept.
ending-expired-do = { $way ->
    [payment] Your account was not debited. Please open the electronic payment again from the software you use.
    [yes] Return to { $app } and start again.
   *[no] Start again from the app you use.
 }
ending-finished-title = This procedure has ended
ending-finished-what = It was completed or stopped. There is nothing left to do on this page.
ending-finished-do = { $way ->
    [payment] Please check the payment’s status in the software you use.
    [yes] Return to { $app } to see the result.
   *[no] See the result in the app you use.
 }
ending-wrong_browser-title = Opened in another browser
ending-wrong_browser-what = This procedure can only be continued in the browser in which it began. The cookie of this browser does not belong to it.
ending-wrong_browser-do = Go back to the browser in which you began, or start again from the app you use.
ending-cookie_missing-title = The cookie did not arrive
ending-cookie_missing-what = The browser did not send the cookie that is needed here. Cookies may be switched off or deleted, or the page was opened in another browser.
ending-cookie_missing-do = { $way ->
    [yes] Allow cookies for this site in your browser, return to { $app } and start again.
   *[no] Allow cookies for this site in your browser and start again from the app you use.
 }
ending-stale-title = This page has moved on
ending-stale-what = The procedure is already past this page. What you entered was not used.
ending-stale-do = Please open the present page and go on.
ending-stale-continue = Open the present page
ending-no_visit-title = This page cannot be opened
ending-no_visit-what = You are no longer logged in, or none of your links has this page.
ending-no_visit-do = Please open “Linked services” and look again. If you need to log in, you will be asked to prove who you are.
ending-no_visit-continue = Open “Linked services”
ending-unknown_journey-title = Procedure not found
ending-unknown_journey-what = There is no procedure at this address. It may have ended long ago, or the address may be cut off.
ending-unknown_journey-do = Start again from the app you use.
ending-unknown_bank-title = Bank not found
ending-unknown_bank-what = The bank asked for is not available in this service.
ending-unknown_bank-do = Go back to the app you use and choose the bank again. If it happens again, ask the company that offers the app.
ending-protocol-title = The app’s request cannot be accepted
ending-protocol-what = The app you use sent a request with an error, so the procedure cannot begin. It was not caused by anything you did.
ending-protocol-do = Go back to the app you use and try again. If it happens again, tell the company that offers the app what is shown below.
ending-protocol-code = Error code
ending-protocol-description = Description
ending-closed-title = Not available now
ending-closed-what = { $way ->
    [payment] Payments with { $bank } are closed at this hour.
   *[no] Linking with { $bank } is closed at this hour.
 }
ending-closed-reopens = It opens on { $date } at { $time } (Japan time).
ending-closed-do = { $way ->
    [payment] Please open the electronic payment again during service hours from the software you use. Nothing has been paid.
    [yes] Please start again from { $app } during service hours. Nothing has been linked.
   *[no] Please start again during service hours from the app you use.
 }
ending-not_found-title = Page not found
ending-not_found-what = There is no page at this address.
ending-not_found-do = Please check the address. Linking begins in the app you use.
ending-too_large-title = Too much was sent
ending-too_large-what = What was sent is larger than this page can receive.
ending-too_large-do = Go back to the previous page in your browser and enter it again.
ending-method_not_allowed-title = This cannot be done here
ending-method_not_allowed-what = This address does not accept what was sent.
ending-method_not_allowed-do = Go back to the previous page in your browser, or start again from the app you use.
ending-returned-title = The link is made
ending-returned-what = Everything is done at { $bank }. All that is left is to return to { $app }.
ending-returned-do = Please return to { $app } with the button below within one minute. After that you would have to start again.
ending-returned-continue = Return to the app
ending-returned-not-opened = If the app does not open
ending-returned-not-opened-do = Press the button again. If you are asked whether to open the app, please allow it. If it still does not open, make sure that { $app } is installed on this device, and start again from the app.
ending-return_lapsed-title = The time to return to the app is over
ending-return_lapsed-what = For your safety this page leads back to the app for one minute only after you allowed access.
ending-return_lapsed-do = If the app shows that it is linked, you are done. If it does not, please start again from { $app }.
ending-misdirected-title = Not served under this host name
ending-misdirected-what = This server is not the site of the host name in the address bar.
ending-misdirected-do = Please check the address. Linking begins in the app you use.
