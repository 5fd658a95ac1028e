//! Somebody at the ministries' desk.

use renkei_core::totp;
use renkei_egov::number::ArriveId;
use reqwest::StatusCode;
use serde_json::Value;

use crate::browser::{Browser, Page};
use crate::clock::now;
use crate::platform::Platform;

/// Somebody at the desk.
pub(crate) struct Staff {
    pub(crate) browser: Browser,
    pub(crate) home: String,
}

impl Staff {
    pub(crate) fn new(platform: &Platform) -> Self {
        Self {
            browser: Browser::new(),
            home: format!("{}/egov/desk", platform.base_url()),
        }
    }

    /// A member of the demo's staff, logged in.
    pub(crate) async fn logged_in(platform: &Platform, login: &str) -> Self {
        let mut staff = Self::new(platform);
        let (password, secret) = demo(platform, login);
        let code = totp::code_at(&secret, now()).unwrap();
        let page = staff.log_in(login, &password, &code).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.html);
        assert!(page.html.contains("id=\"logout\""), "{}", page.html);
        staff
    }

    pub(crate) async fn log_in(&mut self, login: &str, password: &str, code: &str) -> Page {
        let page = self.open("/login").await;
        let controls = [("login", login), ("password", password), ("otp", code)];
        self.submit(&page, "/login", &controls).await
    }

    pub(crate) async fn open(&mut self, path: &str) -> Page {
        let url = format!("{}{path}", self.home);
        self.browser.open(&url).await
    }

    /// Posts a form of the page, and follows.
    pub(crate) async fn submit(
        &mut self,
        page: &Page,
        path: &str,
        controls: &[(&str, &str)],
    ) -> Page {
        let mut form = vec![("csrf", page.hidden("csrf"))];
        let own = controls
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()));
        form.extend(own);
        let url = format!("{}{path}", self.home);
        let answer = self.browser.post_to(&url, &form).await;
        match answer.location() {
            Some(next) => self.browser.open(next.as_str()).await,
            None => answer,
        }
    }

    /// Does an act by its page, confirming it where that is asked for.
    pub(crate) async fn act(
        &mut self,
        id: &ArriveId,
        act: &str,
        controls: &[(&str, &str)],
    ) -> Page {
        let path = format!("/applications/{id}/acts/{act}");
        let page = self.open(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{act}: {}", page.html);
        let version = page.hidden("version");
        let mut posted = vec![("version", version.as_str())];
        posted.extend_from_slice(controls);
        let asked = self.submit(&page, &path, &posted).await;
        if !asked.html.contains("value=\"confirmed\"") {
            return asked;
        }
        posted.push(("stop", "confirmed"));
        self.submit(&asked, &path, &posted).await
    }
}

/// Password and secret of a member of the demo's staff.
pub(crate) fn demo(platform: &Platform, login: &str) -> (String, String) {
    let info: Value = serde_json::from_str(&platform.command(&["demo", "info", "--json"])).unwrap();
    let staff = info["egov"]["staff"].as_array().unwrap();
    let one = staff.iter().find(|one| one["login"] == login).unwrap();
    let word = |name: &str| one[name].as_str().unwrap().to_owned();
    (word("password"), word("totp_secret"))
}
