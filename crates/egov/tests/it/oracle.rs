//! xmlsec1 as the judge of canonicalization and arithmetic, where it is installed.

use std::fs;
use std::path::Path;
use std::process::Command;

use renkei_egov::signature::{Profile, Unsigned, sign, verify};

use crate::people::{authority, ichiro, now, trust};

const MOST: usize = 100_000;

fn is_there() -> bool {
    let found = Command::new("xmlsec1").arg("--version").output().is_ok();
    if !found {
        println!("skipped: xmlsec1 is not installed");
    }
    found
}

fn scratch(name: &str) -> std::path::PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("egov")
        .join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Documents whose canonical form is not obvious: prefixes above and inside, a default namespace taken back,
/// attributes out of order, references, carriage returns, CDATA, empty elements.
const SHAPES: [&str; 9] = [
    "<DataRoot><ApplData Id=\"ApplData\"><UserID>USER01</UserID></ApplData></DataRoot>",
    "<DataRoot xmlns:xsi=\"urn:a\" xmlns:b=\"urn:b\"><ApplData Id=\"ApplData\"><UserID xsi:type=\"x\" b=\"2\" a=\"1\">U</UserID></ApplData></DataRoot>",
    "<DataRoot xmlns:z=\"urn:1\" xmlns:y=\"urn:2\"><ApplData xmlns:z=\"urn:3\" Id=\"ApplData\"><a z:q=\"1\" y:q=\"2\" q=\"0\"><b xmlns:z=\"urn:1\"/></a></ApplData></DataRoot>",
    "<DataRoot><ApplData Id=\"ApplData\"><a xmlns=\"urn:d\"><b xmlns=\"\"><c/></b><d xmlns=\"urn:e\"/></a></ApplData></DataRoot>",
    "<DataRoot><ApplData Id=\"ApplData\"><a><![CDATA[<&>]]> &lt;&amp;&gt;&quot;&#xD;&#x9;</a></ApplData></DataRoot>",
    "<DataRoot><ApplData Id=\"ApplData\"><a b=\" &#x9;&#xA;&#xD;&lt;&amp;&gt;&quot;' \t\n\"/>\r\n<b></b></ApplData></DataRoot>",
    "<DataRoot>\r\n<ApplData\n Id=\"ApplData\"\t><日本語 属性='値'>本文𠮷</日本語></ApplData >\n</DataRoot>",
    "<DataRoot xmlns:unused=\"urn:unused\"><ApplData Id=\"ApplData\"><unused:a xmlns:unused=\"urn:unused\"/></ApplData></DataRoot>",
    "<DataRoot><ApplData Id=\"ApplData\"><n:a xmlns:n=\"urn:n\"><n:b><c xmlns:n=\"urn:m\" n:d=\"1\"/></n:b></n:a></ApplData></DataRoot>",
];

#[test]
fn xmlsec1_agrees_with_what_we_signed() {
    if !is_there() {
        return;
    }
    let folder = scratch("ours");
    let ca = folder.join("ca.pem");
    fs::write(&ca, authority().x509.to_pem().unwrap()).unwrap();
    for (number, text) in SHAPES.iter().enumerate() {
        let unsigned = Unsigned {
            profile: Profile::Api,
            text,
            id: None,
            files: &[],
            encoded: false,
        };
        let signed = sign(&unsigned, &ichiro().signs()).unwrap();
        verify(Profile::Api, signed.as_bytes(), MOST)
            .unwrap()
            .judge(&trust(), now())
            .unwrap();
        let file = folder.join(format!("{number}.xml"));
        fs::write(&file, signed).unwrap();
        accepted(&file, &ca, "ApplData");
    }
}

#[test]
fn xmlsec1_agrees_with_official_documents() {
    if !is_there() {
        return;
    }
    let folder = scratch("official");
    let ca = folder.join("ca.pem");
    fs::write(&ca, authority().x509.to_pem().unwrap()).unwrap();
    let unsigned = Unsigned {
        profile: Profile::Official,
        text: "<?xml version=\"1.0\"?><DOC VERSION=\"1.0\"><FRONT/>\n<BODY ID=\"DOCBODY\"><TITLE>題</TITLE></BODY></DOC>",
        id: None,
        files: &[],
        encoded: false,
    };
    let signed = sign(&unsigned, &ichiro().signs_below(authority())).unwrap();
    let file = folder.join("document.xml");
    fs::write(&file, signed).unwrap();
    accepted(&file, &ca, "BODY");
}

fn accepted(file: &Path, ca: &Path, element: &str) {
    let attribute = if element == "BODY" { "ID" } else { "Id" };
    let run = Command::new("xmlsec1")
        .arg("--verify")
        .arg(format!("--id-attr:{attribute}"))
        .arg(element)
        .args([
            "--verification-time",
            "2026-09-21 15:00:00",
            "--trusted-pem",
        ])
        .arg(ca)
        .arg(file)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{}: {said}", file.display());
}

#[test]
fn we_agree_with_what_xmlsec1_signed() {
    if !is_there() {
        return;
    }
    let folder = scratch("theirs");
    let (key, own) = (folder.join("key.pem"), folder.join("own.pem"));
    fs::write(&key, ichiro().key_pem()).unwrap();
    fs::write(&own, ichiro().x509.to_pem().unwrap()).unwrap();
    for (number, text) in SHAPES.iter().enumerate() {
        let template = folder.join(format!("{number}.xml"));
        let end = text.rfind("</DataRoot>").unwrap();
        fs::write(&template, format!("{}{TEMPLATE}</DataRoot>", &text[..end])).unwrap();
        let run = Command::new("xmlsec1")
            .args(["--sign", "--id-attr:Id", "ApplData", "--privkey-pem"])
            .arg(format!("{},{}", key.display(), own.display()))
            .arg(&template)
            .output()
            .unwrap();
        assert!(
            run.status.success(),
            "{}",
            String::from_utf8_lossy(&run.stderr)
        );
        verify(Profile::Api, &run.stdout, MOST)
            .unwrap_or_else(|error| panic!("{error}: {text}"))
            .judge(&trust(), now())
            .unwrap();
    }
}

const TEMPLATE: &str = "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><SignedInfo>
<CanonicalizationMethod Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"/>
<SignatureMethod Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256\"/>
<Reference URI=\"#ApplData\"><Transforms><Transform Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"/></Transforms>
<DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><DigestValue/></Reference></SignedInfo>
<SignatureValue/><KeyInfo><X509Data><X509Certificate/></X509Data></KeyInfo></Signature>";
