//! 3.18 電子納付金融機関サイト表示: a browser posts what a software gave it, and is led to the bank with a
//! sealed bill. Path, fields and page are a reading of ours; the manual names the operation only.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, HeaderValue};
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use renkei_core::fault::Fault;
use renkei_core::form::FormData;
use renkei_core::payment::{Bill, BillFormat, yen};
use renkei_egov::interface::{BillAsked, BillRefused, Headers};
use renkei_egov::operation::Operation;
use renkei_pages::{Ending, PaymentSite};
use renkei_tenant::LoadedTenant;

use super::{Egov, body, gate};
use crate::app::App;
use crate::{ending, form, reply};

/// `POST /shinsei/1/access/payment`
pub(super) async fn site(app: Data<App>, request: HttpRequest, payload: Payload) -> HttpResponse {
    let Some(egov) = &app.egov else {
        return ending::not_found(&app, &request);
    };
    // The key travels in the body, so the body comes first here; it is bounded by what a form needs.
    let body = match body::read(payload, LARGEST).await {
        Ok(body) => body,
        Err(body::Unread::Broken) => return refused(&app, &request, MALFORMED),
        Err(body::Unread::TooLarge) => return refused(&app, &request, TOO_LARGE),
    };
    let Some(form) = form::parse(&request, &body) else {
        return refused(&app, &request, MALFORMED);
    };
    match lead(&app, egov, &request, &form, body.len()).await {
        Ok(answer) => answer,
        Err(fault) => ending::payment::fault(&app, &request, None, &fault),
    }
}

/// The address by another method: nothing of a payment may stand in an address.
pub(super) async fn wrong_method(app: Data<App>, request: HttpRequest) -> HttpResponse {
    let status = StatusCode::METHOD_NOT_ALLOWED;
    let mut answer = ending::bare(&app, &request, status, &Ending::MethodNotAllowed);
    let post = HeaderValue::from_static("POST");
    answer.headers_mut().insert(ALLOW, post);
    answer
}

async fn lead(
    app: &App,
    egov: &Egov,
    request: &HttpRequest,
    form: &FormData,
    length: usize,
) -> Result<HttpResponse, Fault> {
    let headers = Headers {
        software: form.one("SoftwareID"),
        access_key: form.one("AccessKey"),
    };
    let operation = Operation::PaymentSite;
    let caller = match gate::admitted(app, egov, operation, headers, Some(length)).await? {
        Ok(caller) => caller,
        Err(trouble) => {
            let why = match trouble.status {
                401 => KEY,
                403 => SOFTWARE,
                413 => TOO_LARGE,
                429 => TOO_MANY,
                _ => MALFORMED,
            };
            return Ok(refused(app, request, why));
        }
    };
    let fields = (
        form.one("ArriveID"),
        form.one("PayNumber"),
        form.one("FinancialName"),
    );
    let (Some(arrive_id), Some(pay_number), Some(name)) = fields else {
        return Ok(refused(app, request, MALFORMED));
    };
    let Some(loaded) = bank_of(app, name) else {
        return Ok(refused(app, request, BANK));
    };
    let rules = egov.rules();
    let checker = egov.checker(&rules);
    let interface = egov.interface(&rules, &checker, &*app.ports.random);
    let asked = BillAsked {
        arrive_id,
        pay_number,
        tenant: &loaded.tenant.id,
    };
    match interface.bill(&caller, &asked, app.now()).await? {
        Ok(bill) => page(app, request, &loaded, &bill),
        Err(BillRefused::NotPayable) => Ok(refused(app, request, NOT_PAYABLE)),
        Err(BillRefused::Unknown) => Ok(refused(app, request, UNKNOWN)),
    }
}

/// The bank of a `FinancialName`, if it takes payments.
fn bank_of(app: &App, name: &str) -> Option<Arc<LoadedTenant>> {
    let live = app.live();
    let mut banks = live.tenants.iter();
    let found = banks.find(|loaded| {
        loaded.tenant.plans.payment.is_some() && loaded.file.financial_name() == name
    });
    found.cloned()
}

/// The page that goes on to the bank by itself, or by its button.
fn page(
    app: &App,
    request: &HttpRequest,
    loaded: &LoadedTenant,
    bill: &Bill,
) -> Result<HttpResponse, Fault> {
    let language = ending::language(app, request);
    let action = gate::ilink(app, loaded);
    let page = PaymentSite {
        action: action.clone(),
        facility_number: bill.fee.facility_number.clone(),
        bill: app.ports.keyring.sealed(bill, &*app.ports.random)?,
        bank: loaded.tenant.name.in_language(language).to_owned(),
        facility_name: bill.facility_name.clone(),
        procedure_name: bill.procedure_name.clone(),
        pay_number: bill.fee.pay_number.clone(),
        amount: yen(bill.total_fee_yen),
        due: bill.due.to_string(),
    };
    let live = app.live();
    let html = live.pages.payment_site(language.tag(), &page);
    let html = html.map_err(|e| Fault::new("a page could not be written").caused_by(e))?;
    Ok(reply::page_leading_to(&action, html))
}

fn refused(app: &App, request: &HttpRequest, (status, key): (u16, &str)) -> HttpResponse {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    let page = Ending::OfPayment(Box::new(Ending::Refused {
        key: key.to_owned(),
        args: Vec::new(),
        back: None,
        incident: None,
    }));
    ending::bare(app, request, status, &page)
}

const BANK: (u16, &str) = (400, "refusal-site-bank");
const KEY: (u16, &str) = (401, "refusal-site-key");
const MALFORMED: (u16, &str) = (400, "refusal-site-malformed");
const NOT_PAYABLE: (u16, &str) = (400, "refusal-site-not-payable");
const SOFTWARE: (u16, &str) = (403, "refusal-site-software");
const TOO_LARGE: (u16, &str) = (413, "refusal-site-malformed");
const TOO_MANY: (u16, &str) = (429, "refusal-site-too-many");
const UNKNOWN: (u16, &str) = (404, "refusal-site-unknown");
/// Five short fields.
const LARGEST: usize = 16 * 1024;
