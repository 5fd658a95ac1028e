//! What pages are made of: texts, templates, assets and themes.

use std::collections::{BTreeMap, BTreeSet};

use renkei_pages::{Pages, TenantWords, theme};

use crate::shared::samples;

#[test]
fn broken_words_and_templates_are_told_with_file_and_line() {
    let with = |texts: &str, template: Option<&str>| {
        let mut tenant = samples::bare("broken");
        tenant.texts.insert("ja".to_owned(), texts.to_owned());
        if let Some(source) = template {
            tenant
                .templates
                .insert("login.html".to_owned(), source.to_owned());
        }
        Pages::new(vec![tenant])
            .map(|_| ())
            .expect_err("broken")
            .to_string()
    };
    let text = with("good = yes\n\nbad = { $open\n", None);
    assert!(text.starts_with("tenants/broken/texts/ja.ftl:"), "{text}");
    assert!(with("twice = a\ntwice = b\n", None).contains("twice"));
    let template = with("a = b\n", Some("one\n{{ two"));
    assert!(
        template.contains("tenants/broken/templates/login.html:"),
        "{template}"
    );
}

#[test]
fn a_tenant_may_replace_one_template_and_keep_the_rest() {
    let own = "{% extends \"page.html\" %}{% block step %}<p>own</p>{% endblock %}";
    let mut tenant: TenantWords = samples::shipped("hidashin");
    tenant.templates = BTreeMap::from([("login.html".to_owned(), own.to_owned())]);
    let pages = Pages::new(vec![tenant]).expect("words and templates");
    let frame = samples::frame("ja", 1, None);
    let step = |kind: &str| pages.step("hidashin", "ja", kind, &frame, &samples::view(kind), &[]);
    assert!(step("login").expect("a page").contains("<p>own</p>"));
    assert!(step("consent").expect("a page").contains("意思確認"));
}

#[test]
fn both_languages_have_the_same_texts_and_every_needed_one() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let texts = |path: std::path::PathBuf| -> Vec<String> {
        let files = if path.is_dir() {
            let files = std::fs::read_dir(path).expect("a folder");
            files.map(|file| file.expect("a file").path()).collect()
        } else {
            vec![path]
        };
        let read = |file| std::fs::read_to_string(file).expect("texts");
        files.into_iter().map(read).collect()
    };
    for [ja, en] in [
        ["locales/ja", "locales/en"],
        [
            "tenants/hidashin/texts/ja.ftl",
            "tenants/hidashin/texts/en.ftl",
        ],
        ["tenants/mizuho/texts/ja.ftl", "tenants/mizuho/texts/en.ftl"],
        [
            "tenants/sorachi/texts/ja.ftl",
            "tenants/sorachi/texts/en.ftl",
        ],
        ["tenants/hana/texts/ja.ftl", "tenants/hana/texts/en.ftl"],
    ] {
        let keys = |path: &str| -> BTreeSet<String> {
            let sources = texts(root.join(path));
            let lines = sources.iter().flat_map(|source| source.lines());
            lines
                .filter(|line| line.starts_with(char::is_alphabetic))
                .filter_map(|line| line.split_once(" ="))
                .map(|(key, _)| key.to_owned())
                .collect()
        };
        assert_eq!(keys(ja), keys(en), "{ja}");
    }
    let pages = samples::pages();
    for kind in samples::kinds() {
        let needed = Pages::required_texts(kind);
        assert!(needed.len() > 20, "{kind}: {needed:?}");
        for key in needed {
            for lang in ["ja", "en"] {
                assert!(pages.has_text(None, lang, &key), "{kind}: {key} in {lang}");
            }
        }
    }
}

#[test]
fn mails_speak_both_languages_and_carry_no_link() {
    let pages = samples::pages();
    for occasion in [
        "mail-factor-registered",
        "mail-link-created",
        "mail-link-ended",
        "mail-link-renewed",
        "mail-link-superseded",
        "mail-locked",
        "mail-one-time-password",
    ] {
        for lang in ["ja", "en"] {
            for part in ["subject", "body"] {
                let args = [
                    ("app", "かけはし会計".into()),
                    ("bank", "飛驒信用組合".into()),
                    ("by", "らくらく家計簿".into()),
                    ("way", "app".into()),
                    ("code", "012345".into()),
                    ("minutes", 5.into()),
                ];
                let text = pages.text(Some("hidashin"), lang, &format!("{occasion}-{part}"), &args);
                assert!(!text.expect("a text").contains("http"));
            }
        }
    }
}

#[test]
fn assets_are_found_by_the_names_pages_link_to() {
    let pages = samples::pages();
    let frame = samples::frame("ja", 1, None);
    let page = pages.step(
        "hidashin",
        "ja",
        "login",
        &frame,
        &samples::view("login"),
        &[],
    );
    let page = page.expect("a page");
    let links: Vec<&str> = page
        .split("\"/assets/")
        .skip(1)
        .filter_map(|l| l.split('"').next())
        .collect();
    assert_eq!(links.len(), 4);
    for name in links {
        let asset = pages.asset(name).expect("an asset");
        assert!(
            !asset.bytes.is_empty() && asset.etag.starts_with('"'),
            "{name}"
        );
    }
    assert!(pages.asset("page.css").is_none());
}

#[test]
fn the_themes_of_the_banks_can_be_read_in_light_and_dark() {
    for bank in ["hidashin", "sorachi", "hana", "mizuho"] {
        let file = format!("../../tenants/{bank}/theme.yaml");
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let tokens = samples::tokens(&std::fs::read_to_string(file).expect("a theme"));
        assert!(tokens.len() > 15);
        assert_eq!(theme::problems(&tokens), [], "{bank}");
    }
}
