//! A package: what one request of 3.3 sent.

use renkei_core::instant::Timestamp;
use serde::{Deserialize, Serialize};

use crate::number::{SendNumber, SoftwareId, UserId};

/// A package without its archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// 送信番号.
    pub send_number: SendNumber,
    /// Whose it is.
    pub user: UserId,
    /// The software it was sent with.
    pub software: SoftwareId,
    /// `FileName`, as sent.
    pub file_name: String,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// Application folders in it.
    pub applications: u32,
    /// Where it stands.
    pub state: PackageState,
}

/// Where a package stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackageState {
    /// 処理待ち: nobody has checked it.
    Waiting,
    /// Checked.
    Checked {
        /// When.
        at: Timestamp,
        /// Applications that arrived.
        arrived: u32,
        /// Applications that were refused.
        refused: u32,
        /// The report on those that were refused, as HTML; empty without any.
        report: String,
    },
}

/// One finding of the check that a package undergoes before it is acknowledged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageError {
    /// The folder.
    pub folder: String,
    /// The file; empty when it concerns the folder.
    pub file: String,
    /// What is wrong.
    pub content: String,
}
