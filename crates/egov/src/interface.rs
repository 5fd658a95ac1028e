//! The use cases of the interface. Every one takes what came over the wire and gives a [`crate::wire::Reply`]; a
//! fault is for whoever logs, and is answered by [`Trouble::SYSTEM`].

mod application;
mod bill;
mod identity;
mod sending;

use std::time::Duration;

use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use renkei_core::port::Random;
use serde_json::json;

pub use self::bill::{BillAsked, BillRefused};
pub use self::identity::{SameHolder, SubjectsAgree};
use crate::certificate::Anchors;
use crate::commit::{Commit, event};
use crate::life::Actor;
use crate::limits::Limits;
use crate::number::{SoftwareId, UserId};
use crate::operation::Operation;
use crate::port::{Checker, RateLimit, Store};
use crate::procedure::Procedures;
use crate::user::AccessKeyDigest;
use crate::wire::Trouble;

/// What the use cases need.
pub struct Interface<'a> {
    /// What is kept.
    pub store: &'a dyn Store,
    /// The procedures.
    pub procedures: &'a Procedures,
    /// Whose certificates may speak.
    pub anchors: &'a Anchors,
    /// Whether two certificates are one holder's.
    pub same_holder: &'a dyn SameHolder,
    /// Opens archives.
    pub checker: &'a dyn Checker,
    /// Randomness.
    pub random: &'a dyn Random,
    /// How often somebody may ask.
    pub rate: &'a dyn RateLimit,
    /// Bounds.
    pub limits: &'a Limits,
    /// How long an access key lives.
    pub key_lives_for: Duration,
}

/// Who asks, as far as the headers say.
#[derive(Clone, Copy, Debug, Default)]
pub struct Headers<'a> {
    /// `x-eGovAPI-SoftwareID`.
    pub software: Option<&'a str>,
    /// `x-eGovAPI-AccessKey`.
    pub access_key: Option<&'a str>,
}

/// Who was let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The software.
    pub software: SoftwareId,
    /// The user, where the operation wants a key.
    pub user: Option<UserId>,
}

impl Caller {
    /// The user; a fault where an operation that wants a key got in without one.
    fn user(&self) -> Result<&UserId, Fault> {
        self.user
            .as_ref()
            .ok_or_else(|| Fault::new("an operation that wants an access key got none"))
    }

    /// For transitions and what is told of them.
    fn actor(&self) -> Result<Actor, Fault> {
        Ok(Actor::Applicant {
            user: self.user()?.clone(),
            software: self.software.clone(),
        })
    }
}

impl Interface<'_> {
    /// The gate, in its order: software, its allow-list, access key, size, rate. Nothing of the body is
    /// looked at.
    pub async fn admit(
        &self,
        operation: Operation,
        headers: Headers<'_>,
        length: usize,
        now: Timestamp,
    ) -> Result<Result<Caller, Trouble>, Fault> {
        let Some(software) = headers.software.and_then(|id| SoftwareId::parse(id).ok()) else {
            return Ok(Err(Trouble::SOFTWARE));
        };
        let known = self.store.find_software(&software).await?;
        if !known.as_ref().is_some_and(|known| known.permits(operation)) {
            let detail = json!({
                "software": software, "operation": operation.as_str(), "known": known.is_some(),
            });
            self.tell(vec![event(now, "egov.software.refused", detail)])
                .await?;
            return Ok(Err(Trouble::SOFTWARE));
        }
        let mut user = None;
        if operation.wants_key() {
            let Some(presented) = headers.access_key else {
                return Ok(Err(Trouble::KEY));
            };
            let digest = AccessKeyDigest::of(presented);
            let found = self.store.find_access_key(&digest).await?;
            let Some(key) = found.filter(|key| key.opens(&software, now)) else {
                return Ok(Err(Trouble::KEY));
            };
            user = Some(key.user);
        }
        if length > self.limits.body {
            return Ok(Err(Trouble::TOO_LARGE));
        }
        if !self.rate.permits(&software, user.as_ref(), now) {
            return Ok(Err(Trouble::TOO_MANY));
        }
        Ok(Ok(Caller { software, user }))
    }

    /// Something is told, and nothing else changes.
    async fn tell(&self, events: Vec<renkei_core::audit::Event>) -> Result<(), Fault> {
        let commit = Commit {
            changes: Vec::new(),
            events,
        };
        match self.store.commit(commit).await {
            Ok(_) => Ok(()),
            Err(error) => Err(Fault::new("an event could not be told").caused_by(error)),
        }
    }
}

/// Nothing that was loaded held by the time it was written, several times in a row.
fn overtaken() -> Fault {
    Fault::passing("others were first, again and again")
}

/// How often a decision is made anew when somebody else was first.
const TRIES: u32 = 3;
