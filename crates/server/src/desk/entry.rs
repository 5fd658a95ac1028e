//! The way in and out: login, logout, and the one-time link that sets up an account.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Path};
use renkei_core::secret::Password;
use renkei_core::totp;
use renkei_egov::staff::{Enrolment, PASSWORD_LENGTH, StaffAccount, Verdict};
use renkei_pages::{DeskPage, EnrolView, Problem};

use super::session::{self, Entry};
use super::{Answer, Refused, Room, input};
use crate::reply;

/// `GET /egov/desk/login`
pub(crate) async fn ask(room: Room) -> HttpResponse {
    if let Some(answer) = room.language_chosen() {
        return answer;
    }
    let shown = async {
        if let Some(member) = session::find(&room).await? {
            return Ok(reply::see_other(&home(&room, &member.account)).finish());
        }
        login_page(&room, StatusCode::OK, "", &[])
    };
    room.answered(shown.await).await
}

fn login_page(room: &Room, status: StatusCode, login: &str, problems: &[Problem]) -> Answer {
    let page = DeskPage::Login {
        login: login.to_owned(),
    };
    before_session(room, status, &page, problems)
}

/// A page with a form for somebody who is not logged in.
fn before_session(
    room: &Room,
    status: StatusCode,
    page: &DeskPage,
    problems: &[Problem],
) -> Answer {
    let (entry, is_new) = match Entry::of(&room.app, &room.request) {
        Some(entry) => (entry, false),
        None => (Entry::new(&room.app), true),
    };
    let csrf = entry.csrf(&room.app)?;
    let mut answer = room.written(None, &csrf, status, page, problems)?;
    if is_new {
        // A cookie that cannot be set costs no more than another try.
        drop(answer.add_cookie(&entry.cookie(&room.app)));
    }
    Ok(answer)
}

/// Where somebody begins.
fn home(room: &Room, account: &StaffAccount) -> String {
    use renkei_egov::staff::Role;
    let only_accounts = account
        .roles
        .iter()
        .all(|role| *role == Role::Administrator);
    if only_accounts {
        format!("{}/staff", room.address())
    } else {
        room.address()
    }
}

fn entry_form(room: &Room, body: &Bytes) -> Result<renkei_core::form::FormData, Refused> {
    let entry = Entry::of(&room.app, &room.request).ok_or(Refused::Form)?;
    room.form(&entry.csrf(&room.app)?, body)
}

/// `POST /egov/desk/login`
pub(crate) async fn log_in(room: Room, body: Bytes) -> HttpResponse {
    let outcome = async {
        let form = entry_form(&room, &body)?;
        let typed = form.one("login").unwrap_or_default();
        let password = form.one("password").unwrap_or_default();
        let code = input::digits(form.one("otp").unwrap_or_default());
        let mut problems = Vec::new();
        if typed.trim().is_empty() {
            problems.push(Problem::at("login", "error-desk-login-missing"));
        }
        if password.is_empty() {
            problems.push(Problem::at("password", "error-desk-password-missing"));
        }
        if code.len() != 6 {
            problems.push(Problem::at("otp", "error-desk-otp-missing"));
        }
        if !problems.is_empty() {
            return login_page(&room, WRONG, typed, &problems);
        }
        let now = room.app.now();
        let password = Password::new(password);
        match room.accounts().log_in(typed, &password, &code, now).await? {
            Verdict::Admitted(handle) => {
                let member = room.accounts().of_session(handle.expose(), now).await?;
                let address =
                    member.map_or_else(|| room.address(), |(account, _)| home(&room, &account));
                let mut answer = reply::see_other(&address);
                for gone in session::no_cookies(&room.app) {
                    answer.cookie(gone);
                }
                answer.cookie(session::session_cookie(&room.app, handle.expose()));
                Ok(answer.finish())
            }
            Verdict::Locked => {
                let problem = Problem::of_page("error-desk-locked");
                login_page(&room, StatusCode::FORBIDDEN, typed, &[problem])
            }
            Verdict::Refused => {
                let problem = Problem::of_page("error-desk-login");
                login_page(&room, WRONG, typed, &[problem])
            }
        }
    };
    room.answered(outcome.await).await
}

