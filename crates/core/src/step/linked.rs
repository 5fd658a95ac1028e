//! The links that a customer already has with the client that asks. Where the bank lets many stand
//! beside each other, no consent renews one, and yet each of them counts.

use renkei_oauth::client::ClientId;

use super::{Context, identified};
use crate::fault::Fault;
use crate::link::{Link, Policy};

/// Those that nobody stopped, live or lapsed.
pub(super) async fn with_client(cx: &Context<'_>, client: &ClientId) -> Result<Vec<Link>, Fault> {
    let (tenant, who) = (&cx.tenant.id, identified(cx)?);
    if cx.tenant.policy_for(client) == Policy::Many {
        let held = cx.records.links_of(tenant, &who.customer).await?;
        let links = held.into_iter().map(|held| held.link);
        return Ok(links
            .filter(|link| link.client == *client && !link.is_stopped())
            .collect());
    }
    let renewable = cx
        .records
        .find_renewable_link(tenant, client, &who.customer)
        .await?;
    Ok(renewable.into_iter().collect())
}
