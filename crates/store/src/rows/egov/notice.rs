//! What the desk sends back, and its archives.

use std::collections::BTreeMap;

use diesel::prelude::*;
use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use renkei_egov::life::{AmendEnd, Notice, NoticeKind};
use renkei_egov::number::ArriveId;

use super::super::{body, failed, first, guarded, inserted, of_body};
use super::{Place, day, instant, millis};
use crate::connection::AnyConnection;
use crate::schema::egov::{notice, notice_archive};
use crate::steady::update;

pub(crate) fn issue(
    c: &mut AnyConnection,
    id: &ArriveId,
    new: &Notice,
    archive: &str,
) -> Result<(), CommitError> {
    let (kind, number) = (new.kind.as_str(), i64::from(new.number));
    let waits_until = new.due.filter(|_| new.is_open());
    first(
        diesel::insert_into(notice::table)
            .values((
                notice::arrive_id.eq(id.as_str()),
                notice::kind.eq(kind),
                notice::number.eq(number),
                notice::issued_at.eq(new.issued_at.millis()),
                notice::title.eq(&new.title),
                notice::files.eq(body(&new.files)?),
                notice::signed.eq(new.signed),
                notice::due.eq(day(new.due)),
                notice::waits_until.eq(day(waits_until)),
                notice::ended.eq(new.end.map(AmendEnd::as_str)),
                notice::completed_at.eq(millis(new.completed_at)),
            ))
            .execute(c),
    )?;
    inserted(
        diesel::insert_into(notice_archive::table)
            .values((
                notice_archive::arrive_id.eq(id.as_str()),
                notice_archive::kind.eq(kind),
                notice_archive::number.eq(number),
                notice_archive::archive.eq(archive),
            ))
            .execute(c),
    )
}

pub(crate) fn end(
    c: &mut AnyConnection,
    id: &ArriveId,
    number: u32,
    end: AmendEnd,
    completed_at: Option<Timestamp>,
) -> Result<(), CommitError> {
    let open = notice::arrive_id
        .eq(id.as_str())
        .and(notice::kind.eq(NoticeKind::Amend.as_str()))
        .and(notice::number.eq(i64::from(number)))
        .and(notice::ended.is_null());
    let over = (
        notice::waits_until.eq(None::<String>),
        notice::ended.eq(end.as_str()),
        notice::completed_at.eq(millis(completed_at)),
    );
    guarded(update(&notice::table, open, over).execute(c))
}

pub(crate) fn complete(
    c: &mut AnyConnection,
    id: &ArriveId,
    kind: NoticeKind,
    number: u32,
    at: Timestamp,
) -> Result<(), CommitError> {
    let this = notice::arrive_id
        .eq(id.as_str())
        .and(notice::kind.eq(kind.as_str()))
        .and(notice::number.eq(i64::from(number)));
    guarded(update(&notice::table, this, notice::completed_at.eq(at.millis())).execute(c))
}

pub(crate) fn find_archive(
    c: &mut AnyConnection,
    id: &ArriveId,
    kind: NoticeKind,
    number: u32,
) -> Result<Option<String>, Fault> {
    notice_archive::table
        .find((id.as_str(), kind.as_str(), i64::from(number)))
        .select(notice_archive::archive)
        .first(c)
        .optional()
        .map_err(failed)
}

/// The notices of applications, by application, by kind and number.
pub(crate) fn of(
    c: &mut AnyConnection,
    ids: &[&str],
) -> Result<BTreeMap<String, Vec<Notice>>, Fault> {
    let rows: Vec<Row> = notice::table
        .filter(notice::arrive_id.eq_any(ids))
        .order((notice::arrive_id, notice::kind, notice::number))
        .load(c)
        .map_err(failed)?;
    let mut all: BTreeMap<String, Vec<Notice>> = BTreeMap::new();
    for row in rows {
        let id = row.arrive_id.clone();
        all.entry(id).or_default().push(Notice::try_from(row)?);
    }
    Ok(all)
}

#[derive(Queryable)]
struct Row {
    arrive_id: String,
    kind: String,
    number: i64,
    issued_at: i64,
    title: String,
    files: String,
    signed: bool,
    due: Option<String>,
    _waits_until: Option<String>,
    ended: Option<String>,
    completed_at: Option<i64>,
}

impl TryFrom<Row> for Notice {
    type Error = Fault;

    fn try_from(row: Row) -> Result<Self, Fault> {
        let place = Place::of("notice", &row.arrive_id);
        let end = row
            .ended
            .as_deref()
            .map(|word| AmendEnd::from_stored(word).ok_or_else(|| place.bad("ended")));
        let due = row.due.as_deref().map(|text| place.day("due", text));
        Ok(Self {
            kind: NoticeKind::from_stored(&row.kind).ok_or_else(|| place.bad("kind"))?,
            number: place.count("number", row.number)?,
            issued_at: Timestamp::from_millis(row.issued_at),
            title: row.title,
            files: of_body("notice", &row.arrive_id, &row.files)?,
            signed: row.signed,
            due: due.transpose()?,
            end: end.transpose()?,
            completed_at: instant(row.completed_at),
        })
    }
}
