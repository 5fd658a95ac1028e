//! Packages: what a good one gives, and each way to be refused by the check.

use std::collections::BTreeMap;

use renkei_egov::archive::{self, File, WrittenAt};
use renkei_egov::certificate::Anchors;
use renkei_egov::limits::Limits;
use renkei_egov::package::{
    Accepted, Finding, Folder, FormRule, Kind, MANIFEST, Manifest, NotAPackage, Operation,
    ProcedureRule, Procedures, Reported, check, folders, report,
};
use renkei_egov::signature::{Profile, Unsigned, sign, verify};
use time::macros::datetime;

use crate::known;
use crate::people::{ichiro, now, trust};

const PROCEDURE: &str = "900A010200001000";
const FORM: &str = "900A01020000100001_01.xml";

struct Test;

impl Procedures for Test {
    fn find(&self, procedure: &str) -> Option<ProcedureRule> {
        (procedure == PROCEDURE).then(|| ProcedureRule {
            ministry: "100900".to_owned(),
            forms: vec![FormRule {
                id: "900A01020000100001".to_owned(),
                version: "0003".to_owned(),
            }],
            required_attachments: vec!["テスト添付書類１".to_owned()],
            needs_destination: true,
            destinations: vec!["900API00000000001001001".to_owned()],
        })
    }
}

fn form() -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<DataRoot><様式ID>900A01020000100001</様式ID><様式バージョン>0003</様式バージョン><STYLESHEET/><本文>x</本文></DataRoot>".to_owned()
}

fn numbered(name: &str, inner: &str, count: usize) -> String {
    let all: Vec<String> = (1..=count)
        .map(|it| format!("<{name}{it}>{inner}</{name}{it}>"))
        .collect();
    all.concat()
}

fn manifest() -> String {
    let person = "<氏名>試験　太郎</氏名><氏名フリガナ/><役職/><法人団体名>試験商事</法人団体名><法人団体名フリガナ/><部門名>総務</部門名><部門名フリガナ/><郵便番号>1200001</郵便番号><住所/><住所フリガナ/><電話番号/><FAX番号/><電子メールアドレス/>";
    let fees = numbered(
        "手数料",
        "<手数料識別子/><略科目コード/><略科目名/><振込金額/>",
        6,
    );
    let inquiries = numbered("府省照会", "<府省照会情報ラベル/><府省照会情報/>", 10);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<?xml-stylesheet href=\"999000000000000001.xsl\" type=\"text/xsl\"?>\n<DataRoot>\n<様式ID>999000000000000001</様式ID><様式バージョン>0001</様式バージョン><STYLESHEET>999000000000000001.xsl</STYLESHEET>\n<構成情報 ID=\"構成情報\">\n<管理情報><手続番号><受付行政機関ID>100900</受付行政機関ID><手続ID>{PROCEDURE}</手続ID></手続番号><手続名称>試験手続</手続名称><初回受付番号/><申請種別>新規申請</申請種別><申請者連絡先情報><申請者情報>{person}</申請者情報><連絡先情報>{person}</連絡先情報><委任登録票添付情報><発行番号/><委任登録票名称/><委任登録票ファイル名称/></委任登録票添付情報></申請者連絡先情報></管理情報><添付書類属性情報><添付種別>添付</添付種別><添付書類名称>テスト添付書類１</添付書類名称><添付書類ファイル名称>tenpu.txt</添付書類ファイル名称><提出情報>1</提出情報></添付書類属性情報><手数料情報>{fees}</手数料情報><通信欄/><府省照会情報>{inquiries}</府省照会情報><提出先情報><提出先識別子>900API00000000001001001</提出先識別子><提出先名称>総務省,行政管理局,API</提出先名称></提出先情報><申請書属性情報><申請書様式ID>900A01020000100001</申請書様式ID><申請書様式バージョン>0003</申請書様式バージョン><申請書様式名称>様式</申請書様式名称><申請書ファイル名称>{FORM}</申請書ファイル名称></申請書属性情報></構成情報>\n</DataRoot>"
    )
}

fn signed(manifest: &str, files: &[(&str, &[u8])], encoded: bool) -> String {
    let unsigned = Unsigned {
        profile: Profile::Package,
        text: manifest,
        id: Some("20261121093000"),
        files,
        encoded,
    };
    sign(&unsigned, &ichiro().signs()).unwrap()
}

