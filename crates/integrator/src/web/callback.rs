//! `/callback`: where the bank sends the customer back to. Every answer is a redirect, so that neither code
//! nor state stays in the address bar and a reload repeats nothing.

use actix_web::HttpRequest;
use actix_web::HttpResponse;
use actix_web::web::Query;

use super::show::link_path;
use super::visit::{Visit, internal};
use crate::arrival::Arrival;
use crate::ledger::Entered;
use crate::link::{Link, LinkId};
use crate::platform::Grant;
use crate::session::{Flow, Notice};
use crate::settings::Bank;
use crate::trouble::Trouble;

/// `GET /callback`
pub(super) async fn arrive(visit: Visit, request: HttpRequest) -> HttpResponse {
    let Ok(Query(arrival)) = Query::<Arrival>::from_query(request.query_string()) else {
        // A parameter that comes twice is no answer (RFC 6749 section 3.1).
        return visit.to_trouble(Trouble::State, None);
    };
    let state = arrival.state.as_deref().unwrap_or_default();
    let Some(flow) = visit
        .app
        .sessions
        .take_flow(&visit.session, state, visit.now)
    else {
        tracing::warn!("an arrival that belongs to no journey of this browser");
        return visit.to_trouble(Trouble::State, None);
    };
    let bank = flow.bank.clone();
    match linked(&visit, arrival, flow).await {
        Ok(id) => visit.to(&link_path(&id)),
        Err(trouble) => {
            tracing::info!(trouble = trouble.name(), bank.code, "not linked");
            visit.to_trouble(trouble, Some(&bank))
        }
    }
}

async fn linked(visit: &Visit, arrival: Arrival, flow: Flow) -> Result<LinkId, Trouble> {
    let platform = &visit.app.reading.platform;
    let code = arrival.judge(platform.issuer())?;
    let grant = platform
        .redeem(code, flow.verifier)
        .await
        .map_err(|failure| {
            tracing::warn!(%failure, "the code was not redeemed");
            Trouble::from(&failure)
        })?;
    let link = link(visit, flow.bank, grant);
    let id = link.id.clone();
    let notice = match visit.app.reading.ledger.enter(link).map_err(internal)? {
        Entered::New => Notice::Linked,
        Entered::Renewed => Notice::Renewed,
    };
    visit.app.sessions.leave_notice(&visit.session, notice);
    Ok(id)
}

fn link(visit: &Visit, bank: Bank, grant: Grant) -> Link {
    Link {
        id: grant.link_id,
        owner: visit.owner(),
        bank,
        scopes: grant.scopes,
        linked_at: visit.now,
        expires_at: grant.link_expires_at,
        has_ended: false,
        tokens: grant.tokens,
        snapshot: None,
    }
}
