//! Documents that come back, and what is said of one that is uploaded.

use renkei_core::instant::Timestamp;
use renkei_egov::archive::{self, File, WrittenAt};
use renkei_egov::certificate::{Anchors, Certificate};
use renkei_egov::document::{Addressee, Author, Document, DocumentKind, printed_date, read};
use renkei_egov::limits::Limits;
use renkei_egov::signature::{Profile, Unsigned, sign};
use renkei_egov::verification::{NotVerifiable, Verification, verify_document};
use renkei_egov::{base64, xml};
use time::macros::{date, datetime};

use crate::known;
use crate::people::{authority, ichiro, now, trust};

fn document(kind: DocumentKind) -> Document {
    Document {
        kind,
        number: "9002026000000001".to_owned(),
        date: printed_date(kind, date!(2026 - 11 - 21)),
        to: Addressee {
            affiliation: "試験商事".to_owned(),
            name: "試験　太郎".to_owned(),
            honorific: "様".to_owned(),
        },
        author: Author {
            affiliation: "試験省".to_owned(),
            name: "審査担当".to_owned(),
        },
        title: "<題名> & \"引用\"".to_owned(),
        introduction: vec![],
        text: vec!["一段落目".to_owned(), "二段落目\r\n改行".to_owned()],
        reference: vec!["別紙".to_owned()],
    }
}

fn zipped(files: &[File]) -> Vec<u8> {
    archive::write(files, WrittenAt::new(datetime!(2026-11-21 09:30:15 +9))).unwrap()
}

fn signed() -> String {
    let text = document(DocumentKind::Official).write();
    let unsigned = Unsigned {
        profile: Profile::Official,
        text: &text,
        id: None,
        files: &[],
        encoded: false,
    };
    sign(&unsigned, &ichiro().signs_below(authority())).unwrap()
}

fn verified(document: &str, anchors: &Anchors) -> Verification {
    let archive = zipped(&[File {
        name: "a.xml".to_owned(),
        bytes: document.as_bytes().to_vec(),
    }]);
    verify_document(&archive, "a.xml", anchors, now(), &Limits::default()).unwrap()
}

#[test]
fn each_kind_reads_as_it_was_written() {
    for kind in [
        DocumentKind::Official,
        DocumentKind::Amend,
        DocumentKind::Comment,
    ] {
        let document = document(kind);
        let written = document.write();
        assert_eq!(read(written.as_bytes(), 100_000), Ok(document));
    }
}

#[test]
fn our_stylesheet_is_well_formed_and_lies_beside_under_the_name_the_document_gives() {
    let document = document(DocumentKind::Amend);
    let [xml_file, stylesheet] = document.files(document.write());
    assert_eq!(xml_file.name, "hoseitsuuchi.xml");
    let text = String::from_utf8(xml_file.bytes).unwrap();
    assert!(text.contains(&format!("href=\"{}\"", stylesheet.name)));
    let stylesheet = String::from_utf8(stylesheet.bytes).unwrap();
    assert!(xml::parse(&stylesheet).is_ok());
}

#[test]
fn recorded_notices_have_the_shape_of_ours() {
    for row in known::rows() {
        let kind = match row.file.as_str() {
            "document/hoseitsuuchi.xml" => DocumentKind::Amend,
            "document/commenttsuuchi.xml" => DocumentKind::Comment,
            "document/0000-API-002.xml" | "document/0000-API-001.xml" => DocumentKind::Official,
            _ => continue,
        };
        let recorded = read(&row.bytes, 1_000_000).unwrap();
        assert_eq!(recorded.kind, kind);
        if kind != DocumentKind::Official {
            let names = |bytes: &[u8]| -> Vec<String> {
                let text = xml::decode(bytes, 1_000_000).unwrap();
                let parsed = xml::parse(text).unwrap();
                let elements = parsed.descendants().filter(xml::Node::is_element);
                elements.map(|it| it.tag_name().name().to_owned()).collect()
            };
            assert_eq!(
                names(recorded.write().as_bytes()),
                names(&row.bytes),
                "{}",
                row.file
            );
        }
    }
}

#[test]
fn dates_are_printed_as_each_kind_prints_them() {
    assert_eq!(
        printed_date(DocumentKind::Amend, date!(2015 - 03 - 09)),
        "2015年03月09日"
    );
    assert_eq!(
        printed_date(DocumentKind::Official, date!(2019 - 05 - 01)),
        "令和元年5月1日"
    );
    assert_eq!(
        printed_date(DocumentKind::Official, date!(2026 - 11 - 21)),
        "令和8年11月21日"
    );
}

#[test]
fn a_good_document_is_told_with_its_certificates() {
    let said = verified(&signed(), &trust());
    assert_eq!(said.error_count, 0);
    assert_eq!(said.official.validation_result, "正常です。");
    assert_eq!(said.official.certificate_result, "-");
    assert_eq!(said.official.certificate_count, 2);
    assert_eq!(said.attached_file_name, "-");
    let shown = said.official.certificate.unwrap();
    assert_eq!(shown.owner_dn, "CN=Ichiro Madoguchi, O=試験省, C=JP");
    assert_eq!(said.government[0].owner_dn, "CN=Test CA, O=試験省, C=JP");
}

