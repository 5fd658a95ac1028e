//! The `Passkeys` port by Web Authentication Level 3. Empty without the feature `webauthn`, so that
//! whoever builds Renkei without passkeys builds nothing of it.
//!
//! **Refuses to know**: where a passkey is kept, whose it is, journeys, HTTP.

#[cfg(feature = "soft")]
pub mod soft;
#[cfg(feature = "webauthn")]
mod webauthn;

#[cfg(feature = "webauthn")]
pub use self::webauthn::WebAuthn;
