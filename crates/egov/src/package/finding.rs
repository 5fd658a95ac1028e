//! What the check finds, in the words of the error report. Three of them are the later checker's own (marked); the
//! others are ours, in its style.

use std::fmt;

use crate::certificate::CertificateError;
use crate::signature::SignatureError;

/// One thing that is wrong with an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The folder's name is not that of the procedure.
    FolderName,
    /// No 構成管理 in the folder.
    NoManifest,
    /// Several 構成管理: 個別署名形式, which is not taken.
    SignedSeparately,
    /// The 構成管理 is not one.
    ManifestShape,
    /// No signature.
    NoSignature,
    /// A signature that does not hold.
    Signature,
    /// A signer who does not count.
    Certificate(CertificateError),
    /// A form that is not in the folder.
    FormMissing(String),
    /// A form that the signature does not cover.
    FormNotSigned(String),
    /// A form that was changed after signing.
    FormChanged(String),
    /// A form that is not XML, or not the one it is said to be.
    FormShape(String),
    /// The signature names a file that is no form of the application.
    StrangeReference(String),
    /// A file that is named twice, or under a name that leads elsewhere.
    FileName(String),
    /// A listed attachment that is not in the folder.
    AttachmentMissing(String),
    /// A procedure nobody has registered here.
    UnknownProcedure(String),
    /// Another ministry's procedure.
    WrongMinistry(String),
    /// A form that the procedure does not have in this version. (genuine)
    UnknownForm {
        /// 申請書様式ID
        id: String,
        /// 申請書様式バージョン
        version: String,
    },
    /// A required attachment is not listed. (genuine)
    AttachmentRequired(String),
    /// No 提出先. (genuine)
    NoDestination,
    /// A 提出先 that the procedure does not have.
    UnknownDestination(String),
    /// A 申請種別 that this operation does not take.
    WrongKind,
    /// 初回受付番号 where none belongs, or none where one does.
    FirstNumber,
}

impl Finding {
    /// The file of the folder it is about.
    pub fn file(&self) -> &str {
        match self {
            Self::FolderName => "",
            Self::FormMissing(file)
            | Self::FormNotSigned(file)
            | Self::FormChanged(file)
            | Self::FormShape(file)
            | Self::AttachmentMissing(file) => file,
            _ => super::MANIFEST,
        }
    }
}

impl From<SignatureError> for Finding {
    fn from(error: SignatureError) -> Self {
        match error {
            SignatureError::Xml(_) => Self::ManifestShape,
            SignatureError::NoSignature => Self::NoSignature,
            SignatureError::Certificate(error) => Self::Certificate(error),
            _ => Self::Signature,
        }
    }
}

impl fmt::Display for Finding {
    /// The sentence of the report.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FolderName => f.write_str("フォルダ名が手続IDと一致していません"),
            Self::NoManifest => f.write_str("構成管理情報のファイル(kousei.xml)がありません"),
            Self::SignedSeparately => f.write_str("個別署名形式の申請には対応していません"),
            Self::ManifestShape => f.write_str("構成管理情報の形式に誤りがあります"),
            Self::NoSignature => f.write_str("構成管理情報に署名が付与されていません"),
            Self::Signature => f.write_str("構成管理情報の署名が正しくありません"),
            Self::Certificate(error) => {
                write!(f, "署名に使用した電子証明書は{}", certificate(*error))
            }
            Self::FormMissing(file) => write!(f, "申請書のファイル({file})がありません"),
            Self::FormNotSigned(file) => {
                write!(f, "申請書のファイル({file})が署名の対象になっていません")
            }
            Self::FormChanged(file) => {
                write!(f, "申請書のファイル({file})が署名後に変更されています")
            }
            Self::FormShape(file) => write!(f, "申請書のファイル({file})の形式に誤りがあります"),
            Self::StrangeReference(file) => {
                write!(
                    f,
                    "署名の対象に申請書でないファイル({file})が含まれています"
                )
            }
            Self::FileName(file) => write!(f, "ファイル名称({file})に誤りがあります"),
            Self::AttachmentMissing(file) => write!(f, "添付書類のファイル({file})がありません"),
            Self::UnknownProcedure(id) => {
                write!(f, "手続ID({id})に一致する手続は登録されていません")
            }
            Self::WrongMinistry(id) => write!(
                f,
                "受付行政機関ID({id})は手続の受付行政機関と一致していません"
            ),
            Self::UnknownForm { id, version } => write!(
                f,
                "申請書様式ID({id})とバージョン({version})に一致する申請書様式は登録されていません"
            ),
            Self::AttachmentRequired(title) => {
                write!(f, "添付必須のファイル({title})が添付されていません")
            }
            Self::NoDestination => f.write_str("提出先情報を設定しなければなりません"),
            Self::UnknownDestination(id) => {
                write!(f, "提出先識別子({id})に一致する提出先は登録されていません")
            }
            Self::WrongKind => f.write_str("申請種別がこの機能の対象ではありません"),
            Self::FirstNumber => f.write_str("初回受付番号に誤りがあります"),
        }
    }
}

const fn certificate(error: CertificateError) -> &'static str {
    match error {
        CertificateError::NotYetValid | CertificateError::Expired => "有効期間外です",
        CertificateError::Revoked => "失効しています",
        CertificateError::RevocationUnknown => "失効していないことを確認できません",
        CertificateError::UntrustedIssuer => "信頼できない認証局から発行されています",
        CertificateError::Unreadable
        | CertificateError::WeakKey
        | CertificateError::WrongAlgorithm
        | CertificateError::WrongUsage => "署名に使用できません",
    }
}
