//! Our own archives, byte for byte in the style of the recorded ones: deflated, sizes in data descriptors, names in
//! CP932 without the flag that would say UTF-8.

use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use time::OffsetDateTime;

use super::{File, name};
use crate::limits::ENTRY_NAME;

/// A file that no archive of this kind can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the file cannot be put into an archive")]
pub struct NotWritable;

/// When the members say they were written: Japan's time, to two seconds, as DOS keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenAt {
    date: u16,
    time: u16,
}

impl WrittenAt {
    /// An instant, already in the offset it is to be shown in.
    pub fn new(at: OffsetDateTime) -> Self {
        let year = u16::try_from(at.year().saturating_sub(1980)).unwrap_or(0);
        let month = u16::from(u8::from(at.month()));
        Self {
            date: (year.min(127) << 9) | (month << 5) | u16::from(at.day()),
            time: (u16::from(at.hour()) << 11)
                | (u16::from(at.minute()) << 5)
                | (u16::from(at.second()) / 2),
        }
    }
}

/// An archive of these files, in their order.
pub fn write(files: &[File], at: WrittenAt) -> Result<Vec<u8>, NotWritable> {
    let mut archive = Vec::new();
    let mut directory = Vec::new();
    for file in files {
        let raw = name::encoded(&file.name).ok_or(NotWritable)?;
        if raw.len() > ENTRY_NAME || !name::is_harmless(&file.name) || file.name.ends_with('/') {
            return Err(NotWritable);
        }
        let member = Written::new(&file.bytes, &raw, at)?;
        let offset = narrow(archive.len())?;
        archive.extend(LOCAL);
        member.common(&mut archive, [[0; 4]; 3])?;
        archive.extend(&raw);
        archive.extend(&member.packed);
        archive.extend(DESCRIPTOR);
        archive.extend(member.sizes.as_flattened());

        directory.extend(CENTRAL);
        member.common(&mut directory, member.sizes)?;
        // No comment, first disk, no attributes.
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(&raw);
    }
    let count = u16::try_from(files.len()).map_err(|_| NotWritable)?;
    let start = narrow(archive.len())?;
    let size = narrow(directory.len())?;
    archive.extend(directory);
    archive.extend(END);
    archive.extend([0; 4]);
    archive.extend(count.to_le_bytes());
    archive.extend(count.to_le_bytes());
    archive.extend(size.to_le_bytes());
    archive.extend(start.to_le_bytes());
    archive.extend([0; 2]);
    Ok(archive)
}

struct Written<'f> {
    packed: Vec<u8>,
    /// Checksum, packed and unpacked size.
    sizes: [[u8; 4]; 3],
    name: &'f [u8],
    at: WrittenAt,
}

impl<'f> Written<'f> {
    fn new(bytes: &[u8], name: &'f [u8], at: WrittenAt) -> Result<Self, NotWritable> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).map_err(|_| NotWritable)?;
        let packed = encoder.finish().map_err(|_| NotWritable)?;
        let mut checksum = flate2::Crc::new();
        checksum.update(bytes);
        let numbers = [checksum.sum(), narrow(packed.len())?, narrow(bytes.len())?];
        Ok(Self {
            packed,
            sizes: numbers.map(u32::to_le_bytes),
            name,
            at,
        })
    }

    /// What both headers have in common, from the version that is needed to the length of the extra field.
    fn common(&self, out: &mut Vec<u8>, sizes: [[u8; 4]; 3]) -> Result<(), NotWritable> {
        out.extend(VERSION.to_le_bytes());
        out.extend(FLAGS.to_le_bytes());
        out.extend(DEFLATED.to_le_bytes());
        out.extend(self.at.time.to_le_bytes());
        out.extend(self.at.date.to_le_bytes());
        out.extend(sizes.as_flattened());
        let length = u16::try_from(self.name.len()).map_err(|_| NotWritable)?;
        out.extend(length.to_le_bytes());
        out.extend([0; 2]);
        Ok(())
    }
}

fn narrow(size: usize) -> Result<u32, NotWritable> {
    u32::try_from(size).map_err(|_| NotWritable)
}

const LOCAL: [u8; 4] = *b"PK\x03\x04";
const DESCRIPTOR: [u8; 4] = *b"PK\x07\x08";
/// With the version that wrote it: 2.0 on DOS.
const CENTRAL: [u8; 6] = *b"PK\x01\x02\x14\x00";
const END: [u8; 4] = *b"PK\x05\x06";
const VERSION: u16 = 20;
/// Sizes follow the member.
const FLAGS: u16 = 1 << 3;
const DEFLATED: u16 = 8;
