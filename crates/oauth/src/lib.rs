//! What the OAuth specifications say, given parameters, a client and the time. Sans-IO and pure: no
//! HTTP, no storage, no clock, no randomness; depends on nothing of ours. One rule of an RFC is one
//! small file, and what a client's profile requires is a row of a table ([`profile`]).

#![deny(clippy::wildcard_enum_match_arm)]

pub mod authorization;
pub mod bearer;
pub mod client;
pub mod error;
pub mod introspection;
pub mod jwk;
pub mod metadata;
pub mod parameter;
pub mod pkce;
pub mod profile;
pub mod redemption;
pub mod redirect;
pub mod refresh;
pub mod revocation;
pub mod scope;
pub mod secret;
pub mod token;

mod base64url;
mod constant_time;
