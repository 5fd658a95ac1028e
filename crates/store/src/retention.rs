//! Cleaning: what has outlived its retention goes, in small batches, so that the database reaches a
//! plateau under constant load. The spans stand in `renkei_core::port::Retention`.

use diesel::prelude::*;
use renkei_core::commit::CommitError;
use renkei_core::instant::Timestamp;
use renkei_core::port::{Cleaned, Retention};

use crate::connection::AnyConnection;
use crate::rows::failed;
use crate::schema::egov::{access_key, signed_request, staff_session};
use crate::schema::{
    access_token, attempt, bill, challenge, code, familiar_sign, family, journey, mail,
    refresh_token, visit,
};

/// Deletes at most one batch of rows of one table: finds the keys of outdated rows, then deletes by
/// key, which both engines do without scanning.
macro_rules! clean {
    ($c:expr, $cleaned:expr, $batch:expr, $table:expr, $key:expr, $outdated:expr) => {
        clean!($c, $cleaned, $batch, $table, $key, $outdated, String)
    };
    ($c:expr, $cleaned:expr, $batch:expr, $table:expr, $key:expr, $outdated:expr, $of:ty) => {
        let keys: Vec<$of> = $table
            .filter($outdated)
            .select($key)
            .limit($batch)
            .load($c)
            .map_err(failed)?;
        if !keys.is_empty() {
            let rows = diesel::delete($table.filter($key.eq_any(&keys)).filter($outdated))
                .execute($c)
                .map_err(failed)?;
            $cleaned.rows += rows;
            $cleaned.more |= i64::try_from(keys.len()).unwrap_or(i64::MAX) >= $batch;
        }
    };
}

/// One batch of every table.
pub(crate) fn clean(
    c: &mut AnyConnection,
    now: Timestamp,
    retention: &Retention,
) -> Result<Cleaned, CommitError> {
    let before = |span| now.minus(span).millis();
    let (batch, mut cleaned) = (retention.batch, Cleaned::default());
    clean!(
        c,
        cleaned,
        batch,
        journey::table,
        journey::id,
        journey::touched_at.lt(before(retention.journeys))
    );
    clean!(
        c,
        cleaned,
        batch,
        bill::table,
        bill::nonce,
        bill::expires_at.lt(before(retention.journeys))
    );
    clean!(
        c,
        cleaned,
        batch,
        code::table,
        code::digest,
        code::expires_at.lt(before(retention.tokens))
    );
    clean!(
        c,
        cleaned,
        batch,
        access_token::table,
        access_token::digest,
        access_token::expires_at.lt(before(retention.tokens))
    );
    clean!(
        c,
        cleaned,
        batch,
        mail::table,
        mail::id,
        mail::sent_at.lt(before(retention.mail))
    );
    clean!(
        c,
        cleaned,
        batch,
        attempt::table,
        attempt::id,
        attempt::last_at.lt(before(retention.attempts))
    );
    clean!(
        c,
        cleaned,
        batch,
        challenge::table,
        challenge::id,
        challenge::kept_at.lt(before(retention.challenges))
    );
    clean!(
        c,
        cleaned,
        batch,
        familiar_sign::table,
        familiar_sign::digest,
        familiar_sign::seen_at.lt(before(retention.familiar_signs))
    );
    clean!(
        c,
        cleaned,
        batch,
        visit::table,
        visit::digest,
        visit::lapses_at.lt(before(retention.visits))
    );
    clean_egov(c, &mut cleaned, now, retention)?;
    clean_families(c, &mut cleaned, before(retention.families), batch)?;
    Ok(cleaned)
}

/// What the e-Gov half keeps for a time.
fn clean_egov(
    c: &mut AnyConnection,
    cleaned: &mut Cleaned,
    now: Timestamp,
    retention: &Retention,
) -> Result<(), CommitError> {
    let before = |span| now.minus(span).millis();
    let batch = retention.batch;
    clean!(
        c,
        cleaned,
        batch,
        access_key::table,
        access_key::digest,
        access_key::expires_at.lt(before(retention.tokens))
    );
    clean!(
        c,
        cleaned,
        batch,
        staff_session::table,
        staff_session::digest,
        staff_session::lapses_at.lt(before(retention.visits))
    );
    clean!(
        c,
        cleaned,
        batch,
        signed_request::table,
        signed_request::id,
        signed_request::at.lt(before(retention.signed_requests)),
        i64
    );
    Ok(())
}

/// Revoked families, and their refresh tokens with them.
fn clean_families(
    c: &mut AnyConnection,
    cleaned: &mut Cleaned,
    before: i64,
    batch: i64,
) -> Result<(), CommitError> {
    let dead = family::table
        .filter(family::revoked_at.lt(before))
        .select(family::id)
        .limit(batch);
    let dead: Vec<String> = dead.load(c).map_err(failed)?;
    if !dead.is_empty() {
        let tokens = refresh_token::table.filter(refresh_token::family.eq_any(&dead));
        cleaned.rows += diesel::delete(tokens).execute(c).map_err(failed)?;
        let families = family::table.filter(family::id.eq_any(&dead));
        cleaned.rows += diesel::delete(families).execute(c).map_err(failed)?;
        cleaned.more |= i64::try_from(dead.len()).unwrap_or(i64::MAX) >= batch;
    }
    Ok(())
}
