//! The gallery: every screen of a bank in every state, side by side, in both languages, as on a phone
//! and on a desk. And what stands around a screen when nobody is on a journey: an invented app, the
//! pages outside a step.

use serde::Serialize;
use tera::Context;

use crate::chooser::Reopening;
use crate::ending::{Back, BackAction, CertificateTrouble, Ending, ShownCertificate};
use crate::error::PagesError;
use crate::frame::{CancelForm, ClientFace, Frame, LanguageUrls, Progress, StepForm, TenantFace};
use crate::links::{AccountFace, Moment, PaymentFace};
use crate::pages::Pages;
use crate::scan;
use crate::text::TextArg;
use crate::words::TextEntry;

/// A bank that has a gallery.
#[derive(Clone, Debug, Serialize)]
pub struct GalleryBank {
    /// Its name in the gallery's language.
    pub name: String,
    /// Its four digits.
    pub code: String,
    /// Where its gallery is.
    pub url: String,
}

/// One screen with its states.
#[derive(Clone, Debug, Serialize)]
pub struct Room {
    /// Its anchor, and the word it is known by.
    pub name: String,
    /// Its title in the gallery's language.
    pub title: String,
    /// Its states.
    pub exhibits: Vec<Exhibit>,
}

/// One state of a screen.
#[derive(Clone, Debug, Serialize)]
pub struct Exhibit {
    /// What the state is called.
    pub state: String,
    /// Where its page is in Japanese.
    pub ja: String,
    /// Where its page is in English.
    pub en: String,
}

impl Pages {
    /// The gallery of a bank. It needs no script, and its frames run none.
    pub fn gallery(
        &self,
        tenant: &TenantFace,
        lang: &str,
        rooms: &[Room],
    ) -> Result<String, PagesError> {
        let mut context = Context::new();
        context.insert("lang", lang);
        context.insert("tenant", tenant);
        context.insert("rooms", rooms);
        self.render(Some(&tenant.id), "gallery.html", context)
    }

    /// The list of banks that have a gallery: name and address of each.
    pub fn gallery_list(&self, lang: &str, banks: &[GalleryBank]) -> Result<String, PagesError> {
        let mut context = Context::new();
        context.insert("lang", lang);
        context.insert("banks", banks);
        self.render(None, "gallery_list.html", context)
    }

    /// What a state is called in the gallery; its own name when there is no word for it.
    pub fn state_name(&self, lang: &str, state: &str) -> String {
        self.text(None, lang, &format!("gallery-state-{state}"), &[])
            .unwrap_or_else(|| state.to_owned())
    }
}

/// What stands around a step that nobody walks.
pub fn sample_frame(tenant: TenantFace, lang: &str, scopes: Vec<String>, step: Progress) -> Frame {
    let address = format!("/{}/journey/sample/step", tenant.id);
    Frame {
        lang: lang.to_owned(),
        client: Some(sample_client()),
        payee: None,
        scopes,
        step,
        form: StepForm {
            action: address.clone(),
            version: 1,
            csrf: "sample".to_owned(),
        },
        cancel: CancelForm {
            action: format!("/{}/journey/sample/cancel", tenant.id),
        },
        language_urls: sample_languages(),
        page_url: address,
        expires_in_minutes: 30,
        tenant,
    }
}

/// The page in each language, which leads nowhere.
pub fn sample_languages() -> LanguageUrls {
    LanguageUrls {
        ja: "?lang=ja".to_owned(),
        en: "?lang=en".to_owned(),
    }
}

/// An authority that does not exist.
pub const SAMPLE_PAYEE: &str = "見本省会計課";

/// An app that does not exist.
pub fn sample_client() -> ClientFace {
    let name = "かけはし会計".to_owned();
    ClientFace {
        service: name.clone(),
        back: name.clone(),
        name,
        company: "株式会社かけはし（架空）".to_owned(),
        address: "東京都千代田区架空町1-2-3".to_owned(),
        authority: "お客様の委託を受けて、口座情報を取得します。預金の引き出しや振込を行う権限はありません。"
            .to_owned(),
        damages: "当社の責めに帰すべき事由によりお客様に生じた損害は、当社が賠償します。".to_owned(),
        contact: "かけはし会計サポート 0000-00-1111（平日 10:00〜17:00）".to_owned(),
    }
}

