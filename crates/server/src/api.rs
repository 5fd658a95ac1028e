//! The data API: accounts, balances, statements; of consented accounts, within granted scopes, while
//! the link lives. The shape is in `docs/openapi.yaml`.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use renkei_core::account::{Account, AccountId, Direction, Period, Transaction};
use renkei_core::instant::Timestamp;
use renkei_core::link::Link;
use renkei_core::port::{Bank, ServiceStanding};
use renkei_core::seal::{hex, same};
use renkei_oauth::bearer;
use renkei_oauth::error::ProtocolError;
use renkei_oauth::scope::{Scope, Scopes};
use serde_json::{Value, json};
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;
use time::{Date, Duration};
use url::form_urlencoded;

use crate::app::App;
use crate::trouble::{Trouble, fault_status, logged, problem};
use crate::{reply, standing};

/// `GET /api/v1/accounts`
pub(crate) async fn accounts(app: Data<App>, request: HttpRequest) -> HttpResponse {
    settled(&app, list(&app, &request).await)
}

/// `GET /api/v1/accounts/{account}/balances`
pub(crate) async fn balances(
    app: Data<App>,
    request: HttpRequest,
    account: Path<String>,
) -> HttpResponse {
    settled(&app, balance(&app, &request, &account).await)
}

/// `GET /api/v1/accounts/{account}/transactions`
pub(crate) async fn transactions(
    app: Data<App>,
    request: HttpRequest,
    account: Path<String>,
) -> HttpResponse {
    settled(&app, statement(&app, &request, &account).await)
}

