//! かけはし会計, the sample accounting app: a third party (電子決済等代行業者) that reads accounts through
//! Renkei. It depends on no Renkei crate, so whatever it does, any partner can do with the public interface.

mod arrival;
mod chart;
mod clock;
mod demo_info;
mod language;
mod ledger;
mod link;
mod page;
mod period;
mod platform;
mod reading;
mod session;
mod settings;
mod statement;
mod trouble;
mod web;
mod yen;

pub use self::settings::{Bank, Settings};
pub use self::web::{listeners, server};
