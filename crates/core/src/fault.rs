//! A fault: something of ours, or something we lean on, broke. The customer gets an incident id, the
//! log gets the chain, nobody else gets anything.

use std::error::Error;
use std::fmt;

/// One opaque error with a sentence and a cause. Callers do not match on it; they pass it on to the
/// boundary, which logs it once.
#[derive(Debug)]
pub struct Fault {
    what: String,
    passing: bool,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl Fault {
    /// A fault described by a sentence for the log: lower case, no full stop, no secret.
    pub fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            passing: false,
            source: None,
        }
    }

    /// A fault that is likely to pass by itself (database busy, bank not answering): the answer
    /// says so and asks to try again.
    pub fn passing(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            passing: true,
            source: None,
        }
    }

    /// Attaches the cause.
    #[must_use]
    pub fn caused_by(mut self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.source = Some(cause.into());
        self
    }

    /// Whether trying again in a while is sensible advice.
    pub fn is_passing(&self) -> bool {
        self.passing
    }

    /// The sentence and its causes on one line, for the log.
    pub fn chain(&self) -> String {
        let mut line = self.what.clone();
        let mut next = self.source.as_ref().map(|e| -> &dyn Error { e.as_ref() });
        while let Some(cause) = next {
            line.push_str(": ");
            line.push_str(&cause.to_string());
            next = cause.source();
        }
        line
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl Error for Fault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source
            .as_ref()
            .map(|e| -> &(dyn Error + 'static) { e.as_ref() })
    }
}
