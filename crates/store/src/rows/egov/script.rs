//! Acts of scripts that wait for their time.

use std::collections::BTreeSet;

use diesel::dsl::min;
use diesel::prelude::*;
use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use renkei_egov::number::ArriveId;
use renkei_egov::script::ScheduledAct;

use super::super::{body, failed, guarded, inserted, of_body};
use super::Place;
use crate::connection::AnyConnection;
use crate::schema::egov::script_act;

pub(crate) fn schedule(
    c: &mut AnyConnection,
    id: &ArriveId,
    acts: &[ScheduledAct],
) -> Result<(), CommitError> {
    acts.iter().try_for_each(|scheduled| {
        inserted(
            diesel::insert_into(script_act::table)
                .values((
                    script_act::arrive_id.eq(id.as_str()),
                    script_act::place.eq(i64::from(scheduled.place)),
                    script_act::due_at.eq(scheduled.due_at.millis()),
                    script_act::act.eq(body(&scheduled.act)?),
                ))
                .execute(c),
        )
    })
}

/// What is over goes; the audit record tells of it.
pub(crate) fn done(
    c: &mut AnyConnection,
    id: &ArriveId,
    place: u32,
    at: Timestamp,
) -> Result<(), CommitError> {
    let due = script_act::table
        .find((id.as_str(), i64::from(place)))
        .filter(script_act::due_at.le(at.millis()));
    guarded(diesel::delete(due).execute(c))
}

/// Of each application the act with the smallest place among those that are due.
pub(crate) fn due(
    c: &mut AnyConnection,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(ArriveId, ScheduledAct)>, Fault> {
    let oldest: Vec<String> = script_act::table
        .group_by(script_act::arrive_id)
        .filter(script_act::due_at.le(now.millis()))
        .order((min(script_act::due_at), script_act::arrive_id))
        .limit(limit)
        .select(script_act::arrive_id)
        .load(c)
        .map_err(failed)?;
    let mut rows: Vec<(String, i64, i64, String)> = script_act::table
        .filter(script_act::arrive_id.eq_any(&oldest))
        .filter(script_act::due_at.le(now.millis()))
        .order((script_act::arrive_id, script_act::place))
        .load(c)
        .map_err(failed)?;
    let mut seen = BTreeSet::new();
    rows.retain(|(id, ..)| seen.insert(id.clone()));
    rows.sort_by_key(|(_, _, due_at, _)| *due_at);
    let acts = rows.into_iter().map(|(id, number, due_at, act)| {
        let place = Place::of("script_act", &id);
        let scheduled = ScheduledAct {
            place: place.count("place", number)?,
            due_at: Timestamp::from_millis(due_at),
            act: of_body("script_act", &id, &act)?,
        };
        Ok((place.name("arrive_id", id.clone())?, scheduled))
    });
    acts.collect()
}
