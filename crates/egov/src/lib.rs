//! The external-linkage API of e-Gov (Version 1) without its transport: what its documents look like, how they are signed
//! and judged, what its archives may hold, and how an application lives.
//!
//! **Refuses to know**: HTTP, SQL, the wall clock, randomness. Everything here is a function of the bytes that came in,
//! the time it is handed and what a port answers.

pub mod archive;
pub mod base64;
pub mod canonical;
pub mod certificate;
pub mod document;
pub mod limits;
pub mod matrix;
pub mod package;
pub mod signature;
pub mod verification;
pub mod xml;
