//! The domain of Renkei: what a bank may rely on.
//!
//! Journeys and their step kinds, links, consents, audit, and the ports through which the world is
//! reached. **Refuses to know**: SQL, HTTP, HTML, YAML, the wall clock, the environment and global
//! randomness. Decisions here are pure; whatever has an effect is behind a port.
#![deny(clippy::wildcard_enum_match_arm)]

pub mod account;
pub mod attempt;
pub mod audit;
pub mod certificate;
pub mod client;
pub mod commit;
pub mod consent;
pub mod demo;
pub mod fact;
pub mod fault;
pub mod form;
pub mod grant;
pub mod hours;
pub mod id;
pub mod instant;
pub mod journey;
pub mod link;
pub mod mail;
pub mod payment;
pub mod port;
pub mod refusal;
pub mod risk;
pub mod seal;
pub mod secret;
pub mod step;
pub mod tenant;
pub mod text;
pub mod totp;
pub mod visit;
