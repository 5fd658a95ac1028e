//! The external-linkage API of e-Gov (Version 1) without its transport: what its documents look like, how they are signed
//! and judged, what its archives may hold, and how an application lives.
//!
//! **Refuses to know**: HTTP, SQL, the wall clock, randomness. Everything here is a function of the bytes that came in,
//! the time it is handed and what a port answers.

pub mod archive;
pub mod base64;
pub mod canonical;
pub mod certificate;
pub mod commit;
pub mod desk;
pub mod document;
pub mod examination;
pub mod interface;
pub mod life;
pub mod limits;
pub mod matrix;
pub mod number;
pub mod operation;
pub mod package;
pub mod papers;
pub mod port;
pub mod procedure;
pub mod script;
pub mod signature;
pub mod staff;
pub mod user;
pub mod verification;
pub mod wire;
pub mod words;
pub mod worker;
pub mod xml;
