//! Sample data: the page on which a customer chooses the bank.

use renkei_pages::{BankChoice, BankGroup, Chooser, Closing, Kept, LanguageUrls, Reopening};

use crate::shared::samples;

pub(crate) fn bank(name: &str, code: &str) -> BankChoice {
    BankChoice {
        name: name.to_owned(),
        product: "しんくみインターネットバンキング".to_owned(),
        seal: name.chars().take(1).collect(),
        code: code.to_owned(),
        url: format!("/authorize?client_id=kaikei&bank={code}"),
        closed: None,
    }
}

/// Everything at once, a search, and one in vain.
pub(crate) fn choosers(lang: &str) -> Vec<(&'static str, Chooser)> {
    let mut closed = bank("空知商工信用組合", "2019");
    closed.closed = Some(Closing {
        reopens: Some(Reopening {
            date: "2026-11-24".to_owned(),
            time: "8:00".to_owned(),
        }),
    });
    let mut never = bank("みずほ銀行", "0001");
    never.closed = Some(Closing { reopens: None });
    never.product = String::new();
    let group = |name: &str, banks: &[&BankChoice]| BankGroup {
        name: name.to_owned(),
        banks: banks.iter().map(|bank| (*bank).clone()).collect(),
    };
    let hidashin = bank("飛驒信用組合", "2476");
    let client = samples::frame(lang, 1, None).client.expect("a client");
    let all = Chooser {
        client,
        action: "/authorize".to_owned(),
        kept: vec![Kept {
            name: "state".to_owned(),
            value: "a \"state\" <with> signs".to_owned(),
        }],
        query: String::new(),
        all_url: "/authorize?client_id=kaikei".to_owned(),
        last: Some(hidashin.clone()),
        groups: vec![
            group("credit_unions", &[&hidashin, &closed]),
            group("shinkin_banks", &[&closed]),
            group("labour_banks", &[&closed]),
            group("banks", &[&never]),
            group(
                "others",
                &[&bank(
                    "試験金融機関の非常に長い名称を持つ協同組合連合会",
                    "9990",
                )],
            ),
        ],
        elsewhere: Vec::new(),
        found: 5,
        more: true,
        language_urls: LanguageUrls {
            ja: "?ui_locales=ja".to_owned(),
            en: "?ui_locales=en".to_owned(),
        },
        back_url: "https://app.example/callback?error=access_denied".to_owned(),
    };
    // Each bank has one place on a page: the samples above repeat one under several headings.
    let mut all = all;
    let mut number = 9000;
    for bank in all.groups.iter_mut().flat_map(|group| &mut group.banks) {
        number += 1;
        bank.code = number.to_string();
    }
    let mut searched = all.clone();
    searched.query = String::from("ひだ");
    searched.last = None;
    searched.groups.truncate(1);
    searched.elsewhere = vec![bank("ハナ信用組合", "2277")];
    searched.found = 2;
    searched.more = false;
    let mut in_vain = searched.clone();
    in_vain.query = String::from("\"><script>");
    in_vain.groups.clear();
    in_vain.elsewhere.clear();
    in_vain.found = 0;
    vec![("all", all), ("searched", searched), ("in_vain", in_vain)]
}
