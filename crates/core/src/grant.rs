//! Tokens: what redeeming a code, refreshing and revoking change. Pure decisions on what was loaded;
//! the guards that make them safe among many servers are in the changes.

use std::time::Duration;

use renkei_oauth::client::Client;
use renkei_oauth::error::{ErrorCode, ProtocolError};
use renkei_oauth::refresh;
use renkei_oauth::scope::Scopes;
use renkei_oauth::secret::PlainToken;
use renkei_oauth::token::TokenResponse;
use serde_json::{Value, json};

use crate::audit::Event;
use crate::commit::{AccessToken, Change, Code, Commit, Family, RefreshToken};
use crate::id::FamilyId;
use crate::instant::Timestamp;
use crate::link::{End, Link};
use crate::port::{AccessGrant, CodeFound, Random, RefreshGrant, random_256};

/// A decision about tokens: the writes, and what the client is told once they are made.
pub struct Issued {
    /// The writes. When the commit is lost, somebody else redeemed first.
    pub commit: Commit,
    /// The answer.
    pub response: TokenResponse,
}

/// What tokens are made of.
pub struct Mint<'a> {
    /// Randomness fit for secrets.
    pub random: &'a dyn Random,
    /// Now.
    pub now: Timestamp,
    /// How long an access token lives at this tenant.
    pub access_lives_for: Duration,
}

impl Mint<'_> {
    /// Redeems a code that has passed every check of the protocol: opens its family, issues tokens,
    /// and ends every earlier family of the link.
    pub fn redeem(&self, found: &CodeFound) -> Issued {
        let CodeFound { code, link, .. } = found;
        let access = self.access_token(code.family, code.scopes.clone());
        let refresh = PlainToken::from_random(&random_256(self.random));
        let mut commit = Commit {
            changes: vec![
                Change::CodeRedeemed {
                    code: code.digest.clone(),
                    at: self.now,
                },
                Change::FamiliesSuperseded {
                    link: link.id,
                    except: None,
                    at: self.now,
                },
                Change::FamilyOpened(self.family(code, link)),
                Change::AccessTokenIssued(access.1),
                Change::RefreshTokenIssued(self.refresh_token(code.family, &refresh)),
            ],
            events: Vec::new(),
        };
        commit
            .events
            .push(self.event(link, "code.redeemed", json!({ "family": code.family })));
        let response = self.response(&access.0, Some(&refresh), &code.scopes, link);
        Issued { commit, response }
    }

    /// Refreshes without rotation: the same refresh token, a fresh access token.
    pub fn refresh(&self, found: &RefreshGrant, presented: &PlainToken, scopes: &Scopes) -> Issued {
        let access = self.access_token(found.family.id, scopes.clone());
        let mut changes = vec![Change::AccessTokenIssued(access.1)];
        changes.extend(use_of(&found.link, self.now));
        let commit = Commit {
            changes,
            events: vec![self.event(
                &found.link,
                "token.refreshed",
                json!({ "family": found.family.id }),
            )],
        };
        let response = self.response(&access.0, Some(presented), scopes, &found.link);
        Issued { commit, response }
    }

    /// Refreshes with rotation: `successor` takes the place of the token that was presented. A token
    /// that was used already but is within its grace gets the same successor again.
    pub fn rotate(&self, found: &RefreshGrant, successor: &PlainToken, scopes: &Scopes) -> Issued {
        let access = self.access_token(found.family.id, scopes.clone());
        let mut changes = if found.token.used_at.is_none() {
            vec![
                Change::RefreshTokenUsed {
                    token: found.token.digest.clone(),
                    at: self.now,
                },
                Change::RefreshTokenIssued(self.refresh_token(found.family.id, successor)),
            ]
        } else {
            vec![Change::RefreshTokenRepeated {
                token: found.token.digest.clone(),
                at_most: refresh::MAX_REPEATS,
                used_after: self.now.minus(refresh::GRACE),
            }]
        };
        changes.push(Change::AccessTokenIssued(access.1));
        changes.extend(use_of(&found.link, self.now));
        let repeated = found.token.used_at.is_some();
        let detail = json!({ "family": found.family.id, "repeated": repeated });
        let commit = Commit {
            changes,
            events: vec![self.event(&found.link, "token.refreshed", detail)],
        };
        let response = self.response(&access.0, Some(successor), scopes, &found.link);
        Issued { commit, response }
    }

    /// A token came back that should not have: everything that descends from its code dies, the
    /// customer's link stays.
    pub fn revoke_family(&self, family: FamilyId, link: &Link, why: &str) -> Commit {
        Commit {
            changes: vec![Change::FamilyRevoked {
                family,
                at: self.now,
            }],
            events: vec![self.event(
                link,
                "family.revoked",
                json!({ "family": family, "why": why }),
            )],
        }
    }

    /// The link ends before its time, and every token with it.
    pub fn end_link(&self, link: Link, by: End) -> Commit {
        let event = self.event(&link, "link.ended", json!({ "link": link.id, "by": by }));
        Commit {
            changes: ending(link, by, self.now).into(),
            events: vec![event],
        }
    }

    fn access_token(&self, family: FamilyId, scopes: Scopes) -> (PlainToken, AccessToken) {
        let token = PlainToken::from_random(&random_256(self.random));
        let kept = AccessToken {
            digest: token.digest(),
            family,
            scopes,
            issued_at: self.now,
            expires_at: self.now.plus(self.access_lives_for),
        };
        (token, kept)
    }

    fn refresh_token(&self, family: FamilyId, token: &PlainToken) -> RefreshToken {
        RefreshToken {
            digest: token.digest(),
            family,
            issued_at: self.now,
            used_at: None,
            repeats: 0,
        }
    }

    fn family(&self, code: &Code, link: &Link) -> Family {
        Family {
            id: code.family,
            link: link.id,
            tenant: link.tenant.clone(),
            client: code.client.clone(),
            issuer: code.issuer.clone(),
            opened_at: self.now,
            revoked_at: None,
        }
    }

    fn response(
        &self,
        access: &PlainToken,
        refresh: Option<&PlainToken>,
        scopes: &Scopes,
        link: &Link,
    ) -> TokenResponse {
        // An access token may not outlive its link; neither may what we say about it.
        let left = link.expires_at.map(|end| end.since(self.now));
        let lives_for = left.map_or(self.access_lives_for, |left| {
            left.min(self.access_lives_for)
        });
        TokenResponse {
            access_token: access.expose().to_owned(),
            token_type: "Bearer".to_owned(),
            expires_in: lives_for.as_secs(),
            refresh_token: refresh.map(|token| token.expose().to_owned()),
            scope: scopes.to_string(),
            link_id: Some(link.id.to_string()),
            link_expires_at: link.expires_at.map(Timestamp::rfc3339),
        }
    }

    fn event(&self, link: &Link, name: &str, detail: Value) -> Event {
        let mut detail = detail;
        if let Value::Object(map) = &mut detail {
            map.insert("client".to_owned(), json!(link.client));
            map.insert("link".to_owned(), json!(link.id));
        }
        Event {
            at: self.now,
            tenant: Some(link.tenant.clone()),
            journey: None,
            name: name.to_owned(),
            detail,
        }
    }
}

