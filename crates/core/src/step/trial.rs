//! A small world for the unit tests of kinds: one customer with three accounts, at a bank whose
//! answers a test sets.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use renkei_oauth::client::ClientId;
use renkei_oauth::scope::Scopes;

use self::bank::TrialBank;
use super::kinds::Kind;
use super::{Context, Entry, Step, Submission};
use crate::account::{AccountId, CustomerId};
use crate::attempt::{AttemptKey, AttemptLimit, Claim};
use crate::commit::SignKind;
use crate::fact::{Facts, Identified};
use crate::fault::Fault;
use crate::form::FormData;
use crate::instant::Timestamp;
use crate::journey::plan::Plan;
use crate::link::{Link, Policy};
use crate::payment::{Bill, Fee, FeeKey, FeeState};
use crate::port::fixed::SeededRandom;
use crate::port::{Bank, HeldLink, Records};
use crate::seal::Keyring;
use crate::tenant::{LifeSpans, Limits, Plans, Tenant, TenantId};
use crate::text::{Bilingual, Problem};

mod bank;

/// The world.
pub(super) struct Trial {
    pub(super) bank: TrialBank,
    pub(super) arrival: String,
    now: Timestamp,
    facts: Facts,
    tenant: Tenant,
    pub(super) keyring: Keyring,
    random: SeededRandom,
    records: TrialRecords,
}

impl Trial {
    pub(super) fn new() -> Self {
        let now = Timestamp::from_millis(1_795_219_200_000);
        let mut key = [7; 32];
        key[0] = 1;
        let identified = Some(Identified {
            customer: CustomerId::new("one"),
            name: "みやがわ 一郎".to_owned(),
            credential_version: "1".to_owned(),
            mail: Some("one@example.jp".to_owned()),
            class: None,
            at: now,
            failures_before: 0,
        });
        Self {
            bank: TrialBank::default(),
            arrival: "arrival".to_owned(),
            now,
            facts: Facts {
                identified,
                ..Facts::default()
            },
            tenant: tenant(),
            keyring: Keyring::new("a", [("a".to_owned(), key)]).unwrap(),
            random: SeededRandom::new(1),
            records: TrialRecords::default(),
        }
    }

    /// Makes the journey one that pays a fee which waits.
    pub(super) fn pays(&mut self) {
        let bill = Bill::sample(self.now);
        self.records.2.lock().unwrap().replace(Fee {
            key: bill.fee.clone(),
            confirm_number: bill.confirm_number.clone(),
            total_fee_yen: bill.total_fee_yen,
            due: bill.due,
            state: FeeState::Waiting,
        });
        self.facts.bill = Some(Box::new(bill));
    }

    /// The bill it pays.
    pub(super) fn bill(&self) -> Bill {
        *self.facts.bill.clone().unwrap()
    }

    /// The customer has chosen the account of this id.
    pub(super) async fn choose(&mut self, id: &str) {
        let mut accounts = self.bank.accounts(&CustomerId::new("one")).await.unwrap();
        accounts.retain(|account| account.id.as_str() == id);
        self.facts.accounts = Some(accounts);
    }

    /// Sets where the fee stands.
    pub(super) fn fee_is(&self, state: FeeState) {
        self.records.2.lock().unwrap().as_mut().unwrap().state = state;
    }

    pub(super) fn tenant_id(&self) -> TenantId {
        self.tenant.id.clone()
    }

    pub(super) fn customer(&self) -> CustomerId {
        self.facts.identified.as_ref().unwrap().customer.clone()
    }

    pub(super) fn wait(&mut self, span: Duration) {
        self.now = self.now.plus(span);
    }

    fn cx(&self) -> Context<'_> {
        Context {
            now: self.now,
            random: &self.random,
            keyring: &self.keyring,
            tenant: &self.tenant,
            facts: &self.facts,
            bank: &self.bank,
            records: &self.records,
            language: crate::text::Language::Japanese,
            arrival: self.arrival.clone(),
        }
    }

    pub(super) async fn enter<S: Step>(&self, step: &S) -> Entry<S::Memory> {
        step.enter(&self.cx()).await.unwrap().entry
    }

    /// Arrives at a step that asks.
    pub(super) async fn ask<S: Step>(&self, step: &S) -> S::Memory {
        match self.enter(step).await {
            Entry::Ask(memory) => memory,
            Entry::Passed(_) | Entry::Refused(_) => panic!("{} does not ask", S::KIND),
        }
    }

    pub(super) async fn submit<S: Step>(
        &self,
        step: &S,
        memory: S::Memory,
        form: &FormData,
    ) -> Submission<S::Memory> {
        step.submit(&self.cx(), memory, form).await.unwrap()
    }

    pub(super) async fn poll<S: Step>(
        &self,
        step: &S,
        memory: &S::Memory,
    ) -> Option<Submission<S::Memory>> {
        let memory = serde_json::to_value(memory).unwrap();
        let memory = serde_json::from_value(memory).unwrap();
        step.poll(&self.cx(), memory).await.unwrap()
    }

    pub(super) fn revealed<S: Step>(&self, step: &S, memory: S::Memory) -> S::Memory {
        step.revealed(&self.keyring, memory).unwrap()
    }
}

