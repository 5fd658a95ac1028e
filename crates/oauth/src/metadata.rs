//! Authorization server metadata (RFC 8414): what is listed works, what works is listed. No members
//! of our own invention.

use serde::Serialize;
use url::Url;

use crate::profile::GrantType;
use crate::scope::Scopes;

/// The addresses of one issuer, absolute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoints {
    /// Where browsers are sent.
    pub authorization: String,
    /// Where codes are redeemed.
    pub token: String,
    /// Where resource servers ask.
    pub introspection: String,
    /// Where clients give tokens back.
    pub revocation: String,
    /// Where our public keys are.
    pub jwks: String,
}

impl Endpoints {
    /// The addresses in their usual places under `base`, which has no slash at its end: that of the
    /// deployment, or that of one bank in it.
    pub fn under(base: &str) -> Self {
        let base = base.trim_end_matches('/');
        let at = |path: &str| [base, path].concat();
        Self {
            authorization: at("/authorize"),
            token: at("/token"),
            introspection: at("/introspect"),
            revocation: at("/revoke"),
            jwks: at("/jwks"),
        }
    }
}

/// The document. Members by the names of RFC 8414 section 2, RFC 9207 section 3 and, for the two
/// that say what we do not take, OpenID Connect Discovery section 3.
#[derive(Clone, Debug, Serialize)]
pub struct Metadata {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    scopes_supported: Vec<String>,
    response_types_supported: [&'static str; 1],
    response_modes_supported: [&'static str; 1],
    grant_types_supported: [&'static str; 2],
    token_endpoint_auth_methods_supported: [&'static str; 3],
    revocation_endpoint: String,
    revocation_endpoint_auth_methods_supported: [&'static str; 3],
    introspection_endpoint: String,
    introspection_endpoint_auth_methods_supported: [&'static str; 3],
    code_challenge_methods_supported: [&'static str; 1],
    authorization_response_iss_parameter_supported: bool,
    request_parameter_supported: bool,
    request_uri_parameter_supported: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ui_locales_supported: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    service_documentation: Option<String>,
}

impl Metadata {
    /// The document of `issuer`, whose text must equal the URL it is fetched for, byte for byte (RFC
    /// 8414 section 3.3). `ui_locales` as BCP 47 tags in canonical casing.
    pub fn new(issuer: &str, endpoints: Endpoints, scopes: &Scopes, ui_locales: &[&str]) -> Self {
        Self {
            issuer: issuer.to_owned(),
            authorization_endpoint: endpoints.authorization,
            token_endpoint: endpoints.token,
            jwks_uri: endpoints.jwks,
            scopes_supported: scopes.iter().map(ToString::to_string).collect(),
            response_types_supported: ["code"],
            response_modes_supported: ["query"],
            grant_types_supported: GrantType::ALL.map(GrantType::as_str),
            token_endpoint_auth_methods_supported: AUTH_METHODS,
            revocation_endpoint: endpoints.revocation,
            revocation_endpoint_auth_methods_supported: AUTH_METHODS,
            introspection_endpoint: endpoints.introspection,
            introspection_endpoint_auth_methods_supported: AUTH_METHODS,
            code_challenge_methods_supported: ["S256"],
            authorization_response_iss_parameter_supported: true,
            request_parameter_supported: false,
            request_uri_parameter_supported: false,
            ui_locales_supported: ui_locales.iter().map(ToString::to_string).collect(),
            service_documentation: None,
        }
    }

    /// With the address of a page for developers.
    #[must_use]
    pub fn documented_at(mut self, page: &str) -> Self {
        self.service_documentation = Some(page.to_owned());
        self
    }
}

/// Where the document of an issuer stands on its host: the well-known name goes "between the host
/// component and the path component, if any" (RFC 8414 section 3). Nothing when the issuer is no
/// `http(s)` URL or has a query or fragment, which section 2 forbids.
pub fn well_known_path(issuer: &str) -> Option<String> {
    let url = Url::parse(issuer).ok()?;
    let plain = url.has_host() && url.query().is_none() && url.fragment().is_none();
    plain.then(|| [WELL_KNOWN, url.path().trim_end_matches('/')].concat())
}

/// The well-known name (RFC 8414 section 7.3).
pub const WELL_KNOWN: &str = "/.well-known/oauth-authorization-server";

const AUTH_METHODS: [&str; 3] = ["client_secret_basic", "client_secret_post", "none"];

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn the_document_lists_what_works_and_nothing_else() {
        let issuer = "https://renkei.example/hidashin";
        let scopes = Scopes::parse("accounts balances").unwrap();
        let metadata = Metadata::new(issuer, Endpoints::under(issuer), &scopes, &["ja", "en"]);
        let methods = json!(["client_secret_basic", "client_secret_post", "none"]);
        let expected = json!({
            "issuer": "https://renkei.example/hidashin",
            "authorization_endpoint": "https://renkei.example/hidashin/authorize",
            "token_endpoint": "https://renkei.example/hidashin/token",
            "jwks_uri": "https://renkei.example/hidashin/jwks",
            "scopes_supported": ["accounts", "balances"],
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "token_endpoint_auth_methods_supported": methods,
            "revocation_endpoint": "https://renkei.example/hidashin/revoke",
            "revocation_endpoint_auth_methods_supported": methods,
            "introspection_endpoint": "https://renkei.example/hidashin/introspect",
            "introspection_endpoint_auth_methods_supported": methods,
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": true,
            "request_parameter_supported": false,
            "request_uri_parameter_supported": false,
            "ui_locales_supported": ["ja", "en"],
        });
        assert_eq!(serde_json::to_value(&metadata).unwrap(), expected);
        let documented = metadata.documented_at("https://renkei.example/docs");
        let page = serde_json::to_value(documented).unwrap();
        assert_eq!(
            page["service_documentation"],
            Value::from("https://renkei.example/docs")
        );
    }

    #[test]
    fn the_well_known_name_stands_between_host_and_path() {
        let cases = [
            (
                "https://renkei.example",
                Some("/.well-known/oauth-authorization-server"),
            ),
            (
                "https://renkei.example/",
                Some("/.well-known/oauth-authorization-server"),
            ),
            (
                "http://localhost:8080/hidashin",
                Some("/.well-known/oauth-authorization-server/hidashin"),
            ),
            ("https://renkei.example/?x", None),
            ("renkei", None),
        ];
        for (issuer, path) in cases {
            assert_eq!(well_known_path(issuer).as_deref(), path, "{issuer}");
        }
    }
}
