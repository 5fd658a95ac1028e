//! A software for the external-linkage API, as a test plays it: it signs, packs, sends and reads.

use renkei_egov::archive::{self, File, WrittenAt};
use renkei_egov::base64;
use renkei_egov::certificate::Certificate;
use renkei_egov::signature::{Profile, SigningKey, Unsigned, sign};
use reqwest::{Method, StatusCode};
use serde_json::Value;
use time::macros::datetime;

use crate::clock::eventually;
use crate::platform::Platform;

/// An answer, with a look into it.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    /// The text of the first element of this name; empty for an empty one.
    pub(crate) fn text(&self, name: &str) -> String {
        let all = self.texts(name);
        all.first()
            .unwrap_or_else(|| panic!("no {name} in {}", self.body))
            .clone()
    }

    /// The texts of all elements of this name.
    pub(crate) fn texts(&self, name: &str) -> Vec<String> {
        let (open, empty) = (format!("<{name}>"), format!("<{name}/>"));
        let mut found = Vec::new();
        let mut rest = self.body.as_str();
        loop {
            let (full, none) = (rest.find(&open), rest.find(&empty));
            let is_full = full.is_some_and(|at| none.is_none_or(|none| at < none));
            if is_full {
                let after = &rest[full.unwrap() + open.len()..];
                let (text, more) = after.split_once(&format!("</{name}>")).unwrap();
                found.push(text.to_owned());
                rest = more;
            } else if let Some(at) = none {
                found.push(String::new());
                rest = &rest[at + empty.len()..];
            } else {
                return found;
            }
        }
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }

    /// It is a refusal of this status and message.
    pub(crate) fn is_refusal(&self, status: u16, message: &str) {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        assert_eq!(self.text("Code"), "1");
        assert_eq!(self.text("Message"), message);
    }
}

/// The software of one user.
pub(crate) struct Software {
    http: reqwest::Client,
    pub(crate) base: String,
    pub(crate) id: String,
    pub(crate) user: String,
    pub(crate) access_key: Option<String>,
    signer: SigningKey,
}

impl Software {
    pub(crate) fn new(platform: &Platform, user: usize) -> Self {
        let egov = &platform.info["egov"];
        let user = &egov["users"][user];
        let read = |name: &str| std::fs::read(user[name].as_str().unwrap()).unwrap();
        let certificate = Certificate::from_pem(&read("certificate")).unwrap();
        Self {
            http: crate::browser::http(),
            base: format!("{}/shinsei/1", platform.base_url()),
            id: text(&egov["software"][0]["software_id"]),
            user: text(&user["user_id"]),
            access_key: None,
            signer: SigningKey::new(&read("key"), vec![certificate]).unwrap(),
        }
    }

    /// One that has registered and logged in.
    pub(crate) async fn logged_in(platform: &Platform, user: usize) -> Self {
        let mut software = Self::new(platform, user);
        let registered = software.identity("user").await;
        assert_eq!(
            registered.status,
            StatusCode::CREATED,
            "{}",
            registered.body
        );
        software.log_in().await;
        software
    }

    pub(crate) async fn log_in(&mut self) -> Answer {
        let answer = self.identity("login").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        self.access_key = Some(answer.text("AccessKey"));
        answer
    }

    /// A signed request that says who the user is.
    pub(crate) async fn identity(&self, operation: &str) -> Answer {
        let path = format!("/authentication/{operation}");
        self.send(Method::POST, &path, self.signed("")).await
    }

    /// The signed document, with more than the user.
    pub(crate) fn signed(&self, more: &str) -> String {
        let text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><DataRoot><ApplData Id=\"ApplData\">\
             <UserID>{}</UserID>{more}</ApplData></DataRoot>",
            self.user
        );
        let unsigned = Unsigned {
            profile: Profile::Api,
            text: &text,
            id: Some("20261121090000"),
            files: &[],
            encoded: false,
        };
        sign(&unsigned, &self.signer).unwrap()
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, String::new()).await
    }

    /// An unsigned document.
    pub(crate) async fn tell(&self, method: Method, path: &str, data: &str) -> Answer {
        self.send(method, path, document(data)).await
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: String) -> Answer {
        let mut request = self
            .http
            .request(method, format!("{}{path}", self.base))
            // As the recorded client spells them; and what stood before the recorded service.
            .header("X-Egovapi-Softwareid", &self.id)
            .header("Authorization", "Basic dGVzdDp0ZXN0")
            .header("Content-Type", "application/x-www-form-urlencoded");
        if let Some(key) = &self.access_key {
            request = request.header("x-eGovAPI-AccessKey", key);
        }
        let answer = request.body(body).send().await.unwrap();
        Answer {
            status: answer.status(),
            headers: answer.headers().clone(),
            body: answer.text().await.unwrap(),
        }
    }

    /// Sends folders as one package, and waits until every one of them was checked; what 3.4 says.
    pub(crate) async fn apply(&self, folders: &[Vec<File>]) -> Answer {
        let sent = self
            .tell(Method::POST, "/access/apply", &upload(folders))
            .await;
        assert_eq!(sent.status, StatusCode::ACCEPTED, "{}", sent.body);
        let path = format!("/access/apply;id={}", sent.text("SendNumber"));
        self.until(&path, |answer| answer.text("WorkStatus").is_empty())
            .await
    }

    /// Asks until the answer is as wanted.
    pub(crate) async fn until(&self, path: &str, wanted: impl Fn(&Answer) -> bool) -> Answer {
        eventually(path, async || {
            let answer = self.get(path).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
            wanted(&answer).then_some(answer)
        })
        .await
    }

    /// An application for a procedure of the tests, by its last digit.
    pub(crate) fn folder(&self, procedure: u8, number: u8, about: &About<'_>) -> Vec<File> {
        let id = format!("900T00000000000{procedure}");
        let form = format!("{id}01");
        self.packed(&Packed {
            folder: format!("{id}({number})"),
            ministry: "100900",
            procedure: &id,
            form: &form,
            file: &format!("{form}_01.xml"),
            about,
        })
    }

    /// A request to give an application back.
    pub(crate) fn withdrawal(&self, arrive_id: &str) -> Vec<File> {
        self.packed(&Packed {
            folder: "9990000000000008(1)".to_owned(),
            ministry: "100999",
            procedure: "9990000000000008",
            form: "999000000000000008",
            file: "torisageshinsei.xml",
            about: &About {
                kind: "取下げ申請",
                first: arrive_id,
                encoded: true,
            },
        })
    }

    fn packed(&self, packed: &Packed<'_>) -> Vec<File> {
        let form = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<DataRoot><様式ID>{}</様式ID>\
             <様式バージョン>0001</様式バージョン><STYLESHEET/><本文>届け出ます。</本文></DataRoot>",
            packed.form
        );
        let manifest = manifest(packed);
        let unsigned = Unsigned {
            profile: Profile::Package,
            text: &manifest,
            id: Some("20261121093000"),
            files: &[(packed.file, form.as_bytes())],
            encoded: packed.about.encoded,
        };
        let signed = sign(&unsigned, &self.signer).unwrap();
        let file = |name: &str, text: String| File {
            name: format!("{}/{name}", packed.folder),
            bytes: text.into_bytes(),
        };
        vec![file("kousei.xml", signed), file(packed.file, form)]
    }
}

