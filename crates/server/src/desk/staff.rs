//! Accounts: an administrator sees and manages those whose ministries are all their own.

use std::collections::BTreeSet;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Path};
use renkei_core::attempt::AttemptKey;
use renkei_core::port::Records;
use renkei_egov::number::{MinistryId, StaffLogin};
use renkei_egov::staff::{Invited, LIMIT, Role, StaffAccount};
use renkei_pages::{Choice, DeskPage, Problem, StaffForm, StaffRow};

use super::session::Member;
use super::{Answer, Refused, Room, input};

/// `GET /egov/desk/staff`
pub(crate) async fn list(room: Room) -> HttpResponse {
    if let Some(answer) = room.language_chosen() {
        return answer;
    }
    let shown = async {
        let member = room.administrator().await?;
        let mut rows = Vec::new();
        for account in room.parts.store.staff().await? {
            if is_managed(&member, &account) {
                rows.push(row(&room, &member, &account).await?);
            }
        }
        room.page(&member, StatusCode::OK, &DeskPage::Staff(rows), &[])
    };
    room.answered(shown.await).await
}

fn is_managed(member: &Member, account: &StaffAccount) -> bool {
    account.ministries.is_subset(&member.account.ministries)
}

async fn row(room: &Room, member: &Member, account: &StaffAccount) -> Result<StaffRow, Refused> {
    let now = room.app.now();
    let key = AttemptKey::staff(account.login.as_str());
    let records: &dyn Records = &*room.app.ports.store;
    let (_, is_locked) = records.attempts(&key, LIMIT, now).await?;
    let state = match &account.enrolment {
        _ if account.disabled_at.is_some() => "disabled",
        Some((_, until)) if now < *until => "invited",
        Some(_) => "lapsed",
        None if is_locked => "locked",
        None => "active",
    };
    let names = room.parts.procedures.ministries();
    let told = |id: &MinistryId| names.get(id).copied().unwrap_or(id.as_str()).to_owned();
    let roles = account.roles.iter();
    Ok(StaffRow {
        login: account.login.to_string(),
        name: account.name.clone(),
        roles: roles.map(|role| role.as_str().to_owned()).collect(),
        ministries: account.ministries.iter().map(told).collect(),
        state,
        url: format!("{}/staff/{}", room.address(), account.login),
        own: account.login == member.account.login,
    })
}

/// An account that this administrator manages, and not their own.
async fn managed(room: &Room, member: &Member, login: &str) -> Result<StaffAccount, Refused> {
    let login = StaffLogin::parse(login).map_err(|_| Refused::NotFound)?;
    let found = room.parts.store.find_staff(&login).await?;
    let found = found.filter(|account| is_managed(member, account));
    let account = found.ok_or(Refused::NotFound)?;
    if account.login == member.account.login {
        return Err(Refused::NotAllowed);
    }
    Ok(account)
}

/// `GET /egov/desk/staff/new`
pub(crate) async fn ask_new(room: Room) -> HttpResponse {
    if let Some(answer) = room.language_chosen() {
        return answer;
    }
    let shown = async {
        let member = room.administrator().await?;
        form_page(&room, &member, &Typed::default(), &[])
    };
    room.answered(shown.await).await
}

/// What was typed of a new account.
#[derive(Default)]
struct Typed {
    login: String,
    name: String,
    roles: BTreeSet<Role>,
    ministries: BTreeSet<MinistryId>,
}

fn form_page(room: &Room, member: &Member, typed: &Typed, problems: &[Problem]) -> Answer {
    let own = &member.account.ministries;
    let names = room.parts.procedures.ministries();
    let view = StaffForm {
        login: typed.login.clone(),
        name: typed.name.clone(),
        roles: [Role::Examiner, Role::Approver, Role::Administrator]
            .map(|role| Choice {
                value: role.as_str().to_owned(),
                name: String::new(),
                selected: typed.roles.contains(&role),
            })
            .into(),
        ministries: own
            .iter()
            .map(|id| Choice {
                value: id.to_string(),
                name: names.get(id).copied().unwrap_or(id.as_str()).to_owned(),
                selected: typed.ministries.contains(id) || own.len() == 1,
            })
            .collect(),
    };
    let status = if problems.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    room.page(
        member,
        status,
        &DeskPage::StaffNew(Box::new(view)),
        problems,
    )
}

