//! The pages of a journey.

use renkei_pages::{PagesError, Problem};
use serde_json::{Value, json};

use crate::shared::{html, samples};

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
