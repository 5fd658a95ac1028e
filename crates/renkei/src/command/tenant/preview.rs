//! `renkei tenant preview`: the gallery as files, and as pictures.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use renkei_core::text::Language;
use renkei_pages::gallery::as_file;

use self::camera::Camera;
use super::super::say;
use super::{bank, with_bank};
use crate::compose::pages_of;
use crate::settings::Settings;

mod camera;

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
    if asked.png {
        let count = pictures(&out, &names)?;
        say(&format!(
            "{count} pictures in {}",
            out.join("png").display()
        ));
    }
    Ok(())
}

/// The sizes pictures are made in.
const SIZES: [(&str, u32); 2] = [("phone", 390), ("desk", 1280)];

/// A picture of every page in every size.
fn pictures(out: &Path, names: &[String]) -> anyhow::Result<usize> {
    let folder = out.join("png");
    fs::create_dir_all(&folder)?;
    let out = fs::canonicalize(out)?;
    let mut camera = Camera::start(out.join("browser"))?;
    let mut taken = 0;
    for (size, width) in SIZES {
        for name in names {
            let page = out.join("pages").join(format!("{name}.html"));
            camera.take(&page, width, &folder.join(format!("{name}-{size}.png")))?;
            taken += 1;
        }
        say(&format!("{} pages photographed: {size}", names.len()));
    }
    Ok(taken)
}
