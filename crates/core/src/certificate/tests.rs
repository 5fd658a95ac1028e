use openssl::asn1::{Asn1Integer, Asn1Object, Asn1OctetString, Asn1Time};
use openssl::bn::BigNum;
use openssl::ec::{EcGroup, EcKey};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::x509::extension::{
    AuthorityKeyIdentifier, BasicConstraints, CrlNumber, ExtendedKeyUsage, KeyUsage,
};
use openssl::x509::{
    X509, X509Builder, X509Crl, X509CrlBuilder, X509Extension, X509Name, X509RevokedBuilder,
};

use super::*;

/// 2026-11-21T00:00:00Z
const NOW: i64 = 1_795_219_200;
const DAY: i64 = 86_400;

fn now() -> Timestamp {
    Timestamp::from_millis(NOW * 1000)
}

#[derive(Clone)]
struct Key {
    certificate: X509,
    key: PKey<Private>,
}

/// What a certificate of a test is like; each test departs from the good one.
#[derive(Clone, Copy)]
struct Like<'a> {
    name: &'a str,
    serial: u32,
    /// Days from now.
    from: i64,
    until: i64,
    is_authority: bool,
    usage: fn(&mut KeyUsage) -> &mut KeyUsage,
    identifies: fn(&mut ExtendedKeyUsage) -> &mut ExtendedKeyUsage,
}

const GOOD: Like<'static> = Like {
    name: "2000000000 kanri001 20220506",
    serial: 0x1234,
    from: -10,
    until: 355,
    is_authority: false,
    usage: KeyUsage::digital_signature,
    identifies: ExtendedKeyUsage::client_auth,
};

fn authority(name: &str, until: i64) -> Like<'_> {
    Like {
        name,
        serial: 1,
        from: -1000,
        until,
        is_authority: true,
        usage: |usage| usage.key_cert_sign().crl_sign(),
        ..GOOD
    }
}

fn made(like: Like<'_>, issuer: Option<&Key>) -> Key {
    let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).unwrap();
    let key = PKey::from_ec_key(EcKey::generate(&group).unwrap()).unwrap();
    let mut name = X509Name::builder().unwrap();
    name.append_entry_by_nid(Nid::ORGANIZATIONNAME, "試験")
        .unwrap();
    name.append_entry_by_nid(Nid::COMMONNAME, like.name)
        .unwrap();
    let name = name.build();
    let mut builder = X509Builder::new().unwrap();
    builder.set_version(2).unwrap();
    let serial = BigNum::from_u32(like.serial).unwrap();
    builder
        .set_serial_number(&Asn1Integer::from_bn(&serial).unwrap())
        .unwrap();
    builder.set_subject_name(&name).unwrap();
    builder
        .set_issuer_name(issuer.map_or(&*name, |issuer| issuer.certificate.subject_name()))
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
    } else {
        let mut usage = ExtendedKeyUsage::new();
        builder
            .append_extension((like.identifies)(&mut usage).build().unwrap())
            .unwrap();
    }
    builder
        .append_extension(constraints.build().unwrap())
        .unwrap();
    builder
        .sign(
            issuer.map_or(&key, |issuer| &issuer.key),
            MessageDigest::sha256(),
        )
        .unwrap();
    Key {
        certificate: builder.build(),
        key,
    }
}

fn day(days: i64) -> Asn1Time {
    Asn1Time::from_unix(NOW + days * DAY).unwrap()
}

/// A list of the serial numbers that `issuer` revoked.
fn list(issuer: &Key, revoked: &[u32], until: i64, more: Option<X509Extension>) -> X509Crl {
    let mut list = X509CrlBuilder::new().unwrap();
    list.set_issuer_name(issuer.certificate.subject_name())
        .unwrap();
    list.set_last_update(&day(-2)).unwrap();
    list.set_next_update(&day(until)).unwrap();
    for serial in revoked {
        let mut entry = X509RevokedBuilder::new().unwrap();
        let serial = BigNum::from_u32(*serial).unwrap();
        entry
            .set_serial_number(&Asn1Integer::from_bn(&serial).unwrap())
            .unwrap();
        entry.set_revocation_date(&day(-3)).unwrap();
        list.add_revoked(entry.build()).unwrap();
    }
    list.sort().unwrap();
    // The builder insists on these two.
    let context = X509Builder::new().unwrap();
    let context = context.x509v3_context(Some(&issuer.certificate), None);
    list.append_extension(
        AuthorityKeyIdentifier::new()
            .keyid(false)
            .issuer(true)
            .build(&context)
            .unwrap(),
    )
    .unwrap();
    list.append_extension(
        CrlNumber::new(BigNum::from_u32(1).unwrap())
            .unwrap()
            .build()
            .unwrap(),
    )
    .unwrap();
    if let Some(more) = more {
        list.append_extension(more).unwrap();
    }
    list.sign(&issuer.key, MessageDigest::sha256()).unwrap();
    list.build().unwrap()
}

