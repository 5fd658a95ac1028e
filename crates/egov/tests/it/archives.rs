//! Archives: what is recorded reads, what is hostile does not, and other programs read what we write.

use std::process::Command;

use renkei_egov::archive::{ArchiveError, File, WrittenAt, read, write};
use renkei_egov::limits::Limits;
use time::macros::datetime;

use crate::known;

fn at() -> WrittenAt {
    WrittenAt::new(datetime!(2026-11-21 09:30:15 +9))
}

fn file(name: &str, bytes: &[u8]) -> File {
    File {
        name: name.to_owned(),
        bytes: bytes.to_vec(),
    }
}

fn two() -> Vec<u8> {
    let files = [
        file("0000-API-001.xml", b"<DOC/>"),
        file("スタイルシート1.xsl", &[b'x'; 5000]),
    ];
    write(&files, at()).unwrap()
}

fn refused(archive: &[u8]) -> ArchiveError {
    read(archive, &Limits::default()).expect_err("is read")
}

/// The archive with every occurrence of some bytes replaced by as many others.
fn altered(archive: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut altered = archive.to_vec();
    let places: Vec<usize> = (0..=archive.len() - from.len())
        .filter(|at| archive[*at..].starts_with(from))
        .collect();
    assert!(!places.is_empty());
    for place in places {
        altered[place..place + to.len()].copy_from_slice(to);
    }
    altered
}

/// Writes two bytes at a distance from the header of each member and from its entry in the directory.
fn with_field(archive: &[u8], local: usize, central: usize, value: u16) -> Vec<u8> {
    let mut altered = archive.to_vec();
    for at in 0..archive.len() - 4 {
        let distance = match &archive[at..at + 4] {
            b"PK\x03\x04" => local,
            b"PK\x01\x02" => central,
            _ => continue,
        };
        altered[at + distance..at + distance + 2].copy_from_slice(&value.to_le_bytes());
    }
    altered
}

#[test]
fn what_we_write_we_read() {
    let files = read(&two(), &Limits::default()).unwrap();
    assert_eq!(files.len(), 2);
    assert_eq!(files[0], file("0000-API-001.xml", b"<DOC/>"));
    assert_eq!(files[1].name, "スタイルシート1.xsl");
    assert_eq!(files[1].bytes.len(), 5000);
    assert_eq!(
        read(&write(&[], at()).unwrap(), &Limits::default()),
        Ok(vec![])
    );
}

#[test]
fn names_are_written_in_cp932_without_the_flag() {
    let archive = two();
    let cp932 = b"\x83X\x83^\x83C\x83\x8b\x83V\x81[\x83g1.xsl";
    assert!(archive.windows(cp932.len()).any(|it| it == cp932));
    // A name outside CP932 cannot be sent.
    assert!(write(&[file("𠮷.xml", b"")], at()).is_err());
    for name in ["../a", "/a", "a\\b", "a//b", "", "a/", "c:a", "a\nb"] {
        assert!(write(&[file(name, b"")], at()).is_err(), "{name}");
    }
}

#[test]
fn unzip_reads_what_we_write() {
    let place = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("ours.zip");
    std::fs::write(&place, two()).unwrap();
    let Ok(run) = Command::new("unzip").arg("-t").arg(&place).output() else {
        println!("skipped: unzip is not installed");
        return;
    };
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(run.status.success(), "{said}");
    assert!(said.contains("No errors detected"), "{said}");
}

#[test]
fn we_read_what_zip_writes() {
    let place = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("theirs");
    let _ = std::fs::remove_dir_all(&place);
    std::fs::create_dir_all(place.join("900A010200001000(1)")).unwrap();
    for (name, bytes) in [("kousei.xml", "<DataRoot/>"), ("添付書類.txt", "")] {
        std::fs::write(place.join("900A010200001000(1)").join(name), bytes).unwrap();
    }
    let run = Command::new("zip")
        .args(["-q", "-r", "a.zip", "900A010200001000(1)"])
        .current_dir(&place)
        .status();
    if run.is_err() {
        println!("skipped: zip is not installed");
        return;
    }
    let archive = std::fs::read(place.join("a.zip")).unwrap();
    let files = read(&archive, &Limits::default()).unwrap();
    let mut names: Vec<&str> = files.iter().map(|it| it.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "900A010200001000(1)/kousei.xml",
            "900A010200001000(1)/添付書類.txt"
        ]
    );
}

#[test]
fn recorded_archives_read_with_their_japanese_names() {
    let mut names = Vec::new();
    for row in known::rows() {
        if row.expected != "readable" {
            continue;
        }
        let files = read(&row.bytes, &Limits::default())
            .unwrap_or_else(|error| panic!("{}: {error}", row.file));
        names.extend(files.into_iter().map(|it| it.name));
    }
    if known::folder().is_some() {
        assert!(names.contains(&"スタイルシート1.xsl".to_owned()));
        assert!(
            names.contains(&"900A010200001000(1)/kousei.xml".to_owned()),
            "{names:?}"
        );
        assert!(names.contains(&"hoseitsuuchi.xml".to_owned()));
    }
}

