//! Which bank? Shown at the shared endpoint when the app named none and several have let it in. A
//! choice is a link: the same request, with the bank in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse};
use renkei_core::client::ClientRecord;
use renkei_core::fault::Fault;
use renkei_core::hours::ServiceState;
use renkei_core::instant::Timestamp;
use renkei_core::text::Language;
use renkei_oauth::authorization::{AuthorizationRequest, refused_location};
use renkei_oauth::error::{ErrorCode, ProtocolError};
use renkei_pages::{BankChoice, BankGroup, Chooser, Closing, Kept, LanguageUrls, Reopening};
use renkei_tenant::{Group, LoadedTenant, Query};
use url::form_urlencoded;

use crate::app::App;
use crate::journey::SHOWN;
use crate::{browser, ending, frame, reply};

/// The request that waits for a bank.
pub(crate) struct Undecided<'a> {
    /// Who asks.
    pub(crate) record: &'a ClientRecord,
    /// For what.
    pub(crate) asked: &'a AuthorizationRequest,
    /// The same as it came.
    pub(crate) raw: &'a [u8],
    /// The issuer it came to.
    pub(crate) issuer: &'a str,
    /// In which language the customer reads.
    pub(crate) language: Language,
    /// The banks that can be chosen.
    pub(crate) banks: Vec<Arc<LoadedTenant>>,
}

/// The page.
pub(crate) fn page(app: &App, request: &HttpRequest, undecided: &Undecided<'_>) -> HttpResponse {
    let page = Writer {
        app,
        undecided,
        kept: kept(undecided.raw),
        now: app.now(),
    }
    .page(request);
    let tag = undecided.language.tag();
    match app.live().pages.chooser(tag, &page) {
        Ok(html) => reply::page(SHOWN, &[], html),
        Err(e) => {
            let fault = Fault::new("a page could not be written").caused_by(e);
            ending::fault(app, request, None, &fault, None)
        }
    }
}

struct Writer<'a> {
    app: &'a App,
    undecided: &'a Undecided<'a>,
    kept: Vec<(String, String)>,
    now: Timestamp,
}

