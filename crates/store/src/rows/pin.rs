//! Inquiry PINs in effect.

use std::collections::BTreeSet;

use diesel::prelude::*;
use renkei_core::account::{AccountId, CustomerId};
use renkei_core::commit::{CommitError, RegisteredPin};
use renkei_core::fault::Fault;
use renkei_core::tenant::TenantId;

use super::{failed, inserted};
use crate::connection::AnyConnection;
use crate::schema::{consent, inquiry_pin};

pub(crate) fn register(c: &mut AnyConnection, pin: &RegisteredPin) -> Result<(), CommitError> {
    let place = (
        pin.tenant.as_str(),
        pin.customer.as_str(),
        pin.account.as_str(),
    );
    let value = (
        inquiry_pin::pin.eq(pin.pin.as_str()),
        inquiry_pin::registered_at.eq(pin.at.millis()),
    );
    let updated = diesel::update(inquiry_pin::table.find(place))
        .set(value)
        .execute(c)
        .map_err(failed)?;
    if updated == 1 {
        return Ok(());
    }
    inserted(
        diesel::insert_into(inquiry_pin::table)
            .values((
                inquiry_pin::tenant.eq(pin.tenant.as_str()),
                inquiry_pin::customer.eq(pin.customer.as_str()),
                inquiry_pin::account.eq(pin.account.as_str()),
                value,
            ))
            .execute(c),
    )
}

/// Registered PINs that no consent was given with: there must be none.
pub(crate) fn without_consent(c: &mut AnyConnection) -> Result<i64, Fault> {
    let given = consent::table
        .filter(consent::tenant.eq(inquiry_pin::tenant))
        .filter(consent::given_at.eq(inquiry_pin::registered_at));
    inquiry_pin::table
        .filter(diesel::dsl::not(diesel::dsl::exists(given)))
        .count()
        .get_result(c)
        .map_err(failed)
}

pub(crate) fn registered(
    c: &mut AnyConnection,
    tenant: &TenantId,
    customer: &CustomerId,
) -> Result<BTreeSet<AccountId>, Fault> {
    let accounts: Vec<String> = inquiry_pin::table
        .filter(inquiry_pin::tenant.eq(tenant.as_str()))
        .filter(inquiry_pin::customer.eq(customer.as_str()))
        .select(inquiry_pin::account)
        .load(c)
        .map_err(failed)?;
    Ok(accounts.into_iter().map(AccountId::new).collect())
}
