//! Links and consents as the customer's pages show them.

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use renkei_core::account::Account;
use renkei_core::consent::Consent;
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use renkei_core::link::Label;
use renkei_core::payment::Payment;
use renkei_core::port::HeldLink;
use renkei_core::text::Language;
use renkei_core::visit::IDLE;
use renkei_pages::{
    AccountFace, ConsentFace, LinkFace, LinksFrame, LinksPage, Moment, PaymentFace,
};

use super::visitor::Visitor;
use super::{Asked, Refused};
use crate::{browser, frame, reply};

/// A page in the language of the visitor. `below` is its address, below that of the list.
pub(super) fn page(
    asked: &Asked<'_>,
    visitor: &Visitor,
    below: &str,
    status: StatusCode,
    page: &LinksPage,
) -> Result<HttpResponse, Refused> {
    let mut around = around(asked, visitor, visitor.language);
    let here = format!("{}{below}", around.list_url);
    around.language_urls = Some(frame::language_urls(&here));
    rendered(asked, visitor.language, &around, status, page)
}

/// What was consented to, in the language it was shown in.
pub(super) fn receipt(
    asked: &Asked<'_>,
    visitor: &Visitor,
    given: &Consent,
) -> Result<HttpResponse, Refused> {
    let shown = &given.receipt;
    let page = LinksPage::Receipt {
        consent: consent(&asked.address(), given),
        client: Box::new(frame::client(&shown.client)),
        scopes: shown.scopes.iter().map(ToString::to_string).collect(),
        accounts: shown.accounts.iter().map(account).collect(),
        until: shown.until.map(moment),
        idle_days: shown.idle_days,
    };
    let around = around(asked, visitor, shown.language);
    rendered(asked, shown.language, &around, StatusCode::OK, &page)
}

/// A payment, in the language it was confirmed in.
pub(super) fn payment(
    asked: &Asked<'_>,
    visitor: &Visitor,
    payment: &Payment,
) -> Result<HttpResponse, Refused> {
    let language = payment.receipt.language;
    let page = LinksPage::Payment(Box::new(paid(asked, payment)));
    let around = around(asked, visitor, language);
    rendered(asked, language, &around, StatusCode::OK, &page)
}

/// A payment as pages show it.
pub(super) fn paid(asked: &Asked<'_>, payment: &Payment) -> PaymentFace {
    let url = format!("{}/payments/{}", asked.address(), payment.id);
    crate::payment::face(payment, url)
}

/// After logging out.
pub(super) fn left(asked: &Asked<'_>) -> Result<HttpResponse, Refused> {
    let language = browser::language(asked.app, asked.request).unwrap_or_default();
    let mut around = bare(asked, language);
    let here = format!("{}/left", around.list_url);
    around.language_urls = Some(frame::language_urls(&here));
    rendered(asked, language, &around, StatusCode::OK, &LinksPage::Left)
}

fn around(asked: &Asked<'_>, visitor: &Visitor, language: Language) -> LinksFrame {
    LinksFrame {
        holder: visitor.visit.name.clone(),
        csrf: visitor.csrf.clone(),
        ..bare(asked, language)
    }
}

fn bare(asked: &Asked<'_>, language: Language) -> LinksFrame {
    let list_url = asked.address();
    LinksFrame {
        tenant: frame::tenant(&asked.loaded, language, &asked.app.base_of(&asked.loaded)),
        holder: String::new(),
        csrf: String::new(),
        logout_url: format!("{list_url}/logout"),
        list_url,
        language_urls: None,
        idle_minutes: u32::try_from(IDLE.as_secs() / 60).unwrap_or(u32::MAX),
    }
}

fn rendered(
    asked: &Asked<'_>,
    language: Language,
    around: &LinksFrame,
    status: StatusCode,
    page: &LinksPage,
) -> Result<HttpResponse, Refused> {
    let live = asked.app.live();
    let html = live.pages.links(language.tag(), around, page);
    let html = html.map_err(|e| Fault::new("a page could not be written").caused_by(e))?;
    Ok(reply::page(status, &[], html))
}

/// One link. The accounts are named as they were when the link was consented to.
pub(super) fn face(
    list_url: &str,
    held: &HeldLink,
    latest: Option<&Consent>,
    now: Timestamp,
) -> LinkFace {
    let HeldLink { link, card } = held;
    let end = link.end(now);
    let named = latest.map(|consent| consent.receipt.accounts.as_slice());
    let named = named.unwrap_or_default().iter();
    let days_left = link.expires_at.map_or(0, |until| {
        (until.japan_date() - now.japan_date()).whole_days()
    });
    LinkFace {
        url: format!("{list_url}/{}", link.id),
        app: card.service.clone(),
        company: card.company.clone(),
        label: link.label.as_ref().map(Label::to_string),
        scopes: link.scopes.iter().map(ToString::to_string).collect(),
        accounts: named
            .filter(|account| link.accounts.contains(&account.id))
            .map(account)
            .collect(),
        since: moment(link.created_at),
        renewed: (link.renewed_at > link.created_at).then(|| moment(link.renewed_at)),
        until: link.expires_at.map(moment),
        days_left,
        idle_days: link.idle_days,
        idle_until: link.idle_end().map(moment),
        used: link.used_at.map(moment),
        end: end.map(|end| end.by.as_str().to_owned()),
        ended: end.map(|end| moment(end.at)),
    }
}

/// One consent of a link.
pub(super) fn consent(list_url: &str, given: &Consent) -> ConsentFace {
    ConsentFace {
        id: given.id.to_string(),
        url: format!("{list_url}/{}/consents/{}", given.link, given.id),
        at: moment(given.at),
    }
}

fn account(account: &Account) -> AccountFace {
    AccountFace {
        branch_code: account.branch_code.clone(),
        branch_name: account.branch_name.clone(),
        kind: account.kind.word().to_owned(),
        number: account.number.clone(),
        memo: account.memo.clone(),
    }
}

fn moment(at: Timestamp) -> Moment {
    Moment {
        date: at.japan_date().to_string(),
        time: at.japan_clock(),
    }
}

/// Links that ended longer ago than this are not listed.
pub(super) const PAST: Duration = Duration::from_hours(365 * 24);
/// No more payments than these are listed.
pub(super) const PAYMENTS: i64 = 50;
