//! The ports: everything the domain asks of the world.
//!
//! | port | who implements it |
//! |---|---|
//! | [`Clock`], [`Random`] | `renkei` (the machine's), [`fixed`] (tests) |
//! | [`Bank`] | `bank::demo`, later `bank::http` |
//! | [`Ledger`] | `store`: the tables of the embedded demo bank |
//! | [`Store`], [`Records`] | `store` |
//! | [`Notifier`], [`RevocationCheck`] | `notify` |
//! | [`Passkeys`] | `passkey`, where it is built in |

mod bank;
mod debit;
pub mod factor;
pub mod fixed;
mod ledger;
mod notifier;
mod passkey;
mod revocation;
mod store;

pub use bank::{
    Approval, ApprovalManner, ApprovalRequest, Bank, Holder, Hurdle, Identifiers, LoginVerdict,
    PinVerdict, Privilege, ServiceStanding, Standing, TransactionPage,
};
pub use debit::{Debit, DebitOrder, DebitStatus, Decline};
pub use factor::{Challenge, Factor, FactorAnswer, Registration};
pub use ledger::{
    DebitLever, Ledger, LedgerAccount, LedgerApproval, LedgerCustomer, LedgerDebit, LedgerLine,
    LedgerMessage,
};
pub use notifier::{Letter, Notifier, Undelivered};
pub use passkey::{PasskeyRequest, Passkeys};
pub use revocation::{RevocationCheck, RevocationStatus};
pub use store::{
    AccessGrant, Cleaned, CodeFound, HeldLink, Records, RefreshGrant, Retention, Store,
};

use crate::instant::Timestamp;

/// What time it is.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// Randomness fit for secrets.
pub trait Random: Send + Sync {
    /// Fills the whole buffer.
    fn fill(&self, buffer: &mut [u8]);
}

/// 32 random bytes: the size of every handle, code and token.
pub fn random_256(random: &dyn Random) -> [u8; 32] {
    let mut bytes = [0; 32];
    random.fill(&mut bytes);
    bytes
}
