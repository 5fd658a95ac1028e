//! The ministries' desk, `/egov/desk`: who is at it, and what every page of it needs. Decisions are
//! made in `renkei-egov`; here they become pages.
//!
//! What belongs to another ministry, or is not there, is one and the same page.

mod act;
mod application;
mod entry;
mod input;
mod proposal;
mod session;
mod show;
mod staff;

use std::future::{Ready, ready};
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::error::{ErrorInternalServerError, InternalError};
use actix_web::http::StatusCode;
use actix_web::web::{self, Bytes, Data, ServiceConfig};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use renkei_core::fault::Fault;
use renkei_core::form::FormData;
use renkei_core::seal::same;
use renkei_core::text::Language;
use renkei_egov::desk::{Desk, Papers};
use renkei_egov::life::Dossier;
use renkei_egov::limits::Limits;
use renkei_egov::number::ArriveId;
use renkei_egov::port::{PasswordHashes, Store, Whose};
use renkei_egov::procedure::Procedures;
use renkei_egov::staff::{Accounts, Role};
use renkei_pages::{DESK_TOLD, DeskFrame, DeskPage, LanguageUrls, Problem, StaffFace};
use url::form_urlencoded;

use self::session::Member;
use crate::app::App;
use crate::journey::chosen_language;
use crate::trouble::{fault_status, logged};
use crate::{browser, ending, form, frame, reply};

/// What the desk is made of, as it was when a request came.
struct Parts {
    store: Arc<dyn Store>,
    hashes: Arc<dyn PasswordHashes>,
    procedures: Arc<Procedures>,
    papers: Arc<dyn Papers>,
    limits: Limits,
    four_eyes: bool,
}

/// Why a page is not shown.
enum Refused {
    /// Something broke.
    Fault(Fault),
    /// The form could not be read, or its token was not right.
    Form,
    /// Nobody is logged in.
    NoSession,
    /// Not for this member of staff.
    NotAllowed,
    /// It is not there, or another ministry's.
    NotFound,
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

type Answer = Result<HttpResponse, Refused>;

/// A request to the desk.
pub(crate) struct Room {
    app: Data<App>,
    parts: Parts,
    request: HttpRequest,
}

impl FromRequest for Room {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(app) = request.app_data::<Data<App>>() else {
            return ready(Err(ErrorInternalServerError("no application")));
        };
        let Some(egov) = &app.egov else {
            let answer = ending::not_found(app, request);
            return ready(Err(InternalError::from_response("no desk", answer).into()));
        };
        let rules = egov.rules();
        ready(Ok(Self {
            app: app.clone(),
            parts: Parts {
                store: Arc::clone(&egov.store),
                hashes: Arc::clone(&egov.hashes),
                procedures: Arc::clone(&rules.procedures),
                papers: Arc::clone(&rules.papers),
                limits: egov.settings.limits,
                four_eyes: egov.settings.four_eyes,
            },
            request: request.clone(),
        }))
    }
}

