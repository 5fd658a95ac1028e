//! Pages about the staff themselves.

use std::fmt;

use serde::Serialize;

use super::Choice;

/// Setting password and authenticator.
#[derive(Clone, Serialize)]
pub struct EnrolView {
    /// The person's name.
    pub name: String,
    /// The name to log in with.
    pub login: String,
    /// Where it is posted.
    pub action: String,
    /// What an authenticator scans.
    pub uri: String,
    /// The secret in groups of four.
    pub secret: Vec<String>,
    /// Fewest characters of a password.
    pub password_min: u32,
    /// Most.
    pub password_max: u32,
}

impl fmt::Debug for EnrolView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EnrolView")
            .field("login", &self.login)
            .finish_non_exhaustive()
    }
}

/// An account in the list.
#[derive(Clone, Debug, Serialize)]
pub struct StaffRow {
    /// The name to log in with.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// `examiner` …
    pub roles: Vec<String>,
    /// Names of ministries.
    pub ministries: Vec<String>,
    /// `active`, `invited`, `lapsed` (the link was not used in time), `locked` or `disabled`.
    pub state: &'static str,
    /// Its address, above what can be done with it.
    pub url: String,
    /// Whether it is that of whoever looks.
    pub own: bool,
}

/// What is typed of a new account.
#[derive(Clone, Debug, Serialize)]
pub struct StaffForm {
    /// The name to log in with.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// The roles.
    pub roles: Vec<Choice>,
    /// The ministries.
    pub ministries: Vec<Choice>,
}
