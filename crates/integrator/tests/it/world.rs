//! One app, one platform, one browser, for one test.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops where its world does not stand"
)]

use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use actix_web::dev::ServerHandle;
use renkei_integrator::Settings;

use crate::browser::Browser;
use crate::fake::{Fake, Shared};

pub(crate) struct World {
    pub(crate) platform: Shared,
    pub(crate) browser: Browser,
    pub(crate) app_url: String,
    settings: Settings,
    app: ServerHandle,
    fake: ServerHandle,
}

impl World {
    pub(crate) fn new() -> Self {
        let (platform, base_url, fake) = Fake::start();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let app_url = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
        let settings = settings(&app_url, &base_url);
        let app = run(&settings, listener);
        let browser = Browser::new(&app_url);
        Self {
            platform,
            browser,
            app_url,
            settings,
            app,
            fake,
        }
    }

    /// The platform is gone, as when its machine is off.
    pub(crate) async fn switch_platform_off(&self) {
        self.fake.stop(false).await;
    }

    /// The app ends and starts again with the same files.
    pub(crate) async fn restart_app(&mut self) {
        self.app.stop(false).await;
        let port = self.app_url.rsplit_once(':').unwrap().1;
        let listener = TcpListener::bind(format!("127.0.0.1:{port}")).unwrap();
        self.app = run(&self.settings, listener);
    }

    /// Links the one bank there is, up to the accounts.
    pub(crate) async fn link(&mut self) -> String {
        self.browser.get("/").await;
        self.browser.press("link-2476").await;
        self.browser.go_on().await;
        self.browser.path()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.settings.state_dir);
    }
}

fn run(settings: &Settings, listener: TcpListener) -> ServerHandle {
    let server = renkei_integrator::server(settings, vec![listener]).expect("the app starts");
    let handle = server.handle();
    actix_web::rt::spawn(server);
    handle
}

fn settings(app_url: &str, base_url: &str) -> Settings {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("integrator-it-{}-{count}", std::process::id());
    let state_dir: PathBuf = std::env::temp_dir().join(name);
    let _ = std::fs::remove_dir_all(&state_dir);
    serde_json::from_value(serde_json::json!({
        "listen": "127.0.0.1", "port": 0, "app_url": app_url, "base_url": base_url,
        "client_id": "kakehashi", "client_secret": "planted-client-secret",
        "scopes": "accounts balances transactions", "state_dir": state_dir,
        "banks": [{ "bank_code": "2476", "name": "飛驒信用組合" }],
    }))
    .unwrap()
}