impl Writer<'_> {
    fn page(&self, request: &HttpRequest) -> Chooser {
        let Undecided {
            record,
            asked,
            issuer,
            banks,
            ..
        } = self.undecided;
        let typed = typed(self.undecided.raw);
        let query = Query::new(&typed);
        let found: Vec<_> = banks
            .iter()
            .filter(|b| b.finder.is_found_by(&query))
            .collect();
        let last = browser::last_bank(self.app, request).filter(|_| query.is_empty());
        let last = last.and_then(|code| banks.iter().find(|b| b.tenant.bank_code == code));
        let left = ProtocolError::new(ErrorCode::AccessDenied, "the customer chose no bank");
        let state = asked.state.as_deref();
        let kept = |(name, value): &(String, String)| Kept {
            name: name.clone(),
            value: value.clone(),
        };
        Chooser {
            client: frame::client(&record.card),
            action: ENDPOINT.to_owned(),
            kept: self.kept.iter().map(kept).collect(),
            all_url: self.url(&[], &[]),
            last: last.map(|bank| self.choice(bank)),
            groups: self.groups(&found),
            elsewhere: self.elsewhere(&query),
            found: found.len(),
            more: found.len() > MOST_SHOWN,
            language_urls: self.language_urls(&typed),
            back_url: refused_location(&asked.redirect_uri, issuer, state, &left),
            query: if query.is_empty() {
                String::new()
            } else {
                typed
            },
        }
    }

    fn groups(&self, found: &[&Arc<LoadedTenant>]) -> Vec<BankGroup> {
        let mut found = found.to_vec();
        found.sort_by_key(|bank| (bank.file.group, bank.finder.order()));
        let mut groups: BTreeMap<Group, Vec<BankChoice>> = BTreeMap::new();
        for bank in found.into_iter().take(MOST_SHOWN) {
            groups
                .entry(bank.file.group)
                .or_default()
                .push(self.choice(bank));
        }
        let group = |(group, banks): (Group, Vec<BankChoice>)| BankGroup {
            name: group.name().to_owned(),
            banks,
        };
        groups.into_iter().map(group).collect()
    }

    /// Banks that somebody looked for and that cannot be chosen: better told than not found.
    fn elsewhere(&self, query: &Query) -> Vec<BankChoice> {
        if query.is_empty() {
            return Vec::new();
        }
        let live = self.app.live();
        let is_choice = |bank: &Arc<LoadedTenant>| {
            let mut banks = self.undecided.banks.iter();
            banks.any(|choice| choice.tenant.id == bank.tenant.id)
        };
        let found = live
            .tenants
            .iter()
            .filter(|bank| bank.finder.is_found_by(query));
        found
            .filter(|bank| !is_choice(bank))
            .take(MOST_ELSEWHERE)
            .map(|bank| self.choice(bank))
            .collect()
    }

    fn choice(&self, bank: &LoadedTenant) -> BankChoice {
        let file = &bank.file;
        let words = |text: &renkei_core::text::Bilingual| {
            text.in_language(self.undecided.language).to_owned()
        };
        let closed = match bank.hours.at(self.now) {
            ServiceState::Open => None,
            ServiceState::Closed { reopens_at, .. } => Some(Closing {
                reopens: reopens_at.map(reopening),
            }),
        };
        BankChoice {
            name: words(&file.name),
            product: words(&file.product),
            seal: file.seal.clone(),
            code: file.bank_code.clone(),
            url: self.url(&[], &[("bank", &file.bank_code)]),
            closed,
        }
    }

    /// The page in each language: the request with that language in front, so that the bank's pages
    /// follow.
    fn language_urls(&self, typed: &str) -> LanguageUrls {
        let url = |tag: &str| {
            let mut more = vec![(LOCALES, tag)];
            if !typed.is_empty() {
                more.push((SEARCH, typed));
            }
            self.url(&[LOCALES], &more)
        };
        LanguageUrls {
            ja: url(Language::Japanese.tag()),
            en: url(Language::English.tag()),
        }
    }

    /// The request again, without some parameters and with others.
    fn url(&self, without: &[&str], with: &[(&str, &str)]) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let kept = self.kept.iter();
        query.extend_pairs(kept.filter(|(name, _)| !without.contains(&name.as_str())));
        query.extend_pairs(with);
        format!("{ENDPOINT}?{}", query.finish())
    }
}

/// The parameters of the app's request; the search is ours.
fn kept(raw: &[u8]) -> Vec<(String, String)> {
    let pairs = form_urlencoded::parse(raw).into_owned();
    pairs
        .filter(|(name, value)| name != SEARCH && !(name == "bank" && value.is_empty()))
        .collect()
}

/// What was typed into the search.
fn typed(raw: &[u8]) -> String {
    let mut pairs = form_urlencoded::parse(raw);
    let typed = pairs.find(|(name, _)| name == SEARCH);
    let typed = typed.map(|(_, value)| value.trim().chars().take(LONGEST).collect());
    typed.unwrap_or_default()
}

/// An opening as pages write it.
pub(crate) fn reopening(at: Timestamp) -> Reopening {
    let time = at.japan_time();
    Reopening {
        date: at.japan_date().to_string(),
        time: format!("{}:{:02}", time.hour(), time.minute()),
    }
}

/// Relative, so that the page works under each of the platform's names.
const ENDPOINT: &str = "/authorize";
const SEARCH: &str = "q";
const LOCALES: &str = "ui_locales";
/// Nobody reads more; whoever has not found the bank by then types its name.
const MOST_SHOWN: usize = 300;
const MOST_ELSEWHERE: usize = 20;
const LONGEST: usize = 64;
