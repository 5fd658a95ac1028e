//! What the desk and the clock look for.

use std::collections::BTreeSet;

use diesel::prelude::*;
use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use renkei_egov::desk::Proposal;
use renkei_egov::life::Stage;
use renkei_egov::number::{ArriveId, MinistryId, StaffLogin};
use renkei_egov::port::{DeskQuery, Listed};
use time::Date;

use super::super::{body, failed, guarded, inserted, of_body};
use super::application::{Row as ApplicationRow, listed};
use super::{Place, instant};
use crate::connection::AnyConnection;
use crate::ledger::stored;
use crate::rows::fee::WAITING;
use crate::schema::egov::{application, fee_detail, notice, proposal};
use crate::schema::fee;
use crate::steady::update;

type Backend = <AnyConnection as Connection>::Backend;

pub(crate) fn list(
    c: &mut AnyConnection,
    ministries: &BTreeSet<MinistryId>,
    wanted: &DeskQuery,
) -> Result<Vec<Listed>, Fault> {
    let ministries = ministries.iter().map(MinistryId::as_str);
    let mut query = application::table
        .filter(application::ministry.eq_any(ministries))
        .order(application::arrive_id.desc())
        .limit(wanted.limit)
        .into_boxed::<Backend>();
    if let Some(stage) = wanted.stage {
        query = query.filter(application::stage.eq(stage.as_str()));
    }
    if wanted.withdrawing {
        query = query.filter(application::withdrawing.eq(true));
    }
    if let Some(procedure) = &wanted.procedure {
        query = query.filter(application::procedure.eq(procedure.as_str()));
    }
    if let Some(before) = &wanted.before {
        query = query.filter(application::arrive_id.lt(before.as_str()));
    }
    let rows: Vec<ApplicationRow> = query.load(c).map_err(failed)?;
    listed(c, rows)
}

/// Where a last day is over: of a correction that is waited for, or of a fee that waits.
pub(crate) fn overdue(
    c: &mut AnyConnection,
    today: Date,
    limit: i64,
) -> Result<Vec<ArriveId>, Fault> {
    let today = stored(today);
    let corrections: Vec<String> = notice::table
        .inner_join(application::table)
        .filter(notice::waits_until.lt(&today))
        .filter(application::stage.eq(Stage::AwaitingCorrection.as_str()))
        .order((notice::waits_until, notice::arrive_id))
        .limit(limit)
        .select(notice::arrive_id)
        .load(c)
        .map_err(failed)?;
    let fees: Vec<String> = fee::table
        .inner_join(
            fee_detail::table.on(fee::facility_number
                .eq(fee_detail::facility_number)
                .and(fee::pay_number.eq(fee_detail::pay_number))),
        )
        .filter(fee::state.eq(WAITING))
        .filter(fee::due.lt(&today))
        .order((fee::due, fee_detail::arrive_id))
        .limit(limit)
        .select(fee_detail::arrive_id)
        .load(c)
        .map_err(failed)?;
    let mut seen = BTreeSet::new();
    corrections
        .into_iter()
        .chain(fees)
        .filter(|id| seen.insert(id.clone()))
        .take(usize::try_from(limit).unwrap_or(0))
        .map(|id| Place::of("notice", &id.clone()).name("arrive_id", id))
        .collect()
}

pub(crate) fn propose(c: &mut AnyConnection, made: &Proposal) -> Result<(), CommitError> {
    let decided = made.decided.as_ref();
    inserted(
        diesel::insert_into(proposal::table)
            .values((
                proposal::id.eq(&made.id),
                proposal::arrive_id.eq(made.arrive_id.as_str()),
                proposal::wish.eq(body(&made.wish)?),
                proposal::proposed_by.eq(made.proposed_by.as_str()),
                proposal::proposed_at.eq(made.proposed_at.millis()),
                proposal::decided_by.eq(decided.map(|(by, _, _)| by.as_str())),
                proposal::decided_at.eq(decided.map(|(_, at, _)| at.millis())),
                proposal::approved.eq(decided.map(|(_, _, approved)| *approved)),
            ))
            .execute(c),
    )
}

pub(crate) fn decide(
    c: &mut AnyConnection,
    id: &str,
    by: &StaffLogin,
    at: Timestamp,
    approved: bool,
) -> Result<(), CommitError> {
    let open = proposal::id.eq(id).and(proposal::decided_at.is_null());
    let decided = (
        proposal::decided_by.eq(by.as_str()),
        proposal::decided_at.eq(at.millis()),
        proposal::approved.eq(approved),
    );
    guarded(update(&proposal::table, open, decided).execute(c))
}

pub(crate) fn find_proposal(c: &mut AnyConnection, id: &str) -> Result<Option<Proposal>, Fault> {
    let found: Option<Row> = proposal::table
        .find(id)
        .first(c)
        .optional()
        .map_err(failed)?;
    found.map(Proposal::try_from).transpose()
}

/// The oldest first.
pub(crate) fn open_proposals(c: &mut AnyConnection, id: &ArriveId) -> Result<Vec<Proposal>, Fault> {
    let rows: Vec<Row> = proposal::table
        .filter(proposal::arrive_id.eq(id.as_str()))
        .filter(proposal::decided_at.is_null())
        .order((proposal::proposed_at, proposal::id))
        .load(c)
        .map_err(failed)?;
    rows.into_iter().map(Proposal::try_from).collect()
}

#[derive(Queryable)]
struct Row {
    id: String,
    arrive_id: String,
    wish: String,
    proposed_by: String,
    proposed_at: i64,
    decided_by: Option<String>,
    decided_at: Option<i64>,
    approved: Option<bool>,
}

impl TryFrom<Row> for Proposal {
    type Error = Fault;

    fn try_from(row: Row) -> Result<Self, Fault> {
        let place = Place::of("proposal", &row.id);
        let decided = match (row.decided_by, instant(row.decided_at), row.approved) {
            (None, None, None) => None,
            (Some(by), Some(at), Some(approved)) => {
                Some((place.name("decided_by", by)?, at, approved))
            }
            _ => return Err(place.bad("decided_at")),
        };
        Ok(Self {
            id: row.id.clone(),
            arrive_id: place.name("arrive_id", row.arrive_id)?,
            wish: of_body("proposal", &row.id, &row.wish)?,
            proposed_by: place.name("proposed_by", row.proposed_by)?,
            proposed_at: Timestamp::from_millis(row.proposed_at),
            decided,
        })
    }
}
