//! A link: the customer's standing permission at one bank, with the tokens that stand for it and what was
//! read last, so that a page can show something when the bank cannot be asked.

use oauth2::{AccessToken, RefreshToken};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::serde::rfc3339;

use crate::clock;
use crate::platform::{Account, Balance};
use crate::settings::Bank;

/// As the platform named it; the same link keeps its id when it is renewed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(transparent)]
pub(crate) struct LinkId(String);

impl LinkId {
    pub(crate) fn new(id: String) -> Self {
        Self(id)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// One linked bank. Its `Debug` shows no token: the types of `oauth2` hide them.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Link {
    pub(crate) id: LinkId,
    /// The browser it belongs to.
    pub(crate) owner: Owner,
    pub(crate) bank: Bank,
    pub(crate) scopes: Vec<String>,
    #[serde(with = "rfc3339")]
    pub(crate) linked_at: OffsetDateTime,
    /// When the customer's permission runs out; none when it has no end of its own.
    #[serde(default, with = "rfc3339::option")]
    pub(crate) expires_at: Option<OffsetDateTime>,
    /// The platform has told us that it ended before its time.
    pub(crate) has_ended: bool,
    pub(crate) tokens: Tokens,
    pub(crate) snapshot: Option<Snapshot>,
}

/// Whose link it is: the value of a browser's cookie, hence a secret.
#[derive(Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(transparent)]
pub(crate) struct Owner(String);

impl Owner {
    pub(crate) fn new(cookie: String) -> Self {
        Self(cookie)
    }
}

impl std::fmt::Debug for Owner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Owner([redacted])")
    }
}

/// The keys to the customer's data.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Tokens {
    pub(crate) access: AccessToken,
    #[serde(with = "rfc3339")]
    pub(crate) access_expires_at: OffsetDateTime,
    pub(crate) refresh: Option<RefreshToken>,
}

/// What was read last.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Snapshot {
    #[serde(with = "rfc3339")]
    pub(crate) fetched_at: OffsetDateTime,
    pub(crate) holdings: Vec<Holding>,
}

/// An account and, where the customer permits it, what is on it.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Holding {
    pub(crate) account: Account,
    pub(crate) balance: Option<Balance>,
}

/// How a link stands today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Standing {
    /// Good for more than a week.
    Live,
    /// A week or less is left.
    Ending,
    /// Its time is over.
    Expired,
    /// Stopped by the customer or the bank.
    Ended,
}

impl Link {
    pub(crate) fn standing(&self, now: OffsetDateTime) -> Standing {
        if self.expires_at.is_some_and(|end| end <= now) {
            Standing::Expired
        } else if self.has_ended {
            Standing::Ended
        } else if self
            .days_left(now)
            .is_some_and(|days| days <= WARN_WITHIN_DAYS)
        {
            Standing::Ending
        } else {
            Standing::Live
        }
    }

    /// Midnights in Japan until the end; 0 on the last day and after.
    pub(crate) fn days_left(&self, now: OffsetDateTime) -> Option<i64> {
        let last = clock::day_in_japan(self.expires_at?);
        Some((last - clock::day_in_japan(now)).whole_days().max(0))
    }

    pub(crate) fn permits(&self, scope: &str) -> bool {
        self.scopes.iter().any(|granted| granted == scope)
    }
}

impl Standing {
    /// Whether the customer must consent again before anything can be read.
    pub(crate) fn is_over(self) -> bool {
        matches!(self, Self::Ended | Self::Expired)
    }
}

const WARN_WITHIN_DAYS: i64 = 7;

#[cfg(test)]
pub(crate) mod tests {
    use time::Duration;
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-11-21 03:00 UTC);

    pub(crate) fn link(id: &str, owner: &str, expires_at: OffsetDateTime) -> Link {
        Link {
            id: LinkId::new(id.to_owned()),
            owner: Owner::new(owner.to_owned()),
            bank: Bank {
                code: "2476".to_owned(),
                name: "飛驒信用組合".to_owned(),
            },
            scopes: vec!["accounts".to_owned()],
            linked_at: NOW,
            expires_at: Some(expires_at),
            has_ended: false,
            tokens: Tokens {
                access: AccessToken::new("planted-access".to_owned()),
                access_expires_at: NOW,
                refresh: Some(RefreshToken::new("planted-refresh".to_owned())),
            },
            snapshot: None,
        }
    }

    #[test]
    fn the_last_week_warns_and_the_end_is_exact() {
        let rows = [
            (Duration::days(90), Standing::Live, 90),
            (Duration::days(8), Standing::Live, 8),
            (Duration::days(7), Standing::Ending, 7),
            (Duration::seconds(1), Standing::Ending, 0),
            (Duration::ZERO, Standing::Expired, 0),
            (Duration::days(-3), Standing::Expired, 0),
        ];
        for (left, standing, days) in rows {
            let link = link("lnk_1", "o", NOW + left);
            assert_eq!(
                (link.standing(NOW), link.days_left(NOW)),
                (standing, Some(days)),
                "{left}"
            );
        }
    }

    #[test]
    fn a_link_without_an_end_is_live_until_it_is_stopped() {
        let endless = Link {
            expires_at: None,
            ..link("lnk_1", "o", NOW)
        };
        let later = NOW + Duration::days(9999);
        assert_eq!(
            (endless.standing(later), endless.days_left(later)),
            (Standing::Live, None)
        );
    }

    #[test]
    fn a_stopped_link_is_over_before_its_time() {
        let stopped = Link {
            has_ended: true,
            ..link("lnk_1", "o", NOW + Duration::days(30))
        };
        assert_eq!(stopped.standing(NOW), Standing::Ended);
        assert!(stopped.standing(NOW).is_over());
    }

    #[test]
    fn tokens_and_owners_do_not_show() {
        let shown = format!("{:?}", link("lnk_1", "planted-owner", NOW));
        assert!(!shown.contains("planted"), "{shown}");
    }
}
