//! Client certificates: the address that asks for one, what is said about it, and the way back.
//!
//! A journey sends the browser here with a ticket, and here sends it back with a secret. The browser
//! has no cookie at this address, so the ticket says which journey is meant and nothing more; that the
//! same person goes on is shown at the journey's own address, by its cookie together with the secret
//! (`docs/adr/0012-certificate-hand-off.md`).

mod header;
mod tls;

use std::sync::Arc;

use actix_web::http::header::HOST;
use actix_web::http::{ConnectionType, StatusCode};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use renkei_core::audit::Event;
use renkei_core::certificate::{
    Authority, CertificateTrouble, Presentation, PresentedCertificate, RevocationList, Sight,
    StaleList, TrustAnchors, Verified, verify,
};
use renkei_core::commit::{Commit, CommitError};
use renkei_core::fault::Fault;
use renkei_core::id::JourneyId;
use renkei_core::journey::Journey;
use renkei_core::port::{RevocationCheck, RevocationStatus};
use renkei_core::step::{Brought, Errand};
use renkei_tenant::{Certificates, LoadedTenant};
use serde_json::json;
use url::form_urlencoded;

pub(crate) use self::tls::Peer;
pub use self::tls::{TlsHost, TlsHosts, on_connect};
use crate::app::App;
use crate::journey::{Walk, equipped, journey_address, located, onward, stop_address};
use crate::{browser, ending, reply};

/// How customers' certificates come in, and what is asked about them beside the tenant's files.
pub struct CertificateGate {
    /// Where they come from.
    pub source: CertificateSource,
    /// The port in the address that customers are sent to.
    pub port: u16,
    /// What the demo's certificates are judged by.
    pub demo: Arc<dyn DemoAnchors>,
    /// The authorities that can be asked.
    pub revocation: Arc<dyn RevocationCheck>,
}

/// Where certificates come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertificateSource {
    /// Our own listener.
    Listener,
    /// `Client-Cert` (RFC 9440) of a trusted proxy.
    ProxyHeader,
}

/// The demo authority's root and list, as they are now.
pub trait DemoAnchors: Send + Sync {
    /// Reads them.
    fn read(&self) -> Result<(TrustAnchors, Vec<RevocationList>), Fault>;
}

impl CertificateGate {
    /// Where a bank's customers are asked for a certificate.
    fn origin(&self, section: &Certificates) -> String {
        match self.port {
            443 => format!("https://{}", section.host),
            port => format!("https://{}:{port}", section.host),
        }
    }
}

/// Where the customers of a bank are asked for a certificate; none when they are not.
pub(crate) fn origin(app: &App, loaded: &LoadedTenant) -> Option<String> {
    let (gate, section) = (app.certificates.as_ref()?, loaded.certificates.as_ref()?);
    Some(gate.origin(section))
}

/// The address with which a journey's errand is gone on; none when it is on none.
pub(crate) fn errand(app: &App, walk: &Walk<'_>, journey: &Journey) -> Option<String> {
    let origin = origin(app, walk.loaded)?;
    // A ticket that does not open is as good as none.
    let (Errand::Certificate, ticket) = walk.engine().ticket(journey).ok()??;
    Some(address(&origin, journey, &ticket))
}

fn address(origin: &str, journey: &Journey, ticket: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("ticket", ticket);
    let (tenant, id, query) = (&journey.tenant, journey.id, query.finish());
    format!("{origin}/{tenant}/certificate/{id}?{query}")
}

/// What a request brought.
struct Arrival {
    /// The host it was sent to.
    host: String,
    presented: Result<Option<Presentation>, CertificateTrouble>,
}

