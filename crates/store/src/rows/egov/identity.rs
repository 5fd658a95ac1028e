//! Who speaks to the interface: software, users with their certificates, access keys, signed requests.

use diesel::prelude::*;
use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use renkei_egov::certificate::CertificateIdentity;
use renkei_egov::number::{SoftwareId, UserId};
use renkei_egov::operation::Operation;
use renkei_egov::user::{
    AccessKey, AccessKeyDigest, ApiUser, BoundCertificate, SignedRequest, Software, UserFound,
};

use super::super::{failed, first, guarded, inserted};
use super::counter::{SIGNED_REQUEST, take};
use super::{Place, instant, joined, millis};
use crate::connection::AnyConnection;
use crate::schema::egov::{access_key, api_user, certificate_identity, signed_request, software};
use crate::steady::update;

pub(crate) fn save_software(c: &mut AnyConnection, saved: &Software) -> Result<(), CommitError> {
    let operations: Vec<_> = saved.operations.iter().map(|one| one.as_str()).collect();
    let operations = joined(&operations);
    let state = (
        software::name.eq(&saved.name),
        software::operations.eq(&operations),
        software::registered_at.eq(saved.registered_at.millis()),
        software::revoked_at.eq(millis(saved.revoked_at)),
    );
    let id = saved.id.as_str();
    let rows = update(&software::table, software::id.eq(id), state).execute(c);
    if rows.map_err(failed)? == 1 {
        return Ok(());
    }
    first(
        diesel::insert_into(software::table)
            .values((software::id.eq(id), state))
            .execute(c),
    )
}

pub(crate) fn find_software(
    c: &mut AnyConnection,
    id: &SoftwareId,
) -> Result<Option<Software>, Fault> {
    let found: Option<SoftwareRow> = software::table
        .find(id.as_str())
        .first(c)
        .optional()
        .map_err(failed)?;
    found.map(Software::try_from).transpose()
}

pub(crate) fn softwares(c: &mut AnyConnection) -> Result<Vec<Software>, Fault> {
    let rows: Vec<SoftwareRow> = software::table
        .order(software::id)
        .load(c)
        .map_err(failed)?;
    rows.into_iter().map(Software::try_from).collect()
}

#[derive(Queryable)]
struct SoftwareRow {
    id: String,
    name: String,
    operations: String,
    registered_at: i64,
    revoked_at: Option<i64>,
}

impl TryFrom<SoftwareRow> for Software {
    type Error = Fault;

    fn try_from(row: SoftwareRow) -> Result<Self, Fault> {
        let place = Place::of("software", &row.id);
        let words = row.operations.split_ascii_whitespace();
        let operations =
            words.map(|word| Operation::parse(word).ok_or_else(|| place.bad("operations")));
        Ok(Self {
            id: place.name("id", row.id.clone())?,
            name: row.name,
            operations: operations.collect::<Result<_, _>>()?,
            registered_at: Timestamp::from_millis(row.registered_at),
            revoked_at: instant(row.revoked_at),
        })
    }
}

pub(crate) fn save_user(c: &mut AnyConnection, saved: &ApiUser) -> Result<(), CommitError> {
    let id = saved.id.as_str();
    if saved.version > 1 {
        let before = api_user::id
            .eq(id)
            .and(api_user::version.eq(saved.version - 1));
        let version = api_user::version.eq(saved.version);
        return guarded(update(&api_user::table, before, version).execute(c));
    }
    first(
        diesel::insert_into(api_user::table)
            .values((
                api_user::id.eq(id),
                api_user::version.eq(saved.version),
                api_user::registered_at.eq(saved.registered_at.millis()),
            ))
            .execute(c),
    )
}

pub(crate) fn bind(c: &mut AnyConnection, bound: &BoundCertificate) -> Result<(), CommitError> {
    let identity = &bound.identity;
    first(
        diesel::insert_into(certificate_identity::table)
            .values((
                certificate_identity::user_id.eq(bound.user.as_str()),
                certificate_identity::digest.eq(identity.key()),
                certificate_identity::issuer.eq(&identity.issuer),
                certificate_identity::serial.eq(&identity.serial),
                certificate_identity::subject.eq(&identity.subject),
                certificate_identity::not_before.eq(identity.not_before.millis()),
                certificate_identity::not_after.eq(identity.not_after.millis()),
                certificate_identity::der.eq(&bound.der),
                certificate_identity::bound_at.eq(bound.bound_at.millis()),
            ))
            .execute(c),
    )
}

pub(crate) fn unbind(
    c: &mut AnyConnection,
    user: &UserId,
    certificate: &str,
) -> Result<(), CommitError> {
    let bound = certificate_identity::table.find((user.as_str(), certificate));
    guarded(diesel::delete(bound).execute(c))
}

