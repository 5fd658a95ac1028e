//! The e-Gov half's commands, by flags alone.

use serde_json::Value;

use crate::egov_software::Software;
use crate::platform::{Engine, Platform};

fn lines(text: &str) -> Vec<Value> {
    let all = text.lines();
    all.map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[tokio::test]
async fn software_is_registered_listed_and_revoked() {
    let platform = Platform::start_with_egov(Engine::Sqlite, "");
    let mut software = Software::logged_in(&platform, 0).await;
    platform.command(&[
        "egov",
        "software",
        "add",
        "OWN-1",
        "--name",
        "自社ソフト",
        "--operation",
        "login",
        "--operation",
        "3.16",
    ]);
    let all = lines(&platform.command(&["egov", "software", "list", "--json"]));
    let own = all
        .iter()
        .find(|one| one["software_id"] == "OWN-1")
        .unwrap();
    assert_eq!(own["operations"], serde_json::json!(["login", "banks"]));
    "OWN-1".clone_into(&mut software.id);
    assert_eq!(
        software.get("/access/bank").await.status.as_u16(),
        401,
        "another's key"
    );
    software.log_in().await;
    assert_eq!(software.get("/access/bank").await.status.as_u16(), 200);
    assert_eq!(
        software.get("/access/reference/1").await.status.as_u16(),
        403
    );
    platform.command(&["egov", "software", "revoke", "OWN-1"]);
    assert_eq!(software.get("/access/bank").await.status.as_u16(), 403);
    let (ok, _, told) = platform.try_command(&[
        "egov",
        "software",
        "add",
        "X",
        "--name",
        "x",
        "--operation",
        "fly",
    ]);
    assert!(!ok && told.contains("fly"), "{told}");
    platform.command(&["audit", "verify"]);
}

#[test]
fn anchors_and_keys_are_kept_and_listed() {
    let platform = Platform::start_with_egov(Engine::Sqlite, "");
    let anchors = lines(&platform.command(&["egov", "anchor", "list", "--json"]));
    assert_eq!(anchors.len(), 2);
    let user = platform.info["egov"]["users"][0]["certificate"]
        .as_str()
        .unwrap()
        .to_owned();
    platform.command(&["egov", "anchor", "add", &user, "--for", "ministries"]);
    let anchors = lines(&platform.command(&["egov", "anchor", "list", "--json"]));
    let pinned: Vec<_> = anchors
        .iter()
        .filter(|one| one["authority"] == false)
        .collect();
    assert_eq!(pinned.len(), 1);
    assert_eq!(pinned[0]["for"], "ministries");

    let demo = platform.folder().join("egov/demo");
    let at = |name: &str| demo.join(name).display().to_string();
    let (key, own) = (at("100900.key"), at("100900.pem"));
    let (authority, other) = (at("ministries-ca.pem"), at("DEMO0001.key"));
    let add = |key: &str| {
        platform.try_command(&[
            "egov",
            "key",
            "add",
            "--ministry",
            "100123",
            "--key",
            key,
            "--certificate",
            &own,
            "--authority",
            &authority,
        ])
    };
    let (ok, _, told) = add(&other);
    assert!(!ok && told.contains("does not belong"), "{told}");
    let (ok, _, told) = add(&key);
    assert!(ok, "{told}");
    let listed = platform.command(&["egov", "key", "list"]);
    assert!(
        listed.contains("100123") && listed.contains("100900"),
        "{listed}"
    );
    let sealed = std::fs::read_to_string(platform.folder().join("egov/keys/100123.sealed"));
    assert!(!sealed.unwrap().contains("PRIVATE"));
}

#[test]
fn procedures_are_checked() {
    let platform = Platform::start_with_egov(Engine::Sqlite, "");
    let told = platform.command(&["egov", "procedure", "check"]);
    assert!(told.contains("in order: 4"), "{told}");
    let folder = platform.folder().join("wrong");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("a.yaml"), "procedures:\n  - id: short\n").unwrap();
    let folder = folder.display().to_string();
    let (ok, _, told) = platform.try_command(&["egov", "procedure", "check", &folder]);
    assert!(!ok && told.contains("a.yaml"), "{told}");
}

#[test]
fn staff_are_invited_by_a_link_and_listed() {
    let platform = Platform::start_with_egov(Engine::Sqlite, "");
    let link = platform.command(&[
        "staff",
        "add",
        "tanaka",
        "--name",
        "田中",
        "--role",
        "examiner",
        "--ministry",
        "100900",
    ]);
    let start = format!("{}/egov/desk/enrol/", platform.base_url());
    let token = link.trim().strip_prefix(&start).unwrap();
    assert_eq!(token.len(), 64);
    assert!(!platform.traces().contains(token), "the token was kept");
    let all = lines(&platform.command(&["staff", "list", "--json"]));
    let own = all.iter().find(|one| one["login"] == "tanaka").unwrap();
    assert_eq!(own["state"], "invited");
    assert!(all.iter().any(|one| one["state"] == "enrolled"), "{all:?}");
    platform.command(&["staff", "unlock", "tanaka"]);
    let (ok, _, told) = platform.try_command(&["staff", "unlock", "nobody"]);
    assert!(!ok && told.contains("nobody"), "{told}");
    let (ok, ..) =
        platform.try_command(&["staff", "add", "x", "--name", "x", "--role", "examiner"]);
    assert!(!ok, "an examiner without a ministry");
    let demo = platform.info["egov"]["staff"].as_array().unwrap();
    assert_eq!(demo.len(), 3);
    assert!(
        demo.iter()
            .all(|one| one["password"].is_string() && one["totp_secret"].is_string())
    );
}
