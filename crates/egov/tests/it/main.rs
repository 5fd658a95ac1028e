//! The protocol from outside: known answers, attacks, and other programs as judges.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test that meets the unexpected fails there and then, and says what it skipped"
)]

mod archives;
mod attacks;
mod certificates;
mod desk;
mod documents;
mod identity;
mod known;
mod life;
mod memory;
mod oracle;
mod packages;
mod people;
mod shapes;
mod shipped;
mod staff;
mod world;
