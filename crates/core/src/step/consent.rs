//! 情報アクセス許可: what, for whom, which accounts, until when; and the customer's yes.
//!
//! Source: Hidashin manual 手順6: select 許可手続きを継続する, then 許可. The last step of every plan.

use async_trait::async_trait;
use renkei_oauth::scope::Scopes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Arrival, Context, Entry, Kept, Outcome, Role, Sample, SampleWorld, Step, Submission, When,
    identified,
};
use crate::account::Account;
use crate::fact::{Consented, Facts};
use crate::fault::Fault;
use crate::form::FormData;
use crate::instant::Timestamp;
use crate::refusal::Refusal;
use crate::text::{Message, Problem};

/// The consent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Consent {
    /// When the step is walked.
    pub when: When,
    /// The screen's number as the manual prints it; shown, never used as a key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub screen_id: Option<String>,
    /// How the customer says yes.
    pub gate: Gate,
}

/// What stands before the button that consents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Gate {
    /// An option to be selected (意思確認: 許可手続きを継続する).
    #[default]
    Option,
    /// Nothing but the button.
    Button,
}

/// What the page promised: it is this that the customer consents to.
#[derive(Debug, Serialize, Deserialize)]
pub struct Memory {
    scopes: Scopes,
    accounts: Vec<Account>,
    days: u32,
    until: Timestamp,
}

/// The page.
#[derive(Debug, Serialize)]
pub struct View {
    screen_id: Option<String>,
    customer: String,
    scopes: Vec<String>,
    accounts: Vec<AccountView>,
    days: u32,
    until: Until,
    gate: Gate,
}

#[derive(Debug, Serialize)]
struct AccountView {
    account_id: String,
    #[serde(flatten)]
    account: Account,
}

/// The end of the period, as Japanese day and time of day.
#[derive(Debug, Serialize)]
struct Until {
    date: String,
    time: String,
}

#[async_trait]
impl Step for Consent {
    const KIND: &'static str = "consent";
    const ROLE: Role = Role::Consents;
    type Memory = Memory;
    type View = View;

    fn when(&self) -> &When {
        &self.when
    }

    async fn enter(&self, cx: &Context<'_>) -> Result<Arrival<Memory>, Fault> {
        let who = identified(cx)?;
        let accounts = match &cx.facts.accounts {
            Some(accounts) => accounts.clone(),
            None => cx.bank.accounts(&who.customer).await?,
        };
        if accounts.is_empty() {
            return Ok(Entry::Refused(Refusal::NoAccounts).into());
        }
        let requested = cx
            .facts
            .client
            .as_ref()
            .map(|client| client.requested.clone());
        let scopes = cx.facts.chosen.clone().or(requested).unwrap_or_default();
        Ok(Entry::Ask(Memory {
            scopes,
            accounts,
            days: cx.tenant.life.link_days,
            until: cx.now.plus(cx.tenant.life.link()),
        })
        .into())
    }

    fn present(&self, facts: &Facts, memory: &Memory, _: &[Problem], _: &Kept) -> View {
        let time = memory.until.japan_time();
        View {
            screen_id: self.screen_id.clone(),
            customer: facts
                .identified
                .as_ref()
                .map(|who| who.name.clone())
                .unwrap_or_default(),
            scopes: memory.scopes.iter().map(ToString::to_string).collect(),
            accounts: memory
                .accounts
                .iter()
                .map(|account| AccountView {
                    account_id: account.id.to_string(),
                    account: account.clone(),
                })
                .collect(),
            days: memory.days,
            until: Until {
                date: memory.until.japan_date().to_string(),
                time: format!("{:02}:{:02}", time.hour(), time.minute()),
            },
            gate: self.gate,
        }
    }

    async fn submit(
        &self,
        cx: &Context<'_>,
        memory: Memory,
        form: &FormData,
    ) -> Result<Submission<Memory>, Fault> {
        if self.gate == Gate::Option && form.one(AGREE) != Some("continue") {
            let problems = vec![Problem::at(AGREE, Message::new("error-agree-missing"))];
            return Ok(Outcome::Again {
                memory,
                problems,
                kept: Vec::new(),
            }
            .into());
        }
        let consented = Some(Consented {
            at: cx.now,
            until: memory.until,
            scopes: memory.scopes,
            accounts: memory.accounts,
        });
        Ok(Outcome::Passed(Box::new(Facts {
            consented,
            ..cx.facts.clone()
        }))
        .into())
    }

    fn samples(&self, world: &SampleWorld) -> Vec<Sample<Memory>> {
        let days = std::time::Duration::from_secs(u64::from(world.link_days) * 24 * 3600);
        let memory = |accounts: Vec<Account>| Memory {
            scopes: world.scopes.clone(),
            accounts,
            days: world.link_days,
            until: world.now.plus(days),
        };
        let mut all = vec![
            Sample::new("first", world, memory(world.accounts.clone())),
            Sample::new("many", world, memory(world.many_accounts())),
        ];
        if self.gate == Gate::Option {
            let missing = Sample::new("missing", world, memory(world.accounts.clone()))
                .told_at(AGREE, Message::new("error-agree-missing"));
            all.insert(1, missing);
        }
        all
    }
}

const AGREE: &str = "agree";
