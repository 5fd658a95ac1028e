//! The grammar of 構成管理情報, the signed part of a 構成管理. Order and cardinality as recorded; what is written
//! inside stays as it was sent.

use roxmltree::Node;

use crate::xml::{self, Children, XmlError};

/// What an applicant says about an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// 受付行政機関ID
    pub ministry: String,
    /// 手続ID
    pub procedure: String,
    /// 手続名称
    pub procedure_name: String,
    /// 初回受付番号: the application this one is about; empty for a new one.
    pub first_number: String,
    /// 申請種別
    pub kind: Kind,
    /// 申請者情報
    pub applicant: Person,
    /// 連絡先情報
    pub contact: Person,
    /// 委任登録票添付情報: 発行番号, 委任登録票名称, 委任登録票ファイル名称
    pub mandate: [String; 3],
    /// 添付書類属性情報
    pub attachments: Vec<Attachment>,
    /// 手数料情報, those that are not empty.
    pub fees: Vec<Fee>,
    /// 通信欄
    pub remark: String,
    /// 府省照会情報, those that are not empty.
    pub inquiries: Vec<Inquiry>,
    /// 提出先情報
    pub destination: Destination,
    /// 申請書属性情報
    pub forms: Vec<Form>,
}

/// 申請種別
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// 新規申請
    New,
    /// 再提出
    Resubmission,
    /// 部分補正, abolished.
    PartialCorrection,
    /// 取下げ申請
    Withdrawal,
    /// 取下げ依頼
    WithdrawalRequest,
}

impl Kind {
    const ALL: [Self; 5] = [
        Self::New,
        Self::Resubmission,
        Self::PartialCorrection,
        Self::Withdrawal,
        Self::WithdrawalRequest,
    ];

    /// Its word on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::New => "新規申請",
            Self::Resubmission => "再提出",
            Self::PartialCorrection => "部分補正",
            Self::Withdrawal => "取下げ申請",
            Self::WithdrawalRequest => "取下げ依頼",
        }
    }

    fn parse(word: &str) -> Result<Self, XmlError> {
        let found = Self::ALL.into_iter().find(|it| it.word() == word);
        found.ok_or(XmlError::Shape)
    }
}

/// 申請者情報 or 連絡先情報
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// Who it is.
    pub applicant: Applicant,
    /// Where to reach them.
    pub address: Address,
}

/// The names of a [`Person`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applicant {
    /// 氏名
    pub name: String,
    /// 氏名フリガナ
    pub name_kana: String,
    /// 役職
    pub post: String,
    /// 法人団体名
    pub corporation: String,
    /// 法人団体名フリガナ
    pub corporation_kana: String,
    /// 部門名
    pub department: String,
    /// 部門名フリガナ
    pub department_kana: String,
}

/// The addresses of a [`Person`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// 郵便番号
    pub postal_code: String,
    /// 住所
    pub street: String,
    /// 住所フリガナ
    pub street_kana: String,
    /// 電話番号
    pub telephone: String,
    /// FAX番号
    pub fax: String,
    /// 電子メールアドレス
    pub mail: String,
}

/// 添付書類属性情報
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// 添付種別
    pub kind: String,
    /// 添付書類名称
    pub title: String,
    /// 添付書類ファイル名称
    pub file: String,
    /// 提出情報
    pub submission: String,
}

/// One of 手数料1 … 手数料6
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fee {
    /// 手数料識別子
    pub id: String,
    /// 略科目コード
    pub subject_code: String,
    /// 略科目名
    pub subject: String,
    /// 振込金額
    pub amount: String,
}

/// One of 府省照会1 … 府省照会10
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inquiry {
    /// 府省照会情報ラベル
    pub label: String,
    /// 府省照会情報
    pub text: String,
}

/// 提出先情報
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// 提出先識別子
    pub id: String,
    /// 提出先名称
    pub name: String,
}

/// 申請書属性情報
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// 申請書様式ID
    pub id: String,
    /// 申請書様式バージョン
    pub version: String,
    /// 申請書様式名称
    pub title: String,
    /// 申請書ファイル名称
    pub file: String,
}

