//! The known-answer documents, where they lie beside the workspace or where `RENKEI_EGOV_KAT` says.

use std::path::PathBuf;

use openssl::base64::encode_block;
use renkei_core::instant::Timestamp;
use renkei_egov::certificate::{Anchors, Certificate, CertificateError};
use renkei_egov::signature::{Profile, SignatureError, verify};
use renkei_egov::xml;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

const MOST: usize = 1_000_000;

/// The folder, or a note that it is absent.
pub(crate) fn folder() -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/egov/kat");
    let folder = std::env::var("RENKEI_EGOV_KAT").unwrap_or_else(|_| beside.to_owned());
    let folder = PathBuf::from(folder);
    if folder.join("index.tsv").is_file() {
        return Some(folder);
    }
    println!("skipped: no known-answer documents at {}", folder.display());
    None
}

pub(crate) struct Row {
    pub(crate) file: String,
    pub(crate) kind: String,
    pub(crate) expected: String,
    pub(crate) subject: String,
    pub(crate) at: Option<Timestamp>,
    pub(crate) bytes: Vec<u8>,
}

pub(crate) fn rows() -> Vec<Row> {
    let Some(folder) = folder() else {
        return Vec::new();
    };
    let index = std::fs::read_to_string(folder.join("index.tsv")).unwrap();
    index
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let bytes = std::fs::read(folder.join(cells[0])).unwrap();
            let digest = openssl::sha::sha256(&bytes);
            let hex = renkei_core::seal::hex(&digest);
            assert_eq!(hex, cells[7], "{}", cells[0]);
            Row {
                file: cells[0].to_owned(),
                kind: cells[1].to_owned(),
                expected: cells[3].to_owned(),
                subject: cells[4].to_owned(),
                at: OffsetDateTime::parse(cells[5], &Rfc3339)
                    .ok()
                    .map(|it| Timestamp::from_millis(it.unix_timestamp() * 1000)),
                bytes,
            }
        })
        .collect()
}

fn named(error: CertificateError) -> String {
    format!("refused:{}", error.word())
}

/// `O=DemoMin1,…` of the table against our display, which begins at the other end.
fn reversed(subject: &str) -> String {
    let mut parts: Vec<&str> = subject.split(',').collect();
    parts.reverse();
    parts.join(", ")
}

#[test]
fn signed_requests_and_packages_are_judged_as_the_table_says() {
    let mut judged = 0;
    for row in rows() {
        let profile = match row.kind.as_str() {
            "api-signature" => Profile::Api,
            "package-signature" => Profile::Package,
            _ => continue,
        };
        let unjudged = verify(profile, &row.bytes, MOST).unwrap();
        let identity = unjudged.signer().identity().unwrap();
        assert_eq!(identity.subject, reversed(&row.subject), "{}", row.file);
        let pinned = Anchors::pinned(unjudged.signer().clone());
        let verdict = match unjudged.judge(&pinned, row.at.unwrap()) {
            Ok(signed) => {
                assert!(xml::parse(&signed.data).is_ok());
                "valid".to_owned()
            }
            Err(CertificateError::WeakKey) => "valid-weak-key".to_owned(),
            Err(error) => named(error),
        };
        assert_eq!(verdict, row.expected, "{}", row.file);
        judged += 1;
    }
    assert!(judged == 18 || folder().is_none(), "{judged} rows");
}

#[test]
fn official_documents_are_judged_by_the_authority_inside_only_when_it_is_trusted() {
    for row in rows() {
        if row.kind != "official-signature" {
            continue;
        }
        let unjudged = verify(Profile::Official, &row.bytes, MOST).unwrap();
        let mut anchors = Anchors::default();
        if row.expected != "refused:untrusted-issuer" {
            anchors.add(unjudged.certificates()[1].clone());
        }
        let verdict = match unjudged.judge(&anchors, row.at.unwrap()) {
            Ok(_) => "valid".to_owned(),
            Err(error) => named(error),
        };
        assert_eq!(verdict, row.expected, "{}", row.file);
    }
}

#[test]
fn documents_without_a_signature_say_so() {
    for row in rows() {
        if row.expected == "no-signature" {
            let verdict = verify(Profile::Official, &row.bytes, MOST).map(|_| ());
            assert_eq!(verdict, Err(SignatureError::NoSignature), "{}", row.file);
        }
    }
}

#[test]
fn digests_are_those_of_the_bytes_or_of_the_canonical_element() {
    for row in rows() {
        let Some(digest) = row.expected.strip_prefix("digest:") else {
            continue;
        };
        let hashed = if row.file.contains("kousei") {
            let parsed = xml::parse(xml::decode(&row.bytes, MOST).unwrap()).unwrap();
            let element = xml::elements(parsed.root_element())
                .find(|it| it.tag_name().name() == "構成情報")
                .unwrap();
            renkei_egov::canonical::canonical(element)
                .unwrap()
                .into_bytes()
        } else {
            row.bytes
        };
        assert_eq!(
            encode_block(&openssl::sha::sha256(&hashed)),
            digest,
            "{}",
            row.file
        );
    }
}

#[test]
fn forms_and_attachments_of_the_packages_are_where_their_manifest_says() {
    let Some(folder) = folder() else {
        return;
    };
    for row in rows() {
        if row.kind != "package-signature" || row.expected != "valid" {
            continue;
        }
        let unjudged = verify(Profile::Package, &row.bytes, MOST).unwrap();
        let pinned = Anchors::pinned(unjudged.signer().clone());
        let signed = unjudged.judge(&pinned, row.at.unwrap()).unwrap();
        assert_eq!(signed.files.len(), 1);
        for file in &signed.files {
            let place = folder.join(&row.file).with_file_name(&file.name);
            let bytes = std::fs::read(place).unwrap();
            assert!(file.fits(&bytes));
            assert!(!file.fits(&bytes[1..]));
        }
    }
}

#[test]
fn recorded_messages_parse_under_our_limits() {
    for row in rows() {
        if row.expected == "parses" || row.expected == "shape" {
            let text = xml::decode(&row.bytes, MOST).unwrap();
            let parsed = xml::parse(text).unwrap();
            assert_eq!(parsed.root_element().tag_name().name(), "DataRoot");
            assert_eq!(xml::fence(parsed.root_element()), Ok(()), "{}", row.file);
        }
    }
}

#[test]
fn recorded_certificates_in_requests_are_read_whatever_their_line_breaks() {
    for row in rows() {
        if !row.file.contains("certificate-append-2-append") {
            continue;
        }
        let unjudged = verify(Profile::Api, &row.bytes, MOST).unwrap();
        let pinned = Anchors::pinned(unjudged.signer().clone());
        let signed = unjudged.judge(&pinned, row.at.unwrap()).unwrap();
        let parsed = xml::parse(&signed.data).unwrap();
        let mut children = xml::Children::of(parsed.root_element()).unwrap();
        assert_eq!(children.text("UserID").unwrap(), "150428114508");
        let added =
            Certificate::from_base64(&children.text("AddX509Certificate").unwrap()).unwrap();
        let identity = added.identity().unwrap();
        assert!(identity.subject.starts_with("CN=Jiro Madoguchi"));
        children.end().unwrap();
    }
}
