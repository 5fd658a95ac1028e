//! 認可業務選択: which of the services the client asked for it shall get. Nothing is preselected.
//!
//! Source: Hidashin manual 手順3, columns 認可対象 / 連携済 / 入会済/申請済; left out for clients that
//! are registered so.

use std::collections::BTreeSet;

use async_trait::async_trait;
use renkei_oauth::scope::{Scope, Scopes};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Applies, Arrival, Context, Entry, Kept, Outcome, Role, Sample, SampleWorld, Step, Submission,
    When, identified, linked,
};
use crate::fact::Facts;
use crate::fault::Fault;
use crate::form::FormData;
use crate::port::ServiceStanding;
use crate::text::{Message, Problem};

/// A choice among the services asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ServiceSelection {
    /// When the step is walked.
    pub when: When,
    /// The screen's number as the manual prints it; shown, never used as a key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub screen_id: Option<String>,
}

/// What the step remembers: the rows as the bank gave them on arrival.
#[derive(Debug, Serialize, Deserialize)]
pub struct Memory {
    rows: Vec<Row>,
    selected: BTreeSet<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Row {
    scope: String,
    linked: bool,
    standing: ServiceStanding,
}

/// The page.
#[derive(Debug, Serialize)]
pub struct View {
    screen_id: Option<String>,
    rows: Vec<RowView>,
}

#[derive(Debug, Serialize)]
struct RowView {
    #[serde(flatten)]
    row: Row,
    selected: bool,
}

#[async_trait]
impl Step for ServiceSelection {
    const KIND: &'static str = "service_selection";
    const ROLE: Role = Role::Serves;
    type Memory = Memory;
    type View = View;

    fn when(&self) -> &When {
        &self.when
    }

    fn applies(&self, facts: &Facts) -> Applies {
        match &facts.client {
            None => Applies::No("the journey has no client"),
            Some(client) if client.terms.skip_service_selection => {
                Applies::No("the client is registered without a choice of services")
            }
            Some(client) if offered(&client.requested).next().is_none() => {
                Applies::No("the client asks for no service that could be chosen")
            }
            Some(_) => Applies::Certainly,
        }
    }

    async fn enter(&self, cx: &Context<'_>) -> Result<Arrival<Memory>, Fault> {
        let who = identified(cx)?;
        let Some(client) = &cx.facts.client else {
            return Err(Fault::new("a choice of services without a client"));
        };
        let standing = cx.bank.services(&who.customer).await?;
        let links = linked::with_client(cx, &client.id).await?;
        let live = links.iter().filter(|link| link.is_live(cx.now));
        let live: Vec<_> = live.map(|link| &link.scopes).collect();
        let rows = offered(&client.requested)
            .map(|scope| Row {
                scope: scope.to_string(),
                linked: live.iter().any(|scopes| scopes.contains(scope)),
                standing: standing
                    .get(scope)
                    .copied()
                    .unwrap_or(ServiceStanding::Neither),
            })
            .collect();
        Ok(Entry::Ask(Memory {
            rows,
            selected: BTreeSet::new(),
        })
        .into())
    }

    fn present(&self, _: &Facts, memory: &Memory, _: &[Problem], _: &Kept) -> View {
        let rows = memory.rows.iter().map(|row| RowView {
            row: row.clone(),
            selected: memory.selected.contains(&row.scope),
        });
        View {
            screen_id: self.screen_id.clone(),
            rows: rows.collect(),
        }
    }

    async fn submit(
        &self,
        cx: &Context<'_>,
        mut memory: Memory,
        form: &FormData,
    ) -> Result<Submission<Memory>, Fault> {
        let ticked: BTreeSet<String> = form.all(SCOPE).map(str::to_owned).collect();
        memory.selected = memory
            .rows
            .iter()
            .filter(|row| ticked.contains(&row.scope))
            .map(|row| row.scope.clone())
            .collect();
        if memory.selected.is_empty() {
            let problems = vec![Problem::at(SCOPE, Message::new("error-scope-missing"))];
            return Ok(Outcome::Again {
                memory,
                problems,
                kept: Vec::new(),
            }
            .into());
        }
        let words = memory
            .selected
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" ");
        let chosen = Scopes::parse(&words)
            .map_err(|e| Fault::new("a remembered service is not a scope").caused_by(e))?
            .with_accounts();
        Ok(Outcome::Passed(Box::new(Facts {
            chosen: Some(chosen),
            ..cx.facts.clone()
        }))
        .into())
    }

    fn samples(&self, world: &SampleWorld) -> Vec<Sample<Memory>> {
        // In turn as a bank may know them: linked and joined, applied for, neither.
        let standings = [
            (true, ServiceStanding::Joined),
            (false, ServiceStanding::Applied),
            (false, ServiceStanding::Neither),
        ];
        let memory = || Memory {
            rows: offered(&world.scopes)
                .zip(standings.into_iter().cycle())
                .map(|(scope, (linked, standing))| Row {
                    scope: scope.to_string(),
                    linked,
                    standing,
                })
                .collect(),
            selected: BTreeSet::new(),
        };
        vec![
            Sample::new("first", world, memory()),
            Sample::new("missing", world, memory())
                .told_at(SCOPE, Message::new("error-scope-missing")),
        ]
    }
}

/// The services that are a choice: all that were asked for but the list of accounts, which comes
/// with any other.
fn offered(requested: &Scopes) -> impl Iterator<Item = &Scope> {
    requested
        .iter()
        .filter(|scope| scope.as_str() != "accounts")
}

const SCOPE: &str = "scope";
