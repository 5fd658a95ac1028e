//! `/`: the linked banks, and the banks to choose from.

use actix_web::HttpResponse;
use actix_web::web::Form;
use serde::Serialize;

use super::show::LinkView;
use super::visit::{Posted, Visit};
use crate::page::View;
use crate::session::Flow;
use crate::settings::Bank;
use crate::trouble::Trouble;

#[derive(Serialize)]
struct HomeView<'a> {
    links: Vec<LinkView>,
    banks: &'a [Bank],
}

impl View for HomeView<'_> {
    const TEMPLATE: &'static str = "home.html";
}

/// `GET /`
pub(super) async fn show(visit: Visit) -> HttpResponse {
    let links = visit.app.reading.ledger.of(&visit.owner());
    let view = HomeView {
        links: links
            .iter()
            .map(|link| LinkView::of(link, visit.now))
            .collect(),
        banks: &visit.app.banks,
    };
    visit.settle(visit.page(&view))
}

/// `POST /links`: sends the customer to the bank. Linking, linking again and renewing are the same journey.
pub(super) async fn begin(visit: Visit, posted: Option<Form<Posted>>) -> HttpResponse {
    let Some(Form(posted)) = posted else {
        return visit.settle(Err(Trouble::Form));
    };
    if let Err(trouble) = visit.permit(&posted) {
        return visit.settle(Err(trouble));
    }
    let Some(bank) = visit.bank(&posted.bank_code) else {
        return visit.settle(Err(Trouble::NotFound));
    };
    match visit
        .app
        .reading
        .platform
        .depart(&bank.code, visit.language)
        .await
    {
        Ok(departure) => {
            let flow = Flow {
                bank,
                verifier: departure.verifier,
                began_at: visit.now,
            };
            visit
                .app
                .sessions
                .begin(&visit.session, &departure.state, flow);
            visit.to(departure.to.as_str())
        }
        Err(failure) => {
            tracing::warn!(%failure, bank.code, "cannot begin a link");
            visit.to_trouble(Trouble::from(&failure), Some(&bank))
        }
    }
}
