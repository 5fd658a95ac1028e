//! What has arrived, one application, and the files of both sides.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{self, Path};
use renkei_core::fault::Fault;
use renkei_egov::life::{Dossier, FeeState, NoticeKind, Stage, SubmittedFile};
use renkei_egov::limits::Limits;
use renkei_egov::number::{ArriveId, ProcedureId};
use renkei_egov::port::{DeskQuery, Whose};
use renkei_egov::staff::Role;
use renkei_egov::{archive, base64};
use renkei_pages::{ArrivalsView, Choice, DeskPage, Problem};
use url::form_urlencoded;

use super::session::Member;
use super::{Answer, Refused, Room, act, input, show};
use crate::reply;

/// `GET /egov/desk`
pub(crate) async fn list(room: Room) -> HttpResponse {
    if let Some(answer) = room.language_chosen() {
        return answer;
    }
    let shown = async {
        let member = match room.official().await {
            Err(Refused::NotAllowed) => {
                let staff = format!("{}/staff", room.address());
                return Ok(reply::see_other(&staff).finish());
            }
            member => member?,
        };
        let filter = Filter::of(&room);
        if filter.number.is_empty() {
            return shown_list(&room, &member, &filter, None).await;
        }
        let Ok(id) = ArriveId::parse(&filter.number) else {
            return shown_list(&room, &member, &filter, Some("error-desk-number")).await;
        };
        let whose = Whose::Ministries(&member.account.ministries);
        if room.parts.store.find_dossier(whose, &id).await?.is_some() {
            return Ok(reply::see_other(&show::address(&room.address(), &id)).finish());
        }
        let problem = Some("error-desk-number-unknown");
        shown_list(&room, &member, &filter, problem).await
    };
    room.answered(shown.await).await
}

/// What the list is filtered by.
struct Filter {
    stage: Option<Stage>,
    procedure: Option<ProcedureId>,
    withdrawing: bool,
    number: String,
    before: Option<ArriveId>,
}

impl Filter {
    fn of(room: &Room) -> Self {
        let query = room.query();
        let one = |wanted: &str| {
            let mut found = query.iter().filter(|(name, _)| name == wanted);
            found.next().map_or("", |(_, value)| value.as_str())
        };
        Self {
            stage: Stage::from_stored(one("stage")),
            procedure: ProcedureId::parse(one("procedure")).ok(),
            withdrawing: one("withdrawing") == "yes",
            number: input::digits(one("number")),
            before: ArriveId::parse(one("before")).ok(),
        }
    }

    /// The list so filtered, from `before` on.
    fn address(&self, room: &Room, before: Option<&ArriveId>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if let Some(stage) = self.stage {
            query.append_pair("stage", stage.as_str());
        }
        if let Some(procedure) = &self.procedure {
            query.append_pair("procedure", procedure.as_str());
        }
        if self.withdrawing {
            query.append_pair("withdrawing", "yes");
        }
        if let Some(before) = before {
            query.append_pair("before", before.as_str());
        }
        let query = query.finish();
        if query.is_empty() {
            room.address()
        } else {
            format!("{}?{query}", room.address())
        }
    }

    const fn is_set(&self) -> bool {
        self.stage.is_some() || self.procedure.is_some() || self.withdrawing
    }
}

