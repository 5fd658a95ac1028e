//! Archives of e-Gov: what is read is within its limits and under names that lead nowhere; Base64 is read in one way.
#![no_main]

use std::collections::BTreeSet;

use libfuzzer_sys::fuzz_target;
use renkei_egov::limits::Limits;
use renkei_egov::package::folders;
use renkei_egov::{archive, base64};

fuzz_target!(|input: &[u8]| {
    let limits = Limits {
        archive: 1 << 20,
        unpacked: 1 << 22,
        entries: 50,
        ..Limits::default()
    };
    if let Ok(files) = archive::read(input, &limits) {
        assert!(files.len() <= limits.entries);
        let sum: usize = files.iter().map(|it| it.bytes.len()).sum();
        assert!(sum <= limits.unpacked);
        let mut names = BTreeSet::new();
        for file in &files {
            assert!(!file.name.starts_with('/') && !file.name.contains('\\'));
            assert!(
                file.name
                    .split('/')
                    .all(|it| !matches!(it, "" | "." | ".."))
            );
            assert!(names.insert(file.name.to_lowercase()));
        }
        let _ = folders(files, &limits);
    }
    if let Ok(text) = str::from_utf8(input) {
        if let Ok(decoded) = base64::decode(text, 1 << 20) {
            let digits: String = text.split_ascii_whitespace().collect();
            assert_eq!(base64::encode(&decoded), digits);
        }
    }
});
