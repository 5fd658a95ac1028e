//! Codes, families, access tokens and refresh tokens.

use diesel::prelude::*;
use renkei_core::commit::{AccessToken, Code, CommitError, Family, RefreshToken};
use renkei_core::fault::Fault;
use renkei_core::id::{FamilyId, LinkId};
use renkei_core::instant::Timestamp;
use renkei_core::port::{AccessGrant, CodeFound, RefreshGrant};
use renkei_core::tenant::TenantId;
use renkei_oauth::client::ClientId;
use renkei_oauth::scope::Scopes;
use renkei_oauth::secret::{CodeDigest, TokenDigest};

use super::link::{COLUMNS, Row as LinkRow, of_row};
use super::{body, failed, guarded, inconsistent, inserted, of_body};
use crate::connection::AnyConnection;
use crate::schema::{access_token, client, code, family, link, refresh_token};
use crate::steady::update;

pub(crate) fn issue_code(c: &mut AnyConnection, new: &Code) -> Result<(), CommitError> {
    inserted(
        diesel::insert_into(code::table)
            .values((
                code::digest.eq(new.digest.as_str()),
                code::link.eq(new.link.to_string()),
                code::family.eq(new.family.to_string()),
                code::expires_at.eq(new.expires_at.millis()),
                code::body.eq(body(new)?),
            ))
            .execute(c),
    )
}

pub(crate) fn redeem(
    c: &mut AnyConnection,
    digest: &CodeDigest,
    at: Timestamp,
) -> Result<(), CommitError> {
    guarded(
        update(
            &code::table,
            code::digest
                .eq(digest.as_str())
                .and(code::redeemed_at.is_null()),
            code::redeemed_at.eq(at.millis()),
        )
        .execute(c),
    )
}

pub(crate) fn find_code(
    c: &mut AnyConnection,
    digest: &CodeDigest,
) -> Result<Option<CodeFound>, Fault> {
    let found: Option<(Option<i64>, String, LinkRow)> = code::table
        .inner_join(link::table)
        .filter(code::digest.eq(digest.as_str()))
        .select((code::redeemed_at, code::body, COLUMNS))
        .first(c)
        .optional()
        .map_err(failed)?;
    let Some((redeemed_at, code_body, link_row)) = found else {
        return Ok(None);
    };
    let mut code: Code = of_body("code", digest.as_str(), &code_body)?;
    code.redeemed_at = redeemed_at.map(Timestamp::from_millis);
    let link = of_row(link_row)?;
    let family_revoked = match code.redeemed_at {
        None => false,
        Some(_) => family::table
            .find(code.family.to_string())
            .select(family::revoked_at.is_not_null())
            .first(c)
            .optional()
            .map_err(failed)?
            .unwrap_or(true),
    };
    Ok(Some(CodeFound {
        code,
        link,
        family_revoked,
    }))
}

pub(crate) fn open_family(c: &mut AnyConnection, new: &Family) -> Result<(), CommitError> {
    inserted(
        diesel::insert_into(family::table)
            .values((
                family::id.eq(new.id.to_string()),
                family::link.eq(new.link.to_string()),
                family::tenant.eq(new.tenant.as_str()),
                family::client.eq(new.client.as_str()),
                family::issuer.eq(&new.issuer),
                family::opened_at.eq(new.opened_at.millis()),
            ))
            .execute(c),
    )
}

pub(crate) fn revoke_family(
    c: &mut AnyConnection,
    id: FamilyId,
    at: Timestamp,
) -> Result<(), CommitError> {
    update(
        &family::table,
        family::id
            .eq(id.to_string())
            .and(family::revoked_at.is_null()),
        family::revoked_at.eq(at.millis()),
    )
    .execute(c)
    .map_err(failed)?;
    Ok(())
}

pub(crate) fn supersede(
    c: &mut AnyConnection,
    of: LinkId,
    except: Option<FamilyId>,
    at: Timestamp,
) -> Result<(), CommitError> {
    let except = except.map(|id| id.to_string()).unwrap_or_default();
    update(
        &family::table,
        family::link
            .eq(of.to_string())
            .and(family::id.ne(except))
            .and(family::revoked_at.is_null()),
        family::revoked_at.eq(at.millis()),
    )
    .execute(c)
    .map_err(failed)?;
    Ok(())
}

pub(crate) fn issue_access(c: &mut AnyConnection, new: &AccessToken) -> Result<(), CommitError> {
    inserted(
        diesel::insert_into(access_token::table)
            .values((
                access_token::digest.eq(new.digest.as_str()),
                access_token::family.eq(new.family.to_string()),
                access_token::scopes.eq(new.scopes.to_string()),
                access_token::issued_at.eq(new.issued_at.millis()),
                access_token::expires_at.eq(new.expires_at.millis()),
            ))
            .execute(c),
    )
}

