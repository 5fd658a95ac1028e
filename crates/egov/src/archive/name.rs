//! Names of members: how they are read, and which are refused.

use std::collections::BTreeSet;

use encoding_rs::SHIFT_JIS;

use super::ArchiveError;

/// A name as its bytes mean it: UTF-8 where the flag says so or where it can be, else CP932.
pub(super) fn decoded(bytes: &[u8], is_utf8: bool) -> Result<String, ArchiveError> {
    let name = match str::from_utf8(bytes) {
        Ok(name) => name.to_owned(),
        Err(_) if is_utf8 => return Err(ArchiveError::Name),
        Err(_) => SHIFT_JIS
            .decode_without_bom_handling_and_without_replacement(bytes)
            .ok_or(ArchiveError::Name)?
            .into_owned(),
    };
    if is_harmless(&name) {
        Ok(name)
    } else {
        Err(ArchiveError::Name)
    }
}

/// A name in CP932, as the recorded answers carry it.
pub(super) fn encoded(name: &str) -> Option<Vec<u8>> {
    let (bytes, _, had_unmappable) = SHIFT_JIS.encode(name);
    (!had_unmappable).then(|| bytes.into_owned())
}

/// Stays below where it is unpacked: no root, no drive, no way up, nothing invisible, no empty step.
pub(super) fn is_harmless(name: &str) -> bool {
    let below = name.strip_suffix('/').unwrap_or(name);
    let is_step = |step: &str| !matches!(step, "" | "." | "..");
    below.split('/').all(is_step)
        && !name
            .chars()
            .any(|it| it.is_control() || matches!(it, '\\' | ':' | '\u{202a}'..='\u{202e}'))
}

/// Refuses two names that a file system might take for one, and a file that is a folder as well.
pub(super) fn refuse_clashes(names: &[&str]) -> Result<(), ArchiveError> {
    let (mut entries, mut files, mut folders) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for name in names {
        let folded = name.to_lowercase();
        let mut below = if let Some(own) = folded.strip_suffix('/') {
            folders.insert(own.to_owned());
            own
        } else {
            files.insert(folded.clone());
            folded.as_str()
        };
        while let Some((above, _)) = below.rsplit_once('/') {
            folders.insert(above.to_owned());
            below = above;
        }
        if !entries.insert(folded) {
            return Err(ArchiveError::Duplicate);
        }
    }
    if files.is_disjoint(&folders) {
        Ok(())
    } else {
        Err(ArchiveError::Duplicate)
    }
}
