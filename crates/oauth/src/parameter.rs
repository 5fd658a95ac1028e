//! The parameters of a request, from a query or a form body, before anything is known about their
//! meaning. What is broken as a form is refused here; a parameter given twice is remembered, since
//! the answer to it depends on which one it is.

use std::fmt;

use zeroize::Zeroizing;

use crate::error::ProtocolError;

mod decoding;

pub(crate) use decoding::decode;

/// Decoded parameters in the order of the request. Values may be secrets, so `Debug` prints names
/// only and values are wiped when dropped.
pub struct Parameters {
    pairs: Vec<(String, Zeroizing<String>)>,
}

impl Parameters {
    /// Reads `application/x-www-form-urlencoded`: at most 32 KiB, at most 100 parameters, complete
    /// escapes, valid UTF-8, no control characters.
    ///
    /// # Errors
    /// `invalid_request` when it is none of that. Nothing of it can be trusted then, so this error is
    /// never sent to a redirect URI.
    pub fn parse(raw: &[u8]) -> Result<Self, ProtocolError> {
        if raw.len() > MAX_BYTES {
            return Err(ProtocolError::invalid_request(
                "the request is larger than 32 KiB",
            ));
        }
        let fields = || raw.split(|b| *b == b'&').filter(|field| !field.is_empty());
        if fields().nth(MAX_COUNT).is_some() {
            return Err(ProtocolError::invalid_request(
                "the request has over 100 parameters",
            ));
        }
        let pairs = fields().map(pair).collect::<Option<_>>().ok_or_else(|| {
            ProtocolError::invalid_request(
                "the parameters must be form-encoded UTF-8 without control characters",
            )
        })?;
        Ok(Self { pairs })
    }

    /// The value of a parameter that is given exactly once. "Parameters sent without a value MUST be
    /// treated as if they were omitted from the request" (RFC 6749 section 3.1).
    pub fn get(&self, name: &str) -> Option<&str> {
        self.once(name).ok().flatten()
    }

    /// The value of a parameter that may be left out.
    ///
    /// # Errors
    /// `invalid_request` when it is given twice: "Request and response parameters MUST NOT be included
    /// more than once" (RFC 6749 section 3.1).
    pub fn once(&self, name: &str) -> Result<Option<&str>, ProtocolError> {
        let mut values = self.pairs.iter().filter(|(known, _)| known == name);
        let first = values.next().map(|(_, value)| value.as_str());
        match values.next() {
            None => Ok(first.filter(|value| !value.is_empty())),
            Some(_) => Err(given_twice(name)),
        }
    }

    /// The value of a parameter that must be there.
    ///
    /// # Errors
    /// `invalid_request` when it is missing or given twice.
    pub fn required(&self, name: &str) -> Result<&str, ProtocolError> {
        self.once(name)?
            .ok_or_else(|| ProtocolError::invalid_request(format!("{name} is missing")))
    }

    /// The name of the first parameter, known to us or not, that is given a second time.
    pub fn first_duplicate(&self) -> Option<&str> {
        let names = || self.pairs.iter().map(|(name, _)| name.as_str());
        names()
            .enumerate()
            .find(|(at, name)| names().take(*at).any(|n| n == *name))
            .map(|(_, n)| n)
    }

    /// Refuses a request in which any parameter is given twice, for endpoints that answer the client
    /// directly.
    ///
    /// # Errors
    /// `invalid_request`, naming the parameter.
    pub fn refuse_duplicates(&self) -> Result<(), ProtocolError> {
        self.first_duplicate()
            .map_or(Ok(()), |name| Err(given_twice(name)))
    }
}

impl fmt::Debug for Parameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.pairs.iter().map(|(name, _)| name))
            .finish()
    }
}

fn pair(field: &[u8]) -> Option<(String, Zeroizing<String>)> {
    let mut halves = field.splitn(2, |b| *b == b'=');
    let name = decode(halves.next().unwrap_or_default())?;
    let value = decode(halves.next().unwrap_or_default())?;
    Some((name.as_str().to_owned(), value))
}

fn given_twice(name: &str) -> ProtocolError {
    // The name is the caller's own text: shortened, so that it cannot fill the answer.
    let name: String = name.chars().take(40).collect();
    ProtocolError::invalid_request(format!("{name} is given more than once"))
}

const MAX_BYTES: usize = 32 * 1024;
const MAX_COUNT: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_decoded_and_empty_ones_are_left_out() {
        let form = Parameters::parse(b"a=1+2%2B&&b=&c&%64=%E9%A3%9B&e=x=y").unwrap();
        let cases = [
            ("a", Some("1 2+")),
            ("b", None),
            ("c", None),
            ("d", Some("飛")),
            ("z", None),
        ];
        for (name, value) in cases {
            assert_eq!(form.get(name), value, "{name}");
        }
        assert_eq!(form.get("e"), Some("x=y"));
    }

    #[test]
    fn a_broken_form_is_refused_as_a_whole() {
        let cases: [&[u8]; 11] = [
            b"a=%",
            b"a=%4",
            b"a=%zz",
            b"a=%+1",
            b"a=%C3",
            b"a=%C0%AF",
            b"a=%ED%A0%80",
            b"a=%00",
            b"a=%0d%0a",
            b"a\x01=1",
            b"a=\xff",
        ];
        for raw in cases {
            let error = Parameters::parse(raw).unwrap_err();
            assert_eq!(error.code().as_str(), "invalid_request", "{raw:?}");
        }
    }

    #[test]
    fn size_and_number_are_limited() {
        assert!(Parameters::parse(&vec![b'a'; MAX_BYTES]).is_ok());
        assert!(Parameters::parse(&vec![b'a'; MAX_BYTES + 1]).is_err());
        assert!(Parameters::parse("a&".repeat(MAX_COUNT).as_bytes()).is_ok());
        assert!(Parameters::parse("a&".repeat(MAX_COUNT + 1).as_bytes()).is_err());
    }

    #[test]
    fn a_parameter_given_twice_is_named_and_has_no_value() {
        let form = Parameters::parse(b"x=1&state=&scope=a&state=b").unwrap();
        assert_eq!(form.first_duplicate(), Some("state"));
        assert_eq!(form.get("state"), None);
        assert_eq!(form.get("scope"), Some("a"));
        let error = form.refuse_duplicates().unwrap_err();
        assert_eq!(
            error.to_string(),
            "invalid_request: state is given more than once"
        );
    }

    #[test]
    fn names_that_decode_to_the_same_are_the_same() {
        let form = Parameters::parse(b"code=1&c%6fde=2").unwrap();
        assert_eq!(form.first_duplicate(), Some("code"));
    }

    #[test]
    fn values_are_not_printed() {
        let form = Parameters::parse(b"client_secret=hunter2").unwrap();
        assert_eq!(format!("{form:?}"), r#"["client_secret"]"#);
    }
}
