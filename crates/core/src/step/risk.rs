//! Scores the risk of this attempt. Shows no page; gives the verdict that later steps rest on, or
//! refuses at the second threshold.

use std::collections::BTreeSet;

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    Arrival, Context, Entry, Kept, Note, Outcome, Role, Step, Submission, When, identified, linked,
};
use crate::commit::SignKind;
use crate::fact::Facts;
use crate::fault::Fault;
use crate::form::FormData;
use crate::refusal::Refusal;
use crate::risk::{RiskEngine, Rules, Signal, Verdict, Weights};
use crate::text::Problem;

/// Scores the risk by the tenant's rules, or asks the bank's own risk engine where it has one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Risk {
    /// When the step is walked.
    #[serde(default)]
    pub when: When,
    /// What each signal weighs; a signal that is not named weighs nothing.
    pub weights: Weights,
    /// From this score on, the verdict is `ask`, 1 to 1000.
    #[schemars(range(min = 1, max = 1000))]
    pub ask_at: u32,
    /// From this score on, the journey is refused, 1 to 1000, above `ask_at`.
    #[schemars(range(min = 1, max = 1000))]
    pub refuse_at: u32,
    /// So many wrong passwords just before count as recent failures, 1 to 20.
    #[serde(default = "three")]
    #[schemars(range(min = 1, max = 20))]
    pub recent_failures_from: u32,
    /// The hours (Japan time) that count as unusual.
    #[serde(default)]
    pub unusual_hours: Hours,
}

/// Hours of the day, from the first to before the second; over midnight when the first is greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// The first hour, 0 to 23.
    #[schemars(range(max = 23))]
    pub from: u8,
    /// The hour before which it ends, 0 to 24.
    #[schemars(range(max = 24))]
    pub to: u8,
}

impl Hours {
    fn contain(self, hour: u8) -> bool {
        if self.from <= self.to {
            (self.from..self.to).contains(&hour)
        } else {
            hour >= self.from || hour < self.to
        }
    }
}

/// The step shows nothing, so it remembers nothing.
#[derive(Debug, Serialize, Deserialize)]
pub struct Memory {}

#[async_trait]
impl Step for Risk {
    const KIND: &'static str = "risk";
    const ROLE: Role = Role::Serves;
    const ARRIVAL_ACTS: bool = true;
    const HAS_PAGE: bool = false;
    type Memory = Memory;
    type View = ();

    fn when(&self) -> &When {
        &self.when
    }

    async fn enter(&self, cx: &Context<'_>) -> Result<Arrival<Memory>, Fault> {
        let signals = self.signals(cx).await?;
        let assessment = match cx.bank.risk_engine() {
            Some(engine) => engine.assess(&signals).await?,
            None => self.rules().assess(&signals).await?,
        };
        let note = Note {
            name: "risk.assessed",
            detail: json!(assessment),
        };
        let entry = if assessment.verdict == Verdict::Deny {
            Entry::Refused(Refusal::RiskTooHigh)
        } else {
            Entry::Passed(Box::new(Facts {
                risk: Some(assessment),
                ..cx.facts.clone()
            }))
        };
        Ok(Arrival {
            entry,
            notes: vec![note],
            codes: Vec::new(),
        })
    }

    fn present(&self, _: &Facts, _: &Memory, _: &[Problem], _: &Kept) {}

    async fn submit(
        &self,
        cx: &Context<'_>,
        _memory: Memory,
        _form: &FormData,
    ) -> Result<Submission<Memory>, Fault> {
        Ok(Outcome::Passed(Box::new(cx.facts.clone())).into())
    }
}

impl Risk {
    fn rules(&self) -> Rules {
        Rules {
            weights: self.weights.clone(),
            ask_at: self.ask_at,
            refuse_at: self.refuse_at,
        }
    }

    async fn signals(&self, cx: &Context<'_>) -> Result<BTreeSet<Signal>, Fault> {
        let who = identified(cx)?;
        let browser = &cx.facts.browser;
        let known_device = match &browser.device {
            Some(digest) => {
                cx.records
                    .is_familiar(&cx.tenant.id, &who.customer, SignKind::Device, digest)
                    .await?
            }
            None => false,
        };
        let known_network = cx
            .records
            .is_familiar(
                &cx.tenant.id,
                &who.customer,
                SignKind::Network,
                &browser.network,
            )
            .await?;
        let linked_before = match &cx.facts.client {
            Some(client) => !linked::with_client(cx, &client.id).await?.is_empty(),
            None => true,
        };
        Ok([
            (Signal::FirstLink, !linked_before),
            (Signal::NewDevice, !known_device),
            (Signal::NewNetwork, !known_network),
            (
                Signal::RecentFailures,
                who.failures_before >= self.recent_failures_from,
            ),
            (
                Signal::UnusualHour,
                self.unusual_hours.contain(cx.now.japan_time().hour()),
            ),
        ]
        .into_iter()
        .filter(|(_, seen)| *seen)
        .map(|(signal, _)| signal)
        .collect())
    }
}

const fn three() -> u32 {
    3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_may_run_over_midnight() {
        let night = Hours { from: 22, to: 5 };
        assert!(night.contain(23) && night.contain(0) && night.contain(4));
        assert!(!night.contain(5) && !night.contain(21));
        assert!(!Hours::default().contain(0));
    }
}
