//! A refusal in the shape of its operation, where no use case could give it: after a fault.

use renkei_egov::operation::Operation;
use renkei_egov::wire::packages::Echo;
use renkei_egov::wire::{
    Reply, Trouble, amend_notices, apply, bank, done, download, identity, notices, packages,
    payment, receipt, reference, verify,
};

/// What of a request comes back.
#[derive(Clone, Debug, Default)]
pub(super) struct Echoes {
    /// The segment of the path that names an application or a package.
    pub(super) subject: String,
    /// The segment that names a notice.
    pub(super) notice: String,
}

/// The refusal of an operation.
pub(super) fn refused(operation: Operation, echoes: &Echoes, trouble: Trouble) -> Reply {
    let (subject, notice) = (echoes.subject.as_str(), echoes.notice.as_str());
    match operation {
        Operation::Register
        | Operation::Login
        | Operation::CertificateAppend
        | Operation::CertificateUpdate
        | Operation::CertificateDelete => identity::refused(operation, subject, trouble),
        Operation::Apply => apply::refused(subject, trouble),
        Operation::Packages => packages::list_refused(&Echo::default(), trouble),
        Operation::Applications => packages::applications_refused(subject, trouble),
        Operation::Reference => reference::refused(subject, trouble),
        Operation::Withdrawal | Operation::AmendApply => receipt::refused(subject, trouble),
        Operation::AmendNotices => amend_notices::refused(subject, trouble),
        Operation::Notices => notices::refused(subject, trouble),
        Operation::Document | Operation::Comment => download::refused(subject, notice, trouble),
        Operation::DocumentDone | Operation::CommentDone => done::refused(subject, notice, trouble),
        Operation::DocumentVerify => verify::refused(subject, notice, trouble),
        Operation::Banks => bank::refused(trouble),
        Operation::Payments => payment::refused(subject, trouble),
        Operation::PaymentSite => trouble.early(),
    }
}

/// What a body says of itself, for the operations whose answers repeat it. Nothing of a body that
/// cannot be read.
pub(super) fn echoes(operation: Operation, body: &[u8]) -> Echoes {
    let most = body.len();
    let one = |subject: String| Echoes {
        subject,
        notice: String::new(),
    };
    let found = match operation {
        Operation::Apply => apply::Request::parse(body, most).map(|request| one(request.file_name)),
        Operation::Withdrawal | Operation::AmendApply => {
            receipt::Request::parse(body, most).map(|request| one(request.arrive_id))
        }
        Operation::DocumentDone | Operation::CommentDone => {
            done::Request::parse(body, most).map(|request| Echoes {
                subject: request.arrive_id,
                notice: request.number,
            })
        }
        Operation::DocumentVerify => verify::Request::parse(body, most).map(|request| Echoes {
            subject: request.arrive_id,
            notice: request.document,
        }),
        _ => Ok(Echoes::default()),
    };
    found.unwrap_or_default()
}