/// `POST /egov/desk/staff/new`: answered by the page with the link, which nobody can fetch again. A
/// second post of it finds the name taken.
pub(crate) async fn add(room: Room, body: Bytes) -> HttpResponse {
    let outcome = async {
        let member = room.administrator().await?;
        let form = room.posted(&member, &body)?;
        let own = &member.account.ministries;
        let ministries = form.all("ministry");
        let typed = Typed {
            login: input::line(form.one("login").unwrap_or_default()),
            name: input::line(form.one("name").unwrap_or_default()),
            roles: form.all("role").filter_map(Role::parse).collect(),
            ministries: ministries
                .filter_map(|id| MinistryId::parse(id).ok())
                .filter(|id| own.contains(id))
                .collect(),
        };
        let _turn = room.app.desk_turn.lock().await;
        let mut problems = Vec::new();
        let login = StaffLogin::parse(&typed.login).ok();
        match &login {
            None => problems.push(Problem::at("login", "error-desk-staff-login")),
            Some(login) if room.parts.store.find_staff(login).await?.is_some() => {
                problems.push(Problem::at("login", "error-desk-staff-taken"));
            }
            Some(_) => {}
        }
        if typed.name.is_empty() || typed.name.chars().count() > 40 {
            problems.push(Problem::at("name", "error-desk-staff-name"));
        }
        if typed.roles.is_empty() {
            problems.push(Problem::at("roles", "error-desk-staff-roles"));
        }
        if typed.ministries.is_empty() {
            problems.push(Problem::at("ministries", "error-desk-staff-ministries"));
        }
        match login.filter(|_| problems.is_empty()) {
            None => form_page(&room, &member, &typed, &problems),
            Some(login) => {
                let invited = Invited {
                    login,
                    name: typed.name,
                    roles: typed.roles,
                    ministries: typed.ministries,
                    by: Some(member.account.login.clone()),
                };
                invite(&room, &member, invited).await
            }
        }
    };
    room.answered(outcome.await).await
}

async fn invite(room: &Room, member: &Member, invited: Invited) -> Answer {
    let (name, login) = (invited.name.clone(), invited.login.to_string());
    let token = room.accounts().invite(invited, room.app.now()).await?;
    let page = DeskPage::Invited {
        name,
        login,
        url: format!("{}/enrol/{}", room.address(), token.expose()),
        hours: ENROLMENT_HOURS,
    };
    room.page(member, StatusCode::OK, &page, &[])
}

/// `GET /egov/desk/staff/{login}/disable`
pub(crate) async fn ask_disable(room: Room, login: Path<String>) -> HttpResponse {
    ask(room, &login, "disable").await
}

/// `GET /egov/desk/staff/{login}/reset`
pub(crate) async fn ask_reset(room: Room, login: Path<String>) -> HttpResponse {
    ask(room, &login, "reset").await
}

async fn ask(room: Room, login: &str, what: &'static str) -> HttpResponse {
    if let Some(answer) = room.language_chosen() {
        return answer;
    }
    let shown = async {
        let member = room.administrator().await?;
        let account = managed(&room, &member, login).await?;
        let row = Box::new(row(&room, &member, &account).await?);
        let page = DeskPage::StaffAsk { what, row };
        room.page(&member, StatusCode::OK, &page, &[])
    };
    room.answered(shown.await).await
}

/// `POST /egov/desk/staff/{login}/disable`
pub(crate) async fn disable(room: Room, login: Path<String>, body: Bytes) -> HttpResponse {
    let outcome = async {
        let member = room.administrator().await?;
        room.posted(&member, &body)?;
        let account = managed(&room, &member, &login).await?;
        let accounts = room.accounts();
        accounts
            .disable(&member.account, &account.login, room.app.now())
            .await?;
        Ok(Room::done(&format!("{}/staff", room.address()), "disabled"))
    };
    room.answered(outcome.await).await
}

/// `POST /egov/desk/staff/{login}/reset`: a new link for an account that is there.
pub(crate) async fn reset(room: Room, login: Path<String>, body: Bytes) -> HttpResponse {
    let outcome = async {
        let member = room.administrator().await?;
        room.posted(&member, &body)?;
        let account = managed(&room, &member, &login).await?;
        let invited = Invited {
            login: account.login,
            name: account.name,
            roles: account.roles,
            ministries: account.ministries,
            by: Some(member.account.login.clone()),
        };
        invite(&room, &member, invited).await
    };
    room.answered(outcome.await).await
}

/// `POST /egov/desk/staff/{login}/unlock`
pub(crate) async fn unlock(room: Room, login: Path<String>, body: Bytes) -> HttpResponse {
    let outcome = async {
        let member = room.administrator().await?;
        room.posted(&member, &body)?;
        let account = managed(&room, &member, &login).await?;
        let accounts = room.accounts();
        accounts
            .unlock(&member.account, &account.login, room.app.now())
            .await?;
        Ok(Room::done(&format!("{}/staff", room.address()), "unlocked"))
    };
    room.answered(outcome.await).await
}

/// As `renkei_egov::staff` counts them.
const ENROLMENT_HOURS: u32 = 72;
