//! Fees paid at a bank: a bill opens the journey, the account is debited once, and everybody agrees.

use renkei_core::payment::FeeState;
use reqwest::StatusCode;
use serde_json::Value;

use crate::app::App;
use crate::bill::{Bill, debits};
use crate::browser::Page;
use crate::clock::{eventually, until};
use crate::journey::Customer;
use crate::platform::{Engine, Platform};

mod opened;

/// Walks to the page where the payment is confirmed.
async fn to_confirmation(customer: &mut Customer, mut page: Page) -> Page {
    for _ in 0..8 {
        if page.step() == "payment_confirmation" {
            return page;
        }
        assert_eq!(page.status, StatusCode::OK, "{}", page.html);
        page = customer.go_on(&page).await;
    }
    panic!("no confirmation at {}:\n{}", page.url, page.html);
}

/// Pays; the page at the end.
async fn pay(customer: &mut Customer, bill: &Bill) -> Page {
    let page = bill.open(&mut customer.browser).await;
    let page = to_confirmation(customer, page).await;
    customer.go_on(&page).await
}

/// The page at the end once it knows more than that it waits.
async fn definite(customer: &mut Customer, page: &Page) -> Page {
    eventually("the end of waiting", async || {
        let page = customer.browser.open(page.url.as_str()).await;
        let waits = page.html.contains("http-equiv=\"refresh\"");
        (!waits).then_some(page)
    })
    .await
}

fn set(platform: &Platform, tenant: &str, login_id: &str, debit: &str) {
    platform.command(&["demo", "set", tenant, login_id, &format!("debit={debit}")]);
}

#[tokio::test]
async fn fees_are_paid_through_hidashin_and_hana() {
    for engine in Engine::all() {
        let platform = Platform::start(engine);
        for (tenant, login_id) in [("hidashin", "hida0001"), ("hana", "hana0001")] {
            let bill = Bill::issue(&platform, &[tenant, "--amount", "12300"]);
            let mut customer = Customer::new(&platform, login_id);
            let first = bill.open(&mut customer.browser).await;
            assert_eq!(first.step(), "login", "{}", first.html);
            assert!(
                first.html.contains("への払込の手続きです"),
                "{}",
                first.html
            );
            let page = to_confirmation(&mut customer, first).await;
            for shown in [
                "架空省 電子申請手数料収納センター",
                "99999",
                "架空の届出（デモ）",
                "デンシシンセイテスウリヨウ",
                &bill.text("pay_number"),
                &bill.text("confirm_number"),
                "12,300円",
                "払込む",
                "確認しました",
            ] {
                assert!(page.html.contains(shown), "{shown}:\n{}", page.html);
            }
            // Without the tick nothing happens.
            let again = customer.browser.submit(&page, &[]).await;
            assert_eq!(again.step(), "payment_confirmation");
            assert_eq!(bill.fee(&platform).await.state, FeeState::Waiting);
            let done = customer.go_on(&again).await;
            assert!(done.html.contains("払込が完了しました"), "{}", done.html);
            assert_eq!((done.step().as_str(), done.status), ("end", StatusCode::OK));
            let payment = done.words("payment");
            let FeeState::Paid { payment: by, .. } = bill.fee(&platform).await.state else {
                panic!("not paid");
            };
            assert_eq!(by.to_string(), payment);
            let debits = debits(&platform, &[login_id.to_owned()]).await;
            assert_eq!(debits.len(), 1, "{tenant}");
            assert_eq!(debits[0].amount_yen, 12_300);
            // Opened once more it is the same page, and a new bill for it is of no use.
            let again = bill.open(&mut customer.browser).await;
            assert_eq!(again.words("payment"), payment);
            let second = bill.again(&platform, tenant);
            let refused = second.open(&mut customer.browser).await;
            assert_eq!(refused.status, StatusCode::GONE);
            assert!(refused.html.contains("すでに払い込まれています"));
        }
        assert!(platform.command(&["audit", "verify"]).contains("unbroken"));
        assert_eq!(platform.command(&["egov", "payments"]).trim(), "");
    }
}

