//! Applications, their histories and the archives of those that came in no package.

use std::collections::BTreeMap;

use diesel::prelude::*;
use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use renkei_core::payment::FeeKey;
use renkei_egov::life::{Application, Dossier, HistoryLine, Origin, Process, Stage};
use renkei_egov::number::{ArriveId, SendNumber};
use renkei_egov::port::{Listed, Whose};

use super::super::{body, failed, first, guarded, inserted, of_body};
use super::{KEYS, Place, fee, instant, millis, notice, package};
use crate::connection::AnyConnection;
use crate::schema::egov::{application, application_archive, history};
use crate::steady::update;

pub(crate) fn arrive(c: &mut AnyConnection, new: &Application) -> Result<(), CommitError> {
    inserted(
        diesel::insert_into(application::table)
            .values((
                application::arrive_id.eq(new.arrive_id.as_str()),
                application::version.eq(new.version),
                application::user_id.eq(new.user.as_str()),
                application::software.eq(new.software.as_str()),
                application::package.eq(new.package.as_ref().map(SendNumber::as_str)),
                application::origin.eq(new.origin.as_str()),
                application::parent.eq(new.origin.parent().map(ArriveId::as_str)),
                application::procedure.eq(new.procedure.as_str()),
                application::procedure_name.eq(&new.procedure_name),
                application::ministry.eq(new.ministry.as_str()),
                application::ministry_name.eq(&new.ministry_name),
                application::submission.eq(body(&new.submission)?),
                application::stage.eq(new.stage.as_str()),
                application::stage_at.eq(new.stage_at.millis()),
                application::withdrawing.eq(new.withdrawing),
                application::correctable.eq(new.correctable),
                application::arrived_at.eq(new.arrived_at.millis()),
                application::exam_started_at.eq(millis(new.exam_started_at)),
                application::exam_ended_at.eq(millis(new.exam_ended_at)),
                application::closed_at.eq(millis(new.closed_at)),
            ))
            .execute(c),
    )
}

/// What an act can change; the rest is as it arrived.
pub(crate) fn advance(c: &mut AnyConnection, moved: &Application) -> Result<(), CommitError> {
    let before = application::arrive_id
        .eq(moved.arrive_id.as_str())
        .and(application::version.eq(moved.version - 1));
    let state = (
        application::version.eq(moved.version),
        application::stage.eq(moved.stage.as_str()),
        application::stage_at.eq(moved.stage_at.millis()),
        application::withdrawing.eq(moved.withdrawing),
        application::correctable.eq(moved.correctable),
        application::exam_started_at.eq(millis(moved.exam_started_at)),
        application::exam_ended_at.eq(millis(moved.exam_ended_at)),
        application::closed_at.eq(millis(moved.closed_at)),
    );
    guarded(update(&application::table, before, state).execute(c))
}

pub(crate) fn keep_archive(
    c: &mut AnyConnection,
    id: &ArriveId,
    archive: &str,
) -> Result<(), CommitError> {
    inserted(
        diesel::insert_into(application_archive::table)
            .values((
                application_archive::arrive_id.eq(id.as_str()),
                application_archive::archive.eq(archive),
            ))
            .execute(c),
    )
}

pub(crate) fn add_line(
    c: &mut AnyConnection,
    id: &ArriveId,
    line: &HistoryLine,
) -> Result<(), CommitError> {
    let fee = line.fee.as_ref();
    first(
        diesel::insert_into(history::table)
            .values((
                history::arrive_id.eq(id.as_str()),
                history::number.eq(i64::from(line.number)),
                history::at.eq(line.at.millis()),
                history::process.eq(line.process.as_str()),
                history::status.eq(&line.status),
                history::facility_number.eq(fee.map(|key| key.facility_number.as_str())),
                history::pay_number.eq(fee.map(|key| key.pay_number.as_str())),
            ))
            .execute(c),
    )
}

