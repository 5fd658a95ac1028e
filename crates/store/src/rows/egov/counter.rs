//! Counters. A number is taken by the commit that uses it: what is undone gives its number back, and
//! two commits never hold the same.

use diesel::prelude::*;
use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;

use super::super::{failed, guarded};
use super::Place;
use crate::connection::AnyConnection;
use crate::schema::egov::counter;
use crate::steady::update;

pub(crate) const ARRIVE_ID: &str = "arrive_id";
pub(crate) const SEND_NUMBER: &str = "send_number";
pub(crate) const SIGNED_REQUEST: &str = "signed_request";

/// Takes the next so many numbers; the first of them.
pub(crate) fn take(c: &mut AnyConnection, name: &str, many: usize) -> Result<u64, CommitError> {
    let bad = || Place::of("counter", name).bad("taken");
    let many = i64::try_from(many).map_err(|e| bad().caused_by(e))?;
    guarded(
        update(
            &counter::table,
            counter::name.eq(name),
            counter::taken.eq(counter::taken + many),
        )
        .execute(c),
    )?;
    let taken: i64 = counter::table
        .find(name)
        .select(counter::taken)
        .first(c)
        .map_err(failed)?;
    let first = u64::try_from(taken - many + 1).map_err(|e| bad().caused_by(e));
    first.map_err(|fault: Fault| fault.into())
}