/// What an application is about.
pub(crate) struct About<'a> {
    pub(crate) kind: &'a str,
    pub(crate) first: &'a str,
    pub(crate) encoded: bool,
}

pub(crate) const NEW: About<'_> = About {
    kind: "新規申請",
    first: "",
    encoded: true,
};

struct Packed<'a> {
    folder: String,
    ministry: &'a str,
    procedure: &'a str,
    form: &'a str,
    file: &'a str,
    about: &'a About<'a>,
}

/// `Upload` of one archive, its Base64 broken as the recorded client breaks it.
pub(crate) fn upload(folders: &[Vec<File>]) -> String {
    let archive = zip(&folders.concat());
    let text = base64::encode(&archive);
    let lines: Vec<&str> = text
        .as_bytes()
        .chunks(60)
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect();
    format!(
        "<Upload><FileName>test.zip</FileName><FileData>{}\n</FileData></Upload>",
        lines.join("\n")
    )
}

/// The same without a name, about an application.
pub(crate) fn follow_up(arrive_id: &str, folder: &[File]) -> String {
    let data = base64::encode(&zip(folder));
    format!("<ArriveID>{arrive_id}</ArriveID><Upload><FileData>{data}</FileData></Upload>")
}

pub(crate) fn zip(files: &[File]) -> Vec<u8> {
    archive::write(files, WrittenAt::new(datetime!(2026-11-21 09:30:00 +9))).unwrap()
}

pub(crate) fn document(data: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<DataRoot>\n  <ApplData Id=\"ApplData\">{data}</ApplData>\n</DataRoot>\n"
    )
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn manifest(packed: &Packed<'_>) -> String {
    let person = "<氏名>試験　太郎</氏名><氏名フリガナ/><役職/><法人団体名>試験商事</法人団体名><法人団体名フリガナ/><部門名>総務</部門名><部門名フリガナ/><郵便番号>1200001</郵便番号><住所/><住所フリガナ/><電話番号/><FAX番号/><電子メールアドレス/>";
    let numbered = |name: &str, inner: &str, count: usize| -> String {
        let one = |it| format!("<{name}{it}>{inner}</{name}{it}>");
        (1..=count).map(one).collect()
    };
    let fees = numbered(
        "手数料",
        "<手数料識別子/><略科目コード/><略科目名/><振込金額/>",
        6,
    );
    let inquiries = numbered("府省照会", "<府省照会情報ラベル/><府省照会情報/>", 10);
    let Packed {
        ministry,
        procedure,
        form,
        file,
        about,
        ..
    } = packed;
    let (kind, first) = (about.kind, about.first);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<DataRoot><様式ID>999000000000000001</様式ID><様式バージョン>0001</様式バージョン><STYLESHEET>999000000000000001.xsl</STYLESHEET><構成情報 ID=\"構成情報\"><管理情報><手続番号><受付行政機関ID>{ministry}</受付行政機関ID><手続ID>{procedure}</手続ID></手続番号><手続名称>試験手続</手続名称><初回受付番号>{first}</初回受付番号><申請種別>{kind}</申請種別><申請者連絡先情報><申請者情報>{person}</申請者情報><連絡先情報>{person}</連絡先情報><委任登録票添付情報><発行番号/><委任登録票名称/><委任登録票ファイル名称/></委任登録票添付情報></申請者連絡先情報></管理情報><手数料情報>{fees}</手数料情報><通信欄/><府省照会情報>{inquiries}</府省照会情報><提出先情報><提出先識別子/><提出先名称/></提出先情報><申請書属性情報><申請書様式ID>{form}</申請書様式ID><申請書様式バージョン>0001</申請書様式バージョン><申請書様式名称>様式</申請書様式名称><申請書ファイル名称>{file}</申請書ファイル名称></申請書属性情報></構成情報></DataRoot>"
    )
}
