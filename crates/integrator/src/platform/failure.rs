//! What may go wrong when the platform is asked, by what the app can do about it.

use reqwest::StatusCode;
use serde::{Deserialize, Serialize};

/// Why there is no answer to show. Its text goes to the log, so it never holds a token or what the
/// platform sent.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The link is over: the refresh token is refused. The customer must consent again.
    #[error("the link has ended")]
    DeadLink,
    /// The access token is refused. A refresh may help.
    #[error("the access token is refused")]
    DeadToken,
    /// The customer or the bank does not permit this.
    #[error("not permitted: {0:?}")]
    Denied(Denial),
    /// No such account in this link.
    #[error("no such account")]
    NotFound,
    /// The platform understood and said no, by this code.
    #[error("refused: {0}")]
    Refused(String),
    /// Nobody there, too slow, or in trouble. Later it may work.
    #[error("the platform is not reachable: {0}")]
    Unreachable(String),
    /// An answer that is none; this part of it.
    #[error("the answer is not understood: {0}")]
    Unreadable(&'static str),
}

/// Why data is not permitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Denial {
    /// The bank has not confirmed the service that the customer has applied for.
    NotConfirmed,
    /// The customer did not grant the scope.
    NotGranted,
}

impl Failure {
    /// The address is left out: it may carry an account.
    #[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
    pub(super) fn unreachable(error: reqwest::Error) -> Self {
        let what = if error.is_timeout() {
            "timed out"
        } else if error.is_connect() {
            "no connection"
        } else {
            "broken off"
        };
        Self::Unreachable(what.to_owned())
    }

    /// The reason would quote the answer.
    pub(super) fn unreadable(error: &serde_json::Error) -> Self {
        tracing::debug!(
            line = error.line(),
            column = error.column(),
            "unreadable answer"
        );
        Self::Unreadable("not the JSON that is documented")
    }
}

/// A refusal of the data API (RFC 6750 section 3.1, bodies of RFC 9457).
pub(super) fn of_data(status: StatusCode, challenge: &str, body: &[u8]) -> Failure {
    match status {
        StatusCode::UNAUTHORIZED => Failure::DeadToken,
        StatusCode::FORBIDDEN => Failure::Denied(denial(challenge, body)),
        StatusCode::NOT_FOUND => Failure::NotFound,
        status if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => {
            Failure::Unreachable(status.to_string())
        }
        status => Failure::Refused(status.to_string()),
    }
}

/// A refusal to revoke. An unknown token is 200 (RFC 7009 section 2.2): then there is nothing left to end.
pub(super) fn of_revocation(status: StatusCode) -> Result<(), Failure> {
    if status.is_success() {
        Ok(())
    } else if status.is_server_error() {
        Err(Failure::Unreachable(status.to_string()))
    } else {
        Err(Failure::Refused(status.to_string()))
    }
}

fn denial(challenge: &str, body: &[u8]) -> Denial {
    #[derive(Deserialize)]
    struct Problem {
        #[serde(rename = "type")]
        kind: String,
    }
    let problem: Option<Problem> = serde_json::from_slice(body).ok();
    let awaits_the_bank =
        problem.is_some_and(|problem| problem.kind.ends_with("/service-not-confirmed"));
    if awaits_the_bank && !challenge.contains("insufficient_scope") {
        Denial::NotConfirmed
    } else {
        Denial::NotGranted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_refusal_means_one_thing_to_do() {
        let means = |status, challenge, body: &str| of_data(status, challenge, body.as_bytes());
        let waiting = r#"{"type": "https://renkei.example/problems/service-not-confirmed"}"#;
        assert!(matches!(
            means(StatusCode::UNAUTHORIZED, "Bearer", ""),
            Failure::DeadToken
        ));
        assert!(matches!(
            means(
                StatusCode::FORBIDDEN,
                "Bearer error=\"insufficient_scope\"",
                "{}"
            ),
            Failure::Denied(Denial::NotGranted)
        ));
        assert!(matches!(
            means(StatusCode::FORBIDDEN, "", waiting),
            Failure::Denied(Denial::NotConfirmed)
        ));
        assert!(matches!(
            means(StatusCode::NOT_FOUND, "", ""),
            Failure::NotFound
        ));
        assert!(matches!(
            means(StatusCode::BAD_GATEWAY, "", "<html>"),
            Failure::Unreachable(_)
        ));
        assert!(matches!(
            means(StatusCode::BAD_REQUEST, "", ""),
            Failure::Refused(_)
        ));
    }
}
