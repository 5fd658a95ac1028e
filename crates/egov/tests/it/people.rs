//! Keys and certificates of the people in these tests, made once per run.

use std::sync::OnceLock;

use openssl::asn1::{Asn1Integer, Asn1Time};
use openssl::bn::BigNum;
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use openssl::x509::extension::{
    AuthorityKeyIdentifier, BasicConstraints, CrlNumber, KeyUsage, SubjectAlternativeName,
};
use openssl::x509::{X509, X509Builder, X509Crl, X509CrlBuilder, X509Name, X509RevokedBuilder};
use renkei_core::instant::Timestamp;
use renkei_egov::certificate::{Anchors, Certificate};
use renkei_egov::signature::{Profile, SigningKey, Unsigned, sign};

pub(crate) const NOW: i64 = 1_790_000_000;
const DAY: i64 = 86_400;

pub(crate) fn now() -> Timestamp {
    Timestamp::from_millis(NOW * 1000)
}

/// What a certificate is like; each test departs from the good one.
#[derive(Clone, Copy)]
pub(crate) struct Like {
    pub(crate) name: &'static str,
    pub(crate) serial: u32,
    pub(crate) bits: u32,
    pub(crate) from: i64,
    pub(crate) until: i64,
    pub(crate) is_authority: bool,
    pub(crate) usage: fn(&mut KeyUsage) -> &mut KeyUsage,
    pub(crate) digest: fn() -> MessageDigest,
}

pub(crate) const GOOD: Like = Like {
    name: "Ichiro Madoguchi",
    serial: 0x0012_3456,
    bits: 2048,
    from: -10,
    until: 355,
    is_authority: false,
    usage: |usage| usage.digital_signature().non_repudiation(),
    digest: MessageDigest::sha256,
};

pub(crate) const AUTHORITY: Like = Like {
    name: "Test CA",
    serial: 1,
    from: -1000,
    until: 3000,
    is_authority: true,
    usage: |usage| usage.key_cert_sign().crl_sign(),
    ..GOOD
};

#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) x509: X509,
    pub(crate) key: PKey<Private>,
}

impl Person {
    pub(crate) fn certificate(&self) -> Certificate {
        Certificate::from_der(&self.x509.to_der().unwrap()).unwrap()
    }

    pub(crate) fn key_pem(&self) -> Vec<u8> {
        self.key.private_key_to_pem_pkcs8().unwrap()
    }

    pub(crate) fn signs(&self) -> SigningKey {
        SigningKey::new(&self.key_pem(), vec![self.certificate()]).unwrap()
    }

    pub(crate) fn signs_below(&self, authority: &Self) -> SigningKey {
        let chain = vec![self.certificate(), authority.certificate()];
        SigningKey::new(&self.key_pem(), chain).unwrap()
    }

    pub(crate) fn pinned(&self) -> Anchors {
        Anchors::pinned(self.certificate())
    }
}

pub(crate) fn made(like: Like, issuer: Option<&Person>) -> Person {
    let key = PKey::from_rsa(Rsa::generate(like.bits).unwrap()).unwrap();
    let mut name = X509Name::builder().unwrap();
    for (nid, value) in [
        (Nid::COUNTRYNAME, "JP"),
        (Nid::ORGANIZATIONNAME, "試験省"),
        (Nid::COMMONNAME, like.name),
    ] {
        name.append_entry_by_nid(nid, value).unwrap();
    }
    let name = name.build();
    let mut builder = X509Builder::new().unwrap();
    builder.set_version(2).unwrap();
    let serial = BigNum::from_u32(like.serial).unwrap();
    builder
        .set_serial_number(&Asn1Integer::from_bn(&serial).unwrap())
        .unwrap();
    builder.set_subject_name(&name).unwrap();
    builder
        .set_issuer_name(issuer.map_or(&*name, |issuer| issuer.x509.subject_name()))
        .unwrap();
    builder.set_not_before(&day(like.from)).unwrap();
    builder.set_not_after(&day(like.until)).unwrap();
    builder.set_pubkey(&key).unwrap();
    let mut usage = KeyUsage::new();
    builder
        .append_extension((like.usage)(&mut usage).critical().build().unwrap())
        .unwrap();
    let mut constraints = BasicConstraints::new();
    constraints.critical();
    if like.is_authority {
        constraints.ca();
    }
    builder
        .append_extension(constraints.build().unwrap())
        .unwrap();
    let alternative = SubjectAlternativeName::new()
        .email("someone@example.jp")
        .build(&builder.x509v3_context(None, None))
        .unwrap();
    builder.append_extension(alternative).unwrap();
    builder
        .sign(issuer.map_or(&key, |it| &it.key), (like.digest)())
        .unwrap();
    Person {
        x509: builder.build(),
        key,
    }
}

pub(crate) fn day(days: i64) -> Asn1Time {
    Asn1Time::from_unix(NOW + days * DAY).unwrap()
}

pub(crate) fn list(issuer: &Person, revoked: &[u32], until: i64) -> X509Crl {
    let mut list = X509CrlBuilder::new().unwrap();
    list.set_issuer_name(issuer.x509.subject_name()).unwrap();
    list.set_last_update(&day(-1)).unwrap();
    list.set_next_update(&day(until)).unwrap();
    for serial in revoked {
        let mut entry = X509RevokedBuilder::new().unwrap();
        let serial = BigNum::from_u32(*serial).unwrap();
        entry
            .set_serial_number(&Asn1Integer::from_bn(&serial).unwrap())
            .unwrap();
        entry.set_revocation_date(&day(-1)).unwrap();
        list.add_revoked(entry.build()).unwrap();
    }
    // The builder insists on these two.
    let context = X509Builder::new().unwrap();
    let context = context.x509v3_context(Some(&issuer.x509), None);
    let mut authority = AuthorityKeyIdentifier::new();
    let authority = authority.keyid(false).issuer(true).build(&context).unwrap();
    list.append_extension(authority).unwrap();
    let number = CrlNumber::new(BigNum::from_u32(1).unwrap()).unwrap();
    list.append_extension(number.build().unwrap()).unwrap();
    list.sign(&issuer.key, MessageDigest::sha256()).unwrap();
    list.build().unwrap()
}

/// The authority of these tests.
pub(crate) fn authority() -> &'static Person {
    static MADE: OnceLock<Person> = OnceLock::new();
    MADE.get_or_init(|| made(AUTHORITY, None))
}

/// An ordinary holder of a certificate of that authority.
pub(crate) fn ichiro() -> &'static Person {
    static MADE: OnceLock<Person> = OnceLock::new();
    MADE.get_or_init(|| made(GOOD, Some(authority())))
}

pub(crate) fn trust() -> Anchors {
    let mut anchors = Anchors::default();
    anchors.add(authority().certificate());
    anchors
}

/// A login of `USER01`, signed.
pub(crate) fn login() -> String {
    let text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<DataRoot><ApplData Id=\"ApplData\"><UserID>USER01</UserID></ApplData></DataRoot>";
    let unsigned = Unsigned {
        profile: Profile::Api,
        text,
        id: Some("20261121090000"),
        files: &[],
        encoded: false,
    };
    sign(&unsigned, &ichiro().signs()).unwrap()
}
