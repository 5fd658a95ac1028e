//! 情報アクセス許可: what, for whom, which accounts, until when; and the customer's yes.
//!
//! Source: Hidashin manual 手順6: select 許可手続きを継続する, then 許可. The last step of every plan.

use async_trait::async_trait;
use renkei_oauth::scope::Scopes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Arrival, Context, Entry, Kept, Outcome, Role, Step, Submission, When, identified};
use crate::account::Account;
use crate::consent::superseded;
use crate::fact::{Consented, Facts, Identified};
use crate::fault::Fault;
use crate::form::FormData;
use crate::id::LinkId;
use crate::instant::Timestamp;
use crate::port::HeldLink;
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
    #[serde(default)]
    days: Option<u32>,
    #[serde(default)]
    until: Option<Timestamp>,
    #[serde(default)]
    idle_days: Option<u32>,
    #[serde(default)]
    supersedes: Vec<Superseded>,
}

/// A link that the consent ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Superseded {
    link: LinkId,
    app: String,
    /// The Japanese day it was first given.
    since: String,
}

/// The page.
#[derive(Debug, Serialize)]
pub struct View {
    screen_id: Option<String>,
    customer: String,
    scopes: Vec<String>,
    accounts: Vec<AccountView>,
    days: Option<u32>,
    until: Option<Until>,
    idle_days: Option<u32>,
    supersedes: Vec<Superseded>,
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
            until: cx.tenant.life.link().map(|span| cx.now.plus(span)),
            idle_days: cx.tenant.life.idle_days,
            supersedes: supersedes(cx, who).await?,
        })
        .into())
    }

    fn present(&self, facts: &Facts, memory: &Memory, _: &[Problem], _: &Kept) -> View {
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
            until: memory.until.map(|until| Until {
                date: until.japan_date().to_string(),
                time: until.japan_clock(),
            }),
            idle_days: memory.idle_days,
            supersedes: memory.supersedes.clone(),
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
        let supersedes = supersedes(cx, identified(cx)?).await?;
        if supersedes
            .iter()
            .any(|other| !memory.supersedes.contains(other))
        {
            // A link came in the meantime: nobody loses one without having been told before.
            let problems = vec![Problem::of_page(Message::new("error-supersedes"))];
            return Ok(Outcome::Again {
                memory: Memory {
                    supersedes,
                    ..memory
                },
                problems,
                kept: Vec::new(),
            }
            .into());
        }
        let consented = Some(Consented {
            at: cx.now,
            until: memory.until,
            idle_days: memory.idle_days,
            supersedes: memory.supersedes.iter().map(|other| other.link).collect(),
            scopes: memory.scopes,
            accounts: memory.accounts,
        });
        Ok(Outcome::Passed(Box::new(Facts {
            consented,
            ..cx.facts.clone()
        }))
        .into())
    }
}

/// The links that the consent would end now.
async fn supersedes(cx: &Context<'_>, who: &Identified) -> Result<Vec<Superseded>, Fault> {
    let Some(client) = &cx.facts.client else {
        return Ok(Vec::new());
    };
    let held = cx.records.links_of(&cx.tenant.id, &who.customer).await?;
    let policy = cx.tenant.policy_for(&client.id);
    let told = |held: &HeldLink| Superseded {
        link: held.link.id,
        app: held.link.called(&held.card.service),
        since: held.link.created_at.japan_date().to_string(),
    };
    let ending = superseded(cx.now, policy, &client.id, &held);
    Ok(ending.into_iter().map(told).collect())
}

const AGREE: &str = "agree";
