//! The standing permission (連携): customer × client × services × accounts, with a life span.

use renkei_oauth::client::ClientId;
use renkei_oauth::scope::Scopes;
use serde::{Deserialize, Serialize};

use crate::account::{AccountId, CustomerId};
use crate::id::LinkId;
use crate::instant::Timestamp;
use crate::tenant::TenantId;

/// One link. It keeps its id through renewals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Its id.
    pub id: LinkId,
    /// The bank.
    pub tenant: TenantId,
    /// The client that may use it.
    pub client: ClientId,
    /// The customer who gave it.
    pub customer: CustomerId,
    /// The customer's name towards this client at this bank, and towards no other (pairwise).
    pub subject: String,
    /// What it permits.
    pub scopes: Scopes,
    /// The accounts it covers.
    pub accounts: Vec<AccountId>,
    /// The customer's credentials at the latest consent; a change ends the link.
    pub credential_version: String,
    /// When it was first given.
    pub created_at: Timestamp,
    /// When the latest consent was given.
    pub renewed_at: Timestamp,
    /// When it lapses by itself.
    pub expires_at: Timestamp,
    /// How it ended early, if it did.
    pub ended: Option<Ended>,
    /// Counts its changes; every write expects the version it read.
    pub version: i64,
}

/// The early end of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// When.
    pub at: Timestamp,
    /// By what.
    pub by: End,
}

/// What ended a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// The bank stopped it.
    Bank,
    /// The client gave it back.
    Client,
    /// A password or certificate changed; a new consent renews the same link.
    CredentialChanged,
    /// The customer stopped it.
    Customer,
}

impl Link {
    /// Whether tokens under it work.
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.ended.is_none() && now < self.expires_at
    }

    /// Whether a new consent renews this link under its id; one that somebody stopped on purpose
    /// stays stopped, and a new consent makes a new link.
    pub fn is_renewable(&self) -> bool {
        match self.ended.map(|ended| ended.by) {
            None | Some(End::CredentialChanged) => true,
            Some(End::Bank | End::Client | End::Customer) => false,
        }
    }

    /// The link after it was ended.
    #[must_use]
    pub fn ended(mut self, by: End, at: Timestamp) -> Self {
        self.ended = Some(Ended { at, by });
        self
    }
}
