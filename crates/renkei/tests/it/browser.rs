//! A browser as a value: cookies, forms, redirects one by one.

use std::collections::BTreeMap;

use reqwest::header::{HeaderMap, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, StatusCode};
use url::Url;

/// One browser: its cookies are its own.
#[derive(Clone)]
pub(crate) struct Browser {
    http: Client,
    cookies: BTreeMap<String, String>,
}

/// What came back.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) url: Url,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) html: String,
}

impl Browser {
    pub(crate) fn new() -> Self {
        Self {
            http: http(),
            cookies: BTreeMap::new(),
        }
    }

    /// Fetches, without following.
    pub(crate) async fn fetch(&mut self, url: &str) -> Page {
        let request = self.http.get(url);
        self.send(request).await
    }

    /// Opens an address and follows redirects within the platform; stops at one that leaves it.
    pub(crate) async fn open(&mut self, url: &str) -> Page {
        let page = self.fetch(url).await;
        self.follow(page).await
    }

    /// Fills the page's form and presses its button.
    pub(crate) async fn submit(&mut self, page: &Page, controls: &[(&str, &str)]) -> Page {
        let page = self.post(page, controls).await;
        self.follow(page).await
    }

    /// The same, without following.
    pub(crate) async fn post(&mut self, page: &Page, controls: &[(&str, &str)]) -> Page {
        let mut form = vec![
            ("csrf", page.hidden("csrf")),
            ("version", page.hidden("version")),
        ];
        form.extend(
            controls
                .iter()
                .map(|(name, value)| (*name, (*value).to_owned())),
        );
        self.post_to(&page.form_action(), &form).await
    }

    /// Presses the way back.
    pub(crate) async fn cancel(&mut self, page: &Page) -> Page {
        let action = page
            .actions()
            .into_iter()
            .find(|a| a.ends_with("/cancel"))
            .unwrap();
        self.post_to(&action, &[("csrf", page.hidden("csrf"))])
            .await
    }

    /// Posts as our own pages do: they send no referrer, so their origin is `null`.
    pub(crate) async fn post_to(&mut self, url: &str, form: &[(&str, String)]) -> Page {
        self.post_from(url, form, "null", "same-origin").await
    }

    /// Posts as a page of some origin does.
    pub(crate) async fn post_from(
        &mut self,
        url: &str,
        form: &[(&str, String)],
        origin: &str,
        site: &str,
    ) -> Page {
        let request = self
            .http
            .post(url)
            .header("origin", origin)
            .header("sec-fetch-site", site);
        self.send(request.form(form)).await
    }

    pub(crate) fn cookies(&self) -> &BTreeMap<String, String> {
        &self.cookies
    }

    pub(crate) fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    async fn follow(&mut self, mut page: Page) -> Page {
        for _ in 0..10 {
            match page.location() {
                Some(next)
                    if next.host_str() == page.url.host_str() && next.port() == page.url.port() =>
                {
                    page = self.fetch(next.as_str()).await;
                }
                _ => return page,
            }
        }
        panic!("more than ten redirects from {}", page.url);
    }

    async fn send(&mut self, request: RequestBuilder) -> Page {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(n, v)| format!("{n}={v}"))
            .collect();
        let response = request
            .header("cookie", cookies.join("; "))
            .send()
            .await
            .unwrap();
        for value in response.headers().get_all(SET_COOKIE) {
            let (name, rest) = value.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        Page {
            url: response.url().clone(),
            status: response.status(),
            headers: response.headers().clone(),
            html: response.text().await.unwrap(),
        }
    }
}

impl Page {
    /// The number that the page gives to read out.
    pub(crate) fn incident(&self) -> String {
        let (_, rest) = self.html.split_once("id=\"incident\">").unwrap();
        rest.split('<').next().unwrap().to_owned()
    }

    /// Where it sends the browser.
    pub(crate) fn location(&self) -> Option<Url> {
        let text = self.headers.get(LOCATION)?.to_str().unwrap();
        Some(self.url.join(text).unwrap())
    }

