//! The arrows of `docs/architecture.md` against `cargo metadata`, and the fences around foreign crates:
//! code and drawing cannot drift apart.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected fails there and then"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// Our crates by the name of their folder, with what each depends on outside tests.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--no-deps",
            "--format-version",
            "1",
            "--offline",
        ])
        .current_dir(ROOT)
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut all = BTreeMap::new();
    for package in metadata["packages"].as_array().unwrap() {
        let depends = package["dependencies"].as_array().unwrap().iter();
        let names = depends
            .filter(|dependency| dependency["kind"].is_null())
            .map(|dependency| folder(dependency["name"].as_str().unwrap()));
        all.insert(folder(package["name"].as_str().unwrap()), names.collect());
    }
    all
}

fn folder(package: &str) -> String {
    package
        .strip_prefix("renkei-")
        .unwrap_or(package)
        .to_owned()
}

#[test]
fn the_drawing_shows_the_arrows_there_are() {
    let text = std::fs::read_to_string(format!("{ROOT}/docs/architecture.md")).unwrap();
    let block = text.split("```arrows").nth(1).unwrap();
    let block = block.split("```").next().unwrap();
    let drawn: BTreeMap<String, BTreeSet<String>> = block
        .lines()
        .filter_map(|line| line.split_once("->"))
        .map(|(from, to)| {
            let to = to.split_whitespace().map(str::to_owned).collect();
            (from.trim().to_owned(), to)
        })
        .collect();
    let all = dependencies();
    let ours = |name: &String| all.contains_key(name);
    let real: BTreeMap<_, BTreeSet<_>> = all
        .iter()
        .map(|(from, to)| {
            (
                from.clone(),
                to.iter().filter(|name| ours(name)).cloned().collect(),
            )
        })
        .collect();
    assert_eq!(drawn, real);
}

#[test]
fn foreign_crates_stay_behind_their_fences() {
    let all = dependencies();
    for (foreign, allowed) in FENCES {
        let users: BTreeSet<_> = all
            .iter()
            .filter(|(_, to)| to.contains(foreign))
            .map(|(from, _)| from.as_str())
            .collect();
        let allowed: BTreeSet<_> = allowed.iter().copied().chain(UNFENCED).collect();
        assert!(users.is_subset(&allowed), "{foreign} is used by {users:?}");
    }
}

#[test]
fn every_crate_inherits_the_lints() {
    for name in dependencies().keys() {
        let manifest = std::fs::read_to_string(format!("{ROOT}/crates/{name}/Cargo.toml")).unwrap();
        assert!(manifest.contains("[lints]\nworkspace = true"), "{name}");
    }
}

/// Foreign crates that only these may use. The binary composes, so it mounts what the server offers.
const FENCES: [(&str, &[&str]); 16] = [
    ("actix-tls", &["server"]),
    ("actix-web", &["server", "renkei"]),
    ("argon2", &["bank"]),
    ("clap", &["renkei"]),
    ("config", &["renkei"]),
    ("diesel", &["store"]),
    ("encoding_rs", &["egov"]),
    ("flate2", &["egov"]),
    ("fluent-bundle", &["pages"]),
    ("lettre", &["notify"]),
    ("oauth2", &[]),
    ("qrcode", &["pages"]),
    ("roxmltree", &["egov"]),
    ("serde-saphyr", &["tenant"]),
    ("tera", &["pages"]),
    ("webauthn-rs", &["passkey"]),
];
/// The sample app proves the public interface alone; the benchmark is never shipped.
const UNFENCED: [&str; 2] = ["integrator", "bench"];
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