impl Room {
    fn accounts(&self) -> Accounts<'_> {
        let ports = &self.app.ports;
        Accounts {
            store: &*self.parts.store,
            records: &*ports.store,
            hashes: &*self.parts.hashes,
            keyring: &ports.keyring,
            random: &*ports.random,
        }
    }

    fn desk(&self) -> Desk<'_> {
        Desk {
            store: &*self.parts.store,
            procedures: &self.parts.procedures,
            papers: &*self.parts.papers,
            random: &*self.app.ports.random,
            four_eyes: self.parts.four_eyes,
        }
    }

    /// Where the desk is.
    fn address(&self) -> String {
        format!("{}/egov/desk", self.app.settings.base_url)
    }

    fn language(&self) -> Language {
        browser::language(&self.app, &self.request).unwrap_or_default()
    }

    async fn member(&self) -> Result<Member, Refused> {
        session::find(self).await?.ok_or(Refused::NoSession)
    }

    /// Somebody whose business applications are.
    async fn official(&self) -> Result<Member, Refused> {
        let member = self.member().await?;
        if member.sees_applications() {
            Ok(member)
        } else {
            Err(Refused::NotAllowed)
        }
    }

    /// Somebody whose business accounts are.
    async fn administrator(&self) -> Result<Member, Refused> {
        let member = self.member().await?;
        if member.may(Role::Administrator) {
            Ok(member)
        } else {
            Err(Refused::NotAllowed)
        }
    }

    /// A form of ours, posted by this member of staff.
    fn posted(&self, member: &Member, body: &Bytes) -> Result<FormData, Refused> {
        self.form(&member.csrf, body)
    }

    fn form(&self, csrf: &str, body: &Bytes) -> Result<FormData, Refused> {
        let form = form::parse(&self.request, body).ok_or(Refused::Form)?;
        let is_ours = same(form.one("csrf").unwrap_or_default(), csrf);
        if !is_ours || !browser::is_from_our_pages(&self.app, &self.request) {
            tracing::warn!("a form of the desk without the right token was refused");
            return Err(Refused::Form);
        }
        Ok(form)
    }

    /// An application of the ministries of this member of staff.
    async fn dossier(&self, member: &Member, id: &str) -> Result<Dossier, Refused> {
        let id = ArriveId::parse(id).map_err(|_| Refused::NotFound)?;
        let whose = Whose::Ministries(&member.account.ministries);
        let found = self.parts.store.find_dossier(whose, &id).await?;
        found.ok_or(Refused::NotFound)
    }

    /// A page for whoever is logged in.
    fn page(
        &self,
        member: &Member,
        status: StatusCode,
        page: &DeskPage,
        problems: &[Problem],
    ) -> Answer {
        let staff = StaffFace {
            login: member.account.login.to_string(),
            name: member.account.name.clone(),
            sees_applications: member.sees_applications(),
            manages_staff: member.may(Role::Administrator),
        };
        self.written(Some(staff), &member.csrf, status, page, problems)
    }

    /// A page in the language of whoever looks.
    fn written(
        &self,
        staff: Option<StaffFace>,
        csrf: &str,
        status: StatusCode,
        page: &DeskPage,
        problems: &[Problem],
    ) -> Answer {
        let frame = DeskFrame {
            staff,
            csrf: csrf.to_owned(),
            desk_url: self.address(),
            domain: frame::domain(&self.app.settings.base_url),
            language_urls: self.language_urls(),
            idle_minutes: session::IDLE_MINUTES,
            told: self.told(),
        };
        let live = self.app.live();
        let language = self.language();
        let html = live.pages.desk(language.tag(), &frame, page, problems);
        let html = html.map_err(|e| Fault::new("a page could not be written").caused_by(e))?;
        Ok(reply::page(status, &[], html))
    }

    /// What has just been done, as the redirect that followed it says.
    fn told(&self) -> Option<&'static str> {
        let query = self.request.query_string();
        let (_, done) =
            form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "done")?;
        DESK_TOLD.into_iter().find(|known| *known == done)
    }

    /// The query without what must not be kept.
    fn query(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(self.request.query_string().as_bytes())
            .filter(|(name, _)| name != "lang" && name != "done")
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect()
    }

    /// This page in each language; what was posted cannot be fetched again.
    fn language_urls(&self) -> Option<LanguageUrls> {
        let in_language = |tag: &str| {
            let mut query = form_urlencoded::Serializer::new(String::new());
            query.extend_pairs(self.query()).append_pair("lang", tag);
            // Without the path, which is the page's own.
            format!("?{}", query.finish())
        };
        (self.request.method() == actix_web::http::Method::GET).then(|| LanguageUrls {
            ja: in_language("ja"),
            en: in_language("en"),
        })
    }

    /// The switch of languages: remembers the language and shows the page again.
    fn language_chosen(&self) -> Option<HttpResponse> {
        let chosen = chosen_language(&self.request)?;
        let query = self.query();
        let path = self.request.path();
        let location = if query.is_empty() {
            path.to_owned()
        } else {
            let mut kept = form_urlencoded::Serializer::new(String::new());
            kept.extend_pairs(query);
            format!("{path}?{}", kept.finish())
        };
        let mut answer = reply::see_other(&location);
        answer.cookie(browser::language_cookie(&self.app, chosen));
        Some(answer.finish())
    }

    /// A redirect that tells what was done.
    fn done(address: &str, what: &str) -> HttpResponse {
        reply::see_other(&format!("{address}?done={what}")).finish()
    }

    /// A page about what cannot be shown or done.
    async fn message(
        &self,
        status: StatusCode,
        name: &'static str,
        reason: Option<&'static str>,
        url: String,
        incident: Option<String>,
    ) -> Answer {
        let page = DeskPage::Message {
            name,
            reason,
            url,
            incident,
        };
        match self.member().await {
            Ok(member) => self.page(&member, status, &page, &[]),
            Err(_) => self.written(None, "", status, &page, &[]),
        }
    }

    async fn answered(&self, outcome: Answer) -> HttpResponse {
        let answer = match outcome {
            Ok(answer) => Ok(answer),
            Err(refused) => self.refused(refused).await,
        };
        match answer {
            Ok(answer) => answer,
            Err(Refused::Fault(fault)) => {
                ending::fault(&self.app, &self.request, None, &fault, None)
            }
            Err(_) => ending::not_found(&self.app, &self.request),
        }
    }

    async fn refused(&self, refused: Refused) -> Answer {
        let home = self.address();
        match refused {
            Refused::NoSession => {
                let login = format!("{home}/login");
                if self.request.method() == actix_web::http::Method::GET {
                    Ok(reply::see_other(&login).finish())
                } else {
                    Ok(Self::done(&login, "ended"))
                }
            }
            Refused::NotFound => {
                let status = StatusCode::NOT_FOUND;
                self.message(status, "not_found", None, home, None).await
            }
            Refused::NotAllowed => {
                let status = StatusCode::FORBIDDEN;
                self.message(status, "not_allowed", None, home, None).await
            }
            Refused::Form => {
                let status = StatusCode::BAD_REQUEST;
                self.message(status, "stale", None, home, None).await
            }
            Refused::Fault(fault) => {
                let incident = Some(logged(&self.app, &fault).to_string());
                self.message(fault_status(&fault), "fault", None, home, incident)
                    .await
            }
        }
    }
}

