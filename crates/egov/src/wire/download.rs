//! 3.11 公文書取得 and 3.14 コメント通知取得. Fetching changes nothing and may be repeated.

use super::{Reply, Trouble, answer, echo, empty};
use crate::number::ArriveId;
use crate::operation::Operation;

/// The answer, with the archive in Base64.
pub fn fetched(operation: Operation, arrive_id: &ArriveId, number: u32, archive: &str) -> Reply {
    answer(operation, |data| {
        data.leaf("ArriveID", arrive_id.as_str());
        data.leaf("NoticeSubID", &number.to_string());
        data.element("Download", |download| download.leaf("FileData", archive));
    })
}

/// Refused.
pub fn refused(arrive_id: &str, number: &str, trouble: Trouble) -> Reply {
    trouble.shaped(|data| {
        data.leaf("ArriveID", &echo(arrive_id));
        data.leaf("NoticeSubID", &echo(number));
        data.element("Download", |download| empty(download, &["FileData"]));
    })
}
