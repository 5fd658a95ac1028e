//! Sample data: Hidashin's words as they are shipped, frames, and a view of every kind.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use renkei_pages::{
    Back, BackAction, CancelForm, CertificateTrouble, ClientFace, Ending, Frame, HelpDesk,
    LanguageUrls, Pages, Problem, Progress, Reopening, ShownCertificate, StepForm, TenantFace,
    TenantWords, theme,
};
use serde_json::{Value, json};

pub(crate) const KINDS: [&str; 9] = [
    "login",
    "digits",
    "matrix_card",
    "transaction_password",
    "security_question",
    "service_selection",
    "inquiry_pin",
    "inquiry_pin_result",
    "consent",
];

/// Banks as they are shipped, and a tenant that sets nothing.
pub(crate) fn pages() -> Pages {
    Pages::new(vec![
        shipped("hidashin"),
        shipped("sorachi"),
        shipped("hana"),
        bare("bare"),
    ])
    .expect("words and templates")
}

/// A bank's words and look from its folder.
pub(crate) fn shipped(id: &str) -> TenantWords {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tenants")
        .join(id);
    let read = |file: &str| fs::read_to_string(folder.join(file)).expect("a tenant's file");
    TenantWords {
        id: id.to_owned(),
        texts: ["ja", "en"]
            .map(|lang| (lang.to_owned(), read(&format!("texts/{lang}.ftl"))))
            .into(),
        theme_css: theme::css(&tokens(&read("theme.yaml"))),
        templates: BTreeMap::new(),
    }
}

pub(crate) fn bare(id: &str) -> TenantWords {
    TenantWords {
        id: id.to_owned(),
        texts: BTreeMap::new(),
        theme_css: theme::css(&BTreeMap::new()),
        templates: BTreeMap::new(),
    }
}

/// The flat `name: value` lines of a theme; the tenant crate reads it as YAML.
pub(crate) fn tokens(yaml: &str) -> BTreeMap<String, String> {
    yaml.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_owned(), value.trim().trim_matches('"').to_owned()))
        .collect()
}

pub(crate) fn face(lang: &str) -> TenantFace {
    let ja = lang == "ja";
    TenantFace {
        id: "hidashin".to_owned(),
        name: if ja {
            "飛驒信用組合"
        } else {
            "Hidashin Credit Union"
        }
        .to_owned(),
        product: if ja {
            "ひだしん法人インターネットバンキング"
        } else {
            "Hidashin Corporate Internet Banking"
        }
        .to_owned(),
        seal: "飛".to_owned(),
        site: "https://www.hidashin.co.jp".to_owned(),
        domain: "localhost:8080".to_owned(),
        demonstration: true,
        help_desk: Some(HelpDesk {
            name: if ja {
                "インターネットバンキング ヘルプデスク（架空）"
            } else {
                "Internet banking help desk (fictitious)"
            }
            .to_owned(),
            phone: "0000-00-0000".to_owned(),
            hours: if ja {
                "平日 9:00〜17:00"
            } else {
                "Weekdays 9:00-17:00"
            }
            .to_owned(),
            note: None,
        }),
    }
}

pub(crate) fn frame(lang: &str, number: u32, total: Option<u32>) -> Frame {
    Frame {
        lang: lang.to_owned(),
        tenant: face(lang),
        client: Some(ClientFace {
            name: "かけはし会計".to_owned(),
            service: "かけはし会計".to_owned(),
            company: "株式会社かけはし".to_owned(),
            address: "東京都千代田区架空町1-2-3".to_owned(),
            authority: "お客様の委託を受けて、口座情報を取得します。預金の引き出しや振込を行う権限はありません。".to_owned(),
            damages: "当社の責めに帰すべき事由によりお客様に生じた損害は、当社が賠償します。".to_owned(),
            contact: "かけはし会計サポート 0000-00-1111（平日 10:00〜17:00）".to_owned(),
            back: "かけはし会計".to_owned(),
        }),
        scopes: ["accounts", "balances", "transactions"].map(str::to_owned).into(),
        step: Progress { number, total },
        form: StepForm {
            action: "/hidashin/journey/jrn_1/step".to_owned(),
            version: 3,
            csrf: "csrf-token".to_owned(),
        },
        cancel: CancelForm { action: "/hidashin/journey/jrn_1/cancel".to_owned() },
        language_urls: language_urls(),
        page_url: "/hidashin/journey/jrn_1/step".to_owned(),
        expires_in_minutes: 30,
    }
}

