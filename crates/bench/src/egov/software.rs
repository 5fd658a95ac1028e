//! The software of the one user: it signs, packs and sends.

use std::fs;
use std::path::Path;

use anyhow::Context;
use renkei_egov::archive::{self, File, WrittenAt};
use renkei_egov::base64;
use renkei_egov::certificate::Certificate;
use renkei_egov::signature::{Profile, SigningKey, Unsigned, sign};
use time::macros::datetime;

use crate::http::Connection;

pub(super) const FORM: &str = "900B00000000000101";
pub(super) const PROCEDURE: &str = "900B000000000001";
pub(super) const SOFTWARE: &str = "BENCH";
pub(super) const USER: &str = "BENCH0001";

/// A software with the user's key.
pub(super) struct Software {
    signer: SigningKey,
    /// The headers of its requests, the access key among them once it has logged in.
    pub(super) headers: String,
}

impl Software {
    pub(super) fn new(folder: &Path) -> anyhow::Result<Self> {
        let read = |ending: &str| fs::read(folder.join(format!("{USER}.{ending}")));
        let certificate = Certificate::from_pem(&read("pem")?)?;
        Ok(Self {
            signer: SigningKey::new(&read("key")?, vec![certificate])?,
            headers: format!("x-egovapi-softwareid: {SOFTWARE}\r\n"),
        })
    }

    /// Registers the user and logs in.
    pub(super) fn enter(&mut self, http: &mut Connection) -> anyhow::Result<()> {
        let path = |operation: &str| format!("/shinsei/1/authentication/{operation}");
        let signed = self.signed()?;
        let registered = http.post(&path("user"), &self.headers, &signed)?;
        registered
            .expect(201)
            .context("the user could not be registered: is the database empty?")?;
        let answer = http.post(&path("login"), &self.headers, &signed)?;
        let answer = answer.expect(200)?.text();
        let key = text(&answer, "AccessKey")?;
        self.headers.push_str("x-egovapi-accesskey: ");
        self.headers.push_str(key);
        self.headers.push_str("\r\n");
        Ok(())
    }

    /// The signed request of the identity operations.
    pub(super) fn signed(&self) -> anyhow::Result<String> {
        let text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><DataRoot><ApplData Id=\"ApplData\">\
             <UserID>{USER}</UserID></ApplData></DataRoot>"
        );
        let unsigned = Unsigned {
            profile: Profile::Api,
            text: &text,
            id: Some("20261121090000"),
            files: &[],
            encoded: false,
        };
        Ok(sign(&unsigned, &self.signer)?)
    }

    /// A body of 3.3 with one application; packages of other numbers differ in all their digests.
    pub(super) fn package(&self, number: usize) -> anyhow::Result<String> {
        let file = format!("{FORM}_01.xml");
        let form = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<DataRoot><様式ID>{FORM}</様式ID>\
             <様式バージョン>0001</様式バージョン><STYLESHEET/><本文>{number}件目を届け出ます。</本文></DataRoot>"
        );
        let manifest = manifest(&file);
        let unsigned = Unsigned {
            profile: Profile::Package,
            text: &manifest,
            id: Some("20261121093000"),
            files: &[(&file, form.as_bytes())],
            encoded: true,
        };
        let signed = sign(&unsigned, &self.signer)?;
        let member = |name: &str, text: String| File {
            name: format!("{PROCEDURE}(1)/{name}"),
            bytes: text.into_bytes(),
        };
        let files = [member("kousei.xml", signed), member(&file, form)];
        let written = WrittenAt::new(datetime!(2026-11-21 09:30:00 +9));
        let archive = base64::encode(&archive::write(&files, written)?);
        Ok(format!(
            "<?xml version=\"1.0\"?><DataRoot><ApplData Id=\"ApplData\"><Upload>\
             <FileName>bench.zip</FileName><FileData>{archive}</FileData></Upload></ApplData></DataRoot>"
        ))
    }
}

/// The text of the first element of this name.
pub(super) fn text<'a>(document: &'a str, name: &str) -> anyhow::Result<&'a str> {
    let found = document.split_once(&format!("<{name}>"));
    let found = found.and_then(|(_, rest)| rest.split_once('<'));
    let (text, _) = found.with_context(|| format!("no {name} in {document}"))?;
    Ok(text)
}

fn manifest(file: &str) -> String {
    let person = "<氏名>試験　太郎</氏名><氏名フリガナ/><役職/><法人団体名>試験商事</法人団体名>\
        <法人団体名フリガナ/><部門名>総務</部門名><部門名フリガナ/><郵便番号>1200001</郵便番号><住所/>\
        <住所フリガナ/><電話番号/><FAX番号/><電子メールアドレス/>";
    let several = |name: &str, inner: &str, count: usize| -> String {
        let each = (1..=count).map(|it| format!("<{name}{it}>{inner}</{name}{it}>"));
        each.collect::<Vec<_>>().concat()
    };
    let fee = "<手数料識別子/><略科目コード/><略科目名/><振込金額/>";
    let fees = several("手数料", fee, 6);
    let inquiry = "<府省照会情報ラベル/><府省照会情報/>";
    let inquiries = several("府省照会", inquiry, 10);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<DataRoot><様式ID>999000000000000001</様式ID>\
         <様式バージョン>0001</様式バージョン><STYLESHEET>999000000000000001.xsl</STYLESHEET>\
         <構成情報 ID=\"構成情報\"><管理情報><手続番号><受付行政機関ID>100900</受付行政機関ID>\
         <手続ID>{PROCEDURE}</手続ID></手続番号><手続名称>計測の届出</手続名称><初回受付番号></初回受付番号>\
         <申請種別>新規申請</申請種別><申請者連絡先情報><申請者情報>{person}</申請者情報>\
         <連絡先情報>{person}</連絡先情報><委任登録票添付情報><発行番号/><委任登録票名称/>\
         <委任登録票ファイル名称/></委任登録票添付情報></申請者連絡先情報></管理情報>\
         <手数料情報>{fees}</手数料情報><通信欄/><府省照会情報>{inquiries}</府省照会情報>\
         <提出先情報><提出先識別子/><提出先名称/></提出先情報><申請書属性情報>\
         <申請書様式ID>{FORM}</申請書様式ID><申請書様式バージョン>0001</申請書様式バージョン>\
         <申請書様式名称>計測の届出書</申請書様式名称><申請書ファイル名称>{file}</申請書ファイル名称>\
         </申請書属性情報></構成情報></DataRoot>"
    )
}
