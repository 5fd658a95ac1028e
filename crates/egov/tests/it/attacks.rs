//! The known family of attacks on XML signatures. Each starts from a document that verifies.

use renkei_egov::signature::{Profile, SignatureError, verify};
use renkei_egov::xml::{self, XmlError};

use crate::people::{login, now, trust};

const MOST: usize = 100_000;

fn refused(document: &str) -> SignatureError {
    verify(Profile::Api, document.as_bytes(), MOST)
        .map(|_| ())
        .expect_err(document)
}

fn changed(from: &str, to: &str) -> String {
    let login = login();
    assert!(login.contains(from), "{from}");
    login.replacen(from, to, 1)
}

fn signature_of(document: &str) -> &str {
    let start = document.find("<Signature ").unwrap();
    let end = document.find("</Signature>").unwrap() + "</Signature>".len();
    &document[start..end]
}

#[test]
fn the_unchanged_document_verifies_and_its_data_is_what_was_hashed() {
    let login = login();
    let unjudged = verify(Profile::Api, login.as_bytes(), MOST).unwrap();
    let signed = unjudged.judge(&trust(), now()).unwrap();
    assert_eq!(
        signed.data,
        "<ApplData Id=\"ApplData\"><UserID>USER01</UserID></ApplData>"
    );
    assert_eq!(signed.id.as_deref(), Some("20261121090000"));
}

/// Rule 1: CDATA and character references verify, and the reader of the canonical bytes sees what was signed.
#[test]
fn rule_1_cdata_and_references_are_read_from_the_canonical_bytes() {
    for same in ["<![CDATA[USER01]]>", "US&#x45;R<![CDATA[01]]>"] {
        let document = changed("<UserID>USER01", &format!("<UserID>{same}"));
        let unjudged = verify(Profile::Api, document.as_bytes(), MOST).unwrap();
        let data = unjudged.judge(&trust(), now()).unwrap().data;
        assert!(data.contains("<UserID>USER01</UserID>"));
    }
}

/// Rule 2: wrapping. The signed element moved, a false one put where the reader looks.
#[test]
fn rule_2_wrapping_finds_no_other_element() {
    let good = "<ApplData Id=\"ApplData\"><UserID>USER01</UserID></ApplData>";
    for (false_one, expected) in [
        (
            format!("<ApplData><UserID>EVIL</UserID></ApplData>{good}"),
            SignatureError::Misplaced,
        ),
        (
            format!("{good}<ApplData><UserID>EVIL</UserID></ApplData>"),
            SignatureError::Misplaced,
        ),
        (
            format!("<ApplData Id=\"evil\"><UserID>EVIL</UserID>{good}</ApplData>"),
            SignatureError::AmbiguousId,
        ),
        (
            format!("<ApplData Id=\"ApplData\"><UserID>EVIL</UserID>{good}</ApplData>"),
            SignatureError::AmbiguousId,
        ),
        (
            format!("<Wrapper>{good}</Wrapper><ApplData/>"),
            SignatureError::Misplaced,
        ),
    ] {
        assert_eq!(refused(&changed(good, &false_one)), expected, "{false_one}");
    }
    let moved = changed("<DataRoot>", "<Root><DataRoot>") + "</Root>";
    assert_eq!(refused(&moved), SignatureError::Misplaced);
    let namespaced = changed("<DataRoot>", "<DataRoot xmlns=\"urn:x\">");
    assert_eq!(refused(&namespaced), SignatureError::Misplaced);
}

#[test]
fn rule_2_an_id_is_carried_once_under_any_spelling() {
    for attribute in ["Id", "ID", "id", "iD", "xmlns:w=\"urn:w\" w:Id"] {
        let twice = format!("<UserID {attribute}=\"ApplData\">USER01");
        let document = changed("<UserID>USER01", &twice);
        assert_eq!(
            refused(&document),
            SignatureError::AmbiguousId,
            "{attribute}"
        );
    }
    let renamed = changed("<ApplData Id=", "<ApplData ID=");
    assert_eq!(refused(&renamed), SignatureError::AmbiguousId);
}