/// `GET /{tenant}/certificate/{journey}?ticket=…`
pub(crate) async fn present(
    app: Data<App>,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> HttpResponse {
    let (tenant, journey) = path.into_inner();
    let mut answer = presenting(&app, &request, &tenant, &journey).await;
    // Another try is another handshake: only then can a browser ask again.
    answer.head_mut().set_connection_type(ConnectionType::Close);
    answer
}

async fn presenting(app: &App, request: &HttpRequest, tenant: &str, journey: &str) -> HttpResponse {
    let arrival = app.certificates.as_ref().and_then(|gate| {
        let arrival = arrival(app, gate.source, request)?;
        Some((gate, arrival))
    });
    let (Some((gate, arrival)), Ok(id)) = (arrival, journey.parse::<JourneyId>()) else {
        return ending::not_found(app, request);
    };
    let _turn = app.locks.acquire(id).await;
    let (live, loaded, journey) = match located(app, request, tenant, journey).await {
        Ok(found) => found,
        Err(page) => return page,
    };
    let Some(section) = &loaded.certificates else {
        return ending::not_found(app, request);
    };
    let (record, plan) = match equipped(app, request, &loaded, &journey).await {
        Ok(found) => found,
        Err(page) => return page,
    };
    let walk = Walk::new(app, &live, &loaded, record.as_ref(), plan);
    let visit = Visit {
        app,
        gate,
        section,
        walk: &walk,
        request,
    };
    if arrival.host != section.host {
        return visit.dead_ticket(&journey, StatusCode::MISDIRECTED_REQUEST, "wrong-host");
    }
    match visit.present(&journey, arrival.presented).await {
        Ok(page) => page,
        Err(fault) => ending::fault(
            app,
            request,
            Some(&loaded.tenant.id),
            &fault,
            Some(&journey),
        ),
    }
}

/// What the request brought; none when it is not one that may bring a certificate.
fn arrival(app: &App, source: CertificateSource, request: &HttpRequest) -> Option<Arrival> {
    let headers = request.headers();
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let host = host.map(|host| without_port(host).to_ascii_lowercase())?;
    match source {
        CertificateSource::Listener => {
            let peer = request.conn_data::<Peer>()?;
            // A connection opened for one bank must not speak for another (RFC 9110 section 7.4).
            let same = peer.host == host;
            Some(Arrival {
                host: if same { host } else { String::new() },
                presented: Ok(peer.presented.clone()),
            })
        }
        CertificateSource::ProxyHeader => {
            if browser::is_trusted_proxy(app, request) {
                return Some(Arrival {
                    host,
                    presented: header::presented(headers),
                });
            }
            tracing::warn!("a certificate from somebody who is no trusted proxy was refused");
            None
        }
    }
}

fn without_port(host: &str) -> &str {
    host.rsplit_once(':').map_or(host, |(name, _)| name)
}

/// One visit at the address that asks for a certificate.
struct Visit<'a> {
    app: &'a App,
    gate: &'a CertificateGate,
    section: &'a Certificates,
    walk: &'a Walk<'a>,
    request: &'a HttpRequest,
}

impl Visit<'_> {
    async fn present(
        &self,
        journey: &Journey,
        presented: Result<Option<Presentation>, CertificateTrouble>,
    ) -> Result<HttpResponse, Fault> {
        let ticket = self.ticket();
        let lapsed = journey.has_lapsed(&self.walk.loaded.tenant.life, self.app.now());
        if lapsed || !self.walk.engine().admits(journey, &ticket)? {
            return Ok(self.dead_ticket(journey, StatusCode::GONE, "over"));
        }
        let sight = match &presented {
            Ok(Some(presented)) => presented.sight(),
            Ok(None) | Err(_) => None,
        };
        let judged = match presented {
            Ok(presented) => self.judge(presented.as_ref()).await?,
            Err(trouble) => Err(trouble),
        };
        let verdict = judged.as_ref().map_or_else(|e| e.word(), |_| IN_ORDER);
        self.record(journey, verdict, sight.as_ref()).await?;
        match judged {
            Ok(certificate) => self.hand_over(journey, &ticket, certificate).await,
            Err(trouble) => Ok(self.trouble(journey, &ticket, trouble, sight)),
        }
    }

    /// Judges by the bank's files, by the authority itself where the bank asks it, and by the bank's
    /// own books.
    async fn judge(
        &self,
        presented: Option<&Presentation>,
    ) -> Result<Result<PresentedCertificate, CertificateTrouble>, Fault> {
        let now = self.app.now();
        let demo = if self.section.is_demo {
            let (anchors, lists) = self.gate.demo.read()?;
            Some(Authority {
                anchors,
                lists,
                ..self.section.authority.clone()
            })
        } else {
            None
        };
        let authority = demo.as_ref().unwrap_or(&self.section.authority);
        let verified = match verify(presented, authority, now) {
            Ok(verified) => verified,
            Err(trouble) => {
                if trouble == CertificateTrouble::ListOutOfDate {
                    let tenant = &self.walk.loaded.tenant.id;
                    tracing::warn!(%tenant, "a revocation list is missing or out of date");
                }
                return Ok(Err(trouble));
            }
        };
        if let Err(trouble) = self.ask_authority(&verified).await {
            return Ok(Err(trouble));
        }
        let holder = self.walk.bank().find_holder(&verified.certificate).await?;
        Ok(match holder {
            Some(_) => Ok(verified.certificate),
            None => Err(CertificateTrouble::NoHolder),
        })
    }

    async fn ask_authority(&self, verified: &Verified) -> Result<(), CertificateTrouble> {
        let Some(ocsp) = &self.section.ocsp else {
            return Ok(());
        };
        let now = self.app.now();
        let authority = &self.gate.revocation;
        match authority.status(&ocsp.responder, verified, now).await {
            Ok(RevocationStatus::Good) => return Ok(()),
            Ok(RevocationStatus::Revoked) => return Err(CertificateTrouble::Revoked),
            Ok(RevocationStatus::Unknown) => {}
            Err(fault) => {
                tracing::warn!(
                    cause = fault.chain(),
                    "an OCSP responder gave no usable answer"
                );
            }
        }
        match ocsp.unreachable {
            StaleList::Accept => Ok(()),
            StaleList::Refuse => Err(CertificateTrouble::ListOutOfDate),
        }
    }

    /// The certificate is the journey's; the secret that goes on with it is this browser's.
    async fn hand_over(
        &self,
        journey: &Journey,
        ticket: &str,
        certificate: PresentedCertificate,
    ) -> Result<HttpResponse, Fault> {
        let brought = Brought::Certificate(certificate);
        let engine = self.walk.engine();
        match engine.brought(journey.clone(), ticket, brought).await {
            Ok(secret) => {
                let mut query = form_urlencoded::Serializer::new(String::new());
                query.append_pair("secret", &secret);
                let stop = stop_address(self.app, self.walk, journey);
                let location = format!("{stop}/return?{}", query.finish());
                Ok(reply::see_other(&location).finish())
            }
            Err(CommitError::Lost) => Ok(self.dead_ticket(journey, StatusCode::GONE, "over")),
            Err(CommitError::Fault(fault)) => Err(fault),
        }
    }

    /// One line of the audit record: which certificate and what became of it, nothing of its subject.
    async fn record(
        &self,
        journey: &Journey,
        verdict: &str,
        sight: Option<&Sight>,
    ) -> Result<(), Fault> {
        let detail = match sight {
            Some(sight) => json!({
                "verdict": verdict, "fingerprint": sight.fingerprint, "serial": sight.serial,
            }),
            None => json!({ "verdict": verdict }),
        };
        let event = Event {
            at: self.app.now(),
            tenant: Some(journey.tenant.clone()),
            journey: Some(journey.id),
            name: "certificate.presented".to_owned(),
            detail,
        };
        let commit = Commit {
            changes: Vec::new(),
            events: vec![event],
        };
        self.app
            .ports
            .store
            .commit(commit)
            .await
            .map_err(|e| match e {
                CommitError::Fault(fault) => fault,
                CommitError::Lost => Fault::passing("a certificate could not be put on record"),
            })
    }

    fn trouble(
        &self,
        journey: &Journey,
        ticket: &str,
        trouble: CertificateTrouble,
        sight: Option<Sight>,
    ) -> HttpResponse {
        let shown = sight.map(|sight| renkei_pages::ShownCertificate {
            common_name: sight.common_name,
            issuer: sight.issuer,
            from: sight.not_before.japan_date().to_string(),
            until: sight.not_after.japan_date().to_string(),
        });
        let page = renkei_pages::CertificateTrouble {
            trouble: trouble.word(),
            shown,
            again: Some(address(&self.gate.origin(self.section), journey, ticket)),
            page: self.page(journey),
        };
        ending::certificate(self.walk, journey, StatusCode::FORBIDDEN, page)
    }

    fn dead_ticket(
        &self,
        journey: &Journey,
        status: StatusCode,
        trouble: &'static str,
    ) -> HttpResponse {
        let page = renkei_pages::CertificateTrouble {
            trouble,
            shown: None,
            again: None,
            page: self.page(journey),
        };
        ending::certificate(self.walk, journey, status, page)
    }

    fn page(&self, journey: &Journey) -> String {
        journey_address(self.app, self.walk.loaded, journey.id)
    }

    fn ticket(&self) -> String {
        one_of_query(self.request, "ticket")
    }
}

