//! 3.13 公文書署名検証: what was uploaded, and what its signature is worth.

use super::request::{self, Malformed};
use super::{Reply, Trouble, answer, echo, empty};
use crate::certificate::CertificateDisplay;
use crate::operation::Operation;
use crate::verification::{Official, Verification};
use crate::xml::Writer;

/// What was uploaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// `ArriveID`.
    pub arrive_id: String,
    /// `FileName`: the archive's.
    pub file_name: String,
    /// `FileData`: the archive, in Base64.
    pub file_data: String,
    /// `SigVerificationXMLFileName`: the document in it.
    pub document: String,
}

impl Request {
    /// Reads the body.
    pub fn parse(body: &[u8], most: usize) -> Result<Self, Malformed> {
        request::unsigned(body, most, |fields| {
            let arrive_id = fields.text("ArriveID")?;
            fields.group("Upload", |upload| {
                Ok(Self {
                    arrive_id,
                    file_name: upload.text("FileName")?,
                    file_data: upload.text("FileData")?,
                    document: upload.text("SigVerificationXMLFileName")?,
                })
            })
        })
    }
}

/// The answer.
pub fn told(arrive_id: &str, verified: &Verification) -> Reply {
    answer(Operation::DocumentVerify, |data| {
        data.leaf("ArriveID", &echo(arrive_id));
        data.leaf("ErrorCount", &verified.error_count.to_string());
        data.leaf("DocumentFileName", &echo(&verified.document_file_name));
        data.leaf("AttachedFileName", verified.attached_file_name);
        data.element("VerifyResult", |result| {
            result.element("Official", |one| official(one, &verified.official));
            for authority in &verified.government {
                result.element("Government", |one| {
                    one.leaf("PublisherDN", &authority.publisher_dn);
                    one.leaf("OwnerDN", &authority.owner_dn);
                    one.leaf("SerialNumber", &authority.serial_number);
                    one.leaf("TermValidity", &authority.term_validity);
                });
            }
        });
    })
}

fn official(one: &mut Writer, about: &Official) {
    let signer = about.certificate.as_ref();
    one.leaf("ValidationResult", about.validation_result);
    one.leaf("CertificateResult", about.certificate_result);
    one.leaf("CertificateCount", &about.certificate_count.to_string());
    let value = |of: fn(&CertificateDisplay) -> &str| signer.map(of).unwrap_or_default();
    one.leaf("Publisher", value(|it| &it.publisher));
    one.leaf("Owner", value(|it| &it.owner));
    one.leaf("PublisherDN", value(|it| &it.publisher_dn));
    one.leaf("OwnerDN", value(|it| &it.owner_dn));
    one.leaf("SerialNumber", value(|it| &it.serial_number));
    one.leaf("TermValidity", value(|it| &it.term_validity));
}

/// Refused: there is nothing to verify.
pub fn refused(arrive_id: &str, document: &str, trouble: Trouble) -> Reply {
    trouble.shaped(|data| {
        data.leaf("ArriveID", &echo(arrive_id));
        data.leaf("ErrorCount", "0");
        data.leaf("DocumentFileName", &echo(document));
        empty(data, &["AttachedFileName"]);
    })
}
