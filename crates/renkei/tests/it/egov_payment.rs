//! From the interface to a bank: the list of banks, the fees, and the page that leads there.

use reqwest::StatusCode;

use crate::browser::{Browser, Page};
use crate::egov_software::{NEW, Software};
use crate::journey::Customer;
use crate::platform::{Engine, Platform};

/// A software with an application that has a fee to pay and one that is overdue.
struct Owing {
    platform: Platform,
    software: Software,
    arrive_id: String,
    pay_number: String,
    overdue: String,
}

impl Owing {
    async fn new(engine: Engine) -> Self {
        let platform = Platform::start_with_egov(engine, "");
        let software = Software::logged_in(&platform, 0).await;
        let listed = software.apply(&[software.folder(3, 1, &NEW)]).await;
        let arrive_id = listed.text("ArriveID");
        let path = format!("/access/payment/{arrive_id}");
        let fees = software
            .until(&path, |answer| {
                answer.texts("PayStatus") == ["納付待ち", "納付期限切れ"]
            })
            .await;
        assert_eq!(fees.texts("PayFlag"), ["1", "0"]);
        assert_eq!(fees.texts("TotalFee"), ["1200", "3400"]);
        let numbers = fees.texts("PayNumber");
        Self {
            platform,
            software,
            arrive_id,
            pay_number: numbers[0].clone(),
            overdue: numbers[1].clone(),
        }
    }

    fn form(&self) -> Vec<(&'static str, String)> {
        vec![
            ("SoftwareID", self.software.id.clone()),
            ("AccessKey", self.software.access_key.clone().unwrap()),
            ("ArriveID", self.arrive_id.clone()),
            ("PayNumber", self.pay_number.clone()),
            ("FinancialName", self.bank("hidashin")),
        ]
    }

    /// `FinancialName` of a bank.
    fn bank(&self, id: &str) -> String {
        let tenants = self.platform.info["tenants"].as_array().unwrap();
        let found = tenants.iter().find(|tenant| tenant["id"] == id).unwrap();
        found["name"].as_str().unwrap().to_owned()
    }

