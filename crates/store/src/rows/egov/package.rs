//! Packages and their archives.

use diesel::prelude::*;
use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use renkei_egov::life::{Package, PackageState};
use renkei_egov::number::{SendNumber, UserId};
use renkei_egov::port::{PackageListed, Page, Selection};

use super::super::{failed, guarded, inserted};
use super::application;
use super::{Place, instant};
use crate::connection::AnyConnection;
use crate::rows::audit;
use crate::schema::egov::{package, package_archive};
use crate::steady::update;

pub(crate) fn receive(
    c: &mut AnyConnection,
    new: &Package,
    archive: &str,
) -> Result<(), CommitError> {
    let number = new.send_number.as_str();
    inserted(
        diesel::insert_into(package::table)
            .values((
                package::send_number.eq(number),
                package::user_id.eq(new.user.as_str()),
                package::software.eq(new.software.as_str()),
                package::file_name.eq(&new.file_name),
                package::sent_at.eq(new.sent_at.millis()),
                package::applications.eq(i64::from(new.applications)),
                package::waits_since.eq(new.sent_at.millis()),
            ))
            .execute(c),
    )?;
    inserted(
        diesel::insert_into(package_archive::table)
            .values((
                package_archive::send_number.eq(number),
                package_archive::archive.eq(archive),
            ))
            .execute(c),
    )
}

pub(crate) fn check(
    c: &mut AnyConnection,
    number: &SendNumber,
    claim: &str,
    state: &PackageState,
) -> Result<(), CommitError> {
    let PackageState::Checked {
        at,
        arrived,
        refused,
        report,
    } = state
    else {
        return Err(Fault::new("a checked package still waits").into());
    };
    let claimed = package::send_number
        .eq(number.as_str())
        .and(package::waits_since.is_not_null())
        .and(package::claim.assume_not_null().eq(claim));
    let checked = (
        package::waits_since.eq(None::<i64>),
        package::checked_at.eq(at.millis()),
        package::arrived.eq(i64::from(*arrived)),
        package::refused.eq(i64::from(*refused)),
        package::report.eq(report),
    );
    guarded(update(&package::table, claimed, checked).execute(c))?;
    if *arrived == 0 {
        // The report says what was wrong; nothing refers to the archive.
        diesel::delete(package_archive::table.find(number.as_str()))
            .execute(c)
            .map_err(failed)?;
    }
    Ok(())
}

/// Claims what waits, the oldest first. The end of the audit chain is held, so that of two servers the
/// second sees what the first has claimed.
pub(crate) fn claim(
    c: &mut AnyConnection,
    claim: &str,
    now: Timestamp,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<(Package, String)>, CommitError> {
    audit::hold(c)?;
    let free = || {
        package::claimed_until
            .is_null()
            .or(package::claimed_until.assume_not_null().le(now.millis()))
    };
    let waiting: Vec<Row> = package::table
        .filter(package::waits_since.assume_not_null().le(now.millis()))
        .filter(free())
        .order((package::waits_since, package::send_number))
        .limit(limit)
        .load(c)
        .map_err(failed)?;
    let mut claimed = Vec::with_capacity(waiting.len());
    for row in waiting {
        let still = package::send_number
            .eq(&row.send_number)
            .and(package::waits_since.is_not_null())
            .and(free());
        let mine = (
            package::claim.eq(claim),
            package::claimed_until.eq(until.millis()),
        );
        let rows = update(&package::table, still, mine).execute(c);
        if rows.map_err(failed)? == 0 {
            continue;
        }
        let archive: String = package_archive::table
            .find(&row.send_number)
            .select(package_archive::archive)
            .first(c)
            .map_err(failed)?;
        claimed.push((Package::try_from(row)?, archive));
    }
    Ok(claimed)
}

pub(crate) fn find_archive(
    c: &mut AnyConnection,
    number: &SendNumber,
) -> Result<Option<String>, Fault> {
    package_archive::table
        .find(number.as_str())
        .select(package_archive::archive)
        .first(c)
        .optional()
        .map_err(failed)
}

/// Packages of a user with their applications, in as many queries however many there are.
pub(crate) fn page(
    c: &mut AnyConnection,
    user: &UserId,
    wanted: &Selection,
) -> Result<Page, Fault> {
    let (found, cut) = match wanted {
        Selection::Number(number) => {
            let rows: Vec<Row> = package::table
                .filter(package::send_number.eq(number.as_str()))
                .filter(package::user_id.eq(user.as_str()))
                .load(c)
                .map_err(failed)?;
            (rows, false)
        }
        Selection::Period {
            from,
            to,
            packages,
            applications,
        } => {
            let most = (*packages).max(1);
            let rows: Vec<Row> = package::table
                .filter(package::user_id.eq(user.as_str()))
                .filter(package::sent_at.ge(from.millis()))
                .filter(package::sent_at.lt(to.millis()))
                .order((package::sent_at.desc(), package::send_number.desc()))
                .limit(i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1))
                .load(c)
                .map_err(failed)?;
            fitting(rows, most, *applications)
        }
    };
    let numbers: Vec<&str> = found.iter().map(|row| row.send_number.as_str()).collect();
    let mut arrived = application::of_packages(c, &numbers)?;
    let packages = found.into_iter().map(|row| {
        Ok(PackageListed {
            applications: arrived.remove(&row.send_number).unwrap_or_default(),
            package: Package::try_from(row)?,
        })
    });
    Ok(Page {
        packages: packages.collect::<Result<_, Fault>>()?,
        cut,
    })
}

/// The newest of them, as many as fit, but one at least; and whether that left some out.
fn fitting(mut rows: Vec<Row>, packages: usize, applications: usize) -> (Vec<Row>, bool) {
    let mut sum = 0_usize;
    let fit = rows.iter().take(packages).take_while(|row| {
        sum = sum.saturating_add(
            row.arrived
                .map_or(0, |many| usize::try_from(many).unwrap_or(0)),
        );
        sum <= applications
    });
    let fit = fit.count().max(1);
    let cut = rows.len() > fit;
    rows.truncate(fit);
    (rows, cut)
}

#[derive(Queryable)]
struct Row {
    send_number: String,
    user_id: String,
    software: String,
    file_name: String,
    sent_at: i64,
    applications: i64,
    _waits_since: Option<i64>,
    checked_at: Option<i64>,
    arrived: Option<i64>,
    refused: Option<i64>,
    report: Option<String>,
    _claim: Option<String>,
    _claimed_until: Option<i64>,
}

impl TryFrom<Row> for Package {
    type Error = Fault;

    fn try_from(row: Row) -> Result<Self, Fault> {
        let place = Place::of("package", &row.send_number);
        let state = match (
            instant(row.checked_at),
            row.arrived,
            row.refused,
            row.report,
        ) {
            (None, None, None, None) => PackageState::Waiting,
            (Some(at), Some(arrived), Some(refused), Some(report)) => PackageState::Checked {
                at,
                arrived: place.count("arrived", arrived)?,
                refused: place.count("refused", refused)?,
                report,
            },
            _ => return Err(place.bad("checked_at")),
        };
        Ok(Self {
            send_number: place.name("send_number", row.send_number.clone())?,
            user: place.name("user_id", row.user_id)?,
            software: place.name("software", row.software)?,
            file_name: row.file_name,
            sent_at: Timestamp::from_millis(row.sent_at),
            applications: place.count("applications", row.applications)?,
            state,
        })
    }
}
