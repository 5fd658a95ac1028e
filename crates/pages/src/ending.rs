//! Pages outside a step. Each says what happened, what to do, and how to get back.

use std::fmt;

use serde::Serialize;

use crate::chooser::Reopening;
use crate::links::PaymentFace;
use crate::text::TextArg;

/// A page outside a step.
#[derive(Clone, Debug)]
pub enum Ending {
    /// A client certificate that cannot be taken.
    Certificate(CertificateTrouble),
    /// The bank's service hours are over, or it is under maintenance.
    Closed {
        /// When it opens again; none when nobody knows.
        reopens: Option<Reopening>,
        /// What is told of a maintenance, in the page's language.
        reason: Option<String>,
        /// The way back.
        back: Option<Back>,
    },
    /// The browser sent no journey cookie.
    CookieMissing {
        /// The cookie's name.
        cookie: String,
        /// The way back.
        back: Option<Back>,
    },
    /// The journey waited too long.
    Expired {
        /// The way back.
        back: Option<Back>,
    },
    /// Something broke on our side.
    Fault {
        /// What to tell the help desk.
        incident: String,
        /// The way back.
        back: Option<Back>,
    },
    /// The journey is done; its pages were opened again.
    Finished {
        /// The way back.
        back: Option<Back>,
    },
    /// An address used the wrong way.
    MethodNotAllowed,
    /// The host name is not served here.
    Misdirected,
    /// No such page.
    NotFound,
    /// The customer's own page without a visit, or of a link that is not theirs.
    NoVisit {
        /// Where to log in.
        url: String,
    },
    /// A page of a journey that pays a fee: no app waits for its end.
    OfPayment(Box<Ending>),
    /// What became of a payment.
    Payment(Box<PaymentFace>),
    /// The customer left without paying.
    PaymentLeft,
    /// The app's request was wrong and must not be answered by a redirect.
    Protocol {
        /// The standard's code, `invalid_request`.
        error_code: String,
        /// The standard's description, in English.
        description: String,
    },
    /// The rules foresee that this journey cannot go on.
    Refused {
        /// The text that explains it; `<key>-action` tells what to do, if there is one.
        key: String,
        /// What fills the texts' placeholders.
        args: Vec<(String, TextArg)>,
        /// The way back.
        back: Option<Back>,
        /// What to tell the help desk.
        incident: Option<String>,
    },
    /// The link is made, and the app was not told in time.
    ReturnLapsed {
        /// The way back.
        back: Option<Back>,
    },
    /// The link is made; the app is one press away.
    Returned {
        /// The way back, which tells the app.
        back: Back,
        /// For so many seconds it is good; then the page loads itself anew.
        seconds_left: u64,
    },
    /// A page the journey has left behind was used.
    Stale {
        /// Where the journey is now.
        url: String,
    },
    /// More was sent than any page of ours sends.
    TooLarge,
    /// No bank of this code.
    UnknownBank,
    /// No journey at this address.
    UnknownJourney,
    /// The journey belongs to another browser.
    WrongBrowser {
        /// The cookie that did not match.
        cookie: String,
    },
}

/// What is wrong with a client certificate, and the ways on.
#[derive(Clone, Debug)]
pub struct CertificateTrouble {
    /// The middle of its texts' keys, `certificate-trouble-<trouble>-title`.
    pub trouble: &'static str,
    /// The certificate that was presented, if one was.
    pub shown: Option<ShownCertificate>,
    /// Where to choose again; none when that leads nowhere.
    pub again: Option<String>,
    /// The page it was asked from.
    pub page: String,
}

/// A certificate, as the person who presented it knows it.
#[derive(Clone, Debug, Serialize)]
pub struct ShownCertificate {
    /// Issued to.
    pub common_name: String,
    /// Issued by.
    pub issuer: String,
    /// Its first day, `2027-02-19`.
    pub from: String,
    /// Its last.
    pub until: String,
}

/// The way back to the app.
#[derive(Clone, Debug, Serialize)]
pub struct Back {
    /// The word for the app.
    pub app: String,
    /// How to get there.
    #[serde(flatten)]
    pub action: BackAction,
}

/// How the way back works.
#[derive(Clone, Serialize)]
#[serde(untagged)]
pub enum BackAction {
    /// A form of our own, so that the app is told.
    Post {
        /// The address to post to.
        action: String,
        /// The token against forged posts.
        csrf: String,
    },
    /// A plain link.
    Link {
        /// The address, http or https or the app's own scheme.
        url: String,
    },
}

impl fmt::Debug for BackAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let address = match self {
            Self::Post { action, .. } => action,
            Self::Link { url } => url,
        };
        f.debug_tuple("BackAction").field(address).finish()
    }
}

impl Ending {
    /// The middle of its texts' keys, `ending-<name>-title`.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Certificate(_) => "certificate",
            Self::Closed { .. } => "closed",
            Self::CookieMissing { .. } => "cookie_missing",
            Self::Expired { .. } => "expired",
            Self::Fault { .. } => "fault",
            Self::Finished { .. } => "finished",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::NoVisit { .. } => "no_visit",
            Self::Misdirected => "misdirected",
            Self::NotFound => "not_found",
            Self::OfPayment(inner) => inner.name(),
            Self::Payment(_) => "payment",
            Self::PaymentLeft => "payment_left",
            Self::Protocol { .. } => "protocol",
            Self::Refused { .. } => "refused",
            Self::ReturnLapsed { .. } => "return_lapsed",
            Self::Returned { .. } => "returned",
            Self::Stale { .. } => "stale",
            Self::TooLarge => "too_large",
            Self::UnknownBank => "unknown_bank",
            Self::UnknownJourney => "unknown_journey",
            Self::WrongBrowser { .. } => "wrong_browser",
        }
    }

    /// The template that shows it.
    pub(crate) const fn template(&self) -> &'static str {
        match self {
            Self::Certificate(_) => "certificate_trouble.html",
            Self::Payment(_) => "payment_result.html",
            _ => "ending.html",
        }
    }

    /// The page itself, and whether it is one of a journey that pays.
    pub(crate) fn of_payment(&self) -> (&Self, bool) {
        match self {
            Self::OfPayment(inner) => (inner, true),
            other => (other, matches!(other, Self::Payment(_) | Self::PaymentLeft)),
        }
    }

    pub(crate) const fn back(&self) -> Option<&Back> {
        match self {
            Self::Closed { back, .. }
            | Self::CookieMissing { back, .. }
            | Self::Expired { back }
            | Self::Fault { back, .. }
            | Self::Finished { back }
            | Self::Refused { back, .. }
            | Self::ReturnLapsed { back } => back.as_ref(),
            Self::Returned { back, .. } => Some(back),
            _ => None,
        }
    }

    pub(crate) fn incident(&self) -> Option<&str> {
        match self {
            Self::Fault { incident, .. } => Some(incident),
            Self::Refused { incident, .. } => incident.as_deref(),
            _ => None,
        }
    }

    /// After how many seconds the page is out of date and loads itself anew.
    pub(crate) fn refresh(&self) -> Option<u64> {
        match self {
            Self::Returned { seconds_left, .. } => Some(seconds_left + 1),
            Self::Payment(payment) if payment.state == "waiting" => Some(LOOKS_AGAIN),
            _ => None,
        }
    }

    pub(crate) fn cookie(&self) -> &str {
        match self {
            Self::CookieMissing { cookie, .. } | Self::WrongBrowser { cookie } => cookie,
            _ => "",
        }
    }
}

/// After so many seconds a page that waits for the bank loads itself anew.
const LOOKS_AGAIN: u64 = 5;
