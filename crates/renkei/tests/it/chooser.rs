//! Which bank? The list, the search in every writing, the remembered choice, the warnings of the check.

use std::fs;
use std::path::Path;

use reqwest::StatusCode;
use url::Url;

use crate::app::{App, parameter};
use crate::browser::{Browser, Page, attribute};
use crate::journey::Customer;
use crate::platform::{Engine, Platform};

/// Writes a bank that is as Hidashin but for its name, code and group, and what is added to its file.
pub(crate) fn bank(root: &Path, id: &str, code: &str, names: [&str; 2], group: &str, more: &str) {
    let (from, to) = (root.join("tenants/hidashin"), root.join("tenants").join(id));
    fs::create_dir_all(to.join("texts")).unwrap();
    for file in ["theme.yaml", "demo.yaml", "texts/ja.ftl", "texts/en.ftl"] {
        fs::copy(from.join(file), to.join(file)).unwrap();
    }
    let text = fs::read_to_string(from.join("tenant.yaml")).unwrap();
    let text = text
        .replace("bank_code: \"2476\"", &format!("bank_code: \"{code}\""))
        .replacen(
            "\nkind: ",
            &format!("\nbank_list: {{ name: \"{code}\" }}\nkind: "),
            1,
        )
        .replace(
            "飛驒信用組合, en: Hidashin Credit Union",
            &names.join(", en: "),
        )
        .replace("mtls.hidashin.", &format!("mtls.{id}."))
        .replace(
            "ja: ひだしん法人インターネットバンキング",
            "ja: 法人バンキング",
        )
        .replace(
            "en: Hidashin Corporate Internet Banking",
            "en: Corporate Banking",
        )
        .replace("group: credit_unions\n", &format!("group: {group}\n{more}"));
    fs::write(to.join("tenant.yaml"), text).unwrap();
}

/// Hidashin and nobody else.
pub(crate) fn hidashin_alone(root: &Path) {
    for entry in fs::read_dir(root.join("tenants")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("hidashin") {
            fs::remove_dir_all(path).unwrap();
        }
    }
}

