//! What the domain needs of a bank: identity, life spans, limits, services, and which clients it lets
//! in. Made by the tenant loader, immutable afterwards; its files are none of our business here.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use renkei_oauth::client::ClientId;
use renkei_oauth::scope::Scopes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::attempt::AttemptLimit;
use crate::journey::plan::Plan;
use crate::link::Policy;
use crate::port::Factor;
use crate::text::{Bilingual, Language};

/// A bank on the platform: `hidashin`. Lower-case letters, digits and hyphens, 2 to 32 characters,
/// beginning with a letter; never one of the platform's own first path segments.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TenantId(Arc<str>);

/// Text that cannot name a tenant.
#[derive(Debug, thiserror::Error)]
pub enum NotATenantId {
    /// Wrong alphabet or length.
    #[error(
        "a tenant id has 2 to 32 lower-case letters, digits or hyphens and begins with a letter"
    )]
    Malformed,
    /// The platform's own addresses begin so.
    #[error("`{0}` is the beginning of one of the platform's own addresses")]
    Reserved(String),
}

impl TenantId {
    /// Nobody's name, for samples.
    pub fn sample() -> Self {
        Self(Arc::from("sample"))
    }

    /// Parses a folder name or a path segment.
    pub fn parse(text: &str) -> Result<Self, NotATenantId> {
        let alphabet = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let well_formed = (2..=32).contains(&text.len())
            && text.bytes().all(alphabet)
            && text.starts_with(|c: char| c.is_ascii_lowercase());
        if !well_formed {
            return Err(NotATenantId::Malformed);
        }
        if RESERVED.contains(&text) {
            return Err(NotATenantId::Reserved(text.to_owned()));
        }
        Ok(Self(text.into()))
    }

    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TenantId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for TenantId {
    type Error = NotATenantId;

    fn try_from(text: String) -> Result<Self, NotATenantId> {
        Self::parse(&text)
    }
}

impl From<TenantId> for String {
    fn from(id: TenantId) -> Self {
        id.0.to_string()
    }
}

/// First segments of the platform's own addresses: a tenant of such a name could never be reached.
pub const RESERVED: [&str; 17] = [
    "admin",
    "api",
    "assets",
    "authorize",
    "egov",
    "health",
    "introspect",
    "jwks",
    "links",
    "metrics",
    "par",
    "preview",
    "revoke",
    "shinsei",
    "static",
    "token",
    "userinfo",
];

/// One bank, as the domain sees it.
#[derive(Debug)]
pub struct Tenant {
    /// Its name in addresses.
    pub id: TenantId,
    /// 金融機関コード, four digits.
    pub bank_code: String,
    /// Its name.
    pub name: Bilingual,
    /// How long things last.
    pub life: LifeSpans,
    /// How many wrong attempts it takes.
    pub limits: Limits,
    /// The services it offers to clients at all.
    pub scopes: Scopes,
    /// The clients it has let in.
    pub clients: BTreeMap<ClientId, ClientTerms>,
    /// How many links a customer may have, where the client's terms do not say.
    pub link_policy: Policy,
    /// The texts its notices show, by name.
    pub terms: BTreeMap<String, Terms>,
    /// Its journeys.
    pub plans: Plans,
}

/// A text that customers agree to, as the domain sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// SHA-256 of the text in each language, lower-case hexadecimal.
    pub digests: BTreeMap<Language, String>,
}

/// A bank's journeys, by what they are for.
#[derive(Debug)]
pub struct Plans {
    /// To link an app.
    pub link: Arc<Plan>,
    /// To look at one's links and stop them.
    pub links: Arc<Plan>,
    /// To pay a fee; none at a bank that takes no payments.
    pub payment: Option<Arc<Plan>>,
}

impl Plans {
    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Plan>> {
        [&self.link, &self.links].into_iter().chain(&self.payment)
    }
}

impl Tenant {
    /// How many links a customer may have, for consents to this client.
    pub fn policy_for(&self, client: &ClientId) -> Policy {
        let own = self.clients.get(client).and_then(|terms| terms.link_policy);
        own.unwrap_or(self.link_policy)
    }
}

