//! The standing permission (連携): customer × client × services × accounts, with a life span.

use std::time::Duration;

use renkei_oauth::client::ClientId;
use renkei_oauth::scope::Scopes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::account::{AccountId, CustomerId};
use crate::id::LinkId;
use crate::instant::Timestamp;
use crate::tenant::TenantId;

/// One link. It keeps its id through renewals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Its id.
    pub id: LinkId,
    /// The bank.
    pub tenant: TenantId,
    /// The client that may use it.
    pub client: ClientId,
    /// The customer who gave it.
    pub customer: CustomerId,
    /// The customer's name towards this client at this bank, and towards no other (pairwise).
    pub subject: String,
    /// What it permits.
    pub scopes: Scopes,
    /// The accounts it covers.
    pub accounts: Vec<AccountId>,
    /// The customer's credentials at the latest consent; a change ends the link.
    pub credential_version: String,
    /// When it was first given.
    pub created_at: Timestamp,
    /// When the latest consent was given.
    pub renewed_at: Timestamp,
    /// When it lapses by itself; none when it has no absolute end.
    pub expires_at: Option<Timestamp>,
    /// It also lapses when it was not used for so many days.
    #[serde(default)]
    pub idle_days: Option<u32>,
    /// What the customer calls it.
    #[serde(default)]
    pub label: Option<Label>,
    /// One of many: no consent renews it, a further one stands beside it.
    #[serde(default)]
    pub beside: bool,
    /// How it ended early, if it did.
    pub ended: Option<Ended>,
    /// When the client last used it, to the hour. Kept apart from the rest, so that noting a use
    /// stands in nobody's way.
    #[serde(skip)]
    pub used_at: Option<Timestamp>,
    /// Counts its changes; every write expects the version it read.
    pub version: i64,
}

/// The end of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// When.
    pub at: Timestamp,
    /// By what.
    pub by: End,
}

/// What ended a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// The bank stopped it.
    Bank,
    /// The client gave it back.
    Client,
    /// A password or certificate changed; a new consent renews the same link.
    CredentialChanged,
    /// The customer stopped it.
    Customer,
    /// Its period was over. Found by looking at the clock, never written.
    Expired,
    /// It was not used for too long. Found by looking at the clock, never written.
    Idle,
    /// A consent to another client took its place, as the bank's policy has it.
    Superseded,
}

impl End {
    /// The word for it in texts: `links-end-<word>`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Bank => "bank",
            Self::Client => "client",
            Self::CredentialChanged => "credential_changed",
            Self::Customer => "customer",
            Self::Expired => "expired",
            Self::Idle => "idle",
            Self::Superseded => "superseded",
        }
    }
}

impl Link {
    /// Whether tokens under it work.
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.end(now).is_none()
    }

    /// How it ended, if it did: early, or by its period, or unused.
    pub fn end(&self, now: Timestamp) -> Option<Ended> {
        let by_itself = |at: Option<Timestamp>, by| at.map(|at| Ended { at, by });
        let lapsed = [
            by_itself(self.expires_at, End::Expired),
            by_itself(self.idle_end(), End::Idle),
        ];
        let lapsed = lapsed
            .into_iter()
            .flatten()
            .filter(|end| end.at <= now)
            .min_by_key(|end| end.at);
        match (self.ended, lapsed) {
            (Some(early), Some(lapsed)) if lapsed.at < early.at => Some(lapsed),
            (Some(early), _) => Some(early),
            (None, lapsed) => lapsed,
        }
    }

    /// When it lapses if it is not used until then; none when rest does not end it.
    pub fn idle_end(&self) -> Option<Timestamp> {
        let days = self.idle_days?;
        let last = self
            .used_at
            .map_or(self.renewed_at, |used| used.max(self.renewed_at));
        Some(last.plus(Duration::from_hours(24).saturating_mul(days)))
    }

    /// When it will end by itself, if nobody uses it again.
    pub fn lapses_at(&self) -> Option<Timestamp> {
        [self.expires_at, self.idle_end()]
            .into_iter()
            .flatten()
            .min()
    }

    /// Whether a new consent renews this link under its id; one that somebody stopped on purpose
    /// stays stopped, and a new consent makes a new link.
    pub fn is_renewable(&self) -> bool {
        !self.beside && !self.is_stopped()
    }

    /// Whether somebody stopped it on purpose.
    pub fn is_stopped(&self) -> bool {
        match self.ended.map(|ended| ended.by) {
            None | Some(End::CredentialChanged | End::Expired | End::Idle | End::Superseded) => {
                false
            }
            Some(End::Bank | End::Client | End::Customer) => true,
        }
    }

    /// Whether a use of it now is worth noting: at most once an hour.
    pub fn notes_use(&self, now: Timestamp) -> bool {
        self.used_at
            .is_none_or(|used| now.since(used) >= USE_NOTED_EVERY)
    }

    /// The link after it was ended.
    #[must_use]
    pub fn ended(mut self, by: End, at: Timestamp) -> Self {
        self.ended = Some(Ended { at, by });
        self
    }

    /// The app as the customer knows this link of it: `かけはし会計（山田商店）`.
    pub fn called(&self, service: &str) -> String {
        match &self.label {
            Some(label) => format!("{service}（{label}）"),
            None => service.to_owned(),
        }
    }
}

/// What a customer calls a link, to tell several apart: 1 to 30 characters, on one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Label(String);

/// Text that is no label.
#[derive(Debug, thiserror::Error)]
#[error("a label has 1 to 30 characters on one line")]
pub struct NotALabel;

impl Label {
    /// So many characters at most.
    pub const MOST: usize = 30;

