//! The words that pages are written with. The domain keeps them with what was consented to, and never
//! reads them.

use std::collections::BTreeMap;

use crate::fact::{Consented, Identified};
use crate::fault::Fault;
use crate::text::Language;

/// What the bank's pages say, now.
pub trait Wording: Send + Sync {
    /// What the page of a consent said of it, by the names of the texts, placeholders filled.
    fn of_consent(
        &self,
        language: Language,
        given: &Consented,
        who: &Identified,
    ) -> Result<BTreeMap<String, String>, Fault>;
}
