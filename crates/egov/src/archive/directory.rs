//! The central directory, against the headers it points at (APPNOTE.TXT 4.3).

use super::{ArchiveError, name};
use crate::limits::{ENTRY_NAME, Limits};

/// One entry of the directory, checked against its own header.
pub(super) struct Member<'z> {
    pub(super) name: String,
    pub(super) packing: Packing,
    pub(super) packed: &'z [u8],
    pub(super) unpacked: usize,
    pub(super) checksum: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    Stored,
    Deflated,
}

impl Member<'_> {
    pub(super) fn is_folder(&self) -> bool {
        self.name.ends_with('/')
    }
}

pub(super) fn read<'z>(
    archive: &'z [u8],
    limits: &Limits,
) -> Result<Vec<Member<'z>>, ArchiveError> {
    let end = End::find(archive)?;
    if end.entries > limits.entries {
        return Err(ArchiveError::TooMany);
    }
    let directory = slice(archive, end.start, end.size)?;
    if end.start.checked_add(end.size) != Some(end.at) {
        return Err(ArchiveError::Broken);
    }
    let mut rest = Bytes(directory);
    let mut members = Vec::with_capacity(end.entries);
    // Members lie in the order of the directory, one after the other: no byte serves two of them.
    let mut free_from = 0_usize;
    for _ in 0..end.entries {
        let entry = Entry::read(&mut rest)?;
        if entry.offset < free_from {
            return Err(ArchiveError::Broken);
        }
        let (member, after) = entry.member(archive, end.start)?;
        free_from = after;
        members.push(member);
    }
    if rest.0.is_empty() {
        Ok(members)
    } else {
        Err(ArchiveError::Broken)
    }
}

/// The record at the very end; a comment after it is not read, so there is one place to look.
struct End {
    at: usize,
    entries: usize,
    start: usize,
    size: usize,
}

impl End {
    fn find(archive: &[u8]) -> Result<Self, ArchiveError> {
        let at = archive
            .len()
            .checked_sub(END_LENGTH)
            .ok_or(ArchiveError::Broken)?;
        let mut record = Bytes(slice(archive, at, END_LENGTH)?);
        if record.u32()? != END {
            return Err(ArchiveError::Broken);
        }
        let (disk, first) = (record.u16()?, record.u16()?);
        let (here, entries) = (record.u16()?, record.u16()?);
        let (size, start) = (record.u32()?, record.u32()?);
        if disk != 0 || first != 0 || here != entries || entries == u16::MAX || start == u32::MAX {
            return Err(ArchiveError::Unsupported);
        }
        if record.u16()? != 0 {
            return Err(ArchiveError::Broken);
        }
        Ok(Self {
            at,
            entries: usize::from(entries),
            start: size_of_archive(start)?,
            size: size_of_archive(size)?,
        })
    }
}

struct Entry<'z> {
    flags: u16,
    method: u16,
    checksum: u32,
    packed: usize,
    unpacked: usize,
    name: &'z [u8],
    made_by: u16,
    attributes: u32,
    offset: usize,
}

impl<'z> Entry<'z> {
    fn read(rest: &mut Bytes<'z>) -> Result<Self, ArchiveError> {
        if rest.u32()? != CENTRAL {
            return Err(ArchiveError::Broken);
        }
        let made_by = rest.u16()?;
        rest.take(2)?;
        let (flags, method) = (rest.u16()?, rest.u16()?);
        rest.take(4)?;
        let checksum = rest.u32()?;
        let (packed, unpacked) = (rest.u32()?, rest.u32()?);
        let (name, extra, comment) = (rest.u16()?, rest.u16()?, rest.u16()?);
        let disk = rest.u16()?;
        rest.take(2)?;
        let attributes = rest.u32()?;
        let offset = rest.u32()?;
        let name = rest.take(usize::from(name))?;
        rest.take(usize::from(extra))?;
        rest.take(usize::from(comment))?;
        if disk != 0 || packed == u32::MAX || unpacked == u32::MAX || offset == u32::MAX {
            return Err(ArchiveError::Unsupported);
        }
        Ok(Self {
            flags,
            method,
            checksum,
            packed: size_of_archive(packed)?,
            unpacked: size_of_archive(unpacked)?,
            name,
            made_by,
            attributes,
            offset: size_of_archive(offset)?,
        })
    }

