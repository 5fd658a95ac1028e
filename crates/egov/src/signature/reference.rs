//! What a reference may mean: the element of the profile, or a file that lies in the same folder.

use super::{Profile, SignatureError};
use crate::limits::ENTRY_NAME;

/// A file that was signed beside the 構成情報.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileReference {
    /// Its name, decoded.
    pub name: String,
    /// SHA-256 of its bytes.
    pub digest: [u8; 32],
}

impl FileReference {
    /// Reads a URI that is nothing but the name of a file.
    pub(super) fn parse(uri: &str, digest: [u8; 32]) -> Result<Self, SignatureError> {
        let name = percent_decoded(uri).ok_or(SignatureError::Reference)?;
        if is_bare_name(&name) {
            Ok(Self { name, digest })
        } else {
            Err(SignatureError::Reference)
        }
    }

    /// Whether a file system that folds case would take the two for one.
    pub(super) fn is_same_name(&self, other: &Self) -> bool {
        self.name.to_lowercase() == other.name.to_lowercase()
    }

    /// Whether this is what was signed.
    pub fn fits(&self, bytes: &[u8]) -> bool {
        openssl::sha::sha256(bytes) == self.digest
    }
}

/// A name that stays where it is put: no path, no scheme, no fragment, no white space, nothing invisible.
pub(crate) fn is_bare_name(name: &str) -> bool {
    let is_plain = |it: char| {
        !it.is_control() && !it.is_whitespace() && !matches!(it, '/' | '\\' | ':' | '#' | '?' | '%')
    };
    !name.is_empty()
        && name.len() <= ENTRY_NAME
        && !name.starts_with('.')
        && !name.contains("..")
        && name.chars().all(is_plain)
}

/// Whether the first reference means the target: raw, or with the percent encoding that the recorded client writes.
pub(super) fn is_to_target(profile: Profile, uri: &str) -> bool {
    let (_, id) = profile.id();
    let Some(fragment) = uri.strip_prefix('#') else {
        return false;
    };
    match profile {
        Profile::Api | Profile::Official => fragment == id,
        Profile::Package => percent_decoded(fragment).is_some_and(|it| it == id),
    }
}

/// Percent encoding undone once; a `+` stays what it is.
fn percent_decoded(text: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let high = char::from(bytes.next()?).to_digit(16)?;
            let low = char::from(bytes.next()?).to_digit(16)?;
            decoded.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            decoded.push(byte);
        }
    }
    String::from_utf8(decoded).ok()
}

/// The form the recorded client writes: everything but visible ASCII.
pub(super) fn percent_encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'!'..=b'~' if byte != b'%' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
