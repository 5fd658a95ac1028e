//! What a bank's own people use: check, new, explain, diff, preview.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::browser::Browser;
use crate::platform::{Engine, Platform};

/// Changes a bank's file, which must hold what is replaced.
fn replace(platform: &Platform, file: &str, from: &str, to: &str) {
    let path = platform.folder().join("tenants/hidashin").join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "no `{from}` in {file}");
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

fn new(platform: &Platform, id: &str, code: &str) -> String {
    let names = [
        "--name-ja",
        "青空信用組合",
        "--name-en",
        "Aozora Credit Union",
    ];
    let args = [&["tenant", "new", id], &names[..], &["--bank-code", code]].concat();
    platform.command(&args)
}

/// What `check` says of one change.
fn told_of(file: &str, from: &str, to: &str) -> (bool, String) {
    let platform = Platform::prepare(Engine::Sqlite);
    replace(&platform, file, from, to);
    let (ok, _, told) = platform.try_command(&["tenant", "check"]);
    (ok, told)
}

#[test]
fn check_finds_what_no_schema_can() {
    for (file, from, to, wanted) in [
        (
            "tenant.yaml",
            "when: { risk: ask }",
            "when: { risk: deny }",
            "journey[2].security_question.when.risk: this step can never be reached",
        ),
        (
            "tenant.yaml",
            "when: { risk: ask }",
            "when: { risk_at_least: 89, client: [kakehashi-kaike] }",
            "did you mean `kakehashi-kaikei`?",
        ),
        (
            "tenant.yaml",
            "ask_at: 40",
            "ask_at: 899",
            "must be above `ask_at`",
        ),
        (
            "tenant.yaml",
            "scopes: [accounts, balances",
            "scopes: [accounts, balance",
            "did you mean `balances`?",
        ),
        (
            "tenant.yaml",
            "attempts: 5",
            "attempts: 21",
            "must be 1 to 20, is 21",
        ),
        (
            "tenant.yaml",
            "  - consent: { gate: option }",
            "",
            "the last step must be `consent`",
        ),
        (
            "texts/en.ftl",
            "{ $app }",
            "{ $ap }",
            "did you mean `{ $app }`?",
        ),
        (
            "texts/ja.ftl",
            "{ $app }にて",
            "アプリにて",
            "uses no placeholder, and $app in texts/en.ftl",
        ),
        (
            "texts/ja.ftl",
            "= 口座一覧",
            "= 空知商工信用組合の口座",
            "names another bank: `空知商工信用組合` is the bank `sorachi`",
        ),
        (
            "theme.yaml",
            "brand: \"#1f5b46\"",
            "brand: \"#dfeee6\"",
            "must be 4.5 or more (WCAG AA)",
        ),
    ] {
        let (ok, told) = told_of(file, from, to);
        assert!(!ok, "{to}: {told}");
        assert!(told.contains(wanted), "no `{wanted}` in:\n{told}");
    }
}

#[test]
fn a_warning_does_not_fail_and_says_what_was_meant() {
    let (ok, told) = told_of(
        "texts/ja.ftl",
        "consent-section = ",
        "consent-sektion = 意思\nconsent-section = ",
    );
    assert!(ok, "{told}");
    for wanted in [
        ": consent-sektion: no page asks",
        "did you mean `consent-section`?",
        "1 warning",
    ] {
        assert!(told.contains(wanted), "no `{wanted}` in:\n{told}");
    }
}

#[test]
fn a_slip_in_a_key_that_a_page_puts_together_is_noticed() {
    let (ok, told) = told_of(
        "texts/en.ftl",
        "login-label-login_id",
        "login-label-login_ld",
    );
    assert!(ok, "{told}");
    assert!(
        told.contains("did you mean `login-label-login_id`?"),
        "{told}"
    );
}

