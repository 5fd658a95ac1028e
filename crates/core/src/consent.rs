//! The consent: one signed act by the customer that creates or renews a link, and everything that
//! comes with it in the same commit: the link, the receipt, the PINs, the code.

use std::collections::BTreeMap;

use renkei_oauth::client::ClientId;
use renkei_oauth::scope::Scopes;
use renkei_oauth::secret::PlainCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::account::{AccountId, CustomerId};
use crate::client::{ClientCard, ClientRecord};
use crate::commit::{
    Change, Code, CommitError, FamiliarSign, REGISTERED_PIN, RegisteredPin, SignKind,
};
use crate::fact::{Consented, Facts, Identified, PinRegistration, STAGED_PIN};
use crate::fault::Fault;
use crate::grant::ending;
use crate::id::{ConsentId, FamilyId, JourneyId, LinkId};
use crate::instant::Timestamp;
use crate::journey::engine::Engine;
use crate::journey::{Journey, LinkPurpose};
use crate::link::{End, Link, Policy};
use crate::port::{HeldLink, random_256};
use crate::seal::hex;
use crate::step::Note;
use crate::tenant::{CODE_LIVES_FOR, TenantId};
use crate::text::Language;

/// One consent as kept for good.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Consent {
    /// Its id.
    pub id: ConsentId,
    /// The link it created or renewed.
    pub link: LinkId,
    /// The bank.
    pub tenant: TenantId,
    /// The client.
    pub client: ClientId,
    /// The customer.
    pub customer: CustomerId,
    /// The journey it was given on.
    pub journey: JourneyId,
    /// When.
    pub at: Timestamp,
    /// What the customer was shown and said yes to.
    pub receipt: Receipt,
}

/// What the customer was shown and said yes to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Receipt {
    /// The language of the page.
    pub language: Language,
    /// Who asked, as the page named them.
    pub client: ClientCard,
    /// The services.
    pub scopes: Scopes,
    /// The accounts, as the page named them.
    pub accounts: Vec<crate::account::Account>,
    /// Until when; none when the page said that there is no end.
    pub until: Option<Timestamp>,
    /// After how many days without use it ends, when the page said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub idle_days: Option<u32>,
    /// How the customer was identified and proven.
    pub proofs: Value,
    /// Digest of the plan that was walked.
    pub plan: String,
    /// The page's own words, as they were that day; none on consents from before they were kept.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub words: BTreeMap<String, String>,
}

/// What a consent brings.
pub struct Conclusion {
    /// The writes.
    pub changes: Vec<Change>,
    /// For the audit record.
    pub notes: Vec<Note>,
    /// The link.
    pub link: LinkId,
    /// The consent.
    pub consent: ConsentId,
    /// The code for the client.
    pub code: PlainCode,
    /// Whether an existing link was renewed.
    pub renewed: bool,
    /// The app, as the customer knows the link of it.
    pub app: String,
    /// The links that this consent ends, by the same names.
    pub superseded: Vec<String>,
}

