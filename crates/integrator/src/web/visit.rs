//! A request of a browser: who, in which language, when; and the answers it can be given.

use std::future::{Ready, ready};

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::Payload;
use actix_web::http::{Method, StatusCode, header};
use actix_web::web::{Data, Path, Query};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use url::form_urlencoded;

use super::App;
use crate::clock;
use crate::language::Language;
use crate::link::{Link, Owner};
use crate::page::{Frame, Switch, View};
use crate::session::{Notice, SessionId};
use crate::settings::Bank;
use crate::trouble::Trouble;

/// The request, understood.
pub(super) struct Visit {
    pub(super) app: Data<App>,
    pub(super) session: SessionId,
    pub(super) language: Language,
    pub(super) now: OffsetDateTime,
    request: HttpRequest,
    is_new: bool,
    has_switched: bool,
}

/// The fields of every form of ours.
#[derive(Deserialize)]
pub(super) struct Posted {
    form_token: String,
    #[serde(default)]
    pub(super) bank_code: String,
}

impl Visit {
    fn of(request: &HttpRequest, app: Data<App>) -> Self {
        let now = clock::now();
        let cookie = request.cookie(SESSION_COOKIE);
        let known = cookie
            .map(|cookie| SessionId::from_cookie(cookie.value()))
            .filter(|session| {
                app.sessions.knows(session, now) || app.reading.ledger.knows(&session.owner())
            });
        let is_new = known.is_none();
        let session = known.unwrap_or_else(SessionId::random);
        app.sessions.open(&session, now);
        let asked = form_urlencoded::parse(request.query_string().as_bytes())
            .find(|(name, _)| name == LANGUAGE_PARAMETER)
            .and_then(|(_, tag)| Language::parse(&tag));
        let kept = request
            .cookie(LANGUAGE_COOKIE)
            .and_then(|cookie| Language::parse(cookie.value()));
        Self {
            language: asked.or(kept).unwrap_or_default(),
            has_switched: asked.is_some(),
            app,
            session,
            now,
            request: request.clone(),
            is_new,
        }
    }

    pub(super) fn owner(&self) -> Owner {
        self.session.owner()
    }

    /// The visitor's link of that id.
    pub(super) fn link(&self, id: &str) -> Result<Link, Trouble> {
        self.app
            .reading
            .ledger
            .find(&self.owner(), id)
            .ok_or(Trouble::NotFound)
    }

    /// A bank on our list, or one the visitor has linked before it left the list.
    pub(super) fn bank(&self, code: &str) -> Option<Bank> {
        let listed = self
            .app
            .banks
            .iter()
            .find(|bank| bank.code == code)
            .cloned();
        let linked = || {
            let links = self.app.reading.ledger.of(&self.owner());
            links
                .into_iter()
                .map(|link| link.bank)
                .find(|bank| bank.code == code)
        };
        listed.or_else(linked)
    }

    /// Only our own pages' forms may change something.
    pub(super) fn permit(&self, posted: &Posted) -> Result<(), Trouble> {
        let site = self
            .request
            .headers()
            .get("sec-fetch-site")
            .and_then(|site| site.to_str().ok());
        let is_ours = matches!(site, None | Some("same-origin" | "none"));
        let expected = self.app.sessions.form_token(&self.session);
        if is_ours && expected.is_some_and(|expected| expected == posted.form_token) {
            Ok(())
        } else {
            Err(Trouble::Form)
        }
    }

    /// Shows a view.
    pub(super) fn page<V: View>(&self, view: &V) -> Result<HttpResponse, Trouble> {
        self.page_with(StatusCode::OK, view)
    }

    /// Shows a view under another status.
    pub(super) fn page_with<V: View>(
        &self,
        status: StatusCode,
        view: &V,
    ) -> Result<HttpResponse, Trouble> {
        let frame = Frame {
            lang: self.language,
            form_token: self
                .app
                .sessions
                .form_token(&self.session)
                .unwrap_or_default(),
            notice: self
                .app
                .sessions
                .take_notice(&self.session)
                .map(Notice::name),
            languages: self.switches(),
        };
        let html = self.app.pages.render(&frame, view).map_err(internal)?;
        Ok(self.remembered(
            HttpResponse::build(status)
                .content_type("text/html; charset=utf-8")
                .body(html),
        ))
    }

