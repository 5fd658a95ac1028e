//! Every page in both languages with plain, long and troubled samples.
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test")]

use std::collections::{BTreeMap, BTreeSet};

use renkei_pages::{
    Back, BackAction, ConsentShown, DESK_TOLD, Ending, Frame, LinksPage, Pages, PagesError,
    Problem, TenantWords, theme,
};
use serde_json::{Value, json};

#[path = "shared/choosers.rs"]
mod choosers;
#[path = "shared/desks.rs"]
mod desks;
#[path = "shared/html.rs"]
#[expect(dead_code, reason = "each test uses some of the helpers")]
mod html;
#[path = "shared/links.rs"]
mod links;
#[path = "shared/samples.rs"]
#[expect(dead_code, reason = "each test uses some of the samples")]
mod samples;

/// Every page there is, with a name for messages.
fn every_page() -> Vec<(String, String)> {
    let pages = samples::pages();
    let mut all = Vec::new();
    for lang in ["ja", "en"] {
        for kind in samples::kinds() {
            for tenant in samples::banks_with(kind) {
                let mut add = |frame: &Frame, view: &Value, errors: &[Problem]| {
                    let page = pages.step(&tenant, lang, kind, frame, view, errors);
                    all.push((format!("{tenant} {lang} {kind}"), page.expect("a page")));
                };
                let first = samples::frame(lang, 1, Some(6));
                let mut alone = samples::frame(lang, 2, None);
                alone.client = None;
                add(&first, &samples::view(kind), &[]);
                add(&first, &samples::view(kind), &samples::problems(kind));
                add(&samples::long_frame(lang), &samples::edge_view(kind), &[]);
                if kind != "consent" {
                    // the sample without an option has nothing to leave out
                    let troubled = samples::problems(kind);
                    add(
                        &samples::long_frame(lang),
                        &samples::edge_view(kind),
                        &troubled,
                    );
                }
                add(&alone, &samples::view(kind), &[]);
                let mut paying = alone.clone();
                paying.payee = Some("見本省会計課".to_owned());
                add(&paying, &samples::view(kind), &[]);
                for (view, problems) in samples::states(kind) {
                    add(&first, &view, &problems);
                }
            }
        }
        for (name, page) in links::pages(lang) {
            let page = pages.links(lang, &links::frame(lang), &page);
            all.push((format!("{lang} {name}"), page.expect("a page")));
        }
        for (name, page, problems) in desks::pages() {
            let page = pages.desk(lang, &desks::frame(&page), &page, &problems);
            all.push((format!("{lang} desk {name}"), page.expect("a page")));
        }
        for (name, chooser) in choosers::choosers(lang) {
            let page = pages.chooser(lang, &chooser).expect("a page");
            all.push((format!("{lang} chooser {name}"), page));
        }
        for (name, ending) in samples::endings() {
            for tenant in [None, Some(&samples::face(lang))] {
                let page = pages
                    .ending(tenant, lang, Some(&samples::language_urls()), &ending)
                    .expect("a page");
                all.push((format!("{lang} {name}"), page));
            }
        }
    }
    all
}

#[test]
fn no_page_carries_inline_style_or_script() {
    for (name, page) in every_page() {
        for forbidden in [
            "<style",
            " style=",
            "<script>",
            " onclick=",
            " onsubmit=",
            "javascript:",
        ] {
            assert!(!page.contains(forbidden), "{name}: {forbidden}");
        }
    }
}