impl Conclusion {
    /// Decides what a consent brings. `held` are the links the customer has: one of them may be
    /// renewed, and others may end, as the bank's policy has it.
    ///
    /// # Errors
    /// [`CommitError::Lost`] when a link would end that the page did not name.
    pub fn decide(
        engine: &Engine<'_>,
        journey: &Journey,
        held: &[HeldLink],
    ) -> Result<Self, CommitError> {
        let facts = &journey.facts;
        let (Some(who), Some(given)) = (&facts.identified, &facts.consented) else {
            return Err(Fault::new("a journey concludes without a consent").into());
        };
        let (Some(client), Some(purpose)) = (engine.client, journey.link_purpose()) else {
            return Err(Fault::new("a consent without a client").into());
        };
        let policy = engine.tenant.policy_for(&client.client.id);
        let existing = policy.renewed(held.iter().map(|held| &held.link), &client.client.id);
        let renewed = existing.is_some();
        let superseded = superseded(engine.now, policy, &client.client.id, held);
        let is_named = |other: &&HeldLink| given.supersedes.contains(&other.link.id);
        if !superseded.iter().all(is_named) {
            // A link came this very moment: nobody loses one that the page did not name.
            return Err(CommitError::Lost);
        }
        let link = link_after(engine, client, who, given, existing.cloned(), policy)?;
        let consent = consent_of(engine, client, journey, who, given, &link)?;
        let code = PlainCode::from_random(&random_256(engine.random));
        let mut changes = Vec::new();
        if policy == Policy::OnePerUser {
            // A consent to another client at this very moment must not leave two.
            changes.push(unchanged(who, &link, held));
        }
        changes.extend([
            Change::LinkSaved(Box::new(link.clone())),
            Change::ConsentRecorded(Box::new(consent.clone())),
            Change::CodeIssued(Box::new(code_of(engine, purpose, &consent, &code))),
        ]);
        changes.extend(pins_of(engine, facts, who)?);
        changes.extend(signs_of(engine, facts, who));
        let mut notes = vec![Note {
            name: if renewed {
                "link.renewed"
            } else {
                "link.created"
            },
            detail: json!({
                "link": link.id, "consent": consent.id, "client": link.client,
                "scopes": link.scopes, "accounts": link.accounts, "expires_at": link.expires_at,
                "idle_days": link.idle_days,
            }),
        }];
        for other in &superseded {
            let (id, client) = (other.link.id, &other.link.client);
            let detail =
                json!({ "link": id, "client": client, "by": End::Superseded, "for": link.id });
            notes.push(Note {
                name: "link.ended",
                detail,
            });
            changes.extend(ending(other.link.clone(), End::Superseded, engine.now));
        }
        Ok(Self {
            changes,
            notes,
            app: link.called(&client.card.service),
            superseded: superseded
                .iter()
                .map(|other| other.link.called(&other.card.service))
                .collect(),
            link: link.id,
            consent: consent.id,
            code,
            renewed,
        })
    }
}

/// The links that end when a consent is given to this client: live ones, whose place it takes.
pub fn superseded<'a>(
    now: Timestamp,
    policy: Policy,
    client: &ClientId,
    held: &'a [HeldLink],
) -> Vec<&'a HeldLink> {
    let renewed = policy.renewed(held.iter().map(|held| &held.link), client);
    held.iter()
        .filter(|held| held.link.is_live(now) && policy.supersedes(&held.link, client))
        .filter(|held| renewed.is_none_or(|renewed| renewed.id != held.link.id))
        .collect()
}

fn unchanged(who: &Identified, link: &Link, held: &[HeldLink]) -> Change {
    let open = held.iter().filter(|held| held.link.ended.is_none());
    Change::LinksUnchanged {
        tenant: link.tenant.clone(),
        customer: who.customer.clone(),
        open: open.map(|held| held.link.id).collect(),
    }
}

fn link_after(
    engine: &Engine<'_>,
    client: &ClientRecord,
    who: &Identified,
    given: &Consented,
    existing: Option<Link>,
    policy: Policy,
) -> Result<Link, Fault> {
    let client = client.client.id.clone();
    let (id, created_at, subject, label, version) = if let Some(link) = existing {
        let version = link.version + 1;
        (link.id, link.created_at, link.subject, link.label, version)
    } else {
        let subject = pairwise_subject(engine, &client, who)?;
        let id = LinkId::new(engine.now, engine.random);
        (id, engine.now, subject, None, 1)
    };
    Ok(Link {
        id,
        tenant: engine.tenant.id.clone(),
        client,
        customer: who.customer.clone(),
        subject,
        label,
        beside: policy == Policy::Many,
        idle_days: given.idle_days,
        used_at: None,
        scopes: given.scopes.clone(),
        accounts: given
            .accounts
            .iter()
            .map(|account| account.id.clone())
            .collect::<Vec<AccountId>>(),
        credential_version: who.credential_version.clone(),
        created_at,
        renewed_at: engine.now,
        expires_at: given.until,
        ended: None,
        version,
    })
}

