//! Posted forms: one value is found exactly where one was posted, and the form never prints a value.
#![no_main]

use libfuzzer_sys::fuzz_target;
use renkei_core::form::FormData;
use url::form_urlencoded;

fuzz_target!(|body: &[u8]| {
    let pairs: Vec<(String, String)> = form_urlencoded::parse(body).into_owned().collect();
    let form = FormData::new(pairs.clone());
    for (name, _) in &pairs {
        let posted: Vec<&str> = pairs
            .iter()
            .filter(|(other, _)| other == name)
            .map(|(_, value)| value.as_str())
            .collect();
        assert_eq!(form.all(name).collect::<Vec<_>>(), posted);
        assert_eq!(form.one(name), (posted.len() == 1).then_some(posted[0]));
    }
    let names: std::collections::BTreeSet<&str> =
        pairs.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(format!("{form:?}"), format!("{names:?}"));
});
