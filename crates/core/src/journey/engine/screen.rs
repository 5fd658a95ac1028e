//! What a page of the journey is made of.

use serde_json::Value;

use super::super::{Journey, State};
use super::Engine;
use crate::fault::Fault;
use crate::text::Problem;

/// What the customer sees at a stop.
#[derive(Debug)]
pub struct Screen {
    /// The step's kind.
    pub kind: &'static str,
    /// What its template is given.
    pub view: Value,
    /// What is to be mended.
    pub problems: Vec<Problem>,
    /// Pages walked up to and including this one.
    pub number: usize,
    /// Pages in all, when no condition is open.
    pub total: Option<usize>,
}

impl Engine<'_> {
    /// What the customer sees now; none when no page is before them.
    pub fn screen(&self, journey: &Journey) -> Result<Option<Screen>, Fault> {
        let State::Asking {
            stop,
            memory,
            problems,
            kept,
            away: _,
        } = &journey.state
        else {
            return Ok(None);
        };
        let here = self.plan.stop(*stop)?;
        let number = journey
            .walked
            .iter()
            .filter(|walked| *walked <= stop)
            .count();
        Ok(Some(Screen {
            kind: here.step.kind(),
            view: {
                let memory = here.step.revealed(self.keyring, memory)?;
                here.step.present(&journey.facts, &memory, problems, kept)?
            },
            problems: problems.clone(),
            number,
            total: self
                .plan
                .pages_after(*stop, &journey.facts)
                .map(|after| number + after),
        }))
    }
}