/// Three banks that let the apps in, and one that does not.
fn four_banks(root: &Path) {
    hidashin_alone(root);
    let names = ["空知商工信用組合", "Sorachi Credit Union"];
    bank(root, "sorachi", "2019", names, "credit_unions", "");
    let names = ["みずほ銀行", "Mizuho Bank"];
    bank(root, "mizuho", "0001", names, "banks", "");
    let names = ["ハナ信用組合", "Hana Credit Union"];
    bank(root, "hana", "2277", names, "credit_unions", "");
    let file = root.join("tenants/hana/tenant.yaml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(file, text.replace("  kakehashi-kaikei: {}\n", "")).unwrap();
}

impl Page {
    /// The links by which a bank is chosen: code and address.
    fn choices(&self) -> Vec<(String, Url)> {
        let links = self
            .tags("a")
            .filter(|tag| attribute(tag, "class").as_deref() == Some("bank"));
        let link = |tag: &str| {
            let url = self.url.join(&attribute(tag, "href").unwrap()).unwrap();
            (parameter(&url, "bank").unwrap(), url)
        };
        links.map(link).collect()
    }

    fn codes(&self) -> Vec<String> {
        self.choices().into_iter().map(|(code, _)| code).collect()
    }

    /// Where the search form leads with something typed into it, as a browser without scripts sends it.
    fn searched(&self, typed: &str) -> String {
        let mut url = self
            .url
            .join(&attribute(self.tags("form").next().unwrap(), "action").unwrap());
        let url = url.as_mut().unwrap();
        url.set_query(None);
        for tag in self.tags("input") {
            let value = match attribute(tag, "name").as_deref() {
                Some("q") => typed.to_owned(),
                _ => attribute(tag, "value").unwrap(),
            };
            url.query_pairs_mut()
                .append_pair(&attribute(tag, "name").unwrap(), &value);
        }
        url.to_string()
    }
}

fn pairs(url: &Url) -> std::collections::BTreeMap<String, String> {
    url.query_pairs().into_owned().collect()
}

#[tokio::test]
async fn the_only_bank_is_gone_to_and_several_are_shown_by_group() {
    let platform = Platform::start_with(Engine::Sqlite, hidashin_alone);
    let app = App::of(&platform, "plain_confidential");
    let page = Browser::new().open(&app.authorize(&[("bank", "")])).await;
    assert_eq!(page.step(), "login");

    let platform = Platform::start_with(Engine::Sqlite, four_banks);
    let app = App::of(&platform, "plain_confidential");
    let page = Browser::new().open(&app.authorize(&[("bank", "")])).await;
    assert_eq!(page.status, StatusCode::OK);
    // Those that let the app in, unions first, by their reading: そらち before ひだ.
    assert_eq!(page.codes(), ["2019", "2476", "0001"]);
    for part in [
        "信用組合</h2>",
        "銀行</h2>",
        "かけはし会計（",
        "飛驒信用組合",
        "法人バンキング",
        "金融機関コード 2019",
    ] {
        assert!(page.html.contains(part), "{part}\n{}", page.html);
    }
    let english = Browser::new()
        .open(&app.authorize(&[("bank", ""), ("ui_locales", "en")]))
        .await;
    assert!(english.html.contains("Sorachi Credit Union") && english.html.contains("lang=\"en\""));
    // A bank that the app is not let in by is not offered, and an empty name is none.
    let named = Browser::new()
        .fetch(&app.authorize(&[("bank", "2277")]))
        .await;
    let error = parameter(&named.location().unwrap(), "error");
    assert_eq!(error.as_deref(), Some("unauthorized_client"));
    let empty = Browser::new()
        .open(&format!("{}&bank=", app.authorize(&[("bank", "")])))
        .await;
    assert_eq!(empty.codes().len(), 3);
}

#[tokio::test]
async fn choosing_goes_on_with_the_same_request() {
    let platform = Platform::start_with(Engine::Sqlite, four_banks);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "hida0001");
    let asked = app.authorize(&[
        ("bank", ""),
        ("unknown", "ünï & code"),
        ("scope", "accounts balances"),
    ]);
    let page = customer.browser.open(&asked).await;
    // By way of the search, whose form carries everything along.
    let page = customer.browser.open(&page.searched("ひだ")).await;
    let (_, url) = page.choices().swap_remove(0);
    let mut expected = pairs(&Url::parse(&asked).unwrap());
    expected.insert("bank".to_owned(), "2476".to_owned());
    assert_eq!(pairs(&url), expected);
    let page = customer.browser.open(url.as_str()).await;
    assert_eq!(page.step(), "login");
    let end = customer.walk(page).await;
    let tokens = app.redeem(&app.receive(&end)).await;
    assert_eq!(tokens.text("scope"), "accounts balances");
}

#[tokio::test]
async fn a_bank_is_found_in_each_writing_without_scripts() {
    let platform = Platform::start_with(Engine::Sqlite, four_banks);
    let app = App::of(&platform, "plain_confidential");
    let mut browser = Browser::new();
    let page = browser.open(&app.authorize(&[("bank", "")])).await;
    for typed in [
        "飛騨",
        "飛驒信用組合",
        "ヒダ",
        "ひだしんくみ",
        "ﾋﾀﾞ",
        "hida",
        "Hidashin",
        "ＨＩＤＡ",
        "2476",
        "２４７",
        "  ひだ ",
    ] {
        let found = browser.open(&page.searched(typed)).await;
        assert_eq!(found.codes(), ["2476"], "{typed}");
        assert!(found.html.contains("1件見つかりました"), "{typed}");
    }
    for (typed, codes) in [
        ("しょうこう", "2019"),
        ("shoko", "2019"),
        ("みずほぎんこう", "0001"),
        ("2", "2019 2476"),
        ("", "2019 2476 0001"),
        ("　", "2019 2476 0001"),
    ] {
        let found = browser.open(&page.searched(typed)).await;
        assert_eq!(found.codes().join(" "), codes, "{typed}");
    }
    let none = browser.open(&page.searched("<b>東京\"")).await;
    assert_eq!((none.status, none.codes().len()), (StatusCode::OK, 0));
    assert!(
        none.html
            .contains("&lt;b&gt;東京&quot;」に当てはまる金融機関は見つかりませんでした")
    );
    assert!(none.html.contains("お問い合わせください") && none.html.contains("id=\"all\""));
    // Known to the platform, but not to this app: named, and no link.
    let elsewhere = browser.open(&page.searched("はな")).await;
    assert!(elsewhere.codes().is_empty() && elsewhere.html.contains("ハナ信用組合"));
    assert!(!page.html.contains("ハナ信用組合"));
    // The search stays when the language changes.
    let english = page
        .searched("hida")
        .replace("/authorize?", "/authorize?ui_locales=en&");
    let english = browser.open(&english).await;
    assert!(english.html.contains("finds 1 bank."), "{}", english.html);
    assert!(english.html.contains("ui_locales=ja&amp;q=hida"));
}

