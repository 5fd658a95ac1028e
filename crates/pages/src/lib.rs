//! Views → HTML. The only crate that knows what a page looks like.
//!
//! **Invariant**: whatever is shown to a customer comes from a text in `locales/` or a tenant's
//! `texts/`; a missing text is an error here, never a gap on the page.

mod asset;
mod chooser;
mod code;
mod day;
mod desk;
mod ending;
mod engine;
mod error;
mod frame;
pub mod gallery;
mod links;
mod pages;
mod receipt;
mod scan;
mod site;
pub mod terms;
mod text;
pub mod theme;
mod words;

pub use asset::{ASSET_PATH, Asset};
pub use chooser::{BankChoice, BankGroup, Chooser, Closing, Kept, Reopening};
pub use desk::{
    ActView, ApplicationView, ArrivalRow, ArrivalsView, Choice, DESK_TOLD, DeskFrame, DeskPage,
    EnrolView, Fact, FeeRow, HistoryRow, NoticeRow, ProposalFace, ProposalView, Reference,
    SentFile, StaffFace, StaffForm, StaffRow,
};
pub use ending::{Back, BackAction, CertificateTrouble, Ending, ShownCertificate};
pub use error::PagesError;
pub use frame::{
    CancelForm, ClientFace, Frame, HelpDesk, LanguageUrls, Progress, StepForm, TenantFace,
};
pub use links::{AccountFace, ConsentFace, LinkFace, LinksFrame, LinksPage, Moment, PaymentFace};
pub use pages::{Pages, TenantWords};
pub use receipt::ConsentShown;
pub use site::PaymentSite;
pub use text::{Problem, TextArg};
pub use words::{TextEntry, text_entries};