#[test]
fn every_control_has_a_label_and_every_reference_a_target() {
    for (name, page) in every_page() {
        let ids: Vec<&str> = page
            .split(" id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let distinct: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), distinct.len(), "{name}: an id twice: {ids:?}");
        let labels: BTreeSet<&str> = html::tags(&page, "label")
            .iter()
            .filter_map(|tag| html::attribute(tag, "for"))
            .collect();
        for input in html::tags(&page, "input") {
            if html::attribute(input, "type") != Some("hidden") {
                let id = html::attribute(input, "id").expect("an id");
                assert!(labels.contains(id), "{name}: no label for {id}");
            }
        }
        for attribute in ["aria-describedby", "aria-labelledby"] {
            for rest in page.split(&format!(" {attribute}=\"")).skip(1) {
                for id in rest.split('"').next().unwrap_or_default().split(' ') {
                    assert!(distinct.contains(id), "{name}: {attribute} {id}");
                }
            }
        }
        for link in html::tags(&page, "a") {
            if let Some(id) = html::attribute(link, "href").and_then(|href| href.strip_prefix('#'))
            {
                assert!(distinct.contains(id), "{name}: link to {id}");
            }
        }
    }
}

#[test]
fn every_step_goes_on_and_back_by_post_with_its_token() {
    let pages = samples::pages();
    for kind in samples::kinds() {
        let frame = samples::frame("ja", 2, None);
        let bank = &samples::banks_with(kind)[0];
        let page = pages
            .step(bank, "ja", kind, &frame, &samples::view(kind), &[])
            .expect("a page");
        for part in [
            "id=\"continue\"",
            "id=\"cancel\"",
            "method=\"post\" action=\"/hidashin/journey/jrn_1/step\"",
            "method=\"post\" action=\"/hidashin/journey/jrn_1/cancel\"",
            "name=\"version\" value=\"3\"",
            "デモンストレーション",
        ] {
            assert!(page.contains(part), "{kind}: {part}");
        }
        let printed = page.contains("id=\"cancel\" type=\"submit\" form=\"leave\"");
        assert!(
            printed || page.contains("連携をやめて、かけはし会計へ戻る"),
            "{kind}"
        );
        assert_eq!(
            page.matches("name=\"csrf\" value=\"csrf-token\"").count(),
            html::tags(&page, "form").len(),
            "{kind}"
        );
    }
}

#[test]
fn an_ending_is_told_in_either_language_and_technical_names_stand_apart() {
    let pages = samples::pages();
    for (name, ending) in samples::endings() {
        let page = pages
            .ending(None, "ja", Some(&samples::language_urls()), &ending)
            .expect("a page");
        assert!(page.contains("href=\"?lang=en\""), "{name}");
        if matches!(name.as_str(), "cookie_missing" | "wrong_browser") {
            let (sentences, card) = page
                .split_once("<dl class=\"card detail\">")
                .expect("a card");
            assert!(
                !sentences.contains("__Host-") && card.contains("__Host-"),
                "{name}"
            );
        }
    }
}

#[test]
fn an_ending_is_never_a_dead_end() {
    let pages = samples::pages();
    for (name, ending) in samples::endings() {
        let page = pages
            .ending(Some(&samples::face("ja")), "ja", None, &ending)
            .expect("a page");
        let leads_on =
            page.contains("id=\"cancel\"") || page.contains("アプリ") || page.contains("戻る");
        // From a payment the way leads back to the software that the bill came from.
        let leads_on = leads_on || page.contains("ソフトウェア");
        let leads_on = leads_on || page.contains("id=\"continue\"");
        assert!(leads_on || name == "stale", "{name}");
    }
}

#[test]
fn the_consent_warns_of_links_that_end_and_names_the_page_that_stops_them() {
    let pages = samples::pages();
    for (lang, word) in [
        ("ja", "連携サービスの確認・停止"),
        ("en", "Linked services"),
    ] {
        let frame = samples::frame(lang, 6, Some(6));
        let step = |view| pages.step("hidashin", lang, "consent", &frame, &view, &[]);
        let warned = step(samples::edge_view("consent")).expect("a page");
        let warning = warned.find("class=\"warning\"").expect("a warning");
        let button = warned.find("id=\"continue\"").expect("a button");
        assert!(warning < button && warned.contains("らくらく家計簿（本店）"));
        assert!(warned.contains("180"), "the days of rest are told");
        let calm = step(samples::view("consent")).expect("a page");
        assert!(!calm.contains("class=\"warning\""));
        assert!(calm.contains(word) && calm.contains("localhost:8080/hidashin/links"));
    }
}

#[test]
fn a_journey_that_pays_names_the_payee_and_can_be_left_without_paying() {
    let pages = samples::pages();
    for (lang, words) in [
        (
            "ja",
            ["見本省会計課への払込の手続きです", "払い込まずに終わる"],
        ),
        (
            "en",
            ["make a payment to 見本省会計課", "Leave without paying"],
        ),
    ] {
        let mut frame = samples::frame(lang, 1, None);
        frame.client = None;
        frame.scopes.clear();
        frame.payee = Some("見本省会計課".to_owned());
        for kind in ["login", "account_selection", "payment_confirmation"] {
            let page = pages.step("hidashin", lang, kind, &frame, &samples::view(kind), &[]);
            let page = page.expect("a page");
            for word in words {
                assert!(page.contains(word), "{lang} {kind}: {word}");
            }
            assert!(!page.contains("かけはし"), "{lang} {kind}");
        }
    }
}

#[test]
fn a_journey_without_a_client_says_what_it_is_for_and_leads_to_the_bank() {
    let pages = samples::pages();
    for (lang, words) in [
        (
            "ja",
            [
                "「連携サービスの確認・停止」のページを開くための本人確認",
                "飛驒信用組合のサイトへ移動する",
            ],
        ),
        (
            "en",
            [
                "to open the page “Linked services”",
                "go to the site of Hidashin Credit Union",
            ],
        ),
    ] {
        let mut frame = samples::frame(lang, 1, None);
        frame.client = None;
        frame.scopes.clear();
        for kind in ["login", "security_question"] {
            let page = pages.step("hidashin", lang, kind, &frame, &samples::view(kind), &[]);
            let page = page.expect("a page");
            for word in words {
                assert!(page.contains(word), "{lang} {kind}: {word}");
            }
            assert!(!page.contains("かけはし"), "{lang} {kind}");
        }
    }
}

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

#[test]
fn a_closed_page_says_when_the_service_opens_again_or_why_it_is_closed() {
    let pages = samples::pages();
    let page = |wanted: &str| {
        let all = samples::endings();
        let (_, ending) = all.iter().find(|(name, _)| *name == wanted).expect("one");
        pages
            .ending(Some(&samples::face("ja")), "ja", None, ending)
            .expect("a page")
    };
    let closed = page("closed");
    assert!(closed.contains("2026年11月24日（火） 8:00からご利用いただけます。"));
    assert!(closed.contains("ヘルプデスク") && closed.contains("id=\"cancel\""));
    let maintenance = page("maintenance");
    assert!(maintenance.contains("定期メンテナンスを行っています。"));
    assert!(!maintenance.contains("id=\"reopens\""));
}

#[test]
fn the_first_page_and_the_consent_tell_the_four_facts_and_nothing_is_preselected() {
    let pages = samples::pages();
    let frame = samples::frame("ja", 1, Some(6));
    for kind in ["login", "consent"] {
        let page = pages
            .step("hidashin", "ja", kind, &frame, &samples::view(kind), &[])
            .expect("a page");
        let client = frame.client.as_ref().expect("a client");
        for fact in [
            &client.company,
            &client.address,
            &client.authority,
            &client.damages,
            &client.contact,
        ] {
            assert!(page.contains(fact), "{kind}: {fact}");
        }
        assert_eq!(page.contains("<details"), kind == "login");
        assert!(!page.contains(" checked"));
    }
    let consent = pages.step(
        "hidashin",
        "ja",
        "consent",
        &frame,
        &samples::view("consent"),
        &[],
    );
    assert!(consent.expect("a page").contains("2027年2月19日（金）まで"));
}

#[test]
fn what_was_typed_is_escaped_and_secrets_are_not_shown_again() {
    let pages = samples::pages();
    let frame = samples::frame("ja", 1, Some(6));
    let mut view = samples::edge_view("login");
    view["fields"][1]["value"] = "Secret01".into();
    let page = pages
        .step("hidashin", "ja", "login", &frame, &view, &[])
        .expect("a page");
    assert!(page.contains("value=\"&quot;&gt;&lt;script&gt;"));
    assert!(!page.contains("Secret01"));
}

#[test]
fn what_is_missing_is_an_error_and_not_a_gap() {
    let pages = samples::pages();
    let frame = samples::frame("ja", 1, Some(6));
    let step = |kind: &str, view: &Value, errors: &[Problem]| {
        pages.step("hidashin", "ja", kind, &frame, view, errors)
    };
    let undefined = step(
        "security_question",
        &json!({"max_chars": 16, "tries_left": null}),
        &[],
    );
    let undefined = undefined.expect_err("an undefined variable").to_string();
    assert!(
        undefined.contains("templates/security_question.html:"),
        "{undefined}"
    );
    let unknown = step(
        "login",
        &samples::view("login"),
        &[Problem::of_page("error-nobody-knows")],
    );
    assert!(matches!(unknown, Err(PagesError::MissingText { .. })));
    let unfilled = step(
        "login",
        &samples::view("login"),
        &[Problem::of_page("error-pin-wrong")],
    );
    assert!(matches!(unfilled, Err(PagesError::Placeholder { .. })));
    assert!(step("no_such_kind", &Value::Null, &[]).is_err());
    let strange =
        json!({"scopes": ["gold"], "accounts": [], "days": 90, "until": null, "gate": "option"});
    assert!(
        step("consent", &strange, &[])
            .expect_err("an unknown scope")
            .to_string()
            .contains("scope-gold")
    );
}

#[test]
fn broken_words_and_templates_are_told_with_file_and_line() {
    let with = |texts: &str, template: Option<&str>| {
        let mut tenant = samples::bare("broken");
        tenant.texts.insert("ja".to_owned(), texts.to_owned());
        if let Some(source) = template {
            tenant
                .templates
                .insert("login.html".to_owned(), source.to_owned());
        }
        Pages::new(vec![tenant])
            .map(|_| ())
            .expect_err("broken")
            .to_string()
    };
    let text = with("good = yes\n\nbad = { $open\n", None);
    assert!(text.starts_with("tenants/broken/texts/ja.ftl:"), "{text}");
    assert!(with("twice = a\ntwice = b\n", None).contains("twice"));
    let template = with("a = b\n", Some("one\n{{ two"));
    assert!(
        template.contains("tenants/broken/templates/login.html:"),
        "{template}"
    );
}

#[test]
fn a_tenant_may_replace_one_template_and_keep_the_rest() {
    let own = "{% extends \"page.html\" %}{% block step %}<p>own</p>{% endblock %}";
    let mut tenant: TenantWords = samples::shipped("hidashin");
    tenant.templates = BTreeMap::from([("login.html".to_owned(), own.to_owned())]);
    let pages = Pages::new(vec![tenant]).expect("words and templates");
    let frame = samples::frame("ja", 1, None);
    let step = |kind: &str| pages.step("hidashin", "ja", kind, &frame, &samples::view(kind), &[]);
    assert!(step("login").expect("a page").contains("<p>own</p>"));
    assert!(step("consent").expect("a page").contains("意思確認"));
}

#[test]
fn both_languages_have_the_same_texts_and_every_needed_one() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let texts = |path: std::path::PathBuf| -> Vec<String> {
        let files = if path.is_dir() {
            let files = std::fs::read_dir(path).expect("a folder");
            files.map(|file| file.expect("a file").path()).collect()
        } else {
            vec![path]
        };
        let read = |file| std::fs::read_to_string(file).expect("texts");
        files.into_iter().map(read).collect()
    };
    for [ja, en] in [
        ["locales/ja", "locales/en"],
        [
            "tenants/hidashin/texts/ja.ftl",
            "tenants/hidashin/texts/en.ftl",
        ],
        ["tenants/mizuho/texts/ja.ftl", "tenants/mizuho/texts/en.ftl"],
        [
            "tenants/sorachi/texts/ja.ftl",
            "tenants/sorachi/texts/en.ftl",
        ],
        ["tenants/hana/texts/ja.ftl", "tenants/hana/texts/en.ftl"],
    ] {
        let keys = |path: &str| -> BTreeSet<String> {
            let sources = texts(root.join(path));
            let lines = sources.iter().flat_map(|source| source.lines());
            lines
                .filter(|line| line.starts_with(char::is_alphabetic))
                .filter_map(|line| line.split_once(" ="))
                .map(|(key, _)| key.to_owned())
                .collect()
        };
        assert_eq!(keys(ja), keys(en), "{ja}");
    }
    let pages = samples::pages();
    for kind in samples::kinds() {
        let needed = Pages::required_texts(kind);
        assert!(needed.len() > 20, "{kind}: {needed:?}");
        for key in needed {
            for lang in ["ja", "en"] {
                assert!(pages.has_text(None, lang, &key), "{kind}: {key} in {lang}");
            }
        }
    }
}

