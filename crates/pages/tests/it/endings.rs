//! Pages at which a journey ends, and the one that leads back to the app.

use renkei_pages::{Back, BackAction, Ending};

use crate::shared::samples;

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