impl Manifest {
    /// Reads the canonical text of 構成情報, as a verified signature gives it.
    pub fn parse(data: &str) -> Result<Self, XmlError> {
        let parsed = xml::parse(data)?;
        let root = parsed.root_element();
        let mut parts = Children::of(root)?;
        let management = parts.one("管理情報")?;
        let attachments = parts.many("添付書類属性情報");
        let fees = numbered(parts.one("手数料情報")?, "手数料", 6)?;
        let remark = parts.text("通信欄")?;
        let inquiries = numbered(parts.one("府省照会情報")?, "府省照会", 10)?;
        let [id, name] = texts(parts.one("提出先情報")?, ["提出先識別子", "提出先名称"])?;
        let destination = Destination { id, name };
        let forms = parts.many("申請書属性情報");
        parts.end()?;
        if forms.is_empty() {
            return Err(XmlError::Shape);
        }

        let mut management = Children::of(management)?;
        let number = management.one("手続番号")?;
        let [ministry, procedure] = texts(number, ["受付行政機関ID", "手続ID"])?;
        let procedure_name = management.text("手続名称")?;
        let first_number = management.text("初回受付番号")?;
        let kind = Kind::parse(&management.text("申請種別")?)?;
        let people = management.one("申請者連絡先情報")?;
        management.end()?;
        let mut people = Children::of(people)?;
        let applicant = person(people.one("申請者情報")?)?;
        let contact = person(people.one("連絡先情報")?)?;
        let mandate = texts(people.one("委任登録票添付情報")?, MANDATE)?;
        people.end()?;

        Ok(Self {
            ministry,
            procedure,
            procedure_name,
            first_number,
            kind,
            applicant,
            contact,
            mandate,
            attachments: all(attachments, attachment)?,
            fees: all(fees, fee)?.into_iter().flatten().collect(),
            remark,
            inquiries: all(inquiries, inquiry)?.into_iter().flatten().collect(),
            destination,
            forms: all(forms, form)?,
        })
    }
}

fn person(node: Node<'_, '_>) -> Result<Person, XmlError> {
    let [
        name,
        name_kana,
        post,
        corporation,
        corporation_kana,
        department,
        department_kana,
        postal_code,
        street,
        street_kana,
        telephone,
        fax,
        mail,
    ] = texts(node, PERSON)?;
    Ok(Person {
        applicant: Applicant {
            name,
            name_kana,
            post,
            corporation,
            corporation_kana,
            department,
            department_kana,
        },
        address: Address {
            postal_code,
            street,
            street_kana,
            telephone,
            fax,
            mail,
        },
    })
}

fn attachment(node: Node<'_, '_>) -> Result<Attachment, XmlError> {
    let [kind, title, file, submission] = texts(node, ATTACHMENT)?;
    Ok(Attachment {
        kind,
        title,
        file,
        submission,
    })
}

fn fee(node: Node<'_, '_>) -> Result<Option<Fee>, XmlError> {
    let values = texts(node, FEE)?;
    let is_empty = values.iter().all(String::is_empty);
    let [id, subject_code, subject, amount] = values;
    Ok((!is_empty).then_some(Fee {
        id,
        subject_code,
        subject,
        amount,
    }))
}

fn inquiry(node: Node<'_, '_>) -> Result<Option<Inquiry>, XmlError> {
    let [label, text] = texts(node, ["府省照会情報ラベル", "府省照会情報"])?;
    let is_empty = label.is_empty() && text.is_empty();
    Ok((!is_empty).then_some(Inquiry { label, text }))
}

fn form(node: Node<'_, '_>) -> Result<Form, XmlError> {
    let [id, version, title, file] = texts(node, FORM)?;
    Ok(Form {
        id,
        version,
        title,
        file,
    })
}

fn all<T>(
    nodes: Vec<Node<'_, '_>>,
    read: fn(Node<'_, '_>) -> Result<T, XmlError>,
) -> Result<Vec<T>, XmlError> {
    nodes.into_iter().map(read).collect()
}

/// The children `{name}1`, `{name}2` … of which all must be there.
fn numbered<'a, 'i>(
    node: Node<'a, 'i>,
    name: &str,
    count: usize,
) -> Result<Vec<Node<'a, 'i>>, XmlError> {
    let mut children = Children::of(node)?;
    let found = (1..=count)
        .map(|number| children.one(&format!("{name}{number}")))
        .collect::<Result<_, _>>()?;
    children.end()?;
    Ok(found)
}

/// The values of an element that has exactly these children.
fn texts<const N: usize>(node: Node<'_, '_>, names: [&str; N]) -> Result<[String; N], XmlError> {
    let mut children = Children::of(node)?;
    let mut values = Vec::with_capacity(N);
    for name in names {
        values.push(children.text(name)?);
    }
    children.end()?;
    values.try_into().map_err(|_| XmlError::Shape)
}

const PERSON: [&str; 13] = [
    "氏名",
    "氏名フリガナ",
    "役職",
    "法人団体名",
    "法人団体名フリガナ",
    "部門名",
    "部門名フリガナ",
    "郵便番号",
    "住所",
    "住所フリガナ",
    "電話番号",
    "FAX番号",
    "電子メールアドレス",
];
const MANDATE: [&str; 3] = ["発行番号", "委任登録票名称", "委任登録票ファイル名称"];
const ATTACHMENT: [&str; 4] = [
    "添付種別",
    "添付書類名称",
    "添付書類ファイル名称",
    "提出情報",
];
const FEE: [&str; 4] = ["手数料識別子", "略科目コード", "略科目名", "振込金額"];
const FORM: [&str; 4] = [
    "申請書様式ID",
    "申請書様式バージョン",
    "申請書様式名称",
    "申請書ファイル名称",
];
