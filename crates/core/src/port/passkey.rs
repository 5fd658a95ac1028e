//! The `Passkeys` port: what a bank that keeps passkeys (Web Authentication Level 3) leans on. The
//! bank keeps them; this only asks and verifies.

use serde::{Deserialize, Serialize};

use crate::fault::Fault;

/// Asks for passkeys and verifies them, for the pages of one origin.
pub trait Passkeys: Send + Sync {
    /// Asks for a new passkey of a holder who has the known ones.
    fn begin(&self, holder: &str, name: &str, known: &[String]) -> Result<PasskeyRequest, Fault>;

    /// The new passkey, to be kept; none when the browser's answer is not one to that request.
    fn finish(&self, state: &str, answer: &str) -> Result<Option<String>, Fault>;

    /// Asks for one of the known passkeys.
    fn ask(&self, known: &[String]) -> Result<PasskeyRequest, Fault>;

    /// The known passkeys as they are to be kept from now on; none when the browser's answer is not
    /// that of one of them to that request.
    fn verify(
        &self,
        state: &str,
        known: &[String],
        answer: &str,
    ) -> Result<Option<Vec<String>>, Fault>;
}

/// A question that a browser answers with a passkey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyRequest {
    /// For the browser: the JSON of `{ publicKey: … }`.
    pub options: String,
    /// What must be kept until the answer: it is good for one answer.
    pub state: String,
}
