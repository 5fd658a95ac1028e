//! Reads what `renkei demo info --json` prints, so that the app finds its client and the banks of the
//! demo by itself. Only the documented fields are looked at.

use std::path::Path;

use anyhow::Context;
use oauth2::RedirectUrl;
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
struct Demo {
    base_url: String,
    tenants: Vec<Tenant>,
    clients: Vec<Client>,
}

#[derive(Deserialize)]
struct Tenant {
    bank_code: String,
    name: String,
}

#[derive(Deserialize)]
struct Client {
    #[serde(rename = "client_id")]
    id: String,
    #[serde(rename = "client_secret")]
    secret: Option<String>,
    profile: String,
    #[serde(default)]
    redirect_uris: Vec<String>,
}

/// The layer of settings it stands for, as JSON: the platform, its banks, and the first confidential
/// client that may return to `callback`.
pub(crate) fn settings(path: &Path, callback: &RedirectUrl) -> anyhow::Result<String> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {shown}"))?;
    // The reason would quote the text, and the text holds secrets.
    let demo: Demo = serde_json::from_str(&text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        anyhow::anyhow!("{shown}:{line}:{column}: not what `renkei demo info --json` prints")
    })?;
    let client = demo
        .clients
        .iter()
        .find(|client| client.suits(callback))
        .with_context(|| {
            format!(
                "{shown} has no plain_confidential client for `{}`",
                callback.as_str()
            )
        })?;
    let banks: Vec<_> = demo
        .tenants
        .iter()
        .map(|tenant| json!({ "bank_code": tenant.bank_code, "name": tenant.name }))
        .collect();
    let layer = json!({
        "base_url": demo.base_url, "banks": banks,
        "client_id": client.id, "client_secret": client.secret,
    });
    Ok(layer.to_string())
}

impl Client {
    fn suits(&self, callback: &RedirectUrl) -> bool {
        let returns_here = self
            .redirect_uris
            .iter()
            .any(|uri| uri == callback.as_str());
        self.profile == "plain_confidential" && returns_here
    }
}