#[tokio::test]
async fn a_debit_shows_in_the_data_api_and_on_the_customers_page() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "hida0001");
    let tokens = customer.link(&app).await;
    let access = tokens.text("access_token");
    let account = crate::journey::account(&customer, 0);
    let balance = async || {
        let path = format!("/accounts/{account}/balances");
        app.read(&access, &path).await.body["balances"][0].clone()
    };
    let before = balance().await;
    let bill = Bill::issue(&platform, &["hidashin", "--amount", "4321"]);
    let done = pay(&mut customer, &bill).await;
    assert!(done.html.contains("払込が完了しました"), "{}", done.html);
    let after = balance().await;
    let (field, yen) = before
        .as_object()
        .unwrap()
        .iter()
        .find_map(|(name, value)| {
            let yen: i64 = value.as_str()?.parse().ok()?;
            name.contains("balance").then_some((name.clone(), yen))
        })
        .unwrap();
    assert_eq!(after[&field], (yen - 4_321).to_string());
    let lines = app
        .read(&access, &format!("/accounts/{account}/transactions"))
        .await;
    let newest = lines.body["transactions"]
        .as_array()
        .unwrap()
        .last()
        .cloned();
    assert!(
        newest
            .unwrap()
            .to_string()
            .contains("デンシシンセイテスウリヨウ")
    );

    let list = crate::links::enter(&platform, &mut customer).await;
    assert!(
        list.html.contains("お支払い") && list.html.contains("4,321円"),
        "{}",
        list.html
    );
    let receipt = format!("{}/payments/{}", list.url, done.words("payment"));
    let shown = customer.browser.open(&receipt).await;
    assert_eq!(shown.status, StatusCode::OK);
    for words in [
        "払込の記録",
        &bill.text("pay_number"),
        "払込が完了しています。",
    ] {
        assert!(shown.html.contains(words), "{words}:\n{}", shown.html);
    }
    let mut other = Customer::new(&platform, "hida0002");
    crate::links::enter(&platform, &mut other).await;
    let refused = other.browser.open(&receipt).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND, "not theirs");
}

#[tokio::test]
async fn a_double_click_is_one_debit_and_one_result_page() {
    for engine in Engine::all() {
        let platform = Platform::start(engine);
        let mut customer = Customer::new(&platform, "hida0001");
        let bill = Bill::issue(&platform, &["hidashin"]);
        let page = bill.open(&mut customer.browser).await;
        let page = to_confirmation(&mut customer, page).await;
        let clicks = (0..6).map(|_| {
            let (mut browser, page) = (customer.browser.clone(), page.clone());
            async move { browser.submit(&page, &[("agree", "continue")]).await }
        });
        let ends = futures_util::future::join_all(clicks).await;
        let payment = ends[0].words("payment");
        for end in ends {
            assert!(end.html.contains("払込が完了しました"), "{}", end.html);
            assert_eq!(end.words("payment"), payment);
        }
        assert_eq!(debits(&platform, &["hida0001".to_owned()]).await.len(), 1);
    }
}

#[tokio::test]
async fn of_two_who_pay_one_fee_one_is_told_that_it_is_being_paid() {
    for engine in Engine::all() {
        let platform = Platform::start(engine);
        // The bank's silence keeps the first payment under way.
        set(&platform, "hidashin", "hida0001", "silent");
        let bill = Bill::issue(&platform, &["hidashin"]);
        let (mut one, mut two) = (
            Customer::new(&platform, "hida0001"),
            Customer::new(&platform, "hana0001"),
        );
        let page = bill.open(&mut one.browser).await;
        let page = to_confirmation(&mut one, page).await;
        let waits = one.go_on(&page).await;
        assert!(
            waits.html.contains("http-equiv=\"refresh\""),
            "{}",
            waits.html
        );
        assert!(waits.html.contains("払込の結果を確認しています"));
        let FeeState::Reserved(_) = bill.fee(&platform).await.state else {
            panic!("not reserved");
        };
        let second = bill.again(&platform, "hana");
        let refused = second.open(&mut two.browser).await;
        assert!(
            refused.html.contains("別の手続きで払込の途中です"),
            "{}",
            refused.html
        );
        let doubt = platform.command(&["egov", "payments", "--in-doubt"]);
        assert!(doubt.contains(&bill.text("pay_number")), "{doubt}");
        set(&platform, "hidashin", "hida0001", "fine");
        let done = definite(&mut one, &waits).await;
        assert!(done.html.contains("払込が完了しました"), "{}", done.html);
        assert_eq!(
            platform.command(&["egov", "payments", "--in-doubt"]).trim(),
            ""
        );
        assert_eq!(debits(&platform, &["hida0001".to_owned()]).await.len(), 1);
    }
}

#[tokio::test]
async fn two_at_the_confirmation_of_one_fee_pay_it_once() {
    for engine in Engine::all() {
        let platform = Platform::start(engine);
        let bill = Bill::issue(&platform, &["hidashin"]);
        let mut one = Customer::new(&platform, "hida0001");
        let page = bill.open(&mut one.browser).await;
        let first = to_confirmation(&mut one, page).await;
        // A newer bill voids the older one, which was not confirmed yet.
        let newer = bill.again(&platform, "hana");
        let mut two = Customer::new(&platform, "hana0001");
        let page = newer.open(&mut two.browser).await;
        let second = to_confirmation(&mut two, page).await;
        let (voided, done) =
            futures_util::future::join(one.go_on(&first), two.go_on(&second)).await;
        assert!(
            voided.html.contains("引き落としは行われていません"),
            "{}",
            voided.html
        );
        assert_eq!(voided.status, StatusCode::FORBIDDEN);
        assert!(done.html.contains("払込が完了しました"), "{}", done.html);
        let ids = ["hida0001".to_owned(), "hana0001".to_owned()];
        assert_eq!(debits(&platform, &ids).await.len(), 1);
    }
}

