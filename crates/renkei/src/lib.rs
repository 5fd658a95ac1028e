//! The composition root: wires the concrete parts to the ports, reads the settings, and offers the
//! command line. The only crate that knows the environment.

pub mod command;
pub mod compose;
pub mod demo_authority;
pub mod demo_signers;
pub mod keys;
pub mod ministry;
pub mod settings;
mod watch;
pub mod words;
pub mod world;
