//! The ordered table of checks at the authorization endpoint. A check reads its parameters and
//! leaves what it read in the [`Draft`]; a new one is a file beside this and a line below.

use super::{
    bank, code_challenge, duplicate, request_object, response_mode, response_type, scope, state,
    ui_locales,
};
use crate::client::Client;
use crate::error::ProtocolError;
use crate::parameter::Parameters;
use crate::pkce::CodeChallenge;
use crate::scope::Scopes;

/// The table of the plain profiles. What cannot be trusted comes first, what only the customer will
/// notice last; where two rules are broken, the first is told.
pub(crate) const PLAIN: &[Rule] = &[
    Rule {
        name: "duplicate",
        apply: duplicate::apply,
    },
    Rule {
        name: "request_object",
        apply: request_object::apply,
    },
    Rule {
        name: "response_type",
        apply: response_type::apply,
    },
    Rule {
        name: "response_mode",
        apply: response_mode::apply,
    },
    Rule {
        name: "code_challenge",
        apply: code_challenge::apply,
    },
    Rule {
        name: "scope",
        apply: scope::apply,
    },
    Rule {
        name: "state",
        apply: state::apply,
    },
    Rule {
        name: "bank",
        apply: bank::apply,
    },
    Rule {
        name: "ui_locales",
        apply: ui_locales::apply,
    },
];

/// One row: a check under the name of its file.
#[derive(Debug)]
pub struct Rule {
    /// The file in which it stands.
    pub name: &'static str,
    apply: fn(&Asked<'_>, &mut Draft) -> Result<(), ProtocolError>,
}

/// What a check may look at.
pub(crate) struct Asked<'a> {
    pub(super) parameters: &'a Parameters,
    pub(super) client: &'a Client,
}

/// What the checks have read so far.
#[derive(Default)]
pub(crate) struct Draft {
    pub(super) bank: Option<String>,
    pub(super) code_challenge: Option<CodeChallenge>,
    pub(super) scopes: Scopes,
    pub(super) state: Option<String>,
    pub(super) ui_locales: Vec<String>,
}

/// Walks a table; the first error wins.
pub(super) fn apply(
    table: &[Rule],
    parameters: &Parameters,
    client: &Client,
) -> Result<(Draft, CodeChallenge), ProtocolError> {
    let asked = Asked { parameters, client };
    let mut draft = Draft::default();
    for rule in table {
        (rule.apply)(&asked, &mut draft)?;
    }
    // No table leaves this out, but a request without a challenge cannot be represented either.
    let challenge = draft
        .code_challenge
        .take()
        .ok_or_else(code_challenge::missing)?;
    Ok((draft, challenge))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::client::ClientProfile;
    use crate::client::tests::client;

    /// Applies one check to a query.
    pub(crate) fn applied(
        check: fn(&Asked<'_>, &mut Draft) -> Result<(), ProtocolError>,
        query: &str,
    ) -> Result<Draft, ProtocolError> {
        let parameters = Parameters::parse(query.as_bytes()).unwrap();
        let client = client(ClientProfile::PlainConfidential);
        let mut draft = Draft::default();
        check(
            &Asked {
                parameters: &parameters,
                client: &client,
            },
            &mut draft,
        )
        .map(|()| draft)
    }

    /// The name of the error that a check finds in a query.
    pub(crate) fn refusal(
        check: fn(&Asked<'_>, &mut Draft) -> Result<(), ProtocolError>,
        query: &str,
    ) -> Option<&'static str> {
        applied(check, query)
            .err()
            .map(|error| error.code().as_str())
    }

    #[test]
    fn a_check_stands_once_in_a_table() {
        let names: std::collections::BTreeSet<_> = PLAIN.iter().map(|rule| rule.name).collect();
        assert_eq!(names.len(), PLAIN.len());
    }
}
