//! The troubles that have a page of their own: what happened, what to do, one button.

use actix_web::http::StatusCode;

use crate::platform::Failure;

/// The name of a trouble is part of its page's address and of its texts' keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The customer stopped at the bank.
    Cancelled,
    /// Our form was too old, or not ours.
    Form,
    /// Something broke in the app.
    Internal,
    /// The answer came from somebody else.
    Issuer,
    /// No such page, link or account.
    NotFound,
    /// The platform refused to begin or to end well.
    Refused,
    /// The bank does not offer what we ask for.
    Scope,
    /// The answer belongs to no journey of this browser, or was used before.
    State,
    /// The bank is in trouble and says so.
    Unavailable,
    /// No connection to the platform.
    Unreachable,
}

impl Trouble {
    /// All, for addresses and tests.
    pub(crate) const ALL: [Self; 10] = [
        Self::Cancelled,
        Self::Form,
        Self::Internal,
        Self::Issuer,
        Self::NotFound,
        Self::Refused,
        Self::Scope,
        Self::State,
        Self::Unavailable,
        Self::Unreachable,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::Form => "form",
            Self::Internal => "internal",
            Self::Issuer => "issuer",
            Self::NotFound => "not-found",
            Self::Refused => "refused",
            Self::Scope => "scope",
            Self::State => "state",
            Self::Unavailable => "unavailable",
            Self::Unreachable => "unreachable",
        }
    }

    pub(crate) fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|trouble| trouble.name() == name)
    }

    /// To cancel is no error.
    pub(crate) fn status(self) -> StatusCode {
        match self {
            Self::Cancelled => StatusCode::OK,
            Self::Form | Self::Issuer | Self::State => StatusCode::BAD_REQUEST,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Refused | Self::Scope => StatusCode::BAD_GATEWAY,
            Self::Unavailable | Self::Unreachable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

impl From<&Failure> for Trouble {
    /// While a link is being made: a refused code is a refusal like any other.
    fn from(failure: &Failure) -> Self {
        match failure {
            Failure::NotFound => Self::NotFound,
            Failure::Unreachable(_) => Self::Unreachable,
            Failure::DeadLink
            | Failure::DeadToken
            | Failure::Denied(_)
            | Failure::Refused(_)
            | Failure::Unreadable(_) => Self::Refused,
        }
    }
}