fn folder_of(manifest: &str) -> Folder {
    let form = form();
    Folder {
        name: format!("{PROCEDURE}(1)"),
        files: BTreeMap::from([
            (MANIFEST.to_owned(), manifest.as_bytes().to_vec()),
            (FORM.to_owned(), form.into_bytes()),
            ("tenpu.txt".to_owned(), b"hogehoge".to_vec()),
        ]),
    }
}

fn good() -> Folder {
    folder_of(&signed(&manifest(), &[(FORM, form().as_bytes())], true))
}

/// A folder whose manifest was written otherwise before it was signed.
fn written(from: &str, to: &str) -> Folder {
    let manifest = manifest();
    assert!(manifest.contains(from), "{from}");
    let manifest = manifest.replacen(from, to, 1);
    folder_of(&signed(&manifest, &[(FORM, form().as_bytes())], true))
}

fn checked(folder: &Folder, operation: Operation) -> Result<Accepted, Vec<Finding>> {
    check(
        folder,
        operation,
        &Test,
        &trust(),
        now(),
        &Limits::default(),
    )
}

fn findings(folder: &Folder) -> Vec<Finding> {
    checked(folder, Operation::Apply).map(|_| ()).unwrap_err()
}

#[test]
fn both_forms_of_the_reference_are_accepted() {
    for encoded in [true, false] {
        let manifest = signed(&manifest(), &[(FORM, form().as_bytes())], encoded);
        assert_eq!(manifest.contains("URI=\"#構成情報\""), !encoded);
        assert_eq!(
            manifest.contains("URI=\"#%E6%A7%8B%E6%88%90%E6%83%85%E5%A0%B1\""),
            encoded
        );
        let accepted = checked(&folder_of(&manifest), Operation::Apply).unwrap();
        assert_eq!(accepted.manifest.kind, Kind::New);
        assert_eq!(accepted.manifest.applicant.applicant.name, "試験　太郎");
        assert_eq!(accepted.manifest.fees, vec![]);
        assert_eq!(accepted.unsigned, ["tenpu.txt"]);
    }
    // Decoded once, not twice.
    let twice = signed(&manifest(), &[(FORM, form().as_bytes())], true).replace("#%E6", "#%25E6");
    assert_eq!(findings(&folder_of(&twice)), [Finding::Signature]);
}

#[test]
fn unlisted_files_are_ignored_and_the_number_of_the_folder_is_free() {
    let mut folder = good();
    folder.files.insert("memo.txt".to_owned(), vec![1]);
    for name in [
        "900A010200001000",
        "900A010200001000(001)",
        "900A010200001000(32)",
    ] {
        name.clone_into(&mut folder.name);
        assert!(checked(&folder, Operation::Apply).is_ok(), "{name}");
    }
    for name in [
        "900A010200001001",
        "900A010200001000()",
        "900A010200001000(1)x",
        "900A010200001000(1",
    ] {
        name.clone_into(&mut folder.name);
        assert_eq!(findings(&folder), [Finding::FolderName], "{name}");
    }
}

#[test]
fn a_missing_unsigned_or_broken_manifest_ends_the_check() {
    let mut folder = good();
    folder.files.remove(MANIFEST);
    assert_eq!(findings(&folder), [Finding::NoManifest]);
    assert_eq!(findings(&folder_of(&manifest())), [Finding::NoSignature]);
    assert_eq!(
        findings(&folder_of("<DataRoot/>")),
        [Finding::ManifestShape]
    );
    assert_eq!(findings(&folder_of("x")), [Finding::ManifestShape]);
    let changed =
        signed(&manifest(), &[(FORM, form().as_bytes())], true).replace("試験手続", "他の手続");
    assert_eq!(findings(&folder_of(&changed)), [Finding::Signature]);
    let mut separate = good();
    let name = "kousei20150422184516000.xml".to_owned();
    separate.files.insert(name, vec![]);
    assert_eq!(findings(&separate), [Finding::SignedSeparately]);
    for (from, to) in [
        ("<通信欄/>", ""),
        ("<通信欄/>", "<通信欄/><通信欄/>"),
        ("<申請種別>新規申請", "<申請種別>その他"),
        ("<通信欄/>", "<通信欄/><余分/>"),
    ] {
        assert_eq!(
            findings(&written(from, to)),
            [Finding::ManifestShape],
            "{to}"
        );
    }
}