/// Why data is not given.
enum Refused {
    /// No token, or none that lives.
    Unauthorized(Option<ProtocolError>),
    /// The token does not permit this.
    Scope(Scopes),
    /// The bank's administrator does not let the customer use this.
    NoPrivilege,
    /// The bank has not confirmed the service yet.
    NotConfirmed,
    /// No such account, or not one of the link's.
    NotFound,
    /// A parameter is wrong.
    Invalid(&'static str),
    /// Something broke.
    Broken(Trouble),
}

impl<E: Into<Trouble>> From<E> for Refused {
    fn from(error: E) -> Self {
        Self::Broken(error.into())
    }
}

fn settled(app: &App, outcome: Result<Value, Refused>) -> HttpResponse {
    let refused = match outcome {
        Ok(body) => return reply::json(StatusCode::OK).json(body),
        Err(refused) => refused,
    };
    match refused {
        Refused::Unauthorized(error) => {
            let title = "The access token is missing or not usable";
            let detail = "refresh the token; when that fails, the link has ended and the customer must consent again";
            let answer = problem(StatusCode::UNAUTHORIZED, "invalid-token", title, detail);
            challenged(answer, &bearer::challenge(error.as_ref(), None))
        }
        Refused::Scope(needed) => {
            let title = "The customer has not granted this";
            let detail = format!("the scope {needed} is needed");
            let answer = problem(StatusCode::FORBIDDEN, "insufficient-scope", title, &detail);
            challenged(
                answer,
                &bearer::challenge(Some(&bearer::insufficient_scope()), Some(&needed)),
            )
        }
        Refused::NoPrivilege => problem(
            StatusCode::FORBIDDEN,
            "privilege-missing",
            "The bank does not let this customer use the service yet",
            "the consent covers it; it works as soon as the bank's administrator grants the privilege",
        ),
        Refused::NotConfirmed => problem(
            StatusCode::FORBIDDEN,
            "service-not-confirmed",
            "The bank has not confirmed the customer's application yet",
            "the customer has applied for this service; try again when the bank has confirmed it",
        ),
        Refused::NotFound => problem(
            StatusCode::NOT_FOUND,
            "account-not-found",
            "No such account",
            "the link covers no account of this account_id",
        ),
        Refused::Invalid(detail) => problem(
            StatusCode::BAD_REQUEST,
            "invalid-parameter",
            "A parameter is wrong",
            detail,
        ),
        Refused::Broken(Trouble::Protocol(error)) => problem(
            StatusCode::BAD_REQUEST,
            "invalid-request",
            "The request is wrong",
            error.description(),
        ),
        Refused::Broken(Trouble::Fault(fault)) => {
            let detail = format!("incident {}", logged(app, &fault));
            problem(
                fault_status(&fault),
                "fault",
                "Something broke on our side",
                &detail,
            )
        }
    }
}

fn challenged(mut answer: HttpResponse, challenge: &str) -> HttpResponse {
    if let Ok(value) = challenge.parse() {
        answer.headers_mut().insert(WWW_AUTHENTICATE, value);
    }
    answer
}

/// A request that may be served.
struct Granted {
    link: Link,
    bank: Arc<dyn Bank>,
}

async fn granted(app: &App, request: &HttpRequest, needed: &str) -> Result<Granted, Refused> {
    let mut headers = request.headers().get_all(AUTHORIZATION);
    let header = headers.next().map(|value| value.to_str().unwrap_or("?"));
    if headers.next().is_some() {
        return Err(Refused::Invalid("the Authorization header is given twice"));
    }
    let token = bearer::token(header).map_err(|error| Refused::Unauthorized(Some(error)))?;
    let token = token.ok_or(Refused::Unauthorized(None))?;
    let dead = || Refused::Unauthorized(Some(bearer::invalid_token()));
    let grant = app
        .ports
        .store
        .find_access(&token.digest())
        .await?
        .ok_or_else(dead)?;
    if !grant.is_live(app.now()) {
        return Err(dead());
    }
    let Some(loaded) = standing::of_link(app, &grant.link).await? else {
        return Err(dead());
    };
    let scope = Scope::parse(needed).map_err(Trouble::from)?;
    if !grant.scopes().contains(&scope) {
        return Err(Refused::Scope([scope].into_iter().collect()));
    }
    let bank = app.ports.banks.bank(&loaded);
    let services = bank.services(&grant.link.customer).await?;
    if services.get(&scope) == Some(&ServiceStanding::Applied) {
        return Err(Refused::NotConfirmed);
    }
    // Asked at each access: what the administrator grants or takes away holds from that moment on.
    let privileges = bank.privileges(&grant.link.customer).await?;
    if let Some(privilege) = privileges.get(&scope)
        && !privilege.permits(&scope)
    {
        return Err(Refused::NoPrivilege);
    }
    standing::used(app, &grant.link).await;
    Ok(Granted {
        link: grant.link,
        bank,
    })
}

async fn list(app: &App, request: &HttpRequest) -> Result<Value, Refused> {
    let granted = granted(app, request, "accounts").await?;
    let covered = |account: &Account| granted.link.accounts.contains(&account.id);
    let accounts = granted.bank.accounts(&granted.link.customer).await?;
    let accounts: Vec<Value> = accounts
        .into_iter()
        .filter(covered)
        .map(|account| shown_account(&account))
        .collect();
    Ok(with_base(app.now(), json!({ "accounts": accounts })))
}

async fn balance(app: &App, request: &HttpRequest, account: &str) -> Result<Value, Refused> {
    let granted = granted(app, request, "balances").await?;
    let account = covered_account(&granted, account).await?;
    let balance = granted
        .bank
        .balance(&granted.link.customer, &account.id)
        .await?;
    let balance = balance.ok_or(Refused::NotFound)?;
    let (base_date, base_time) = base(app.now());
    Ok(json!({ "balances": [{
        "account_id": account.id, "account_type_code": account.kind.code(),
        "account_type_name": account.kind.japanese(),
        "balance": balance.balance_yen.to_string(),
        "withdrawable_amount": balance.withdrawable_yen.to_string(),
        "base_date": base_date, "base_time": base_time,
        "currency_code": "JPY", "currency_name": "日本円",
    }]}))
}

async fn statement(app: &App, request: &HttpRequest, account: &str) -> Result<Value, Refused> {
    let granted = granted(app, request, "transactions").await?;
    let account = covered_account(&granted, account).await?;
    let query = Query::parse(request.query_string())?;
    let period = query.period(app.now().japan_date())?;
    let after = match &query.next_item_key {
        Some(key) => Some(position(app, &account.id, key)?),
        None => None,
    };
    let customer = &granted.link.customer;
    let page = granted
        .bank
        .transactions(customer, &account.id, period, after, PAGE)
        .await?;
    let page = page.ok_or(Refused::NotFound)?;
    let lines: Vec<Value> = page.lines.iter().map(shown_line).collect();
    let mut body = with_base(
        app.now(),
        json!({
            "account_id": account.id, "currency_code": "JPY", "currency_name": "日本円",
            "date_from": day(period.from), "date_to": day(period.to),
            "has_next": page.has_more, "count": lines.len(), "transactions": lines,
        }),
    );
    if let (true, Some(last), Value::Object(map)) = (page.has_more, page.lines.last(), &mut body) {
        map.insert(
            "next_item_key".to_owned(),
            cursor(app, &account.id, last.sequence)?.into(),
        );
    }
    Ok(body)
}

async fn covered_account(granted: &Granted, id: &str) -> Result<Account, Refused> {
    let id = AccountId::new(id);
    if !granted.link.accounts.contains(&id) {
        return Err(Refused::NotFound);
    }
    let accounts = granted.bank.accounts(&granted.link.customer).await?;
    accounts
        .into_iter()
        .find(|account| account.id == id)
        .ok_or(Refused::NotFound)
}

/// The query of a statement. Unknown parameters are ignored, known ones may come once.
#[derive(Default)]
struct Query {
    date_from: Option<Date>,
    date_to: Option<Date>,
    next_item_key: Option<String>,
}

impl Query {
    fn parse(text: &str) -> Result<Self, Refused> {
        let mut query = Self::default();
        for (name, value) in form_urlencoded::parse(text.as_bytes()) {
            let twice = match name.as_ref() {
                "date_from" => query.date_from.replace(date(&value)?).is_some(),
                "date_to" => query.date_to.replace(date(&value)?).is_some(),
                "next_item_key" => query.next_item_key.replace(value.into_owned()).is_some(),
                "access_token" => {
                    return Err(Refused::Invalid(
                        "a token in the address is not taken (RFC 9700)",
                    ));
                }
                _ => false,
            };
            if twice {
                return Err(Refused::Invalid("a parameter is given twice"));
            }
        }
        Ok(query)
    }

