//! Samples of the pages before and after a journey: the choice of a bank, and the customer's own pages.

use std::collections::BTreeMap;

use super::{sample_client, sample_languages};
use crate::chooser::{BankChoice, BankGroup, Chooser, Closing, Reopening};
use crate::frame::TenantFace;
use crate::links::{AccountFace, ConsentFace, LinkFace, LinksFrame, LinksPage, Moment};
use crate::text::Problem;

/// The states of the page on which a customer chooses the bank.
pub const CHOOSERS: [&str; 4] = ["first", "remembered", "searched", "none"];

/// The page on which a customer chooses the bank, in one of its states.
pub fn sample_chooser(tenant: &TenantFace, code: &str, state: &str) -> Chooser {
    let bank = |name: &str, seal: &str, code: &str, closed: Option<Closing>| BankChoice {
        name: name.to_owned(),
        product: "しんくみネット（架空）".to_owned(),
        seal: seal.to_owned(),
        code: code.to_owned(),
        url: "#".to_owned(),
        closed,
    };
    let own = BankChoice {
        product: tenant.product.clone(),
        ..bank(&tenant.name, &tenant.seal, code, None)
    };
    let opens = Reopening {
        date: "2026-11-24".to_owned(),
        time: "8:00".to_owned(),
    };
    let closed = Closing {
        reopens: Some(opens),
    };
    let other = bank("架空第一信用組合", "架", "9991", Some(closed));
    let group = |name: &str, banks: Vec<BankChoice>| BankGroup {
        name: name.to_owned(),
        banks,
    };
    let all = Chooser {
        client: sample_client(),
        action: "/authorize".to_owned(),
        kept: Vec::new(),
        query: String::new(),
        all_url: "#".to_owned(),
        last: None,
        groups: vec![
            group("credit_unions", vec![own.clone(), other]),
            group("banks", vec![bank("架空銀行", "空", "9992", None)]),
        ],
        elsewhere: Vec::new(),
        found: 3,
        more: false,
        language_urls: sample_languages(),
        back_url: "https://app.example/back".to_owned(),
    };
    match state {
        "remembered" => Chooser {
            last: Some(own),
            ..all
        },
        "searched" => Chooser {
            query: tenant.name.clone(),
            groups: vec![group("credit_unions", vec![own])],
            elsewhere: vec![bank("架空第二信用組合", "二", "9993", None)],
            found: 1,
            ..all
        },
        "none" => Chooser {
            query: "かくうの銀行".to_owned(),
            groups: Vec::new(),
            found: 0,
            ..all
        },
        _ => all,
    }
}

/// What stands around the customer's own pages when nobody visits them.
pub fn sample_visit(tenant: TenantFace) -> LinksFrame {
    let list_url = format!("/{}/links", tenant.id);
    LinksFrame {
        holder: HOLDER.to_owned(),
        csrf: "sample".to_owned(),
        logout_url: format!("{list_url}/logout"),
        list_url,
        language_urls: Some(sample_languages()),
        idle_minutes: 10,
        tenant,
    }
}

/// The customer's own pages: screen, state, page.
pub fn sample_links(scopes: &[String]) -> Vec<(&'static str, &'static str, LinksPage)> {
    let live = live_link(scopes);
    let client = sample_client();
    let stopped = LinkFace {
        label: None,
        end: Some("customer".to_owned()),
        ended: Some(at("2026-11-20")),
        ..live.clone()
    };
    let consent = ConsentFace {
        id: "cns_sample".to_owned(),
        url: "#".to_owned(),
        at: at("2026-11-21"),
    };
    let one = |link: &LinkFace, problem: Option<Problem>| LinksPage::Link {
        label: link.label.clone().unwrap_or_default(),
        link: Box::new(link.clone()),
        consents: vec![consent.clone()],
        problem,
    };
    let list = |live: Vec<LinkFace>, ended: Vec<LinkFace>| LinksPage::List {
        live,
        ended,
        payments: Vec::new(),
    };
    let wrong = Problem::at("label", "error-label");
    vec![
        (
            "links",
            "first",
            list(vec![live.clone()], vec![stopped.clone()]),
        ),
        ("links", "none", list(Vec::new(), Vec::new())),
        ("link", "first", one(&live, None)),
        ("link", "too-long", one(&live, Some(wrong))),
        ("link", "stopped", one(&stopped, None)),
        (
            "link_stop",
            "first",
            LinksPage::Stop {
                link: Box::new(live.clone()),
            },
        ),
        (
            "link_receipt",
            "first",
            LinksPage::Receipt {
                consent,
                client: Box::new(client),
                scopes: scopes.to_vec(),
                accounts: live.accounts.clone(),
                until: live.until.clone(),
                idle_days: None,
                words: BTreeMap::new(),
            },
        ),
        ("links_left", "page", LinksPage::Left),
    ]
}

/// A link that works.
fn live_link(scopes: &[String]) -> LinkFace {
    let account = |kind: &str, number: &str, memo: Option<&str>| AccountFace {
        branch_code: "001".to_owned(),
        branch_name: "本店営業部".to_owned(),
        kind: kind.to_owned(),
        number: number.to_owned(),
        memo: memo.map(str::to_owned),
    };
    let client = sample_client();
    LinkFace {
        url: "#".to_owned(),
        app: client.service.clone(),
        company: client.company.clone(),
        label: Some("本店の帳簿".to_owned()),
        scopes: scopes.to_vec(),
        accounts: vec![
            account("ordinary", "0000001", Some("仕入用")),
            account("current", "0000002", None),
        ],
        since: at("2026-08-23"),
        renewed: Some(at("2026-11-21")),
        until: Some(at("2027-02-19")),
        days_left: 90,
        idle_days: None,
        idle_until: None,
        used: Some(at("2026-11-20")),
        end: None,
        ended: None,
    }
}

fn at(date: &str) -> Moment {
    Moment {
        date: date.to_owned(),
        time: "10:32".to_owned(),
    }
}

/// The customer of the samples.
pub const HOLDER: &str = "見本 太郎";
