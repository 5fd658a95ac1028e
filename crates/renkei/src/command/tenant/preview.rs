//! `renkei tenant preview`: the gallery as files, and as pictures.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, anyhow, bail};
use clap::Args;
use renkei_core::text::Language;
use renkei_pages::gallery::as_file;

use super::super::say;
use super::{bank, with_bank};
use crate::compose::pages_of;
use crate::settings::Settings;

/// What is asked of `renkei tenant preview`.
#[derive(Args)]
pub(crate) struct Preview {
    /// The bank: its id, or the path of its folder.
    tenant: PathBuf,
    /// Where the gallery goes; `var/preview/<id>` when not given.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Also make a picture of every page; needs Chromium.
    #[arg(long)]
    png: bool,
}

pub(crate) fn run(asked: &Preview, settings: &Settings) -> anyhow::Result<()> {
    let browser = asked.png.then(chromium).transpose()?;
    let (set, id) = with_bank(&asked.tenant, settings)?;
    let live = pages_of(set)?;
    let loaded = bank(&live.tenants, &id)?;
    let preview = renkei_server::Preview::of(&live, loaded, &settings.base_url)?;
    let out = asked.out.clone();
    let out = out.unwrap_or_else(|| PathBuf::from("var/preview").join(id.as_str()));
    fs::create_dir_all(out.join("assets"))?;
    fs::create_dir_all(out.join("pages"))?;
    for name in live.pages.asset_names() {
        if let Some(asset) = live.pages.asset(name) {
            fs::write(out.join("assets").join(name), &asset.bytes)?;
        }
    }
    let names = preview.names();
    for name in &names {
        if let Some(page) = preview.page(name) {
            let file = out.join("pages").join(format!("{name}.html"));
            fs::write(file, as_file(&page?, "../"))?;
        }
    }
    let index = preview.index(Language::Japanese, |name| format!("pages/{name}.html"))?;
    let index_file = out.join("index.html");
    fs::write(&index_file, as_file(&index, ""))?;
    say(&format!(
        "{} pages: open {}",
        names.len(),
        index_file.display()
    ));
    if let Some(browser) = browser {
        let count = pictures(&browser, &out, &names)?;
        say(&format!(
            "{count} pictures in {}",
            out.join("png").display()
        ));
    }
    Ok(())
}

/// The sizes pictures are made in.
const SIZES: [(&str, u32); 2] = [("phone", 390), ("desk", 1280)];

/// A picture of every page in every size, as tall as the page; several browsers work at once, because
/// each spends most of its time on starting.
fn pictures(browser: &str, out: &Path, names: &[String]) -> anyhow::Result<usize> {
    fs::create_dir_all(out.join("png"))?;
    let out = fs::canonicalize(out)?;
    let mut shots = Vec::new();
    for (size, width) in SIZES {
        for (name, height) in names.iter().zip(heights(browser, &out, names, width)?) {
            shots.push(Shot {
                page: out.join("pages").join(format!("{name}.html")),
                picture: out.join("png").join(format!("{name}-{size}.png")),
                window: format!("{width},{height}"),
            });
        }
    }
    thread::scope(|scope| {
        let share = |share: &'_ [Shot]| share.iter().try_for_each(|shot| shot.take(browser));
        let hands: Vec<_> = shots
            .chunks(shots.len().div_ceil(AT_ONCE).max(1))
            .map(|shots| scope.spawn(move || share(shots)))
            .collect();
        hands
            .into_iter()
            .try_for_each(|hand| hand.join().map_err(|_| anyhow!("a picture failed"))?)
    })?;
    Ok(shots.len())
}

struct Shot {
    page: PathBuf,
    picture: PathBuf,
    window: String,
}

impl Shot {
    fn take(&self, browser: &str) -> anyhow::Result<()> {
        let done = headless(browser)
            .arg(format!("--window-size={}", self.window))
            .arg(format!("--screenshot={}", self.picture.display()))
            .arg(format!("file://{}", self.page.display()))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()?;
        if !done.success() || !self.picture.is_file() {
            bail!("{browser} made no picture of {}", self.page.display());
        }
        Ok(())
    }
}

/// How tall each page is in this width: all at once, in one sheet that measures its frames.
fn heights(browser: &str, out: &Path, names: &[String], width: u32) -> anyhow::Result<Vec<u32>> {
    let sheet = out.join("sheet.html");
    let frames: Vec<String> = names
        .iter()
        .map(|name| {
            format!("<iframe src=\"pages/{name}.html\" width=\"{width}\" height=\"600\"></iframe>")
        })
        .collect();
    let style = "<!doctype html><title></title><style>iframe { border: 0 }</style>";
    fs::write(&sheet, format!("{style}{}{MEASURE}", frames.concat()))?;
    let output = headless(browser)
        .args(["--allow-file-access-from-files", "--dump-dom"])
        .arg("--virtual-time-budget=20000")
        .arg(format!("file://{}", sheet.display()))
        .stderr(Stdio::null())
        .output();
    fs::remove_file(&sheet)?;
    let dom = String::from_utf8_lossy(&output?.stdout).into_owned();
    let told = dom
        .split_once("<title>")
        .and_then(|(_, rest)| rest.split_once("</title>"))
        .map_or("", |(told, _)| told);
    let heights: Vec<u32> = told
        .split(' ')
        .filter_map(|height| height.parse().ok())
        .map(|height: u32| height.clamp(LEAST_HEIGHT, MOST_HEIGHT))
        .collect();
    if heights.len() != names.len() {
        bail!("{browser} did not measure the pages");
    }
    Ok(heights)
}

/// A browser without a window and without anything it remembers.
fn headless(browser: &str) -> Command {
    let mut command = Command::new(browser);
    command.args([
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--force-device-scale-factor=1",
        "--blink-settings=preferredColorScheme=1",
    ]);
    command
}

/// The first Chromium there is.
fn chromium() -> anyhow::Result<String> {
    let answers = |name: &&str| {
        let tried = Command::new(name)
            .arg("--version")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        tried.is_ok_and(|status| status.success())
    };
    let found = BROWSERS.iter().find(|name| answers(name));
    let found = found.with_context(|| {
        format!(
            "pictures need Chromium, and there is none on the PATH (looked for {})\n\n\
             hint: install it (Debian: apt install chromium), or leave out --png: the gallery is a \
             page that any browser opens",
            BROWSERS.join(", ")
        )
    })?;
    Ok((*found).to_owned())
}

const BROWSERS: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];
const AT_ONCE: usize = 4;
const LEAST_HEIGHT: u32 = 600;
const MOST_HEIGHT: u32 = 6000;
const MEASURE: &str = "<script>addEventListener('load', () => { document.title = \
    [...document.querySelectorAll('iframe')].map(f => \
    Math.ceil(f.contentDocument.documentElement.scrollHeight)).join(' ') })</script>";
