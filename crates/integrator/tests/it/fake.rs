//! A platform of the documented interface and nothing more: it checks what a partner must send, and answers
//! as the test wishes.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops when the app sends what is not documented"
)]

use std::collections::HashMap;
use std::net::TcpListener;
use std::sync::{Arc, Mutex, MutexGuard};

use actix_web::dev::ServerHandle;
use actix_web::http::header::{AUTHORIZATION, LOCATION, WWW_AUTHENTICATE};
use actix_web::web::{Data, Form, Path, Query, get, post};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use oauth2::{PkceCodeChallenge, PkceCodeVerifier};
use serde_json::json;
use url::Url;

/// What the platform does next, and what it has seen.
pub(crate) struct Fake {
    base_url: String,
    /// Sent back instead of a code.
    pub(crate) error: Option<&'static str>,
    /// Sent back instead of the true issuer.
    pub(crate) iss: Option<&'static str>,
    pub(crate) scope: &'static str,
    pub(crate) link_id: &'static str,
    /// Left out of the answer when there is none.
    pub(crate) link_expires_at: Option<&'static str>,
    pub(crate) lives_for: u32,
    /// Access tokens below this number are refused.
    pub(crate) refuses_below: u32,
    pub(crate) refuses_refresh: bool,
    pub(crate) refuses_code: bool,
    pub(crate) issued: u32,
    pub(crate) revoked: Vec<String>,
    /// The parameters of each authorization request, by its code.
    pub(crate) asked: Vec<HashMap<String, String>>,
}

#[derive(Clone)]
pub(crate) struct Shared(Arc<Mutex<Fake>>);

impl Shared {
    pub(crate) fn now(&self) -> MutexGuard<'_, Fake> {
        self.0.lock().unwrap()
    }
}

impl Fake {
    pub(crate) fn start() -> (Shared, String, ServerHandle) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base_url = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
        let shared = Shared(Arc::new(Mutex::new(Self {
            base_url: base_url.clone(),
            error: None,
            iss: None,
            scope: "accounts balances transactions",
            link_id: "lnk_1",
            link_expires_at: Some("2199-01-01T00:00:00+09:00"),
            lives_for: 600,
            refuses_below: 0,
            refuses_refresh: false,
            refuses_code: false,
            issued: 0,
            revoked: Vec::new(),
            asked: Vec::new(),
        })));
        let state = shared.clone();
        let server = HttpServer::new(move || {
            App::new()
                .app_data(Data::new(state.clone()))
                .route(
                    "/.well-known/oauth-authorization-server",
                    get().to(metadata),
                )
                .route("/go/authorize", get().to(authorize))
                .route("/go/token", post().to(token))
                .route("/go/revoke", post().to(revoke))
                .route("/api/v1/accounts", get().to(accounts))
                .route("/api/v1/accounts/{id}/balances", get().to(balances))
                .route("/api/v1/accounts/{id}/transactions", get().to(transactions))
        });
        let server = server.workers(1).listen(listener).unwrap().run();
        let handle = server.handle();
        actix_web::rt::spawn(server);
        (shared, base_url, handle)
    }
}

async fn metadata(fake: Data<Shared>) -> HttpResponse {
    let base = fake.now().base_url.clone();
    HttpResponse::Ok().json(json!({
        "issuer": base, "response_types_supported": ["code"],
        "authorization_endpoint": format!("{base}/go/authorize"),
        "token_endpoint": format!("{base}/go/token"),
        "revocation_endpoint": format!("{base}/go/revoke"),
    }))
}

async fn authorize(fake: Data<Shared>, asked: Query<HashMap<String, String>>) -> HttpResponse {
    let mut fake = fake.now();
    assert_eq!(
        (
            asked["response_type"].as_str(),
            asked["code_challenge_method"].as_str()
        ),
        ("code", "S256")
    );
    assert_eq!(
        (asked["client_id"].as_str(), asked["bank"].as_str()),
        ("kakehashi", "2476")
    );
    let mut back = Url::parse(&asked["redirect_uri"]).unwrap();
    back.query_pairs_mut()
        .append_pair("state", &asked["state"])
        .append_pair("iss", fake.iss.unwrap_or(&fake.base_url));
    match fake.error {
        Some(error) => back.query_pairs_mut().append_pair("error", error),
        None => back
            .query_pairs_mut()
            .append_pair("code", &fake.asked.len().to_string()),
    };
    fake.asked.push(asked.into_inner());
    HttpResponse::SeeOther()
        .insert_header((LOCATION, back.as_str()))
        .finish()
}

