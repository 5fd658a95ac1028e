//! Registered clients.

use diesel::prelude::*;
use renkei_core::client::ClientRecord;
use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_oauth::client::ClientId;

use super::{body, failed, inserted, of_body};
use crate::connection::AnyConnection;
use crate::schema::client;
use crate::steady::update;

pub(crate) fn save(c: &mut AnyConnection, record: &ClientRecord) -> Result<(), CommitError> {
    let id = record.client.id.as_str();
    let (disabled, text) = (record.client.disabled, body(record)?);
    let updated = update(
        &client::table,
        client::id.eq(id),
        (client::disabled.eq(disabled), client::body.eq(&text)),
    )
    .execute(c)
    .map_err(failed)?;
    if updated == 1 {
        return Ok(());
    }
    inserted(
        diesel::insert_into(client::table)
            .values((
                client::id.eq(id),
                client::disabled.eq(disabled),
                client::body.eq(&text),
            ))
            .execute(c),
    )
}

pub(crate) fn find(c: &mut AnyConnection, id: &ClientId) -> Result<Option<ClientRecord>, Fault> {
    let found: Option<String> = client::table
        .find(id.as_str())
        .select(client::body)
        .first(c)
        .optional()
        .map_err(failed)?;
    found
        .map(|text| of_body("client", id.as_str(), &text))
        .transpose()
}

pub(crate) fn all(c: &mut AnyConnection) -> Result<Vec<ClientRecord>, Fault> {
    let rows: Vec<(String, String)> = client::table
        .select((client::id, client::body))
        .order(client::id)
        .load(c)
        .map_err(failed)?;
    rows.iter()
        .map(|(id, text)| of_body("client", id, text))
        .collect()
}