pub(crate) fn find_user(c: &mut AnyConnection, id: &UserId) -> Result<Option<UserFound>, Fault> {
    let found: Option<(i64, i64, Option<i64>)> = api_user::table
        .find(id.as_str())
        .select((
            api_user::version,
            api_user::registered_at,
            api_user::last_signed_at,
        ))
        .first(c)
        .optional()
        .map_err(failed)?;
    let Some((version, registered_at, last_signed_at)) = found else {
        return Ok(None);
    };
    let bound: Vec<CertificateRow> = certificate_identity::table
        .filter(certificate_identity::user_id.eq(id.as_str()))
        .order((certificate_identity::bound_at, certificate_identity::digest))
        .load(c)
        .map_err(failed)?;
    let certificates = bound.into_iter().map(BoundCertificate::try_from);
    Ok(Some(UserFound {
        user: ApiUser {
            id: id.clone(),
            version,
            registered_at: Timestamp::from_millis(registered_at),
        },
        certificates: certificates.collect::<Result<_, _>>()?,
        last_signed_at: instant(last_signed_at),
    }))
}

#[derive(Queryable)]
struct CertificateRow {
    user_id: String,
    digest: String,
    issuer: String,
    serial: String,
    subject: String,
    not_before: i64,
    not_after: i64,
    der: String,
    bound_at: i64,
}

impl TryFrom<CertificateRow> for BoundCertificate {
    type Error = Fault;

    fn try_from(row: CertificateRow) -> Result<Self, Fault> {
        let place = Place::of("certificate_identity", &row.digest);
        Ok(Self {
            user: place.name("user_id", row.user_id)?,
            identity: CertificateIdentity {
                digest: digest(&row.digest).ok_or_else(|| place.bad("digest"))?,
                issuer: row.issuer,
                serial: row.serial,
                subject: row.subject,
                not_before: Timestamp::from_millis(row.not_before),
                not_after: Timestamp::from_millis(row.not_after),
            },
            der: row.der,
            bound_at: Timestamp::from_millis(row.bound_at),
        })
    }
}

/// Thirty-two bytes of their hexadecimal digits.
fn digest(digits: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if digits.len() != 2 * bytes.len() {
        return None;
    }
    for (at, byte) in (0..).step_by(2).zip(&mut bytes) {
        *byte = u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()?;
    }
    Some(bytes)
}

pub(crate) fn issue_key(c: &mut AnyConnection, new: &AccessKey) -> Result<(), CommitError> {
    inserted(
        diesel::insert_into(access_key::table)
            .values((
                access_key::digest.eq(new.digest.as_str()),
                access_key::user_id.eq(new.user.as_str()),
                access_key::software.eq(new.software.as_str()),
                access_key::certificate.eq(&new.certificate),
                access_key::issued_at.eq(new.issued_at.millis()),
                access_key::expires_at.eq(new.expires_at.millis()),
                access_key::revoked_at.eq(millis(new.revoked_at)),
            ))
            .execute(c),
    )
}

pub(crate) fn revoke_keys(
    c: &mut AnyConnection,
    user: &UserId,
    certificate: &str,
    at: Timestamp,
) -> Result<(), CommitError> {
    let good = access_key::user_id
        .eq(user.as_str())
        .and(access_key::certificate.eq(certificate))
        .and(access_key::revoked_at.is_null());
    update(
        &access_key::table,
        good,
        access_key::revoked_at.eq(at.millis()),
    )
    .execute(c)
    .map_err(failed)?;
    Ok(())
}

pub(crate) fn find_key(
    c: &mut AnyConnection,
    digest: &AccessKeyDigest,
) -> Result<Option<AccessKey>, Fault> {
    let found: Option<KeyRow> = access_key::table
        .find(digest.as_str())
        .first(c)
        .optional()
        .map_err(failed)?;
    let Some((_, user, software, certificate, issued_at, expires_at, revoked_at)) = found else {
        return Ok(None);
    };
    let place = Place::of("access_key", digest.as_str());
    Ok(Some(AccessKey {
        digest: digest.clone(),
        user: place.name("user_id", user)?,
        software: place.name("software", software)?,
        certificate,
        issued_at: Timestamp::from_millis(issued_at),
        expires_at: Timestamp::from_millis(expires_at),
        revoked_at: instant(revoked_at),
    }))
}

type KeyRow = (String, String, String, String, i64, i64, Option<i64>);

/// Keeps the request, and with the user when it came: that outlives the request itself.
pub(crate) fn record_signed(
    c: &mut AnyConnection,
    request: &SignedRequest,
) -> Result<(), CommitError> {
    let (user, at) = (request.user.as_str(), request.at.millis());
    let id = i64::try_from(take(c, SIGNED_REQUEST, 1)?).unwrap_or(i64::MAX);
    inserted(
        diesel::insert_into(signed_request::table)
            .values((
                signed_request::id.eq(id),
                signed_request::user_id.eq(user),
                signed_request::software.eq(request.software.as_str()),
                signed_request::at.eq(at),
                signed_request::operation.eq(request.operation.as_str()),
                signed_request::certificate.eq(&request.certificate),
                signed_request::document.eq(&request.document),
            ))
            .execute(c),
    )?;
    if request.operation == Operation::Register {
        return Ok(());
    }
    let earlier = api_user::last_signed_at
        .is_null()
        .or(api_user::last_signed_at.assume_not_null().lt(at));
    let of_user = api_user::id.eq(user).and(earlier);
    update(&api_user::table, of_user, api_user::last_signed_at.eq(at))
        .execute(c)
        .map_err(failed)?;
    Ok(())
}
