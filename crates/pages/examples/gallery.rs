//! Writes every page with sample data to a folder: `cargo run -p renkei-pages --example gallery -- DIR`.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a tool for developers"
)]

use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "../tests/shared/choosers.rs"]
mod choosers;
#[path = "../tests/shared/links.rs"]
mod links;
#[path = "../tests/shared/samples.rs"]
mod samples;

fn main() {
    let folder: PathBuf = env::args().nth(1).expect("a folder to write to").into();
    fs::create_dir_all(folder.join("assets")).expect("the folder");
    let pages = samples::pages();
    for name in pages.asset_names() {
        let asset = pages.asset(name).expect("an asset by its name");
        fs::write(folder.join("assets").join(name), &asset.bytes).expect("an asset");
    }
    for lang in ["ja", "en"] {
        for (n, kind) in (1..).zip(samples::KINDS) {
            let frame = samples::frame(lang, n, Some(6));
            let page = |frame, view, errors: &[_]| {
                pages
                    .step("hidashin", lang, kind, frame, view, errors)
                    .expect("a page")
            };
            let (view, edge) = (samples::view(kind), samples::edge_view(kind));
            write(
                &folder,
                &format!("{lang}-{n}-{kind}"),
                &page(&frame, &view, &[]),
            );
            let errors = samples::problems(kind);
            write(
                &folder,
                &format!("{lang}-{n}-{kind}-errors"),
                &page(&frame, &view, &errors),
            );
            let long = samples::long_frame(lang);
            write(
                &folder,
                &format!("{lang}-{n}-{kind}-edge"),
                &page(&long, &edge, &[]),
            );
        }
        for (name, page) in links::pages(lang) {
            let page = pages
                .links(lang, &links::frame(lang), &page)
                .expect("a page");
            write(&folder, &format!("{lang}-own-{name}"), &page);
        }
        for (name, chooser) in choosers::choosers(lang) {
            let page = pages.chooser(lang, &chooser).expect("a page");
            write(&folder, &format!("{lang}-chooser-{name}"), &page);
        }
        for (name, ending) in samples::endings() {
            let face = samples::face(lang);
            for (tenant, prefix) in [(Some(&face), "bank"), (None, "neutral")] {
                let page = pages
                    .ending(tenant, lang, Some(&samples::language_urls()), &ending)
                    .expect("a page");
                write(&folder, &format!("{lang}-{prefix}-{name}"), &page);
            }
        }
    }
}

fn write(folder: &Path, name: &str, page: &str) {
    let page = page.replace("\"/assets/", "\"assets/");
    fs::write(folder.join(format!("{name}.html")), page).expect("a page");
}
