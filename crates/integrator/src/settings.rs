//! What a deployment of the app may set: defaults, then a file, then what `renkei demo info --json`
//! printed, then the environment (`RENKEI_APP__CLIENT_ID`).

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use anyhow::Context;
use config::{Config, Environment, File, FileFormat};
use oauth2::{ClientId, ClientSecret, RedirectUrl};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::demo_info;

/// Everything that can be set.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The addresses to listen on, separated by commas; the first must be free, the others may be missing
    /// on this machine.
    pub listen: String,
    /// The port on each of them.
    pub port: u16,
    /// The app's own address, as browsers see it, without a path.
    pub app_url: Url,
    /// The platform: its issuer name, without a slash at its end.
    pub base_url: String,
    /// Our name at the platform.
    pub client_id: ClientId,
    /// Our secret there; none for a public client.
    pub client_secret: Option<ClientSecret>,
    /// What we ask customers for, separated by spaces.
    pub scopes: String,
    /// Where links are kept; other users of this machine must not read it.
    pub state_dir: PathBuf,
    /// The banks to choose from.
    pub banks: Vec<Bank>,
}

/// A bank a customer can choose.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Bank {
    /// Four digits.
    #[serde(rename = "bank_code")]
    pub code: String,
    /// As customers know it.
    pub name: String,
}

impl Settings {
    /// Reads them. Files that are named must be there.
    pub fn load(file: Option<&Path>, demo_info: Option<&Path>) -> anyhow::Result<Self> {
        Self::layered(file, demo_info, Environment::with_prefix("RENKEI_APP"))
    }

    fn layered(
        file: Option<&Path>,
        demo_info: Option<&Path>,
        environment: Environment,
    ) -> anyhow::Result<Self> {
        let defaults = File::from_str(DEFAULTS, FileFormat::Toml);
        let mut given = Config::builder().add_source(defaults);
        if let Some(path) = file {
            given = given.add_source(File::from(path).required(true));
        }
        // Without parsing: a client_id of digits keeps its zeros.
        let environment = environment.prefix_separator("__").separator("__");
        if let Some(path) = demo_info {
            let callback = given.clone().add_source(environment.clone()).build()?;
            let callback = redirect_url(&callback.get::<Url>("app_url")?)?;
            let demo = demo_info::settings(path, &callback)?;
            given = given.add_source(File::from_str(&demo, FileFormat::Json));
        }
        let settings: Self = given
            .add_source(environment)
            .build()
            .and_then(Config::try_deserialize)
            .map_err(|error| {
                anyhow::anyhow!(
                    "the settings are not usable: {error}

{HINT}"
                )
            })?;
        settings.checked()
    }

    fn checked(mut self) -> anyhow::Result<Self> {
        let trimmed = self.base_url.trim_end_matches('/').to_owned();
        self.base_url = trimmed;
        Url::parse(&self.base_url)
            .with_context(|| format!("base_url is no address: `{}`", self.base_url))?;
        for bank in &self.banks {
            let digits = bank.code.bytes().all(|byte| byte.is_ascii_digit());
            anyhow::ensure!(
                digits && bank.code.len() == 4,
                "a bank_code has four digits, is `{}`",
                bank.code
            );
        }
        redirect_url(&self.app_url)?;
        self.addresses()?;
        Ok(self)
    }

    /// Where to listen.
    pub fn addresses(&self) -> anyhow::Result<Vec<SocketAddr>> {
        let hosts = self.listen.split(',').map(str::trim);
        hosts
            .map(|host| {
                let host: IpAddr = host
                    .parse()
                    .with_context(|| format!("listen: `{host}` is no address"))?;
                Ok(SocketAddr::new(host, self.port))
            })
            .collect()
    }

    /// Where the platform sends the browser back to.
    pub(crate) fn redirect_url(&self) -> anyhow::Result<RedirectUrl> {
        redirect_url(&self.app_url)
    }

    /// Whether browsers reach the app over TLS.
    pub(crate) fn is_secure(&self) -> bool {
        self.app_url.scheme() == "https"
    }
}

fn redirect_url(app_url: &Url) -> anyhow::Result<RedirectUrl> {
    let callback = app_url
        .join("/callback")
        .context("app_url cannot carry /callback")?;
    Ok(RedirectUrl::from_url(callback))
}