async fn shown_list(
    room: &Room,
    member: &Member,
    filter: &Filter,
    problem: Option<&'static str>,
) -> Answer {
    let parts = &room.parts;
    let wanted = DeskQuery {
        stage: filter.stage,
        withdrawing: filter.withdrawing,
        procedure: filter.procedure.clone(),
        before: filter.before.clone(),
        limit: i64::try_from(PAGE + 1).unwrap_or(i64::MAX),
    };
    let ministries = &member.account.ministries;
    let mut found = parts.store.desk_list(ministries, &wanted).await?;
    let has_more = found.len() > PAGE;
    found.truncate(PAGE);
    let last = found.last().map(|one| &one.application.arrive_id);
    let older = last
        .filter(|_| has_more)
        .map(|last| filter.address(room, Some(last)));
    let desk = room.address();
    let mut rows = Vec::new();
    for one in &found {
        let id = &one.application.arrive_id;
        let proposed = parts.four_eyes && !parts.store.open_proposals(id).await?.is_empty();
        rows.push(show::row(&desk, &one.application, proposed));
    }
    let procedures = parts.procedures.iter();
    let own = procedures.filter(|one| ministries.contains(&one.ministry.id));
    let view = ArrivalsView {
        rows,
        stages: Stage::ALL
            .into_iter()
            .map(|stage| Choice {
                value: stage.as_str().to_owned(),
                name: String::new(),
                selected: filter.stage == Some(stage),
            })
            .collect(),
        procedures: own
            .map(|one| Choice {
                value: one.id.to_string(),
                name: one.name.clone(),
                selected: filter.procedure.as_ref() == Some(&one.id),
            })
            .collect(),
        withdrawing: filter.withdrawing,
        number: filter.number.clone(),
        filtered: filter.is_set(),
        older,
        newest: filter.before.is_some().then(|| filter.address(room, None)),
    };
    let status = match problem {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let problems: Vec<Problem> = problem
        .map(|key| Problem::at("number", key))
        .into_iter()
        .collect();
    let page = DeskPage::Arrivals(Box::new(view));
    room.page(member, status, &page, &problems)
}

/// `GET /egov/desk/applications/{id}`
pub(crate) async fn one(room: Room, id: Path<String>) -> HttpResponse {
    if let Some(answer) = room.language_chosen() {
        return answer;
    }
    let shown = async {
        let member = room.official().await?;
        let dossier = room.dossier(&member, &id).await?;
        shown_application(&room, &member, &dossier).await
    };
    room.answered(shown.await).await
}

async fn shown_application(room: &Room, member: &Member, dossier: &Dossier) -> Answer {
    let store = &room.parts.store;
    let it = &dossier.application;
    let request = if it.withdrawing {
        store.find_withdrawal_of(&it.arrive_id).await?
    } else {
        None
    };
    let request = request.map(|request| request.application.arrive_id);
    let proposals = store.open_proposals(&it.arrive_id).await?;
    let desk = room.address();
    let mut view = show::application(&desk, dossier, request.as_ref(), &proposals);
    view.acts = act::offered(room, member, dossier);
    view.answers_withdrawal = it.withdrawing && member.may(Role::Approver);
    if member.may(Role::Examiner) {
        for (face, fee) in view.fees.iter_mut().zip(&dossier.fees) {
            let cancellable = fee.owed.state == FeeState::Waiting && !it.is_withdrawal();
            let word = show::fee_word(fee.key());
            face.cancel_url =
                cancellable.then(|| format!("{}/acts/cancel-fee?fee={word}", view.row.url));
        }
    }
    let page = DeskPage::Application(Box::new(view));
    room.page(member, StatusCode::OK, &page, &[])
}

/// `GET /egov/desk/applications/{id}/files/{kind}/{number}`: a file as it was sent. It is foreign: a
/// browser gets it as a download and nothing else.
pub(crate) async fn file(room: Room, path: Path<(String, String, usize)>) -> HttpResponse {
    let (id, kind, number) = path.into_inner();
    let sent = async {
        let member = room.official().await?;
        let dossier = room.dossier(&member, &id).await?;
        let it = &dossier.application;
        let listed = match kind.as_str() {
            "form" => &it.submission.forms,
            "attachment" => &it.submission.attachments,
            _ => return Err(Refused::NotFound),
        };
        let place = number.checked_sub(1).ok_or(Refused::NotFound)?;
        let wanted = listed.get(place).ok_or(Refused::NotFound)?.clone();
        let whose = Whose::Ministries(&member.account.ministries);
        let store = &room.parts.store;
        let archive = store.find_application_archive(whose, &it.arrive_id).await?;
        let archive = archive.ok_or(Refused::NotFound)?;
        let (folder, limits) = (it.submission.folder.clone(), room.parts.limits);
        let name = wanted.file.clone();
        let bytes = web::block(move || unpacked(&archive, &folder, &wanted, &limits))
            .await
            .map_err(|e| Fault::new("an archive could not be read").caused_by(e))??;
        Ok(reply::download(&name, bytes.ok_or(Refused::NotFound)?))
    };
    room.answered(sent.await).await
}

/// The file of one application in the archive of a package, which may hold others' as well.
fn unpacked(
    archive: &str,
    folder: &str,
    wanted: &SubmittedFile,
    limits: &Limits,
) -> Result<Option<Vec<u8>>, Fault> {
    let bytes = base64::decode(archive, limits.archive)
        .map_err(|e| Fault::new("a stored archive is not Base64").caused_by(e))?;
    let files = archive::read(&bytes, limits)
        .map_err(|e| Fault::new("a stored archive cannot be read").caused_by(e))?;
    let name = format!("{folder}/{}", wanted.file);
    let found = files.into_iter().find(|file| file.name == name);
    Ok(found.map(|file| file.bytes))
}

/// `GET /egov/desk/applications/{id}/notices/{kind}/{number}`: what was sent to the applicant.
pub(crate) async fn notice(room: Room, path: Path<(String, String, u32)>) -> HttpResponse {
    let (id, kind, number) = path.into_inner();
    let sent = async {
        let member = room.official().await?;
        let kind = NoticeKind::from_stored(&kind).ok_or(Refused::NotFound)?;
        let id = ArriveId::parse(&id).map_err(|_| Refused::NotFound)?;
        let whose = Whose::Ministries(&member.account.ministries);
        let parts = &room.parts;
        let found = parts.store.find_notice_archive(whose, &id, kind, number);
        let archive = found.await?.ok_or(Refused::NotFound)?;
        let bytes = base64::decode(&archive, parts.limits.archive)
            .map_err(|e| Fault::new("a stored archive is not Base64").caused_by(e))?;
        let name = format!("{id}-{}-{number}.zip", kind.as_str());
        Ok(reply::download(&name, bytes))
    };
    room.answered(sent.await).await
}

/// Applications on one page of the list.
const PAGE: usize = 25;
