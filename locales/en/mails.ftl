## Mails. No link in any of them.

mail-link-created-subject = [{ $bank }] You allowed { $app } to link
mail-link-created-body = { $app } may now access your account information.
    You can see and stop the link at any time on the page “Linked services” of { $bank }.
    If you did not do this, please contact { $bank } at once.
    This mail contains no link. We never ask for passwords or PINs by mail.
mail-link-renewed-subject = [{ $bank }] Your link with { $app } was renewed
mail-link-renewed-body = Your link with { $app } was renewed. Its period counts from now on.
    You can see and stop the link at any time on the page “Linked services” of { $bank }.
    If you did not do this, please contact { $bank } at once.
    This mail contains no link. We never ask for passwords or PINs by mail.
mail-link-ended-subject = [{ $bank }] Your link with { $app } has ended
mail-link-ended-body = { $app } can no longer access your account information.
    To go on using it, please start again in the app.
    If you did not expect this, please contact { $bank } at once.
    This mail contains no link. We never ask for passwords or PINs by mail.
mail-link-superseded-subject = [{ $bank }] Your link with { $app } has ended
mail-link-superseded-body = Because you allowed { $by } to link, your link with { $app } has ended.
    { $app } can no longer access your account information.
    If you did not do this, please contact { $bank } at once.
    This mail contains no link. We never ask for passwords or PINs by mail.
mail-locked-subject = [{ $bank }] Suspended after too many tries
mail-locked-body = { $way ->
    [links] While you were opening the page “Linked services”,
    [payment] While you were making a payment,
   *[app] While linking with { $app },
 } a password or PIN was tried too often. For your safety we suspended the service.
    If you did not do this, please contact { $bank } at once.
    This mail contains no link. We never ask for passwords or PINs by mail.
mail-one-time-password-subject = [{ $bank }] One-time password
mail-one-time-password-body = The one-time password { $way ->
        [links] for the page “Linked services”
        [payment] for your payment
       *[app] for linking with { $app }
    } is { $code }. It is good for { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }.
    Tell it to nobody, neither by phone nor by mail. Our staff never ask for it.
    If you did not ask for it, please contact { $bank } at once.
    This mail contains no link.
mail-payment-made-subject = [{ $bank }] Your payment is made
mail-payment-made-body = Your payment of { $amount } yen to { $payee } is made.
    You can see its record on the page “Linked services” of { $bank }.
    If you did not do this, please contact { $bank } at once.
    This mail contains no link. We never ask for passwords or PINs by mail.
mail-payment-declined-subject = [{ $bank }] Your payment could not be made
mail-payment-declined-body = Your payment of { $amount } yen to { $payee } could not be made. Your account was not debited.
    You can see the reason on the page “Linked services” of { $bank }.
    To pay, please open the electronic payment again from the software you use.
    If you did not do this, please contact { $bank } at once.
    This mail contains no link. We never ask for passwords or PINs by mail.