#[test]
fn rule_2_there_is_one_signature_and_it_stands_in_its_place() {
    let login = login();
    let signature = signature_of(&login).to_owned();
    let double = login.replacen(&signature, &format!("{signature}{signature}"), 1);
    assert_eq!(refused(&double), SignatureError::Misplaced);
    let inside = login.replacen(&signature, "", 1).replacen(
        "</ApplData>",
        &format!("{signature}</ApplData>"),
        1,
    );
    assert_eq!(refused(&inside), SignatureError::Misplaced);
    let before = login.replacen(&signature, "", 1).replacen(
        "<DataRoot>",
        &format!("<DataRoot>{signature}"),
        1,
    );
    assert_eq!(refused(&before), SignatureError::Misplaced);
    let none = login.replacen(&signature, "", 1);
    assert_eq!(refused(&none), SignatureError::NoSignature);
    let other = login.replacen("</DataRoot>", "<Signature/></DataRoot>", 1);
    assert_eq!(refused(&other), SignatureError::Misplaced);
    let foreign = changed("http://www.w3.org/2000/09/xmldsig#\"", "urn:other\"");
    assert_eq!(refused(&foreign), SignatureError::Misplaced);
}

/// Rule 3: nothing but the profile, whatever else the standard knows.
#[test]
fn rule_3_only_the_algorithms_and_parts_of_the_profile() {
    const C14N: &str = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
    let login = login();
    for (from, to) in [
        ("xmldsig-more#rsa-sha256", "xmldsig-more#hmac-sha256"),
        (
            "2001/04/xmldsig-more#rsa-sha256",
            "2000/09/xmldsig#rsa-sha1",
        ),
        ("2001/04/xmlenc#sha256", "2000/09/xmldsig#sha1"),
        (C14N, "http://www.w3.org/2001/10/xml-exc-c14n#"),
        (C14N, "http://www.w3.org/2006/12/xml-c14n11"),
        (
            C14N,
            "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments",
        ),
        (
            "<Transforms><Transform Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"/>",
            "<Transforms><Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\"/>",
        ),
        (
            "<Transforms>",
            "<Transforms><Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\"/>",
        ),
        (
            "<Transforms><Transform Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"/></Transforms>",
            "",
        ),
        (
            "xmldsig-more#rsa-sha256\"/>",
            "xmldsig-more#rsa-sha256\"><HMACOutputLength>0</HMACOutputLength></SignatureMethod>",
        ),
        ("</KeyInfo>", "</KeyInfo><Object/>"),
        ("<KeyInfo>", "<KeyInfo><KeyValue/>"),
        ("<X509Data>", "<X509Data><X509IssuerSerial/>"),
        (
            "<X509Data>",
            "<X509Data><X509Certificate>AAAA</X509Certificate>",
        ),
        ("<SignedInfo>", "<SignedInfo Id=\"x\">"),
        ("<Reference URI", "<Reference Type=\"x\" URI"),
        (
            "</SignedInfo>",
            "<Reference URI=\"a.xml\"><DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><DigestValue>AAAA</DigestValue></Reference></SignedInfo>",
        ),
    ] {
        assert!(login.contains(from), "{from}");
        let document = login.replacen(from, to, 1);
        let error = refused(&document);
        assert!(matches!(error, SignatureError::Profile(_)), "{to}: {error}");
    }
    for uri in [
        "",
        "#",
        "#xpointer(/)",
        "#xpointer(id('ApplData'))",
        "#DOCBODY",
        "ApplData",
        "#%41pplData",
        "http://x/",
    ] {
        let document = changed("URI=\"#ApplData\"", &format!("URI=\"{uri}\""));
        assert_eq!(refused(&document), SignatureError::Reference, "{uri}");
    }
}