/// Mounts the desk.
pub(crate) fn routes(config: &mut ServiceConfig) {
    let at = |path: &str| web::resource(format!("/egov/desk{path}"));
    config
        .service(at("").route(web::get().to(application::list)))
        .service(
            at("/login")
                .route(web::get().to(entry::ask))
                .route(web::post().to(entry::log_in)),
        )
        .service(at("/logout").route(web::post().to(entry::log_out)))
        .service(
            at("/enrol/{token}")
                .route(web::get().to(entry::enrolling))
                .route(web::post().to(entry::enrol)),
        )
        .service(at("/applications/{id}").route(web::get().to(application::one)))
        .service(
            at("/applications/{id}/files/{kind}/{number}").route(web::get().to(application::file)),
        )
        .service(
            at("/applications/{id}/notices/{kind}/{number}")
                .route(web::get().to(application::notice)),
        )
        .service(
            at("/applications/{id}/acts/{act}")
                .route(web::get().to(act::ask))
                .route(web::post().to(act::posted)),
        )
        .service(
            at("/applications/{id}/proposals/{proposal}")
                .route(web::get().to(proposal::ask))
                .route(web::post().to(proposal::decide)),
        )
        .service(at("/staff").route(web::get().to(staff::list)))
        .service(
            at("/staff/new")
                .route(web::get().to(staff::ask_new))
                .route(web::post().to(staff::add)),
        )
        .service(at("/staff/{login}/unlock").route(web::post().to(staff::unlock)))
        .service(
            at("/staff/{login}/disable")
                .route(web::get().to(staff::ask_disable))
                .route(web::post().to(staff::disable)),
        )
        .service(
            at("/staff/{login}/reset")
                .route(web::get().to(staff::ask_reset))
                .route(web::post().to(staff::reset)),
        );
}
