//! Samples: the states of a kind's page, for the preview and the page tests. A kind brings its own
//! ([`super::Step::samples`]), made of the memory it would have, so that a preview is made of what
//! `present` really gives under the tenant's own settings.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use renkei_oauth::client::ClientId;
use renkei_oauth::scope::Scopes;
use serde_json::Value;

use super::{Kept, Step};
use crate::account::{Account, AccountId, AccountType, CustomerId};
use crate::certificate::PresentedCertificate;
use crate::fact::{ClientFact, Facts, Identified};
use crate::instant::Timestamp;
use crate::link::Policy;
use crate::payment::Bill;
use crate::tenant::{ClientTerms, Tenant};
use crate::text::{Message, Problem};

/// One state of a kind's page.
#[derive(Debug)]
pub struct Sample<M> {
    /// Its name, lower case with hyphens; `first` is the page as it is met.
    pub state: &'static str,
    /// What is known by then.
    pub facts: Facts,
    /// What the step remembers.
    pub memory: M,
    /// What is to be mended.
    pub problems: Vec<Problem>,
    /// What was typed and is shown again.
    pub kept: Kept,
}

impl<M> Sample<M> {
    /// A page without problems.
    pub fn new(state: &'static str, world: &SampleWorld, memory: M) -> Self {
        Self {
            state,
            facts: world.facts.clone(),
            memory,
            problems: Vec::new(),
            kept: Kept::new(),
        }
    }

    /// Adds a problem of the page as a whole.
    #[must_use]
    pub fn told(mut self, message: Message) -> Self {
        self.problems.push(Problem::of_page(message));
        self
    }

    /// Adds a problem of one control.
    #[must_use]
    pub fn told_at(mut self, control: impl Into<String>, message: Message) -> Self {
        self.problems.push(Problem::at(control, message));
        self
    }

    /// Adds what was typed.
    #[must_use]
    pub fn keeping(mut self, control: &str, typed: &str) -> Self {
        self.kept.insert(control.to_owned(), typed.to_owned());
        self
    }

    /// What the step presents in this state.
    pub(super) fn shown<S: Step<Memory = M>>(self, step: &S) -> SampleView<S::View> {
        let view = step.present(&self.facts, &self.memory, &self.problems, &self.kept);
        SampleView {
            state: self.state,
            view,
            problems: self.problems,
        }
    }
}

/// One state of a step's page, as its template is given it.
#[derive(Debug)]
pub struct SampleView<V = Value> {
    /// Its name.
    pub state: &'static str,
    /// The view.
    pub view: V,
    /// What is to be mended.
    pub problems: Vec<Problem>,
}

/// The invented customer, accounts and moment that samples are made of.
#[derive(Clone)]
pub struct SampleWorld {
    /// The moment.
    pub now: Timestamp,
    /// What is known once the customer is identified, with the client that asks.
    pub facts: Facts,
    /// The customer's accounts; four at least.
    pub accounts: Vec<Account>,
    /// The services asked for.
    pub scopes: Scopes,
    /// How many days a link lives; none when it does not end by itself.
    pub link_days: Option<u32>,
    /// After how many days without use it ends; none when it does not.
    pub idle_days: Option<u32>,
    /// Whether a consent can end links with other clients.
    pub one_link_in_all: bool,
}

impl fmt::Debug for SampleWorld {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SampleWorld").finish_non_exhaustive()
    }
}

impl SampleWorld {
    /// The world of one bank: its services and its life spans, an invented customer.
    pub fn of(tenant: &Tenant) -> Self {
        Self {
            idle_days: tenant.life.idle_days,
            one_link_in_all: tenant.link_policy == Policy::OnePerUser
                || tenant
                    .clients
                    .keys()
                    .any(|client| tenant.policy_for(client) == Policy::OnePerUser),
            ..Self::new(tenant.scopes.clone(), tenant.life.link_days)
        }
    }

    /// A world in which these services are asked for.
    pub fn new(scopes: Scopes, link_days: Option<u32>) -> Self {
        let client = ClientId::parse("sample").ok().map(|id| ClientFact {
            id,
            terms: ClientTerms::default(),
            requested: scopes.clone(),
        });
        let identified = Some(Identified {
            customer: CustomerId::new("sample"),
            name: HOLDER.to_owned(),
            credential_version: String::new(),
            mail: None,
            class: None,
            at: MORNING,
            failures_before: 0,
        });
        Self {
            now: MORNING,
            facts: Facts {
                client,
                identified,
                ..Facts::default()
            },
            accounts: accounts(),
            scopes,
            link_days,
            idle_days: None,
            one_link_in_all: false,
        }
    }

    /// The same customer on the way to pay a bill, of which no client asks anything.
    #[must_use]
    pub fn paying(mut self) -> Self {
        self.facts.client = None;
        self.facts.bill = Some(Box::new(Bill::sample(self.now)));
        self
    }

    /// The id of the customer's account at this place, for samples that speak of one.
    pub fn account_id(&self, index: usize) -> AccountId {
        self.accounts
            .get(index)
            .map_or_else(|| AccountId::new("none"), |account| account.id.clone())
    }

    /// A certificate the customer might present.
    pub fn certificate(&self) -> PresentedCertificate {
        PresentedCertificate {
            fingerprint: String::new(),
            serial: "01".to_owned(),
            common_name: "sample01".to_owned(),
            organizational_units: Vec::new(),
            organization: None,
            subject_serial: None,
            identifiers: BTreeMap::new(),
            issuer: "Sample CA".to_owned(),
            not_after: self.now.plus(Duration::from_hours(365 * 24)),
        }
    }

    /// Three times as many accounts, for long pages.
    pub fn many_accounts(&self) -> Vec<Account> {
        let again = |round: usize| {
            self.accounts.iter().map(move |account| Account {
                id: AccountId::new(format!("{}-{round}", account.id)),
                ..account.clone()
            })
        };
        (0..3).flat_map(again).collect()
    }
}

fn accounts() -> Vec<Account> {
    let account =
        |id: &str, branch: (&str, &str), kind, number: &str, memo: Option<&str>| Account {
            id: AccountId::new(id),
            branch_code: branch.0.to_owned(),
            branch_name: branch.1.to_owned(),
            kind,
            number: number.to_owned(),
            memo: memo.map(str::to_owned),
            holder: HOLDER.to_owned(),
            holder_kana: "ﾕ)ﾐﾎﾝｼﾖｳｶｲ".to_owned(),
            primary: id == "a1",
        };
    vec![
        account(
            "a1",
            ("001", "本店営業部"),
            AccountType::Ordinary,
            "1000001",
            Some("メインの口座"),
        ),
        account(
            "a2",
            ("002", "駅前支店"),
            AccountType::Current,
            "1000002",
            None,
        ),
        account(
            "a3",
            ("002", "駅前支店"),
            AccountType::Savings,
            "1000003",
            None,
        ),
        account(
            "a4",
            ("101", "インターネット支店"),
            AccountType::Ordinary,
            "1000004",
            Some("十文字までの口座メモ"),
        ),
    ]
}

/// Nobody's name.
const HOLDER: &str = "有限会社 見本商会";
/// 2026-11-21, 10:32 in Japan.
const MORNING: Timestamp = Timestamp::from_millis(1_795_224_720_000);
