//! Issues one certificate, or one revocation list.

use openssl::asn1::{Asn1Integer, Asn1Time};
use openssl::bn::BigNum;
use openssl::ec::{EcGroup, EcKey};
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::PKey;
use openssl::x509::extension::{
    AuthorityKeyIdentifier, BasicConstraints, CrlNumber, ExtendedKeyUsage, KeyUsage,
    SubjectAlternativeName, SubjectKeyIdentifier,
};
use openssl::x509::{
    X509, X509Builder, X509Crl, X509CrlBuilder, X509Name, X509Ref, X509RevokedBuilder,
};
use renkei_core::instant::Timestamp;
use renkei_core::port::Random;

use super::Key;

/// A certificate and its key.
pub(super) struct Issued {
    pub(super) certificate: X509,
    pub(super) key: Key,
}

/// What a certificate is to be like.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) common_name: &'a str,
    /// Its validity, in days from now.
    pub(super) days: (i64, i64),
    pub(super) is_authority: bool,
    pub(super) is_server: bool,
    pub(super) host: Option<&'a str>,
}

impl<'a> Wanted<'a> {
    pub(super) const fn authority(common_name: &'a str) -> Self {
        Self {
            common_name,
            days: (-1, 3650),
            is_authority: true,
            is_server: false,
            host: None,
        }
    }

    /// As long as browsers take one: 398 days (CA/Browser Forum BR 6.3.2).
    pub(super) const fn server(host: &'a str) -> Self {
        Self {
            common_name: host,
            days: (-1, 397),
            is_authority: false,
            is_server: true,
            host: Some(host),
        }
    }

    /// One year, as banks issue them.
    pub(super) const fn customer(common_name: &'a str) -> Self {
        Self {
            common_name,
            days: (-1, 365),
            is_authority: false,
            is_server: false,
            host: None,
        }
    }
}

/// Issues a certificate with a key of its own; without an issuer it signs itself.
pub(super) fn issue(
    wanted: &Wanted<'_>,
    issuer: Option<&Issued>,
    now: Timestamp,
    random: &dyn Random,
) -> Result<Issued, ErrorStack> {
    let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1)?;
    let key = PKey::from_ec_key(EcKey::generate(&group)?)?;
    let mut name = X509Name::builder()?;
    name.append_entry_by_nid(Nid::COUNTRYNAME, "JP")?;
    name.append_entry_by_nid(Nid::ORGANIZATIONNAME, "Renkei demonstration")?;
    name.append_entry_by_nid(Nid::COMMONNAME, wanted.common_name)?;
    let name = name.build();
    let mut builder = X509Builder::new()?;
    builder.set_version(2)?;
    builder.set_serial_number(serial(random)?.as_ref())?;
    builder.set_subject_name(&name)?;
    let issuer_name = issuer.map_or(&*name, |issuer| issuer.certificate.subject_name());
    builder.set_issuer_name(issuer_name)?;
    let (from, until) = wanted.days;
    builder.set_not_before(day(now, from)?.as_ref())?;
    builder.set_not_after(day(now, until)?.as_ref())?;
    builder.set_pubkey(&key)?;
    extend(&mut builder, wanted, issuer)?;
    let signer = issuer.map_or(&key, |issuer| &issuer.key);
    builder.sign(signer, MessageDigest::sha256())?;
    Ok(Issued {
        certificate: builder.build(),
        key,
    })
}

fn extend(
    builder: &mut X509Builder,
    wanted: &Wanted<'_>,
    issuer: Option<&Issued>,
) -> Result<(), ErrorStack> {
    let (mut constraints, mut usage) = (BasicConstraints::new(), KeyUsage::new());
    constraints.critical();
    usage.critical();
    if wanted.is_authority {
        constraints.ca();
        usage.key_cert_sign().crl_sign();
    } else {
        usage.digital_signature();
        let mut purpose = ExtendedKeyUsage::new();
        if wanted.is_server {
            purpose.server_auth();
        } else {
            purpose.client_auth();
        }
        builder.append_extension(purpose.build()?)?;
    }
    builder.append_extension(constraints.build()?)?;
    builder.append_extension(usage.build()?)?;
    if let Some(host) = wanted.host {
        let names = {
            let context = builder.x509v3_context(None, None);
            SubjectAlternativeName::new().dns(host).build(&context)?
        };
        builder.append_extension(names)?;
    }
    name_keys(builder, issuer.map(|issuer| &*issuer.certificate))
}

/// Names the certificate's own key, and that of whoever issues it: how chains are found.
pub(crate) fn name_keys(
    builder: &mut X509Builder,
    issuer: Option<&X509Ref>,
) -> Result<(), ErrorStack> {
    let own = SubjectKeyIdentifier::new().build(&builder.x509v3_context(None, None))?;
    builder.append_extension(own)?;
    if let Some(issuer) = issuer {
        let above = AuthorityKeyIdentifier::new()
            .keyid(true)
            .build(&builder.x509v3_context(Some(issuer), None))?;
        builder.append_extension(above)?;
    }
    Ok(())
}

/// The list of these serial numbers, good for thirty days.
pub(super) fn revocation_list(
    issuer: &Issued,
    serials: &[String],
    now: Timestamp,
) -> Result<X509Crl, ErrorStack> {
    let mut list = X509CrlBuilder::new()?;
    list.set_issuer_name(issuer.certificate.subject_name())?;
    list.set_last_update(day(now, 0)?.as_ref())?;
    list.set_next_update(day(now, 30)?.as_ref())?;
    for serial in serials.iter().filter(|serial| !serial.is_empty()) {
        let mut entry = X509RevokedBuilder::new()?;
        let number = BigNum::from_hex_str(serial)?;
        entry.set_serial_number(Asn1Integer::from_bn(&number)?.as_ref())?;
        entry.set_revocation_date(day(now, 0)?.as_ref())?;
        list.add_revoked(entry.build())?;
    }
    list.sort()?;
    let context = X509Builder::new()?;
    let context = context.x509v3_context(Some(&issuer.certificate), None);
    list.append_extension(AuthorityKeyIdentifier::new().keyid(true).build(&context)?)?;
    let number = u32::try_from(now.seconds()).unwrap_or(u32::MAX);
    list.append_extension(CrlNumber::new(BigNum::from_u32(number)?)?.build()?)?;
    list.sign(&issuer.key, MessageDigest::sha256())?;
    list.build()
}

/// 127 random bits: positive, and never the same twice (RFC 5280 section 4.1.2.2).
/// A serial number nobody can foresee.
pub(crate) fn serial(random: &dyn Random) -> Result<Asn1Integer, ErrorStack> {
    let mut bytes = [0; 16];
    random.fill(&mut bytes);
    if let Some(first) = bytes.first_mut() {
        *first = (*first & 0x7f) | 0x40;
    }
    Asn1Integer::from_bn(BigNum::from_slice(&bytes)?.as_ref())
}

/// So many days from now.
pub(crate) fn day(now: Timestamp, days: i64) -> Result<Asn1Time, ErrorStack> {
    Asn1Time::from_unix(now.seconds() + days * 86_400)
}
