//! The gallery of a bank's screens: each step's own samples under the tenant's settings, in the frame
//! of a journey that nobody walks. Served where the setting says so, and written by
//! `renkei tenant preview`.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use renkei_core::fault::Fault;
use renkei_core::journey::plan::Plan;
use renkei_core::step::SampleWorld;
use renkei_core::tenant::TenantId;
use renkei_core::text::Language;
use renkei_pages::gallery::{self, GalleryBank, Room};
use renkei_pages::{ConsentShown, Ending, LinksPage, Problem, Progress};
use renkei_tenant::LoadedTenant;
use serde_json::Value;

use crate::app::{App, Live};
use crate::{ending, frame, reply};

/// All screens of one bank.
pub struct Preview<'a> {
    live: &'a Live,
    loaded: &'a LoadedTenant,
    base_url: &'a str,
    scenes: Vec<Scene>,
}

/// One state of one screen.
struct Scene {
    /// `login-wrong`: its word in addresses and file names.
    name: String,
    /// The screen's name, `login`.
    room: String,
    /// The state's name, `wrong`.
    state: String,
    shows: Shows,
}

enum Shows {
    Chooser(&'static str),
    Ending(Ending),
    Links(LinksPage),
    Step {
        kind: &'static str,
        step: Progress,
        pays: bool,
        view: Value,
        problems: Vec<Problem>,
    },
}

impl<'a> Preview<'a> {
    /// The screens of a bank.
    pub fn of(live: &'a Live, loaded: &'a LoadedTenant, base_url: &'a str) -> Result<Self, Fault> {
        let mut scenes: Vec<Scene> = choosers().collect();
        scenes.extend(steps(loaded)?);
        scenes.extend(links(loaded));
        scenes.extend(endings());
        Ok(Self {
            live,
            loaded,
            base_url,
            scenes,
        })
    }

    /// The name of every page, `ja-login-first`.
    pub fn names(&self) -> Vec<String> {
        let tags = Language::ALL.map(Language::tag);
        self.scenes
            .iter()
            .flat_map(|scene| tags.map(|tag| format!("{tag}-{}", scene.name)))
            .collect()
    }

    /// The page of this name; none when there is none.
    pub fn page(&self, name: &str) -> Option<Result<String, Fault>> {
        let (tag, name) = name.split_once('-')?;
        let language = Language::ALL.into_iter().find(|l| l.tag() == tag)?;
        let scene = self.scenes.iter().find(|scene| scene.name == name)?;
        Some(self.render(scene, language))
    }

    /// The gallery itself; `page_at` says where the page of a name is.
    pub fn index(
        &self,
        language: Language,
        page_at: impl Fn(&str) -> String,
    ) -> Result<String, Fault> {
        let lang = language.tag();
        let mut rooms: Vec<Room> = Vec::new();
        for scene in &self.scenes {
            let exhibit = gallery::Exhibit {
                state: self.live.pages.state_name(lang, &scene.state),
                ja: page_at(&format!("ja-{}", scene.name)),
                en: page_at(&format!("en-{}", scene.name)),
            };
            match rooms.last_mut().filter(|room| room.name == scene.room) {
                Some(room) => room.exhibits.push(exhibit),
                None => rooms.push(Room {
                    name: scene.room.clone(),
                    title: self.title(scene, lang),
                    exhibits: vec![exhibit],
                }),
            }
        }
        let face = frame::tenant(self.loaded, language, self.base_url);
        let page = self.live.pages.gallery(&face, lang, &rooms);
        page.map_err(unwritten)
    }

    fn render(&self, scene: &Scene, language: Language) -> Result<String, Fault> {
        let (pages, lang) = (&self.live.pages, language.tag());
        let face = frame::tenant(self.loaded, language, self.base_url);
        let page = match &scene.shows {
            Shows::Chooser(state) => {
                let code = &self.loaded.tenant.bank_code;
                pages.chooser(lang, &gallery::sample_chooser(&face, code, state))
            }
            Shows::Links(page) => {
                let page = self.with_words(page, lang)?;
                pages.links(lang, &gallery::sample_visit(face), &page)
            }
            Shows::Ending(ending) => pages.ending(
                Some(&face),
                lang,
                Some(&gallery::sample_languages()),
                ending,
            ),
            Shows::Step {
                kind,
                step,
                pays,
                view,
                problems,
            } => {
                let scopes = self.loaded.tenant.scopes.iter();
                let scopes = scopes.map(ToString::to_string).collect();
                let id = face.id.clone();
                let mut around = gallery::sample_frame(face, lang, scopes, *step);
                if *pays {
                    around.client = None;
                    around.payee = Some(gallery::SAMPLE_PAYEE.to_owned());
                }
                pages.step(&id, lang, kind, &around, view, problems)
            }
        };
        page.map_err(unwritten)
    }

