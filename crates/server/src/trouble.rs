//! The one place where errors become HTTP. A fault is logged here, once, under an incident id; a
//! person gets a calm page, a client the protocol's error, and nobody else gets anything.

use actix_web::http::StatusCode;
use actix_web::http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, HttpResponseBuilder};
use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_core::id::IncidentId;
use renkei_oauth::error::{ErrorCode, ProtocolError};
use renkei_oauth::token::BASIC_CHALLENGE;
use serde_json::json;

use crate::app::App;
use crate::reply;

/// Why a client's request was not served.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// Something broke.
    Fault(Fault),
    /// The request breaks a rule of the protocol.
    Protocol(ProtocolError),
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<ProtocolError> for Trouble {
    fn from(error: ProtocolError) -> Self {
        Self::Protocol(error)
    }
}

impl From<CommitError> for Trouble {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Fault(fault) => Self::Fault(fault),
            CommitError::Lost => Self::Fault(Fault::passing("a decision was overtaken too often")),
        }
    }
}

impl Trouble {
    /// The answer of an OAuth endpoint (RFC 6749 section 5.2).
    pub(crate) fn into_response(self, app: &App, used_basic: bool) -> HttpResponse {
        match self {
            Self::Protocol(error) => {
                let mut reply = json_reply(error.status());
                if error.code() == ErrorCode::InvalidClient && used_basic {
                    reply.insert_header((WWW_AUTHENTICATE, BASIC_CHALLENGE));
                }
                reply.json(&error)
            }
            Self::Fault(fault) => {
                let incident = logged(app, &fault);
                let code = if fault.is_passing() {
                    ErrorCode::TemporarilyUnavailable
                } else {
                    ErrorCode::ServerError
                };
                let error = ProtocolError::new(code, format!("incident {incident}"));
                json_reply(fault_status(&fault).as_u16()).json(&error)
            }
        }
    }
}

fn json_reply(status: u16) -> HttpResponseBuilder {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut reply = reply::json(status);
    if status == StatusCode::SERVICE_UNAVAILABLE {
        reply.insert_header((RETRY_AFTER, "5"));
    }
    reply
}

/// Logs a fault once and names it.
pub(crate) fn logged(app: &App, fault: &Fault) -> IncidentId {
    let incident = IncidentId::new(&*app.ports.random);
    tracing::error!(incident.id = %incident, cause = fault.chain(), "a request met a fault");
    incident
}

/// The status of an answer about a fault.
pub(crate) fn fault_status(fault: &Fault) -> StatusCode {
    if fault.is_passing() {
        StatusCode::SERVICE_UNAVAILABLE
    } else {
        StatusCode::INTERNAL_SERVER_ERROR
    }
}

/// A problem of the data API (RFC 9457).
pub(crate) fn problem(status: StatusCode, kind: &str, title: &str, detail: &str) -> HttpResponse {
    let body = json!({
        "type": format!("https://renkei.example/problems/{kind}"), "title": title,
        "status": status.as_u16(), "detail": detail,
    });
    json_reply(status.as_u16())
        .content_type("application/problem+json")
        .json(body)
}