    /// Sends the browser elsewhere, to be asked for by GET.
    pub(super) fn to(&self, address: &str) -> HttpResponse {
        let answer = HttpResponse::SeeOther()
            .insert_header((header::LOCATION, address))
            .finish();
        self.remembered(answer)
    }

    /// To a trouble's page; with a bank it offers to try again there.
    pub(super) fn to_trouble(&self, trouble: Trouble, bank: Option<&Bank>) -> HttpResponse {
        let mut address = ["/trouble/", trouble.name()].concat();
        if let Some(bank) = bank {
            address.push_str("?bank=");
            address.push_str(&bank.code);
        }
        self.to(&address)
    }

    /// A trouble is shown in place of the page, or after a form on a page that can be reloaded.
    pub(super) fn settle(&self, outcome: Result<HttpResponse, Trouble>) -> HttpResponse {
        match outcome {
            Ok(answer) => answer,
            Err(trouble) if self.request.method() == Method::GET => {
                self.trouble_page(trouble, None)
            }
            Err(trouble) => self.to_trouble(trouble, None),
        }
    }

    fn trouble_page(&self, trouble: Trouble, bank: Option<Bank>) -> HttpResponse {
        let view = TroubleView {
            name: trouble.name(),
            bank,
        };
        let plain = |_| HttpResponse::InternalServerError().body("かけはし会計: 500\n");
        self.page_with(trouble.status(), &view)
            .unwrap_or_else(plain)
    }

    /// The same page in each language.
    fn switches(&self) -> Vec<Switch> {
        let query = self.request.query_string().as_bytes();
        let kept: Vec<_> = form_urlencoded::parse(query)
            .filter(|(name, _)| name != LANGUAGE_PARAMETER)
            .collect();
        let switch = |language: Language, name| {
            let mut query = form_urlencoded::Serializer::new(String::new());
            query
                .extend_pairs(&kept)
                .append_pair(LANGUAGE_PARAMETER, language.tag());
            let href = [self.request.path(), "?", &query.finish()].concat();
            Switch {
                tag: language.tag(),
                name,
                href,
                is_current: language == self.language,
            }
        };
        vec![
            switch(Language::Japanese, "日本語"),
            switch(Language::English, "English"),
        ]
    }

    fn remembered(&self, mut answer: HttpResponse) -> HttpResponse {
        let cookie = |name, value| {
            Cookie::build(name, value)
                .path("/")
                .http_only(true)
                .same_site(SameSite::Lax)
                .secure(self.app.is_secure)
                .max_age(Duration::days(400))
                .finish()
        };
        let session = self
            .is_new
            .then(|| cookie(SESSION_COOKIE, self.session.reveal()));
        let language = self
            .has_switched
            .then(|| cookie(LANGUAGE_COOKIE, self.language.tag()));
        for cookie in session.iter().chain(&language) {
            if let Err(error) = answer.add_cookie(cookie) {
                tracing::error!(%error, "cannot set a cookie");
            }
        }
        answer
    }
}

impl FromRequest for Visit {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let app = request.app_data::<Data<App>>().cloned();
        let missing = || actix_web::error::ErrorInternalServerError("no app");
        ready(app.map(|app| Self::of(request, app)).ok_or_else(missing))
    }
}

#[derive(Serialize)]
struct TroubleView {
    name: &'static str,
    bank: Option<Bank>,
}

impl View for TroubleView {
    const TEMPLATE: &'static str = "trouble.html";
}

/// Which bank to try again.
#[derive(Deserialize)]
pub(super) struct Again {
    #[serde(default)]
    bank: String,
}

/// `GET /trouble/{name}`
pub(super) async fn trouble(visit: Visit, name: Path<String>, again: Query<Again>) -> HttpResponse {
    let bank = visit.bank(&again.bank);
    visit.trouble_page(Trouble::find(&name).unwrap_or(Trouble::NotFound), bank)
}

/// Everything that is nowhere.
pub(super) async fn not_found(visit: Visit) -> HttpResponse {
    visit.trouble_page(Trouble::NotFound, None)
}

/// Notes what broke; the visitor is told that something did.
#[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
pub(super) fn internal(error: anyhow::Error) -> Trouble {
    tracing::error!(error = %format!("{error:#}"), "something broke");
    Trouble::Internal
}

const LANGUAGE_COOKIE: &str = "kakehashi_language";
const LANGUAGE_PARAMETER: &str = "lang";
const SESSION_COOKIE: &str = "kakehashi_session";
