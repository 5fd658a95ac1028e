//! Mail that waits to be sent.

use diesel::prelude::*;
use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_core::id::MailId;
use renkei_core::instant::Timestamp;
use renkei_core::mail::Mail;

use super::{body, failed, inserted, of_body};
use crate::connection::AnyConnection;
use crate::schema::mail;
use crate::steady::update;

pub(crate) fn queue(c: &mut AnyConnection, new: &Mail) -> Result<(), CommitError> {
    inserted(
        diesel::insert_into(mail::table)
            .values((
                mail::id.eq(new.id.to_string()),
                mail::due_at.eq(new.queued_at.millis()),
                mail::tries.eq(0),
                mail::body.eq(body(new)?),
            ))
            .execute(c),
    )
}

/// The body goes with the sending: an address is not kept longer than it is needed.
pub(crate) fn sent(c: &mut AnyConnection, id: MailId, at: Timestamp) -> Result<(), CommitError> {
    update(
        &mail::table,
        mail::id.eq(id.to_string()),
        (mail::sent_at.eq(at.millis()), mail::body.eq("")),
    )
    .execute(c)
    .map_err(failed)?;
    Ok(())
}

pub(crate) fn put_off(
    c: &mut AnyConnection,
    id: MailId,
    until: Timestamp,
) -> Result<(), CommitError> {
    update(
        &mail::table,
        mail::id.eq(id.to_string()),
        (
            mail::due_at.eq(until.millis()),
            mail::tries.eq(mail::tries + 1),
        ),
    )
    .execute(c)
    .map_err(failed)?;
    Ok(())
}

pub(crate) fn due(c: &mut AnyConnection, now: Timestamp, limit: i64) -> Result<Vec<Mail>, Fault> {
    let rows: Vec<(String, i64, String)> = mail::table
        .filter(mail::sent_at.is_null())
        .filter(mail::due_at.le(now.millis()))
        .order(mail::due_at)
        .limit(limit)
        .select((mail::id, mail::tries, mail::body))
        .load(c)
        .map_err(failed)?;
    rows.into_iter()
        .map(|(id, tries, text)| {
            let mut mail: Mail = of_body("mail", &id, &text)?;
            mail.tries = u32::try_from(tries).unwrap_or(u32::MAX);
            Ok(mail)
        })
        .collect()
}
