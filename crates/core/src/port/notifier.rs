//! The `Notifier` port: mail that leaves the house.

use async_trait::async_trait;

use crate::fault::Fault;

/// A mail, written out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Identifies it for good, so that a mail delivered twice is seen to be one.
    pub message_id: String,
    /// The bank's name, as the sender's name.
    pub from_name: String,
    /// The customer's address.
    pub to: String,
    /// The subject line.
    pub subject: String,
    /// Plain text.
    pub body: String,
}

/// Whoever carries mail.
#[async_trait]
pub trait Notifier: Send + Sync {
    /// Hands the mail over. When this returns, somebody else answers for it.
    async fn send(&self, letter: &Letter) -> Result<(), Undelivered>;
}

/// Why a mail was not handed over.
#[derive(Debug, thiserror::Error)]
pub enum Undelivered {
    /// It will never be: the address is not one.
    #[error("the mail cannot be delivered")]
    ForGood(#[source] Fault),
    /// It may be later.
    #[error("the mail could not be handed over now")]
    ForNow(#[source] Fault),
}
