//! Scopes: the platform's words for what a client may see or do. The vocabulary lives with clients
//! and tenants; here is its grammar (RFC 6749 section 3.3) and the one rule that binds two words.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{ErrorCode, ProtocolError};

/// The word for the list of accounts, which comes with any other scope: nobody can ask for the
/// balance of an account that he cannot name.
pub const ACCOUNTS: &str = "accounts";

/// One word: printable ASCII without space, `"` and `\`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Scope(String);

impl Scope {
    /// Reads one word: `scope-token = 1*( %x21 / %x23-5B / %x5D-7E )` (RFC 6749 section 3.3).
    ///
    /// # Errors
    /// `invalid_scope` when it is not one.
    pub fn parse(word: &str) -> Result<Self, ProtocolError> {
        let permitted = |b: u8| matches!(b, b'!' | b'#'..=b'[' | b']'..=b'~');
        if word.is_empty() || !word.bytes().all(permitted) {
            return Err(malformed());
        }
        Ok(Self(word.to_owned()))
    }

    /// The word.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Scope {
    type Error = ProtocolError;

    fn try_from(word: String) -> Result<Self, ProtocolError> {
        Self::parse(&word)
    }
}

impl From<Scope> for String {
    fn from(scope: Scope) -> Self {
        scope.0
    }
}

/// A set of words, in alphabetical order; "their order does not matter" (RFC 6749 section 3.3).
/// Written and serialized with single spaces between; the empty set is the empty text.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Scopes(BTreeSet<Scope>);

impl Scopes {
    /// Reads a `scope` parameter: words with single spaces between, at least one.
    ///
    /// # Errors
    /// `invalid_scope` when it is not that.
    pub fn parse(text: &str) -> Result<Self, ProtocolError> {
        text.split(' ').map(Scope::parse).collect()
    }

    /// Whether the word is among them.
    pub fn contains(&self, scope: &Scope) -> bool {
        self.0.contains(scope)
    }

    /// The words that stand in both.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        Self(self.0.intersection(&other.0).cloned().collect())
    }

    /// Whether each of them stands in `other` too.
    pub fn is_subset(&self, other: &Self) -> bool {
        self.0.is_subset(&other.0)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Their number.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The words in alphabetical order.
    pub fn iter(&self) -> std::collections::btree_set::Iter<'_, Scope> {
        self.0.iter()
    }

    /// With [`ACCOUNTS`] added when there is any word at all.
    #[must_use]
    pub fn with_accounts(mut self) -> Self {
        if !self.0.is_empty() {
            self.0.insert(Scope(ACCOUNTS.to_owned()));
        }
        self
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, scope) in self.iter().enumerate() {
            f.write_str(if at == 0 { "" } else { " " })?;
            f.write_str(scope.as_str())?;
        }
        Ok(())
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(words: I) -> Self {
        Self(words.into_iter().collect())
    }
}

impl<'a> IntoIterator for &'a Scopes {
    type Item = &'a Scope;
    type IntoIter = std::collections::btree_set::Iter<'a, Scope>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl TryFrom<String> for Scopes {
    type Error = ProtocolError;

    fn try_from(text: String) -> Result<Self, ProtocolError> {
        if text.is_empty() {
            Ok(Self::default())
        } else {
            Self::parse(&text)
        }
    }
}

impl From<Scopes> for String {
    fn from(scopes: Scopes) -> Self {
        scopes.to_string()
    }
}

fn malformed() -> ProtocolError {
    ProtocolError::new(
        ErrorCode::InvalidScope,
        "scope must be words of printable ASCII with single spaces between",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_repetition_do_not_matter() {
        let scopes = Scopes::parse("transactions accounts transactions").unwrap();
        assert_eq!(scopes, Scopes::parse("accounts transactions").unwrap());
        assert_eq!(scopes.to_string(), "accounts transactions");
        assert_eq!(scopes.len(), 2);
    }

    #[test]
    fn anything_but_words_and_single_spaces_is_refused() {
        for text in [
            "", " ", " a", "a ", "a  b", "a\tb", "a\"b", "a\\b", "残高", "a\u{7f}",
        ] {
            let error = Scopes::parse(text).unwrap_err();
            assert_eq!(error.code(), ErrorCode::InvalidScope, "{text:?}");
        }
    }

    #[test]
    fn accounts_comes_with_any_other() {
        let cases = [("balances", "accounts balances"), ("accounts", "accounts")];
        for (asked, given) in cases {
            assert_eq!(
                Scopes::parse(asked).unwrap().with_accounts().to_string(),
                given
            );
        }
        assert!(Scopes::default().with_accounts().is_empty());
    }

    #[test]
    fn sets_are_cut_and_compared() {
        let all = Scopes::parse("accounts balances transactions").unwrap();
        let some = Scopes::parse("balances transfers").unwrap();
        assert_eq!(all.intersection(&some).to_string(), "balances");
        assert!(all.intersection(&some).is_subset(&all));
        assert!(!some.is_subset(&all));
        assert!(all.contains(&Scope::parse("balances").unwrap()));
    }

    #[test]
    fn a_set_is_kept_as_one_text() {
        for text in ["", "accounts balances"] {
            let json = serde_json::to_string(text).unwrap();
            let scopes: Scopes = serde_json::from_str(&json).unwrap();
            assert_eq!(serde_json::to_string(&scopes).unwrap(), json);
        }
    }
}
