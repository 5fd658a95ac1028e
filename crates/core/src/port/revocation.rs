//! The `RevocationCheck` port: asks the authority itself whether a certificate still stands.

use async_trait::async_trait;

use crate::certificate::Verified;
use crate::fault::Fault;
use crate::instant::Timestamp;

/// What an authority says of one of its certificates (RFC 6960 section 2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevocationStatus {
    /// Not revoked.
    Good,
    /// Revoked.
    Revoked,
    /// The responder does not know it.
    Unknown,
}

/// An authority that can be asked.
#[async_trait]
pub trait RevocationCheck: Send + Sync {
    /// Asks `responder` about a certificate that is otherwise in order.
    ///
    /// # Errors
    /// A passing fault when it does not answer, or its answer is not its own or out of date.
    async fn status(
        &self,
        responder: &str,
        certificate: &Verified,
        now: Timestamp,
    ) -> Result<RevocationStatus, Fault>;
}
