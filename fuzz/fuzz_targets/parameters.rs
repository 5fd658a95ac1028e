//! Request parameters: a value that is found was given once and is not empty.
#![no_main]

use libfuzzer_sys::fuzz_target;
use renkei_oauth::parameter::Parameters;

const NAMES: [&str; 6] = [
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "code",
    "resource",
];

fuzz_target!(|raw: &[u8]| {
    let Ok(parameters) = Parameters::parse(raw) else {
        return;
    };
    let unique = parameters.refuse_duplicates().is_ok();
    assert_eq!(unique, parameters.first_duplicate().is_none());
    for name in NAMES {
        match (parameters.once(name), parameters.required(name)) {
            (Ok(Some(once)), Ok(required)) => assert_eq!(once, required),
            (_, Ok(_)) => panic!("{name} is required and given, but not once"),
            (Ok(_) | Err(_), Err(_)) => {}
        }
    }
});