/// A tenant's wishes for one client.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClientTerms {
    /// Leave out 認可業務選択 for this client: it gets every service it asks for.
    #[serde(default)]
    pub skip_service_selection: bool,
    /// How many links a customer may have, for consents to this client; the bank's own policy when
    /// it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link_policy: Option<Policy>,
}

/// How long things last at a tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LifeSpans {
    /// 認可期間 in days, 1 to 3650; 90 when it is left out. `null`: a link has no end of its own.
    #[schemars(range(min = 1, max = 3650))]
    pub link_days: Option<u32>,
    /// A link also ends when its app has not used it for so many days, 1 to 3650; when it is left
    /// out, rest does not end a link.
    #[schemars(range(min = 1, max = 3650))]
    pub idle_days: Option<u32>,
    /// A journey nobody touches ends after this many minutes, 1 to 120.
    #[schemars(range(min = 1, max = 120))]
    pub journey_idle_minutes: u32,
    /// A journey ends after this many minutes in any case, 5 to 240.
    #[schemars(range(min = 5, max = 240))]
    pub journey_total_minutes: u32,
    /// An access token lives this many minutes, 1 to 60.
    #[schemars(range(min = 1, max = 60))]
    pub access_token_minutes: u32,
}

impl Default for LifeSpans {
    fn default() -> Self {
        Self {
            link_days: Some(90),
            idle_days: None,
            journey_idle_minutes: 30,
            journey_total_minutes: 60,
            access_token_minutes: 10,
        }
    }
}

impl LifeSpans {
    /// How long a link lives from its consent; none when it has no absolute end.
    pub fn link(&self) -> Option<Duration> {
        self.link_days
            .map(|days| Duration::from_hours(24).saturating_mul(days))
    }

    /// How long a journey may rest.
    pub fn journey_idle(&self) -> Duration {
        Duration::from_secs(u64::from(self.journey_idle_minutes) * 60)
    }

    /// How long a journey may take.
    pub fn journey_total(&self) -> Duration {
        Duration::from_secs(u64::from(self.journey_total_minutes) * 60)
    }

    /// How long an access token lives.
    pub fn access_token(&self) -> Duration {
        Duration::from_secs(u64::from(self.access_token_minutes) * 60)
    }
}

/// An authorization code lives this long, at every tenant (FAPI 2.0 SP 5.3.2.1-11).
pub const CODE_LIVES_FOR: Duration = Duration::from_mins(1);

/// How many wrong attempts a tenant takes at each secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// ログインパスワード, per login ID.
    pub password: AttemptLimit,
    /// 追加認証, per customer.
    pub question: AttemptLimit,
    /// 照会用暗証番号, per account.
    pub inquiry_pin: AttemptLimit,
    /// ワンタイムパスワード, per customer.
    #[serde(default)]
    pub one_time_password: AttemptLimit,
    /// Digits of the 利用者番号, per customer.
    #[serde(default)]
    pub user_number: AttemptLimit,
    /// 乱数表, per customer.
    #[serde(default)]
    pub matrix_card: AttemptLimit,
    /// 確認用パスワード, 取引実行パスワード, per customer.
    #[serde(default)]
    pub transaction_password: AttemptLimit,
    /// パスキー, per customer.
    #[serde(default)]
    pub passkey: AttemptLimit,
    /// Approvals outside the browser that were asked for and not given, per customer.
    #[serde(default)]
    pub approval: AttemptLimit,
}

impl Limits {
    /// How many wrong attempts at one factor.
    pub const fn of_factor(&self, factor: Factor) -> AttemptLimit {
        match factor {
            Factor::MatrixCard => self.matrix_card,
            Factor::OneTimePassword => self.one_time_password,
            Factor::Passkey => self.passkey,
            Factor::SecurityQuestion => self.question,
            Factor::TransactionPassword => self.transaction_password,
            Factor::UserNumber => self.user_number,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenant_cannot_take_the_platforms_addresses() {
        assert!(TenantId::parse("hidashin").is_ok());
        for text in [
            "token",
            "",
            "a",
            "Hida",
            "1st",
            "hida shin",
            "../etc",
            "飛驒",
        ] {
            assert!(TenantId::parse(text).is_err(), "{text}");
        }
    }
}
