//! What is kept for the external-linkage API of e-Gov and its desk.

pub(crate) mod application;
pub(crate) mod counter;
pub(crate) mod desk;
pub(crate) mod fee;
pub(crate) mod identity;
pub(crate) mod notice;
pub(crate) mod package;
pub(crate) mod script;
pub(crate) mod staff;

use std::error::Error;

use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use time::Date;

use super::inconsistent;
use crate::ledger::{DAY, stored};

/// A row on its way to what it means: names table, column and key when it cannot be read.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    table: &'a str,
    key: &'a str,
}

impl<'a> Place<'a> {
    pub(crate) const fn of(table: &'a str, key: &'a str) -> Self {
        Self { table, key }
    }

    pub(crate) fn bad(self, column: &str) -> Fault {
        inconsistent(self.table, column, self.key)
    }

    /// A number or name of the interface.
    pub(crate) fn name<T>(self, column: &str, text: String) -> Result<T, Fault>
    where
        T: TryFrom<String>,
        T::Error: Error + Send + Sync + 'static,
    {
        T::try_from(text).map_err(|e| self.bad(column).caused_by(e))
    }

    /// A number that counts something.
    pub(crate) fn count(self, column: &str, number: i64) -> Result<u32, Fault> {
        u32::try_from(number).map_err(|e| self.bad(column).caused_by(e))
    }

    pub(crate) fn day(self, column: &str, text: &str) -> Result<Date, Fault> {
        Date::parse(text, DAY).map_err(|e| self.bad(column).caused_by(e))
    }
}

fn day(date: Option<Date>) -> Option<String> {
    date.map(stored)
}

fn instant(millis: Option<i64>) -> Option<Timestamp> {
    millis.map(Timestamp::from_millis)
}

fn millis(at: Option<Timestamp>) -> Option<i64> {
    at.map(Timestamp::millis)
}

/// Words in one column, one space between.
fn joined(words: &[&str]) -> String {
    words.join(" ")
}

/// So many keys stand in one list of a query.
const KEYS: usize = 500;
