//! 情報アクセス許可: what, for whom, which accounts, until when; and the customer's yes.
//!
//! Source: Hidashin manual 手順6: select 許可手続きを継続する, then 許可; Mizuho manual 2: the services
//! with 利用権限, the period, 確認しました, then 許可する. The last step of every plan.

mod period;
mod privilege;

use async_trait::async_trait;
use renkei_oauth::scope::Scopes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use self::period::{Choice, ChoiceView, Until};
use self::privilege::{Row, RowView};
use super::{
    Arrival, Context, Entry, Kept, Outcome, Role, Sample, SampleWorld, Step, Submission, When,
    identified,
};
use crate::account::Account;
use crate::consent::superseded;
use crate::fact::{Consented, Facts, Identified};
use crate::fault::Fault;
use crate::form::FormData;
use crate::id::LinkId;
use crate::instant::Timestamp;
use crate::port::HeldLink;
use crate::port::fixed::SeededRandom;
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
    /// Whether the page has a table of the services with the customer's 利用権限 (対象サービス).
    pub privileges: bool,
    /// What the bank's own screen prints of the consent besides, in its order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<PrintedRow>,
    /// The periods in days the customer may choose from, each 1 to 3650; none when the bank's
    /// `life.link_days` is the period of everybody.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub durations: Vec<u32>,
    /// The period that is selected beforehand; none is when it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_duration: Option<u32>,
}

/// A row of the bank's own screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PrintedRow {
    /// 認可期間, 許可期間.
    Period,
    /// 認可対象.
    Scopes,
}

/// What stands before the button that consents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Gate {
    /// An option to be selected (意思確認: 許可手続きを継続する); pressing the button too early tells
    /// what is missing.
    #[default]
    Option,
    /// The same, as a radio button.
    Radio,
    /// A box to be ticked; the button is pale until it is.
    Checkbox,
    /// A box to be ticked (確認しました); the button appears when it is.
    Reveal,
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
    #[serde(default)]
    durations: Vec<Choice>,
    #[serde(default)]
    privileges: Option<Vec<Row>>,
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
    /// The period; none while the customer is to choose it, or when there is none.
    days: Option<u32>,
    until: Option<Until>,
    idle_days: Option<u32>,
    durations: Vec<ChoiceView>,
    supersedes: Vec<Superseded>,
    privileges: Option<Vec<RowView>>,
    rows: Vec<PrintedRow>,
    gate: Gate,
    agreed: bool,
}

#[derive(Debug, Serialize)]
struct AccountView {
    account_id: String,
    #[serde(flatten)]
    account: Account,
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
        let privileges = if self.privileges {
            Some(privilege::rows(
                &scopes,
                &cx.bank.privileges(&who.customer).await?,
            ))
        } else {
            None
        };
        Ok(Entry::Ask(Memory {
            scopes,
            accounts,
            days: cx.tenant.life.link_days,
            until: cx.tenant.life.link().map(|span| cx.now.plus(span)),
            idle_days: cx.tenant.life.idle_days,
            supersedes: supersedes(cx, who).await?,
            durations: self.choices(cx.now),
            privileges,
        })
        .into())
    }

    fn present(&self, facts: &Facts, memory: &Memory, _: &[Problem], kept: &Kept) -> View {
        let is_fixed = memory.durations.is_empty();
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
            days: memory.days.filter(|_| is_fixed),
            until: memory.until.filter(|_| is_fixed).map(Until::of),
            idle_days: memory.idle_days,
            durations: self.shown(&memory.durations, kept),
            supersedes: memory.supersedes.clone(),
            privileges: memory
                .privileges
                .as_ref()
                .map(|rows| rows.iter().map(RowView::from).collect()),
            rows: self.rows.clone(),
            gate: self.gate,
            agreed: kept.contains_key(AGREE),
        }
    }

    async fn submit(
        &self,
        cx: &Context<'_>,
        memory: Memory,
        form: &FormData,
    ) -> Result<Submission<Memory>, Fault> {
        let agreed = form.one(AGREE) == Some("continue");
        let chosen = period::chosen(&memory.durations, form);
        let mut problems = Vec::new();
        if !agreed && self.gate != Gate::Button {
            problems.push(Problem::at(AGREE, Message::new("error-agree-missing")));
        }
        if chosen.is_none() && !memory.durations.is_empty() {
            problems.push(Problem::at(DAYS, Message::new("error-days-missing")));
        }
        if !problems.is_empty() {
            let tick = agreed.then(|| (AGREE.to_owned(), "continue".to_owned()));
            let days = chosen.map(|choice| (DAYS.to_owned(), choice.days.to_string()));
            return Ok(Outcome::Again {
                memory,
                problems,
                kept: tick.into_iter().chain(days).collect(),
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
        let (days, until) = match chosen {
            Some(choice) => (Some(choice.days), Some(choice.until)),
            None => (None, memory.until),
        };
        let consented = Some(Consented {
            at: cx.now,
            until,
            idle_days: memory.idle_days,
            supersedes: memory.supersedes.iter().map(|other| other.link).collect(),
            scopes: memory.scopes,
            accounts: memory.accounts,
        });
        Ok(Outcome::Passed(Box::new(Facts {
            days,
            consented,
            ..cx.facts.clone()
        }))
        .into())
    }

    fn samples(&self, world: &SampleWorld) -> Vec<Sample<Memory>> {
        let day = |days: u32| std::time::Duration::from_secs(u64::from(days) * 24 * 3600);
        let memory = |accounts: Vec<Account>| Memory {
            scopes: world.scopes.clone(),
            accounts,
            days: world.link_days,
            until: world.link_days.map(|days| world.now.plus(day(days))),
            idle_days: world.idle_days,
            supersedes: Vec::new(),
            durations: self.choices(world.now),
            privileges: self.sample_privileges(world),
        };
        let mut all = vec![
            Sample::new("first", world, memory(world.accounts.clone())),
            Sample::new("many", world, memory(world.many_accounts())),
        ];
        if world.one_link_in_all {
            let mut ending = memory(world.accounts.clone());
            ending.supersedes.push(Superseded {
                link: LinkId::new(world.now, &SeededRandom::new(1)),
                app: "ひかり家計簿".to_owned(),
                since: world.now.japan_date().to_string(),
            });
            all.push(Sample::new("supersedes", world, ending));
        }
        if self.gate != Gate::Button {
            let missing = Sample::new("missing", world, memory(world.accounts.clone()))
                .told_at(AGREE, Message::new("error-agree-missing"));
            all.insert(1, missing);
        }
        all
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
const DAYS: &str = "days";