pub(crate) fn issue_refresh(c: &mut AnyConnection, new: &RefreshToken) -> Result<(), CommitError> {
    inserted(
        diesel::insert_into(refresh_token::table)
            .values((
                refresh_token::digest.eq(new.digest.as_str()),
                refresh_token::family.eq(new.family.to_string()),
                refresh_token::issued_at.eq(new.issued_at.millis()),
                refresh_token::repeats.eq(0),
            ))
            .execute(c),
    )
}

pub(crate) fn use_refresh(
    c: &mut AnyConnection,
    digest: &TokenDigest,
    at: Timestamp,
) -> Result<(), CommitError> {
    guarded(
        update(
            &refresh_token::table,
            refresh_token::digest
                .eq(digest.as_str())
                .and(refresh_token::used_at.is_null()),
            refresh_token::used_at.eq(at.millis()),
        )
        .execute(c),
    )
}

pub(crate) fn repeat_refresh(
    c: &mut AnyConnection,
    digest: &TokenDigest,
    at_most: u32,
    used_after: Timestamp,
) -> Result<(), CommitError> {
    guarded(
        update(
            &refresh_token::table,
            refresh_token::digest
                .eq(digest.as_str())
                .and(refresh_token::repeats.lt(i64::from(at_most)))
                .and(
                    refresh_token::used_at
                        .assume_not_null()
                        .ge(used_after.millis()),
                ),
            refresh_token::repeats.eq(refresh_token::repeats + 1),
        )
        .execute(c),
    )
}

#[derive(Queryable)]
struct FamilyRow {
    id: String,
    link: String,
    tenant: String,
    client: String,
    issuer: String,
    opened_at: i64,
    revoked_at: Option<i64>,
}

impl TryFrom<FamilyRow> for Family {
    type Error = Fault;

    fn try_from(row: FamilyRow) -> Result<Self, Fault> {
        let bad = |column: &str| inconsistent("family", column, &row.id);
        Ok(Self {
            id: row.id.parse().map_err(|e| bad("id").caused_by(e))?,
            link: row.link.parse().map_err(|e| bad("link").caused_by(e))?,
            tenant: TenantId::parse(&row.tenant).map_err(|e| bad("tenant").caused_by(e))?,
            client: ClientId::parse(&row.client).map_err(|e| bad("client").caused_by(e))?,
            issuer: row.issuer.clone(),
            opened_at: Timestamp::from_millis(row.opened_at),
            revoked_at: row.revoked_at.map(Timestamp::from_millis),
        })
    }
}

pub(crate) fn find_access(
    c: &mut AnyConnection,
    digest: &TokenDigest,
) -> Result<Option<AccessGrant>, Fault> {
    type Row = ((String, i64, i64), FamilyRow, LinkRow, bool);
    let found: Option<Row> = access_token::table
        .inner_join(
            family::table
                .inner_join(link::table)
                .inner_join(client::table),
        )
        .filter(access_token::digest.eq(digest.as_str()))
        .select((
            (
                access_token::scopes,
                access_token::issued_at,
                access_token::expires_at,
            ),
            family::all_columns,
            COLUMNS,
            client::disabled,
        ))
        .first(c)
        .optional()
        .map_err(failed)?;
    let Some(((scopes, issued_at, expires_at), row, link_row, client_disabled)) = found else {
        return Ok(None);
    };
    let family = Family::try_from(row)?;
    let link = of_row(link_row)?;
    let scopes = Scopes::parse(&scopes)
        .map_err(|e| inconsistent("access_token", "scopes", digest.as_str()).caused_by(e))?;
    let token = AccessToken {
        digest: digest.clone(),
        family: family.id,
        scopes,
        issued_at: Timestamp::from_millis(issued_at),
        expires_at: Timestamp::from_millis(expires_at),
    };
    Ok(Some(AccessGrant {
        token,
        family,
        link,
        client_disabled,
    }))
}

pub(crate) fn find_refresh(
    c: &mut AnyConnection,
    digest: &TokenDigest,
) -> Result<Option<RefreshGrant>, Fault> {
    type Row = ((i64, Option<i64>, i64), FamilyRow, LinkRow);
    let found: Option<Row> = refresh_token::table
        .inner_join(family::table.inner_join(link::table))
        .filter(refresh_token::digest.eq(digest.as_str()))
        .select((
            (
                refresh_token::issued_at,
                refresh_token::used_at,
                refresh_token::repeats,
            ),
            family::all_columns,
            COLUMNS,
        ))
        .first(c)
        .optional()
        .map_err(failed)?;
    let Some(((issued_at, used_at, repeats), row, link_row)) = found else {
        return Ok(None);
    };
    let family = Family::try_from(row)?;
    let link = of_row(link_row)?;
    let token = RefreshToken {
        digest: digest.clone(),
        family: family.id,
        issued_at: Timestamp::from_millis(issued_at),
        used_at: used_at.map(Timestamp::from_millis),
        repeats: u32::try_from(repeats).unwrap_or(u32::MAX),
    };
    Ok(Some(RefreshGrant {
        token,
        family,
        link,
    }))
}
