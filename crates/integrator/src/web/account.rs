//! `/links/{id}/accounts/{account}`: an account's statement for a period.

use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use serde::{Deserialize, Serialize};
use url::form_urlencoded;

use super::link::Why;
use super::show::{HoldingView, LinkView};
use super::visit::Visit;
use crate::clock;
use crate::link::{Holding, Link};
use crate::page::View;
use crate::period::{Period, PeriodError, iso};
use crate::platform::Statement;
use crate::statement::Entries;
use crate::trouble::Trouble;

/// What the period's form and the links between pages ask for.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    next: String,
}

#[derive(Serialize)]
struct AccountPage {
    link: LinkView,
    account: HoldingView,
    /// As typed, when it is no period.
    from: String,
    to: String,
    today: String,
    period_error: Option<PeriodError>,
    unread: Option<Why>,
    entries: Option<Entries>,
    next_href: Option<String>,
    first_href: Option<String>,
}

impl View for AccountPage {
    const TEMPLATE: &'static str = "account.html";
}

/// What could be read of the period.
#[derive(Default)]
struct Read {
    statement: Option<Statement>,
    unread: Option<Why>,
}

/// `GET /links/{id}/accounts/{account}`
pub(super) async fn show(
    visit: Visit,
    path: Path<(String, String)>,
    asked: Query<Asked>,
) -> HttpResponse {
    let (link, account) = path.into_inner();
    let outcome = shown(&visit, &link, &account, &asked).await;
    visit.settle(outcome)
}

async fn shown(
    visit: &Visit,
    id: &str,
    account: &str,
    asked: &Asked,
) -> Result<HttpResponse, Trouble> {
    let link = visit.link(id)?;
    let holding = holding(visit, &link, account).await?;
    let today = clock::day_in_japan(visit.now);
    let period = Period::parse(&asked.from, &asked.to, today);
    let read = match period {
        Ok(period) => read(visit, &link, account, period, asked).await?,
        Err(_) => Read::default(),
    };
    // Whether the link has ended stands in the book now.
    let link = visit.link(id)?;
    let account = HoldingView::of(&link, &holding);
    let hrefs = period.ok().map(|period| Hrefs {
        account: &account.href,
        period,
    });
    let next = read.statement.as_ref().filter(|page| page.has_next);
    let next = next.and_then(|page| page.next_item_key.as_deref());
    let is_first = asked.next.is_empty();
    let page = AccountPage {
        link: LinkView::of(&link, visit.now),
        from: period.map_or_else(|_| asked.from.clone(), |period| iso(period.first())),
        to: period.map_or_else(|_| asked.to.clone(), |period| iso(period.last())),
        today: iso(today),
        period_error: period.err(),
        unread: read.unread,
        entries: read
            .statement
            .as_ref()
            .zip(period.ok())
            .map(|(page, period)| Entries::of(page, period, is_first)),
        next_href: hrefs
            .as_ref()
            .zip(next)
            .map(|(hrefs, key)| hrefs.page(Some(key))),
        first_href: hrefs
            .as_ref()
            .filter(|_| !is_first)
            .map(|hrefs| hrefs.page(None)),
        account,
    };
    visit.page(&page)
}

async fn read(
    visit: &Visit,
    link: &Link,
    account: &str,
    period: Period,
    asked: &Asked,
) -> Result<Read, Trouble> {
    if link.standing(visit.now).is_over() {
        return Ok(Read::default());
    }
    let next = Some(asked.next.as_str()).filter(|key| !key.is_empty());
    match visit
        .app
        .reading
        .statement(link, account, period, next)
        .await
    {
        Ok(statement) => Ok(Read {
            statement: Some(statement),
            unread: None,
        }),
        Err(unread) => Ok(Read {
            statement: None,
            unread: Why::of(unread)?,
        }),
    }
}

/// The account as it was read last; asked for when it never was.
async fn holding(visit: &Visit, link: &Link, account: &str) -> Result<Holding, Trouble> {
    let of = |holdings: &[Holding]| {
        holdings
            .iter()
            .find(|holding| holding.account.id == account)
            .cloned()
    };
    if let Some(found) = link
        .snapshot
        .as_ref()
        .and_then(|snapshot| of(&snapshot.holdings))
    {
        return Ok(found);
    }
    match visit.app.reading.holdings(link).await {
        Ok(snapshot) => of(&snapshot.holdings).ok_or(Trouble::NotFound),
        Err(unread) => Err(match Why::of(unread)? {
            Some(Why::Unreachable) => Trouble::Unreachable,
            _ => Trouble::NotFound,
        }),
    }
}

/// Addresses of the pages of one statement.
struct Hrefs<'a> {
    account: &'a str,
    period: Period,
}

impl Hrefs<'_> {
    fn page(&self, next: Option<&str>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("from", &iso(self.period.first()));
        query.append_pair("to", &iso(self.period.last()));
        if let Some(next) = next {
            query.append_pair("next", next);
        }
        [self.account, "?", &query.finish()].concat()
    }
}
