//! Visits: customers at the page of their links.

use diesel::prelude::*;
use renkei_core::account::CustomerId;
use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use renkei_core::tenant::TenantId;
use renkei_core::visit::Visit;

use super::{failed, inconsistent, inserted};
use crate::connection::AnyConnection;
use crate::schema::visit;

pub(crate) fn open(c: &mut AnyConnection, new: &Visit) -> Result<(), CommitError> {
    inserted(
        diesel::insert_into(visit::table)
            .values((
                visit::digest.eq(&new.digest),
                visit::tenant.eq(new.tenant.as_str()),
                visit::customer.eq(new.customer.as_str()),
                visit::name.eq(&new.name),
                visit::credential_version.eq(&new.credential_version),
                visit::begun_at.eq(new.begun_at.millis()),
                visit::lapses_at.eq(new.lapses_at.millis()),
            ))
            .execute(c),
    )
}

pub(crate) fn extend(
    c: &mut AnyConnection,
    digest: &str,
    lapses_at: Timestamp,
) -> Result<(), CommitError> {
    diesel::update(visit::table.find(digest))
        .filter(visit::lapses_at.lt(lapses_at.millis()))
        .set(visit::lapses_at.eq(lapses_at.millis()))
        .execute(c)
        .map_err(failed)?;
    Ok(())
}

pub(crate) fn end(c: &mut AnyConnection, digest: &str) -> Result<(), CommitError> {
    diesel::delete(visit::table.find(digest))
        .execute(c)
        .map_err(failed)?;
    Ok(())
}

pub(crate) fn find(c: &mut AnyConnection, digest: &str) -> Result<Option<Visit>, Fault> {
    let found: Option<Row> = visit::table
        .find(digest)
        .first(c)
        .optional()
        .map_err(failed)?;
    found.map(Visit::try_from).transpose()
}

#[derive(Queryable)]
struct Row {
    digest: String,
    tenant: String,
    customer: String,
    name: String,
    credential_version: String,
    begun_at: i64,
    lapses_at: i64,
}

impl TryFrom<Row> for Visit {
    type Error = Fault;

    fn try_from(row: Row) -> Result<Self, Fault> {
        let tenant = TenantId::parse(&row.tenant)
            .map_err(|e| inconsistent("visit", "tenant", &row.digest).caused_by(e))?;
        Ok(Self {
            digest: row.digest,
            tenant,
            customer: CustomerId::new(row.customer),
            name: row.name,
            credential_version: row.credential_version,
            begun_at: Timestamp::from_millis(row.begun_at),
            lapses_at: Timestamp::from_millis(row.lapses_at),
        })
    }
}