#[tokio::test]
async fn whoever_leaves_has_paid_nothing_and_may_come_back_with_a_new_bill() {
    let platform = Platform::start(Engine::Sqlite);
    let bill = Bill::issue(&platform, &["hidashin"]);
    let mut customer = Customer::new(&platform, "hida0001");
    let page = bill.open(&mut customer.browser).await;
    let page = to_confirmation(&mut customer, page).await;
    let left = customer.browser.cancel(&page).await;
    let left = customer
        .browser
        .open(left.location().unwrap().as_str())
        .await;
    assert!(
        left.html.contains("払込は行われていません"),
        "{}",
        left.html
    );
    assert_eq!(left.status, StatusCode::OK);
    assert_eq!(bill.fee(&platform).await.state, FeeState::Waiting);
    let again = bill.open(&mut customer.browser).await;
    assert!(
        again.html.contains("払込は行われていません"),
        "the bill is used up"
    );
    let done = pay(&mut customer, &bill.again(&platform, "hidashin")).await;
    assert!(done.html.contains("払込が完了しました"), "{}", done.html);
}

#[tokio::test]
async fn a_declined_payment_says_why_and_leaves_the_fee_waiting() {
    let platform = Platform::start(Engine::Sqlite);
    for (lever, words) in [
        ("short", "残高が不足しています"),
        ("limit", "払込限度額を超えています"),
        ("closed", "お取り扱いを停止しています"),
        ("hours", "お取り扱いしていません"),
    ] {
        set(&platform, "hidashin", "hida0001", lever);
        let bill = Bill::issue(&platform, &["hidashin"]);
        let mut customer = Customer::new(&platform, "hida0001");
        let declined = pay(&mut customer, &bill).await;
        assert!(
            declined.words("reason").contains(words),
            "{}",
            declined.html
        );
        assert_eq!(bill.fee(&platform).await.state, FeeState::Waiting);
        set(&platform, "hidashin", "hida0001", "fine");
        let done = pay(&mut customer, &bill.again(&platform, "hidashin")).await;
        assert!(done.html.contains("払込が完了しました"), "{}", done.html);
    }
    // More than the account holds is said where the account is chosen.
    let bill = Bill::issue(&platform, &["hidashin", "--amount", "999999999"]);
    let mut customer = Customer::new(&platform, "hida0001");
    let mut page = bill.open(&mut customer.browser).await;
    while page.step() != "account_selection" {
        page = customer.go_on(&page).await;
    }
    let again = customer.go_on(&page).await;
    assert_eq!(again.step(), "account_selection");
    assert!(
        again.html.contains("払込金額に足りません"),
        "{}",
        again.html
    );
}

#[tokio::test]
async fn an_unknown_answer_is_asked_for_until_it_is_definite() {
    for engine in Engine::all() {
        let platform = Platform::start(engine);
        for (number, lever) in ["timeout_after", "timeout_before_once"].iter().enumerate() {
            let login_id = format!("hida{:04}", number + 1);
            set(&platform, "hidashin", &login_id, lever);
            let bill = Bill::issue(&platform, &["hidashin"]);
            let mut customer = Customer::new(&platform, &login_id);
            let waits = pay(&mut customer, &bill).await;
            assert!(
                waits.html.contains("http-equiv=\"refresh\""),
                "{}",
                waits.html
            );
            let done = definite(&mut customer, &waits).await;
            assert!(
                done.html.contains("払込が完了しました"),
                "{lever}: {}",
                done.html
            );
            assert_eq!(debits(&platform, &[login_id]).await.len(), 1, "{lever}");
        }
        // An order that is lost twice stays in doubt until somebody looks.
        set(&platform, "hidashin", "hida0003", "timeout_before");
        let bill = Bill::issue(&platform, &["hidashin"]);
        let mut customer = Customer::new(&platform, "hida0003");
        pay(&mut customer, &bill).await;
        until("it is sent once more", async || {
            let doubt = platform.command(&["egov", "payments", "--in-doubt", "--json"]);
            let told: Value = serde_json::from_str(doubt.lines().next().unwrap()).unwrap();
            told["resent"] == true
        })
        .await;
        assert!(debits(&platform, &["hida0003".to_owned()]).await.is_empty());
        let records = platform.command(&["audit", "show"]);
        assert_eq!(records.matches("\"payment.in_doubt\"").count(), 3);
    }
}
