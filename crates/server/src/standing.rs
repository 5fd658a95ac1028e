//! Whether a link that looks alive still is: its customer is served, and no password or certificate
//! has changed since the consent. A link that is not, ends here, once, with a record and a mail.

use renkei_core::commit::{Change, CommitError};
use renkei_core::grant::Mint;
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

/// Ends a link; somebody else may have ended it already, which is as good.
pub(crate) async fn end(
    app: &App,
    link: Link,
    by: End,
    standing: Option<Standing>,
) -> Result<(), Trouble> {
    let to = standing.and_then(|standing| standing.mail);
    let service = match app.ports.store.find_client(&link.client).await? {
        Some(record) => record.card.service,
        None => String::new(),
    };
    let tenant = link.tenant.clone();
    let mut commit = mint(app, None).end_link(link, by);
    if let Some(to) = to {
        commit.changes.push(Change::MailQueued(Box::new(Mail {
            id: MailId::new(app.now(), &*app.ports.random),
            tenant,
            to,
            occasion: Occasion::LinkEnded,
            args: [("app".to_owned(), service.into())].into(),
            queued_at: app.now(),
            code: None,
            tries: 0,
        })));
    }
    match app.ports.store.commit(commit).await {
        Ok(()) | Err(CommitError::Lost) => Ok(()),
        Err(CommitError::Fault(fault)) => Err(fault.into()),
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