/// Every page outside a step, by name. A refusal is there as soon as the
/// platform has a text that explains it.
pub fn sample_endings() -> Vec<(String, Ending)> {
    let back = |action: BackAction| {
        Some(Back {
            app: sample_client().back,
            action,
        })
    };
    let post = || {
        back(BackAction::Post {
            action: "/cancel".to_owned(),
            csrf: "sample".to_owned(),
        })
    };
    let cookie = "__Host-jrn_sample".to_owned();
    let incident = "4829-1057-3316".to_owned();
    let mut all: Vec<(String, Ending)> = refusals(&incident, post().as_ref()).collect();
    let link = BackAction::Link {
        url: "https://app.example/back".to_owned(),
    };
    let protocol = Ending::Protocol {
        error_code: "invalid_request".to_owned(),
        description: "redirect_uri: not registered for this client".to_owned(),
    };
    let url = "/".to_owned();
    all.extend(certificate_troubles());
    let others = [
        Ending::Closed {
            reopens: Some(Reopening {
                date: "2026-11-24".to_owned(),
                time: "8:00".to_owned(),
            }),
            reason: None,
            back: post(),
        },
        Ending::CookieMissing {
            cookie: cookie.clone(),
            back: None,
        },
        Ending::Expired { back: post() },
        Ending::Fault {
            incident,
            back: post(),
        },
        Ending::Finished { back: back(link) },
        Ending::MethodNotAllowed,
        Ending::Misdirected,
        Ending::NoVisit {
            url: "/sample/links".to_owned(),
        },
        Ending::NotFound,
        Ending::PaymentLeft,
        protocol,
        Ending::Stale { url },
        Ending::TooLarge,
        Ending::UnknownBank,
        Ending::UnknownJourney,
        Ending::WrongBrowser { cookie },
    ];
    let maintenance = Ending::Closed {
        reopens: None,
        reason: Some("定期メンテナンスを行っています。".to_owned()),
        back: None,
    };
    all.push(("maintenance".to_owned(), maintenance));
    all.extend(["done", "waiting", "declined"].map(|state| {
        let page = Ending::Payment(Box::new(sample_payment(state)));
        (format!("payment-{state}"), page)
    }));
    all.extend(others.map(|ending| (ending.name().to_owned(), ending)));
    all
}

/// A payment that nobody made, `done`, `waiting` or `declined`.
pub fn sample_payment(state: &'static str) -> PaymentFace {
    let moment = |time: &str| Moment {
        date: "2026-11-21".to_owned(),
        time: time.to_owned(),
    };
    let is_done = state == "done";
    PaymentFace {
        id: "pay_sample".to_owned(),
        url: "/sample/links/payments/pay_sample".to_owned(),
        state,
        reason: (state == "declined").then(|| "short".to_owned()),
        facility_name: SAMPLE_PAYEE.to_owned(),
        facility_number: "10005".to_owned(),
        procedure_name: "見本の届出（手数料のある手続き）".to_owned(),
        pay_name_kana: "テツヅキメイ".to_owned(),
        pay_number: "0000000000000203".to_owned(),
        confirm_number: "100001".to_owned(),
        amount: "12,300".to_owned(),
        due: "2026-12-05".to_owned(),
        account: AccountFace {
            branch_code: "001".to_owned(),
            branch_name: "本店営業部".to_owned(),
            kind: "ordinary".to_owned(),
            number: "1000001".to_owned(),
            memo: Some("メインの口座".to_owned()),
        },
        payer: "有限会社 見本商会".to_owned(),
        at: moment("10:32"),
        debited: is_done.then(|| moment("10:33")),
        reference: is_done.then(|| "2026-11-21-000042".to_owned()),
    }
}

/// Every refusal that the platform has a text for.
fn refusals(incident: &str, back: Option<&Back>) -> impl Iterator<Item = (String, Ending)> {
    let explains =
        |text: &TextEntry| text.key.starts_with("refusal-") && !text.key.ends_with("-action");
    scan::base_texts("ja")
        .into_iter()
        .filter(explains)
        .map(move |text| {
            let args = text.placeholders.into_iter();
            let ending = Ending::Refused {
                key: text.key.clone(),
                args: args.map(|name| (name, TextArg::from("…"))).collect(),
                back: back.cloned(),
                incident: Some(incident.to_owned()),
            };
            (text.key, ending)
        })
}

/// Every trouble with a certificate.
fn certificate_troubles() -> impl Iterator<Item = (String, Ending)> {
    let shown = || ShownCertificate {
        common_name: "sample01".to_owned(),
        issuer: "Sample CA".to_owned(),
        from: "2025-05-06".to_owned(),
        until: "2026-05-06".to_owned(),
    };
    TROUBLES.into_iter().map(move |trouble| {
        let leads_nowhere = matches!(trouble, "over" | "wrong-host");
        let is_unseen = leads_nowhere || matches!(trouble, "missing" | "unreadable");
        let page = CertificateTrouble {
            trouble,
            shown: (!is_unseen).then(shown),
            again: (!leads_nowhere).then(|| "/sample/certificate/sample".to_owned()),
            page: "https://bank.example/sample/journey/sample".to_owned(),
        };
        (
            format!("certificate-trouble-{trouble}"),
            Ending::Certificate(page),
        )
    })
}

const TROUBLES: [&str; 11] = [
    "expired",
    "list-out-of-date",
    "missing",
    "no-holder",
    "not-yet-valid",
    "revoked",
    "unknown-issuer",
    "unreadable",
    "wrong-usage",
    "over",
    "wrong-host",
];

/// A page as a file beside the folder of assets, `up` being the way there.
pub fn as_file(html: &str, up: &str) -> String {
    html.replace("\"/assets/", &format!("\"{up}assets/"))
}
