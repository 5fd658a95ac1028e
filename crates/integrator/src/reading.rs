//! Reads a link's data with a token that lives: refreshes it shortly before its end, or once when it is
//! refused, and notes when the link has ended. One refresh at a time for each link, so that two tabs do not
//! spend the same refresh token.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::{StreamExt, TryStreamExt, stream};
use oauth2::AccessToken;
use time::{Duration, OffsetDateTime};

use crate::clock;
use crate::ledger::Ledger;
use crate::link::{Holding, Link, LinkId, Owner, Snapshot};
use crate::period::Period;
use crate::platform::{Account, Balance, Failure, Platform, Statement};

/// The platform and the book together.
pub(crate) struct Reading {
    pub(crate) platform: Platform,
    pub(crate) ledger: Ledger,
    turns: Mutex<HashMap<LinkId, Arc<tokio::sync::Mutex<()>>>>,
}

/// Why nothing could be read: the platform's side, or ours.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unread {
    #[error(transparent)]
    Platform(#[from] Failure),
    #[error(transparent)]
    Ledger(#[from] anyhow::Error),
}

impl Reading {
    pub(crate) fn new(platform: Platform, ledger: Ledger) -> Self {
        Self {
            platform,
            ledger,
            turns: Mutex::default(),
        }
    }

    /// Accounts and what is on them; kept in the book.
    pub(crate) async fn holdings(&self, link: &Link) -> Result<Snapshot, Unread> {
        let accounts = self
            .with_token(link, async |token| self.platform.accounts(token).await)
            .await?;
        let wants_balances = link.permits("balances");
        let holdings = stream::iter(accounts)
            .map(|account| async move {
                let balance = if wants_balances {
                    self.balance(link, &account).await?
                } else {
                    None
                };
                Ok::<_, Unread>(Holding { account, balance })
            })
            .buffered(AT_ONCE)
            .try_collect()
            .await?;
        let snapshot = Snapshot {
            fetched_at: clock::now(),
            holdings,
        };
        self.ledger.keep_snapshot(&link.id, &snapshot)?;
        Ok(snapshot)
    }

    /// A page of entries.
    pub(crate) async fn statement(
        &self,
        link: &Link,
        account: &str,
        period: Period,
        next: Option<&str>,
    ) -> Result<Statement, Unread> {
        let ask =
            async |token: &AccessToken| self.platform.statement(token, account, period, next).await;
        self.with_token(link, ask).await
    }

    /// New tokens at once; tells whether the link still lives.
    pub(crate) async fn renew_tokens(&self, link: &Link) -> Result<(), Unread> {
        self.refreshed(link, &link.tokens.access).await.map(|_| ())
    }

    /// Ends the link at the platform, then forgets it here. When the platform cannot be asked it stays, for
    /// the customer must not believe that it is over.
    pub(crate) async fn unlink(&self, link: &Link) -> Result<(), Unread> {
        let turn = self.turn(&link.id);
        let _turn = turn.lock().await;
        let current = self.current(link)?;
        if let Some(refresh) = &current.tokens.refresh {
            self.platform.revoke(refresh).await?;
        }
        Ok(self.ledger.forget(&link.id)?)
    }

    /// What is on an account; `None` when the balance is not permitted or not given.
    pub(crate) async fn balance(
        &self,
        link: &Link,
        account: &Account,
    ) -> Result<Option<Balance>, Unread> {
        let id = account.id.as_str();
        let ask = async |token: &AccessToken| self.platform.balance(token, id).await;
        match self.with_token(link, ask).await {
            Err(Unread::Platform(Failure::Denied(_) | Failure::NotFound)) => Ok(None),
            other => other,
        }
    }

    async fn with_token<T>(
        &self,
        link: &Link,
        ask: impl AsyncFn(&AccessToken) -> Result<T, Failure>,
    ) -> Result<T, Unread> {
        let token = self.token(link).await?;
        match ask(&token).await {
            Err(Failure::DeadToken) => {}
            answer => return Ok(answer?),
        }
        let token = self.refreshed(link, &token).await?;
        match ask(&token).await {
            Err(Failure::DeadToken) => Err(self.ended(&link.id)),
            answer => Ok(answer?),
        }
    }

    async fn token(&self, link: &Link) -> Result<AccessToken, Unread> {
        let current = self.current(link)?;
        if is_fresh(&current, clock::now()) {
            return Ok(current.tokens.access);
        }
        self.refreshed(&current, &current.tokens.access).await
    }

    /// A token that is not `stale`. Whoever waited for another's refresh takes its result.
    async fn refreshed(&self, link: &Link, stale: &AccessToken) -> Result<AccessToken, Unread> {
        let turn = self.turn(&link.id);
        let _turn = turn.lock().await;
        let current = self.current(link)?;
        if current.tokens.access.secret() != stale.secret() {
            return Ok(current.tokens.access);
        }
        let Some(refresh) = &current.tokens.refresh else {
            return Err(self.ended(&link.id));
        };
        match self.platform.refresh(refresh, &current.scopes).await {
            Ok(grant) => {
                let access = grant.tokens.access.clone();
                self.ledger.keep_grant(&link.id, grant)?;
                Ok(access)
            }
            Err(Failure::DeadLink) => Err(self.ended(&link.id)),
            Err(failure) => Err(failure.into()),
        }
    }

    /// The link as it is in the book now; gone when the customer has just unlinked it in another tab.
    fn current(&self, link: &Link) -> Result<Link, Failure> {
        let owner: &Owner = &link.owner;
        self.ledger
            .find(owner, link.id.as_str())
            .ok_or(Failure::DeadLink)
    }

    fn ended(&self, id: &LinkId) -> Unread {
        tracing::info!("a link has ended");
        match self.ledger.end(id) {
            Ok(()) => Failure::DeadLink.into(),
            Err(error) => error.into(),
        }
    }

    fn turn(&self, id: &LinkId) -> Arc<tokio::sync::Mutex<()>> {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(turns.entry(id.clone()).or_default())
    }
}

fn is_fresh(link: &Link, now: OffsetDateTime) -> bool {
    link.tokens.access_expires_at - now > REFRESH_BEFORE
}

/// Time for a slow request to arrive.
const REFRESH_BEFORE: Duration = Duration::seconds(30);
/// Banks restrict how often they are asked.
const AT_ONCE: usize = 4;