/// A form of these controls.
pub(super) fn form(controls: &[(&str, &str)]) -> FormData {
    let pair = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    FormData::new(controls.iter().map(pair))
}

/// The key of the one problem.
pub(super) fn key(problems: &[Problem]) -> &str {
    match problems {
        [problem] => &problem.message.key,
        other => panic!("not one problem: {other:?}"),
    }
}

/// Counts attempts and remembers what was asked, nothing else.
#[derive(Default)]
struct TrialRecords(
    Mutex<BTreeMap<AttemptKey, u32>>,
    Mutex<BTreeMap<AttemptKey, String>>,
    Mutex<Option<Fee>>,
);

#[async_trait]
impl Records for TrialRecords {
    async fn claim_attempt(
        &self,
        key: &AttemptKey,
        limit: AttemptLimit,
        _: Timestamp,
    ) -> Result<Claim, Fault> {
        let mut counts = self.0.lock().unwrap();
        let count = counts.entry(key.clone()).or_default();
        if *count >= limit.attempts {
            return Ok(Claim::Locked);
        }
        *count += 1;
        Ok(Claim::Granted {
            left: limit.attempts - *count,
        })
    }

    async fn attempts(
        &self,
        key: &AttemptKey,
        limit: AttemptLimit,
        _: Timestamp,
    ) -> Result<(u32, bool), Fault> {
        let count = self.0.lock().unwrap().get(key).copied().unwrap_or(0);
        Ok((count, count >= limit.attempts))
    }

    async fn keep_challenge(
        &self,
        key: &AttemptKey,
        proposed: &str,
        unfit: Option<&str>,
        _: Timestamp,
    ) -> Result<String, Fault> {
        let mut kept = self.1.lock().unwrap();
        let kept = kept
            .entry(key.clone())
            .or_insert_with(|| proposed.to_owned());
        if Some(kept.as_str()) == unfit {
            proposed.clone_into(kept);
        }
        Ok(kept.clone())
    }

    async fn registered_pins(
        &self,
        _: &TenantId,
        _: &CustomerId,
    ) -> Result<BTreeSet<AccountId>, Fault> {
        Ok(BTreeSet::new())
    }

    async fn find_renewable_link(
        &self,
        _: &TenantId,
        _: &ClientId,
        _: &CustomerId,
    ) -> Result<Option<Link>, Fault> {
        Ok(None)
    }

    async fn links_of(&self, _: &TenantId, _: &CustomerId) -> Result<Vec<HeldLink>, Fault> {
        Ok(Vec::new())
    }

    async fn find_fee(&self, key: &FeeKey) -> Result<Option<Fee>, Fault> {
        let fee = self.2.lock().unwrap().clone();
        Ok(fee.filter(|fee| fee.key == *key))
    }

    async fn is_familiar(
        &self,
        _: &TenantId,
        _: &CustomerId,
        _: SignKind,
        _: &str,
    ) -> Result<bool, Fault> {
        Ok(false)
    }
}

fn tenant() -> Tenant {
    let kinds: Vec<Kind> = serde_json::from_str(
        r#"[{"login":{"identifiers":[{"id":"login_id","format":{"min":6,"max":12}}],"password":{"min":6,"max":12}}},{"consent":{}}]"#,
    )
    .unwrap();
    let links = Plan::of_links(Plan::proving(&kinds)).unwrap();
    let limit = AttemptLimit::default();
    Tenant {
        terms: BTreeMap::new(),
        id: TenantId::parse("trial").unwrap(),
        bank_code: "9990".to_owned(),
        name: Bilingual {
            ja: "ためし銀行".to_owned(),
            en: "Trial Bank".to_owned(),
        },
        life: LifeSpans::default(),
        limits: Limits {
            password: limit,
            question: limit,
            inquiry_pin: limit,
            one_time_password: limit,
            user_number: limit,
            matrix_card: limit,
            transaction_password: limit,
            passkey: limit,
            approval: limit,
            sending: limit,
        },
        scopes: Scopes::default(),
        clients: BTreeMap::new(),
        link_policy: Policy::default(),
        plans: Plans {
            link: Arc::new(Plan::of(kinds).unwrap()),
            links: Arc::new(links),
            payment: None,
        },
    }
}