    /// Both ends, or as much as is given; the last 31 days when nothing is.
    fn period(&self, today: Date) -> Result<Period, Refused> {
        let to = self.date_to.unwrap_or(today);
        let from = self
            .date_from
            .unwrap_or_else(|| to.saturating_sub(Duration::days(30)));
        if from > to {
            return Err(Refused::Invalid("date_from is after date_to"));
        }
        Ok(Period { from, to })
    }
}

fn date(text: &str) -> Result<Date, Refused> {
    let wrong = |_| Refused::Invalid("date_from and date_to must be days as YYYY-MM-DD");
    Date::parse(text, DAY).map_err(wrong)
}

fn shown_account(account: &Account) -> Value {
    json!({
        "account_id": account.id, "branch_code": account.branch_code,
        "branch_name": account.branch_name, "account_type_code": account.kind.code(),
        "account_type_name": account.kind.japanese(), "account_number": account.number,
        "primary_account_code": if account.primary { "1" } else { "2" },
        "account_name": account.holder, "account_name_kana": account.holder_kana,
        "currency_code": "JPY", "currency_name": "日本円",
    })
}

fn shown_line(line: &Transaction) -> Value {
    let mut shown = json!({
        "transaction_date": day(line.date), "value_date": day(line.value_date),
        "transaction_type": match line.direction { Direction::Deposit => "1", Direction::Withdrawal => "2" },
        "amount": line.amount_yen.to_string(), "balance": line.balance_yen.to_string(),
        "item_key": line.sequence.to_string(),
    });
    if let (Some(remarks), Value::Object(map)) = (&line.remarks, &mut shown) {
        map.insert("remarks".to_owned(), json!(remarks));
    }
    shown
}

fn with_base(now: Timestamp, mut body: Value) -> Value {
    let (base_date, base_time) = base(now);
    if let Value::Object(map) = &mut body {
        map.insert("base_date".to_owned(), base_date.into());
        map.insert("base_time".to_owned(), base_time.into());
    }
    body
}

/// The day and time the data is of, `2026-11-21` and `16:05:09+09:00`.
fn base(now: Timestamp) -> (String, String) {
    let time = now.japan_time();
    let clock = format!(
        "{:02}:{:02}:{:02}+09:00",
        time.hour(),
        time.minute(),
        time.second()
    );
    (day(now.japan_date()), clock)
}

fn day(date: Date) -> String {
    date.format(DAY).unwrap_or_default()
}

/// Where the next page begins; only we can make one, and it fits one account.
fn cursor(app: &App, account: &AccountId, sequence: i64) -> Result<String, Refused> {
    let parts: [&[u8]; 2] = [account.as_str().as_bytes(), &sequence.to_be_bytes()];
    let digest = app.ports.keyring.digest("api.cursor", &parts)?;
    let short: String = hex(&digest).chars().take(12).collect();
    Ok(format!("{sequence:x}-{short}"))
}

fn position(app: &App, account: &AccountId, key: &str) -> Result<i64, Refused> {
    let wrong = || Refused::Invalid("next_item_key is not one of ours for this account");
    let (sequence, _) = key.split_once('-').ok_or_else(wrong)?;
    let sequence = i64::from_str_radix(sequence, 16).map_err(|_| wrong())?;
    if same(&cursor(app, account, sequence)?, key) {
        Ok(sequence)
    } else {
        Err(wrong())
    }
}

const PAGE: usize = 500;
const DAY: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");
