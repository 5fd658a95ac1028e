//! Every page in both languages with plain, long and troubled samples.

use std::collections::BTreeSet;

use renkei_pages::{Frame, Problem};
use serde_json::Value;

use crate::shared::{choosers, desks, html, links, samples};

/// Every page there is, with a name for messages.
pub(crate) fn every_page() -> Vec<(String, String)> {
    let pages = samples::pages();
    let mut all = Vec::new();
    for lang in ["ja", "en"] {
        for kind in samples::kinds() {
            for tenant in samples::banks_with(kind) {
                let mut add = |frame: &Frame, view: &Value, errors: &[Problem]| {
                    let page = pages.step(&tenant, lang, kind, frame, view, errors);
                    all.push((format!("{tenant} {lang} {kind}"), page.expect("a page")));
                };
                let first = samples::frame(lang, 1, Some(6));
                let mut alone = samples::frame(lang, 2, None);
                alone.client = None;
                add(&first, &samples::view(kind), &[]);
                add(&first, &samples::view(kind), &samples::problems(kind));
                add(&samples::long_frame(lang), &samples::edge_view(kind), &[]);
                if kind != "consent" {
                    // the sample without an option has nothing to leave out
                    let troubled = samples::problems(kind);
                    add(
                        &samples::long_frame(lang),
                        &samples::edge_view(kind),
                        &troubled,
                    );
                }
                add(&alone, &samples::view(kind), &[]);
                let mut paying = alone.clone();
                paying.payee = Some("見本省会計課".to_owned());
                add(&paying, &samples::view(kind), &[]);
                for (view, problems) in samples::states(kind) {
                    add(&first, &view, &problems);
                }
            }
        }
        for (name, page) in links::pages(lang) {
            let page = pages.links(lang, &links::frame(lang), &page);
            all.push((format!("{lang} {name}"), page.expect("a page")));
        }
        for (name, page, problems) in desks::pages() {
            let page = pages.desk(lang, &desks::frame(&page), &page, &problems);
            all.push((format!("{lang} desk {name}"), page.expect("a page")));
        }
        for (name, chooser) in choosers::choosers(lang) {
            let page = pages.chooser(lang, &chooser).expect("a page");
            all.push((format!("{lang} chooser {name}"), page));
        }
        for (name, ending) in samples::endings() {
            for tenant in [None, Some(&samples::face(lang))] {
                let page = pages
                    .ending(tenant, lang, Some(&samples::language_urls()), &ending)
                    .expect("a page");
                all.push((format!("{lang} {name}"), page));
            }
        }
    }
    all
}

#[test]
fn no_page_carries_inline_style_or_script() {
    for (name, page) in every_page() {
        for forbidden in [
            "<style",
            " style=",
            "<script>",
            " onclick=",
            " onsubmit=",
            "javascript:",
        ] {
            assert!(!page.contains(forbidden), "{name}: {forbidden}");
        }
    }
}

#[test]
fn every_control_has_a_label_and_every_reference_a_target() {
    for (name, page) in every_page() {
        let ids: Vec<&str> = page
            .split(" id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let distinct: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), distinct.len(), "{name}: an id twice: {ids:?}");
        let labels: BTreeSet<&str> = html::tags(&page, "label")
            .iter()
            .filter_map(|tag| html::attribute(tag, "for"))
            .collect();
        for input in html::tags(&page, "input") {
            if html::attribute(input, "type") != Some("hidden") {
                let id = html::attribute(input, "id").expect("an id");
                assert!(labels.contains(id), "{name}: no label for {id}");
            }
        }
        for attribute in ["aria-describedby", "aria-labelledby"] {
            for rest in page.split(&format!(" {attribute}=\"")).skip(1) {
                for id in rest.split('"').next().unwrap_or_default().split(' ') {
                    assert!(distinct.contains(id), "{name}: {attribute} {id}");
                }
            }
        }
        for link in html::tags(&page, "a") {
            if let Some(id) = html::attribute(link, "href").and_then(|href| href.strip_prefix('#'))
            {
                assert!(distinct.contains(id), "{name}: link to {id}");
            }
        }
    }
}