/// `POST /egov/desk/logout`
pub(crate) async fn log_out(room: Room, body: Bytes) -> HttpResponse {
    let left = async {
        let member = room.member().await?;
        room.posted(&member, &body)?;
        let accounts = room.accounts();
        accounts.log_out(&member.session, room.app.now()).await?;
        let mut answer = reply::see_other(&format!("{}/login?done=left", room.address()));
        for gone in session::no_cookies(&room.app) {
            answer.cookie(gone);
        }
        Ok(answer.finish())
    };
    room.answered(left.await).await
}

/// `GET /egov/desk/enrol/{token}`
pub(crate) async fn enrolling(room: Room, token: Path<String>) -> HttpResponse {
    if let Some(answer) = room.language_chosen() {
        return answer;
    }
    let shown = enrol_page(&room, &token, StatusCode::OK, &[]).await;
    room.answered(shown).await
}

async fn enrol_page(room: &Room, token: &str, status: StatusCode, problems: &[Problem]) -> Answer {
    let found = room.accounts().enrolling(token, room.app.now()).await?;
    let Some((account, secret)) = found else {
        return dead_link(room).await;
    };
    let (min, max) = password_length();
    let letters: Vec<char> = secret.chars().collect();
    let view = EnrolView {
        name: account.name.clone(),
        login: account.login.to_string(),
        action: format!("{}/enrol/{token}", room.address()),
        uri: totp::otpauth(ISSUER, account.login.as_str(), &secret),
        secret: letters
            .chunks(4)
            .map(|four| four.iter().collect())
            .collect(),
        password_min: min,
        password_max: max,
    };
    before_session(room, status, &DeskPage::Enrol(Box::new(view)), problems)
}

fn password_length() -> (u32, u32) {
    let number = |count: &usize| u32::try_from(*count).unwrap_or(u32::MAX);
    (
        number(PASSWORD_LENGTH.start()),
        number(PASSWORD_LENGTH.end()),
    )
}

async fn dead_link(room: &Room) -> Answer {
    let login = format!("{}/login", room.address());
    room.message(StatusCode::NOT_FOUND, "dead_link", None, login, None)
        .await
}

/// `POST /egov/desk/enrol/{token}`
pub(crate) async fn enrol(room: Room, token: Path<String>, body: Bytes) -> HttpResponse {
    let outcome = async {
        let form = entry_form(&room, &body)?;
        let typed = form.one("password").unwrap_or_default();
        let code = input::digits(form.one("otp").unwrap_or_default());
        let mut problems = Vec::new();
        if !PASSWORD_LENGTH.contains(&typed.chars().count()) {
            problems.push(length_problem());
        } else if form.one("password_again") != Some(typed) {
            problems.push(Problem::at("password_again", "error-desk-password-differs"));
        }
        if code.len() != 6 {
            problems.push(Problem::at("otp", "error-desk-otp-missing"));
        }
        if !problems.is_empty() {
            return enrol_page(&room, &token, WRONG, &problems).await;
        }
        let (password, now) = (Password::new(typed), room.app.now());
        let accounts = room.accounts();
        match accounts.enrol(&token, &password, &code, now).await? {
            Enrolment::Done => Ok(Room::done(&format!("{}/login", room.address()), "enrolled")),
            Enrolment::LinkDead => dead_link(&room).await,
            Enrolment::CodeWrong => {
                let problem = Problem::at("otp", "error-desk-otp-wrong");
                enrol_page(&room, &token, WRONG, &[problem]).await
            }
            Enrolment::PasswordLength => {
                enrol_page(&room, &token, WRONG, &[length_problem()]).await
            }
        }
    };
    room.answered(outcome.await).await
}

fn length_problem() -> Problem {
    let (min, max) = password_length();
    Problem::at("password", "error-desk-password-length")
        .with("min", i64::from(min))
        .with("max", i64::from(max))
}

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
/// What authenticators call us.
const ISSUER: &str = "Renkei e-Gov";
