//! Errands: the customer does something at another address and brings it back; and pages that wait
//! for something that happens elsewhere.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Draft, Engine};
use crate::commit::{Commit, CommitError};
use crate::fault::Fault;
use crate::journey::{Away, Journey, Parcel, State, TICKET};
use crate::port::random_256;
use crate::seal::{hex, same, sha256_hex};
use crate::step::{Brought, Errand, Kept};

/// So long a ticket is good.
pub const TICKET_LIVES_FOR: Duration = Duration::from_mins(5);

impl Engine<'_> {
    /// The state of a journey whose customer goes on an errand.
    pub(super) fn away(&self, stop: usize, memory: Value, errand: Errand) -> Result<State, Fault> {
        let ticket = hex(&random_256(self.random));
        Ok(State::Asking {
            stop,
            memory,
            problems: Vec::new(),
            kept: Kept::default(),
            away: Some(Box::new(Away {
                errand,
                ticket: self.keyring.seal(TICKET, &ticket, self.random)?,
                since: self.now,
                brought: None,
            })),
        })
    }

    /// The errand and the ticket to go on it with; none when there is none, or when it has lapsed or
    /// was done.
    pub fn ticket(&self, journey: &Journey) -> Result<Option<(Errand, String)>, Fault> {
        let State::Asking {
            away: Some(away), ..
        } = &journey.state
        else {
            return Ok(None);
        };
        if away.brought.is_some() || self.now >= away.since.plus(TICKET_LIVES_FOR) {
            return Ok(None);
        }
        let ticket = self.keyring.open(TICKET, &away.ticket)?;
        Ok(Some((away.errand, ticket.to_string())))
    }

    /// Whether a ticket is the one that is out now.
    pub fn admits(&self, journey: &Journey, ticket: &str) -> Result<bool, Fault> {
        let out = self.ticket(journey)?;
        Ok(out.is_some_and(|(_, kept)| same(&kept, ticket)))
    }

    /// Takes what was brought for a ticket, once, and gives the secret that opens the way on. The
    /// journey itself does not move: only the browser that walks it can do that.
    ///
    /// # Errors
    /// [`CommitError::Lost`] when the ticket is not, or no longer, good.
    pub async fn brought(
        &self,
        mut journey: Journey,
        ticket: &str,
        brought: Brought,
    ) -> Result<String, CommitError> {
        if !self.admits(&journey, ticket)? {
            return Err(CommitError::Lost);
        }
        let secret = hex(&random_256(self.random));
        if let State::Asking {
            away: Some(away), ..
        } = &mut journey.state
        {
            away.brought = Some(Parcel {
                brought,
                secret: sha256_hex(secret.as_bytes()),
            });
        }
        let mut draft = Draft {
            journey,
            is_new: false,
            commit: Commit::default(),
        };
        self.tell(&mut draft, "errand.brought", json!({}));
        self.save(draft).await?;
        Ok(secret)
    }

    /// Goes on with what was brought, for whoever has the secret and walks the journey.
    ///
    /// # Errors
    /// [`CommitError::Lost`] when nothing was brought, or the secret is not its own.
    pub async fn returned(&self, journey: Journey, secret: &str) -> Result<Journey, CommitError> {
        let State::Asking {
            stop, memory, away, ..
        } = &journey.state
        else {
            return Err(CommitError::Lost);
        };
        let parcel = away.as_ref().and_then(|away| away.brought.clone());
        let Some(parcel) = parcel.filter(|p| same(&p.secret, &sha256_hex(secret.as_bytes())))
        else {
            return Err(CommitError::Lost);
        };
        let (stop, memory) = (*stop, memory.clone());
        let here = self.plan.stop(stop)?;
        let draft = Draft {
            journey,
            is_new: false,
            commit: Commit::default(),
        };
        let submission = {
            let cx = self.context(&draft.journey, String::new());
            here.step.returned(&cx, &memory, parcel.brought).await?
        };
        self.settle(draft, stop, here, submission).await
    }

    /// Looks whether what the page waits for has happened. The journey as it is then; the same when
    /// nothing has.
    pub async fn look_again(&self, journey: Journey) -> Result<Journey, CommitError> {
        let State::Asking { stop, memory, .. } = &journey.state else {
            return Ok(journey);
        };
        let (stop, memory) = (*stop, memory.clone());
        let here = self.plan.stop(stop)?;
        if !here.step.polls() {
            return Ok(journey);
        }
        let found = {
            let cx = self.context(&journey, String::new());
            here.step.poll(&cx, &memory).await?
        };
        let Some(submission) = found else {
            return Ok(journey);
        };
        let draft = Draft {
            journey,
            is_new: false,
            commit: Commit::default(),
        };
        self.settle(draft, stop, here, submission).await
    }
}