#[test]
fn editors_read_the_same_as_json() {
    let platform = Platform::prepare(Engine::Sqlite);
    replace(&platform, "tenant.yaml", "seal: 飛", "seal: 飛驒");
    let (ok, told, _) = platform.try_command(&["tenant", "check", "--format", "json"]);
    assert!(!ok);
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["errors"], 1);
    let one = &told["diagnostics"][0];
    assert_eq!(
        (&one["line"], &one["column"]),
        (&10.into(), &7.into()),
        "{told}"
    );
    assert_eq!(
        (&one["severity"], &one["path"]),
        (&"error".into(), &"seal".into())
    );
    assert!(one["hint"].is_string());
}

#[test]
fn a_new_bank_passes_every_check_and_nothing_is_overwritten() {
    let platform = Platform::prepare(Engine::Sqlite);
    let (ok, _, told) = platform.try_command(&["tenant", "new", "aozora"]);
    assert!(!ok);
    assert!(told.contains("--name-ja, --name-en, --bank-code"), "{told}");
    assert!(new(&platform, "aozora", "9901").contains("in order: aozora"));
    assert!(
        platform
            .command(&["tenant", "check"])
            .contains("in order: aozora, hana, hidashin, mizuho, sorachi")
    );
    platform.command(&["demo", "seed"]);

    let folder = platform.folder().join("tenants/aozora");
    for file in ["tenant.yaml", "theme.yaml", "demo.yaml"] {
        let text = fs::read_to_string(folder.join(file)).unwrap();
        assert!(
            text.starts_with("# yaml-language-server: $schema=../"),
            "{file}"
        );
    }
    let before = fs::read_to_string(folder.join("tenant.yaml")).unwrap();
    let names = [
        "--name-ja",
        "別",
        "--name-en",
        "Other",
        "--bank-code",
        "9902",
    ];
    let (ok, _, told) = platform.try_command(&[&["tenant", "new", "aozora"], &names[..]].concat());
    assert!(!ok && told.contains("there already"), "{told}");
    assert_eq!(
        before,
        fs::read_to_string(folder.join("tenant.yaml")).unwrap()
    );
}

#[test]
fn two_banks_of_one_code_are_told_apart_by_check() {
    let platform = Platform::prepare(Engine::Sqlite);
    new(&platform, "aozora", "2476");
    let (ok, _, told) = platform.try_command(&["tenant", "check"]);
    assert!(
        !ok && told.contains("the bank code 2476 is that of `aozora` too"),
        "{told}"
    );
}

