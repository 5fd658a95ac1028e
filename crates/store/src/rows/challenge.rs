//! What customers are asked at a factor, kept until it is answered right.

use diesel::prelude::*;
use renkei_core::attempt::AttemptKey;
use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;

use super::{failed, first};
use crate::connection::AnyConnection;
use crate::schema::challenge;

/// What is kept.
pub(crate) fn find(c: &mut AnyConnection, key: &AttemptKey) -> Result<Option<String>, Fault> {
    challenge::table
        .find(key.as_str())
        .select(challenge::body)
        .first(c)
        .optional()
        .map_err(failed)
}

/// Keeps `proposed` where nothing is kept, or `unfit` is; what is kept then, whoever was first.
pub(crate) fn keep(
    c: &mut AnyConnection,
    key: &AttemptKey,
    proposed: &str,
    unfit: Option<&str>,
    now: Timestamp,
) -> Result<String, CommitError> {
    if let Some(unfit) = unfit {
        diesel::update(challenge::table.find(key.as_str()))
            .filter(challenge::body.eq(unfit))
            .set((
                challenge::body.eq(proposed),
                challenge::kept_at.eq(now.millis()),
            ))
            .execute(c)
            .map_err(failed)?;
    }
    let row = (
        challenge::id.eq(key.as_str()),
        challenge::body.eq(proposed),
        challenge::kept_at.eq(now.millis()),
    );
    if let Some(kept) = find(c, key)? {
        return Ok(kept);
    }
    first(diesel::insert_into(challenge::table).values(row).execute(c))?;
    Ok(proposed.to_owned())
}

pub(crate) fn forget(c: &mut AnyConnection, key: &AttemptKey) -> Result<(), CommitError> {
    diesel::delete(challenge::table.find(key.as_str()))
        .execute(c)
        .map_err(failed)?;
    Ok(())
}
