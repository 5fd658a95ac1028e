//! Scripts of test procedures: desk acts that follow an arrival by themselves, through the same
//! transitions and with the same audit as a person's, as staff "script".

use std::time::Duration;

use renkei_core::instant::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What happens after one kind of arrival.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Script {
    /// After what.
    #[serde(default)]
    pub after: Trigger,
    /// Only for the folder with this number, as in `900A010200001000(2)`; 0 is the folder without one.
    /// Without it: for every folder no other script names.
    #[serde(default)]
    pub folder: Option<u32>,
    /// What happens, in order.
    pub acts: Vec<ScriptedAct>,
}

/// What a script follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// A new application.
    #[default]
    Arrival,
    /// An application that corrects another.
    Correction,
    /// The request to give an application back.
    Withdrawal,
}

/// One act and how long after the arrival it comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScriptedAct {
    /// Seconds after the arrival.
    #[serde(default)]
    pub after_seconds: u32,
    /// What.
    pub act: PlainAct,
}

/// What a script can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum PlainAct {
    /// Gives the application back.
    AcceptWithdrawal {},
    /// Asks for a correction.
    AskCorrection {
        /// What is to be corrected.
        text: String,
        /// Days to answer.
        days: i16,
    },
    /// Takes every open fee back.
    CancelFees {},
    /// Charges a fee.
    ChargeFee {
        /// The amount.
        yen: i64,
        /// Days to pay; negative for one that is overdue already.
        days: i16,
    },
    /// Closes it.
    Close {
        /// Whether a correction may still be sent.
        #[serde(default)]
        correctable: bool,
    },
    /// Writes a comment.
    Comment {
        /// What.
        text: String,
        /// `DocTitle`; コメント（メッセージ） without it.
        #[serde(default)]
        title: Option<String>,
    },
    /// Ends the examination.
    FinishExamination {},
    /// Issues an official document.
    IssueDocument {
        /// `DocTitle`.
        title: String,
        /// What it says.
        text: String,
        /// Whether it is signed.
        signed: bool,
    },
    /// Pays every open fee through a demo bank.
    PayFees {
        /// The bank.
        tenant: String,
    },
    /// Keeps the application.
    RejectWithdrawal {},
    /// Begins to examine.
    StartExamination {},
    /// Does not want the correction any more.
    TakeBackCorrection {},
}

impl Script {
    /// Whether it charges a fee.
    pub fn charges(&self) -> bool {
        self.acts
            .iter()
            .any(|scripted| matches!(scripted.act, PlainAct::ChargeFee { .. }))
    }
}

/// An act that waits for its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduledAct {
    /// Its place in the script, from 1.
    pub place: u32,
    /// When.
    pub due_at: Timestamp,
    /// What.
    pub act: PlainAct,
}

/// What the scripts of a procedure do with an arrival in this folder.
pub fn scheduled(
    scripts: &[Script],
    after: Trigger,
    folder: &str,
    arrived_at: Timestamp,
) -> Vec<ScheduledAct> {
    let number = folder_number(folder);
    let fitting = || scripts.iter().filter(|script| script.after == after);
    let chosen = fitting()
        .find(|script| script.folder == Some(number))
        .or_else(|| fitting().find(|script| script.folder.is_none()));
    let acts = chosen
        .map(|script| script.acts.as_slice())
        .unwrap_or_default();
    (1..)
        .zip(acts)
        .map(|(place, scripted)| ScheduledAct {
            place,
            due_at: arrived_at.plus(Duration::from_secs(scripted.after_seconds.into())),
            act: scripted.act.clone(),
        })
        .collect()
}

/// The number of a folder: 2 of `900A010200001000(2)`, 0 of one without.
fn folder_number(folder: &str) -> u32 {
    folder
        .rsplit_once('(')
        .and_then(|(_, rest)| rest.strip_suffix(')'))
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn script(folder: Option<u32>, seconds: u32) -> Script {
        Script {
            after: Trigger::Arrival,
            folder,
            acts: vec![ScriptedAct {
                after_seconds: seconds,
                act: PlainAct::StartExamination {},
            }],
        }
    }

    #[test]
    fn the_number_of_the_folder_chooses_the_script() {
        let scripts = [script(None, 1), script(Some(2), 2), script(Some(0), 3)];
        let seconds = |folder: &str| {
            let at = Timestamp::from_millis(0);
            let acts = scheduled(&scripts, Trigger::Arrival, folder, at);
            acts.first().map(|act| act.due_at.seconds())
        };
        assert_eq!(seconds("900A010200001000(2)"), Some(2));
        assert_eq!(seconds("900A010200001000(002)"), Some(2));
        assert_eq!(seconds("900A010200001000"), Some(3));
        assert_eq!(seconds("900A010200001000(7)"), Some(1));
    }

    #[test]
    fn another_trigger_does_nothing() {
        let at = Timestamp::from_millis(0);
        assert!(scheduled(&[script(None, 1)], Trigger::Withdrawal, "x(1)", at).is_empty());
    }
}
