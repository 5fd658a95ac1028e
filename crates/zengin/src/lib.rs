//! The names of Japan's banks and branches, in kanji, kana, hiragana and romaji, as the public zengin
//! data gives them (`data/zengin/`, with its licence), and how a bank is found by what somebody types.
//!
//! **Refuses to know**: which banks are on the platform, how they call themselves, and where the data
//! comes from beyond the text it is handed.

mod fold;
mod refresh;
mod search;
mod table;

pub use refresh::{NotZenginData, Tables, tables};
pub use search::{Finder, Query};
pub use table::{Bank, Branch, bank, banks, branch, has_branches_of, release};