/// An application, unless it is somebody else's.
pub(crate) fn find(
    c: &mut AnyConnection,
    whose: &Owner,
    id: &ArriveId,
) -> Result<Option<Application>, Fault> {
    let found: Option<Row> = application::table
        .find(id.as_str())
        .first(c)
        .optional()
        .map_err(failed)?;
    let found = found.map(Application::try_from).transpose()?;
    Ok(found.filter(|one| whose.owns(one)))
}

pub(crate) fn find_dossier(
    c: &mut AnyConnection,
    whose: &Owner,
    id: &ArriveId,
) -> Result<Option<Dossier>, Fault> {
    let found = find(c, whose, id)?;
    found.map(|one| dossier(c, one)).transpose()
}

pub(crate) fn find_withdrawal_of(
    c: &mut AnyConnection,
    target: &ArriveId,
) -> Result<Option<Dossier>, Fault> {
    let origin = Origin::Withdrawal(target.clone());
    let found: Option<Row> = application::table
        .filter(application::parent.eq(target.as_str()))
        .filter(application::origin.eq(origin.as_str()))
        .filter(application::stage.eq(Stage::Arrived.as_str()))
        .order(application::arrive_id.desc())
        .first(c)
        .optional()
        .map_err(failed)?;
    let found = found.map(Application::try_from).transpose()?;
    found.map(|one| dossier(c, one)).transpose()
}

/// The archive it came in: its own, or its package's.
pub(crate) fn find_archive(
    c: &mut AnyConnection,
    whose: &Owner,
    id: &ArriveId,
) -> Result<Option<String>, Fault> {
    let Some(found) = find(c, whose, id)? else {
        return Ok(None);
    };
    match &found.package {
        Some(number) => package::find_archive(c, number),
        None => application_archive::table
            .find(id.as_str())
            .select(application_archive::archive)
            .first(c)
            .optional()
            .map_err(failed),
    }
}

fn dossier(c: &mut AnyConnection, found: Application) -> Result<Dossier, Fault> {
    let id = found.arrive_id.as_str();
    let lines: Vec<LineRow> = history::table
        .filter(history::arrive_id.eq(id))
        .order(history::number)
        .load(c)
        .map_err(failed)?;
    let history = lines.into_iter().map(HistoryLine::try_from);
    Ok(Dossier {
        history: history.collect::<Result<_, _>>()?,
        notices: notice::of(c, &[id])?.remove(id).unwrap_or_default(),
        fees: fee::of(c, &[id])?.remove(id).unwrap_or_default(),
        application: found,
    })
}

/// The applications of packages, by package, the newest first.
pub(crate) fn of_packages(
    c: &mut AnyConnection,
    numbers: &[&str],
) -> Result<BTreeMap<String, Vec<Listed>>, Fault> {
    let mut rows: Vec<Row> = Vec::new();
    for numbers in numbers.chunks(KEYS) {
        let some: Vec<Row> = application::table
            .filter(application::package.eq_any(numbers))
            .load(c)
            .map_err(failed)?;
        rows.extend(some);
    }
    rows.sort_unstable_by(|one, other| other.arrive_id.cmp(&one.arrive_id));
    let mut by_package: BTreeMap<String, Vec<Listed>> = BTreeMap::new();
    for listed in listed(c, rows)? {
        let package = listed.application.package.as_ref();
        let number = package.map(|number| number.as_str().to_owned());
        by_package
            .entry(number.unwrap_or_default())
            .or_default()
            .push(listed);
    }
    Ok(by_package)
}

/// Applications with their notices and fees, in the same order.
pub(crate) fn listed(c: &mut AnyConnection, rows: Vec<Row>) -> Result<Vec<Listed>, Fault> {
    let ids: Vec<&str> = rows.iter().map(|row| row.arrive_id.as_str()).collect();
    let (mut notices, mut fees) = (BTreeMap::new(), BTreeMap::new());
    for ids in ids.chunks(KEYS) {
        notices.append(&mut notice::of(c, ids)?);
        fees.append(&mut fee::of(c, ids)?);
    }
    rows.into_iter()
        .map(|row| {
            Ok(Listed {
                notices: notices.remove(&row.arrive_id).unwrap_or_default(),
                fees: fees.remove(&row.arrive_id).unwrap_or_default(),
                application: Application::try_from(row)?,
            })
        })
        .collect()
}