/// What ends a link: it, and every token under it, at once.
pub fn ending(link: Link, by: End, at: Timestamp) -> [Change; 2] {
    let id = link.id;
    let mut link = link.ended(by, at);
    link.version += 1;
    [
        Change::LinkSaved(Box::new(link)),
        Change::FamiliesSuperseded {
            link: id,
            except: None,
            at,
        },
    ]
}

/// Notes that the client used a link, when that is worth a write.
pub fn use_of(link: &Link, now: Timestamp) -> Option<Change> {
    link.notes_use(now).then_some(Change::LinkUsed {
        link: link.id,
        at: now,
    })
}

/// The scopes a refresh gives: those asked for, or all, of what the link permits now.
///
/// # Errors
/// `invalid_scope` when more is asked for than was granted (RFC 6749 section 6).
pub fn refreshed_scopes(link: &Link, asked: Option<&Scopes>) -> Result<Scopes, ProtocolError> {
    match asked {
        None => Ok(link.scopes.clone()),
        Some(asked) if asked.is_subset(&link.scopes) => Ok(asked.clone().with_accounts()),
        Some(_) => Err(ProtocolError::new(
            ErrorCode::InvalidScope,
            "scope asks for more than the customer granted",
        )),
    }
}

impl RefreshGrant {
    /// Whether the grant behind the token is alive and this client's, under this issuer.
    pub fn is_usable(&self, client: &Client, issuer: &str, now: Timestamp) -> bool {
        self.family.revoked_at.is_none()
            && self.family.client == client.id
            && self.family.issuer == issuer
            && self.link.is_live(now)
    }
}

impl AccessGrant {
    /// Whether the token works at all.
    pub fn is_live(&self, now: Timestamp) -> bool {
        now < self.token.expires_at
            && self.family.revoked_at.is_none()
            && self.link.is_live(now)
            && !self.client_disabled
    }

    /// What it permits now: what it was issued for, as far as the link still permits it.
    pub fn scopes(&self) -> Scopes {
        self.token.scopes.intersection(&self.link.scopes)
    }
}
