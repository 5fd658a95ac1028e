//! A partner's app as a value: asks, receives the code, redeems, refreshes, reads.

use openssl::base64::encode_block;
use openssl::sha::sha256;
use reqwest::{Client, StatusCode};
use serde_json::Value;
use url::Url;

use crate::browser::{Page, http};
use crate::platform::Platform;

/// One app.
#[derive(Clone)]
pub(crate) struct App {
    pub(crate) http: Client,
    pub(crate) base: String,
    pub(crate) issuer: String,
    pub(crate) client_id: String,
    pub(crate) secret: Option<String>,
    pub(crate) redirect_uri: String,
}

/// An answer of a JSON endpoint.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Value,
    pub(crate) challenge: Option<String>,
}

impl Answer {
    pub(crate) fn text(&self, name: &str) -> String {
        self.body[name]
            .as_str()
            .unwrap_or_else(|| panic!("no `{name}` in {self:?}"))
            .to_owned()
    }
}

impl App {
    /// The demo client of a profile, at the shared issuer.
    pub(crate) fn of(platform: &Platform, profile: &str) -> Self {
        let client = platform.client(profile);
        let redirect_uri = client["redirect_uris"][0]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        Self {
            http: http(),
            base: platform.base_url(),
            issuer: platform.base_url(),
            client_id: client["client_id"].as_str().unwrap().to_owned(),
            secret: client["client_secret"].as_str().map(str::to_owned),
            redirect_uri,
        }
    }

    /// The same at a bank's own issuer.
    pub(crate) fn at_bank(mut self, tenant: &str) -> Self {
        self.base = format!("{}/{tenant}", self.base);
        self.issuer = format!("{}/{tenant}", self.issuer);
        self
    }

    /// Where the browser is sent, with more or other parameters.
    pub(crate) fn authorize(&self, more: &[(&str, &str)]) -> String {
        let mut url = Url::parse(&format!("{}/authorize", self.base)).unwrap();
        let mut parameters = vec![
            ("response_type", "code"),
            ("client_id", &self.client_id),
            ("redirect_uri", &self.redirect_uri),
            ("scope", "accounts balances transactions"),
            ("state", "a state / with = signs"),
            ("code_challenge", CHALLENGE.as_str()),
            ("code_challenge_method", "S256"),
            ("bank", "2476"),
        ];
        for (name, value) in more {
            parameters.retain(|(own, _)| own != name);
            if !value.is_empty() {
                parameters.push((name, value));
            }
        }
        url.query_pairs_mut().extend_pairs(parameters);
        url.to_string()
    }

    /// The code that a redirect brings, after checking what comes with it.
    pub(crate) fn receive(&self, page: &Page) -> String {
        let location = page
            .location()
            .unwrap_or_else(|| panic!("no redirect:\n{}", page.html));
        let expected = Url::parse(&self.redirect_uri).unwrap();
        assert_eq!(location.origin(), expected.origin());
        assert_eq!(location.path(), expected.path());
        assert_eq!(parameter(&location, "iss"), Some(self.issuer.clone()));
        assert_eq!(
            parameter(&location, "state").as_deref(),
            Some("a state / with = signs")
        );
        assert_eq!(location.query_pairs().count(), 3, "{location}");
        assert_eq!(location.fragment(), None);
        parameter(&location, "code").unwrap_or_else(|| panic!("no code in {location}"))
    }

    /// Redeems a code.
    pub(crate) async fn redeem(&self, code: &str) -> Answer {
        self.redeem_with(code, VERIFIER).await
    }

    pub(crate) async fn redeem_with(&self, code: &str, verifier: &str) -> Answer {
        self.post(
            "token",
            &[
                ("grant_type", "authorization_code"),
                ("code", code),
                ("redirect_uri", &self.redirect_uri),
                ("code_verifier", verifier),
            ],
        )
        .await
    }

    pub(crate) async fn refresh(&self, token: &str) -> Answer {
        self.post(
            "token",
            &[("grant_type", "refresh_token"), ("refresh_token", token)],
        )
        .await
    }

    pub(crate) async fn introspect(&self, token: &str) -> Answer {
        self.post("introspect", &[("token", token)]).await
    }

    pub(crate) async fn revoke(&self, token: &str) -> Answer {
        self.post("revoke", &[("token", token)]).await
    }

    /// Posts to an endpoint as this client.
    pub(crate) async fn post(&self, endpoint: &str, form: &[(&str, &str)]) -> Answer {
        let mut form = form.to_vec();
        let mut request = self.http.post(format!("{}/{endpoint}", self.base));
        match &self.secret {
            Some(secret) => request = request.basic_auth(&self.client_id, Some(secret)),
            None => form.push(("client_id", &self.client_id)),
        }
        answer(request.form(&form).send().await.unwrap()).await
    }

    /// Reads from the data API.
    pub(crate) async fn read(&self, token: &str, path: &str) -> Answer {
        let root = self.base.split("/hidashin").next().unwrap();
        let request = self
            .http
            .get(format!("{root}/api/v1{path}"))
            .bearer_auth(token);
        answer(request.send().await.unwrap()).await
    }
}

async fn answer(response: reqwest::Response) -> Answer {
    let status = response.status();
    assert_eq!(response.headers()["cache-control"], "no-store");
    let challenge = response.headers().get("www-authenticate");
    let challenge = challenge.map(|value| value.to_str().unwrap().to_owned());
    let text = response.text().await.unwrap();
    let body = if text.is_empty() {
        Value::Null
    } else {
        serde_json::from_str(&text).unwrap()
    };
    Answer {
        status,
        body,
        challenge,
    }
}

/// A parameter of an address.
pub(crate) fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs()
        .find(|(own, _)| own == name)
        .map(|(_, value)| value.into_owned())
}

pub(crate) const VERIFIER: &str = "a-verifier-of-a-partners-app-that-is-long-enough-0123456789";

/// BASE64URL(SHA-256(verifier)), RFC 7636 section 4.2.
pub(crate) static CHALLENGE: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
    encode_block(&sha256(VERIFIER.as_bytes()))
        .replace('+', "-")
        .replace('/', "_")
        .trim_end_matches('=')
        .to_owned()
});
