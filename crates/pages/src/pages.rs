//! All pages of all tenants.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use serde::Serialize;
use tera::{Context, Tera};

use crate::asset::{Asset, Assets};
use crate::chooser::Chooser;
use crate::ending::Ending;
use crate::engine::{self, Templates};
use crate::error::PagesError;
use crate::frame::{Frame, LanguageUrls, TenantFace};
use crate::links::{LinksFrame, LinksPage};
use crate::site::PaymentSite;
use crate::text::{Problem, TextArg};
use crate::words::{TextEntry, Words, fluent_args};
use crate::{scan, theme};

/// Everything needed to make pages. Built once; a reload builds another.
pub struct Pages {
    words: Arc<Words>,
    shared: Tera,
    own: HashMap<String, Tera>,
    links: Links,
    themes: HashMap<String, String>,
    assets: Assets,
}

/// A tenant's words and look.
pub struct TenantWords {
    /// The tenant's id.
    pub id: String,
    /// Fluent sources by language, `ja` and `en`.
    pub texts: BTreeMap<String, String>,
    /// The texts its customers agree to, by name and language, in Markdown ([`crate::terms`]).
    pub terms: BTreeMap<String, BTreeMap<String, String>>,
    /// The style sheet of its theme, from [`theme::css`].
    pub theme_css: String,
    /// Templates that stand before the platform's, by file name (`consent.html`); mostly none.
    pub templates: BTreeMap<String, String>,
}

/// The addresses every page links to.
#[derive(Serialize)]
struct Links {
    page_css: String,
    page_js: String,
    icon: String,
    gallery_css: String,
    desk_css: String,
    neutral_theme: String,
}

/// A problem in the page's language.
#[derive(Serialize)]
struct Told<'a> {
    field: Option<&'a str>,
    text: String,
}

impl Pages {
    /// Parses everything: a broken text or template is an error with file and line.
    pub fn new(tenants: Vec<TenantWords>) -> Result<Self, PagesError> {
        let mut words = Words::default();
        for lang in ["ja", "en"] {
            for (file, source) in Templates::base_texts(lang) {
                words.add_base(lang, &file, &source)?;
            }
        }
        for tenant in &tenants {
            words.add_tenant(&tenant.id, &tenant.texts)?;
            words.add_terms(&tenant.id, &tenant.terms)?;
        }
        let words = Arc::new(words);
        let shared = engine::build(&words, None)?;
        let mut assets = Assets::default();
        let links = Links::new(&mut assets)?;
        let (mut own, mut themes) = (HashMap::new(), HashMap::new());
        for tenant in tenants {
            if !tenant.templates.is_empty() {
                let engine = engine::build(&words, Some((&tenant.id, &tenant.templates)))?;
                own.insert(tenant.id.clone(), engine);
            }
            let stem = format!("theme-{}", tenant.id);
            let url = assets.add(&stem, "css", tenant.theme_css.as_bytes());
            themes.insert(tenant.id, url);
        }
        Ok(Self {
            words,
            shared,
            own,
            links,
            themes,
            assets,
        })
    }

    /// The page of a step.
    pub fn step(
        &self,
        tenant: &str,
        lang: &str,
        kind: &str,
        frame: &Frame,
        view: &serde_json::Value,
        errors: &[Problem],
    ) -> Result<String, PagesError> {
        let mut told = Vec::new();
        for problem in errors {
            told.push(Told {
                field: problem.field.as_deref(),
                text: self.told(tenant, lang, problem)?,
            });
        }
        let of_fields: BTreeMap<&str, &str> = told
            .iter()
            .filter_map(|problem| Some((problem.field?, problem.text.as_str())))
            .collect();
        let mut context = Context::from_serialize(frame).map_err(engine::template)?;
        context.insert("lang", lang);
        context.insert("kind", kind);
        context.insert("view", view);
        context.insert("errors", &told);
        context.insert("field_errors", &of_fields);
        self.render(Some(tenant), &format!("{kind}.html"), context)
    }