#[test]
fn mails_speak_both_languages_and_carry_no_link() {
    let pages = samples::pages();
    for occasion in [
        "mail-factor-registered",
        "mail-link-created",
        "mail-link-ended",
        "mail-link-renewed",
        "mail-link-superseded",
        "mail-locked",
        "mail-one-time-password",
    ] {
        for lang in ["ja", "en"] {
            for part in ["subject", "body"] {
                let args = [
                    ("app", "かけはし会計".into()),
                    ("bank", "飛驒信用組合".into()),
                    ("by", "らくらく家計簿".into()),
                    ("way", "app".into()),
                    ("code", "012345".into()),
                    ("minutes", 5.into()),
                ];
                let text = pages.text(Some("hidashin"), lang, &format!("{occasion}-{part}"), &args);
                assert!(!text.expect("a text").contains("http"));
            }
        }
    }
}

#[test]
fn assets_are_found_by_the_names_pages_link_to() {
    let pages = samples::pages();
    let frame = samples::frame("ja", 1, None);
    let page = pages.step(
        "hidashin",
        "ja",
        "login",
        &frame,
        &samples::view("login"),
        &[],
    );
    let page = page.expect("a page");
    let links: Vec<&str> = page
        .split("\"/assets/")
        .skip(1)
        .filter_map(|l| l.split('"').next())
        .collect();
    assert_eq!(links.len(), 4);
    for name in links {
        let asset = pages.asset(name).expect("an asset");
        assert!(
            !asset.bytes.is_empty() && asset.etag.starts_with('"'),
            "{name}"
        );
    }
    assert!(pages.asset("page.css").is_none());
}