/// Rule 4.
#[test]
fn rule_4_no_document_type_no_entity_no_instruction_no_xml_attribute() {
    for doctype in [
        "<!DOCTYPE DataRoot>",
        "<!DOCTYPE DataRoot []>",
        "<!DOCTYPE DataRoot [<!ATTLIST UserID Id ID #IMPLIED>]>",
        "<!DOCTYPE DataRoot [<!ENTITY a \"b\">]>",
        "<!DOCTYPE DataRoot SYSTEM \"file:///etc/passwd\">",
    ] {
        let document = changed("<DataRoot>", &format!("{doctype}<DataRoot>"));
        assert_eq!(refused(&document), XmlError::Doctype.into(), "{doctype}");
    }
    let entity = changed("USER01", "&user;");
    assert_eq!(refused(&entity), XmlError::Malformed.into());
    let instruction = changed("<UserID>", "<?x y?><UserID>");
    assert_eq!(refused(&instruction), XmlError::Instruction.into());
    for attribute in [
        "xml:lang=\"ja\"",
        "xml:space=\"preserve\"",
        "xml:base=\"x\"",
        "xml:id=\"x\"",
    ] {
        for element in ["<DataRoot", "<ApplData", "<UserID"] {
            let document = changed(element, &format!("{element} {attribute}"));
            assert_eq!(
                refused(&document),
                XmlError::XmlAttribute.into(),
                "{attribute}"
            );
        }
    }
}

#[test]
fn rule_4_depth_nodes_attributes_namespaces_and_size_are_bounded() {
    let deep = "<a>".repeat(65) + &"</a>".repeat(65);
    assert_eq!(xml::parse(&deep).err(), Some(XmlError::TooDeep));
    let deepest = "<a>".repeat(64) + &"</a>".repeat(64);
    assert!(xml::parse(&deepest).is_ok());
    let wide = format!("<a>{}</a>", "<b/>".repeat(20_000));
    assert_eq!(xml::parse(&wide).err(), Some(XmlError::TooMany));
    let attributes: Vec<String> = (0..65).map(|n| format!(" a{n}=''")).collect();
    let many = format!("<a{}/>", attributes.concat());
    assert_eq!(xml::parse(&many).err(), Some(XmlError::TooMany));
    let declared: Vec<String> = (0..300).map(|n| format!("<b xmlns:n{n}='u'/>")).collect();
    let many = format!("<a>{}</a>", declared.concat());
    assert_eq!(xml::parse(&many).err(), Some(XmlError::TooMany));
    assert_eq!(xml::decode(&[b' '; 11], 10), Err(XmlError::TooLarge));
    let large = verify(Profile::Api, login().as_bytes(), 100).map(|_| ());
    assert_eq!(large, Err(XmlError::TooLarge.into()));
}

#[test]
fn rule_4_utf_8_only_and_a_byte_order_mark_is_tolerated() {
    let marked = format!("\u{feff}{}", login());
    assert!(verify(Profile::Api, marked.as_bytes(), MOST).is_ok());
    for other in ["Shift_JIS", "UTF-16", "ISO-8859-1"] {
        let document = changed("encoding=\"UTF-8\"", &format!("encoding=\"{other}\""));
        assert_eq!(refused(&document), XmlError::NotUtf8.into());
    }
    let broken = verify(Profile::Api, b"<DataRoot>\xff</DataRoot>", MOST).map(|_| ());
    assert_eq!(broken, Err(XmlError::NotUtf8.into()));
    let silent = changed("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", "");
    assert!(verify(Profile::Api, silent.as_bytes(), MOST).is_ok());
}

