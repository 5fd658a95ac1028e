//! Who is at the desk: the cookie of a session, the cookie of a form before there is one, their tokens.

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite};
use renkei_core::fault::Fault;
use renkei_core::port::random_256;
use renkei_core::seal::hex;
use renkei_egov::commit::{Change, Commit};
use renkei_egov::staff::{Role, Session, StaffAccount};

use super::Room;
use crate::app::App;
use crate::browser;

/// A member of staff who is logged in.
pub(super) struct Member {
    /// The account.
    pub(super) account: StaffAccount,
    /// The session.
    pub(super) session: Session,
    /// The token that every form of the session carries.
    pub(super) csrf: String,
}

impl Member {
    /// Whether this person has a role.
    pub(super) fn may(&self, role: Role) -> bool {
        self.account.roles.contains(&role)
    }

    /// Whether applications are this person's business.
    pub(super) fn sees_applications(&self) -> bool {
        self.may(Role::Examiner) || self.may(Role::Approver)
    }
}

/// Whoever a request comes from; none without a session, or with one that is over.
pub(super) async fn find(room: &Room) -> Result<Option<Member>, Fault> {
    let Some(handle) = browser::only_cookie(&room.request, &name(&room.app, SESSION)) else {
        return Ok(None);
    };
    let now = room.app.now();
    let Some((account, session)) = room.accounts().of_session(&handle, now).await? else {
        return Ok(None);
    };
    extend(room, &session).await;
    let csrf = token(&room.app, &handle)?;
    Ok(Some(Member {
        account,
        session,
        csrf,
    }))
}

/// Notes that the session goes on, once a minute; nobody loses a page because it could not be written.
async fn extend(room: &Room, session: &Session) {
    let lapses_at = session.extended(room.app.now());
    if lapses_at.since(session.lapses_at).as_secs() < 60 {
        return;
    }
    let commit = Commit {
        changes: vec![Change::SessionExtended {
            digest: session.digest.clone(),
            lapses_at,
        }],
        events: Vec::new(),
    };
    if let Err(e) = room.parts.store.commit(commit).await {
        tracing::warn!(error = %e, "a session of the desk was not extended");
    }
}

/// What binds a form to one browser before anybody is logged in.
pub(super) struct Entry(String);

impl Entry {
    /// The one this request brings.
    pub(super) fn of(app: &App, request: &HttpRequest) -> Option<Self> {
        browser::only_cookie(request, &name(app, ENTRY)).map(Self)
    }

    /// A new one.
    pub(super) fn new(app: &App) -> Self {
        Self(hex(&random_256(&*app.ports.random)))
    }

    /// The token of its forms.
    pub(super) fn csrf(&self, app: &App) -> Result<String, Fault> {
        token(app, &self.0)
    }

    /// The cookie that carries it.
    pub(super) fn cookie(&self, app: &App) -> Cookie<'static> {
        cookie(app, ENTRY, &self.0)
    }
}

fn token(app: &App, handle: &str) -> Result<String, Fault> {
    let digest = app
        .ports
        .keyring
        .digest("desk.csrf", &[handle.as_bytes()])?;
    Ok(hex(&digest))
}

/// The cookie of a session. It ends with the browser at the latest.
pub(super) fn session_cookie(app: &App, handle: &str) -> Cookie<'static> {
    cookie(app, SESSION, handle)
}

/// Takes both cookies away.
pub(super) fn no_cookies(app: &App) -> [Cookie<'static>; 2] {
    [SESSION, ENTRY].map(|name| {
        let mut gone = cookie(app, name, "");
        gone.make_removal();
        gone
    })
}

/// Sent to the desk only, and never with a request that another site began.
fn cookie(app: &App, stem: &str, value: &str) -> Cookie<'static> {
    let path = "/egov".to_owned();
    let mut cookie = browser::handle_cookie(app, name(app, stem), value.to_owned(), path);
    cookie.set_same_site(SameSite::Strict);
    cookie
}

/// `__Host-` would ask for the whole host; this one is for a part of it (RFC 6265bis section 4.1.3.1).
fn name(app: &App, stem: &str) -> String {
    if app.settings.is_https() {
        format!("__Secure-{stem}")
    } else {
        stem.to_owned()
    }
}

const SESSION: &str = "renkei_desk";
const ENTRY: &str = "renkei_desk_entry";
/// As `renkei_egov::staff` counts them.
pub(super) const IDLE_MINUTES: u32 = 30;
