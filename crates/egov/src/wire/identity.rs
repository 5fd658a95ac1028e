//! 3.1, 3.2 and 3.19 to 3.21: users and their certificates.

use renkei_core::instant::Timestamp;

use super::request::{self, Malformed};
use super::{Reply, Trouble, answer, echo};
use crate::number::second_or_empty;
use crate::operation::Operation;
use crate::xml::Writer;

/// What a signed request says. Read from the text that was hashed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// `UserID`, as sent.
    pub user: String,
    /// The certificate it names, DER in Base64, for the operations that name one.
    pub certificate: Option<String>,
}

impl Request {
    /// Reads the canonical text of `ApplData`.
    pub fn parse(operation: Operation, data: &str) -> Result<Self, Malformed> {
        request::signed(data, |fields| {
            Ok(Self {
                user: fields.text("UserID")?,
                certificate: certificate_field(operation)
                    .map(|name| fields.text(name))
                    .transpose()?,
            })
        })
    }
}

const fn certificate_field(operation: Operation) -> Option<&'static str> {
    match operation {
        Operation::CertificateAppend => Some("AddX509Certificate"),
        Operation::CertificateDelete => Some("DelX509Certificate"),
        Operation::CertificateUpdate => Some("X509Certificate"),
        _ => None,
    }
}

/// 3.1.
pub fn registered(user: &str) -> Reply {
    answer(Operation::Register, |data| data.leaf("UserID", user))
}

/// 3.2.
pub fn logged_in(user: &str, access_key: &str, last: Option<Timestamp>) -> Reply {
    answer(Operation::Login, |data| {
        data.leaf("UserID", user);
        data.leaf("AccessKey", access_key);
        data.leaf("LastAuthenticationDate", &second_or_empty(last));
    })
}

/// 3.19, 3.20, 3.21.
pub fn changed(operation: Operation, user: &str, last: Option<Timestamp>) -> Reply {
    answer(operation, |data| {
        data.leaf("UserID", user);
        data.leaf("LastAuthenticationDate", &second_or_empty(last));
    })
}

/// Any of them, refused.
pub fn refused(operation: Operation, user: &str, trouble: Trouble) -> Reply {
    trouble.shaped(|data: &mut Writer| {
        data.leaf("UserID", &echo(user));
        if operation == Operation::Login {
            data.leaf("AccessKey", "");
        }
        if operation != Operation::Register {
            data.leaf("LastAuthenticationDate", "");
        }
    })
}