    /// A page outside a step, in the bank's look or, without one, in the platform's own; with the
    /// switch of languages when the page can be fetched again.
    pub fn ending(
        &self,
        tenant: Option<&TenantFace>,
        lang: &str,
        languages: Option<&LanguageUrls>,
        page: &Ending,
    ) -> Result<String, PagesError> {
        let id = tenant.map(|tenant| tenant.id.as_str());
        let (page, pays) = page.of_payment();
        let mut context = Context::new();
        context.insert("pays", &pays);
        context.insert("lang", lang);
        context.insert("tenant", &tenant);
        context.insert("language_urls", &languages);
        context.insert("name", page.name());
        context.insert("back", &page.back());
        context.insert("incident", &page.incident());
        context.insert("cookie", page.cookie());
        context.insert("refresh", &page.refresh());
        match page {
            Ending::Certificate(own) => {
                context.insert("trouble", own.trouble);
                context.insert("shown", &own.shown);
                context.insert("again", &own.again);
                context.insert("page", &own.page);
            }
            Ending::Closed {
                reopens, reason, ..
            } => {
                context.insert("reopens", reopens);
                context.insert("reason", reason);
            }
            Ending::Payment(payment) => context.insert("payment", payment),
            Ending::Protocol {
                error_code,
                description,
            } => {
                context.insert("error_code", error_code);
                context.insert("description", description);
            }
            Ending::Refused { key, args, .. } => {
                let args = fluent_args(args.iter().map(|(name, value)| (name.as_str(), value)));
                context.insert("what", &self.words.text(id, lang, key, &args)?);
                let action = format!("{key}-action");
                let action = if self.words.has(id, lang, &action) {
                    &action
                } else {
                    "refusal-action"
                };
                context.insert("action", &self.words.text(id, lang, action, &args)?);
            }
            Ending::NoVisit { url } | Ending::Stale { url } => context.insert("url", url),
            _ => {}
        }
        self.render(id, page.template(), context)
    }

    /// A page of the customer's own links.
    pub fn links(
        &self,
        lang: &str,
        frame: &LinksFrame,
        page: &LinksPage,
    ) -> Result<String, PagesError> {
        let tenant = frame.tenant.id.as_str();
        let mut context = Context::from_serialize(frame).map_err(engine::template)?;
        context.insert("lang", lang);
        let mut error = String::new();
        match page {
            LinksPage::Left => {}
            LinksPage::Link {
                link,
                consents,
                label,
                problem,
            } => {
                if let Some(problem) = problem {
                    error = self.told(tenant, lang, problem)?;
                }
                context.insert("link", link);
                context.insert("consents", consents);
                context.insert("label", label);
            }
            LinksPage::List {
                live,
                ended,
                payments,
            } => {
                context.insert("live", live);
                context.insert("ended", ended);
                context.insert("payments", payments);
            }
            LinksPage::Payment(payment) => context.insert("payment", payment),
            LinksPage::Receipt {
                consent,
                client,
                scopes,
                accounts,
                until,
                idle_days,
                words,
            } => {
                context.insert("said", words);
                context.insert("consent", consent);
                context.insert("client", client);
                context.insert("scopes", scopes);
                context.insert("accounts", accounts);
                context.insert("until", until);
                context.insert("idle_days", idle_days);
            }
            LinksPage::Stop { link } => context.insert("link", link),
        }
        context.insert("error", &error);
        self.render(Some(tenant), page.template(), context)
    }

    /// The page on which a customer chooses the bank.
    pub fn chooser(&self, lang: &str, page: &Chooser) -> Result<String, PagesError> {
        let mut context = Context::from_serialize(page).map_err(engine::template)?;
        context.insert("lang", lang);
        context.insert("tenant", &None::<TenantFace>);
        self.render(None, "chooser.html", context)
    }

