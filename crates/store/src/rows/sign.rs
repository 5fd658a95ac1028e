//! Devices and networks that customers are known by.

use diesel::prelude::*;
use renkei_core::account::CustomerId;
use renkei_core::commit::{CommitError, FamiliarSign, SignKind};
use renkei_core::fault::Fault;
use renkei_core::tenant::TenantId;

use super::{failed, inserted};
use crate::connection::AnyConnection;
use crate::schema::familiar_sign;
use crate::steady::update;

pub(crate) fn see(c: &mut AnyConnection, sign: &FamiliarSign) -> Result<(), CommitError> {
    let place = familiar_sign::tenant
        .eq(sign.tenant.as_str())
        .and(familiar_sign::customer.eq(sign.customer.as_str()))
        .and(familiar_sign::kind.eq(sign.kind.as_str()))
        .and(familiar_sign::digest.eq(sign.digest.as_str()));
    let seen_at = familiar_sign::seen_at.eq(sign.seen_at.millis());
    let updated = update(&familiar_sign::table, place, seen_at)
        .execute(c)
        .map_err(failed)?;
    if updated == 1 {
        return Ok(());
    }
    inserted(
        diesel::insert_into(familiar_sign::table)
            .values((
                familiar_sign::tenant.eq(sign.tenant.as_str()),
                familiar_sign::customer.eq(sign.customer.as_str()),
                familiar_sign::kind.eq(sign.kind.as_str()),
                familiar_sign::digest.eq(sign.digest.as_str()),
                seen_at,
            ))
            .execute(c),
    )
}

pub(crate) fn is_familiar(
    c: &mut AnyConnection,
    tenant: &TenantId,
    customer: &CustomerId,
    kind: SignKind,
    digest: &str,
) -> Result<bool, Fault> {
    let found: Option<i64> = familiar_sign::table
        .find((tenant.as_str(), customer.as_str(), kind.as_str(), digest))
        .select(familiar_sign::seen_at)
        .first(c)
        .optional()
        .map_err(failed)?;
    Ok(found.is_some())
}
