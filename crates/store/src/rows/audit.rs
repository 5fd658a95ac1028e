//! The audit chain.

use diesel::prelude::*;
use renkei_core::audit::{Event, Record, digest};
use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use renkei_core::tenant::TenantId;

use super::{body, failed, inconsistent, inserted};
use crate::connection::AnyConnection;
use crate::schema::{audit, audit_head};
use crate::steady::update;

/// Appends events. Their writer holds the end of the chain from here to the end of its transaction,
/// so that the chain has no fork, and no commit of another server comes between.
pub(crate) fn append(c: &mut AnyConnection, events: &[Event]) -> Result<(), CommitError> {
    if events.is_empty() {
        return Ok(());
    }
    hold(c)?;
    let (mut sequence, mut previous) = head(c)?;
    for event in events {
        sequence += 1;
        let detail = body(&event.detail)?;
        let own = digest(sequence, &previous, event, &detail);
        inserted(
            diesel::insert_into(audit::table)
                .values((
                    audit::sequence.eq(sequence),
                    audit::at.eq(event.at.millis()),
                    audit::tenant.eq(event.tenant.as_ref().map(TenantId::as_str)),
                    audit::journey.eq(event.journey.map(|id| id.to_string())),
                    audit::name.eq(&event.name),
                    audit::detail.eq(&detail),
                    audit::previous.eq(&previous),
                    audit::digest.eq(&own),
                ))
                .execute(c),
        )?;
        previous = own;
    }
    update(
        &audit_head::table,
        audit_head::id.eq(1),
        (
            audit_head::sequence.eq(sequence),
            audit_head::digest.eq(previous),
        ),
    )
    .execute(c)
    .map_err(failed)?;
    Ok(())
}

/// Takes the end of the chain until the transaction ends: what is read after it is the true end. On
/// SQLite the transaction holds the whole file already.
pub(crate) fn hold(c: &mut AnyConnection) -> Result<(), Fault> {
    if matches!(c, AnyConnection::Postgres(_)) {
        update(
            &audit_head::table,
            audit_head::id.eq(1),
            audit_head::sequence.eq(audit_head::sequence),
        )
        .execute(c)
        .map_err(failed)?;
    }
    Ok(())
}

pub(crate) fn head(c: &mut AnyConnection) -> Result<(i64, String), Fault> {
    audit_head::table
        .find(1)
        .select((audit_head::sequence, audit_head::digest))
        .first(c)
        .map_err(failed)
}

pub(crate) fn after(c: &mut AnyConnection, from: i64, limit: i64) -> Result<Vec<Record>, Fault> {
    let rows: Vec<Row> = audit::table
        .filter(audit::sequence.gt(from))
        .order(audit::sequence)
        .limit(limit)
        .load(c)
        .map_err(failed)?;
    rows.into_iter().map(Record::try_from).collect()
}

#[derive(Queryable)]
struct Row {
    sequence: i64,
    at: i64,
    tenant: Option<String>,
    journey: Option<String>,
    name: String,
    detail: String,
    previous: String,
    digest: String,
}

impl TryFrom<Row> for Record {
    type Error = Fault;

    fn try_from(row: Row) -> Result<Self, Fault> {
        let key = row.sequence.to_string();
        let tenant = row.tenant.map(|id| TenantId::parse(&id)).transpose();
        let journey = row.journey.map(|id| id.parse()).transpose();
        Ok(Self {
            sequence: row.sequence,
            event: Event {
                at: Timestamp::from_millis(row.at),
                tenant: tenant.map_err(|e| inconsistent("audit", "tenant", &key).caused_by(e))?,
                journey: journey
                    .map_err(|e| inconsistent("audit", "journey", &key).caused_by(e))?,
                name: row.name,
                detail: serde_json::from_str(&row.detail)
                    .map_err(|e| inconsistent("audit", "detail", &key).caused_by(e))?,
            },
            previous: row.previous,
            digest: row.digest,
        })
    }
}
