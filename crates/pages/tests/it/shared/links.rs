//! The customer's own pages: short, long, empty, and in trouble.

use renkei_pages::{
    AccountFace, ConsentFace, LinkFace, LinksFrame, LinksPage, Moment, Problem, gallery,
};

use crate::shared::samples;

pub(crate) fn frame(lang: &str) -> LinksFrame {
    let around = samples::frame(lang, 1, None);
    LinksFrame {
        tenant: around.tenant,
        holder: "有限会社 みやがわ木工".to_owned(),
        csrf: "csrf-token".to_owned(),
        list_url: "/hidashin/links".to_owned(),
        logout_url: "/hidashin/links/logout".to_owned(),
        language_urls: Some(around.language_urls),
        idle_minutes: 10,
    }
}

fn moment(date: &str) -> Moment {
    Moment {
        date: date.to_owned(),
        time: "10:32".to_owned(),
    }
}

fn account(number: &str, memo: Option<&str>) -> AccountFace {
    AccountFace {
        branch_code: "001".to_owned(),
        branch_name: "インターネット支店".to_owned(),
        kind: "ordinary".to_owned(),
        number: number.to_owned(),
        memo: memo.map(str::to_owned),
    }
}

/// A link that works.
pub(crate) fn link() -> LinkFace {
    LinkFace {
        url: "/hidashin/links/lnk_1".to_owned(),
        app: "かけはし会計".to_owned(),
        company: "株式会社かけはし".to_owned(),
        label: Some("みやがわ木工（本店）".to_owned()),
        scopes: ["accounts", "balances", "transactions"]
            .map(str::to_owned)
            .into(),
        accounts: vec![account("2000002", Some("仕入用")), account("1111111", None)],
        since: moment("2026-08-23"),
        renewed: Some(moment("2026-11-21")),
        until: Some(moment("2027-02-19")),
        days_left: 90,
        idle_days: None,
        idle_until: None,
        used: Some(moment("2026-11-20")),
        end: None,
        ended: None,
    }
}

/// Its opposite: nothing that may be missing is there, and every name is long.
pub(crate) fn edge() -> LinkFace {
    LinkFace {
        app: "SuperLongAccountingServiceNameWithoutAnySpaces for Enterprise".to_owned(),
        company: "一般社団法人全国中小企業会計情報連携推進支援機構ホールディングス".to_owned(),
        label: Some("\"><script>alert(1)</script>あいう".to_owned()),
        renewed: None,
        until: None,
        days_left: 0,
        idle_days: Some(180),
        idle_until: Some(moment("2027-05-20")),
        used: None,
        ..link()
    }
}

pub(crate) fn ended(by: &str) -> LinkFace {
    LinkFace {
        label: None,
        end: Some(by.to_owned()),
        ended: Some(moment("2026-10-01")),
        ..link()
    }
}

fn consent(lang: &str) -> ConsentFace {
    ConsentFace {
        id: format!("cns_{lang}"),
        url: "/hidashin/links/lnk_1/consents/cns_1".to_owned(),
        at: moment("2026-11-21"),
    }
}

/// Every page, with a name.
pub(crate) fn pages(lang: &str) -> Vec<(&'static str, LinksPage)> {
    let ends = [
        "bank",
        "client",
        "credential_changed",
        "customer",
        "expired",
        "idle",
        "superseded",
    ];
    let soon = LinkFace {
        days_left: 7,
        label: None,
        ..link()
    };
    let one = |link: LinkFace, problem: Option<Problem>| LinksPage::Link {
        label: link.label.clone().unwrap_or_default(),
        link: Box::new(link),
        consents: vec![consent(lang), consent(lang)],
        problem,
    };
    let receipt = |until, idle_days| LinksPage::Receipt {
        consent: consent(lang),
        client: Box::new(samples::frame(lang, 1, None).client.expect("a client")),
        scopes: link().scopes,
        accounts: link().accounts,
        until,
        idle_days,
        words: [("consent-what", "連携していた情報")]
            .map(|(key, text)| (key.to_owned(), text.to_owned()))
            .into(),
    };
    let paid = |state| LinksPage::Payment(Box::new(gallery::sample_payment(state)));
    vec![
        (
            "links",
            LinksPage::List {
                live: vec![link(), soon, edge()],
                ended: ends.map(ended).into(),
                payments: ["done", "waiting", "declined"]
                    .map(gallery::sample_payment)
                    .into(),
            },
        ),
        (
            "links-empty",
            LinksPage::List {
                live: Vec::new(),
                ended: Vec::new(),
                payments: Vec::new(),
            },
        ),
        ("link", one(link(), None)),
        (
            "link-edge",
            one(edge(), Some(Problem::at("label", "error-label"))),
        ),
        ("link-ended", one(ended("customer"), None)),
        (
            "link_stop",
            LinksPage::Stop {
                link: Box::new(link()),
            },
        ),
        ("link_receipt", receipt(Some(moment("2027-02-19")), None)),
        ("link_receipt-none", receipt(None, Some(180))),
        ("payment_receipt", paid("done")),
        ("payment_receipt-waiting", paid("waiting")),
        ("payment_receipt-declined", paid("declined")),
        ("links_left", LinksPage::Left),
    ]
}
