//! Links and the consents they rest on.

use diesel::prelude::*;
use renkei_core::account::CustomerId;
use renkei_core::commit::CommitError;
use renkei_core::consent::Consent;
use renkei_core::fault::Fault;
use renkei_core::id::LinkId;
use renkei_core::link::Link;
use renkei_core::tenant::TenantId;
use renkei_oauth::client::ClientId;

use super::{body, failed, first, guarded, inserted, of_body};
use crate::connection::AnyConnection;
use crate::schema::{consent, link};
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
        link::expires_at.eq(saved.expires_at.millis()),
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
    let found: Option<String> = link::table
        .find(&key)
        .select(link::body)
        .first(c)
        .optional()
        .map_err(failed)?;
    found.map(|text| of_body("link", &key, &text)).transpose()
}

pub(crate) fn find_renewable(
    c: &mut AnyConnection,
    tenant: &TenantId,
    client: &ClientId,
    customer: &CustomerId,
) -> Result<Option<Link>, Fault> {
    let found: Option<(String, String)> = link::table
        .filter(link::tenant.eq(tenant.as_str()))
        .filter(link::client.eq(client.as_str()))
        .filter(link::customer.eq(customer.as_str()))
        .filter(link::slot.eq(CURRENT))
        .select((link::id, link::body))
        .first(c)
        .optional()
        .map_err(failed)?;
    found
        .map(|(id, text)| of_body("link", &id, &text))
        .transpose()
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
