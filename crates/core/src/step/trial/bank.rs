//! A bank whose answers a test sets.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard};

use async_trait::async_trait;
use renkei_oauth::scope::Scope;

use crate::account::{Account, AccountId, AccountType, Balance, CustomerId, Period};
use crate::fault::Fault;
use crate::port::{
    Approval, ApprovalRequest, Bank, Challenge, Factor, FactorAnswer, Hurdle, Identifiers,
    LoginVerdict, PasskeyRequest, PinVerdict, Registration, ServiceStanding, Standing,
    TransactionPage,
};
use crate::secret::{Password, Pin};

/// The bank.
#[derive(Default)]
pub(crate) struct TrialBank(Mutex<Books>);

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

    pub(crate) fn put(&self, hurdle: Hurdle) {
        self.books().hurdles.insert(hurdle);
    }

    pub(crate) fn take(&self, hurdle: Hurdle) {
        self.books().hurdles.remove(&hurdle);
    }

    /// Sets what an account holds.
    pub(crate) fn hold(&self, account: &str, yen: i64) {
        self.books().held.insert(AccountId::new(account), yen);
    }

    pub(crate) fn give(&self, factor: Factor) {
        self.books().factors.insert(factor);
    }

    pub(crate) fn answer(&self, approval: Approval) {
        self.books().approval = Some(approval);
    }

    pub(crate) fn asked(&self) -> Vec<(String, ApprovalRequest)> {
        self.books().asked.clone()
    }

    pub(crate) fn registered(&self) -> Vec<String> {
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

    async fn send_text(&self, _: &CustomerId, _: &str, _: &str) -> Result<(), Fault> {
        Ok(())
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
