//! The page on which a customer chooses the bank.

use serde::Serialize;

use crate::frame::{ClientFace, LanguageUrls};

/// Everything the page shows. It belongs to no bank: it has the platform's own look.
#[derive(Clone, Debug, Serialize)]
pub struct Chooser {
    /// The app that asks.
    pub client: ClientFace,
    /// Where the search goes, by GET.
    pub action: String,
    /// The parameters of the app's request, which the search carries along.
    pub kept: Vec<Kept>,
    /// What was searched for; empty when nothing was.
    pub query: String,
    /// The page without a search.
    pub all_url: String,
    /// The bank chosen last on this device; only while nothing is searched for.
    pub last: Option<BankChoice>,
    /// The banks, by group.
    pub groups: Vec<BankGroup>,
    /// Banks that were found and have not let the app in.
    pub elsewhere: Vec<BankChoice>,
    /// How many banks can be chosen.
    pub found: usize,
    /// Whether there are more than are shown.
    pub more: bool,
    /// This page in each language.
    pub language_urls: LanguageUrls,
    /// The way back: it tells the app that the customer left.
    pub back_url: String,
}

/// A parameter that is carried along.
#[derive(Clone, Debug, Serialize)]
pub struct Kept {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// Banks under one heading.
#[derive(Clone, Debug, Serialize)]
pub struct BankGroup {
    /// The end of its text's key, `chooser-group-<name>`.
    pub name: String,
    /// The banks.
    pub banks: Vec<BankChoice>,
}

/// A bank to choose.
#[derive(Clone, Debug, Serialize)]
pub struct BankChoice {
    /// Its name in the page's language.
    pub name: String,
    /// Its internet banking.
    pub product: String,
    /// The character of its seal.
    pub seal: String,
    /// Its four digits.
    pub code: String,
    /// Where choosing it leads.
    pub url: String,
    /// When it is closed.
    pub closed: Option<Closing>,
}

/// A service that is closed.
#[derive(Clone, Debug, Serialize)]
pub struct Closing {
    /// When it opens again; none when nobody knows.
    pub reopens: Option<Reopening>,
}

/// When a service opens again, by Japan's clock.
#[derive(Clone, Debug, Serialize)]
pub struct Reopening {
    /// The day, `2027-02-19`.
    pub date: String,
    /// The time, `8:00`.
    pub time: String,
}
