//! Journeys and the plans they walk.

use diesel::prelude::*;
use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_core::id::JourneyId;
use renkei_core::instant::Timestamp;
use renkei_core::journey::{Journey, State};

use super::{body, failed, guarded, inserted, of_body};
use crate::connection::AnyConnection;
use crate::schema::{journey, plan};
use crate::steady::update;

pub(crate) fn begin(c: &mut AnyConnection, new: &Journey) -> Result<(), CommitError> {
    inserted(
        diesel::insert_into(journey::table)
            .values((
                journey::id.eq(new.id.to_string()),
                journey::tenant.eq(new.tenant.as_str()),
                journey::version.eq(new.version),
                journey::ended.eq(is_over(new)),
                journey::touched_at.eq(new.touched_at.millis()),
                journey::body.eq(body(new)?),
            ))
            .execute(c),
    )
}

pub(crate) fn save(c: &mut AnyConnection, moved: &Journey) -> Result<(), CommitError> {
    guarded(
        update(
            &journey::table,
            journey::id
                .eq(moved.id.to_string())
                .and(journey::version.eq(moved.version - 1)),
            (
                journey::version.eq(moved.version),
                journey::ended.eq(is_over(moved)),
                journey::touched_at.eq(moved.touched_at.millis()),
                journey::body.eq(body(moved)?),
            ),
        )
        .execute(c),
    )
}

pub(crate) fn find(c: &mut AnyConnection, id: JourneyId) -> Result<Option<Journey>, Fault> {
    let key = id.to_string();
    let found: Option<String> = journey::table
        .find(&key)
        .select(journey::body)
        .first(c)
        .optional()
        .map_err(failed)?;
    found
        .map(|text| of_body("journey", &key, &text))
        .transpose()
}

pub(crate) fn keep_plan(
    c: &mut AnyConnection,
    digest: &str,
    steps: &str,
    at: Timestamp,
) -> Result<(), CommitError> {
    if find_plan(c, digest)?.is_some() {
        return Ok(());
    }
    inserted(
        diesel::insert_into(plan::table)
            .values((
                plan::digest.eq(digest),
                plan::body.eq(steps),
                plan::created_at.eq(at.millis()),
            ))
            .execute(c),
    )
}

pub(crate) fn find_plan(c: &mut AnyConnection, digest: &str) -> Result<Option<String>, Fault> {
    plan::table
        .find(digest)
        .select(plan::body)
        .first(c)
        .optional()
        .map_err(failed)
}

fn is_over(journey: &Journey) -> bool {
    matches!(journey.state, State::Ended(_))
}
