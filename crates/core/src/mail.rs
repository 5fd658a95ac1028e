//! What a customer is told by mail, in the tenant's words, with no link in it. Queued in the commit
//! of the event it tells of, so that neither can exist without the other.

use serde::{Deserialize, Serialize};

use crate::id::MailId;
use crate::instant::Timestamp;
use crate::seal::Sealed;
use crate::tenant::TenantId;
use crate::text::Arg;

/// A mail that waits to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// Its id, also the `Message-ID`, so that a second delivery can be recognised.
    pub id: MailId,
    /// The bank in whose name it goes.
    pub tenant: TenantId,
    /// The customer's address.
    pub to: String,
    /// What it tells.
    pub occasion: Occasion,
    /// What fills the text's placeholders.
    pub args: std::collections::BTreeMap<String, Arg>,
    /// A one-time password for the text's placeholder `code`, sealed as long as it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Sealed>,
    /// When it was queued.
    pub queued_at: Timestamp,
    /// How often sending was tried.
    pub tries: u32,
}

/// A one-time password to be mailed.
#[derive(Debug)]
pub struct CodeMail {
    /// The customer's address.
    pub to: String,
    /// The one-time password, sealed for [`MAILED_CODE`].
    pub code: Sealed,
    /// For how many minutes it is good.
    pub minutes: u32,
}

/// Purpose under which a mailed one-time password is sealed.
pub const MAILED_CODE: &str = "mail.code";

/// What a mail tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// A factor was registered for the first time.
    FactorRegistered,
    /// A new link.
    LinkCreated,
    /// A link ended before its time.
    LinkEnded,
    /// A link was renewed.
    LinkRenewed,
    /// A link ended because the customer consented to another app.
    LinkSuperseded,
    /// Too many wrong attempts.
    Locked,
    /// A one-time password.
    OneTimePassword,
    /// A payment that the bank declined.
    PaymentDeclined,
    /// A payment that was made.
    PaymentMade,
}

impl Occasion {
    /// The prefix of its texts: `mail-link-created` (`-subject`, `-body`).
    pub const fn text_prefix(self) -> &'static str {
        match self {
            Self::FactorRegistered => "mail-factor-registered",
            Self::LinkCreated => "mail-link-created",
            Self::LinkEnded => "mail-link-ended",
            Self::LinkRenewed => "mail-link-renewed",
            Self::LinkSuperseded => "mail-link-superseded",
            Self::Locked => "mail-locked",
            Self::OneTimePassword => "mail-one-time-password",
            Self::PaymentDeclined => "mail-payment-declined",
            Self::PaymentMade => "mail-payment-made",
        }
    }
}
