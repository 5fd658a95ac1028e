//! Matrix parameters of e-Gov: what is read is read back from its own form.
#![no_main]

use libfuzzer_sys::fuzz_target;
use renkei_egov::matrix::{Wanted, parse};

fuzz_target!(|text: &str| {
    let Ok(wanted) = parse(text) else {
        return;
    };
    let given = text.strip_prefix(';').unwrap_or(text);
    match wanted {
        Wanted::Number(number) => {
            assert!(number.len() == 18 && number.bytes().all(|it| it.is_ascii_digit()));
            assert_eq!(given, format!("id={number}"));
        }
        Wanted::Period { from, to } => {
            assert!(from <= to);
            let shown = |day: time::Date| {
                let month = u8::from(day.month());
                format!("{:04}{month:02}{:02}", day.year(), day.day())
            };
            assert_eq!(given, format!("date={}-{}", shown(from), shown(to)));
        }
    }
});
