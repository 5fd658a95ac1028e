//! The policy for signers: one test for each way to depart from it.

use openssl::hash::MessageDigest;
use renkei_core::instant::Timestamp;
use renkei_egov::certificate::{Anchors, Certificate, CertificateError};

use crate::people::{AUTHORITY, GOOD, Like, Person, authority, ichiro, list, made, now, trust};

fn judged(person: &Person) -> Result<(), CertificateError> {
    trust().judge(&person.certificate(), &[], now())
}

fn departing(like: Like) -> Result<(), CertificateError> {
    judged(&made(like, Some(authority())))
}

#[test]
fn a_good_one_passes_by_its_authority_and_by_its_pin() {
    assert_eq!(judged(ichiro()), Ok(()));
    let pinned = ichiro().pinned();
    assert_eq!(pinned.judge(&ichiro().certificate(), &[], now()), Ok(()));
}

#[test]
fn each_departure_from_the_policy_has_its_name() {
    let weak = Like { bits: 1024, ..GOOD };
    assert_eq!(departing(weak), Err(CertificateError::WeakKey));
    let sha1 = Like {
        digest: MessageDigest::sha1,
        ..GOOD
    };
    assert_eq!(departing(sha1), Err(CertificateError::WrongAlgorithm));
    let late = Like { until: -1, ..GOOD };
    assert_eq!(departing(late), Err(CertificateError::Expired));
    let early = Like { from: 1, ..GOOD };
    assert_eq!(departing(early), Err(CertificateError::NotYetValid));
    let enciphers = Like {
        usage: |usage| usage.key_encipherment(),
        ..GOOD
    };
    assert_eq!(departing(enciphers), Err(CertificateError::WrongUsage));
    let issues = Like {
        is_authority: true,
        ..GOOD
    };
    assert_eq!(departing(issues), Err(CertificateError::WrongUsage));
}

#[test]
fn a_pin_does_not_excuse_a_weak_key_or_an_old_certificate() {
    let weak = made(Like { bits: 1024, ..GOOD }, Some(authority()));
    let judged = weak.pinned().judge(&weak.certificate(), &[], now());
    assert_eq!(judged, Err(CertificateError::WeakKey));
    let later = Timestamp::from_millis(now().millis() + 400 * 86_400_000);
    let judged = ichiro().pinned().judge(&ichiro().certificate(), &[], later);
    assert_eq!(judged, Err(CertificateError::Expired));
}

#[test]
fn without_an_anchor_nobody_is_trusted_whatever_came_along() {
    let own = [authority().certificate()];
    let judged = Anchors::default().judge(&ichiro().certificate(), &own, now());
    assert_eq!(judged, Err(CertificateError::UntrustedIssuer));
}

#[test]
fn an_authority_of_the_same_name_with_another_key_is_a_stranger() {
    let stranger = made(AUTHORITY, None);
    let holder = made(GOOD, Some(&stranger));
    assert_eq!(judged(&holder), Err(CertificateError::UntrustedIssuer));
}

#[test]
fn a_pinned_holder_issues_nothing() {
    let below = made(GOOD, Some(ichiro()));
    let chain = [ichiro().certificate()];
    let judged = ichiro().pinned().judge(&below.certificate(), &chain, now());
    assert_eq!(judged, Err(CertificateError::UntrustedIssuer));
}

#[test]
fn a_list_revokes_and_an_old_list_says_nothing() {
    let mut anchors = trust();
    let named = list(authority(), &[GOOD.serial], 7);
    anchors.add_lists(&named.to_pem().unwrap()).unwrap();
    let certificate = ichiro().certificate();
    let judged = anchors.judge(&certificate, &[], now());
    assert_eq!(judged, Err(CertificateError::Revoked));
    assert!(anchors.is_revoked(&certificate));

    let mut anchors = trust();
    let unnamed = list(authority(), &[7], 7);
    anchors.add_lists(&unnamed.to_pem().unwrap()).unwrap();
    assert_eq!(anchors.judge(&certificate, &[], now()), Ok(()));
    assert!(!anchors.is_revoked(&certificate));

    let mut anchors = trust();
    let old = list(authority(), &[7], 0);
    anchors.add_lists(&old.to_pem().unwrap()).unwrap();
    let judged = anchors.judge(&certificate, &[], now());
    assert_eq!(judged, Err(CertificateError::RevocationUnknown));
}

#[test]
fn bytes_after_the_certificate_are_not_another_identity() {
    let mut der = ichiro().certificate().der().to_vec();
    der.push(0);
    assert_eq!(
        Certificate::from_der(&der),
        Err(CertificateError::Unreadable)
    );
}

#[test]
fn identity_and_display_say_what_the_certificate_says() {
    let certificate = ichiro().certificate();
    let identity = certificate.identity().unwrap();
    assert_eq!(identity.serial, "123456");
    assert_eq!(identity.subject, "CN=Ichiro Madoguchi, O=試験省, C=JP");
    assert_eq!(identity.key().len(), 64);
    let display = certificate.display().unwrap();
    assert_eq!(display.serial_number, "12 34 56");
    assert_eq!(display.publisher, "試験省,Test CA");
    assert_eq!(display.owner, "試験省,Ichiro Madoguchi");
    assert!(display.term_validity.contains(" から "));
    let renewed = made(GOOD, Some(authority())).certificate();
    assert!(renewed.has_subject_of(&certificate));
    assert_ne!(renewed.digest(), certificate.digest());
}
