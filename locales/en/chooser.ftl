## Which bank?

chooser-title = Choose your bank
chooser-lead = Choose the bank that holds the account you want to link. The procedure begins on that bank’s page.
chooser-search-label = Find a bank
chooser-search-hint = Type part of its name in Japanese or Latin letters, or of its four-digit code.
chooser-search = Search
chooser-found = { $count ->
    [one] “{ $query }” finds 1 bank.
   *[other] “{ $query }” finds { $count } banks.
 }
chooser-none = No bank matches “{ $query }”.
chooser-none-do = Type a shorter part of the name, or try it in kana or Latin letters. A bank that is still not found cannot be linked yet; please ask the company that offers { $app }.
chooser-all = Show all banks
chooser-last = The bank you chose last
chooser-group-credit_unions = Credit unions
chooser-group-shinkin_banks = Shinkin banks
chooser-group-labour_banks = Labour banks
chooser-group-banks = Banks
chooser-group-others = Other institutions
chooser-more = There are more. Type a name to find yours.
chooser-closed = Closed now
chooser-closed-until = Closed now, opens on { $date } at { $time } (Japan time)
chooser-elsewhere = Banks that cannot be linked with { $app }
chooser-elsewhere-do = The company that offers { $app } can tell whether and when linking will be possible.
bank-code = Bank code { $code }
