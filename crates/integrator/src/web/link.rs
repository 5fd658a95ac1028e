//! `/links/{id}`: a link's accounts; reading them anew, and ending the link.

use actix_web::HttpResponse;
use actix_web::web::{Form, Path};
use serde::Serialize;

use super::show::{HoldingView, LinkView, link_path, total};
use super::visit::{Posted, Visit, internal};
use crate::link::{Link, Snapshot};
use crate::page::View;
use crate::platform::{Denial, Failure};
use crate::reading::Unread;
use crate::session::Notice;
use crate::trouble::Trouble;
use crate::yen::Yen;

#[derive(Serialize)]
struct LinkPage {
    link: LinkView,
    holdings: Vec<HoldingView>,
    total: Option<Yen>,
    lacks_balances: bool,
    unread: Option<Why>,
}

impl View for LinkPage {
    const TEMPLATE: &'static str = "link.html";
}

#[derive(Serialize)]
struct ConfirmPage {
    link: LinkView,
}

impl View for ConfirmPage {
    const TEMPLATE: &'static str = "unlink.html";
}

/// Why the bank's data is not on the page, by what the page says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Why {
    NotConfirmed,
    NotGranted,
    Refused,
    Unreachable,
}

impl Why {
    /// A link that has ended is told by the link itself; what broke here has the page of its own.
    pub(super) fn of(unread: Unread) -> Result<Option<Self>, Trouble> {
        let failure = match unread {
            Unread::Ledger(error) => return Err(internal(error)),
            Unread::Platform(failure) => failure,
        };
        tracing::warn!(%failure, "nothing was read");
        match failure {
            Failure::DeadLink | Failure::DeadToken => Ok(None),
            Failure::Denied(Denial::NotConfirmed) => Ok(Some(Self::NotConfirmed)),
            Failure::Denied(Denial::NotGranted) => Ok(Some(Self::NotGranted)),
            Failure::NotFound => Err(Trouble::NotFound),
            Failure::Refused(_) | Failure::Unreadable(_) => Ok(Some(Self::Refused)),
            Failure::Unreachable(_) => Ok(Some(Self::Unreachable)),
        }
    }
}

/// `GET /links/{id}`
pub(super) async fn show(visit: Visit, id: Path<String>) -> HttpResponse {
    let outcome = shown(&visit, &id).await;
    visit.settle(outcome)
}

async fn shown(visit: &Visit, id: &str) -> Result<HttpResponse, Trouble> {
    let link = visit.link(id)?;
    let unread = if link.standing(visit.now).is_over() {
        None
    } else {
        match visit.app.reading.holdings(&link).await {
            Ok(_) => None,
            Err(unread) => Why::of(unread)?,
        }
    };
    // What was read, and whether the link has ended, stands in the book now.
    let link = visit.link(id)?;
    visit.page(&page(visit, &link, unread))
}

fn page(visit: &Visit, link: &Link, unread: Option<Why>) -> LinkPage {
    let holdings = link
        .snapshot
        .as_ref()
        .map_or(&[][..], |Snapshot { holdings, .. }| holdings);
    LinkPage {
        link: LinkView::of(link, visit.now),
        holdings: holdings
            .iter()
            .map(|holding| HoldingView::of(link, holding))
            .collect(),
        total: total(holdings),
        lacks_balances: !link.permits("balances"),
        unread,
    }
}

/// `POST /links/{id}/refresh`: new tokens; the page that follows reads the accounts anew.
pub(super) async fn refresh(
    visit: Visit,
    id: Path<String>,
    posted: Option<Form<Posted>>,
) -> HttpResponse {
    let outcome = refreshed(&visit, &id, posted).await;
    visit.settle(outcome)
}

async fn refreshed(
    visit: &Visit,
    id: &str,
    posted: Option<Form<Posted>>,
) -> Result<HttpResponse, Trouble> {
    visit.permit(&*posted.ok_or(Trouble::Form)?)?;
    let link = visit.link(id)?;
    match visit.app.reading.renew_tokens(&link).await {
        Ok(()) => visit
            .app
            .sessions
            .leave_notice(&visit.session, Notice::Refreshed),
        // The page that follows meets the same and tells.
        Err(unread) => tracing::warn!(%unread, "the tokens were not renewed"),
    }
    Ok(visit.to(&link_path(&link.id)))
}

/// `GET /links/{id}/unlink`: asks before it is done.
pub(super) async fn confirm(visit: Visit, id: Path<String>) -> HttpResponse {
    let asked = visit.link(&id).and_then(|link| {
        visit.page(&ConfirmPage {
            link: LinkView::of(&link, visit.now),
        })
    });
    visit.settle(asked)
}

/// `POST /links/{id}/unlink`
pub(super) async fn unlink(
    visit: Visit,
    id: Path<String>,
    posted: Option<Form<Posted>>,
) -> HttpResponse {
    let outcome = unlinked(&visit, &id, posted).await;
    visit.settle(outcome)
}

async fn unlinked(
    visit: &Visit,
    id: &str,
    posted: Option<Form<Posted>>,
) -> Result<HttpResponse, Trouble> {
    visit.permit(&*posted.ok_or(Trouble::Form)?)?;
    let link = visit.link(id)?;
    match visit.app.reading.unlink(&link).await {
        Ok(()) => {
            visit
                .app
                .sessions
                .leave_notice(&visit.session, Notice::Unlinked);
            Ok(visit.to("/"))
        }
        Err(Unread::Ledger(error)) => Err(internal(error)),
        Err(Unread::Platform(failure)) => {
            tracing::warn!(%failure, "the link was not ended");
            visit
                .app
                .sessions
                .leave_notice(&visit.session, Notice::NotUnlinked);
            Ok(visit.to(&link_path(&link.id)))
        }
    }
}