    /// The page with what a receipt keeps of the consent's page.
    fn with_words(&self, page: &LinksPage, lang: &str) -> Result<LinksPage, Fault> {
        let mut page = page.clone();
        if let LinksPage::Receipt {
            words,
            scopes,
            accounts,
            until,
            idle_days,
            ..
        } = &mut page
        {
            let shown = ConsentShown {
                holder: gallery::HOLDER,
                scopes: scopes.iter().cloned().collect(),
                account_kinds: accounts.iter().map(|one| one.kind.as_str()).collect(),
                until: until.as_ref().map(|until| until.date.as_str()),
                idle_days: *idle_days,
            };
            let id = self.loaded.tenant.id.as_str();
            let said = self.live.pages.consent_words(id, lang, &shown);
            *words = said.map_err(unwritten)?;
        }
        Ok(page)
    }

    fn title(&self, scene: &Scene, lang: &str) -> String {
        let key = match &scene.shows {
            Shows::Chooser(_) => "chooser-title".to_owned(),
            Shows::Links(_) => links_title(&scene.room).to_owned(),
            Shows::Ending(Ending::Refused { key, .. }) => key.clone(),
            Shows::Ending(Ending::Certificate(_) | Ending::Payment(_)) => {
                format!("{}-title", scene.room)
            }
            Shows::Ending(_) if scene.room == "maintenance" => "ending-closed-title".to_owned(),
            Shows::Ending(_) => format!("ending-{}-title", scene.room),
            Shows::Step { kind, .. } => format!("{kind}-title"),
        };
        let id = self.loaded.tenant.id.as_str();
        let app = [("app", gallery::sample_client().service.into())];
        let title = self.live.pages.text(Some(id), lang, &key, &app);
        title.unwrap_or_else(|| scene.room.clone())
    }
}

/// The pages of the plans. A kind that has no page, or has brought no samples yet, shows none.
fn steps(loaded: &LoadedTenant) -> Result<Vec<Scene>, Fault> {
    let world = SampleWorld::of(&loaded.tenant);
    let plans = &loaded.tenant.plans;
    let mut scenes = of_plan(&plans.link, &world)?;
    for scene in of_plan(&plans.links, &world)? {
        // The customer's own page has mostly the same steps.
        if !scenes.iter().any(|known: &Scene| known.name == scene.name) {
            scenes.push(scene);
        }
    }
    let payment = plans.payment.as_ref();
    let world = world.paying();
    for scene in payment.map_or(Ok(Vec::new()), |plan| of_plan(plan, &world))? {
        if !scenes.iter().any(|known: &Scene| known.name == scene.name) {
            scenes.push(scene);
        }
    }
    Ok(scenes)
}

fn of_plan(plan: &Plan, world: &SampleWorld) -> Result<Vec<Scene>, Fault> {
    let stops = plan.stops();
    let total = stops.iter().filter(|stop| stop.step.has_page()).count();
    let count = |pages: usize| u32::try_from(pages).unwrap_or(u32::MAX);
    let mut scenes = Vec::new();
    let with_page = stops.iter().filter(|stop| stop.step.has_page());
    for (number, stop) in (1..).zip(with_page) {
        for sample in stop.step.samples(world)? {
            scenes.push(Scene {
                name: format!("{}-{}", stop.name, sample.state),
                room: stop.name.clone(),
                state: sample.state.to_owned(),
                shows: Shows::Step {
                    kind: stop.step.kind(),
                    step: Progress {
                        number: count(number),
                        total: Some(count(total)),
                    },
                    pays: world.facts.bill.is_some(),
                    view: sample.view,
                    problems: frame::problems(&sample.problems),
                },
            });
        }
    }
    Ok(scenes)
}

/// The choice of a bank belongs to no bank; this one is among the choices.
fn choosers() -> impl Iterator<Item = Scene> {
    gallery::CHOOSERS.into_iter().map(|state| Scene {
        name: format!("chooser-{state}"),
        room: "chooser".to_owned(),
        state: state.to_owned(),
        shows: Shows::Chooser(state),
    })
}

/// The customer's own pages.
fn links(loaded: &LoadedTenant) -> impl Iterator<Item = Scene> {
    let scopes = loaded.tenant.scopes.iter();
    let scopes: Vec<_> = scopes.map(ToString::to_string).collect();
    let samples = gallery::sample_links(&scopes).into_iter();
    samples.map(|(room, state, page)| Scene {
        name: format!("{room}-{state}"),
        room: room.to_owned(),
        state: state.to_owned(),
        shows: Shows::Links(page),
    })
}

/// The key of the title of a customer's own page.
fn links_title(room: &str) -> &'static str {
    match room {
        "link" => "links-one-title",
        "link_receipt" => "links-receipt-title",
        "link_stop" => "links-stop-title",
        "links_left" => "links-left-title",
        _ => "links-title",
    }
}

