//! What surrounds every page of a journey: which bank, which app sent the customer, where they are,
//! and how to leave.

use actix_web::HttpResponse;
use renkei_core::client::ClientCard;
use renkei_core::fault::Fault;
use renkei_core::journey::Journey;
use renkei_core::journey::engine::Screen;
use renkei_core::text::{Language, Problem};
use renkei_pages::{
    CancelForm, ClientFace, Frame, HelpDesk, LanguageUrls, Progress, StepForm, TenantFace,
};
use renkei_tenant::LoadedTenant;

use crate::browser::Handle;
use crate::journey::{SHOWN, Walk, form_targets, journey_address, stop_address};
use crate::{ending, reply};

/// A page of a journey.
pub(crate) fn screen(
    walk: &Walk<'_>,
    journey: &Journey,
    screen: &Screen,
    handle: &Handle,
    language: Language,
) -> HttpResponse {
    let rendered = of(walk, journey, screen, handle, language).and_then(|frame| {
        let problems = problems(&screen.problems);
        let id = walk.loaded.tenant.id.as_str();
        walk.live
            .pages
            .step(
                id,
                language.tag(),
                screen.kind,
                &frame,
                &screen.view,
                &problems,
            )
            .map_err(|e| Fault::new("a page could not be written").caused_by(e))
    });
    match rendered {
        Ok(html) => reply::page(SHOWN, &form_targets(walk, journey), html),
        Err(fault) => ending::fault_of(walk, journey, handle, language, &fault),
    }
}

fn of(
    walk: &Walk<'_>,
    journey: &Journey,
    screen: &Screen,
    handle: &Handle,
    language: Language,
) -> Result<Frame, Fault> {
    let address = stop_address(walk.app, walk, journey);
    let csrf = handle.csrf(walk.app, journey.id)?;
    let remaining = journey.remaining(&walk.loaded.tenant.life, walk.app.now());
    Ok(Frame {
        lang: language.tag().to_owned(),
        tenant: tenant(walk.loaded, language, &walk.app.base_of(walk.loaded)),
        client: walk.record.map(|record| client(&record.card)),
        payee: journey.bill().map(|bill| bill.facility_name.clone()),
        scopes: requested(journey),
        step: Progress {
            number: number(screen.number),
            total: screen.total.map(number),
        },
        form: StepForm {
            action: address.clone(),
            version: u64::try_from(journey.version).unwrap_or(0),
            csrf,
        },
        cancel: CancelForm {
            action: cancel_address(walk, journey),
        },
        language_urls: language_urls(&address),
        page_url: address,
        expires_in_minutes: u32::try_from(remaining.as_secs().div_ceil(60)).unwrap_or(u32::MAX),
    })
}

/// The bank, as pages name it.
pub(crate) fn tenant(loaded: &LoadedTenant, language: Language, base_url: &str) -> TenantFace {
    let file = &loaded.file;
    let words = |text: &renkei_core::text::Bilingual| text.in_language(language).to_owned();
    TenantFace {
        id: loaded.tenant.id.to_string(),
        name: words(&file.name),
        product: words(&file.product),
        seal: file.seal.clone(),
        site: file.site.clone(),
        domain: domain(base_url),
        demonstration: file.demonstration,
        help_desk: file.help_desk.as_ref().map(|desk| HelpDesk {
            name: words(&desk.name),
            phone: desk.phone.clone(),
            hours: words(&desk.hours),
            note: desk.note.as_ref().map(words),
        }),
    }
}

/// The company that asks, with the facts the law wants told.
pub(crate) fn client(card: &ClientCard) -> ClientFace {
    ClientFace {
        name: card.service.clone(),
        service: card.service.clone(),
        back: card.service.clone(),
        company: card.company.clone(),
        address: card.address.clone(),
        authority: card.authority.clone(),
        damages: card.damages.clone(),
        contact: card.contact.clone(),
    }
}

/// The address of the way back.
pub(crate) fn cancel_address(walk: &Walk<'_>, journey: &Journey) -> String {
    format!(
        "{}/cancel",
        journey_address(walk.app, walk.loaded, journey.id)
    )
}

/// The same page in each language.
pub(crate) fn language_urls(address: &str) -> LanguageUrls {
    LanguageUrls {
        ja: format!("{address}?lang=ja"),
        en: format!("{address}?lang=en"),
    }
}

fn requested(journey: &Journey) -> Vec<String> {
    let client = journey.facts.client.as_ref();
    client
        .map(|c| c.requested.iter().map(ToString::to_string).collect())
        .unwrap_or_default()
}

/// What is to be mended, as the pages take it.
pub(crate) fn problems(problems: &[Problem]) -> Vec<renkei_pages::Problem> {
    problems
        .iter()
        .map(|problem| renkei_pages::Problem {
            field: problem.field.clone(),
            key: problem.message.key.clone(),
            args: problem
                .message
                .args
                .iter()
                .map(|(n, v)| (n.clone(), ending::arg(v)))
                .collect(),
        })
        .collect()
}

/// The host that the customer sees in the address bar.
pub(crate) fn domain(base_url: &str) -> String {
    let host = url::Url::parse(base_url).ok();
    host.and_then(|url| {
        let host = url.host_str()?.to_owned();
        Some(
            url.port()
                .map_or_else(|| host.clone(), |port| format!("{host}:{port}")),
        )
    })
    .unwrap_or_default()
}

fn number(pages: usize) -> u32 {
    u32::try_from(pages).unwrap_or(u32::MAX)
}