    async fn post(&self, browser: &mut Browser, form: &[(&'static str, String)]) -> Page {
        let url = format!("{}/access/payment", self.software.base);
        browser.post_from(&url, form, "null", "cross-site").await
    }

    /// With one field put otherwise.
    async fn with(&self, name: &str, value: &str) -> Page {
        let mut form = self.form();
        for (field, kept) in &mut form {
            if *field == name {
                value.clone_into(kept);
            }
        }
        self.post(&mut Browser::new(), &form).await
    }
}

#[tokio::test]
async fn banks_that_take_payments_are_listed_by_their_kind() {
    let platform = Platform::start_with_egov(Engine::Sqlite, "");
    let software = Software::logged_in(&platform, 0).await;
    let banks = software.get("/access/bank").await;
    assert_eq!(banks.status, StatusCode::OK, "{}", banks.body);
    let unions = banks.text("CreditUnion");
    assert!(unions.contains("/hidashin/mpn/ilink"), "{unions}");
    let others = banks.body.split("<ShinkinBank").next().unwrap();
    assert!(others.contains("Initial Name="), "{others}");
    assert!(others.contains("/mizuho/mpn/ilink"), "{others}");
    assert_eq!(banks.texts("FinancialTypeListDate")[0].len(), 8);
}

#[tokio::test]
async fn a_fee_is_paid_through_the_bank_that_was_chosen() {
    for engine in Engine::all() {
        let owing = Owing::new(engine).await;
        let mut customer = Customer::new(&owing.platform, "hida0001");
        let page = owing.post(&mut customer.browser, &owing.form()).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.html);
        assert!(
            page.html.contains("金融機関のサイトへ進む"),
            "{}",
            page.html
        );
        let policy = page.headers["content-security-policy"].to_str().unwrap();
        let target = format!("{}/hidashin/mpn/ilink", owing.platform.base_url());
        assert!(
            policy.contains(&format!("form-action {target};")),
            "{policy}"
        );
        assert_eq!(page.headers["referrer-policy"], "no-referrer");
        assert_eq!(page.headers["cache-control"], "no-store");
        let key = owing.software.access_key.clone().unwrap();
        assert!(!page.html.contains(&key[..40]));
        let hidden = |name: &str| {
            let (_, rest) = page
                .html
                .split_once(&format!("name=\"{name}\" value=\""))
                .unwrap();
            rest.split_once('"').unwrap().0.to_owned()
        };
        let form = ["skno", "bptn", "bill"].map(|name| (name, hidden(name)));
        let next = customer
            .browser
            .post_from(&target, &form, &owing.platform.base_url(), "same-origin")
            .await;
        let mut page = customer
            .browser
            .open(next.location().unwrap().as_str())
            .await;
        assert_eq!(page.step(), "login", "{}", page.html);
        for _ in 0..8 {
            if page.step() == "end" {
                break;
            }
            page = customer.go_on(&page).await;
        }
        assert!(page.html.contains("払込が完了しました"), "{}", page.html);
        let path = format!("/access/payment/{}", owing.arrive_id);
        let paid = owing.software.get(&path).await;
        assert_eq!(paid.texts("PayStatus")[0], "納付済み");
        assert_eq!(paid.texts("PayFlag")[0], "0");
        assert_eq!(paid.texts("PayDate")[0].len(), 14);
        let again = owing.with("x", "").await;
        assert_eq!(again.status, StatusCode::BAD_REQUEST);
        assert!(!owing.platform.traces().contains(&key[..40]));
    }
}

#[tokio::test]
async fn what_leads_nowhere_is_told_on_a_page() {
    let owing = Owing::new(Engine::Sqlite).await;
    for (name, value, status, words) in [
        (
            "SoftwareID",
            "NOBODY",
            403,
            "電子納付の画面を開くことができません",
        ),
        (
            "SoftwareID",
            "KAKEHASHI-SHOUKAI",
            403,
            "電子納付の画面を開くことができません",
        ),
        ("AccessKey", "x", 401, "再度、利用者認証を行ってから"),
        (
            "FinancialName",
            "どこにもない銀行",
            400,
            "電子納付をお取り扱いしていません",
        ),
        (
            "ArriveID",
            "9002026999999999",
            404,
            "該当する納付情報が見つかりません",
        ),
        (
            "PayNumber",
            "0000000000000000",
            404,
            "該当する納付情報が見つかりません",
        ),
        (
            "PayNumber",
            &owing.overdue,
            400,
            "いま払い込むことができません",
        ),
    ] {
        let page = owing.with(name, value).await;
        assert_eq!(
            page.status.as_u16(),
            status,
            "{name} {value}: {}",
            page.html
        );
        assert!(page.html.contains(words), "{name} {value}: {}", page.html);
        let kind = page.headers["content-type"].to_str().unwrap();
        assert!(kind.starts_with("text/html"), "{kind}");
    }
    let mut browser = Browser::new();
    let missing = owing.post(&mut browser, &owing.form()[..4]).await;
    assert_eq!(missing.status, StatusCode::BAD_REQUEST);
    let large = [("AccessKey", "x".repeat(20_000))];
    let large = owing.post(&mut browser, &large).await;
    assert_eq!(
        large.status,
        StatusCode::PAYLOAD_TOO_LARGE,
        "{}",
        large.html
    );
    let url = format!("{}/access/payment", owing.software.base);
    let fetched = browser.fetch(&format!("{url}?AccessKey=x")).await;
    assert_eq!(fetched.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(fetched.headers["allow"], "POST");
    let form = [("SoftwareID", "NOBODY".to_owned())];
    let english = browser
        .post_from(&format!("{url}?lang=en"), &form, "null", "cross-site")
        .await;
    assert!(
        english.html.contains("may not open the electronic payment"),
        "{}",
        english.html
    );
    let other = Software::logged_in(&owing.platform, 1).await;
    let foreign = owing.with("AccessKey", &other.access_key.unwrap()).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
}