const HINT: &str =
    "hint: `client_id` has no default; set `RENKEI_APP__CLIENT_ID` or give `--demo-info FILE`";

const DEFAULTS: &str = r#"
listen = "127.0.0.1,::1"
port = 8090
app_url = "http://localhost:8090"
base_url = "http://localhost:8080"
scopes = "accounts balances transactions"
state_dir = "var/app"
banks = [{ bank_code = "2476", name = "飛驒信用組合" }]
"#;

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn environment(pairs: &[(&str, &str)]) -> Environment {
        let pairs = pairs
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        Environment::with_prefix("RENKEI_APP").source(Some(pairs.collect()))
    }

    fn file(name: &str, text: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("integrator-{}-{name}", std::process::id()));
        std::fs::File::create(&path)
            .unwrap()
            .write_all(text.as_bytes())
            .unwrap();
        path
    }

    #[test]
    fn a_client_id_is_all_that_must_be_set() {
        let given = environment(&[("RENKEI_APP__CLIENT_ID", "kakehashi")]);
        let settings = Settings::layered(None, None, given).unwrap();
        assert_eq!(settings.client_id.as_str(), "kakehashi");
        assert!(settings.client_secret.is_none());
        assert_eq!(
            settings.redirect_url().unwrap().as_str(),
            "http://localhost:8090/callback"
        );
        assert_eq!(settings.banks.first().unwrap().code, "2476");
        assert!(Settings::layered(None, None, environment(&[])).is_err());
    }

    #[test]
    fn the_environment_wins_over_the_file() {
        let path = file(
            "a.toml",
            "client_id = \"file\"\nport = 1\nstate_dir = \"/tmp/x\"\n",
        );
        let given = environment(&[
            ("RENKEI_APP__CLIENT_ID", "environment"),
            ("RENKEI_APP__BASE_URL", "https://renkei.example/"),
            ("RENKEI_APP__LISTEN", "0.0.0.0"),
        ]);
        let settings = Settings::layered(Some(&path), None, given).unwrap();
        assert_eq!(settings.client_id.as_str(), "environment");
        assert_eq!(
            settings.addresses().unwrap(),
            ["0.0.0.0:1".parse().unwrap()]
        );
        assert_eq!(settings.base_url, "https://renkei.example");
    }

    #[test]
    fn secrets_do_not_show() {
        let given = environment(&[
            ("RENKEI_APP__CLIENT_ID", "a"),
            ("RENKEI_APP__CLIENT_SECRET", "planted-secret"),
        ]);
        let settings = Settings::layered(None, None, given).unwrap();
        assert!(!format!("{settings:?}").contains("planted-secret"));
    }

    #[test]
    fn unknown_names_and_wrong_bank_codes_are_refused() {
        for text in [
            "client_id = \"a\"\nbanck = 1",
            "client_id = \"a\"\nbanks = [{ bank_code = \"24\", name = \"x\" }]",
        ] {
            let path = file("b.toml", text);
            assert!(
                Settings::layered(Some(&path), None, environment(&[])).is_err(),
                "{text}"
            );
        }
    }

    #[test]
    fn the_demo_names_the_platform_the_banks_and_our_client() {
        let demo = r#"{
            "base_url": "http://localhost:9080", "app_url": "http://localhost:8090",
            "tenants": [{"id": "hidashin", "bank_code": "2476", "name": "飛驒信用組合"},
                        {"id": "sorachi", "bank_code": "2030", "name": "空知商工信用組合"}],
            "clients": [
                {"client_id": "public", "profile": "plain_public", "redirect_uris": ["http://localhost:8090/callback"]},
                {"client_id": "elsewhere", "client_secret": "no", "profile": "plain_confidential", "redirect_uris": ["http://localhost:1/callback"]},
                {"client_id": "ours", "client_secret": "s", "profile": "plain_confidential", "redirect_uris": ["http://localhost:8090/callback"]}],
            "customers": []
        }"#;
        let path = file("demo.json", demo);
        let settings = Settings::layered(None, Some(&path), environment(&[])).unwrap();
        assert_eq!(settings.client_id.as_str(), "ours");
        assert_eq!(settings.base_url, "http://localhost:9080");
        assert_eq!(settings.banks.len(), 2);
        let elsewhere = environment(&[("RENKEI_APP__APP_URL", "http://localhost:7777")]);
        assert!(Settings::layered(None, Some(&path), elsewhere).is_err());
    }
}
