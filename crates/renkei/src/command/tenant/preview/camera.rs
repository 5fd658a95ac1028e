//! A Chromium without a window that takes pictures of pages, told what to do over its debugging pipe
//! (the Chrome `DevTools` Protocol: JSON messages, each ended by a zero byte). One browser takes all of them:
//! to start one costs far more than a picture.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, bail};
use openssl::base64::decode_block;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A browser with one page.
pub(super) struct Camera {
    process: Child,
    told: ChildStdin,
    heard: BufReader<ChildStdout>,
    profile: PathBuf,
    /// The session in which the page is told something.
    page: Option<String>,
    last_id: u64,
}

impl Camera {
    /// Starts the first Chromium there is on the PATH. What it remembers goes into `profile`, a folder of
    /// its own that is gone when the camera is.
    pub(super) fn start(profile: PathBuf) -> anyhow::Result<Self> {
        let browser = chromium()?;
        // The pipe is the browser's files 3 and 4; the shell puts ours there.
        let mut process = Command::new("sh")
            .args([
                "-c",
                "exec \"$@\" 3<&0 4>&1 0</dev/null 1>&2",
                "sh",
                browser,
            ])
            .args(SWITCHES)
            .arg(format!("--user-data-dir={}", profile.display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let told = process.stdin.take().context("no pipe")?;
        let heard = process.stdout.take().context("no pipe")?;
        let mut camera = Self {
            process,
            told,
            heard: BufReader::new(heard),
            profile,
            page: None,
            last_id: 0,
        };
        let blank = json!({ "url": "about:blank" });
        let target: Target = camera.call("Target.createTarget", &blank)?;
        let attach = json!({ "targetId": target.target_id, "flatten": true });
        let attached: Attached = camera.call("Target.attachToTarget", &attach)?;
        camera.page = Some(attached.session_id);
        Ok(camera)
    }

    /// Writes a picture of a whole page as PNG: as wide as told (CSS pixels), and as tall as the page.
    pub(super) fn take(&mut self, page: &Path, width: u32, picture: &Path) -> anyhow::Result<()> {
        self.screen(width, LEAST_HEIGHT)?;
        let address = json!({ "url": format!("file://{}", page.display()) });
        let opened: Opened = self.call("Page.navigate", &address)?;
        if let Some(error) = opened.error_text {
            bail!("{}: {error}", page.display());
        }
        let question = json!({ "expression": HEIGHT, "awaitPromise": true, "returnByValue": true });
        let height: Evaluated = self.call("Runtime.evaluate", &question)?;
        let height = height.result.value.clamp(LEAST_HEIGHT, MOST_HEIGHT);
        self.screen(width, height)?;
        let shot: Shot = self.call("Page.captureScreenshot", &json!({ "format": "png" }))?;
        let data = &shot.data;
        fs::write(picture, decode_block(data)?)?;
        Ok(())
    }

    fn screen(&mut self, width: u32, height: u32) -> anyhow::Result<()> {
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        let Nothing {} = self.call("Emulation.setDeviceMetricsOverride", &metrics)?;
        Ok(())
    }

    /// Tells the browser something, and what it answered.
    fn call<A: DeserializeOwned>(&mut self, method: &str, params: &Value) -> anyhow::Result<A> {
        self.last_id += 1;
        let message = Message {
            id: self.last_id,
            session_id: self.page.as_deref(),
            method,
            params,
        };
        let mut bytes = serde_json::to_vec(&message)?;
        bytes.push(0);
        self.told.write_all(&bytes)?;
        self.told.flush()?;
        // Events have no number.
        let answer = loop {
            let heard = self.hear()?;
            if heard.id == Some(self.last_id) {
                break heard;
            }
        };
        if let Some(error) = answer.error {
            bail!("{method}: {}", error.message);
        }
        Ok(serde_json::from_value(answer.result)?)
    }

    fn hear(&mut self) -> anyhow::Result<Heard> {
        let mut bytes = Vec::new();
        self.heard.read_until(0, &mut bytes)?;
        if bytes.pop() != Some(0) {
            bail!("the browser went away");
        }
        Ok(serde_json::from_slice(&bytes)?)
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Message<'a> {
    id: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    session_id: Option<&'a str>,
    method: &'a str,
    params: &'a Value,
}

#[derive(Deserialize)]
struct Heard {
    id: Option<u64>,
    #[serde(default)]
    result: Value,
    error: Option<Trouble>,
}

#[derive(Deserialize)]
struct Trouble {
    message: String,
}

#[derive(Deserialize)]
struct Nothing {}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Target {
    target_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Attached {
    session_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Opened {
    error_text: Option<String>,
}

#[derive(Deserialize)]
struct Evaluated {
    result: Height,
}

#[derive(Deserialize)]
struct Height {
    value: u32,
}

/// A picture in Base64.
#[derive(Deserialize)]
struct Shot {
    data: String,
}

impl Drop for Camera {
    fn drop(&mut self) {
        // It may have gone by itself; then there is nothing to end.
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.profile);
    }
}

/// The first Chromium there is.
fn chromium() -> anyhow::Result<&'static str> {
    let answers = |name: &&str| {
        let tried = Command::new(name)
            .arg("--version")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        tried.is_ok_and(|status| status.success())
    };
    let found = BROWSERS.into_iter().find(answers);
    found.with_context(|| {
        format!(
            "pictures need Chromium, and there is none on the PATH (looked for {})\n\n\
             hint: install it (Debian: apt install chromium), or leave out --png: the gallery is a \
             page that any browser opens",
            BROWSERS.join(", ")
        )
    })
}

const BROWSERS: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];
const SWITCHES: [&str; 7] = [
    "--headless",
    "--remote-debugging-pipe",
    "--no-sandbox",
    "--no-first-run",
    "--disable-gpu",
    "--hide-scrollbars",
    "--blink-settings=preferredColorScheme=1",
];
/// How tall the page is (CSS pixels), once all of it is there.
const HEIGHT: &str = "new Promise(done => { \
    const tell = () => done(document.documentElement.scrollHeight); \
    document.readyState === 'complete' ? tell() : addEventListener('load', tell) })";
const LEAST_HEIGHT: u32 = 600;
const MOST_HEIGHT: u32 = 6000;
