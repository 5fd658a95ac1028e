//! The words that the bank's pages have now, for what is kept of a consent.

use std::collections::BTreeMap;

use renkei_core::fact::{Consented, Identified};
use renkei_core::fault::Fault;
use renkei_core::port::Wording;
use renkei_core::text::Language;
use renkei_pages::ConsentShown;

use crate::journey::Walk;

impl Wording for Walk<'_> {
    fn of_consent(
        &self,
        language: Language,
        given: &Consented,
        who: &Identified,
    ) -> Result<BTreeMap<String, String>, Fault> {
        let until = given.until.map(|until| until.japan_date().to_string());
        let shown = ConsentShown {
            holder: &who.name,
            scopes: given.scopes.iter().map(ToString::to_string).collect(),
            account_kinds: given.accounts.iter().map(|one| one.kind.word()).collect(),
            until: until.as_deref(),
            idle_days: given.idle_days,
        };
        let id = self.loaded.tenant.id.as_str();
        let said = self.live.pages.consent_words(id, language.tag(), &shown);
        said.map_err(|e| Fault::new("the words of a consent are not there").caused_by(e))
    }
}
