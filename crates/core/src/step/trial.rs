//! A small world for the unit tests of kinds: one customer with three accounts, at a bank whose
//! answers a test sets.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use async_trait::async_trait;
use renkei_oauth::client::ClientId;
use renkei_oauth::scope::{Scope, Scopes};

use super::kinds::Kind;
use super::{Context, Entry, Step, Submission};
use crate::account::{Account, AccountId, AccountType, Balance, CustomerId, Period};
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
use crate::port::{
    Approval, ApprovalRequest, Bank, Challenge, Factor, FactorAnswer, HeldLink, Hurdle,
    Identifiers, LoginVerdict, PasskeyRequest, PinVerdict, Records, Registration, ServiceStanding,
    Standing, TransactionPage,
};
use crate::seal::Keyring;
use crate::secret::{Password, Pin};
use crate::tenant::{LifeSpans, Limits, Plans, Tenant, TenantId};
use crate::text::{Bilingual, Problem};

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

/// A bank whose answers a test sets.
#[derive(Default)]
pub(super) struct TrialBank(Mutex<Books>);

#[derive(Default)]
struct Books {
    hurdles: BTreeSet<Hurdle>,
    factors: BTreeSet<Factor>,
    challenges: u32,
    asked: Vec<(String, ApprovalRequest)>,
    approval: Option<Approval>,
    registered: Vec<String>,
    held: BTreeMap<AccountId, i64>,
}

impl TrialBank {
    fn books(&self) -> MutexGuard<'_, Books> {
        self.0.lock().unwrap()
    }

    pub(super) fn put(&self, hurdle: Hurdle) {
        self.books().hurdles.insert(hurdle);
    }

    pub(super) fn take(&self, hurdle: Hurdle) {
        self.books().hurdles.remove(&hurdle);
    }

    /// Sets what an account holds.
    pub(super) fn hold(&self, account: &str, yen: i64) {
        self.books().held.insert(AccountId::new(account), yen);
    }

    pub(super) fn give(&self, factor: Factor) {
        self.books().factors.insert(factor);
    }

    pub(super) fn answer(&self, approval: Approval) {
        self.books().approval = Some(approval);
    }

    pub(super) fn asked(&self) -> Vec<(String, ApprovalRequest)> {
        self.books().asked.clone()
    }

    pub(super) fn registered(&self) -> Vec<String> {
        self.books().registered.clone()
    }
}

#[async_trait]
impl Bank for TrialBank {
    async fn verify_login(&self, _: &Identifiers, _: &Password) -> Result<LoginVerdict, Fault> {
        Ok(LoginVerdict::Wrong)
    }

    async fn spend_verification(&self, _: &Password) -> Result<(), Fault> {
        Ok(())
    }

    async fn find_mail(&self, _: &Identifiers) -> Result<Option<String>, Fault> {
        Ok(None)
    }

    async fn challenge(&self, _: &CustomerId, factor: Factor) -> Result<Option<Challenge>, Fault> {
        let mut books = self.books();
        let has = books.factors.contains(&factor);
        books.challenges += 1;
        let state = format!("state {}", books.challenges);
        Ok(has.then(|| match factor {
            Factor::Passkey => Challenge::Passkey(PasskeyRequest {
                options: format!("options for {state}"),
                state,
            }),
            Factor::SecurityQuestion => Challenge::Question("出身地は？".to_owned()),
            Factor::MatrixCard
            | Factor::OneTimePassword
            | Factor::TransactionPassword
            | Factor::UserNumber => Challenge::OneTimePassword,
        }))
    }

    async fn verify(&self, _: &CustomerId, answer: &FactorAnswer) -> Result<bool, Fault> {
        Ok(match answer {
            FactorAnswer::Passkey { state, answer } => *answer == format!("right for {state}"),
            FactorAnswer::MatrixCard(_)
            | FactorAnswer::OneTimePassword(_)
            | FactorAnswer::Question(_)
            | FactorAnswer::TransactionPassword(_)
            | FactorAnswer::UserNumber(_) => false,
        })
    }

    async fn new_passkey(&self, _: &CustomerId) -> Result<Option<PasskeyRequest>, Fault> {
        Ok(Some(PasskeyRequest {
            options: "options".to_owned(),
            state: "new".to_owned(),
        }))
    }

    async fn register(&self, _: &CustomerId, registration: &Registration) -> Result<bool, Fault> {
        let told = match registration {
            Registration::Question { question, .. } => format!("question {question}"),
            Registration::Token { code, .. } if code.expose() == "123456" => "token".to_owned(),
            Registration::Passkey { state, answer } if *answer == format!("right for {state}") => {
                "passkey".to_owned()
            }
            Registration::Passkey { .. } | Registration::Token { .. } => return Ok(false),
        };
        self.books().registered.push(told);
        Ok(true)
    }

    async fn request_approval(
        &self,
        _: &CustomerId,
        key: &str,
        request: &ApprovalRequest,
    ) -> Result<(), Fault> {
        self.books().asked.push((key.to_owned(), request.clone()));
        Ok(())
    }

    async fn approval(&self, _: &CustomerId, _: &str) -> Result<Approval, Fault> {
        Ok(self.books().approval.unwrap_or(Approval::Waiting))
    }

    async fn clear_hurdle(&self, _: &CustomerId, hurdle: Hurdle) -> Result<(), Fault> {
        self.take(hurdle);
        Ok(())
    }

    async fn services(&self, _: &CustomerId) -> Result<BTreeMap<Scope, ServiceStanding>, Fault> {
        Ok(BTreeMap::new())
    }

    async fn accounts(&self, _: &CustomerId) -> Result<Vec<Account>, Fault> {
        let account = |id: &str, kind, primary| Account {
            id: AccountId::new(id),
            branch_code: "001".to_owned(),
            branch_name: "本店".to_owned(),
            kind,
            number: "1234567".to_owned(),
            memo: None,
            holder: "みやがわ 一郎".to_owned(),
            holder_kana: "ﾐﾔｶﾞﾜ ｲﾁﾛｳ".to_owned(),
            primary,
        };
        Ok(vec![
            account("acc_1", AccountType::Ordinary, true),
            account("acc_2", AccountType::Current, false),
            account("acc_3", AccountType::Savings, false),
        ])
    }

    async fn verify_inquiry_pin(
        &self,
        _: &CustomerId,
        _: &AccountId,
        _: &Pin,
    ) -> Result<PinVerdict, Fault> {
        Ok(PinVerdict::Wrong)
    }

    async fn standing(&self, _: &CustomerId) -> Result<Option<Standing>, Fault> {
        Ok(Some(Standing {
            phone: Some("***-****-0001".to_owned()),
            hurdles: self.books().hurdles.clone(),
            ..Standing::default()
        }))
    }

    async fn payable_accounts(&self, customer: &CustomerId) -> Result<Vec<Account>, Fault> {
        let mut accounts = self.accounts(customer).await?;
        accounts.retain(|account| account.kind != AccountType::Savings);
        Ok(accounts)
    }

    async fn balance(&self, _: &CustomerId, id: &AccountId) -> Result<Option<Balance>, Fault> {
        let held = self.books().held.get(id).copied();
        Ok(held.map(|yen| Balance {
            balance_yen: yen,
            withdrawable_yen: yen,
        }))
    }

    async fn transactions(
        &self,
        _: &CustomerId,
        _: &AccountId,
        _: Period,
        _: Option<i64>,
        _: usize,
    ) -> Result<Option<TransactionPage>, Fault> {
        Ok(None)
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