/// [`Whose`] of one's own, for a read that runs elsewhere.
pub(crate) enum Owner {
    Platform,
    Ministries(std::collections::BTreeSet<renkei_egov::number::MinistryId>),
    User(renkei_egov::number::UserId),
}

impl From<Whose<'_>> for Owner {
    fn from(whose: Whose<'_>) -> Self {
        match whose {
            Whose::Platform => Self::Platform,
            Whose::Ministries(ministries) => Self::Ministries(ministries.clone()),
            Whose::User(user) => Self::User(user.clone()),
        }
    }
}

impl Owner {
    fn owns(&self, application: &Application) -> bool {
        match self {
            Self::Platform => true,
            Self::Ministries(ministries) => ministries.contains(&application.ministry),
            Self::User(user) => application.user == *user,
        }
    }
}

#[derive(Queryable)]
pub(crate) struct Row {
    arrive_id: String,
    version: i64,
    user_id: String,
    software: String,
    package: Option<String>,
    origin: String,
    parent: Option<String>,
    procedure: String,
    procedure_name: String,
    ministry: String,
    ministry_name: String,
    submission: String,
    stage: String,
    stage_at: i64,
    withdrawing: bool,
    correctable: bool,
    arrived_at: i64,
    exam_started_at: Option<i64>,
    exam_ended_at: Option<i64>,
    closed_at: Option<i64>,
}

impl TryFrom<Row> for Application {
    type Error = Fault;

    fn try_from(row: Row) -> Result<Self, Fault> {
        let place = Place::of("application", &row.arrive_id);
        let parent = row.parent.map(|id| place.name("parent", id)).transpose()?;
        let package = row.package.map(|number| place.name("package", number));
        Ok(Self {
            arrive_id: place.name("arrive_id", row.arrive_id.clone())?,
            version: row.version,
            user: place.name("user_id", row.user_id)?,
            software: place.name("software", row.software)?,
            package: package.transpose()?,
            origin: Origin::from_stored(&row.origin, parent).ok_or_else(|| place.bad("origin"))?,
            procedure: place.name("procedure", row.procedure)?,
            procedure_name: row.procedure_name,
            ministry: place.name("ministry", row.ministry)?,
            ministry_name: row.ministry_name,
            submission: of_body("application", &row.arrive_id, &row.submission)?,
            stage: Stage::from_stored(&row.stage).ok_or_else(|| place.bad("stage"))?,
            stage_at: Timestamp::from_millis(row.stage_at),
            withdrawing: row.withdrawing,
            correctable: row.correctable,
            arrived_at: Timestamp::from_millis(row.arrived_at),
            exam_started_at: instant(row.exam_started_at),
            exam_ended_at: instant(row.exam_ended_at),
            closed_at: instant(row.closed_at),
        })
    }
}

#[derive(Queryable)]
struct LineRow {
    arrive_id: String,
    number: i64,
    at: i64,
    process: String,
    status: String,
    facility_number: Option<String>,
    pay_number: Option<String>,
}

impl TryFrom<LineRow> for HistoryLine {
    type Error = Fault;

    fn try_from(row: LineRow) -> Result<Self, Fault> {
        let place = Place::of("history", &row.arrive_id);
        let fee = match (row.facility_number, row.pay_number) {
            (None, None) => None,
            (Some(facility_number), Some(pay_number)) => Some(FeeKey {
                facility_number,
                pay_number,
            }),
            _ => return Err(place.bad("pay_number")),
        };
        Ok(Self {
            number: place.count("number", row.number)?,
            at: Timestamp::from_millis(row.at),
            process: Process::from_stored(&row.process).ok_or_else(|| place.bad("process"))?,
            status: row.status,
            fee,
        })
    }
}
