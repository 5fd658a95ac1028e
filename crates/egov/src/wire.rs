//! What goes over the wire: one module for each operation or pair of operations, with its request, its
//! answer and its answer when it is refused. The order of the elements is the order of the code.
//!
//! An answer is a [`Reply`]: a status and a document. Errors have the shape of the answer: `Result`
//! says what is wrong, the request's values come back, counts are 0, other values empty, groups absent.

pub mod amend_notices;
pub mod apply;
pub mod bank;
pub mod done;
pub mod download;
pub mod identity;
pub mod notices;
pub mod packages;
pub mod payment;
pub mod receipt;
pub mod reference;
mod request;
pub mod verify;

pub use self::request::Malformed;
use crate::operation::Operation;
use crate::words::{self, Word};
use crate::xml::Writer;

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The document; its type is `text/xml;charset=UTF-8`.
    pub body: String,
}

/// What a refusal says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// The status.
    pub status: u16,
    /// The message.
    pub word: Word,
}

impl Trouble {
    /// A refusal that the request could have avoided.
    pub const fn business(word: Word) -> Self {
        Self { status: 400, word }
    }

    /// The body or the path does not have its form.
    pub const MALFORMED: Self = Self::business(words::MALFORMED);
    /// The access key opens nothing.
    pub const KEY: Self = Self {
        status: 401,
        word: words::KEY_REFUSED,
    };
    /// Signature, user or certificate.
    pub const LOGIN: Self = Self {
        status: 401,
        word: words::LOGIN_REFUSED,
    };
    /// The software may not.
    pub const SOFTWARE: Self = Self {
        status: 403,
        word: words::SOFTWARE_REFUSED,
    };
    /// There is no such operation.
    pub const NO_SUCH_OPERATION: Self = Self {
        status: 404,
        word: words::NO_SUCH_OPERATION,
    };
    /// There is one, by another method.
    pub const WRONG_METHOD: Self = Self {
        status: 405,
        word: words::NO_SUCH_OPERATION,
    };
    /// There was one.
    pub const ABOLISHED: Self = Self {
        status: 410,
        word: words::ABOLISHED,
    };
    /// Too large.
    pub const TOO_LARGE: Self = Self {
        status: 413,
        word: words::TOO_LARGE,
    };
    /// Too many.
    pub const TOO_MANY: Self = Self {
        status: 429,
        word: words::TOO_MANY,
    };
    /// A fault of ours.
    pub const SYSTEM: Self = Self {
        status: 500,
        word: words::SYSTEM_ERROR,
    };

    /// The answer before the body was read: `Result` and an empty `ApplData`.
    pub fn early(self) -> Reply {
        self.shaped(|_| ())
    }

    /// The answer in the shape of its operation.
    pub(crate) fn shaped(self, inside: impl FnOnce(&mut Writer)) -> Reply {
        Reply {
            status: self.status,
            body: document("1", self.word.text, inside),
        }
    }
}

/// The answer of an operation when all is well.
pub(crate) fn answer(operation: Operation, inside: impl FnOnce(&mut Writer)) -> Reply {
    Reply {
        status: operation.status(),
        body: document("0", "", inside),
    }
}

fn document(code: &str, message: &str, inside: impl FnOnce(&mut Writer)) -> String {
    let mut writer = Writer::document();
    writer.element("DataRoot", |root| {
        root.element("Result", |result| {
            result.leaf("Code", code);
            result.leaf("Message", message);
        });
        root.element("ApplData", inside);
    });
    writer.finish()
}

/// Empty elements, in this order.
pub(crate) fn empty(writer: &mut Writer, names: &[&str]) {
    for name in names {
        writer.leaf(name, "");
    }
}

/// The group `File+ > FileName`.
pub(crate) fn files(writer: &mut Writer, names: &[String]) {
    for name in names {
        writer.element("File", |file| file.leaf("FileName", name));
    }
}

/// A flag.
pub(crate) const fn flag(on: bool) -> &'static str {
    if on { "1" } else { "0" }
}

/// What comes back of a value that was sent: never more than the longest legal one.
pub(crate) fn echo(value: &str) -> String {
    value.chars().take(LONGEST_ECHO).collect()
}

const LONGEST_ECHO: usize = 256;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_the_body_is_read_nothing_comes_back() {
        let reply = Trouble::SOFTWARE.early();
        assert_eq!(reply.status, 403);
        assert_eq!(
            reply.body,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<DataRoot><Result><Code>1</Code>\
             <Message>このソフトウェアIDでは利用できません。</Message></Result><ApplData/></DataRoot>"
        );
    }
}