/// `GET /{tenant}/journey/{journey}/{stop}/return?secret=…`
pub(crate) async fn returned(
    app: Data<App>,
    request: HttpRequest,
    path: Path<(String, String, String)>,
) -> HttpResponse {
    let (tenant, journey, _) = path.into_inner();
    let Ok(id) = journey.parse::<JourneyId>() else {
        return ending::unknown_journey(&app, &request);
    };
    let _turn = app.locks.acquire(id).await;
    let found = match crate::journey::find(&app, &request, &tenant, &journey).await {
        Ok(found) => found,
        Err(page) => return page,
    };
    let walk = found.walk(&app);
    if found.has_lapsed(&app) {
        return found.lapsed(&walk);
    }
    let secret = one_of_query(&request, "secret");
    match walk.engine().returned(found.journey.clone(), &secret).await {
        Ok(moved) => onward(&app, &walk, &moved),
        // Used already, or not this journey's: the page it was asked from says how things stand.
        Err(CommitError::Lost) => {
            reply::see_other(&journey_address(&app, walk.loaded, id)).finish()
        }
        Err(CommitError::Fault(fault)) => ending::fault(
            &app,
            &request,
            Some(&walk.loaded.tenant.id),
            &fault,
            Some(&found.journey),
        ),
    }
}

/// A parameter that came once; empty when it did not.
fn one_of_query(request: &HttpRequest, name: &str) -> String {
    let mut values = form_urlencoded::parse(request.query_string().as_bytes())
        .filter(|(own, _)| own == name)
        .map(|(_, value)| value);
    match (values.next(), values.next()) {
        (Some(value), None) => value.into_owned(),
        _ => String::new(),
    }
}

/// The verdict on a certificate that was taken.
const IN_ORDER: &str = "in-order";
