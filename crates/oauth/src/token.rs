//! The token endpoint (RFC 6749 section 3.2): who is calling, what is asked for, what is answered.
//! What a code or refresh token is worth is decided by [`crate::redemption`] and [`crate::refresh`].

mod basic;
mod credentials;
mod request;
mod response;

pub use credentials::{BASIC_CHALLENGE, ClientCredentials};
pub use request::TokenRequest;
pub use response::TokenResponse;
