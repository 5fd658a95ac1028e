//! Links and the consents they rest on.

use std::collections::BTreeSet;

use diesel::prelude::*;
use renkei_core::account::CustomerId;
use renkei_core::client::ClientRecord;
use renkei_core::commit::CommitError;
use renkei_core::consent::Consent;
use renkei_core::fault::Fault;
use renkei_core::id::LinkId;
use renkei_core::instant::Timestamp;
use renkei_core::link::Link;
use renkei_core::port::HeldLink;
use renkei_core::tenant::TenantId;
use renkei_oauth::client::ClientId;

use super::{body, failed, first, guarded, inserted, of_body};
use crate::connection::AnyConnection;
use crate::schema::{client, consent, link};
use crate::steady::update;

/// The slot of the link that a consent would renew.
const CURRENT: &str = "current";

pub(crate) fn save(c: &mut AnyConnection, saved: &Link) -> Result<(), CommitError> {
    let id = saved.id.to_string();
    let slot = if saved.is_renewable() { CURRENT } else { &id };
    let text = body(saved)?;
    let state = (
        link::slot.eq(slot),
        link::version.eq(saved.version),
        link::expires_at.eq(saved.expires_at.map_or(i64::MAX, Timestamp::millis)),
        link::ended.eq(saved.ended.is_some()),
        link::body.eq(&text),
    );
    if saved.version > 1 {
        return guarded(
            update(
                &link::table,
                link::id.eq(&id).and(link::version.eq(saved.version - 1)),
                state,
            )
            .execute(c),
        );
    }
    // Two first consents at once: the second finds the place taken, and decides again.
    first(
        diesel::insert_into(link::table)
            .values((
                link::id.eq(&id),
                link::tenant.eq(saved.tenant.as_str()),
                link::client.eq(saved.client.as_str()),
                link::customer.eq(saved.customer.as_str()),
                state,
            ))
            .execute(c),
    )
}

pub(crate) fn find(c: &mut AnyConnection, id: LinkId) -> Result<Option<Link>, Fault> {
    let key = id.to_string();
    let found: Option<Row> = link::table
        .find(&key)
        .select(COLUMNS)
        .first(c)
        .optional()
        .map_err(failed)?;
    found.map(of_row).transpose()
}

/// What a link is read from.
pub(crate) type Row = (String, String, Option<i64>);
/// The columns of [`Row`].
pub(crate) const COLUMNS: (link::id, link::body, link::used_at) =
    (link::id, link::body, link::used_at);

/// The link of a row.
pub(crate) fn of_row((id, text, used_at): Row) -> Result<Link, Fault> {
    let mut link: Link = of_body("link", &id, &text)?;
    link.used_at = used_at.map(Timestamp::from_millis);
    Ok(link)
}

pub(crate) fn of_customer(
    c: &mut AnyConnection,
    tenant: &TenantId,
    customer: &CustomerId,
) -> Result<Vec<HeldLink>, Fault> {
    let rows: Vec<(Row, String)> = link::table
        .inner_join(client::table)
        .filter(link::tenant.eq(tenant.as_str()))
        .filter(link::customer.eq(customer.as_str()))
        // An id begins with the millisecond of its making.
        .order(link::id.desc())
        .select((COLUMNS, client::body))
        .load(c)
        .map_err(failed)?;
    rows.into_iter()
        .map(|(row, client_body)| {
            let link = of_row(row)?;
            let record: ClientRecord = of_body("client", link.client.as_str(), &client_body)?;
            Ok(HeldLink {
                link,
                card: record.card,
            })
        })
        .collect()
}

pub(crate) fn note_use(
    c: &mut AnyConnection,
    id: LinkId,
    at: Timestamp,
) -> Result<(), CommitError> {
    let earlier = link::used_at.is_null().or(link::used_at.lt(at.millis()));
    diesel::update(link::table.find(id.to_string()))
        .filter(earlier)
        .set(link::used_at.eq(at.millis()))
        .execute(c)
        .map_err(failed)?;
    Ok(())
}

/// Whether the customer's links that are not ended are these. The writer holds the end of the audit
/// chain, so no consent of another server can be between this and the end of its transaction.
pub(crate) fn expect_open(
    c: &mut AnyConnection,
    tenant: &TenantId,
    customer: &CustomerId,
    open: &BTreeSet<LinkId>,
) -> Result<(), CommitError> {
    let ids: Vec<String> = link::table
        .filter(link::tenant.eq(tenant.as_str()))
        .filter(link::customer.eq(customer.as_str()))
        .filter(link::ended.eq(false))
        .select(link::id)
        .load(c)
        .map_err(failed)?;
    let expected: BTreeSet<String> = open.iter().map(ToString::to_string).collect();
    if ids.into_iter().collect::<BTreeSet<_>>() == expected {
        Ok(())
    } else {
        Err(CommitError::Lost)
    }
}

pub(crate) fn consents(c: &mut AnyConnection, of: LinkId) -> Result<Vec<Consent>, Fault> {
    let rows: Vec<(String, String)> = consent::table
        .filter(consent::link.eq(of.to_string()))
        .order((consent::given_at.desc(), consent::id.desc()))
        .select((consent::id, consent::body))
        .load(c)
        .map_err(failed)?;
    rows.iter()
        .map(|(id, text)| of_body("consent", id, text))
        .collect()
}

pub(crate) fn find_renewable(
    c: &mut AnyConnection,
    tenant: &TenantId,
    client: &ClientId,
    customer: &CustomerId,
) -> Result<Option<Link>, Fault> {
    let found: Option<Row> = link::table
        .filter(link::tenant.eq(tenant.as_str()))
        .filter(link::client.eq(client.as_str()))
        .filter(link::customer.eq(customer.as_str()))
        .filter(link::slot.eq(CURRENT))
        .select(COLUMNS)
        .first(c)
        .optional()
        .map_err(failed)?;
    found.map(of_row).transpose()
}

pub(crate) fn record(c: &mut AnyConnection, given: &Consent) -> Result<(), CommitError> {
    inserted(
        diesel::insert_into(consent::table)
            .values((
                consent::id.eq(given.id.to_string()),
                consent::link.eq(given.link.to_string()),
                consent::tenant.eq(given.tenant.as_str()),
                consent::given_at.eq(given.at.millis()),
                consent::body.eq(body(given)?),
            ))
            .execute(c),
    )
}
