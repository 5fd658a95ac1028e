//! Risk: signals about an attempt, and a verdict on them. The verdict is a port: by default the
//! tenant's rules give it, and a bank's own risk engine can give it instead.

use std::collections::BTreeSet;

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::fault::Fault;

/// What is unusual about this attempt, as far as it can be seen without knowing the secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signal {
    /// This customer has never consented to this client.
    FirstLink,
    /// The browser is not one this customer finished a journey with.
    NewDevice,
    /// The network is not one this customer finished a journey from.
    NewNetwork,
    /// Wrong passwords shortly before.
    RecentFailures,
    /// An hour at which business customers seldom work.
    UnusualHour,
}

/// What to do about it.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing.
    Skip,
    /// Additional authentication.
    Ask,
    /// The journey ends.
    Deny,
}

/// A verdict with its grounds, as kept in the audit record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// What to do.
    pub verdict: Verdict,
    /// How high the risk was, 0 upwards, on the scale of whoever gave the verdict.
    pub score: u32,
    /// What was unusual.
    pub signals: BTreeSet<Signal>,
}

/// Whoever gives the verdict.
#[async_trait]
pub trait RiskEngine: Send + Sync {
    /// Judges the signals of one attempt.
    async fn assess(&self, signals: &BTreeSet<Signal>) -> Result<Assessment, Fault>;
}

/// A tenant's own rules: what each signal weighs, and the two thresholds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// What each signal weighs; a signal that is not named weighs nothing.
    pub weights: Weights,
    /// From this score on, additional authentication is asked for.
    #[schemars(range(min = 1, max = 1000))]
    pub ask_at: u32,
    /// From this score on, the journey is refused.
    #[schemars(range(min = 1, max = 1000))]
    pub refuse_at: u32,
}

/// What each signal weighs, 0 to 1000.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Weights {
    /// This customer has never consented to this client.
    #[schemars(range(max = 1000))]
    pub first_link: u32,
    /// The browser is not one this customer finished a journey with.
    #[schemars(range(max = 1000))]
    pub new_device: u32,
    /// The network is not one this customer finished a journey from.
    #[schemars(range(max = 1000))]
    pub new_network: u32,
    /// Wrong passwords shortly before.
    #[schemars(range(max = 1000))]
    pub recent_failures: u32,
    /// An hour named by `unusual_hours`.
    #[schemars(range(max = 1000))]
    pub unusual_hour: u32,
}

impl Rules {
    /// The verdict on `signals`.
    pub fn judge(&self, signals: &BTreeSet<Signal>) -> Assessment {
        let score = signals
            .iter()
            .map(|signal| self.weight(*signal))
            .fold(0, u32::saturating_add);
        let verdict = if score >= self.refuse_at {
            Verdict::Deny
        } else if score >= self.ask_at {
            Verdict::Ask
        } else {
            Verdict::Skip
        };
        Assessment {
            verdict,
            score,
            signals: signals.clone(),
        }
    }

    fn weight(&self, signal: Signal) -> u32 {
        match signal {
            Signal::FirstLink => self.weights.first_link,
            Signal::NewDevice => self.weights.new_device,
            Signal::NewNetwork => self.weights.new_network,
            Signal::RecentFailures => self.weights.recent_failures,
            Signal::UnusualHour => self.weights.unusual_hour,
        }
    }
}

#[async_trait]
impl RiskEngine for Rules {
    async fn assess(&self, signals: &BTreeSet<Signal>) -> Result<Assessment, Fault> {
        Ok(self.judge(signals))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_are_inclusive() {
        let rules = Rules {
            weights: Weights {
                new_device: 40,
                recent_failures: 50,
                ..Weights::default()
            },
            ask_at: 40,
            refuse_at: 90,
        };
        for (signals, verdict) in [
            (vec![], Verdict::Skip),
            (vec![Signal::UnusualHour], Verdict::Skip),
            (vec![Signal::NewDevice], Verdict::Ask),
            (
                vec![Signal::NewDevice, Signal::RecentFailures],
                Verdict::Deny,
            ),
        ] {
            assert_eq!(rules.judge(&signals.into_iter().collect()).verdict, verdict);
        }
    }
}