    /// The page that leads a browser to the bank that takes a payment.
    pub fn payment_site(&self, lang: &str, site: &PaymentSite) -> Result<String, PagesError> {
        let mut context = Context::new();
        context.insert("lang", lang);
        context.insert("tenant", &None::<TenantFace>);
        context.insert("site", site);
        self.render(None, "payment_site.html", context)
    }

    /// A text of the tenant or the platform; none when there is none or a placeholder is not filled.
    pub fn text(
        &self,
        tenant: Option<&str>,
        lang: &str,
        key: &str,
        args: &[(&str, TextArg)],
    ) -> Option<String> {
        let args = fluent_args(args.iter().map(|(name, value)| (*name, value)));
        self.words.text(tenant, lang, key, &args).ok()
    }

    /// Whether the tenant or the platform has the text in this very language.
    pub fn has_text(&self, tenant: Option<&str>, lang: &str, key: &str) -> bool {
        self.words.has(tenant, lang, key)
    }

    /// A style sheet or script by its hashed name, as it stands after [`crate::ASSET_PATH`].
    pub fn asset(&self, name: &str) -> Option<&Asset> {
        self.assets.find(name)
    }

    /// The names of all assets.
    pub fn asset_names(&self) -> impl Iterator<Item = &str> {
        self.assets.names()
    }

    /// The keys of the texts a step kind's page needs, found in its template; none for an unknown
    /// kind.
    pub fn required_texts(kind: &str) -> Vec<String> {
        scan::required_texts(kind)
    }

    /// What the platform can fill in a text of this key; none when it has no such text.
    pub fn placeholders(key: &str) -> Option<&'static BTreeSet<String>> {
        scan::offered(key)
    }

    /// Whether any page asks for a text of this key.
    pub fn is_asked_for(key: &str) -> bool {
        scan::is_asked_for(key)
    }

    /// The platform's own texts in one language.
    pub fn base_texts(lang: &str) -> Vec<TextEntry> {
        scan::base_texts(lang)
    }

    pub(crate) fn words(&self) -> &Words {
        &self.words
    }

    fn told(&self, tenant: &str, lang: &str, problem: &Problem) -> Result<String, PagesError> {
        let args = problem
            .args
            .iter()
            .map(|(name, value)| (name.as_str(), value));
        self.words
            .text(Some(tenant), lang, &problem.key, &fluent_args(args))
    }

    pub(crate) fn render(
        &self,
        tenant: Option<&str>,
        template: &str,
        mut context: Context,
    ) -> Result<String, PagesError> {
        let theme = match tenant {
            None => &self.links.neutral_theme,
            Some(id) => self
                .themes
                .get(id)
                .ok_or_else(|| PagesError::UnknownTenant(id.to_owned()))?,
        };
        context.insert("words_of", tenant.unwrap_or_default());
        context.insert("links", &self.links);
        context.insert("theme_css", theme);
        let engine = tenant
            .and_then(|id| self.own.get(id))
            .unwrap_or(&self.shared);
        engine.render(template, &context).map_err(engine::template)
    }
}

impl Links {
    fn new(assets: &mut Assets) -> Result<Self, PagesError> {
        let mut embedded = |stem: &str, extension: &str| {
            let file = format!("assets/{stem}.{extension}");
            let source =
                Templates::get(&file).ok_or_else(|| absent(&format!("templates/{file}")))?;
            Ok(assets.add(stem, extension, &source.data))
        };
        let (page_css, page_js) = (embedded("page", "css")?, embedded("page", "js")?);
        let (icon, gallery_css) = (embedded("icon", "svg")?, embedded("gallery", "css")?);
        let desk_css = embedded("desk", "css")?;
        let neutral = theme::css(&BTreeMap::new());
        let neutral_theme = assets.add("theme", "css", neutral.as_bytes());
        Ok(Self {
            page_css,
            page_js,
            icon,
            gallery_css,
            desk_css,
            neutral_theme,
        })
    }
}

fn absent(file: &str) -> PagesError {
    PagesError::Contents {
        file: file.to_owned(),
        problem: "not in the binary".to_owned(),
    }
}