/// `sub`: the same for one customer, bank and client, and unlinkable between two clients or banks.
fn pairwise_subject(
    engine: &Engine<'_>,
    client: &ClientId,
    who: &Identified,
) -> Result<String, Fault> {
    let parts = [
        engine.tenant.id.as_str(),
        client.as_str(),
        who.customer.as_str(),
    ];
    let parts = parts.map(str::as_bytes);
    let digest = engine.keyring.digest("oauth.pairwise_subject", &parts)?;
    Ok(format!("sub_{}", hex(&digest)))
}

fn consent_of(
    engine: &Engine<'_>,
    client: &ClientRecord,
    journey: &Journey,
    who: &Identified,
    given: &Consented,
    link: &Link,
) -> Result<Consent, Fault> {
    let words = engine.wording.of_consent(journey.language, given, who)?;
    Ok(Consent {
        id: ConsentId::new(engine.now, engine.random),
        link: link.id,
        tenant: link.tenant.clone(),
        client: link.client.clone(),
        customer: who.customer.clone(),
        journey: journey.id,
        at: given.at,
        receipt: Receipt {
            language: journey.language,
            client: client.card.clone(),
            scopes: given.scopes.clone(),
            accounts: given.accounts.clone(),
            until: given.until,
            idle_days: given.idle_days,
            proofs: proofs_of(&journey.facts, who),
            plan: journey.plan.clone(),
            words,
        },
    })
}

/// How the customer was identified and proven, for a receipt.
pub(crate) fn proofs_of(facts: &Facts, who: &Identified) -> Value {
    json!({
        "identified_at": who.at, "proofs": facts.proofs, "risk": facts.risk,
        "certificate": facts.certificate, "agreed": facts.agreed,
    })
}

fn code_of(
    engine: &Engine<'_>,
    purpose: &LinkPurpose,
    consent: &Consent,
    code: &PlainCode,
) -> Code {
    Code {
        digest: code.digest(),
        issuer: purpose.issuer.clone(),
        client: consent.client.clone(),
        link: consent.link,
        consent: consent.id,
        family: FamilyId::new(engine.now, engine.random),
        redirect_uri: purpose.request.redirect_uri.clone(),
        redirect_uri_given: purpose.request.redirect_uri_given,
        challenge: purpose.request.code_challenge.clone(),
        scopes: consent.receipt.scopes.clone(),
        expires_at: engine.now.plus(CODE_LIVES_FOR),
        redeemed_at: None,
    }
}

/// Staged PINs take effect now, resealed for their lasting purpose.
fn pins_of(engine: &Engine<'_>, facts: &Facts, who: &Identified) -> Result<Vec<Change>, Fault> {
    let Some(PinRegistration::Visited { staged, .. }) = &facts.pins else {
        return Ok(Vec::new());
    };
    staged
        .iter()
        .map(|(account, sealed)| {
            let pin = engine.keyring.open(STAGED_PIN, sealed)?;
            Ok(Change::InquiryPinRegistered(RegisteredPin {
                tenant: engine.tenant.id.clone(),
                customer: who.customer.clone(),
                account: account.clone(),
                pin: engine.keyring.seal(REGISTERED_PIN, &pin, engine.random)?,
                at: engine.now,
            }))
        })
        .collect()
}

/// From now on the customer is known by this device and network.
pub(crate) fn signs_of(engine: &Engine<'_>, facts: &Facts, who: &Identified) -> Vec<Change> {
    let device = facts
        .browser
        .device
        .clone()
        .map(|digest| (SignKind::Device, digest));
    let network = Some((SignKind::Network, facts.browser.network.clone()));
    [device, network]
        .into_iter()
        .flatten()
        .filter(|(_, digest)| !digest.is_empty())
        .map(|(kind, digest)| {
            Change::FamiliarSignSeen(FamiliarSign {
                tenant: engine.tenant.id.clone(),
                customer: who.customer.clone(),
                kind,
                digest,
                seen_at: engine.now,
            })
        })
        .collect()
}
