//! Staff and their sessions.

use diesel::prelude::*;
use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use renkei_core::seal::Sealed;
use renkei_egov::number::StaffLogin;
use renkei_egov::staff::{Role, Session, StaffAccount};

use super::super::{failed, first, guarded, inserted};
use super::{Place, instant, joined, millis};
use crate::connection::AnyConnection;
use crate::schema::egov::{staff, staff_session};
use crate::steady::update;

pub(crate) fn save(c: &mut AnyConnection, saved: &StaffAccount) -> Result<(), CommitError> {
    let login = saved.login.as_str();
    let roles = saved
        .roles
        .iter()
        .map(|role| role.as_str())
        .collect::<Vec<_>>();
    let ministries = saved
        .ministries
        .iter()
        .map(|one| one.as_str())
        .collect::<Vec<_>>();
    let enrolment = saved.enrolment.as_ref();
    let state = (
        staff::version.eq(saved.version),
        staff::name.eq(&saved.name),
        staff::roles.eq(joined(&roles)),
        staff::ministries.eq(joined(&ministries)),
        staff::enrolment.eq(enrolment.map(|(digest, _)| digest.as_str())),
        staff::enrolment_until.eq(enrolment.map(|(_, until)| until.millis())),
        staff::password.eq(saved.password.as_deref()),
        staff::totp.eq(saved.totp.as_str()),
        staff::totp_step.eq(saved.totp_step),
        staff::created_at.eq(saved.created_at.millis()),
        staff::disabled_at.eq(millis(saved.disabled_at)),
    );
    if saved.version > 1 {
        let before = staff::login
            .eq(login)
            .and(staff::version.eq(saved.version - 1));
        return guarded(update(&staff::table, before, state).execute(c));
    }
    first(
        diesel::insert_into(staff::table)
            .values((staff::login.eq(login), state))
            .execute(c),
    )
}

pub(crate) fn find(
    c: &mut AnyConnection,
    login: &StaffLogin,
) -> Result<Option<StaffAccount>, Fault> {
    let found: Option<Row> = staff::table
        .find(login.as_str())
        .first(c)
        .optional()
        .map_err(failed)?;
    found.map(StaffAccount::try_from).transpose()
}

pub(crate) fn find_by_enrolment(
    c: &mut AnyConnection,
    digest: &str,
) -> Result<Option<StaffAccount>, Fault> {
    let found: Option<Row> = staff::table
        .filter(staff::enrolment.eq(digest))
        .first(c)
        .optional()
        .map_err(failed)?;
    found.map(StaffAccount::try_from).transpose()
}

pub(crate) fn all(c: &mut AnyConnection) -> Result<Vec<StaffAccount>, Fault> {
    let rows: Vec<Row> = staff::table.order(staff::login).load(c).map_err(failed)?;
    rows.into_iter().map(StaffAccount::try_from).collect()
}

#[derive(Queryable)]
struct Row {
    login: String,
    version: i64,
    name: String,
    roles: String,
    ministries: String,
    enrolment: Option<String>,
    enrolment_until: Option<i64>,
    password: Option<String>,
    totp: String,
    totp_step: i64,
    created_at: i64,
    disabled_at: Option<i64>,
}

impl TryFrom<Row> for StaffAccount {
    type Error = Fault;

    fn try_from(row: Row) -> Result<Self, Fault> {
        let place = Place::of("staff", &row.login);
        let words = |text: &str| -> Vec<String> {
            text.split_ascii_whitespace().map(str::to_owned).collect()
        };
        let roles = words(&row.roles)
            .into_iter()
            .map(|word| Role::parse(&word).ok_or_else(|| place.bad("roles")));
        let ministries = words(&row.ministries)
            .into_iter()
            .map(|id| place.name("ministries", id));
        Ok(Self {
            login: place.name("login", row.login.clone())?,
            version: row.version,
            name: row.name,
            roles: roles.collect::<Result<_, _>>()?,
            ministries: ministries.collect::<Result<_, _>>()?,
            enrolment: match (row.enrolment, instant(row.enrolment_until)) {
                (None, None) => None,
                (Some(digest), Some(until)) => Some((digest, until)),
                _ => return Err(place.bad("enrolment")),
            },
            password: row.password,
            totp: Sealed::from_stored(row.totp),
            totp_step: row.totp_step,
            created_at: Timestamp::from_millis(row.created_at),
            disabled_at: instant(row.disabled_at),
        })
    }
}

pub(crate) fn open_session(c: &mut AnyConnection, new: &Session) -> Result<(), CommitError> {
    inserted(
        diesel::insert_into(staff_session::table)
            .values((
                staff_session::digest.eq(&new.digest),
                staff_session::login.eq(new.login.as_str()),
                staff_session::opened_at.eq(new.opened_at.millis()),
                staff_session::lapses_at.eq(new.lapses_at.millis()),
                staff_session::ends_at.eq(new.ends_at.millis()),
            ))
            .execute(c),
    )
}

/// Never back: of two requests at once the later one counts.
pub(crate) fn extend_session(
    c: &mut AnyConnection,
    digest: &str,
    lapses_at: Timestamp,
) -> Result<(), CommitError> {
    let shorter = staff_session::digest
        .eq(digest)
        .and(staff_session::lapses_at.lt(lapses_at.millis()));
    let longer = staff_session::lapses_at.eq(lapses_at.millis());
    update(&staff_session::table, shorter, longer)
        .execute(c)
        .map_err(failed)?;
    Ok(())
}

pub(crate) fn end_session(c: &mut AnyConnection, digest: &str) -> Result<(), CommitError> {
    diesel::delete(staff_session::table.find(digest))
        .execute(c)
        .map_err(failed)?;
    Ok(())
}

pub(crate) fn end_sessions(c: &mut AnyConnection, login: &StaffLogin) -> Result<(), CommitError> {
    let of_login = staff_session::table.filter(staff_session::login.eq(login.as_str()));
    diesel::delete(of_login).execute(c).map_err(failed)?;
    Ok(())
}

pub(crate) fn find_session(c: &mut AnyConnection, digest: &str) -> Result<Option<Session>, Fault> {
    let found: Option<(String, String, i64, i64, i64)> = staff_session::table
        .find(digest)
        .first(c)
        .optional()
        .map_err(failed)?;
    let Some((digest, login, opened_at, lapses_at, ends_at)) = found else {
        return Ok(None);
    };
    let login = Place::of("staff_session", &digest).name("login", login)?;
    Ok(Some(Session {
        digest,
        login,
        opened_at: Timestamp::from_millis(opened_at),
        lapses_at: Timestamp::from_millis(lapses_at),
        ends_at: Timestamp::from_millis(ends_at),
    }))
}
