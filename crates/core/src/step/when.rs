//! The conditions a tenant may put on a step: a closed set, no expression language. All that are
//! given must hold.

use renkei_oauth::client::ClientId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Applies;
use crate::fact::Facts;
use crate::risk::Verdict;

/// When a step is walked; always, when nothing is given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct When {
    /// Only when the risk verdict is this one or a graver one (`skip`, `ask`, `deny`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub risk: Option<Verdict>,
    /// Only when the risk score is at least this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub risk_at_least: Option<u32>,
    /// Only for these clients.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub client: Vec<String>,
    /// Only when the customer chose this way of proving themselves (the `methods` of a `notice`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Only for customers of these classes, in the bank's words (`one_time_password`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub class: Vec<String>,
    /// Only when the consent would renew a living link (`true`), or only when it would not
    /// (`false`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renewal: Option<bool>,
}

impl When {
    /// Whether the condition holds, as far as the facts tell now.
    pub fn holds(&self, facts: &Facts) -> Applies {
        if !self.client.is_empty() {
            let client = facts.client.as_ref().map(|c| ClientId::as_str(&c.id));
            if !self
                .client
                .iter()
                .any(|wanted| Some(wanted.as_str()) == client)
            {
                return Applies::No("not for this client");
            }
        }
        let mut open = false;
        if let Some(wanted) = &self.method {
            match &facts.method {
                Some(chosen) if chosen != wanted => {
                    return Applies::No("the customer chose another method");
                }
                Some(_) => {}
                None => open = true,
            }
        }
        if !self.class.is_empty() {
            match facts.identified.as_ref().map(|who| &who.class) {
                Some(Some(class)) if self.class.contains(class) => {}
                Some(_) => return Applies::No("not for customers of this class"),
                None => open = true,
            }
        }
        if let Some(wanted) = self.renewal {
            match facts.renewal {
                Some(renewal) if renewal != wanted && wanted => {
                    return Applies::No("no living link is renewed");
                }
                Some(renewal) if renewal != wanted => {
                    return Applies::No("a living link is renewed");
                }
                Some(_) => {}
                None => open = true,
            }
        }
        if !self.rests_on_risk() {
            return if open {
                Applies::Open
            } else {
                Applies::Certainly
            };
        }
        let Some(risk) = &facts.risk else {
            return Applies::Open;
        };
        if self.risk.is_some_and(|wanted| risk.verdict < wanted)
            || self.risk_at_least.is_some_and(|wanted| risk.score < wanted)
        {
            return Applies::No("the risk is too low");
        }
        if open {
            Applies::Open
        } else {
            Applies::Certainly
        }
    }

    /// Whether it can be decided only after a risk step.
    pub fn rests_on_risk(&self) -> bool {
        self.risk.is_some() || self.risk_at_least.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::risk::Assessment;

    fn facts(verdict: Verdict, score: u32) -> Facts {
        let risk = Some(Assessment {
            verdict,
            score,
            signals: std::collections::BTreeSet::new(),
        });
        Facts {
            risk,
            ..Facts::default()
        }
    }

    #[test]
    fn a_risk_condition_is_open_until_the_risk_is_scored() {
        let when = When {
            risk: Some(Verdict::Ask),
            ..When::default()
        };
        assert_eq!(when.holds(&Facts::default()), Applies::Open);
        assert_eq!(
            when.holds(&facts(Verdict::Skip, 0)),
            Applies::No("the risk is too low")
        );
        assert_eq!(when.holds(&facts(Verdict::Ask, 40)), Applies::Certainly);
    }

    #[test]
    fn all_conditions_must_hold() {
        let when = When {
            risk: Some(Verdict::Ask),
            risk_at_least: Some(50),
            ..When::default()
        };
        assert_eq!(
            when.holds(&facts(Verdict::Ask, 40)),
            Applies::No("the risk is too low")
        );
    }
}
