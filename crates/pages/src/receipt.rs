//! The words of a consent: kept with it, and printed from then on whatever the bank's texts say later.

use std::collections::{BTreeMap, BTreeSet};

use crate::day;
use crate::error::PagesError;
use crate::pages::Pages;
use crate::text::TextArg;
use crate::words::fluent_args;

/// What the page of a consent showed.
#[derive(Clone, Debug)]
pub struct ConsentShown<'a> {
    /// The customer, by the name the bank has for them.
    pub holder: &'a str,
    /// The services.
    pub scopes: BTreeSet<String>,
    /// The kinds of the accounts: ends of keys, `account-type-<word>`.
    pub account_kinds: BTreeSet<&'a str>,
    /// Until when, `2027-02-19`; none when there is no end.
    pub until: Option<&'a str>,
    /// After how many days without use it ends.
    pub idle_days: Option<u32>,
}

impl Pages {
    /// Every text of a consent's page that its receipt prints, by its key.
    pub fn consent_words(
        &self,
        tenant: &str,
        lang: &str,
        shown: &ConsentShown<'_>,
    ) -> Result<BTreeMap<String, String>, PagesError> {
        let mut said = BTreeMap::new();
        let mut say = |key: &str, args: &[(&str, TextArg)]| {
            let text = self.filled(tenant, lang, key, args)?;
            said.insert(key.to_owned(), text);
            Ok::<(), PagesError>(())
        };
        for key in PLAIN {
            say(key, &[])?;
        }
        for scope in &shown.scopes {
            say(&format!("scope-{scope}"), &[])?;
        }
        for kind in &shown.account_kinds {
            say(&format!("account-type-{kind}"), &[])?;
        }
        say("consent-holder", &[("name", shown.holder.into())])?;
        match shown.until.and_then(day::args) {
            Some(parts) => {
                let day = self.filled(tenant, lang, "date", &parts)?;
                say("consent-until-day", &[("day", day.into())])?;
            }
            None => say("consent-until-none", &[])?,
        }
        if let Some(days) = shown.idle_days {
            say("consent-until-idle", &[("days", i64::from(days).into())])?;
        }
        Ok(said)
    }

    fn filled(
        &self,
        tenant: &str,
        lang: &str,
        key: &str,
        args: &[(&str, TextArg)],
    ) -> Result<String, PagesError> {
        let args = fluent_args(args.iter().map(|(name, value)| (*name, value)));
        self.words().text(Some(tenant), lang, key, &args)
    }
}

/// The texts without placeholders.
const PLAIN: [&str; 11] = [
    "consent-title",
    "consent-continue",
    "consent-facts",
    "consent-to-whom",
    "consent-what",
    "consent-accounts",
    "consent-until",
    "law-company",
    "law-authority",
    "law-damages",
    "law-contact",
];
