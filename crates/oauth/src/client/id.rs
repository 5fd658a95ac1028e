//! The public name of a client.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Letters, digits, `-` and `_`, 1 to 64 of them, so that it needs no escaping in a header or a URL.
/// Never begins with `sub_`: a client must not be mistaken for a customer (FAPI 2.0, fapi2.md G-18).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ClientId(String);

/// A text that cannot be a client's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a client id is 1 to 64 letters, digits, `-` or `_` and does not begin with `sub_`")]
pub struct ClientIdError;

impl ClientId {
    /// Reads an id.
    ///
    /// # Errors
    /// When it cannot be one; in a request that means an unknown client.
    pub fn parse(text: &str) -> Result<Self, ClientIdError> {
        let letters = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        let good = (1..=64).contains(&text.len()) && text.bytes().all(letters);
        if good && !text.starts_with("sub_") {
            Ok(Self(text.to_owned()))
        } else {
            Err(ClientIdError)
        }
    }

    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for ClientId {
    type Error = ClientIdError;

    fn try_from(text: String) -> Result<Self, ClientIdError> {
        Self::parse(&text)
    }
}

impl From<ClientId> for String {
    fn from(id: ClientId) -> Self {
        id.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_needs_no_escaping_and_is_no_customer() {
        assert_eq!(
            ClientId::parse("Kakeibo_1-a").unwrap().as_str(),
            "Kakeibo_1-a"
        );
        for text in ["", "a b", "a:b", "a%", "飛", "sub_1", &"a".repeat(65)] {
            assert_eq!(ClientId::parse(text), Err(ClientIdError), "{text}");
        }
    }
}
