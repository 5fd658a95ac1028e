//! Sample data: Hidashin's words as they are shipped, frames, and each kind's own samples under the
//! settings of the first bank that uses it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use renkei_core::account::{Account, AccountId, AccountType};
use renkei_core::step::kinds::Kind;
use renkei_core::step::{AnyStep, SampleView, SampleWorld};
use renkei_core::text::Arg;
use renkei_oauth::scope::Scopes;
use renkei_pages::{
    CancelForm, ClientFace, Ending, Frame, HelpDesk, LanguageUrls, Pages, Problem, Progress,
    StepForm, TenantFace, TenantWords, TextArg, gallery, theme,
};
use serde_json::{Value, json};

/// The kinds with samples, in the order in which the banks use them. A new kind comes in by itself, with
/// the first bank that has it.
pub(crate) fn kinds() -> Vec<&'static str> {
    let mut kinds: Vec<&'static str> = Vec::new();
    for (step, samples) in steps() {
        if !samples.is_empty() && !kinds.contains(&step.kind()) {
            kinds.push(step.kind());
        }
    }
    kinds
}

/// The banks that show a kind's samples: the first that has it and, unless all its words are that
/// bank's own, the tenant that sets nothing.
pub(crate) fn banks_with(kind: &str) -> Vec<String> {
    let first = banks().into_iter().find(|id| {
        let of_kind = |step: Kind| step.into_step().kind() == kind;
        journey(id).into_iter().any(of_kind)
    });
    let mut all = vec![first.expect("a bank that has it")];
    if kind != "notice" {
        all.push("bare".to_owned());
    }
    all
}

/// Where banks lie: those that are shipped, and the one of the process tests.
const ROOTS: [&str; 2] = ["../../tenants", "../renkei/tests/tenants"];

/// A bank's folder.
fn folder_of(id: &str) -> std::path::PathBuf {
    let roots = ROOTS.map(|root| Path::new(env!("CARGO_MANIFEST_DIR")).join(root).join(id));
    let found = roots.into_iter().find(|folder| folder.is_dir());
    found.expect("a bank's folder")
}

/// The banks, Hidashin first.
fn banks() -> Vec<String> {
    let roots = ROOTS.map(|root| Path::new(env!("CARGO_MANIFEST_DIR")).join(root));
    let mut ids: Vec<String> = roots
        .iter()
        .flat_map(|root| fs::read_dir(root).expect("the banks"))
        .map(|entry| entry.expect("an entry").path())
        .filter(|folder| folder.join("tenant.yaml").is_file())
        .filter_map(|folder| Some(folder.file_name()?.to_string_lossy().into_owned()))
        .collect();
    ids.sort_by_key(|id| (id != "hidashin", id.clone()));
    ids
}

/// The steps of a bank's journeys.
fn journey(id: &str) -> Vec<Kind> {
    let text = fs::read_to_string(folder_of(id).join("tenant.yaml")).expect("a tenant's file");
    let tenant: Value = serde_saphyr::from_str(&text).expect("YAML");
    let steps = |plan: &str| -> Vec<Kind> {
        let steps = tenant.get(plan).cloned().unwrap_or_else(|| json!([]));
        serde_json::from_value(steps).expect("steps")
    };
    let mut all = steps("journey");
    // What only a payment has comes after what links.
    all.extend(steps("payment"));
    all
}

/// Every step of every bank with its samples, Hidashin's first: those of a link, and those that only a
/// payment has.
fn steps() -> Vec<(Arc<dyn AnyStep>, Vec<SampleView>)> {
    let (linking, paying) = (world(), world().paying());
    let mut steps = Vec::new();
    for id in banks() {
        for step in journey(&id).into_iter().map(Kind::into_step) {
            let mut samples = step.samples(&linking).expect("samples");
            let known: Vec<_> = samples.iter().map(|sample| sample.state).collect();
            let more = step.samples(&paying).expect("samples").into_iter();
            samples.extend(more.filter(|sample| !known.contains(&sample.state)));
            steps.push((step, samples));
        }
    }
    steps
}

/// The world of all samples: the accounts are those the manuals print.
fn world() -> SampleWorld {
    let scopes = Scopes::parse("accounts balances transactions").expect("scopes");
    SampleWorld {
        accounts: printed_accounts(),
        ..SampleWorld::new(scopes, Some(90))
    }
}

/// A kind's page as it is first met under the settings of one bank.
pub(crate) fn view_at(bank: &str, kind: &str) -> Value {
    let mut steps = journey(bank).into_iter().map(Kind::into_step);
    let step = steps.find(|step| step.kind() == kind);
    let samples = step.map(|step| step.samples(&world()).expect("samples"));
    let first = samples.into_iter().flatten().next();
    first.expect("a step with samples").view
}

/// The samples of one kind.
fn samples_of(kind: &str) -> Vec<SampleView> {
    let found = steps().into_iter().find(|(step, _)| step.kind() == kind);
    found.map(|(_, samples)| samples).unwrap_or_default()
}

