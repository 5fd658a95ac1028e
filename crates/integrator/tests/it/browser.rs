//! A browser without scripts: cookies, one page at a time, forms by the id of their button.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at what is not on the page"
)]

use reqwest::header::LOCATION;
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};
use url::Url;

pub(crate) struct Browser {
    client: Client,
    at: Url,
    pub(crate) status: StatusCode,
    pub(crate) html: String,
    /// Where the last answer sends us; not followed by itself.
    pub(crate) location: Option<Url>,
}

impl Browser {
    pub(crate) fn new(app_url: &str) -> Self {
        let client = Client::builder()
            // An app that was restarted takes its connections with it; a browser would open another.
            .pool_max_idle_per_host(0)
            .cookie_store(true)
            .redirect(Policy::none())
            .no_proxy();
        Self {
            client: client.build().unwrap(),
            at: Url::parse(app_url).unwrap(),
            status: StatusCode::OK,
            html: String::new(),
            location: None,
        }
    }

    /// Opens an address, relative ones from where we are, and follows redirects within the app.
    pub(crate) async fn get(&mut self, address: &str) {
        self.open(address).await;
        while let Some(next) = self
            .location
            .clone()
            .filter(|next| next.origin() == self.at.origin())
        {
            self.open(next.as_str()).await;
        }
    }

    /// Opens an address and follows nothing.
    pub(crate) async fn open(&mut self, address: &str) {
        let url = self.at.join(address).unwrap();
        let answer = self.client.get(url).send().await.unwrap();
        self.take(answer).await;
    }

    /// Presses a button of a form that posts. Where that leads is in `location`.
    pub(crate) async fn press(&mut self, id: &str) {
        let button = self
            .html
            .find(&format!("id=\"{id}\""))
            .unwrap_or_else(|| panic!("no {id}:\n{}", self.html));
        let (before, after) = self.html.split_at(button);
        let form = before.rsplit_once("<form").unwrap().1;
        let action = attribute(form, "action").unwrap();
        let mut fields: Vec<(String, String)> = Vec::new();
        for input in form.split("<input").skip(1) {
            fields.push((
                attribute(input, "name").unwrap(),
                attribute(input, "value").unwrap(),
            ));
        }
        let tag = after.split_once('>').unwrap().0;
        if let Some(name) = attribute(tag, "name") {
            fields.push((name, attribute(tag, "value").unwrap()));
        }
        self.post(&action, &fields).await;
    }

    pub(crate) async fn post(&mut self, address: &str, fields: &[(String, String)]) {
        let url = self.at.join(address).unwrap();
        let answer = self.client.post(url).form(fields).send().await.unwrap();
        self.take(answer).await;
    }

    /// Follows the last answer, to the platform and back, until a page stays.
    pub(crate) async fn go_on(&mut self) {
        while let Some(next) = self.location.clone() {
            self.open(next.as_str()).await;
        }
    }

    pub(crate) fn path(&self) -> String {
        self.at.path().to_owned()
    }

    pub(crate) fn query(&self) -> String {
        self.at.query().unwrap_or_default().to_owned()
    }

    pub(crate) fn shows(&self, text: &str) -> bool {
        self.html.contains(text)
    }

    #[track_caller]
    pub(crate) fn must_show(&self, text: &str) {
        assert!(
            self.shows(text),
            "`{text}` is not on {}:\n{}",
            self.at,
            self.html
        );
    }

    async fn take(&mut self, answer: Response) {
        self.at = answer.url().clone();
        self.status = answer.status();
        let location = answer
            .headers()
            .get(LOCATION)
            .map(|to| to.to_str().expect("ASCII").to_owned());
        self.location = location.map(|to| self.at.join(&to).unwrap());
        self.html = answer.text().await.unwrap();
    }
}

/// The value of an attribute in the text after a tag's name, up to the tag's end.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let tag = tag.split('>').next()?;
    let value = tag.split_once(&format!("{name}=\""))?.1.split_once('"')?.0;
    Some(
        value
            .replace("&amp;", "&")
            .replace("&#x2F;", "/")
            .replace("&#47;", "/"),
    )
}