#[test]
fn a_signer_nobody_trusts_is_told() {
    let judged = check(
        &good(),
        Operation::Apply,
        &Test,
        &Anchors::default(),
        now(),
        &Limits::default(),
    );
    let text = judged.unwrap_err()[0].to_string();
    assert_eq!(
        text,
        "署名に使用した電子証明書は信頼できない認証局から発行されています"
    );
}

#[test]
fn rule_6_references_stay_inside_the_folder() {
    let manifest = manifest();
    for uri in [
        "../900A01020000100001_01.xml",
        "/etc/passwd",
        "..",
        "a/b.xml",
        "a%2Fb.xml",
        "a\\b.xml",
        "file:///etc/passwd",
        "http://example.jp/a.xml",
        "C:a.xml",
        "",
        "a b.xml",
        "a%20b.xml",
        "a.xml#x",
        ".hidden",
        "%2e%2e",
        "a%",
        "%zz",
        "a%00.xml",
    ] {
        let bytes = form();
        let good = signed(&manifest, &[("x.xml", bytes.as_bytes())], true);
        let document = good.replace("URI=\"x.xml\"", &format!("URI=\"{uri}\""));
        let refused = verify(Profile::Package, document.as_bytes(), 100_000).map(|_| ());
        let error = renkei_egov::signature::SignatureError::Reference;
        assert_eq!(refused, Err(error), "{uri}");
    }
    let bytes = form();
    for (one, other) in [("x.xml", "x.xml"), ("x.xml", "X.xml")] {
        let twice = signed(
            &manifest,
            &[(one, bytes.as_bytes()), (other, bytes.as_bytes())],
            true,
        );
        assert_eq!(findings(&folder_of(&twice)), [Finding::Signature]);
    }
}

#[test]
fn rule_6_every_form_is_present_signed_unchanged_and_itself() {
    let mut missing = good();
    missing.files.remove(FORM);
    assert_eq!(findings(&missing), [Finding::FormMissing(FORM.to_owned())]);
    let unsigned = folder_of(&signed(&manifest(), &[], true));
    assert_eq!(
        findings(&unsigned),
        [Finding::FormNotSigned(FORM.to_owned())]
    );
    let mut changed = good();
    changed.files.get_mut(FORM).unwrap().push(b'\n');
    assert_eq!(findings(&changed), [Finding::FormChanged(FORM.to_owned())]);
    let other = form().replace("0003", "0004");
    let mut wrong = folder_of(&signed(&manifest(), &[(FORM, other.as_bytes())], true));
    wrong.files.insert(FORM.to_owned(), other.into_bytes());
    assert_eq!(findings(&wrong), [Finding::FormShape(FORM.to_owned())]);
    let both: [(&str, &[u8]); 2] = [(FORM, form().leak().as_bytes()), ("tenpu.txt", b"hogehoge")];
    let strange = folder_of(&signed(&manifest(), &both, true));
    assert_eq!(
        findings(&strange),
        [Finding::StrangeReference("tenpu.txt".to_owned())]
    );
    let outside = written(FORM, "../x.xml");
    assert!(findings(&outside).contains(&Finding::FileName("../x.xml".to_owned())));
}

#[test]
fn attachments_and_procedure_are_checked_together() {
    let mut missing = good();
    missing.files.remove("tenpu.txt");
    assert_eq!(
        findings(&missing),
        [Finding::AttachmentMissing("tenpu.txt".to_owned())]
    );
    let renamed = findings(&written("テスト添付書類１", "別の書類"));
    assert_eq!(
        renamed[0].to_string(),
        "添付必須のファイル(テスト添付書類１)が添付されていません"
    );
    let nowhere = findings(&written(
        "<提出先識別子>900API00000000001001001",
        "<提出先識別子>",
    ));
    assert_eq!(
        nowhere[0].to_string(),
        "提出先情報を設定しなければなりません"
    );
    let elsewhere = findings(&written(
        "900API00000000001001001",
        "900API00000000001001002",
    ));
    assert_eq!(
        elsewhere,
        [Finding::UnknownDestination(
            "900API00000000001001002".to_owned()
        )]
    );
    let ministry = findings(&written("100900", "100901"));
    assert_eq!(ministry, [Finding::WrongMinistry("100901".to_owned())]);
    let first = findings(&written(
        "<初回受付番号/>",
        "<初回受付番号>9002015000243941</初回受付番号>",
    ));
    assert_eq!(first, [Finding::FirstNumber]);
    let kind = findings(&written("新規申請", "部分補正"));
    assert_eq!(kind, [Finding::WrongKind]);
    let version = findings(&written(
        "<申請書様式バージョン>0003",
        "<申請書様式バージョン>0002",
    ));
    assert!(
        version
            .iter()
            .any(|it| it.to_string().contains("申請書様式は登録されていません"))
    );
}

