//! The audit record: what happened, in order, in a chain that shows when a record was altered,
//! removed or put in later. Written in the commit of what it tells of; it never holds a secret.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::id::JourneyId;
use crate::instant::Timestamp;
use crate::seal::sha256_hex;
use crate::tenant::TenantId;

/// One event, before it has its place in the chain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// At which bank; none for what concerns the platform.
    pub tenant: Option<TenantId>,
    /// On which journey, if on one.
    pub journey: Option<JourneyId>,
    /// What: `journey.begun`, `step.passed`, `consent.given`.
    pub name: String,
    /// The particulars, an object.
    pub detail: Value,
}

/// One event in its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Its place, from 1, without gaps.
    pub sequence: i64,
    /// The event.
    pub event: Event,
    /// Digest of the record before it; [`GENESIS`] for the first.
    pub previous: String,
    /// Digest of this record.
    pub digest: String,
}

/// What stands before the first record.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The digest of a record: SHA-256 over sequence, previous digest, instant, tenant, journey, name
/// and the particulars as stored, each ended by a line feed.
pub fn digest(sequence: i64, previous: &str, event: &Event, detail: &str) -> String {
    let tenant = event.tenant.as_ref().map_or("", TenantId::as_str);
    let journey = event.journey.map(|id| id.to_string()).unwrap_or_default();
    let text = format!(
        "{sequence}\n{previous}\n{}\n{tenant}\n{journey}\n{}\n{detail}\n",
        event.at.millis(),
        event.name,
    );
    sha256_hex(text.as_bytes())
}
