//! Four eyes: what somebody proposed, and the answer of somebody else.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Path};
use renkei_egov::desk::{Done, Proposal};
use renkei_egov::life::Dossier;
use renkei_egov::staff::Role;
use renkei_pages::{DeskPage, ProposalView};

use super::session::Member;
use super::{Answer, Refused, Room, act, show};

/// The proposal of an address, with its application.
async fn found(
    room: &Room,
    member: &Member,
    id: &str,
    proposal: &str,
) -> Result<(Dossier, Proposal), Refused> {
    let dossier = room.dossier(member, id).await?;
    let found = room.parts.store.find_proposal(proposal).await?;
    let own = found.filter(|found| found.arrive_id == dossier.application.arrive_id);
    Ok((dossier, own.ok_or(Refused::NotFound)?))
}

/// `GET /egov/desk/applications/{id}/proposals/{proposal}`
pub(crate) async fn ask(room: Room, path: Path<(String, String)>) -> HttpResponse {
    if let Some(answer) = room.language_chosen() {
        return answer;
    }
    let (id, proposal) = path.into_inner();
    let shown = async {
        let member = room.official().await?;
        let (dossier, proposal) = found(&room, &member, &id, &proposal).await?;
        shown_proposal(&room, &member, &dossier, &proposal).await
    };
    room.answered(shown.await).await
}

async fn shown_proposal(
    room: &Room,
    member: &Member,
    dossier: &Dossier,
    proposal: &Proposal,
) -> Answer {
    let desk = room.address();
    if proposal.decided.is_some() {
        let here = show::address(&desk, &proposal.arrive_id);
        return act::overtaken(room, here).await;
    }
    let view = ProposalView {
        face: show::proposal(&desk, proposal),
        row: show::row(&desk, &dossier.application, true),
        facts: show::wish(&proposal.wish),
        decidable: member.may(Role::Approver) && proposal.proposed_by != member.account.login,
    };
    let page = DeskPage::Proposal(Box::new(view));
    room.page(member, StatusCode::OK, &page, &[])
}

/// `POST /egov/desk/applications/{id}/proposals/{proposal}`
pub(crate) async fn decide(room: Room, path: Path<(String, String)>, body: Bytes) -> HttpResponse {
    let (id, proposal) = path.into_inner();
    let outcome = async {
        let member = room.official().await?;
        let form = room.posted(&member, &body)?;
        let approved = match form.one("answer") {
            Some("approve") => true,
            Some("refuse") => false,
            _ => return Err(Refused::Form),
        };
        let (dossier, proposal) = found(&room, &member, &id, &proposal).await?;
        let _turn = room.app.desk_turn.lock().await;
        let desk = room.desk();
        let done: Done = desk
            .decide_proposal(&member.account, &proposal.id, approved, room.app.now())
            .await?;
        let here = show::address(&room.address(), &dossier.application.arrive_id);
        let told = if approved { "approved" } else { "refused" };
        act::ended(&room, here, told, done).await
    };
    room.answered(outcome.await).await
}
