//! Pages on which a payment is over, or never began.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use renkei_core::tenant::TenantId;
use renkei_core::text::{Bilingual, Language};
use renkei_pages::Ending;
use renkei_tenant::LoadedTenant;

use super::{plain, shut};
use crate::app::App;
use crate::chooser;
use crate::trouble::{fault_status, logged};

/// A bill that cannot be opened, and why.
pub(crate) fn bill(
    app: &App,
    request: &HttpRequest,
    tenant: &TenantId,
    status: StatusCode,
    key: &str,
) -> HttpResponse {
    let page = wrapped(Ending::Refused {
        key: key.to_owned(),
        args: Vec::new(),
        incident: None,
        back: None,
    });
    plain(app, request, Some(tenant), status, &page)
}

/// Something broke where a bill is opened.
pub(crate) fn fault(
    app: &App,
    request: &HttpRequest,
    tenant: Option<&TenantId>,
    fault: &Fault,
) -> HttpResponse {
    let incident = logged(app, fault).to_string();
    let page = wrapped(Ending::Fault {
        incident,
        back: None,
    });
    plain(app, request, tenant, fault_status(fault), &page)
}

/// The bank takes no payments at this hour.
pub(crate) fn closed(
    app: &App,
    loaded: &LoadedTenant,
    language: Language,
    reopens_at: Option<Timestamp>,
    reason: Option<&Bilingual>,
) -> HttpResponse {
    let page = wrapped(Ending::Closed {
        reopens: reopens_at.map(chooser::reopening),
        reason: reason.map(|text| text.in_language(language).to_owned()),
        back: None,
    });
    shut(app, loaded, language, reopens_at, &page, None)
}

/// As it is told where a bill is paid: no app is told of it, and none is gone back to.
pub(super) fn wrapped(page: Ending) -> Ending {
    Ending::OfPayment(Box::new(page))
}