#[test]
fn findings_are_answers() {
    let unsigned = verified(&document(DocumentKind::Official).write(), &trust());
    assert_eq!(unsigned.error_count, 1);
    assert_eq!(unsigned.official.validation_result, "署名がありません。");
    assert_eq!(unsigned.official.certificate_count, 0);
    assert_eq!(unsigned.official.certificate, None);
    assert!(unsigned.government.is_empty());
    let changed = verified(&signed().replace("一段落目", "別の段落"), &trust());
    assert_eq!(
        changed.official.validation_result,
        "署名が正しくありません。"
    );
    let strange = verified(&signed(), &Anchors::default());
    assert_eq!(strange.error_count, 1);
    assert_eq!(strange.official.validation_result, "正常です。");
    assert_eq!(
        strange.official.certificate_result,
        "信頼できない認証局から発行されています。"
    );
}

#[test]
fn what_cannot_be_verified_at_all_is_an_error() {
    let archive = zipped(&[File {
        name: "a.txt".to_owned(),
        bytes: b"no".to_vec(),
    }]);
    let asked = |archive: &[u8], name: &str| {
        verify_document(archive, name, &trust(), now(), &Limits::default()).map(|_| ())
    };
    assert_eq!(asked(&archive, "b.xml"), Err(NotVerifiable::NoSuchFile));
    assert_eq!(asked(&archive, "a.txt"), Err(NotVerifiable::NotXml));
    assert!(matches!(asked(b"x", "a"), Err(NotVerifiable::Archive(_))));
}

/// The one recorded answer, value by value.
#[test]
fn the_recorded_answer_follows_from_the_recorded_upload() {
    let Some(folder) = known::folder() else {
        return;
    };
    let request = std::fs::read(folder.join("request/officialdocument-verify.xml")).unwrap();
    let request = String::from_utf8(request).unwrap();
    let parsed = xml::parse(&request).unwrap();
    let value = |name: &str| {
        let found = parsed.descendants().find(|it| it.tag_name().name() == name);
        xml::text(found.unwrap()).unwrap()
    };
    let archive = base64::decode(&value("FileData"), 1_000_000).unwrap();
    let name = value("SigVerificationXMLFileName");
    let signed = std::fs::read_to_string(folder.join("document/0000-API-002.xml")).unwrap();
    let parsed = xml::parse(&signed).unwrap();
    let authority = parsed
        .descendants()
        .filter(|it| it.tag_name().name() == "X509Certificate")
        .nth(1)
        .unwrap();
    let mut anchors = Anchors::default();
    anchors.add(Certificate::from_base64(&xml::text(authority).unwrap()).unwrap());
    let at = datetime!(2015-04-28 11:45:05 +9).unix_timestamp() * 1000;
    let at = Timestamp::from_millis(at);
    let said = verify_document(&archive, &name, &anchors, at, &Limits::default()).unwrap();

    let answer =
        std::fs::read_to_string(folder.join("response/officialdocument-verify-200.xml")).unwrap();
    let parsed = xml::parse(&answer).unwrap();
    let recorded = |parent: &str, name: &str| {
        let parent = parsed
            .descendants()
            .find(|it| it.tag_name().name() == parent);
        let found = xml::elements(parent.unwrap()).find(|it| it.tag_name().name() == name);
        xml::text(found.unwrap()).unwrap()
    };
    assert_eq!(
        said.error_count.to_string(),
        recorded("ApplData", "ErrorCount")
    );
    assert_eq!(
        said.document_file_name,
        recorded("ApplData", "DocumentFileName")
    );
    assert_eq!(
        said.attached_file_name,
        recorded("ApplData", "AttachedFileName")
    );
    let official = said.official;
    assert_eq!(
        official.validation_result,
        recorded("Official", "ValidationResult")
    );
    assert_eq!(
        official.certificate_result,
        recorded("Official", "CertificateResult")
    );
    assert_eq!(
        official.certificate_count.to_string(),
        recorded("Official", "CertificateCount")
    );
    let shown = official.certificate.unwrap();
    assert_eq!(shown.publisher, recorded("Official", "Publisher"));
    assert_eq!(shown.owner, recorded("Official", "Owner"));
    for (parent, shown) in [("Official", &shown), ("Government", &said.government[0])] {
        assert_eq!(shown.publisher_dn, recorded(parent, "PublisherDN"));
        assert_eq!(shown.owner_dn, recorded(parent, "OwnerDN"));
        assert_eq!(shown.serial_number, recorded(parent, "SerialNumber"));
        assert_eq!(shown.term_validity, recorded(parent, "TermValidity"));
    }
}
