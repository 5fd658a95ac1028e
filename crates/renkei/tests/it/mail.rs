//! Mails the platform wrote into its folder.

use std::fs;

use crate::clock::eventually;
use crate::platform::Platform;

/// Every mail there is, as it was written, the oldest first: their ids sort by time.
pub(crate) fn mails(platform: &Platform) -> Vec<String> {
    let folder = fs::read_dir(platform.folder().join("mail"));
    let files = folder
        .into_iter()
        .flatten()
        .map(|file| file.unwrap().path());
    let mut files: Vec<_> = files.collect();
    files.sort();
    let read = |file| fs::read_to_string(file).ok();
    files.into_iter().filter_map(read).collect()
}

/// The text of the first mail that says these words, once there is one.
pub(crate) async fn mail_with(platform: &Platform, words: &str) -> String {
    eventually(&format!("a mail that says `{words}`"), async || {
        let mut told = mails(platform).into_iter();
        told.find(|mail| mail.replace("=\r\n", "").contains(words) || decoded(mail).contains(words))
            .map(|mail| decoded(&mail))
    })
    .await
}

/// The text of a mail.
pub(crate) fn decoded(mail: &str) -> String {
    let body = mail
        .split("\r\n\r\n")
        .nth(1)
        .unwrap_or_default()
        .replace("\r\n", "");
    openssl::base64::decode_block(&body)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .unwrap_or(body)
}

/// The one-time passwords that were sent to an address, the oldest first, once there are `count`.
pub(crate) async fn mailed_codes(platform: &Platform, to: &str, count: usize) -> Vec<String> {
    eventually(&format!("{count} codes for {to}"), async || {
        let sent = mails(platform).into_iter();
        let own = sent.filter(|mail| mail.contains(&format!("To: {to}")));
        let codes: Vec<String> = own.filter_map(|mail| code_in(&decoded(&mail))).collect();
        (codes.len() == count).then_some(codes)
    })
    .await
}

fn code_in(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("ワンタイムパスワードは ")?;
    Some(rest.chars().take_while(char::is_ascii_digit).collect())
}
