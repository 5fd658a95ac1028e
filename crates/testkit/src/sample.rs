//! Values to test with, each valid, each made from a number so that two are not the same.

use std::collections::BTreeMap;

use renkei_core::account::{AccountId, CustomerId};
use renkei_core::attempt::AttemptKey;
use renkei_core::client::{ClientCard, ClientRecord};
use renkei_core::commit::{Code, Commit, Family};
use renkei_core::consent::{Consent, Receipt};
use renkei_core::fact::Facts;
use renkei_core::id::{ConsentId, FamilyId, JourneyId, LinkId, MailId};
use renkei_core::instant::Timestamp;
use renkei_core::journey::{Journey, LinkPurpose, Purpose, State};
use renkei_core::link::Link;
use renkei_core::mail::{Mail, Occasion};
use renkei_core::port::fixed::SeededRandom;
use renkei_core::port::random_256;
use renkei_core::tenant::TenantId;
use renkei_core::text::Language;
use renkei_core::visit::Visit;
use renkei_oauth::authorization::AuthorizationRequest;
use renkei_oauth::client::{Client, ClientId, ClientProfile};
use renkei_oauth::pkce::CodeChallenge;
use renkei_oauth::scope::Scopes;
use renkei_oauth::secret::PlainCode;

/// An instant all samples begin at: 2026-11-21T09:00:00+09:00.
pub const START: Timestamp = Timestamp::from_millis(1_795_219_200_000);

/// A bank.
pub fn tenant() -> TenantId {
    TenantId::parse("hidashin").unwrap()
}

/// A client.
pub fn client() -> ClientId {
    ClientId::parse("an-app").unwrap()
}

/// A customer.
pub fn customer(number: u64) -> CustomerId {
    CustomerId::new(format!("customer-{number}"))
}

/// The attempts at the password of a login ID.
pub fn attempt(login_id: &str) -> AttemptKey {
    let who = [("login_id".to_owned(), login_id.to_owned())];
    AttemptKey::password(&tenant(), &who.into())
}

/// A request for everything.
pub fn request() -> AuthorizationRequest {
    AuthorizationRequest {
        client_id: client(),
        redirect_uri: "https://app.example/callback".to_owned(),
        redirect_uri_given: true,
        scopes: Scopes::parse("accounts balances").unwrap(),
        state: Some("state".to_owned()),
        code_challenge: challenge(),
        bank: None,
        ui_locales: Vec::new(),
    }
}

/// A journey that waits at its first page; version 1, not yet kept.
pub fn journey(number: u64) -> Journey {
    Journey {
        id: JourneyId::new(START, &SeededRandom::new(number)),
        tenant: tenant(),
        version: 1,
        plan: "plan".to_owned(),
        purpose: Purpose::Link(LinkPurpose {
            request: request(),
            issuer: "https://renkei.example".to_owned(),
        }),
        browser: "digest".to_owned(),
        language: Language::Japanese,
        started_at: START,
        touched_at: START,
        facts: Facts::default(),
        walked: vec![0],
        state: State::Asking {
            stop: 0,
            memory: serde_json::json!({}),
            problems: Vec::new(),
            kept: BTreeMap::new(),
            away: None,
        },
    }
}

/// A link; version 1, not yet kept.
pub fn link(number: u64) -> Link {
    Link {
        id: LinkId::new(START, &SeededRandom::new(number)),
        tenant: tenant(),
        client: client(),
        customer: customer(number),
        subject: format!("sub_{number}"),
        scopes: Scopes::parse("accounts balances").unwrap(),
        accounts: vec![AccountId::new("acc_1")],
        credential_version: "1".to_owned(),
        created_at: START,
        renewed_at: START,
        expires_at: Some(START.plus(std::time::Duration::from_hours(90 * 24))),
        idle_days: None,
        label: None,
        beside: false,
        ended: None,
        used_at: None,
        version: 1,
    }
}

/// A code that opens a link, and the code itself.
pub fn code(number: u64, link: &Link) -> (PlainCode, Code) {
    let random = SeededRandom::new(number ^ 0xc0de);
    let plain = PlainCode::from_random(&random_256(&random));
    let kept = Code {
        digest: plain.digest(),
        issuer: "https://renkei.example".to_owned(),
        client: link.client.clone(),
        link: link.id,
        consent: ConsentId::new(START, &random),
        family: FamilyId::new(START, &random),
        redirect_uri: "https://app.example/callback".to_owned(),
        redirect_uri_given: true,
        challenge: challenge(),
        scopes: link.scopes.clone(),
        expires_at: START.plus(std::time::Duration::from_mins(1)),
        redeemed_at: None,
    };
    (plain, kept)
}

/// The family of a code.
pub fn family(code: &Code, link: &Link) -> Family {
    Family {
        id: code.family,
        link: link.id,
        tenant: link.tenant.clone(),
        client: link.client.clone(),
        issuer: code.issuer.clone(),
        opened_at: START,
        revoked_at: None,
    }
}

/// A visit of a customer that began at the instant of all samples.
pub fn visit(number: u64) -> Visit {
    Visit {
        digest: format!("visit-{number}"),
        tenant: tenant(),
        customer: customer(number),
        name: "someone".to_owned(),
        credential_version: "1".to_owned(),
        begun_at: START,
        lapses_at: Visit::lapse(START, START),
    }
}

/// The record of a client.
pub fn record(id: &ClientId) -> ClientRecord {
    ClientRecord {
        client: Client {
            id: id.clone(),
            profile: ClientProfile::PlainConfidential,
            secret_digests: Vec::new(),
            redirect_uris: Vec::new(),
            scopes: request().scopes,
            disabled: false,
        },
        card: ClientCard {
            service: format!("service of {id}"),
            ..ClientCard::default()
        },
    }
}

/// A consent that a link rests on.
pub fn consent(number: u64, link: &Link) -> Consent {
    Consent {
        id: ConsentId::new(link.renewed_at, &SeededRandom::new(number)),
        link: link.id,
        tenant: link.tenant.clone(),
        client: link.client.clone(),
        customer: link.customer.clone(),
        journey: JourneyId::new(link.renewed_at, &SeededRandom::new(number)),
        at: link.renewed_at,
        receipt: Receipt {
            language: Language::Japanese,
            client: ClientCard::default(),
            scopes: link.scopes.clone(),
            accounts: Vec::new(),
            until: link.expires_at,
            idle_days: link.idle_days,
            proofs: serde_json::json!({}),
            plan: "plan".to_owned(),
            words: BTreeMap::new(),
        },
    }
}

/// A mail, due at once.
pub fn mail(number: u64) -> Mail {
    Mail {
        id: MailId::new(START, &SeededRandom::new(number)),
        tenant: tenant(),
        to: "someone@example.jp".to_owned(),
        occasion: Occasion::LinkCreated,
        args: BTreeMap::new(),
        queued_at: START,
        code: None,
        tries: 0,
    }
}

/// A commit of these changes, with one event.
pub fn commit(changes: Vec<renkei_core::commit::Change>) -> Commit {
    let event = renkei_core::audit::Event {
        at: START,
        tenant: Some(tenant()),
        journey: None,
        name: "sample".to_owned(),
        detail: serde_json::json!({ "changes": changes.len() }),
    };
    Commit {
        changes,
        events: vec![event],
    }
}

fn challenge() -> CodeChallenge {
    CodeChallenge::parse("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM").unwrap()
}
