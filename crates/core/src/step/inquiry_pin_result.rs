//! 照会用暗証番号登録結果: how registration went, with two exits: 確定 goes on,
//! 照会用暗証番号の追加登録 goes back to register more.
//!
//! Source: Hidashin manual 手順5. A row may still be unregistered while 確定 is offered.

use std::collections::BTreeSet;

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::inquiry_pin::State;
use super::{
    Applies, Arrival, Context, Entry, Kept, Outcome, Role, Sample, SampleWorld, Step, Submission,
    When, identified,
};
use crate::account::{Account, AccountId};
use crate::fact::{Facts, PinRegistration};
use crate::fault::Fault;
use crate::form::FormData;
use crate::seal::Sealed;
use crate::text::{Message, Problem};

/// The result of inquiry-PIN registration.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct InquiryPinResult {
    /// When the step is walked.
    pub when: When,
    /// The screen's number as the manual prints it; shown, never used as a key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub screen_id: Option<String>,
}

/// What the step remembers.
#[derive(Debug, Serialize, Deserialize)]
pub struct Memory {
    accounts: Vec<Account>,
    registered: BTreeSet<AccountId>,
}

/// The page.
#[derive(Debug, Serialize)]
pub struct View {
    screen_id: Option<String>,
    rows: Vec<RowView>,
    /// Whether the customer may go on: there is at least one account to read.
    can_continue: bool,
}

#[derive(Debug, Serialize)]
struct RowView {
    account_id: AccountId,
    state: State,
    #[serde(flatten)]
    account: Account,
}

#[async_trait]
impl Step for InquiryPinResult {
    const KIND: &'static str = "inquiry_pin_result";
    const ROLE: Role = Role::Serves;
    type Memory = Memory;
    type View = View;

    fn when(&self) -> &When {
        &self.when
    }

    fn applies(&self, facts: &Facts) -> Applies {
        match facts.pins {
            None => Applies::Open,
            Some(PinRegistration::NotNeeded) => Applies::No("every account is registered"),
            Some(PinRegistration::Visited { .. }) => Applies::Certainly,
        }
    }

    async fn enter(&self, cx: &Context<'_>) -> Result<Arrival<Memory>, Fault> {
        let who = identified(cx)?;
        let accounts = cx.bank.accounts(&who.customer).await?;
        let registered = cx
            .records
            .registered_pins(&cx.tenant.id, &who.customer)
            .await?;
        Ok(Entry::Ask(Memory {
            accounts,
            registered,
        })
        .into())
    }

    fn present(&self, facts: &Facts, memory: &Memory, _: &[Problem], _: &Kept) -> View {
        let rows: Vec<RowView> = memory
            .accounts
            .iter()
            .map(|account| RowView {
                account_id: account.id.clone(),
                state: state(facts, memory, &account.id),
                account: account.clone(),
            })
            .collect();
        View {
            screen_id: self.screen_id.clone(),
            rows,
            can_continue: has_readable(facts),
        }
    }

    async fn submit(
        &self,
        cx: &Context<'_>,
        memory: Memory,
        form: &FormData,
    ) -> Result<Submission<Memory>, Fault> {
        let facts = Box::new(cx.facts.clone());
        Ok(match form.one(ACTION) {
            Some("register_more") => Outcome::GoTo(super::inquiry_pin::InquiryPin::KIND, facts),
            Some("continue") | None if has_readable(cx.facts) => Outcome::Passed(facts),
            Some(_) | None => Outcome::Again {
                memory,
                problems: vec![Problem::of_page(Message::new("error-account-missing"))],
                kept: Vec::new(),
            },
        }
        .into())
    }

    fn samples(&self, world: &SampleWorld) -> Vec<Sample<Memory>> {
        let memory = |from: usize| Memory {
            accounts: world.accounts.clone(),
            registered: (from..world.accounts.len())
                .map(|index| world.account_id(index))
                .collect(),
        };
        let staged = (world.account_id(0), Sealed::from_stored(String::new()));
        let mut first = Sample::new("first", world, memory(2));
        first.facts.accounts = Some(world.accounts.clone());
        first.facts.pins = Some(PinRegistration::Visited {
            staged: [staged].into(),
            pending: [world.account_id(1)].into(),
        });
        let none = Sample::new("missing", world, memory(usize::MAX))
            .told(Message::new("error-account-missing"));
        vec![first, none]
    }
}

fn has_readable(facts: &Facts) -> bool {
    facts
        .accounts
        .as_ref()
        .is_some_and(|accounts| !accounts.is_empty())
}

fn state(facts: &Facts, memory: &Memory, id: &AccountId) -> State {
    if memory.registered.contains(id) {
        return State::Registered;
    }
    match &facts.pins {
        Some(PinRegistration::Visited { staged, .. }) if staged.contains_key(id) => State::Staged,
        Some(PinRegistration::Visited { pending, .. }) if pending.contains(id) => State::Pending,
        Some(PinRegistration::Visited { .. } | PinRegistration::NotNeeded) | None => {
            State::Unregistered
        }
    }
}

const ACTION: &str = "action";
