//! The data API, from outside.

use reqwest::StatusCode;

use crate::app::App;
use crate::journey::{Customer, account};
use crate::platform::{Engine, Platform};

#[tokio::test]
async fn statements_come_by_days_and_pages_on_both_engines() {
    for engine in Engine::all() {
        let platform = Platform::start(engine);
        let app = App::of(&platform, "plain_confidential");
        let mut customer = Customer::new(&platform, "hida0001");
        let tokens = customer.link(&app).await;
        let access = tokens.text("access_token");
        let id = account(&customer, 0);
        let balances = app.read(&access, &format!("/accounts/{id}/balances")).await;
        let balance = balances.body["balances"][0]["balance"]
            .as_str()
            .unwrap()
            .to_owned();
        assert!(
            balance.parse::<i64>().unwrap() >= 0,
            "amounts are strings of yen"
        );

        let mut lines = Vec::new();
        let mut query = "date_from=2000-01-01".to_owned();
        loop {
            let page = app
                .read(&access, &format!("/accounts/{id}/transactions?{query}"))
                .await;
            assert_eq!(page.status, StatusCode::OK, "{page:?}");
            let rows = page.body["transactions"].as_array().unwrap();
            assert_eq!(page.body["count"], rows.len());
            lines.extend(rows.clone());
            if page.body["has_next"] == false {
                assert!(page.body.get("next_item_key").is_none(), "absent, not null");
                break;
            }
            query = format!(
                "date_from=2000-01-01&next_item_key={}",
                page.text("next_item_key")
            );
        }
        assert!(lines.len() > 100, "a year of statements: {}", lines.len());
        assert_eq!(lines.last().unwrap()["balance"], balance.as_str());
        let days: Vec<_> = lines
            .iter()
            .map(|line| line["transaction_date"].as_str().unwrap())
            .collect();
        assert!(days.is_sorted(), "ascending");
        assert!(
            lines.iter().any(|line| line.get("remarks").is_none()),
            "absent remarks are left out"
        );

        let day = days[days.len() / 2];
        let one = app
            .read(
                &access,
                &format!("/accounts/{id}/transactions?date_from={day}&date_to={day}"),
            )
            .await;
        let rows = one.body["transactions"].as_array().unwrap();
        assert!(
            !rows.is_empty() && rows.iter().all(|row| row["transaction_date"] == day),
            "both inclusive"
        );
        let none = app
            .read(
                &access,
                &format!("/accounts/{id}/transactions?date_from=1999-01-01&date_to=1999-01-02"),
            )
            .await;
        assert_eq!(
            (
                none.status,
                none.body["transactions"].as_array().unwrap().len()
            ),
            (StatusCode::OK, 0)
        );
    }
}

#[tokio::test]
async fn only_what_was_consented_is_given() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "hida0001");
    let access = customer.link(&app).await.text("access_token");
    let other = account(&Customer::new(&platform, "hida0002"), 0);
    let foreign = app
        .read(&access, &format!("/accounts/{other}/balances"))
        .await;
    let unknown = app
        .read(&access, "/accounts/acc_00000000000000000000/balances")
        .await;
    assert_eq!(
        (foreign.status, &foreign.body),
        (StatusCode::NOT_FOUND, &unknown.body)
    );
    let id = account(&customer, 0);
    for query in [
        "date_from=2026-02-02&date_to=2026-02-01",
        "date_from=yesterday",
        "date_from=2026-02-30",
        "date_from=2026-02-01&date_from=2026-02-01",
        "next_item_key=ff-000000000000",
        "access_token=x",
    ] {
        let wrong = app
            .read(&access, &format!("/accounts/{id}/transactions?{query}"))
            .await;
        assert_eq!(wrong.status, StatusCode::BAD_REQUEST, "{query}");
        assert!(wrong.body["detail"].is_string() && wrong.body["status"] == 400);
    }
    for token in ["", "x", &access[1..]] {
        assert_eq!(
            app.read(token, "/accounts").await.status,
            StatusCode::UNAUTHORIZED
        );
    }
}

#[tokio::test]
async fn a_service_applied_for_is_refused_until_the_bank_confirms() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "hida0008");
    let access = customer.link(&app).await.text("access_token");
    let id = account(&customer, 0);
    assert_eq!(
        app.read(&access, &format!("/accounts/{id}/balances"))
            .await
            .status,
        StatusCode::OK
    );
    let applied = app
        .read(&access, &format!("/accounts/{id}/transactions"))
        .await;
    assert_eq!(applied.status, StatusCode::FORBIDDEN);
    assert!(applied.text("type").ends_with("service-not-confirmed"));
}