fn endings() -> impl Iterator<Item = Scene> {
    gallery::sample_endings()
        .into_iter()
        .map(|(name, ending)| Scene {
            name: name.clone(),
            room: name,
            state: "page".to_owned(),
            shows: Shows::Ending(ending),
        })
}

fn choice(loaded: &LoadedTenant, url: &str) -> GalleryBank {
    GalleryBank {
        name: loaded.file.name.ja.clone(),
        code: loaded.tenant.bank_code.clone(),
        url: url.to_owned(),
    }
}

fn unwritten(error: renkei_pages::PagesError) -> Fault {
    Fault::new("a page of the gallery could not be written").caused_by(error)
}

/// `GET /preview`: the banks.
pub(crate) async fn list(app: Data<App>, request: HttpRequest) -> HttpResponse {
    let live = app.live();
    if !app.settings.preview {
        return ending::not_found(&app, &request);
    }
    let banks: Vec<_> = live
        .tenants
        .iter()
        .map(|loaded| choice(loaded, &format!("/preview/{}", loaded.tenant.id)))
        .collect();
    let page = live.pages.gallery_list(TONGUE.tag(), &banks);
    match page.map_err(unwritten) {
        Ok(html) => reply::gallery(html),
        Err(fault) => ending::fault(&app, &request, None, &fault, None),
    }
}

/// `GET /preview/{tenant}`: the gallery of one.
pub(crate) async fn index(
    app: Data<App>,
    request: HttpRequest,
    tenant: Path<String>,
) -> HttpResponse {
    let shown = |preview: Preview<'_>| {
        let address = |name: &str| format!("/preview/{tenant}/{name}");
        Some(preview.index(TONGUE, address).map(reply::gallery))
    };
    of_bank(&app, &request, &tenant, shown)
}

/// `GET /preview/{tenant}/{page}`: one of its pages.
pub(crate) async fn page(
    app: Data<App>,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> HttpResponse {
    let (tenant, name) = path.into_inner();
    let shown = |preview: Preview<'_>| Some(preview.page(&name)?.map(reply::exhibit));
    of_bank(&app, &request, &tenant, shown)
}

/// Shows something of a bank that is here, where galleries are shown at all.
fn of_bank(
    app: &App,
    request: &HttpRequest,
    tenant: &str,
    show: impl FnOnce(Preview<'_>) -> Option<Result<HttpResponse, Fault>>,
) -> HttpResponse {
    let live = app.live();
    let loaded = TenantId::parse(tenant)
        .ok()
        .and_then(|id| live.tenants.find(&id))
        .filter(|_| app.settings.preview);
    let Some(loaded) = loaded else {
        return ending::not_found(app, request);
    };
    let made = Preview::of(&live, loaded, &app.settings.base_url);
    match made.map(show) {
        Ok(None) => ending::not_found(app, request),
        Ok(Some(Ok(answer))) => answer,
        Ok(Some(Err(fault))) | Err(fault) => {
            ending::fault(app, request, Some(&loaded.tenant.id), &fault, None)
        }
    }
}

/// The gallery speaks Japanese; its pages speak both languages.
const TONGUE: Language = Language::Japanese;