#[tokio::test]
async fn the_last_choice_is_remembered_on_the_device_by_its_code_alone() {
    let platform = Platform::start_with(Engine::Sqlite, four_banks);
    let app = App::of(&platform, "plain_confidential");
    let mut browser = Browser::new();
    let page = browser.open(&app.authorize(&[("bank", "")])).await;
    assert!(!page.html.contains("前回選んだ金融機関"));
    let (_, url) = page
        .choices()
        .into_iter()
        .find(|(code, _)| code == "0001")
        .unwrap();
    let chosen = browser.fetch(url.as_str()).await;
    let cookies = chosen.headers.get_all("set-cookie").iter();
    let cookie = cookies
        .map(|value| value.to_str().unwrap())
        .find(|text| text.starts_with("renkei_bank="))
        .unwrap();
    assert!(cookie.starts_with("renkei_bank=0001;"), "{cookie}");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );

    let again = browser.open(&app.authorize(&[("bank", "")])).await;
    assert_eq!(again.codes(), ["0001", "2019", "2476", "0001"]);
    assert!(again.html.contains("前回選んだ金融機関"));
    let searching = browser.open(&again.searched("ひだ")).await;
    assert_eq!(
        searching.codes(),
        ["2476"],
        "a search is answered by what it finds"
    );
    assert!(
        !Browser::new()
            .open(&app.authorize(&[("bank", "")]))
            .await
            .html
            .contains("前回")
    );
    for planted in ["2277", "9999", "<script>", ""] {
        browser.set_cookie("renkei_bank", planted);
        let page = browser.open(&app.authorize(&[("bank", "")])).await;
        assert_eq!(page.codes(), ["2019", "2476", "0001"], "{planted}");
    }
}

#[tokio::test]
async fn a_wrong_request_never_comes_to_the_choice_and_the_app_can_be_returned_to() {
    let platform = Platform::start_with(Engine::Sqlite, four_banks);
    let app = App::of(&platform, "plain_confidential");
    for (change, code) in [
        (("scope", "everything"), "invalid_scope"),
        (("code_challenge", ""), "invalid_request"),
        (("response_type", "token"), "unsupported_response_type"),
    ] {
        let page = Browser::new()
            .fetch(&app.authorize(&[("bank", ""), change]))
            .await;
        let error = parameter(&page.location().unwrap(), "error");
        assert_eq!(error.as_deref(), Some(code));
    }
    for change in [
        ("client_id", "nobody"),
        ("redirect_uri", "https://evil.example/"),
    ] {
        let page = Browser::new()
            .fetch(&app.authorize(&[("bank", ""), change]))
            .await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST);
        assert!(page.location().is_none() && page.codes().is_empty());
    }
    let page = Browser::new().open(&app.authorize(&[("bank", "")])).await;
    let back = page
        .tags("a")
        .find(|tag| attribute(tag, "id").as_deref() == Some("cancel"));
    let back = Url::parse(&attribute(back.unwrap(), "href").unwrap()).unwrap();
    assert!(back.as_str().starts_with(&app.redirect_uri));
    assert_eq!(parameter(&back, "error").as_deref(), Some("access_denied"));
    assert_eq!(
        parameter(&back, "state").as_deref(),
        Some("a state / with = signs")
    );
    assert_eq!(parameter(&back, "iss"), Some(app.issuer.clone()));
    // By POST as well (OpenID Connect Core section 3.1.2.1).
    let form: Vec<(String, String)> = pairs(&Url::parse(&app.authorize(&[("bank", "")])).unwrap())
        .into_iter()
        .collect();
    let form: Vec<_> = form
        .iter()
        .map(|(name, value)| (name.as_str(), value.clone()))
        .collect();
    let posted = Browser::new()
        .post_to(&format!("{}/authorize", app.base), &form)
        .await;
    assert_eq!(posted.codes().len(), 3);
}