/// Long names everywhere, and no condition decided yet.
pub(crate) fn long_frame(lang: &str) -> Frame {
    let mut frame = frame(lang, 12, None);
    frame.tenant.name = String::from("北海道東部地方中小企業勤労者商工共同信用組合連合会");
    frame.tenant.product =
        String::from("しんくみ法人個人事業主総合インターネットバンキングサービス");
    frame.tenant.help_desk = None;
    if let Some(client) = frame.client.as_mut() {
        client.name = String::from("SuperLongAccountingServiceNameWithoutAnySpaces for Enterprise");
        client.back.clone_from(&client.name);
        client.company =
            String::from("一般社団法人全国中小企業会計情報連携推進支援機構ホールディングス");
    }
    frame
}

pub(crate) fn account(id: &str, state: &str, memo: Option<&str>) -> Value {
    json!({
        "account_id": id, "state": state, "branch_name": "インターネット支店", "branch_code": "001",
        "type": "ordinary", "number": "2000002", "memo": memo, "selected": false,
        "selectable": state == "unregistered", "problem": null, "tries_left": null,
    })
}

/// The rows the manual prints in 手順4.
pub(crate) fn printed_rows() -> Vec<Value> {
    let row = |id: &str, state: &str, branch: (&str, &str), number: &str, memo: Option<&str>| {
        let mut row = account(id, state, memo);
        row["branch_name"] = branch.0.into();
        row["branch_code"] = branch.1.into();
        row["number"] = number.into();
        row["selected"] = (state == "unregistered").into();
        row
    };
    let memo = Some("口座メモ5678901234567890");
    vec![
        row(
            "a1",
            "unregistered",
            ("インターネット支店", "001"),
            "2000002",
            memo,
        ),
        row(
            "a2",
            "unregistered",
            ("インターネット支店", "002"),
            "1111111",
            None,
        ),
        row(
            "a3",
            "registered",
            ("インターネット支店", "002"),
            "2222222",
            None,
        ),
        row("a4", "staged", ("豊洲支店", "494"), "1000314", memo),
    ]
}

pub(crate) fn view(kind: &str) -> Value {
    match kind {
        "login" => {
            let field = |id: &str, secret: bool, autocomplete: &str| {
                json!({"id": id, "input": if secret { "secret" } else { "typed" }, "value": "", "min": 6, "max": 12,
                    "charset": "half_width_alphanumeric", "both": true,
                    "autocomplete": autocomplete, "software_keyboard": false})
            };
            json!({"certificate": false, "fields": [
                field("login_id", false, "username"), field("password", true, "current-password")]})
        }
        "security_question" => json!({"screen_id": "BL0802", "question": "好きな食べ物は？",
            "max_chars": 16, "tries_left": null}),
        "service_selection" => json!({"screen_id": "BL0802", "rows": [
            {"scope": "balances", "linked": true, "standing": "joined", "selected": false},
            {"scope": "transactions", "linked": false, "standing": "applied", "selected": false}]}),
        "digits" => json!({"screen_id": null, "length": 10, "asked": [2, 5, 7, 10],
            "tries_left": null}),
        "matrix_card" => json!({"screen_id": null, "serial": "TS-000417", "length": 2,
            "charset": "half_width_digits", "tries_left": null, "cells": [
                {"id": "cell-1-3", "column": "ウ", "row": "1"},
                {"id": "cell-2-10", "column": "コ", "row": "2"},
                {"id": "cell-5-1", "column": "ア", "row": "5"}]}),
        "transaction_password" => json!({"screen_id": null, "tries_left": null, "field": {
            "id": "transaction_password", "input": "secret", "value": "", "min": 6, "max": 12,
            "charset": "half_width_alphanumeric", "both": false,
            "autocomplete": "current-password", "software_keyboard": false}}),
        "inquiry_pin" => json!({"screen_id": "BL0802", "pin_length": 4, "rows": printed_rows(),
            "columns": ["selected", "state", "account", "memo", "pin"], "masks_registered": true}),
        "inquiry_pin_result" => {
            let mut rows = printed_rows();
            rows[0]["state"] = "staged".into();
            rows[1]["state"] = "pending".into();
            rows[3]["state"] = "registered".into();
            json!({"screen_id": null, "rows": rows, "can_continue": true})
        }
        "consent" => json!({"screen_id": null, "customer": "有限会社 みやがわ木工",
            "scopes": ["accounts", "balances", "transactions"], "accounts": printed_rows(),
            "days": 90, "until": {"date": "2027-02-19", "time": "10:32"}, "gate": "option"}),
        _ => Value::Null,
    }
}

