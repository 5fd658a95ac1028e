//! The demo bank's 乱数表: two digits in each cell, that follow from a seed only the bank has.

use renkei_core::fault::Fault;
use renkei_core::port::{LedgerCustomer, Random, random_256};
use renkei_core::seal::{Keyring, Sealed, keyed_digest, sha256_hex};
use zeroize::Zeroizing;

use crate::demo::MATRIX_CARD;

/// A customer's card.
pub struct Card {
    /// As printed on it.
    pub serial: String,
    seed: Zeroizing<String>,
}

impl Card {
    /// Rows of every card.
    pub const ROWS: u8 = 5;
    /// Columns of every card.
    pub const COLUMNS: u8 = 10;

    /// A new card with this serial number, sealed.
    pub(crate) fn issue(
        serial: &str,
        keyring: &Keyring,
        random: &dyn Random,
    ) -> Result<Sealed, Fault> {
        let seed = sha256_hex(&random_256(random));
        keyring.seal(MATRIX_CARD, &format!("{seed} {serial}"), random)
    }

    /// The customer's card; none when they have none.
    pub fn of(customer: &LedgerCustomer, keyring: &Keyring) -> Result<Option<Self>, Fault> {
        let Some(sealed) = &customer.matrix_card else {
            return Ok(None);
        };
        let text = keyring.open(MATRIX_CARD, sealed)?;
        let (seed, serial) = text
            .split_once(' ')
            .ok_or_else(|| Fault::new("a kept card has no seed"))?;
        Ok(Some(Self {
            serial: serial.to_owned(),
            seed: Zeroizing::new(seed.to_owned()),
        }))
    }

    /// The digits in a cell, row and column from 1; none outside the card.
    pub fn cell(&self, row: u8, column: u8) -> Result<Option<String>, Fault> {
        if !(1..=Self::ROWS).contains(&row) || !(1..=Self::COLUMNS).contains(&column) {
            return Ok(None);
        }
        let digest = keyed_digest(self.seed.as_bytes(), &[&[row, column]])?;
        let number = digest
            .iter()
            .take(4)
            .fold(0_u32, |number, byte| (number << 8) | u32::from(*byte));
        Ok(Some(format!("{:02}", number % 100)))
    }
}
