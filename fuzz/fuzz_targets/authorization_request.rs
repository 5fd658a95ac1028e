//! Authorization requests: an answer only ever goes where the client is registered, with our issuer.
#![no_main]

use libfuzzer_sys::fuzz_target;
use renkei_oauth::authorization::{self, AuthorizationTarget};
use renkei_oauth::client::{Client, ClientId, ClientProfile};
use renkei_oauth::parameter::Parameters;
use renkei_oauth::redirect::RedirectUri;
use renkei_oauth::scope::Scopes;

const REGISTERED: &str = "https://app.example/callback";
const ISSUER: &str = "https://renkei.example";

fuzz_target!(|input: (&[u8], bool)| {
    let (raw, public) = input;
    let client = Client {
        id: ClientId::parse("app").expect("an id"),
        profile: if public {
            ClientProfile::PlainPublic
        } else {
            ClientProfile::PlainConfidential
        },
        secret_digests: Vec::new(),
        redirect_uris: vec![RedirectUri::parse(REGISTERED).expect("a URI")],
        scopes: Scopes::parse("accounts balances transactions").expect("scopes"),
        disabled: false,
    };
    // What is left of a valid request is what the fuzzer varies.
    let known = b"client_id=app&response_type=code&code_challenge_method=S256&";
    for raw in [raw.to_vec(), [known.as_slice(), raw].concat()] {
        let Ok(parameters) = Parameters::parse(&raw) else {
            continue;
        };
        let Ok(target) = AuthorizationTarget::find(&parameters, Some(&client)) else {
            continue;
        };
        assert_eq!(target.redirect_uri, REGISTERED);
        match authorization::parse(&parameters, &client, target) {
            Ok(asked) => {
                assert_eq!(asked.redirect_uri, REGISTERED);
                assert_eq!(asked.scopes.intersection(&client.scopes), asked.scopes);
            }
            Err(refused) => {
                if let Some(location) = refused.location(ISSUER) {
                    assert!(location.starts_with(REGISTERED));
                    assert!(location.contains("error=") && location.contains("iss="));
                    assert!(!location.contains(['\r', '\n']));
                }
            }
        }
    }
});