    /// The member, and where the next one may begin.
    fn member(&self, archive: &'z [u8], end: usize) -> Result<(Member<'z>, usize), ArchiveError> {
        if self.flags & (ENCRYPTED | STRONGLY_ENCRYPTED | MASKED) != 0 {
            return Err(ArchiveError::Encrypted);
        }
        if self.flags & !KNOWN_FLAGS != 0 {
            return Err(ArchiveError::Unsupported);
        }
        self.is_file_or_folder()?;
        let packing = match self.method {
            0 => Packing::Stored,
            8 => Packing::Deflated,
            _ => return Err(ArchiveError::Unsupported),
        };
        if self.name.len() > ENTRY_NAME {
            return Err(ArchiveError::Name);
        }
        let name = name::decoded(self.name, self.flags & UTF8 != 0)?;
        if packing == Packing::Stored && self.packed != self.unpacked {
            return Err(ArchiveError::Broken);
        }
        if name.ends_with('/') && self.unpacked != 0 {
            return Err(ArchiveError::Broken);
        }
        let start = self.check_header(archive)?;
        let packed = slice(archive, start, self.packed)?;
        let after = start.saturating_add(self.packed);
        if after > end {
            return Err(ArchiveError::Broken);
        }
        let member = Member {
            name,
            packing,
            packed,
            unpacked: self.unpacked,
            checksum: self.checksum,
        };
        Ok((member, after))
    }

    /// Compares the header before the member with the directory, and says where its bytes begin.
    fn check_header(&self, archive: &[u8]) -> Result<usize, ArchiveError> {
        let from = archive.get(self.offset..).ok_or(ArchiveError::Broken)?;
        let mut header = Bytes(from);
        if header.u32()? != LOCAL {
            return Err(ArchiveError::Broken);
        }
        header.take(2)?;
        let (flags, method) = (header.u16()?, header.u16()?);
        header.take(4)?;
        let sizes = (header.u32()?, header.u32()?, header.u32()?);
        let (name, extra) = (header.u16()?, header.u16()?);
        let name = header.take(usize::from(name))?;
        header.take(usize::from(extra))?;
        // With a data descriptor the sizes stand behind the member and are zero here; the directory has them.
        let own = (
            self.checksum,
            u32::try_from(self.packed).unwrap_or(u32::MAX),
            u32::try_from(self.unpacked).unwrap_or(u32::MAX),
        );
        let sizes_agree = sizes == own || (flags & DESCRIPTOR != 0 && sizes == (0, 0, 0));
        if flags != self.flags || method != self.method || name != self.name || !sizes_agree {
            return Err(ArchiveError::Broken);
        }
        Ok(archive.len().saturating_sub(header.0.len()))
    }

    /// On systems whose attributes say what a member is, it says file or folder.
    fn is_file_or_folder(&self) -> Result<(), ArchiveError> {
        let system = self.made_by >> 8;
        let kind = (self.attributes >> 16) & UNIX_KIND;
        let is_unix = matches!(system, 3 | 19);
        if is_unix && !matches!(kind, 0 | UNIX_FILE | UNIX_FOLDER) {
            return Err(ArchiveError::NotAFile);
        }
        Ok(())
    }
}

/// Little-endian numbers from the front.
struct Bytes<'z>(&'z [u8]);

impl<'z> Bytes<'z> {
    fn take(&mut self, count: usize) -> Result<&'z [u8], ArchiveError> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(ArchiveError::Broken)?;
        self.0 = rest;
        Ok(taken)
    }

    fn u16(&mut self) -> Result<u16, ArchiveError> {
        let bytes = self.take(2)?.try_into().map_err(|_| ArchiveError::Broken)?;
        Ok(u16::from_le_bytes(bytes))
    }

    fn u32(&mut self) -> Result<u32, ArchiveError> {
        let bytes = self.take(4)?.try_into().map_err(|_| ArchiveError::Broken)?;
        Ok(u32::from_le_bytes(bytes))
    }
}

fn slice(archive: &[u8], start: usize, length: usize) -> Result<&[u8], ArchiveError> {
    let end = start.checked_add(length).ok_or(ArchiveError::Broken)?;
    archive.get(start..end).ok_or(ArchiveError::Broken)
}

fn size_of_archive(size: u32) -> Result<usize, ArchiveError> {
    usize::try_from(size).map_err(|_| ArchiveError::TooLarge)
}

const END: u32 = 0x0605_4b50;
const END_LENGTH: usize = 22;
const CENTRAL: u32 = 0x0201_4b50;
const LOCAL: u32 = 0x0403_4b50;
const ENCRYPTED: u16 = 1;
const DESCRIPTOR: u16 = 1 << 3;
const STRONGLY_ENCRYPTED: u16 = 1 << 6;
const UTF8: u16 = 1 << 11;
const MASKED: u16 = 1 << 13;
/// The two of the deflate level, the descriptor and the encoding of names.
const KNOWN_FLAGS: u16 = 0b110 | DESCRIPTOR | UTF8;
const UNIX_KIND: u32 = 0o170_000;
const UNIX_FILE: u32 = 0o100_000;
const UNIX_FOLDER: u32 = 0o040_000;
