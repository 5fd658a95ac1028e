//! 3.13 公文書署名検証: what was uploaded, and what its signature is worth.

use super::request::{self, Malformed};
use super::{Reply, Trouble, echo, empty};

/// What was uploaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// ArriveID.
    pub arrive_id: String,
    /// FileName: the archive's.
    pub file_name: String,
    /// FileData: the archive, in Base64.
    pub file_data: String,
    /// SigVerificationXMLFileName: the document in it.
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

/// Refused: there is nothing to verify.
pub fn refused(arrive_id: &str, document: &str, trouble: Trouble) -> Reply {
    trouble.shaped(|data| {
        data.leaf("ArriveID", &echo(arrive_id));
        data.leaf("ErrorCount", "0");
        data.leaf("DocumentFileName", &echo(document));
        empty(data, &["AttachedFileName"]);
    })
}
