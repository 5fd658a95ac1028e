//! Documents of e-Gov: whatever parses is within its bounds, its canonical form is canonical, and nobody who has no key
//! makes a signature that verifies.
#![no_main]

use libfuzzer_sys::fuzz_target;
use renkei_egov::canonical::canonical;
use renkei_egov::limits::XML_DEPTH;
use renkei_egov::package::Manifest;
use renkei_egov::signature::{Profile, verify};
use renkei_egov::{document, xml};

const MOST: usize = 1 << 20;

fuzz_target!(|input: &[u8]| {
    for profile in [Profile::Api, Profile::Package, Profile::Official] {
        assert!(verify(profile, input, MOST).is_err());
    }
    let _ = document::read(input, MOST);
    let Ok(text) = xml::decode(input, MOST) else {
        return;
    };
    let _ = Manifest::parse(text);
    let Ok(parsed) = xml::parse(text) else {
        return;
    };
    for node in parsed.descendants() {
        // The node itself and the document are among the ancestors.
        assert!(node.ancestors().count() <= XML_DEPTH + 2);
    }
    let once = canonical(parsed.root_element()).expect("what parses has a canonical form");
    let again = xml::parse(&once).expect("a canonical form is a document");
    let twice = canonical(again.root_element()).expect("what parses has a canonical form");
    assert_eq!(once, twice);
});
