//! Pages beside the journey: the choice of a bank, the customer's own, and the ministries' desk.

use renkei_pages::{ConsentShown, DESK_TOLD, LinksPage};

use crate::shared::{choosers, desks, html, links, samples};

#[test]
fn the_customers_page_posts_with_its_token_and_stops_only_what_works() {
    let pages = samples::pages();
    for (name, page) in links::pages("ja") {
        let html = pages
            .links("ja", &links::frame("ja"), &page)
            .expect("a page");
        let forms = html.matches("method=\"post\"").count();
        assert_eq!(
            forms,
            html.matches("name=\"csrf\" value=\"csrf-token\"").count(),
            "{name}"
        );
        let stops = html.contains("id=\"stop\"");
        assert_eq!(stops, matches!(name, "link" | "link-edge"), "{name}");
        assert!(
            !html.contains("<script>"),
            "{name}: what the customer typed is escaped"
        );
    }
}

#[test]
fn a_receipt_says_what_was_said_before_what_is_said_now() {
    let pages = samples::pages();
    let scopes = ["accounts", "balances", "transactions"];
    let shown = ConsentShown {
        holder: "有限会社 みやがわ木工",
        scopes: scopes.map(str::to_owned).into(),
        account_kinds: ["ordinary"].into(),
        until: Some("2027-02-19"),
        idle_days: None,
    };
    let said = pages
        .consent_words("hidashin", "ja", &shown)
        .expect("words");
    for (name, page) in links::pages("ja") {
        let LinksPage::Receipt { .. } = page else {
            continue;
        };
        if name != "link_receipt" {
            continue;
        }
        let mut page = page;
        if let LinksPage::Receipt { words, .. } = &mut page {
            *words = said
                .keys()
                .map(|key| (key.clone(), format!("§{key}§")))
                .collect();
        }
        let html = pages.links("ja", &links::frame("ja"), &page);
        let html = html.expect("a page");
        for (key, text) in &said {
            if key != "consent-title" {
                assert!(html.contains(&format!("§{key}§")), "{key}\n{html}");
            }
            let now = format!(">{text}<");
            assert!(!html.contains(&now), "{key} is said as today\n{html}");
        }
    }
}

#[test]
fn the_desk_posts_with_its_token_and_escapes_what_was_sent() {
    let pages = samples::pages();
    for (name, page, problems) in desks::pages() {
        let frame = desks::frame(&page);
        let html = pages.desk("ja", &frame, &page, &problems).expect("a page");
        let forms = html.matches("method=\"post\"").count();
        let tokens = html.matches("name=\"csrf\" value=\"csrf-token\"").count();
        assert_eq!(forms, tokens, "{name}");
        assert!(!html.contains("<script>"), "{name}: escaped");
        assert_eq!(html.matches("<h1").count(), 1, "{name}");
        assert_eq!(html.matches("<main").count(), 1, "{name}");
        assert_eq!(
            html.matches("aria-invalid=\"true\"").count()
                + html.matches("tabindex=\"-1\" aria-desc").count(),
            problems.iter().filter(|one| one.field.is_some()).count(),
            "{name}: every problem is told at its control"
        );
        assert_eq!(
            html.contains("id=\"logout\""),
            frame.staff.is_some(),
            "{name}"
        );
    }
}

#[test]
fn the_desk_tells_what_was_done_in_both_languages() {
    let pages = samples::pages();
    let (_, page, _) = desks::pages().swap_remove(0);
    for told in DESK_TOLD {
        for lang in ["ja", "en"] {
            let mut frame = desks::frame(&page);
            frame.told = Some(told);
            let html = pages.desk(lang, &frame, &page, &[]).expect("a page");
            assert!(html.contains("id=\"told\" role=\"status\""), "{told}");
        }
    }
}

#[test]
fn a_bank_is_chosen_by_a_link_and_searched_for_by_a_plain_form() {
    let pages = samples::pages();
    for (name, chooser) in choosers::choosers("ja") {
        let page = pages.chooser("ja", &chooser).expect("a page");
        let links: Vec<_> = html::tags(&page, "a")
            .into_iter()
            .filter(|tag| html::attribute(tag, "class") == Some("bank"))
            .collect();
        let banks = chooser.groups.iter().map(|group| group.banks.len());
        let last = usize::from(chooser.last.is_some());
        assert_eq!(links.len(), banks.sum::<usize>() + last, "{name}");
        for part in [
            "role=\"search\" method=\"get\" action=\"/authorize\"",
            "name=\"state\" value=\"a &quot;state&quot; &lt;with&gt; signs\"",
            "id=\"q\"",
            "id=\"cancel\" href=\"https://app.example",
            "連携をやめて、かけはし会計へ戻る",
            "かけはし会計（株式会社かけはし）との連携手続き",
        ] {
            assert!(page.contains(part), "{name}: {part} in {page}");
        }
        let headings = html::tags(&page, "h2").len();
        assert_eq!(
            headings,
            chooser.groups.len() + last + usize::from(!chooser.elsewhere.is_empty()),
            "{name}"
        );
    }
    let page = |at: usize| {
        let (_, chooser) = choosers::choosers("ja").swap_remove(at);
        pages.chooser("ja", &chooser).expect("a page")
    };
    assert!(page(0).contains("2026年11月24日（火） 8:00からご利用いただけます"));
    assert!(page(1).contains("「ひだ」で2件見つかりました。"));
    assert!(page(2).contains("「&quot;&gt;&lt;script&gt;」に当てはまる"));
    assert!(page(2).contains("すべての金融機関を表示する"));
}
