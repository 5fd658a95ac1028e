//! 3.3 一括申請: a package is sent.

use renkei_core::instant::Timestamp;

use super::request::{self, Malformed};
use super::{Reply, Trouble, answer, echo, empty};
use crate::life::PackageError;
use crate::number::{SendNumber, second};
use crate::operation::Operation;

/// What was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// `FileName`.
    pub file_name: String,
    /// `FileData`: an archive in Base64, perhaps with line breaks.
    pub file_data: String,
}

impl Request {
    /// Reads the body.
    pub fn parse(body: &[u8], most: usize) -> Result<Self, Malformed> {
        request::unsigned(body, most, |fields| {
            fields.group("Upload", |upload| {
                Ok(Self {
                    file_name: upload.text("FileName")?,
                    file_data: upload.text("FileData")?,
                })
            })
        })
    }
}

/// The acknowledgement.
pub fn acknowledged(
    number: &SendNumber,
    sent_at: Timestamp,
    file_name: &str,
    applications: u32,
    errors: &[PackageError],
) -> Reply {
    answer(Operation::Apply, |data| {
        data.leaf("SendNumber", number.as_str());
        data.leaf("SendDate", &second(sent_at));
        data.leaf("SendFileName", file_name);
        data.leaf("SendApplyCount", &applications.to_string());
        data.leaf("ErrorCount", &errors.len().to_string());
        for error in errors {
            data.element("Error", |one| {
                one.leaf("ErrorFolder", &error.folder);
                one.leaf("ErrorFile", &error.file);
                one.leaf("Content", &error.content);
            });
        }
    })
}

/// Nothing was taken.
pub fn refused(file_name: &str, trouble: Trouble) -> Reply {
    trouble.shaped(|data| {
        empty(data, &["SendNumber", "SendDate"]);
        data.leaf("SendFileName", &echo(file_name));
        data.leaf("SendApplyCount", "0");
        data.leaf("ErrorCount", "0");
    })
}