async fn token(
    fake: Data<Shared>,
    request: HttpRequest,
    form: Form<HashMap<String, String>>,
) -> HttpResponse {
    let mut fake = fake.now();
    assert_authenticated(&request);
    if form["grant_type"] == "authorization_code" {
        let asked = &fake.asked[form["code"].parse::<usize>().unwrap()];
        let verifier = PkceCodeVerifier::new(form["code_verifier"].clone());
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
        assert_eq!(challenge.as_str(), asked["code_challenge"]);
        assert_eq!(form["redirect_uri"], asked["redirect_uri"]);
    }
    let refused = match form["grant_type"].as_str() {
        "refresh_token" => {
            fake.refuses_refresh || !form["refresh_token"].starts_with("planted-refresh")
        }
        _ => fake.refuses_code,
    };
    if refused {
        return HttpResponse::BadRequest().json(json!({ "error": "invalid_grant" }));
    }
    fake.issued += 1;
    let mut answer = json!({
        "access_token": format!("planted-access-{}", fake.issued), "token_type": "Bearer",
        "expires_in": fake.lives_for, "refresh_token": "planted-refresh", "scope": fake.scope,
        "link_id": fake.link_id,
    });
    if let Some(end) = fake.link_expires_at {
        answer["link_expires_at"] = end.into();
    }
    HttpResponse::Ok().json(answer)
}

async fn revoke(
    fake: Data<Shared>,
    request: HttpRequest,
    form: Form<HashMap<String, String>>,
) -> HttpResponse {
    assert_authenticated(&request);
    fake.now().revoked.push(form["token"].clone());
    HttpResponse::Ok().finish()
}

async fn accounts(fake: Data<Shared>, request: HttpRequest) -> HttpResponse {
    refusal(&fake, &request, "accounts").unwrap_or_else(|| {
        HttpResponse::Ok().json(json!({ "base_date": "2026-11-21", "base_time": "10:00:00+09:00",
            "accounts": [{ "account_id": "acc_1", "branch_name": "本店", "account_type_name": "普通",
                           "account_number": "1234567", "account_name": "(株)ヒダ<b>ショウジ" }] }))
    })
}

async fn balances(fake: Data<Shared>, request: HttpRequest, id: Path<String>) -> HttpResponse {
    refusal(&fake, &request, "balances").unwrap_or_else(|| {
        HttpResponse::Ok().json(
            json!({ "balances": [{ "account_id": *id, "balance": "1234567",
            "withdrawable_amount": "1200000", "base_date": "2026-11-21" }] }),
        )
    })
}

async fn transactions(
    fake: Data<Shared>,
    request: HttpRequest,
    asked: Query<HashMap<String, String>>,
) -> HttpResponse {
    if let Some(refusal) = refusal(&fake, &request, "transactions") {
        return refusal;
    }
    assert!(asked["date_from"].len() == 10 && asked["date_to"].len() == 10);
    let is_last = asked.get("next_item_key").is_some_and(|key| key == "key 2");
    let entry = |kind: &str, amount: &str, balance: &str| {
        json!({ "transaction_date": asked["date_from"], "transaction_type": kind, "amount": amount,
                "balance": balance, "remarks": "ﾌﾘｺﾐ", "item_key": amount })
    };
    if is_last {
        return HttpResponse::Ok().json(
            json!({ "has_next": false, "count": 1, "transactions": [entry("2", "777", "1")] }),
        );
    }
    HttpResponse::Ok().json(
        json!({ "has_next": true, "next_item_key": "key 2", "count": 2,
        "transactions": [entry("1", "50000", "1240067"), entry("2", "5500", "1234567")] }),
    )
}

fn refusal(fake: &Shared, request: &HttpRequest, needed: &str) -> Option<HttpResponse> {
    let fake = fake.now();
    let header = request
        .headers()
        .get(AUTHORIZATION)
        .unwrap()
        .to_str()
        .unwrap();
    let number: u32 = header
        .strip_prefix("Bearer planted-access-")
        .unwrap()
        .parse()
        .unwrap();
    if number < fake.refuses_below {
        let challenge = (WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
        return Some(
            HttpResponse::Unauthorized()
                .insert_header(challenge)
                .finish(),
        );
    }
    if !fake.scope.split(' ').any(|scope| scope == needed) {
        let challenge = format!("Bearer error=\"insufficient_scope\", scope=\"{needed}\"");
        return Some(
            HttpResponse::Forbidden()
                .insert_header((WWW_AUTHENTICATE, challenge))
                .finish(),
        );
    }
    None
}

/// `kakehashi:planted-client-secret` by HTTP Basic.
fn assert_authenticated(request: &HttpRequest) {
    let header = request
        .headers()
        .get(AUTHORIZATION)
        .unwrap()
        .to_str()
        .unwrap();
    assert_eq!(header, "Basic a2FrZWhhc2hpOnBsYW50ZWQtY2xpZW50LXNlY3JldA==");
}
