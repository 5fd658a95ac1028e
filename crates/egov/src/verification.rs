//! 公文書署名検証: what is said about a document that a caller uploads. A finding is an answer, not an error; nothing is
//! fetched from anywhere, and the answer is a fact about the upload, never about an application.

use renkei_core::instant::Timestamp;

use crate::archive::{self, ArchiveError};
use crate::certificate::{Anchors, Certificate, CertificateDisplay, CertificateError};
use crate::limits::Limits;
use crate::signature::{Profile, SignatureError, Unjudged, verify};
use crate::xml;

/// What is answered about one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// How many things are wrong.
    pub error_count: u32,
    /// Name of the document in the archive.
    pub document_file_name: String,
    /// `-`: attachments are not signed.
    pub attached_file_name: &'static str,
    /// About the signature: `VerifyResult/Official`.
    pub official: Official,
    /// The authorities' certificates that came along: `VerifyResult/Government`.
    pub government: Vec<CertificateDisplay>,
}

/// `VerifyResult/Official`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Official {
    /// About the signature.
    pub validation_result: &'static str,
    /// About the signer's certificate; `-` when there is nothing to say.
    pub certificate_result: &'static str,
    /// How many certificates came along.
    pub certificate_count: usize,
    /// The signer's, where there is one to show.
    pub certificate: Option<CertificateDisplay>,
}

/// Why nothing can be said at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotVerifiable {
    /// The upload is not an archive we read.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The named file is not in it.
    #[error("the archive has no such file")]
    NoSuchFile,
    /// The named file is not XML.
    #[error("the file is not XML")]
    NotXml,
}

/// Verifies the document of this name in an archive, exactly as it was obtained.
pub fn verify_document(
    archive: &[u8],
    document: &str,
    anchors: &Anchors,
    at: Timestamp,
    limits: &Limits,
) -> Result<Verification, NotVerifiable> {
    let files = archive::read(archive, limits)?;
    let file = files
        .iter()
        .find(|it| it.name == document)
        .ok_or(NotVerifiable::NoSuchFile)?;
    let text = xml::decode(&file.bytes, limits.document).map_err(|_| NotVerifiable::NotXml)?;
    xml::parse(text).map_err(|_| NotVerifiable::NotXml)?;
    let judged = match verify(Profile::Official, &file.bytes, limits.document) {
        Ok(unjudged) => judged(unjudged, anchors, at),
        Err(SignatureError::NoSignature) => Judged::nothing(NO_SIGNATURE),
        // A certificate that cannot even be read or used is the signature's fault here: there is none to show.
        Err(_) => Judged::nothing(WRONG_SIGNATURE),
    };
    let is_wrong = [
        judged.official.validation_result != GOOD,
        judged.official.certificate_result != NOTHING,
    ];
    Ok(Verification {
        error_count: is_wrong.into_iter().map(u32::from).sum(),
        document_file_name: document.to_owned(),
        attached_file_name: NOTHING,
        official: judged.official,
        government: judged.government,
    })
}

struct Judged {
    official: Official,
    government: Vec<CertificateDisplay>,
}

impl Judged {
    fn nothing(validation_result: &'static str) -> Self {
        Self {
            official: Official {
                validation_result,
                certificate_result: NOTHING,
                certificate_count: 0,
                certificate: None,
            },
            government: Vec::new(),
        }
    }
}

fn judged(unjudged: Unjudged, anchors: &Anchors, at: Timestamp) -> Judged {
    let certificates: Vec<Certificate> = unjudged.certificates().to_vec();
    let certificate_result = match unjudged.judge(anchors, at) {
        Ok(_) => NOTHING,
        Err(error) => words(error),
    };
    let mut shown = certificates.iter().map(Certificate::display);
    let certificate = shown.next().and_then(Result::ok);
    Judged {
        official: Official {
            validation_result: GOOD,
            certificate_result,
            certificate_count: certificates.len(),
            certificate,
        },
        government: shown.filter_map(Result::ok).collect(),
    }
}

const fn words(error: CertificateError) -> &'static str {
    match error {
        CertificateError::NotYetValid | CertificateError::Expired => "有効期間外です。",
        CertificateError::Revoked => "失効しています。",
        CertificateError::RevocationUnknown => "失効していないことを確認できません。",
        CertificateError::UntrustedIssuer => "信頼できない認証局から発行されています。",
        CertificateError::Unreadable
        | CertificateError::WeakKey
        | CertificateError::WrongAlgorithm
        | CertificateError::WrongUsage => "署名に使用できない証明書です。",
    }
}

/// The one genuine word; the others are ours.
const GOOD: &str = "正常です。";
const WRONG_SIGNATURE: &str = "署名が正しくありません。";
const NO_SIGNATURE: &str = "署名がありません。";
/// Not applicable.
const NOTHING: &str = "-";
