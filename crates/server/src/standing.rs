//! Whether a link that looks alive still is: its customer is served, and no password or certificate
//! has changed since the consent. A link that is not, ends here, once, with a record and a mail.

use renkei_core::commit::{Change, Commit, CommitError};
use renkei_core::fault::Fault;
use renkei_core::grant::{Mint, use_of};
use renkei_core::id::MailId;
use renkei_core::link::{End, Link};
use renkei_core::mail::{Mail, Occasion};
use renkei_core::port::Standing;
use renkei_tenant::LoadedTenant;
use std::sync::Arc;

use crate::app::App;
use crate::trouble::Trouble;

/// A bank and its link, when both stand.
pub(crate) async fn of_link(app: &App, link: &Link) -> Result<Option<Arc<LoadedTenant>>, Trouble> {
    if !link.is_live(app.now()) {
        return Ok(None);
    }
    let live = app.live();
    let Some(loaded) = live.tenants.find(&link.tenant).cloned() else {
        return Ok(None);
    };
    // A bank that has put the client out stops its tokens too.
    if !loaded.tenant.clients.contains_key(&link.client) {
        return Ok(None);
    }
    let standing = app
        .ports
        .banks
        .bank(&loaded)
        .standing(&link.customer)
        .await?;
    let unchanged = standing
        .as_ref()
        .is_some_and(|standing| standing.credential_version == link.credential_version);
    if unchanged {
        return Ok(Some(loaded));
    }
    end(app, link.clone(), End::CredentialChanged, standing).await?;
    Ok(None)
}

/// Ends a link, and with it every token. Somebody else may have ended it already, which is as good;
/// whoever changed it otherwise meanwhile does not save it, but a renewal with new credentials does.
pub(crate) async fn end(
    app: &App,
    mut link: Link,
    by: End,
    standing: Option<Standing>,
) -> Result<(), Trouble> {
    let to = standing.and_then(|standing| standing.mail);
    let service = match app.ports.store.find_client(&link.client).await? {
        Some(record) => link.called(&record.card.service),
        None => String::new(),
    };
    let (id, credentials) = (link.id, link.credential_version.clone());
    for _ in 0..ROUNDS {
        let is_renewed = by == End::CredentialChanged && link.credential_version != credentials;
        if is_renewed || !link.is_live(app.now()) {
            return Ok(());
        }
        let told = to.clone().map(|to| mail(app, &link, to, &service));
        let mut commit = mint(app, None).end_link(link, by);
        commit.changes.extend(told);
        match app.ports.store.commit(commit).await {
            Ok(()) => return Ok(()),
            Err(CommitError::Lost) => {}
            Err(CommitError::Fault(fault)) => return Err(fault.into()),
        }
        let found = app.ports.store.find_link(id).await?;
        link = found.ok_or_else(|| Fault::new("a link is gone"))?;
    }
    Err(Fault::passing("a link was changed elsewhere all the time").into())
}

fn mail(app: &App, link: &Link, to: String, service: &str) -> Change {
    Change::MailQueued(Box::new(Mail {
        id: MailId::new(app.now(), &*app.ports.random),
        tenant: link.tenant.clone(),
        to,
        occasion: Occasion::LinkEnded,
        args: [("app".to_owned(), service.to_owned().into())].into(),
        code: None,
        queued_at: app.now(),
        tries: 0,
    }))
}

/// Notes that the client used a link, at most once an hour. Whoever waits for data does not lose it
/// because this could not be written.
pub(crate) async fn used(app: &App, link: &Link) {
    let Some(noted) = use_of(link, app.now()) else {
        return;
    };
    let commit = Commit {
        changes: vec![noted],
        events: Vec::new(),
    };
    if let Err(e) = app.ports.store.commit(commit).await {
        tracing::warn!(link.id = %link.id, error = %e, "a use of a link was not noted");
    }
}

/// What tokens are made of at a bank.
pub(crate) fn mint<'a>(app: &'a App, loaded: Option<&LoadedTenant>) -> Mint<'a> {
    let life = loaded
        .map(|loaded| loaded.tenant.life.clone())
        .unwrap_or_default();
    Mint {
        random: &*app.ports.random,
        now: app.now(),
        access_lives_for: life.access_token(),
    }
}

const ROUNDS: usize = 8;