/// Rule 5: canonicalization drops comments, so two readers would see two values.
#[test]
fn rule_5_no_comment_anywhere_in_the_signed_document() {
    for (place, with) in [
        ("<UserID>USER01", "<UserID><!--x-->USER01"),
        ("<UserID>USER01", "<UserID>USER<!--x-->01"),
        ("<SignedInfo>", "<SignedInfo><!--x-->"),
        ("<DigestValue>", "<DigestValue><!--x-->"),
        ("<SignatureValue>", "<SignatureValue><!--x-->"),
        ("<X509Certificate>", "<X509Certificate><!--x-->"),
        ("</DataRoot>", "<!--x--></DataRoot>"),
    ] {
        let document = changed(place, with);
        assert_eq!(refused(&document), XmlError::Comment.into(), "{with}");
    }
}

/// Rule 7.
#[test]
fn rule_7_what_cannot_be_decoded_is_refused() {
    let login = login();
    let digest = between(&login, "<DigestValue>", "</DigestValue>");
    for other in [
        "",
        "=",
        "AAAA",
        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
    ] {
        let document = changed(digest, other);
        assert_eq!(refused(&document), SignatureError::Value, "{other}");
    }
    // The digest of nothing, which a failed canonicalization must never be taken for.
    let nothing = changed(digest, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    assert_eq!(refused(&nothing), SignatureError::Digest);
    let value = between(&login, "<SignatureValue>", "</SignatureValue>");
    assert_eq!(refused(&changed(value, "")), SignatureError::Mismatch);
    assert_eq!(refused(&changed(value, "AAAA")), SignatureError::Mismatch);
    assert_eq!(refused(&changed(value, "*")), SignatureError::Value);
    let user = changed("USER01", "USER02");
    assert_eq!(refused(&user), SignatureError::Digest);
}

/// Rule 8: the embedded certificate is a claim; another one does not fit, and one that fits is not yet trusted.
#[test]
fn rule_8_the_embedded_certificate_is_a_claim() {
    let other = crate::people::made(crate::people::GOOD, None);
    let login = login();
    let own = between(&login, "<X509Certificate>", "</X509Certificate>");
    let swapped = login.replacen(own, &other.certificate().base64(), 1);
    assert_eq!(refused(&swapped), SignatureError::Mismatch);
    let by_a_stranger = login_by(&other);
    let unjudged = verify(Profile::Api, by_a_stranger.as_bytes(), MOST).unwrap();
    assert!(unjudged.judge(&trust(), now()).is_err());
}

fn login_by(person: &crate::people::Person) -> String {
    let login = login();
    let text = login.replacen(signature_of(&login), "", 1);
    let unsigned = renkei_egov::signature::Unsigned {
        profile: Profile::Api,
        text: &text,
        id: None,
        files: &[],
        encoded: false,
    };
    renkei_egov::signature::sign(&unsigned, &person.signs()).unwrap()
}

fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    text.split_once(from).unwrap().1.split_once(to).unwrap().0
}

/// Rule 10: the same fences for documents that nobody signed.
#[test]
fn rule_10_unsigned_documents_have_the_same_fences() {
    for (document, error) in [
        ("<a><!--x--></a>", XmlError::Comment),
        ("<a><?x y?></a>", XmlError::Instruction),
        ("<a xml:lang='ja'/>", XmlError::XmlAttribute),
    ] {
        let parsed = xml::parse(document).unwrap();
        assert_eq!(xml::fence(parsed.root_element()), Err(error));
    }
}

/// What the parser lets pass and other readers do not: an instruction called like the declaration, or
/// without an end of its name.
#[test]
fn an_instruction_has_a_name_of_its_own() {
    for document in [
        "<a><?xml?></a>",
        "<a><?xml>?></a>",
        "<a><?XML b?></a>",
        "<a><?b>c?></a>",
    ] {
        let refused = xml::parse(document).unwrap_err();
        assert_eq!(refused, XmlError::Malformed, "{document}");
    }
    for document in [
        "<a><?b?></a>",
        "<a><?b\tc?></a>",
        "<?xml\tversion='1.0'?><a/>",
    ] {
        assert!(xml::parse(document).is_ok(), "{document}");
    }
}
