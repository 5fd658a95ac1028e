//! The way of one request: the gate, then its body, then its use case, then the answer.

use actix_web::web::{Bytes, Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use renkei_core::fault::Fault;
use renkei_egov::interface::{Caller, Headers};
use renkei_egov::operation::Operation;
use renkei_egov::wire::bank::{PayingBank, Sector};
use renkei_egov::wire::{Reply, Trouble};
use renkei_tenant::{InstitutionKind, LoadedTenant};

use super::shape::Echoes;
use super::{Egov, answer, beside, body, shape};
use crate::app::App;

/// Answers one request of an operation.
pub(super) async fn serve(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
    operation: Operation,
) -> HttpResponse {
    let Some(egov) = &app.egov else {
        return answer::early(Trouble::NO_SUCH_OPERATION);
    };
    let length = body::told_length(&request);
    let headers = Headers {
        software: header(&request, "x-egovapi-softwareid"),
        access_key: header(&request, "x-egovapi-accesskey"),
    };
    let caller = match admitted(&app, egov, operation, headers, length).await {
        Ok(Ok(caller)) => caller,
        Ok(Err(trouble)) => return answer::early(trouble),
        Err(fault) => return answer::fault(&app, &fault, Trouble::SYSTEM.early()),
    };
    if reads_body(operation) {
        return with_body(&app, egov, operation, caller, payload, length).await;
    }
    let segment = |name: &str| {
        let found = request.match_info().get(name);
        found.unwrap_or_default().to_owned()
    };
    let path = Echoes {
        subject: segment("subject"),
        notice: segment("notice"),
    };
    match read(&app, egov, operation, &caller, &path).await {
        Ok(reply) => answer::xml(reply),
        Err(fault) => {
            let shaped = shape::refused(operation, &path, Trouble::SYSTEM);
            answer::fault(&app, &fault, shaped)
        }
    }
}

/// The gate. Nothing of the body has been read.
pub(super) async fn admitted(
    app: &App,
    egov: &Egov,
    operation: Operation,
    headers: Headers<'_>,
    length: Option<usize>,
) -> Result<Result<Caller, Trouble>, Fault> {
    let rules = egov.rules();
    let checker = egov.checker(&rules);
    let interface = egov.interface(&rules, &checker, &*app.ports.random);
    let length = length.unwrap_or_default();
    interface.admit(operation, headers, length, app.now()).await
}

async fn with_body(
    app: &Data<App>,
    egov: &Egov,
    operation: Operation,
    caller: Caller,
    payload: Payload,
    length: Option<usize>,
) -> HttpResponse {
    let room = match egov.room.enter(length).await {
        Ok(room) => room,
        Err(fault) => return answer::fault(app, &fault, Trouble::SYSTEM.early()),
    };
    let body = match body::read(payload, egov.settings.limits.body).await {
        Ok(body) => body,
        Err(body::Unread::Broken) => return answer::early(Trouble::MALFORMED),
        Err(body::Unread::TooLarge) => return answer::early(Trouble::TOO_LARGE),
    };
    let own = app.clone();
    let taken = body.clone();
    let work = move || take(own, operation, caller, taken);
    let answered = beside::whole(work).await;
    drop(room);
    match answered {
        Ok(reply) => {
            if operation == Operation::Apply {
                egov.arrived.notify_one();
            }
            answer::xml(reply)
        }
        Err(fault) => {
            let shaped =
                shape::refused(operation, &shape::echoes(operation, &body), Trouble::SYSTEM);
            answer::fault(app, &fault, shaped)
        }
    }
}

/// The operations that take a document.
async fn take(
    app: Data<App>,
    operation: Operation,
    caller: Caller,
    body: Bytes,
) -> Result<Reply, Fault> {
    let Some(egov) = &app.egov else {
        return Ok(Trouble::NO_SUCH_OPERATION.early());
    };
    let rules = egov.rules();
    let checker = egov.checker(&rules);
    let interface = egov.interface(&rules, &checker, &*app.ports.random);
    let now = app.now();
    match operation {
        Operation::Apply => interface.apply(&caller, &body, now).await,
        Operation::Withdrawal | Operation::AmendApply => {
            interface.follow_up(&caller, operation, &body, now).await
        }
        Operation::DocumentDone | Operation::CommentDone => {
            interface.done(&caller, operation, &body, now).await
        }
        Operation::DocumentVerify => interface.verify(&caller, &body, now).await,
        _ => interface.identity(&caller, operation, &body, now).await,
    }
}

/// The operations that are told everything by their address.
async fn read(
    app: &App,
    egov: &Egov,
    operation: Operation,
    caller: &Caller,
    path: &Echoes,
) -> Result<Reply, Fault> {
    let rules = egov.rules();
    let checker = egov.checker(&rules);
    let interface = egov.interface(&rules, &checker, &*app.ports.random);
    let (subject, notice) = (path.subject.as_str(), path.notice.as_str());
    match operation {
        Operation::Packages => interface.packages(caller, subject).await,
        Operation::Applications => interface.applications(caller, subject).await,
        Operation::Reference => interface.reference(caller, subject).await,
        Operation::AmendNotices => interface.amend_notices(caller, subject).await,
        Operation::Notices => interface.notices(caller, subject).await,
        Operation::Document | Operation::Comment => {
            interface.download(caller, operation, subject, notice).await
        }
        Operation::Payments => interface.payments(caller, subject, app.now()).await,
        Operation::Banks => Ok(interface.banks(&paying_banks(app), rules.banks_changed_on)),
        _ => Ok(Trouble::NO_SUCH_OPERATION.early()),
    }
}

const fn reads_body(operation: Operation) -> bool {
    matches!(
        operation,
        Operation::Register
            | Operation::Login
            | Operation::CertificateAppend
            | Operation::CertificateUpdate
            | Operation::CertificateDelete
            | Operation::Apply
            | Operation::Withdrawal
            | Operation::AmendApply
            | Operation::DocumentDone
            | Operation::CommentDone
            | Operation::DocumentVerify
    )
}

/// The value of a header that came once.
fn header<'a>(request: &'a HttpRequest, name: &str) -> Option<&'a str> {
    let mut values = request.headers().get_all(name);
    let only = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(only)
}

/// The banks that take payments.
fn paying_banks(app: &App) -> Vec<PayingBank> {
    let live = app.live();
    let takes = |loaded: &&std::sync::Arc<LoadedTenant>| loaded.tenant.plans.payment.is_some();
    let banks = live.tenants.iter().filter(takes);
    banks
        .map(|loaded| {
            let file = &loaded.file;
            let sector = sector(file.kind);
            PayingBank {
                sector,
                name: file.financial_name().to_owned(),
                kana: file.financial_kana(),
                service: Some(file.service_name().to_owned()).filter(|name| !name.is_empty()),
                url: ilink(app, loaded),
            }
        })
        .collect()
}

/// Where a bank's bills are presented.
pub(super) fn ilink(app: &App, loaded: &LoadedTenant) -> String {
    format!("{}/{}/mpn/ilink", app.base_of(loaded), loaded.tenant.id)
}

/// A payment plan without a kind is refused when the bank is loaded.
const fn sector(kind: Option<InstitutionKind>) -> Sector {
    match kind {
        Some(InstitutionKind::Bank) | None => Sector::TrustBank,
        Some(InstitutionKind::Shinkin) => Sector::ShinkinBank,
        Some(InstitutionKind::CreditUnion) => Sector::CreditUnion,
        Some(InstitutionKind::Norinchukin) => Sector::NorinchukinBank,
        Some(InstitutionKind::Labour) => Sector::LabourBank,
    }
}