    /// Takes what a customer typed; blanks around it are not part of it.
    pub fn parse(text: &str) -> Result<Self, NotALabel> {
        let text = text.trim();
        let fits = (1..=Self::MOST).contains(&text.chars().count());
        if fits && !text.chars().any(is_unseen) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotALabel)
        }
    }

    /// The label.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Characters that would make a label read as something else: control characters, and those that
/// turn the direction of what follows.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

impl std::fmt::Display for Label {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Label {
    type Error = NotALabel;

    fn try_from(text: String) -> Result<Self, NotALabel> {
        Self::parse(&text)
    }
}

impl From<Label> for String {
    fn from(label: Label) -> Self {
        label.0
    }
}

/// How many links one customer may have at a bank.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Policy {
    /// One with each client: a further consent to the same client renews it.
    #[default]
    OnePerUserAndTpp,
    /// One in all: a consent to a client ends the links with every other; the consent page says so
    /// before.
    OnePerUser,
    /// As many as are consented to, with the same client too: every consent makes a new link.
    Many,
}

impl Policy {
    /// The link that a consent to this client renews.
    pub fn renewed<'a>(
        self,
        mut links: impl Iterator<Item = &'a Link>,
        client: &ClientId,
    ) -> Option<&'a Link> {
        match self {
            Self::Many => None,
            Self::OnePerUserAndTpp | Self::OnePerUser => {
                links.find(|link| link.client == *client && link.is_renewable())
            }
        }
    }

    /// Whether a consent to this client ends another live link of the same customer.
    pub fn supersedes(self, other: &Link, client: &ClientId) -> bool {
        match self {
            Self::Many => false,
            // Left over from the days of another policy.
            Self::OnePerUserAndTpp => other.client == *client,
            Self::OnePerUser => true,
        }
    }
}

const USE_NOTED_EVERY: Duration = Duration::from_hours(1);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::port::fixed::SeededRandom;

    const DAY: Duration = Duration::from_hours(24);
    const START: Timestamp = Timestamp::from_millis(1_795_219_200_000);

    fn link() -> Link {
        Link {
            id: LinkId::new(START, &SeededRandom::new(1)),
            tenant: TenantId::parse("hidashin").unwrap(),
            client: ClientId::parse("an-app").unwrap(),
            customer: CustomerId::new("c"),
            subject: "sub".to_owned(),
            scopes: Scopes::default(),
            accounts: Vec::new(),
            credential_version: "1".to_owned(),
            created_at: START,
            renewed_at: START,
            expires_at: Some(START.plus(90 * DAY)),
            idle_days: None,
            label: None,
            beside: false,
            ended: None,
            used_at: None,
            version: 1,
        }
    }

    #[test]
    fn a_link_ends_by_its_period_or_unused_whichever_is_first() {
        let mut link = link();
        assert!(link.is_live(START.plus(89 * DAY)));
        let end = link.end(START.plus(90 * DAY)).unwrap();
        assert_eq!((end.by, end.at), (End::Expired, START.plus(90 * DAY)));
        link.idle_days = Some(30);
        let end = link.end(START.plus(100 * DAY)).unwrap();
        assert_eq!((end.by, end.at), (End::Idle, START.plus(30 * DAY)));
        link.used_at = Some(START.plus(29 * DAY));
        assert!(link.is_live(START.plus(58 * DAY)));
        assert!(!link.is_live(START.plus(59 * DAY)));
        // A renewal counts as a use.
        link.renewed_at = START.plus(59 * DAY);
        assert!(link.is_live(START.plus(60 * DAY)));
        link.expires_at = None;
        link.idle_days = None;
        assert!(link.is_live(START.plus(9999 * DAY)), "none at all");
        assert_eq!(link.lapses_at(), None);
    }

    #[test]
    fn what_lapsed_before_it_was_ended_stays_lapsed() {
        let link = link().ended(End::CredentialChanged, START.plus(91 * DAY));
        assert_eq!(link.end(START.plus(92 * DAY)).unwrap().by, End::Expired);
        let link = link.ended(End::Customer, START.plus(DAY));
        assert_eq!(link.end(START.plus(92 * DAY)).unwrap().by, End::Customer);
    }

    #[test]
    fn uses_are_noted_once_an_hour() {
        let mut link = link();
        assert!(link.notes_use(START));
        link.used_at = Some(START);
        assert!(!link.notes_use(START.plus(Duration::from_mins(59))));
        assert!(link.notes_use(START.plus(Duration::from_hours(1))));
    }

    #[test]
    fn a_label_is_one_short_line() {
        assert_eq!(Label::parse(" 山田商店 ").unwrap().as_str(), "山田商店");
        assert!(Label::parse(&"あ".repeat(30)).is_ok());
        for text in ["", "  ", "a\nb", "a\u{202e}b", &"あ".repeat(31)] {
            assert!(Label::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn policies_renew_and_supersede() {
        let own = link();
        let mut other = link();
        other.client = ClientId::parse("another-app").unwrap();
        let links = [other.clone(), own.clone()];
        let cases = [
            (Policy::OnePerUserAndTpp, true, false),
            (Policy::OnePerUser, true, true),
            (Policy::Many, false, false),
        ];
        for (policy, renews, ends_others) in cases {
            assert_eq!(policy.renewed(links.iter(), &own.client).is_some(), renews);
            assert_eq!(policy.supersedes(&other, &own.client), ends_others);
        }
        assert!(!own.clone().ended(End::Customer, START).is_renewable());
        assert!(own.clone().ended(End::Superseded, START).is_renewable());
        let beside = Link {
            beside: true,
            ..own
        };
        assert!(!beside.is_renewable());
    }
}