#[test]
fn a_resubmission_fits_the_correction_only() {
    let folder = written(
        "<初回受付番号/><申請種別>新規申請",
        "<初回受付番号>9002015000243941</初回受付番号><申請種別>再提出",
    );
    let accepted = checked(&folder, Operation::Correction).unwrap();
    assert_eq!(accepted.manifest.first_number, "9002015000243941");
    assert!(checked(&folder, Operation::Apply).is_err());
    assert!(checked(&folder, Operation::Withdrawal).is_err());
    assert!(checked(&good(), Operation::Correction).is_err());
}

#[test]
fn folders_of_an_archive_are_sorted_bounded_and_flat() {
    let file = |name: &str| File {
        name: name.to_owned(),
        bytes: vec![],
    };
    let limits = Limits {
        applications: 2,
        ..Limits::default()
    };
    let both = vec![file("b/kousei.xml"), file("a/x"), file("readme.txt")];
    let found = folders(both, &limits).unwrap();
    assert_eq!(
        found.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(),
        ["a", "b"]
    );
    assert_eq!(
        folders(vec![file("kousei.xml")], &limits),
        Err(NotAPackage::Empty)
    );
    assert_eq!(folders(vec![file("a/x")], &limits), Err(NotAPackage::Empty));
    let nested = vec![file("a/b/kousei.xml")];
    assert_eq!(folders(nested, &limits), Err(NotAPackage::Nested));
    let many = vec![file("a/kousei.xml"), file("b/x"), file("c/x")];
    assert_eq!(folders(many, &limits), Err(NotAPackage::TooMany));
}

#[test]
fn the_report_escapes_what_strangers_wrote() {
    let finding = Finding::FormMissing("<script>\"&".to_owned());
    let html = report(&[Reported::new("x<b>", &finding)]);
    assert!(html.contains("x&lt;b&gt;"));
    assert!(html.contains("&lt;script&gt;&quot;&amp;"));
    assert!(!html.contains("<script"));
    assert!(html.contains("<th scope=\"col\">内容</th>"));
}

#[test]
fn a_package_survives_its_own_archive() {
    let folder = good();
    let files: Vec<File> = folder
        .files
        .iter()
        .map(|(name, bytes)| File {
            name: format!("{}/{name}", folder.name),
            bytes: bytes.clone(),
        })
        .collect();
    let at = WrittenAt::new(datetime!(2026-11-21 09:30:15 +9));
    let archive = archive::write(&files, at).unwrap();
    let read = archive::read(&archive, &Limits::default()).unwrap();
    assert_eq!(folders(read, &Limits::default()), Ok(vec![folder]));
}

#[test]
fn recorded_packages_pass_up_to_their_kind() {
    for row in known::rows() {
        if row.kind != "package-zip" {
            continue;
        }
        let files = archive::read(&row.bytes, &Limits::default()).unwrap();
        let folder = folders(files, &Limits::default()).unwrap().remove(0);
        let document = &folder.files[MANIFEST];
        let unjudged = verify(Profile::Package, document, 1_000_000).unwrap();
        let pinned = Anchors::pinned(unjudged.signer().clone());
        let at = datetime!(2015-06-01 00:00 UTC).unix_timestamp() * 1000;
        let at = renkei_core::instant::Timestamp::from_millis(at);
        let signed = unjudged.judge(&pinned, at).unwrap();
        let manifest = Manifest::parse(&signed.data).unwrap();
        let operation = match manifest.kind {
            Kind::Resubmission => Operation::Correction,
            _ => Operation::Apply,
        };
        let result = check(&folder, operation, &Test, &pinned, at, &Limits::default());
        if manifest.kind == Kind::PartialCorrection {
            let findings = result.map(|_| ()).unwrap_err();
            assert!(findings.contains(&Finding::WrongKind), "{findings:?}");
        } else {
            assert!(result.is_ok(), "{}: {:?}", row.file, result.map(|_| ()));
        }
    }
}
