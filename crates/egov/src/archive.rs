//! ZIP archives of strangers, and ours. A narrow reader: everything the directory says is bounded and checked before
//! the first member is inflated, and what a member really becomes is bounded again while it is.
//!
//! The directory at the end and the headers before the members must agree: two readers that believe different ones
//! would see two archives.

mod container;
mod directory;
mod name;

use flate2::read::DeflateDecoder;
use std::io::Read;

pub use self::container::{NotWritable, WrittenAt, write};
use self::directory::{Member, Packing};
use crate::limits::Limits;

/// Why an archive is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveError {
    /// Larger than allowed, before or after unpacking.
    #[error("the archive is too large")]
    TooLarge,
    /// More entries than allowed.
    #[error("the archive has too many entries")]
    TooMany,
    /// A member that inflates beyond all proportion.
    #[error("a member of the archive inflates beyond all proportion")]
    Ratio,
    /// Not an archive, or directory and members do not agree.
    #[error("the archive is broken")]
    Broken,
    /// Several disks, 64-bit sizes, or a method other than stored and deflated.
    #[error("the archive uses a feature we do not read")]
    Unsupported,
    /// A member is encrypted.
    #[error("a member of the archive is encrypted")]
    Encrypted,
    /// A member is a symbolic link or something else than a file or a folder.
    #[error("a member of the archive is not a file")]
    NotAFile,
    /// A name that leads elsewhere, cannot be read, or is too long.
    #[error("a name in the archive is not allowed")]
    Name,
    /// Two members that some file system would take for one.
    #[error("two members of the archive have the same name")]
    Duplicate,
}

/// A file out of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Where it lies, with `/` between folders.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Reads all files of an archive. Folder entries count as entries and give no file.
pub fn read(archive: &[u8], limits: &Limits) -> Result<Vec<File>, ArchiveError> {
    if archive.len() > limits.archive {
        return Err(ArchiveError::TooLarge);
    }
    let members = directory::read(archive, limits)?;
    let names: Vec<&str> = members.iter().map(|it| it.name.as_str()).collect();
    name::refuse_clashes(&names)?;
    // What is declared is refused early; what is true is bounded below.
    let declared = members
        .iter()
        .fold(0_usize, |sum, it| sum.saturating_add(it.unpacked));
    if declared > limits.unpacked {
        return Err(ArchiveError::TooLarge);
    }
    let mut left = limits.unpacked;
    let mut files = Vec::new();
    for member in members {
        let bytes = unpacked(&member, left, limits)?;
        left = left.saturating_sub(bytes.len());
        if !member.is_folder() {
            files.push(File {
                name: member.name,
                bytes,
            });
        }
    }
    Ok(files)
}

fn unpacked(member: &Member<'_>, left: usize, limits: &Limits) -> Result<Vec<u8>, ArchiveError> {
    if member.unpacked > left {
        return Err(ArchiveError::TooLarge);
    }
    if member.unpacked > SMALL.max(member.packed.len().saturating_mul(limits.ratio)) {
        return Err(ArchiveError::Ratio);
    }
    let bytes = match member.packing {
        Packing::Stored => member.packed.to_vec(),
        Packing::Deflated => inflated(member.packed, member.unpacked)?,
    };
    let mut checksum = flate2::Crc::new();
    checksum.update(&bytes);
    if bytes.len() == member.unpacked && checksum.sum() == member.checksum {
        Ok(bytes)
    } else {
        Err(ArchiveError::Broken)
    }
}

/// Inflates to exactly the declared size, which is within all bounds by now; one byte more or less is a lie.
fn inflated(packed: &[u8], declared: usize) -> Result<Vec<u8>, ArchiveError> {
    let mut bytes = Vec::new();
    let bound = u64::try_from(declared)
        .unwrap_or(u64::MAX)
        .saturating_add(1);
    let mut decoder = DeflateDecoder::new(packed);
    decoder
        .by_ref()
        .take(bound)
        .read_to_end(&mut bytes)
        .map_err(|_| ArchiveError::Broken)?;
    let consumed = usize::try_from(decoder.total_in()).unwrap_or(usize::MAX);
    if consumed == packed.len() {
        Ok(bytes)
    } else {
        Err(ArchiveError::Broken)
    }
}

/// Below this a ratio says nothing: a small form full of blanks deflates a thousand times.
const SMALL: usize = 64 * 1024;
