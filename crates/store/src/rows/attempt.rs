//! Counted attempts at secrets.

use diesel::prelude::*;
use renkei_core::attempt::{AttemptKey, AttemptLimit, Claim};
use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;

use super::{challenge, failed, first};
use crate::connection::AnyConnection;
use crate::schema::attempt;
use crate::steady::update;

/// Claims one attempt by guarded writes; a row count decides, never what was read before. Mostly there
/// is nothing yet, since a right answer clears the count: then the insert is the guard.
pub(crate) fn claim(
    c: &mut AnyConnection,
    key: &AttemptKey,
    limit: AttemptLimit,
    now: Timestamp,
) -> Result<Claim, CommitError> {
    let most = i64::from(limit.attempts);
    let window_began = now.minus(limit.window()).millis();
    let now_ms = now.millis();
    let afresh = (
        attempt::tally.eq(1),
        attempt::started_at.eq(now_ms),
        attempt::last_at.eq(now_ms),
    );
    if find(c, key)?.is_none() {
        first(
            diesel::insert_into(attempt::table)
                .values((attempt::id.eq(key.as_str()), afresh))
                .execute(c),
        )?;
        return Ok(granted(most - 1));
    }
    let counted = update(
        &attempt::table,
        attempt::id
            .eq(key.as_str())
            .and(attempt::tally.lt(most))
            .and(attempt::started_at.gt(window_began)),
        (
            attempt::tally.eq(attempt::tally + 1),
            attempt::last_at.eq(now_ms),
        ),
    )
    .execute(c)
    .map_err(failed)?;
    if counted == 1 {
        let tally: i64 = attempt::table
            .find(key.as_str())
            .select(attempt::tally)
            .first(c)
            .map_err(failed)?;
        return Ok(granted(most - tally));
    }
    let lapsed = update(
        &attempt::table,
        attempt::id
            .eq(key.as_str())
            .and(attempt::tally.lt(most))
            .and(attempt::started_at.le(window_began)),
        afresh,
    )
    .execute(c)
    .map_err(failed)?;
    let unlocked = match limit.locked_for() {
        Some(span) if lapsed == 0 => update(
            &attempt::table,
            attempt::id
                .eq(key.as_str())
                .and(attempt::tally.ge(most))
                .and(attempt::last_at.le(now.minus(span).millis())),
            afresh,
        )
        .execute(c)
        .map_err(failed)?,
        Some(_) | None => 0,
    };
    if lapsed + unlocked == 1 {
        return Ok(granted(most - 1));
    }
    if find(c, key)?.is_none() {
        // Another server has just cleared it: the claim is made again.
        return Err(CommitError::Lost);
    }
    Ok(Claim::Locked)
}

/// What is counted now, and whether it is locked.
pub(crate) fn count(
    c: &mut AnyConnection,
    key: &AttemptKey,
    limit: AttemptLimit,
    now: Timestamp,
) -> Result<(u32, bool), Fault> {
    let Some((tally, started_at, last_at)) = find(c, key)? else {
        return Ok((0, false));
    };
    let most = i64::from(limit.attempts);
    let lock_is_over = limit
        .locked_for()
        .is_some_and(|span| last_at <= now.minus(span).millis());
    let window_is_over = tally < most && started_at <= now.minus(limit.window()).millis();
    if window_is_over || (tally >= most && lock_is_over) {
        return Ok((0, false));
    }
    Ok((u32::try_from(tally).unwrap_or(u32::MAX), tally >= most))
}

/// Counts from nothing again, and forgets what was asked.
pub(crate) fn clear(c: &mut AnyConnection, key: &AttemptKey) -> Result<(), CommitError> {
    challenge::forget(c, key)?;
    diesel::delete(attempt::table.find(key.as_str()))
        .execute(c)
        .map_err(failed)?;
    Ok(())
}

fn find(c: &mut AnyConnection, key: &AttemptKey) -> Result<Option<(i64, i64, i64)>, Fault> {
    attempt::table
        .find(key.as_str())
        .select((attempt::tally, attempt::started_at, attempt::last_at))
        .first(c)
        .optional()
        .map_err(failed)
}

fn granted(left: i64) -> Claim {
    Claim::Granted {
        left: u32::try_from(left).unwrap_or(0),
    }
}
