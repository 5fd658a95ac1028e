//! The journey: one customer's walk from the redirect to the return. An aggregate with a version;
//! [`engine`] is the only control flow, [`plan`] is what it walks.

pub mod engine;
pub mod plan;

use std::time::Duration;

use renkei_oauth::authorization::{AuthorizationRequest, refused_location};
use renkei_oauth::error::{ErrorCode, ProtocolError};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::fact::Facts;
use crate::id::{ConsentId, IncidentId, JourneyId, LinkId, PaymentId};
use crate::instant::Timestamp;
use crate::payment::Bill;
use crate::refusal::Refusal;
use crate::seal::Sealed;
use crate::step::{Brought, Errand, Kept};
use crate::tenant::{LifeSpans, TenantId};
use crate::text::{Language, Problem};

/// One journey.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Journey {
    /// Its id.
    pub id: JourneyId,
    /// The bank.
    pub tenant: TenantId,
    /// Counts its writes, from 1; every form carries the version it was shown with.
    pub version: i64,
    /// Digest of the plan it began with and finishes on.
    pub plan: String,
    /// What it is for.
    pub purpose: Purpose,
    /// Digest of the handle in the one browser that may walk it.
    pub browser: String,
    /// The language of its pages when it was last moved.
    pub language: Language,
    /// When it began.
    pub started_at: Timestamp,
    /// When it was last moved.
    pub touched_at: Timestamp,
    /// What is known so far.
    pub facts: Facts,
    /// Stops of the plan that showed a page, in the order of the plan.
    pub walked: Vec<usize>,
    /// Where it is.
    pub state: State,
}

/// What a journey is for.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To create or renew a link for a client.
    Link(LinkPurpose),
    /// To look at one's links and stop them; no client is part of it.
    Links,
    /// To pay this bill; no client is part of it.
    Payment(Box<Bill>),
}

/// The request that a link journey answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LinkPurpose {
    /// What the client asked for.
    pub request: AuthorizationRequest,
    /// The issuer it was asked at.
    pub issuer: String,
}

/// Where a journey is.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The arrival at a stop is claimed; its effect may or may not have happened.
    Arriving {
        /// The stop.
        stop: usize,
        /// Names the arrival, so that its effect can be made once.
        arrival: String,
    },
    /// A page is before the customer.
    Asking {
        /// The stop.
        stop: usize,
        /// The step's memory.
        memory: Value,
        /// What is to be mended.
        problems: Vec<Problem>,
        /// What was typed and may be shown again.
        kept: Kept,
        /// The errand the customer is on, if they are; the page stays usable meanwhile.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        away: Option<Box<Away>>,
    },
    /// It is over.
    Ended(Ending),
}

/// An errand under way: something the customer does at another address, and brings back.
///
/// The ticket goes out with the browser and is good once. What is brought is answered with a secret
/// that only the browser which did the errand learns; it opens the way on only together with the
/// journey's own cookie. So a ticket that somebody sends to another person's browser leads nowhere.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Away {
    /// What is to be done.
    pub errand: Errand,
    /// The ticket, sealed: so that a double click goes out with the same one.
    pub ticket: Sealed,
    /// When it was given out.
    pub since: Timestamp,
    /// What was brought, once it was.
    pub brought: Option<Parcel>,
}

/// What an errand brought, waiting to be taken in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Parcel {
    /// What.
    pub brought: Brought,
    /// Digest of the secret that opens it.
    pub secret: String,
}

/// How a journey ended.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// The customer went back to the app.
    Cancelled,
    /// The customer confirmed a payment; what became of it stands there.
    Confirmed {
        /// The payment.
        payment: PaymentId,
    },
    /// The customer consented.
    Granted {
        /// The link.
        link: LinkId,
        /// The consent.
        consent: ConsentId,
        /// Where the browser is sent, with the code, sealed: so that a double click on the last
        /// button still arrives. Of no use once the code has lapsed.
        location: Sealed,
        /// When.
        at: Timestamp,
    },
    /// The customer is proved, on a journey that asks for nothing more.
    Proved {
        /// The handle of the visit this opened, sealed: so that a double click on the last button
        /// still arrives. Of no use to another browser, nor some moments later.
        handle: Sealed,
        /// When.
        at: Timestamp,
    },
    /// The rules foresee that it cannot go on.
    Refused {
        /// Why.
        refusal: Refusal,
        /// What the customer reads out when calling the bank.
        incident: IncidentId,
    },
}

/// Purpose under which the location with the code is sealed.
pub const LOCATION: &str = "journey.location";
/// Purpose under which the handle of a visit is sealed.
pub const VISIT: &str = "journey.visit";
/// Purpose under which the ticket of an errand is sealed.
pub const TICKET: &str = "journey.ticket";

impl Journey {
    /// The request this journey answers; none on a journey without a client.
    pub fn link_purpose(&self) -> Option<&LinkPurpose> {
        match &self.purpose {
            Purpose::Link(purpose) => Some(purpose),
            Purpose::Links | Purpose::Payment(_) => None,
        }
    }

    /// The bill this journey pays; none on another journey.
    pub fn bill(&self) -> Option<&Bill> {
        match &self.purpose {
            Purpose::Payment(bill) => Some(bill),
            Purpose::Link(_) | Purpose::Links => None,
        }
    }

    /// The stop it is at, if it is not over.
    pub fn stop(&self) -> Option<usize> {
        match &self.state {
            State::Arriving { stop, .. } | State::Asking { stop, .. } => Some(*stop),
            State::Ended(_) => None,
        }
    }

    /// When it lapses, if nobody touches it.
    pub fn lapses_at(&self, life: &LifeSpans) -> Timestamp {
        self.touched_at
            .plus(life.journey_idle())
            .min(self.started_at.plus(life.journey_total()))
    }

    /// Whether it has lapsed before it was over.
    pub fn has_lapsed(&self, life: &LifeSpans, now: Timestamp) -> bool {
        match self.state {
            State::Arriving { .. } | State::Asking { .. } => now >= self.lapses_at(life),
            State::Ended(_) => false,
        }
    }

    /// How long until it lapses.
    pub fn remaining(&self, life: &LifeSpans, now: Timestamp) -> Duration {
        self.lapses_at(life).since(now)
    }

    /// Where the browser goes when a journey ended without a consent: `access_denied`, for the client's
    /// developer with the reason the rules allow to tell. None on a journey without a client.
    pub fn denied_location(&self) -> Option<String> {
        let description = match &self.state {
            State::Ended(Ending::Refused { refusal, .. }) => refusal.description(),
            State::Ended(
                Ending::Cancelled
                | Ending::Confirmed { .. }
                | Ending::Granted { .. }
                | Ending::Proved { .. },
            )
            | State::Arriving { .. }
            | State::Asking { .. } => "the customer did not give consent",
        };
        let purpose = self.link_purpose()?;
        Some(refused_location(
            &purpose.request.redirect_uri,
            &purpose.issuer,
            purpose.request.state.as_deref(),
            &ProtocolError::new(ErrorCode::AccessDenied, description),
        ))
    }
}