/// Twelve accounts in every state; periods and questions that are not there.
pub(crate) fn edge_view(kind: &str) -> Value {
    let mut view = view(kind);
    let states = [
        "unregistered",
        "registered",
        "staged",
        "pending",
        "locked",
        "unregistered",
    ];
    let rows: Vec<Value> = states
        .iter()
        .cycle()
        .take(12)
        .enumerate()
        .map(|(n, state)| account(&format!("x{n}"), state, None))
        .collect();
    match kind {
        "login" => view["fields"][0]["value"] = "\"><script>alert(1)</script>".into(),
        "security_question" | "transaction_password" => view["tries_left"] = 2.into(),
        "digits" => {
            view["asked"] = json!([1, 2, 3, 10, 15, 16]);
            view["length"] = 16.into();
            view["tries_left"] = 1.into();
        }
        "matrix_card" => {
            view["length"] = 1.into();
            view["charset"] = "half_width_alphanumeric".into();
            view["tries_left"] = 1.into();
        }
        "inquiry_pin" => {
            view["columns"] = json!(["selected_state", "account", "pin"]);
            view["masks_registered"] = false.into();
            view["rows"] = rows.into();
            view["rows"][0]["tries_left"] = 1.into();
            // core leaves out what is not there
            view["rows"]
                .as_array_mut()
                .expect("rows")
                .iter_mut()
                .for_each(|row| {
                    row.as_object_mut().expect("a row").remove("memo");
                });
        }
        "inquiry_pin_result" => view["rows"] = rows.into(),
        "consent" => {
            view["accounts"] = rows.into();
            view["until"] = Value::Null;
            view["days"] = Value::Null;
            view["idle_days"] = 180.into();
            view["supersedes"] = json!([
                {"link": "lnk_2", "app": "らくらく家計簿（本店）", "since": "2026-08-23"}]);
            view["gate"] = "button".into();
        }
        _ => {}
    }
    view
}

pub(crate) fn problems(kind: &str) -> Vec<Problem> {
    match kind {
        "login" => vec![
            Problem::of_page("error-login-wrong-few-left").with("left", 2),
            Problem::at("password", "error-password-format"),
        ],
        "digits" => vec![
            Problem::at("digit-2", "error-digits-wrong").with("left", 3),
            Problem::at("digit-10", "error-digit-missing").with("position", 10),
        ],
        "matrix_card" => vec![
            Problem::at("cell-1-3", "error-cells-wrong").with("left", 3),
            Problem::at("cell-5-1", "error-cell-format").with("length", 2),
        ],
        "transaction_password" => {
            let wrong = Problem::at("transaction_password", "error-transaction_password-wrong");
            vec![wrong.with("left", 3)]
        }
        "security_question" => vec![Problem::at("answer", "error-answer-wrong").with("left", 3)],
        "service_selection" => vec![Problem::at("scope", "error-scope-missing")],
        "inquiry_pin" => vec![
            Problem::at("account", "error-account-missing"),
            Problem::at("pin.a1", "error-pin-wrong").with("left", 3),
            Problem::at("pin.a2", "error-pin-format").with("digits", 4),
        ],
        "inquiry_pin_result" => vec![Problem::of_page("error-account-missing")],
        _ => vec![Problem::at("agree", "error-agree-missing")],
    }
}

fn closed_ending(back: Option<Back>) -> Ending {
    Ending::Closed {
        reopens: Some(Reopening {
            date: "2026-11-24".to_owned(),
            time: "8:00".to_owned(),
        }),
        reason: None,
        back,
    }
}

fn maintenance_ending() -> Ending {
    Ending::Closed {
        reopens: None,
        reason: Some("定期メンテナンスを行っています。".to_owned()),
        back: None,
    }
}