#[test]
fn the_themes_of_the_banks_can_be_read_in_light_and_dark() {
    for bank in ["hidashin", "sorachi", "hana", "mizuho"] {
        let file = format!("../../tenants/{bank}/theme.yaml");
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let tokens = samples::tokens(&std::fs::read_to_string(file).expect("a theme"));
        assert!(tokens.len() > 15);
        assert_eq!(theme::problems(&tokens), [], "{bank}");
    }
}

#[test]
fn a_return_page_leads_back_by_a_link_as_long_as_it_is_good() {
    let pages = samples::pages();
    let url = "com.example.kakehashi:/callback?code=abc".to_owned();
    let action = BackAction::Link { url };
    let app = "かけはしポケット".to_owned();
    let ending = Ending::Returned {
        back: Back { app, action },
        seconds_left: 42,
    };
    let page = pages.ending(Some(&samples::face("ja")), "ja", None, &ending);
    let page = page.expect("a page").replace("&#x2F;", "/");
    let link = "id=\"continue\" href=\"com.example.kakehashi:/callback?code=abc\"";
    assert!(page.contains(link), "{page}");
    assert!(page.contains("<noscript><meta http-equiv=\"refresh\" content=\"43\"></noscript>"));
    assert!(page.contains("data-lapses-after=\"43\""), "{page}");
}

#[test]
fn a_page_that_waits_loads_itself_anew_where_there_is_no_script() {
    let pages = samples::pages();
    let frame = samples::frame("ja", 2, None);
    let page = |view: &Value| {
        let page = pages.step("hidashin", "ja", "out_of_band", &frame, view, &[]);
        page.expect("a page")
    };
    let live = page(&samples::view("out_of_band"));
    assert!(live.contains("<noscript><meta http-equiv=\"refresh\" content=\"3\"></noscript>"));
    assert!(live.contains("data-seconds=\"3\"") && live.contains(">42</strong>"));
    let mut still = samples::view("out_of_band");
    still["refresh_seconds"] = Value::Null;
    let still = page(&still);
    assert!(!still.contains("http-equiv=\"refresh\"") && !still.contains("data-seconds"));
    let mut lapsed = samples::view("out_of_band");
    lapsed["lapsed"] = true.into();
    lapsed["refresh_seconds"] = Value::Null;
    let lapsed = page(&lapsed);
    assert!(lapsed.contains("value=\"ask\"") && !lapsed.contains(">42</strong>"));
}