#[test]
fn rule_14_size_entries_and_sum_are_bounded() {
    let archive = two();
    let limits = |change: fn(&mut Limits)| {
        let mut limits = Limits::default();
        change(&mut limits);
        read(&archive, &limits).map(|it| it.len())
    };
    assert_eq!(limits(|it| it.archive = 100), Err(ArchiveError::TooLarge));
    assert_eq!(limits(|it| it.entries = 1), Err(ArchiveError::TooMany));
    assert_eq!(limits(|it| it.unpacked = 5005), Err(ArchiveError::TooLarge));
    assert_eq!(limits(|it| it.unpacked = 5006), Ok(2));
    assert_eq!(limits(|it| it.ratio = 2), Ok(2));
    let large = write(&[file("a", &vec![0; 65_537])], at()).unwrap();
    assert_eq!(read(&large, &Limits::default()), Err(ArchiveError::Ratio));
}

#[test]
fn rule_14_a_bomb_is_refused_by_its_ratio_and_by_its_lie() {
    let bomb = write(&[file("a", &vec![0; 10_000_000])], at()).unwrap();
    assert_eq!(refused(&bomb), ArchiveError::Ratio);
    // It declares 60,000 bytes and becomes ten million.
    let size = 10_000_000_u32.to_le_bytes();
    let lie = altered(&bomb, &size, &60_000_u32.to_le_bytes());
    assert_eq!(refused(&lie), ArchiveError::Broken);
}

#[test]
fn rule_14_no_traversal_no_roots_no_drives() {
    let archive = write(&[file("abcdefg", b"x")], at()).unwrap();
    for name in [
        "../efgh", "a/../ef", "/abcdef", "a\\bcdef", "c:\\abcd", "a//bcde", "./abcde", "abcd/..",
        "abc\0def", "abc\ndef",
    ] {
        let error = refused(&altered(&archive, b"abcdefg", name.as_bytes()));
        assert_eq!(error, ArchiveError::Name, "{name:?}");
    }
}

#[test]
fn rule_14_no_links_no_devices() {
    let archive = write(&[file("a", b"/etc/passwd")], at()).unwrap();
    for kind in [0o120_000_u16, 0o020_000, 0o060_000, 0o010_000, 0o140_000] {
        let mut unix = archive.clone();
        let entry = unix.windows(4).position(|it| it == b"PK\x01\x02").unwrap();
        unix[entry + 5] = 3;
        unix[entry + 40..entry + 42].copy_from_slice(&(kind | 0o777).to_le_bytes());
        assert_eq!(refused(&unix), ArchiveError::NotAFile);
    }
}

#[test]
fn rule_14_no_duplicates_whatever_the_case() {
    for (one, other) in [
        ("a.xml", "a.xml"),
        ("a.xml", "A.XML"),
        ("ｋ.xml", "Ｋ.xml"),
        ("f/a", "F/A"),
        ("f", "f/a"),
        ("F", "f/a"),
        ("f/g/h", "f"),
    ] {
        let archive = write(&[file(one, b"1"), file(other, b"2")], at()).unwrap();
        assert_eq!(refused(&archive), ArchiveError::Duplicate, "{one} {other}");
    }
}

#[test]
fn rule_14_no_encryption_and_no_unknown_features() {
    let archive = two();
    for (flags, error) in [
        (1 | 8, ArchiveError::Encrypted),
        (1 << 6 | 8, ArchiveError::Encrypted),
        (1 << 13 | 8, ArchiveError::Encrypted),
        (1 << 5 | 8, ArchiveError::Unsupported),
    ] {
        assert_eq!(refused(&with_field(&archive, 6, 8, flags)), error);
    }
    for method in [1, 9, 12, 14, 93, 99] {
        let archive = with_field(&archive, 8, 10, method);
        assert_eq!(refused(&archive), ArchiveError::Unsupported);
    }
}

#[test]
fn directory_and_members_must_agree() {
    let archive = write(&[file("abcdefg", b"x")], at()).unwrap();
    let local = archive.windows(7).position(|it| it == b"abcdefg").unwrap();
    let mut renamed = archive.clone();
    renamed[local] = b'z';
    assert_eq!(refused(&renamed), ArchiveError::Broken);
    // Two entries of the directory that point at one member.
    let archive = write(&[file("a", b"same"), file("b", b"same")], at()).unwrap();
    let second = archive
        .windows(4)
        .rposition(|it| it == b"PK\x01\x02")
        .unwrap();
    let mut overlapping = archive;
    overlapping[second + 42..second + 46].copy_from_slice(&[0; 4]);
    assert_eq!(refused(&overlapping), ArchiveError::Broken);
}

#[test]
fn a_changed_byte_a_missing_end_and_a_trailing_one_are_refused() {
    let archive = two();
    assert_eq!(refused(b""), ArchiveError::Broken);
    assert_eq!(refused(b"PK\x05\x06"), ArchiveError::Broken);
    assert_eq!(refused(&archive[..archive.len() - 1]), ArchiveError::Broken);
    assert_eq!(
        refused(&[archive.as_slice(), b"x"].concat()),
        ArchiveError::Broken
    );
    let mut changed = archive;
    let body = changed.windows(4).position(|it| it == b".xml").unwrap() + 5;
    changed[body] ^= 1;
    assert_eq!(refused(&changed), ArchiveError::Broken);
}
