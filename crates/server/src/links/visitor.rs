//! The visit of a request: its cookie, its token, and whether it still stands.

use actix_web::cookie::Cookie;
use actix_web::{HttpRequest, HttpResponse};
use renkei_core::audit::Event;
use renkei_core::commit::{Change, Commit, CommitError};
use renkei_core::fault::Fault;
use renkei_core::port::Standing;
use renkei_core::seal::{hex, sha256_hex};
use renkei_core::tenant::TenantId;
use renkei_core::text::Language;
use renkei_core::visit::{TOTAL, Visit};
use renkei_tenant::LoadedTenant;
use serde_json::json;

use crate::app::App;
use crate::{browser, reply};

/// A customer at the page of their links.
pub(super) struct Visitor {
    /// The visit.
    pub(super) visit: Visit,
    /// The token that every form of the visit carries.
    pub(super) csrf: String,
    /// What the bank says of the customer now; none when it does not answer. Whoever wants to stop a
    /// link must be able to all the same.
    pub(super) standing: Option<Standing>,
    /// The language of the pages.
    pub(super) language: Language,
}

/// The visitor a request comes from; none when it brings no visit of this bank, or one that is over.
pub(super) async fn find(
    app: &App,
    request: &HttpRequest,
    loaded: &LoadedTenant,
) -> Result<Option<Visitor>, Fault> {
    let tenant = &loaded.tenant.id;
    let Some(handle) = browser::only_cookie(request, &cookie_name(app, tenant)) else {
        return Ok(None);
    };
    let store = &app.ports.store;
    let found = store.find_visit(&sha256_hex(handle.as_bytes())).await?;
    let visit = found.filter(|visit| visit.tenant == *tenant && !visit.is_over(app.now()));
    let Some(visit) = visit else {
        return Ok(None);
    };
    let standing = match app.ports.banks.bank(loaded).standing(&visit.customer).await {
        Ok(Some(standing)) if standing.credential_version == visit.credential_version => {
            Some(standing)
        }
        Ok(_) => {
            end(app, &visit, "credentials changed").await?;
            return Ok(None);
        }
        Err(fault) => {
            crate::trouble::logged(app, &fault);
            None
        }
    };
    extend(app, &visit).await;
    let csrf = app
        .ports
        .keyring
        .digest("visit.csrf", &[handle.as_bytes()])?;
    let csrf = hex(&csrf);
    Ok(Some(Visitor {
        visit,
        csrf,
        standing,
        language: browser::language(app, request).unwrap_or_default(),
    }))
}

/// Notes that the visit goes on; nobody loses a page because this could not be written.
async fn extend(app: &App, visit: &Visit) {
    let Some(lapses_at) = visit.extended(app.now()) else {
        return;
    };
    let commit = Commit {
        changes: vec![Change::VisitExtended {
            digest: visit.digest.clone(),
            lapses_at,
        }],
        events: Vec::new(),
    };
    if let Err(e) = app.ports.store.commit(commit).await {
        tracing::warn!(error = %e, "a visit was not extended");
    }
}

/// Ends a visit.
pub(super) async fn end(app: &App, visit: &Visit, why: &str) -> Result<(), Fault> {
    let event = Event {
        at: app.now(),
        tenant: Some(visit.tenant.clone()),
        journey: None,
        name: "visit.ended".to_owned(),
        detail: json!({ "customer": visit.customer, "why": why }),
    };
    let commit = Commit {
        changes: vec![Change::VisitEnded {
            digest: visit.digest.clone(),
        }],
        events: vec![event],
    };
    app.ports.store.commit(commit).await.map_err(|e| match e {
        CommitError::Fault(fault) => fault,
        CommitError::Lost => Fault::passing("a visit could not be ended"),
    })
}

/// Sends a customer whom a journey has just proved to the list, with the handle of the visit.
pub(crate) fn arrive(app: &App, loaded: &LoadedTenant, handle: Option<&str>) -> HttpResponse {
    let mut answer = reply::see_other(&super::address(app, loaded));
    if let Some(handle) = handle {
        answer.cookie(cookie(app, &loaded.tenant.id, handle));
    }
    answer.finish()
}

/// The cookie of a visit. Each bank has its own, sent to its page of links only. `Lax`, not `Strict`: a
/// journey whose last proof was a certificate comes back from another host, and a strict cookie would
/// not come with it. Forms of other sites do not carry it either way.
fn cookie(app: &App, tenant: &TenantId, handle: &str) -> Cookie<'static> {
    let path = if app.settings.is_https() {
        "/".to_owned()
    } else {
        format!("/{tenant}/links")
    };
    let name = cookie_name(app, tenant);
    let mut cookie = browser::handle_cookie(app, name, handle.to_owned(), path);
    cookie.set_max_age(browser::seconds(TOTAL));
    cookie
}

/// Takes the cookie away.
pub(super) fn no_cookie(app: &App, tenant: &TenantId) -> Cookie<'static> {
    let mut cookie = cookie(app, tenant, "");
    cookie.make_removal();
    cookie
}

fn cookie_name(app: &App, tenant: &TenantId) -> String {
    browser::named(app, &format!("renkei_links_{tenant}"))
}
