//! `docs/openapi.yaml` against the answers themselves: every member that is sent is described, and
//! every member that is promised is sent.

use serde_json::{Map, Value};

use crate::app::{Answer, App};
use crate::journey::{Customer, account};
use crate::platform::{Engine, Platform};

#[tokio::test]
async fn the_description_of_the_data_api_is_what_it_answers() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.yaml");
    let text = std::fs::read_to_string(path).unwrap();
    let description: Value = serde_saphyr::from_str(&text).unwrap();
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "hida0001");
    let access = customer.link(&app).await.text("access_token");
    let id = account(&customer, 0);
    for (described, path) in [
        ("/accounts", "/accounts".to_owned()),
        (
            "/accounts/{account_id}/balances",
            format!("/accounts/{id}/balances"),
        ),
        (
            "/accounts/{account_id}/transactions",
            format!("/accounts/{id}/transactions"),
        ),
        (
            "/accounts/{account_id}/transactions",
            format!("/accounts/{id}/transactions?date_from=2020-01-01"),
        ),
        (
            "/accounts/{account_id}/balances",
            "/accounts/acc_unknown/balances".to_owned(),
        ),
        (
            "/accounts/{account_id}/transactions",
            format!("/accounts/{id}/transactions?date_from=x"),
        ),
    ] {
        let answer = app.read(&access, &path).await;
        compare(&description, described, &answer);
    }
    compare(
        &description,
        "/accounts",
        &app.read("not-a-token", "/accounts").await,
    );
}

fn compare(description: &Value, path: &str, answer: &Answer) {
    let paths = description["paths"].as_object().unwrap();
    let full = paths
        .keys()
        .find(|key| key.ends_with(path) && key.len() <= path.len() + 7);
    let operation = &paths[full.unwrap_or_else(|| panic!("{path} is not described"))]["get"];
    let status = answer.status.as_u16().to_string();
    let response = resolved(description, &operation["responses"][&status]);
    let content = response["content"].as_object();
    let content = content.unwrap_or_else(|| panic!("{path} {status} is not described"));
    let schema = &content.values().next().unwrap()["schema"];
    matches(
        description,
        schema,
        &answer.body,
        &format!("{path} {status}"),
    );
}

fn matches(root: &Value, schema: &Value, value: &Value, at: &str) {
    let schema = resolved(root, schema);
    match value {
        Value::Object(sent) => {
            let none = Map::new();
            let known = schema["properties"].as_object().unwrap_or(&none);
            for (name, member) in sent {
                let own = known
                    .get(name)
                    .unwrap_or_else(|| panic!("{at}.{name} is not described"));
                matches(root, own, member, &format!("{at}.{name}"));
            }
            for promised in schema["required"].as_array().into_iter().flatten() {
                assert!(
                    sent.contains_key(promised.as_str().unwrap()),
                    "{at}.{promised} is missing"
                );
            }
        }
        Value::Array(items) => {
            assert_eq!(schema["type"], "array", "{at}");
            for item in items {
                matches(root, &schema["items"], item, at);
            }
        }
        Value::String(_) => assert_eq!(schema["type"], "string", "{at}"),
        Value::Bool(_) => assert_eq!(schema["type"], "boolean", "{at}"),
        Value::Number(_) => assert_eq!(schema["type"], "integer", "{at}"),
        Value::Null => panic!("{at} is null: absent members are left out"),
    }
}

fn resolved<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(pointer) => resolved(root, root.pointer(&pointer[1..]).unwrap()),
        None => schema,
    }
}