    /// The value of a hidden control.
    pub(crate) fn hidden(&self, name: &str) -> String {
        let tag = self
            .tags("input")
            .find(|tag| attribute(tag, "name").as_deref() == Some(name));
        let tag =
            tag.unwrap_or_else(|| panic!("no control `{name}` on {}\n{}", self.url, self.html));
        attribute(tag, "value").unwrap_or_default()
    }

    /// Where its main form goes: the first that is not the way back.
    pub(crate) fn form_action(&self) -> String {
        let action = self
            .actions()
            .into_iter()
            .find(|action| !action.ends_with("/cancel"));
        action.unwrap_or_else(|| panic!("no form on {}\n{}", self.url, self.html))
    }

    pub(crate) fn actions(&self) -> Vec<String> {
        self.tags("form")
            .filter_map(|tag| attribute(tag, "action"))
            .map(|action| self.url.join(&action).unwrap().to_string())
            .collect()
    }

    /// The values of every control of a name.
    pub(crate) fn values(&self, name: &str) -> Vec<String> {
        self.tags("input")
            .filter(|tag| {
                !tag.contains(" disabled") && attribute(tag, "name").as_deref() == Some(name)
            })
            .filter_map(|tag| attribute(tag, "value"))
            .collect()
    }

    /// The names of the controls that begin so, in order.
    pub(crate) fn names(&self, beginning: &str) -> Vec<String> {
        self.tags("input")
            .filter_map(|tag| attribute(tag, "name"))
            .filter(|name| name.starts_with(beginning))
            .collect()
    }

    /// Where a link leads, by its id.
    pub(crate) fn link(&self, id: &str) -> String {
        let tag = self
            .tags("a")
            .find(|tag| attribute(tag, "id").as_deref() == Some(id));
        let tag = tag.unwrap_or_else(|| panic!("no link `{id}` on {}\n{}", self.url, self.html));
        attribute(tag, "href").unwrap_or_default()
    }

    /// An attribute of its main form.
    #[cfg(feature = "passkey-soft")]
    pub(crate) fn of_form(&self, name: &str) -> String {
        let tag = self.tags("form").next().unwrap();
        attribute(tag, name).unwrap_or_else(|| panic!("no `{name}` on {}", self.url))
    }

    /// The words between the tags of an element without children, by its id.
    pub(crate) fn words(&self, id: &str) -> String {
        let from = self.html.find(&format!(" id=\"{id}\""));
        let from = from.unwrap_or_else(|| panic!("no `{id}` on {}\n{}", self.url, self.html));
        let rest = &self.html[from..];
        let rest = &rest[rest.find('>').unwrap() + 1..];
        rest[..rest.find('<').unwrap()].trim().to_owned()
    }

    /// The step it shows, by its address.
    pub(crate) fn step(&self) -> String {
        self.url
            .path_segments()
            .unwrap()
            .next_back()
            .unwrap()
            .to_owned()
    }

    pub(crate) fn tags<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.html.split('<').skip(1).filter_map(move |rest| {
            let tag = rest.split('>').next()?;
            let own = tag.split(char::is_whitespace).next()?;
            (own == name).then_some(tag)
        })
    }
}

pub(crate) fn attribute(tag: &str, name: &str) -> Option<String> {
    let from = tag
        .find(&format!(" {name}=\""))
        .or_else(|| tag.find(&format!("\n{name}=\"")))?;
    let value = tag[from..].split('"').nth(1)?;
    Some(
        value
            .replace("&amp;", "&")
            .replace("&#x27;", "'")
            .replace("&#x2F;", "/")
            .replace("&quot;", "\"")
            .replace("&lt;", "<")
            .replace("&gt;", ">"),
    )
}

/// A host name that tests give a bank; browsers resolve such names by themselves.
pub(crate) const BANK_HOST: &str = "bank.localhost";

/// An HTTP client that follows nothing.
pub(crate) fn http() -> Client {
    Client::builder()
        .resolve(BANK_HOST, ([127, 0, 0, 1], 0).into())
        .redirect(Policy::none())
        // A server that was killed takes its connections with it; a browser would open another.
        .pool_max_idle_per_host(0)
        .timeout(std::time::Duration::from_mins(1))
        .build()
        .unwrap()
}
