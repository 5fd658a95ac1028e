//! How a journey whose last step passed is concluded.

use renkei_oauth::authorization::granted_location;
use serde_json::json;

use super::{Draft, Engine};
use crate::commit::CommitError;
use crate::consent::Conclusion;
use crate::fact::{Facts, Identified};
use crate::fault::Fault;
use crate::journey::{Ending, Journey, LOCATION};
use crate::mail::Occasion;

impl Engine<'_> {
    /// The last step passed: everything the consent brings, in this one commit.
    pub(super) async fn conclude(&self, mut draft: Draft) -> Result<Journey, CommitError> {
        let facts = &draft.journey.facts;
        let who = proved(facts)?;
        let (Some(client), Some(purpose)) = (&facts.client, draft.journey.link_purpose()) else {
            return Err(Fault::new("a link is concluded without a client").into());
        };
        let (redirect_uri, issuer, state) = (
            purpose.request.redirect_uri.clone(),
            purpose.issuer.clone(),
            purpose.request.state.clone(),
        );
        let existing = self
            .store
            .find_renewable_link(&self.tenant.id, &client.id, &who.customer)
            .await?;
        let mail = who.mail.clone();
        let conclusion = Conclusion::decide(self, &draft.journey, existing)?;
        let renewed = conclusion.renewed;
        draft.commit.changes.extend(conclusion.changes);
        self.note(&mut draft, conclusion.notes);
        if let Some(to) = mail {
            let occasion = if renewed {
                Occasion::LinkRenewed
            } else {
                Occasion::LinkCreated
            };
            self.mail(&mut draft, occasion, to);
        }
        let location = granted_location(&redirect_uri, &issuer, state.as_deref(), &conclusion.code);
        let location = self.keyring.seal(LOCATION, &location, self.random)?;
        let (link, consent) = (conclusion.link, conclusion.consent);
        Self::end(
            &mut draft,
            Ending::Granted {
                link,
                consent,
                location,
                at: self.now,
            },
        );
        self.save(draft).await
    }

    /// The customer is proved, and nothing more was asked for.
    pub(super) async fn prove(&self, mut draft: Draft) -> Result<Journey, CommitError> {
        let who = proved(&draft.journey.facts)?;
        let told = json!({ "customer": who.customer, "proofs": draft.journey.facts.proofs });
        self.tell(&mut draft, "customer.proved", told);
        Self::end(&mut draft, Ending::Proved { at: self.now });
        self.save(draft).await
    }
}

/// The customer, identified and proved: without that nothing is ever concluded.
fn proved(facts: &Facts) -> Result<&Identified, Fault> {
    let who = facts.identified.as_ref();
    let who = who.ok_or_else(|| Fault::new("a plan ended without an identified customer"))?;
    if facts.proofs.is_empty() {
        return Err(Fault::new(
            "a plan ended without a proof of who the customer is",
        ));
    }
    Ok(who)
}