struct Bank {
    root: Key,
    authority: Authority,
}

fn bank() -> Bank {
    let root = made(authority("Test CA", 3000), None);
    let mut anchors = TrustAnchors::default();
    anchors.add(&root.certificate.to_pem().unwrap()).unwrap();
    let subject = SubjectFields {
        common_name: ["contract_number", "user_id", "_"]
            .map(str::to_owned)
            .to_vec(),
        ..SubjectFields::default()
    };
    Bank {
        root,
        authority: Authority {
            anchors,
            subject,
            ..Authority::default()
        },
    }
}

impl Bank {
    fn judge(&self, like: Like<'_>) -> Result<Verified, CertificateTrouble> {
        self.judge_with(&made(like, Some(&self.root)).certificate, &[])
    }

    fn judge_with(&self, leaf: &X509, chain: &[&Key]) -> Result<Verified, CertificateTrouble> {
        let chain = chain.iter().map(|key| key.certificate.clone()).collect();
        verify(
            Some(&Presentation::new(leaf.clone(), chain)),
            &self.authority,
            now(),
        )
    }

    fn with_list(mut self, list: &X509Crl) -> Self {
        self.authority.lists = RevocationList::parse(&list.to_pem().unwrap()).unwrap();
        self
    }
}

#[test]
fn a_good_one_says_who_holds_it() {
    let bank = bank();
    let leaf = made(GOOD, Some(&bank.root)).certificate;
    let found = bank.judge_with(&leaf, &[]).unwrap().certificate;
    assert_eq!(found.common_name, GOOD.name);
    assert_eq!(found.serial, "1234");
    assert_eq!(found.issuer, "Test CA");
    assert_eq!(found.organization.as_deref(), Some("試験"));
    assert_eq!(
        found.not_after,
        Timestamp::from_millis((NOW + 355 * DAY) * 1000)
    );
    assert_eq!(
        found.fingerprint,
        crate::seal::sha256_hex(&leaf.to_der().unwrap())
    );
    let identifiers: Vec<_> = found.identifiers.into_iter().collect();
    let expected = [("contract_number", "2000000000"), ("user_id", "kanri001")];
    assert_eq!(
        identifiers,
        expected.map(|(n, v)| (n.to_owned(), v.to_owned()))
    );
}

#[test]
fn every_trouble_has_its_name() {
    let bank = bank();
    let trouble = |like| bank.judge(like).map(|_| ()).unwrap_err();
    let like = Like { until: -1, ..GOOD };
    assert_eq!(trouble(like), CertificateTrouble::Expired);
    let like = Like { from: 1, ..GOOD };
    assert_eq!(trouble(like), CertificateTrouble::NotYetValid);
    let like = Like {
        identifies: ExtendedKeyUsage::server_auth,
        ..GOOD
    };
    assert_eq!(trouble(like), CertificateTrouble::WrongUsage);
    let like = Like {
        usage: KeyUsage::key_agreement,
        ..GOOD
    };
    assert_eq!(trouble(like), CertificateTrouble::WrongUsage);
    assert_eq!(
        trouble(authority("Sub CA", 100)),
        CertificateTrouble::WrongUsage
    );
    let like = Like {
        is_authority: true,
        ..GOOD
    };
    assert_eq!(
        trouble(like),
        CertificateTrouble::WrongUsage,
        "without the right to sign"
    );
    let like = Like {
        name: "kanri001",
        ..GOOD
    };
    assert_eq!(trouble(like), CertificateTrouble::NoHolder);
    let missing = verify(None, &bank.authority, now()).map(|_| ());
    assert_eq!(missing.unwrap_err(), CertificateTrouble::Missing);
}

#[test]
fn the_root_itself_is_nobodys_certificate() {
    let bank = bank();
    let trouble = bank.judge_with(&bank.root.certificate, &[]).map(|_| ());
    assert_eq!(trouble.unwrap_err(), CertificateTrouble::WrongUsage);
}

#[test]
fn another_authority_of_the_same_name_is_unknown() {
    let bank = bank();
    let other = made(authority("Test CA", 3000), None);
    let leaf = made(GOOD, Some(&other)).certificate;
    for chain in [vec![], vec![&other]] {
        let trouble = bank.judge_with(&leaf, &chain).map(|_| ());
        assert_eq!(trouble.unwrap_err(), CertificateTrouble::UnknownIssuer);
    }
    let own = made(GOOD, None).certificate;
    let trouble = bank.judge_with(&own, &[]).map(|_| ());
    assert_eq!(
        trouble.unwrap_err(),
        CertificateTrouble::UnknownIssuer,
        "self-signed"
    );
}

