//! The addresses of the interface, at the root of the platform's host.

use actix_web::http::Method;
use actix_web::web::{self, Data, Payload, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, Resource, Route};
use renkei_egov::operation::Operation;
use renkei_egov::wire::Trouble;

use super::{answer, gate, site};
use crate::app::App;

/// Mounts the interface.
pub fn routes(config: &mut ServiceConfig) {
    let mut all = web::scope("/shinsei");
    for (path, operation) in POSTED {
        all = all.service(at(path, &Method::POST, operation));
    }
    for (path, operation) in READ {
        all = all.service(at(path, &Method::GET, operation));
    }
    for (path, operation) in PUT {
        all = all.service(at(path, &Method::PUT, operation));
    }
    for path in ABOLISHED {
        all = all.service(alone(path, &Method::POST, web::post().to(abolished)));
    }
    let site = web::post().to(site::site);
    let site = resource("/access/payment").route(site);
    all = all.service(site.default_service(web::to(site::wrong_method)));
    config.service(all.default_service(web::to(unknown)));
}

fn at(path: &str, method: &Method, operation: Operation) -> Resource {
    let serve = move |app: Data<App>, request: HttpRequest, payload: Payload| {
        gate::serve(app, request, payload, operation)
    };
    let route = Route::new().method(method.clone()).to(serve);
    alone(path, method, route)
}

/// An address with one method.
fn alone(path: &str, method: &Method, route: Route) -> Resource {
    let allowed = match *method {
        Method::POST => "POST",
        Method::PUT => "PUT",
        _ => "GET",
    };
    let refused = move || async move { answer::wrong_method(allowed) };
    resource(path)
        .route(route)
        .default_service(web::to(refused))
}

fn resource(path: &str) -> Resource {
    web::resource(format!("/1{path}"))
}

async fn unknown() -> HttpResponse {
    answer::early(Trouble::NO_SUCH_OPERATION)
}

async fn abolished() -> HttpResponse {
    answer::early(Trouble::ABOLISHED)
}

const POSTED: [(&str, Operation); 9] = [
    ("/authentication/user", Operation::Register),
    ("/authentication/login", Operation::Login),
    (
        "/authentication/certificate/append",
        Operation::CertificateAppend,
    ),
    (
        "/authentication/certificate/update",
        Operation::CertificateUpdate,
    ),
    (
        "/authentication/certificate/delete",
        Operation::CertificateDelete,
    ),
    ("/access/apply", Operation::Apply),
    ("/access/withdrawal", Operation::Withdrawal),
    ("/access/amendapply", Operation::AmendApply),
    ("/access/officialdocument/verify", Operation::DocumentVerify),
];
/// `subject` names an application, a package, or holds the matrix parameters as they were sent.
const READ: [(&str, Operation); 9] = [
    ("/access/apply;{subject:.*}", Operation::Packages),
    ("/access/apply/{subject}", Operation::Applications),
    ("/access/reference/{subject}", Operation::Reference),
    ("/access/amend/{subject}", Operation::AmendNotices),
    ("/access/notice/{subject}", Operation::Notices),
    (
        "/access/officialdocument/{subject}/{notice}",
        Operation::Document,
    ),
    ("/access/comment/{subject}/{notice}", Operation::Comment),
    ("/access/bank", Operation::Banks),
    ("/access/payment/{subject}", Operation::Payments),
];
const PUT: [(&str, Operation); 2] = [
    ("/access/officialdocument", Operation::DocumentDone),
    ("/access/comment", Operation::CommentDone),
];
const ABOLISHED: [&str; 2] = ["/access/reamend", "/access/partamend"];