#[test]
fn two_banks_of_one_name_in_the_list_of_banks_and_a_plan_that_cannot_pay_are_refused() {
    let platform = Platform::prepare(Engine::Sqlite);
    let file = platform.folder().join("tenants/hana/tenant.yaml");
    let text = fs::read_to_string(&file).unwrap();
    let same = text.replacen(
        "kind: credit_union",
        "kind: credit_union\nbank_list: { name: 飛驒信用組合 }",
        1,
    );
    fs::write(&file, same).unwrap();
    let (ok, _, told) = platform.try_command(&["tenant", "check"]);
    let words = "the name in e-Gov's list 飛驒信用組合 is that of `hana` too";
    assert!(!ok && told.contains(words), "{told}");
    let broken = text
        .replacen("kind: credit_union\n", "", 1)
        .replacen(
            "  - account_selection: {}\n",
            "  - service_selection: {}\n",
            1,
        )
        .replacen("  - payment_confirmation: {}\n", "", 1);
    fs::write(&file, broken).unwrap();
    let (ok, _, told) = platform.try_command(&["tenant", "check"]);
    assert!(!ok, "{told}");
    for words in [
        "the last step must be `payment_confirmation`",
        "no step chooses the account",
        "this step has no place where a fee is paid",
        "says not what kind of institution pays",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
}

#[test]
fn a_plan_is_explained_for_a_case() {
    let platform = Platform::prepare(Engine::Sqlite);
    let explain =
        |args: &[&str]| platform.command(&[&["tenant", "explain", "hidashin"], args].concat());
    let case = [
        "--customer",
        "hida0001",
        "--client",
        "kakehashi-pocket",
        "--risk",
        "new_device",
    ];
    let told = explain(&case);
    for wanted in [
        "● 3. security_question",
        "when risk: ask holds: score 40 (new_device), verdict ask",
        "○ 4. service_selection",
        "the client is registered without a choice of services",
        "◐ 5. inquiry_pin",
    ] {
        assert!(told.contains(wanted), "no `{wanted}` in:\n{told}");
    }
    assert!(explain(&["--score", "10"]).contains("left out: the risk is too low"));
    assert!(explain(&["--score", "90"]).contains("not reached: the risk step refuses"));
    assert!(explain(&["--format", "mermaid"]).starts_with("flowchart TD"));
    explain(&["--svg", "plan.svg"]);
    let svg = fs::read_to_string(platform.folder().join("plan.svg")).unwrap();
    assert!(svg.starts_with("<svg ") && svg.contains("security_question"));
    let (ok, _, told) = platform.try_command(&["tenant", "explain", "hidashin", "--risk", "rain"]);
    assert!(!ok && told.contains("`rain` is not a signal"), "{told}");
}

#[test]
fn differences_are_told_and_end_with_one() {
    let platform = Platform::prepare(Engine::Sqlite);
    assert!(
        platform
            .command(&["tenant", "diff", "hidashin", "hidashin"])
            .contains("nothing differs")
    );
    let old = platform.folder().join("old/hidashin");
    copy(&platform.folder().join("tenants/hidashin"), &old);
    replace(&platform, "tenant.yaml", "link_days: 90", "link_days: 180");
    replace(
        &platform,
        "tenant.yaml",
        "  - service_selection: { screen_id: BL0802 }\n",
        "",
    );
    replace(
        &platform,
        "texts/ja.ftl",
        "consent-continue = 許可",
        "consent-continue = 許可する",
    );
    replace(&platform, "theme.yaml", "radius: 12px", "radius: 8px");
    let (ok, told, _) = platform.try_command(&["tenant", "diff", "old/hidashin", "hidashin"]);
    assert!(!ok);
    for wanted in [
        "- service_selection: was step 4",
        "~ life.link_days\n      - 90\n      + 180",
        "~ consent-continue\n      - 許可\n      + 許可する",
        "~ radius",
        "4 differences",
    ] {
        assert!(told.contains(wanted), "no `{wanted}` in:\n{told}");
    }
}

#[tokio::test]
async fn the_gallery_shows_every_page_and_is_served_where_the_setting_says_so() {
    let mut platform = Platform::prepare(Engine::Sqlite);
    platform.command(&["tenant", "preview", "hidashin", "--out", "gallery"]);
    let folder = platform.folder().join("gallery");
    let index = fs::read_to_string(folder.join("index.html")).unwrap();
    let frames: Vec<&str> = index
        .split("<iframe src=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert!(frames.len() > 100 && !index.contains("<script"));
    for frame in &frames {
        let page = fs::read_to_string(folder.join(frame)).unwrap();
        let style = page.split("rel=\"stylesheet\" href=\"").nth(1).unwrap();
        let style = style.split('"').next().unwrap();
        assert!(
            folder.join("pages").join(style).is_file(),
            "{frame}: {style}"
        );
    }
    for page in [
        "ja-login-wrong",
        "en-consent-missing",
        "ja-inquiry_pin-many",
    ] {
        assert!(
            frames.contains(&format!("pages/{page}.html").as_str()),
            "{page}"
        );
    }

    platform.run();
    let gallery = format!("{}/preview/hidashin", platform.base_url());
    assert_eq!(
        Browser::new().open(&gallery).await.status,
        404,
        "off by default"
    );
    platform.kill();
    fs::write(platform.folder().join("renkei.toml"), "preview = true\n").unwrap();
    platform.run();
    let served = Browser::new().open(&gallery).await;
    assert_eq!(served.status, 200);
    assert!(served.html.contains("/preview/hidashin/ja-login-first"));
    let page = Browser::new()
        .open(&format!("{gallery}/en-login-wrong"))
        .await;
    assert!(page.html.contains("API Link Authentication (Registration)"));
    let list = Browser::new()
        .open(&format!("{}/preview", platform.base_url()))
        .await;
    assert!(list.html.contains("飛驒信用組合"));
    assert_eq!(
        Browser::new()
            .open(&format!("{gallery}/ja-nothing"))
            .await
            .status,
        404
    );
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