#[test]
fn an_intermediate_comes_with_the_certificate_or_from_the_banks_file() {
    let mut bank = bank();
    let between = made(authority("Intermediate", 500), Some(&bank.root));
    let leaf = made(GOOD, Some(&between)).certificate;
    let alone = bank.judge_with(&leaf, &[]).map(|_| ());
    assert_eq!(alone.unwrap_err(), CertificateTrouble::UnknownIssuer);
    assert!(bank.judge_with(&leaf, &[&between]).is_ok());
    bank.authority
        .anchors
        .add(&between.certificate.to_der().unwrap())
        .unwrap();
    assert!(bank.judge_with(&leaf, &[]).is_ok());
}

#[test]
fn an_expired_intermediate_is_the_authoritys_matter() {
    let bank = bank();
    let between = made(authority("Intermediate", -1), Some(&bank.root));
    let leaf = made(GOOD, Some(&between)).certificate;
    let trouble = bank.judge_with(&leaf, &[&between]).map(|_| ());
    assert_eq!(trouble.unwrap_err(), CertificateTrouble::UnknownIssuer);
}

#[test]
fn an_intermediate_alone_is_no_anchor() {
    let root = made(authority("Test CA", 3000), None);
    let between = made(authority("Intermediate", 500), Some(&root));
    let refused = TrustAnchors::default().add(&between.certificate.to_pem().unwrap());
    assert_eq!(refused, Err(NotUsable::NoRoot));
    assert_eq!(
        TrustAnchors::default().add(b"nonsense"),
        Err(NotUsable::Certificate)
    );
}

#[test]
fn a_list_names_what_was_revoked() {
    let bank = bank();
    let list = list(&bank.root, &[7, GOOD.serial], 5, None);
    let bank = bank.with_list(&list);
    let revoked = bank.judge(GOOD).map(|_| ());
    assert_eq!(revoked.unwrap_err(), CertificateTrouble::Revoked);
    assert!(bank.judge(Like { serial: 8, ..GOOD }).is_ok());
}

#[test]
fn an_old_list_still_names_what_was_revoked() {
    let bank = bank();
    let list = list(&bank.root, &[7], -1, None);
    let mut bank = bank.with_list(&list);
    let old = bank.judge(GOOD).map(|_| ());
    assert_eq!(old.unwrap_err(), CertificateTrouble::ListOutOfDate);
    bank.authority.stale = StaleList::Accept;
    assert!(bank.judge(GOOD).is_ok());
    let revoked = bank.judge(Like { serial: 7, ..GOOD }).map(|_| ());
    assert_eq!(revoked.unwrap_err(), CertificateTrouble::Revoked);
}

#[test]
fn a_list_that_another_key_signed_says_nothing() {
    let bank = bank();
    let other = made(authority("Test CA", 3000), None);
    let list = list(&other, &[], 5, None);
    let bank = bank.with_list(&list);
    let trouble = bank.judge(GOOD).map(|_| ());
    assert_eq!(trouble.unwrap_err(), CertificateTrouble::ListOutOfDate);
}

#[test]
fn partial_lists_are_refused() {
    let bank = bank();
    for extension in ["2.5.29.27", "2.5.29.28"] {
        let oid = Asn1Object::from_str(extension).unwrap();
        let content = Asn1OctetString::new_from_bytes(&[0x30, 0x00]).unwrap();
        let extension = X509Extension::new_from_der(&oid, true, &content).unwrap();
        let list = list(&bank.root, &[], 5, Some(extension));
        let refused = RevocationList::parse(&list.to_der().unwrap()).map(|_| ());
        assert_eq!(refused, Err(NotUsable::PartialList));
    }
}

#[test]
fn garbage_is_not_a_certificate() {
    let garbage = Presentation::from_der(b"\x30\x03nonsense", &[]).map(|_| ());
    assert_eq!(garbage.unwrap_err(), CertificateTrouble::Unreadable);
    let good = made(GOOD, None).certificate.to_der().unwrap();
    let long = Presentation::from_der(&good, &vec![good.clone(); LONGEST_CHAIN + 1]).map(|_| ());
    assert_eq!(long.unwrap_err(), CertificateTrouble::Unreadable);
    assert_eq!(
        RevocationList::parse(b"nonsense").map(|_| ()),
        Err(NotUsable::List)
    );
}

#[test]
fn a_flipped_bit_is_noticed() {
    let bank = bank();
    let mut der = made(GOOD, Some(&bank.root)).certificate.to_der().unwrap();
    let last = der.len() - 1;
    der[last] ^= 1;
    // Either it no longer parses, or its signature no longer fits.
    let trouble = Presentation::from_der(&der, &[])
        .and_then(|presented| verify(Some(&presented), &bank.authority, now()))
        .map(|_| ());
    assert!(trouble.is_err());
}