pub(crate) fn language_urls() -> LanguageUrls {
    LanguageUrls {
        ja: "?lang=ja".to_owned(),
        en: "?lang=en".to_owned(),
    }
}

pub(crate) fn endings() -> Vec<(&'static str, Ending)> {
    let post = Some(Back {
        app: "かけはし会計".to_owned(),
        action: BackAction::Post {
            action: "/cancel".to_owned(),
            csrf: "csrf-token".to_owned(),
        },
    });
    let link = Some(Back {
        app: "かけはし会計".to_owned(),
        action: BackAction::Link {
            url: "https://app.example/back".to_owned(),
        },
    });
    let cookie = "__Host-jrn_01JD".to_owned();
    let incident = "4829-1057-3316".to_owned();
    let refused = |key: &str| Ending::Refused {
        key: key.to_owned(),
        args: Vec::new(),
        back: post.clone(),
        incident: Some(incident.clone()),
    };
    let protocol = Ending::Protocol {
        error_code: "invalid_request".to_owned(),
        description: "redirect_uri: not registered for this client".to_owned(),
    };
    let mut endings = certificates();
    endings.extend([
        ("closed", closed_ending(post.clone())),
        ("maintenance", maintenance_ending()),
        (
            "cookie_missing",
            Ending::CookieMissing {
                cookie: cookie.clone(),
                back: None,
            },
        ),
        ("expired", Ending::Expired { back: post.clone() }),
        (
            "fault",
            Ending::Fault {
                incident: incident.clone(),
                back: post.clone(),
            },
        ),
        ("finished", Ending::Finished { back: link }),
        ("method_not_allowed", Ending::MethodNotAllowed),
        (
            "no_visit",
            Ending::NoVisit {
                url: "/hidashin/links".to_owned(),
            },
        ),
        ("misdirected", Ending::Misdirected),
        ("not_found", Ending::NotFound),
        ("protocol", protocol),
        ("no_accounts", refused("refusal-no-accounts")),
        ("no_question", refused("refusal-no-question")),
        ("pins_locked", refused("refusal-pins-locked")),
        ("risk_too_high", refused("refusal-risk-too-high")),
        ("too_many_attempts", refused("refusal-too-many-attempts")),
        (
            "stale",
            Ending::Stale {
                url: "/hidashin/journey/jrn_1".to_owned(),
            },
        ),
        ("too_large", Ending::TooLarge),
        ("unknown_bank", Ending::UnknownBank),
        ("unknown_journey", Ending::UnknownJourney),
        ("wrong_browser", Ending::WrongBrowser { cookie }),
    ]);
    endings
}

/// Every trouble with a certificate.
pub(crate) fn certificates() -> Vec<(&'static str, Ending)> {
    let shown = ShownCertificate {
        common_name: "2000000000 kanri001 20220506".to_owned(),
        issuer: "Test CA".to_owned(),
        from: "2025-05-06".to_owned(),
        until: "2026-05-06".to_owned(),
    };
    let trouble = |(name, trouble): (&'static str, &'static str)| {
        let leads_nowhere = matches!(trouble, "over" | "wrong-host");
        let unseen = leads_nowhere || matches!(trouble, "missing" | "unreadable");
        let page = CertificateTrouble {
            trouble,
            shown: (!unseen).then(|| shown.clone()),
            again: (!leads_nowhere).then(|| "/hidashin/certificate/jrn_1?ticket=t".to_owned()),
            page: "https://renkei.example/hidashin/journey/jrn_1".to_owned(),
        };
        (name, Ending::Certificate(page))
    };
    [
        ("certificate_expired", "expired"),
        ("certificate_list_out_of_date", "list-out-of-date"),
        ("certificate_missing", "missing"),
        ("certificate_no_holder", "no-holder"),
        ("certificate_not_yet_valid", "not-yet-valid"),
        ("certificate_over", "over"),
        ("certificate_revoked", "revoked"),
        ("certificate_unknown_issuer", "unknown-issuer"),
        ("certificate_unreadable", "unreadable"),
        ("certificate_wrong_host", "wrong-host"),
        ("certificate_wrong_usage", "wrong-usage"),
    ]
    .map(trouble)
    .to_vec()
}
