//! How many signed requests one thread verifies and judges in a second: parsing, canonicalization, digest, RSA-2048,
//! certificate and path. `cargo run --release -p renkei-egov --example verifications -- <document>`
//! with a signed request of the identity operations.
#![expect(
    clippy::print_stdout,
    reason = "a measurement is for the person who runs it"
)]

use std::error::Error;
use std::time::Instant;

use renkei_egov::certificate::Anchors;
use renkei_egov::signature::{Profile, verify};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let document = std::fs::read(arguments.next().ok_or("which document?")?)?;
    // The signer is pinned: measured is the price of a verification, not whether this one is trusted.
    let signer = verify(Profile::Api, &document, MOST)?.signer().clone();
    let at = signer.identity()?.not_before;
    let anchors = Anchors::pinned(signer);
    let begun = Instant::now();
    for _ in 0..ROUNDS {
        verify(Profile::Api, &document, MOST)?.judge(&anchors, at)?;
    }
    let each = begun.elapsed() / ROUNDS;
    println!("{each:?} each, {:.0} a second", 1.0 / each.as_secs_f64());
    Ok(())
}

const MOST: usize = 1 << 20;
const ROUNDS: u32 = 20_000;