#[test]
fn the_check_warns_of_a_code_nobody_knows_and_of_another_name() {
    let platform = Platform::start_with(Engine::Sqlite, |root| {
        hidashin_alone(root);
        bank(
            root,
            "trial",
            "9990",
            ["試験信用組合", "Trial"],
            "credit_unions",
            "",
        );
        bank(
            root,
            "wrong",
            "2019",
            ["北の信用組合", "North"],
            "credit_unions",
            "",
        );
    });
    let (ok, said, told) = platform.try_command(&["tenant", "check"]);
    assert!(
        ok && said.contains("in order: hidashin, trial, wrong"),
        "{said}"
    );
    for part in [
        "warning: tenants/trial/tenant.yaml:7:12: bank_code: 9990 is not in the zengin data",
        "warning: tenants/wrong/tenant.yaml:8:7: name: the zengin data calls 2019 空知商工信組",
    ] {
        assert!(told.contains(part), "{part} in\n{told}");
    }
    assert_eq!(told.matches("warning:").count(), 2, "{told}");
}

#[test]
fn the_names_are_refreshed_from_an_unpacked_package_and_from_nothing_else() {
    let platform = Platform::start_with(Engine::Sqlite, |root| {
        let package = root.join("package");
        fs::create_dir_all(package.join("lib")).unwrap();
        fs::create_dir(root.join("out")).unwrap();
        let manifest = r#"{"name":"zengin-code","version":"9.9"}"#;
        fs::write(package.join("package.json"), manifest).unwrap();
        fs::write(package.join("LICENSE.txt"), "MIT").unwrap();
        let names = |code: &str| {
            format!(r#""code":"{code}","name":"名","kana":"カ","hira":"か","roma":"ka""#)
        };
        let bank = |n: u32| {
            let code = format!("{n:04}");
            format!(
                r#""{code}":{{{},"branches":{{"001":{{{}}}}}}}"#,
                names(&code),
                names("001")
            )
        };
        let all: Vec<String> = (2000..2600).map(bank).collect();
        let data = format!("module.exports = {{{}}};", all.join(","));
        fs::write(package.join("lib/zengin-data.js"), data).unwrap();
    });
    let refresh = [
        "zengin", "refresh", "--from", "package", "--to", "out", "--bank", "2500",
    ];
    assert!(platform.command(&refresh).starts_with("600 banks, "));
    let read = |name: &str| fs::read_to_string(platform.folder().join("out").join(name)).unwrap();
    assert!(read("banks.tsv").starts_with("# zengin-code 9.9\n"));
    let branches = read("branches.tsv");
    for code in ["2476", "2500"] {
        assert!(
            branches.contains(&format!("\n{code}\t001\t名\t")),
            "{branches}"
        );
    }
    assert!(!branches.contains("\n2001\t") && read("LICENSE") == "MIT");
    let (ok, _, told) =
        platform.try_command(&["zengin", "refresh", "--from", "tenants", "--to", "out"]);
    assert!(
        !ok && told.contains("cannot read tenants/package.json"),
        "{told}"
    );
}