/// The rows the manual prints in 手順4.
fn printed_accounts() -> Vec<Account> {
    let memo = Some("口座メモ5678901234567890");
    [
        ("a1", ("インターネット支店", "001"), "2000002", memo),
        ("a2", ("インターネット支店", "002"), "1111111", None),
        ("a3", ("インターネット支店", "002"), "2222222", None),
        ("a4", ("豊洲支店", "494"), "1000314", memo),
    ]
    .map(|(id, branch, number, memo)| Account {
        id: AccountId::new(id),
        branch_name: branch.0.to_owned(),
        branch_code: branch.1.to_owned(),
        kind: AccountType::Ordinary,
        number: number.to_owned(),
        memo: memo.map(str::to_owned),
        holder: String::new(),
        holder_kana: String::new(),
        primary: false,
    })
    .into()
}

/// Banks as they are shipped, and a tenant that sets nothing.
pub(crate) fn pages() -> Pages {
    let mut all: Vec<TenantWords> = banks().iter().map(|id| shipped(id)).collect();
    all.push(bare("bare"));
    Pages::new(all).expect("words and templates")
}

/// A bank's words and look from its folder.
pub(crate) fn shipped(id: &str) -> TenantWords {
    let folder = folder_of(id);
    let read = |file: &str| fs::read_to_string(folder.join(file)).expect("a tenant's file");
    let mut terms: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for entry in fs::read_dir(folder.join("terms")).into_iter().flatten() {
        let file = entry.expect("an entry").file_name();
        let file = file.to_string_lossy();
        let (name, lang) = file.split_once('.').expect("a name and a language");
        let lang = lang.trim_end_matches(".md").to_owned();
        let languages = terms.entry(name.to_owned()).or_default();
        languages.insert(lang, read(&format!("terms/{file}")));
    }
    TenantWords {
        id: id.to_owned(),
        texts: ["ja", "en"]
            .map(|lang| (lang.to_owned(), read(&format!("texts/{lang}.ftl"))))
            .into(),
        terms,
        theme_css: theme::css(&tokens(&read("theme.yaml"))),
        templates: BTreeMap::new(),
    }
}

pub(crate) fn bare(id: &str) -> TenantWords {
    TenantWords {
        id: id.to_owned(),
        texts: BTreeMap::new(),
        terms: BTreeMap::new(),
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
        payee: None,
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

/// A kind's page as it is first met.
pub(crate) fn view(kind: &str) -> Value {
    let first = samples_of(kind).into_iter().next();
    first.expect("a kind with samples").view
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
        "account_selection" => {
            view["rows"] = rows.into();
            view["rows"]
                .as_array_mut()
                .expect("rows")
                .iter_mut()
                .for_each(|row| row["fixed"] = false.into());
            view["max"] = 3.into();
        }
        "interstitial" => {
            view["on"] = "mail-invalid".into();
            view["may_skip"] = false.into();
        }
        "out_of_band" => {
            view["manner"] = "call".into();
            view["number"] = Value::Null;
            view["call"] = "0120-000-000".into();
            view["phone"] = Value::Null;
            view["refresh_seconds"] = Value::Null;
        }
        "registration" => {
            view["factor"] = "token".into();
            view["secret"] = json!(["ABCD", "EFGH"]);
            view["uri"] = "otpauth://totp/a:b?secret=ABCDEFGH".into();
        }
        "login" => {
            view["fields"][0]["value"] = "\"><script>alert(1)</script>".into();
            view["certificate"] = true.into();
            view["notice"] = true.into();
            view["terms"] = "https://www.hidashin.co.jp/terms".into();
            view["fields"][1]["software_keyboard"] = true.into();
        }
        "security_question" => view["tries_left"] = 2.into(),
        "one_time_password" => {
            view = json!({"screen_id": null, "source": "mail", "length": 8, "life_seconds": 600,
                "code": null, "sent_to": "h***@example.jp", "can_resend": true, "tries_left": 1});
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

/// What a kind's troubled sample has to mend.
pub(crate) fn problems(kind: &str) -> Vec<Problem> {
    let samples = samples_of(kind);
    let troubled = ["wrong", "missing"]
        .iter()
        .find_map(|state| samples.iter().find(|sample| sample.state == *state));
    troubled.map(told).unwrap_or_default()
}

/// Every state of a kind's page with what is to be mended.
pub(crate) fn states(kind: &str) -> Vec<(Value, Vec<Problem>)> {
    let samples = samples_of(kind).into_iter();
    samples
        .map(|sample| {
            let problems = told(&sample);
            (sample.view, problems)
        })
        .collect()
}

fn told(sample: &SampleView) -> Vec<Problem> {
    let arg = |value: &Arg| match value {
        Arg::Number(number) => TextArg::Number(*number),
        Arg::Text(text) => TextArg::Text(text.clone()),
    };
    let problems = sample.problems.iter();
    problems
        .map(|problem| Problem {
            field: problem.field.clone(),
            key: problem.message.key.clone(),
            args: problem
                .message
                .args
                .iter()
                .map(|(name, value)| (name.clone(), arg(value)))
                .collect(),
        })
        .collect()
}

pub(crate) fn language_urls() -> LanguageUrls {
    LanguageUrls {
        ja: "?lang=ja".to_owned(),
        en: "?lang=en".to_owned(),
    }
}

pub(crate) fn endings() -> Vec<(String, Ending)> {
    gallery::sample_endings()
}
