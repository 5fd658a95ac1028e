//! How a journey whose last step passed is concluded.

use renkei_oauth::authorization::granted_location;
use serde_json::json;

use super::{Draft, Engine};
use crate::commit::{Change, CommitError};
use crate::consent::Conclusion;
use crate::fact::{Facts, Identified};
use crate::fault::Fault;
use crate::grant::ending;
use crate::journey::{Ending, Journey, LOCATION, VISIT};
use crate::link::End;
use crate::mail::Occasion;
use crate::port::{HeldLink, random_256};
use crate::seal::{hex, sha256_hex};
use crate::visit::Visit;

impl Engine<'_> {
    /// The last step passed: everything the consent brings, in this one commit.
    pub(super) async fn conclude(&self, mut draft: Draft) -> Result<Journey, CommitError> {
        let facts = &draft.journey.facts;
        let who = proved(facts)?;
        let Some(purpose) = draft.journey.link_purpose() else {
            return Err(Fault::new("a link is concluded without a client").into());
        };
        let (redirect_uri, issuer, state) = (
            purpose.request.redirect_uri.clone(),
            purpose.issuer.clone(),
            purpose.request.state.clone(),
        );
        let held = self.store.links_of(&self.tenant.id, &who.customer).await?;
        let mail = who.mail.clone();
        let conclusion = Conclusion::decide(self, &draft.journey, &held)?;
        let renewed = conclusion.renewed;
        draft.commit.changes.extend(conclusion.changes);
        self.note(&mut draft, conclusion.notes);
        if let Some(to) = mail {
            let occasion = if renewed {
                Occasion::LinkRenewed
            } else {
                Occasion::LinkCreated
            };
            for ended in conclusion.superseded {
                let args = vec![("app", ended), ("by", conclusion.app.clone())];
                self.mail_about(&mut draft, Occasion::LinkSuperseded, to.clone(), args);
            }
            self.mail_about(&mut draft, occasion, to, vec![("app", conclusion.app)]);
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

    /// The customer is proved, and nothing more was asked for: a visit opens, in this one commit.
    /// Links that a changed password or certificate has ended, and that nobody has used since, are
    /// ended here: the customer shall not find them alive.
    pub(super) async fn prove(&self, mut draft: Draft) -> Result<Journey, CommitError> {
        let who = proved(&draft.journey.facts)?.clone();
        let held = self.store.links_of(&self.tenant.id, &who.customer).await?;
        let told = json!({ "customer": who.customer, "proofs": draft.journey.facts.proofs });
        self.tell(&mut draft, "customer.proved", told);
        let dead = held.into_iter().filter(|held| {
            held.link.is_live(self.now) && held.link.credential_version != who.credential_version
        });
        for HeldLink { link, card } in dead {
            let by = End::CredentialChanged;
            let told = json!({ "link": link.id, "client": link.client, "by": by });
            self.tell(&mut draft, "link.ended", told);
            if let Some(to) = who.mail.clone() {
                let args = vec![("app", link.called(&card.service))];
                self.mail_about(&mut draft, Occasion::LinkEnded, to, args);
            }
            draft.commit.changes.extend(ending(link, by, self.now));
        }
        let handle = hex(&random_256(self.random));
        let visit = Visit {
            digest: sha256_hex(handle.as_bytes()),
            tenant: self.tenant.id.clone(),
            customer: who.customer,
            name: who.name,
            credential_version: who.credential_version,
            begun_at: self.now,
            lapses_at: Visit::lapse(self.now, self.now),
        };
        let opened = Change::VisitOpened(Box::new(visit));
        draft.commit.changes.push(opened);
        let handle = self.keyring.seal(VISIT, &handle, self.random)?;
        let at = self.now;
        Self::end(&mut draft, Ending::Proved { handle, at });
        self.save(draft).await
    }
}

/// The customer, identified and proved: without that nothing is ever concluded.
pub(super) fn proved(facts: &Facts) -> Result<&Identified, Fault> {
    let who = facts.identified.as_ref();
    let who = who.ok_or_else(|| Fault::new("a plan ended without an identified customer"))?;
    if facts.proofs.is_empty() {
        return Err(Fault::new(
            "a plan ended without a proof of who the customer is",
        ));
    }
    Ok(who)
}
