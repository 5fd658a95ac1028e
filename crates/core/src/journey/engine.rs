//! The only control flow of a journey: begin, resume, submit, cancel. Load is the caller's, deciding
//! is here, and each decision is written by one commit.
//!
//! Global rules live here and not in kinds: lapse, version, claimed arrivals, and "no consent without
//! an identifying and a proving step".

use serde_json::{Value, json};

mod conclude;
mod errand;
mod mail;
mod pay;
mod screen;

pub use self::errand::TICKET_LIVES_FOR;
pub use self::screen::Screen;
use super::plan::{Plan, Stop};
use super::{Ending, Journey, LinkPurpose, Purpose, State};
use crate::audit::Event;
use crate::client::ClientRecord;
use crate::commit::{Change, Commit, CommitError};
use crate::fact::{BrowserFact, ClientFact, Facts};
use crate::fault::Fault;
use crate::form::FormData;
use crate::id::{IncidentId, JourneyId};
use crate::instant::Timestamp;
use crate::link::Policy;
use crate::port::{Bank, Random, Store, Wording};
use crate::refusal::Refusal;
use crate::seal::Keyring;
use crate::step::{Applies, Context, Entry, Note, Outcome, Submission};
use crate::tenant::{ClientTerms, Tenant};
use crate::text::Language;

/// What a decision about one journey rests on.
#[derive(Clone, Copy)]
pub struct Engine<'a> {
    /// The bank.
    pub tenant: &'a Tenant,
    /// The plan the journey began with.
    pub plan: &'a Plan,
    /// The client; none on a journey without one.
    pub client: Option<&'a ClientRecord>,
    /// The bank's own system.
    pub bank: &'a dyn Bank,
    /// What is kept.
    pub store: &'a dyn Store,
    /// Randomness fit for secrets.
    pub random: &'a dyn Random,
    /// Seals what must not lie open.
    pub keyring: &'a Keyring,
    /// What the pages say.
    pub wording: &'a dyn Wording,
    /// Now.
    pub now: Timestamp,
}

/// How a journey begins.
#[derive(Debug)]
pub struct Beginning {
    /// What it is for.
    pub purpose: Purpose,
    /// The tenant's terms for the client.
    pub terms: ClientTerms,
    /// Digest of the handle in the browser.
    pub browser: String,
    /// What the browser shows of itself.
    pub signs: BrowserFact,
    /// The language to begin in.
    pub language: Language,
}

/// What a form was posted for.
#[derive(Debug)]
pub struct Posted<'a> {
    /// The stop it was shown for.
    pub stop: &'a str,
    /// The version it was shown with.
    pub version: i64,
    /// The language of the page.
    pub language: Language,
    /// What the browser shows of itself now.
    pub signs: BrowserFact,
    /// The controls.
    pub form: &'a FormData,
}

/// Changes under way: the journey as it will be, and what is written with it.
struct Draft {
    journey: Journey,
    is_new: bool,
    commit: Commit,
}

impl Engine<'_> {
    /// Begins a journey and walks to its first page.
    pub async fn begin(&self, beginning: Beginning) -> Result<Journey, CommitError> {
        let Beginning {
            purpose,
            terms,
            browser,
            signs,
            language,
        } = beginning;
        let (client, begun) = match &purpose {
            Purpose::Link(LinkPurpose { request, issuer }) => {
                let client = ClientFact {
                    id: request.client_id.clone(),
                    terms,
                    requested: request.scopes.intersection(&self.tenant.scopes),
                };
                let begun = json!({
                    "client": client.id, "scopes": client.requested, "issuer": issuer,
                    "plan": self.plan.digest(),
                });
                (Some(client), begun)
            }
            Purpose::Links => (
                None,
                json!({ "purpose": "links", "plan": self.plan.digest() }),
            ),
            Purpose::Payment(bill) => {
                let begun = json!({
                    "purpose": "payment", "fee": bill.fee, "bill": bill.nonce,
                    "plan": self.plan.digest(),
                });
                (None, begun)
            }
        };
        let journey = Journey {
            id: JourneyId::new(self.now, self.random),
            tenant: self.tenant.id.clone(),
            version: 0,
            plan: self.plan.digest().to_owned(),
            facts: Facts {
                client,
                browser: signs,
                bill: match &purpose {
                    Purpose::Payment(bill) => Some(bill.clone()),
                    Purpose::Link(_) | Purpose::Links => None,
                },
                ..Facts::default()
            },
            purpose,
            browser,
            language,
            started_at: self.now,
            touched_at: self.now,
            walked: Vec::new(),
            state: State::Arriving {
                stop: 0,
                arrival: String::new(),
            },
        };
        let mut draft = Draft {
            journey,
            is_new: true,
            commit: Commit::default(),
        };
        if let Some(bill) = draft.journey.bill() {
            let opened = Change::BillOpened {
                nonce: bill.nonce.clone(),
                journey: draft.journey.id,
            };
            draft.commit.changes.push(opened);
        }
        self.tell(&mut draft, "journey.begun", begun);
        self.walk(draft, 0).await
    }

    /// Goes on with an arrival that was claimed and then interrupted. A journey that waits for the
    /// customer, or is over, is returned as it is.
    pub async fn resume(&self, journey: Journey) -> Result<Journey, CommitError> {
        let State::Arriving { stop, arrival } = journey.state.clone() else {
            return Ok(journey);
        };
        let mut draft = Draft {
            journey,
            is_new: false,
            commit: Commit::default(),
        };
        self.tell(&mut draft, "journey.resumed", json!({}));
        match self.arrive(&mut draft, stop, arrival).await? {
            Some(next) => self.walk(draft, next).await,
            None => self.save(draft).await,
        }
    }

    /// Takes a form.
    ///
    /// # Errors
    /// [`CommitError::Lost`] when the form is not for where the journey is: reload and show that.
    pub async fn submit(
        &self,
        journey: Journey,
        posted: Posted<'_>,
    ) -> Result<Journey, CommitError> {
        let State::Asking { stop, memory, .. } = &journey.state else {
            return Err(CommitError::Lost);
        };
        let here = self.plan.stop(*stop)?;
        if here.name != posted.stop || journey.version != posted.version {
            return Err(CommitError::Lost);
        }
        let (stop, memory) = (*stop, memory.clone());
        let mut draft = Draft {
            journey,
            is_new: false,
            commit: Commit::default(),
        };
        draft.journey.language = posted.language;
        draft.journey.facts.browser = posted.signs;
        let submission = {
            let cx = self.context(&draft.journey, String::new());
            here.step.submit(&cx, &memory, posted.form).await?
        };
        self.settle(draft, stop, here, submission).await
    }

    /// Ends the journey at the customer's wish.
    pub async fn cancel(&self, journey: Journey) -> Result<Journey, CommitError> {
        let stop = journey.stop().ok_or(CommitError::Lost)?;
        let at = self.plan.stop(stop)?.name.clone();
        let mut draft = Draft {
            journey,
            is_new: false,
            commit: Commit::default(),
        };
        self.tell(&mut draft, "journey.cancelled", json!({ "step": at }));
        Self::end(&mut draft, Ending::Cancelled);
        self.save(draft).await
    }

    async fn settle(
        &self,
        mut draft: Draft,
        stop: usize,
        here: &Stop,
        submission: Submission<Value>,
    ) -> Result<Journey, CommitError> {
        let Submission {
            outcome,
            notes,
            cleared,
            mails,
            codes,
        } = submission;
        self.note(&mut draft, notes);
        draft
            .commit
            .changes
            .extend(cleared.into_iter().map(Change::AttemptsCleared));
        for (occasion, to) in mails {
            self.mail(&mut draft, occasion, to);
        }
        self.mail_codes(&mut draft, codes);
        match outcome {
            Outcome::Again {
                memory,
                problems,
                kept,
            } => {
                let kept = kept.into_iter().collect();
                draft.journey.state = State::Asking {
                    stop,
                    memory,
                    problems,
                    kept,
                    away: None,
                };
                self.save(draft).await
            }
            Outcome::Away { memory, errand } => {
                draft.journey.state = self.away(stop, memory, errand)?;
                self.save(draft).await
            }
            Outcome::GoTo(kind, facts) => {
                self.passed(&mut draft, here, *facts);
                let to = self.plan.nearest_of_kind(kind, stop, &draft.journey.facts);
                let to =
                    to.ok_or_else(|| Fault::new("a step goes to a kind its plan does not have"))?;
                draft.journey.walked.retain(|walked| *walked < to);
                self.walk(draft, to).await
            }
            Outcome::Passed(facts) => {
                self.passed(&mut draft, here, *facts);
                self.walk(draft, stop + 1).await
            }
            Outcome::Refused(refusal) => {
                self.refuse(&mut draft, refusal);
                self.save(draft).await
            }
        }
    }

    /// Walks from a stop to the next page, or to the end.
    async fn walk(&self, mut draft: Draft, from: usize) -> Result<Journey, CommitError> {
        let mut at = from;
        self.learn_renewal(&mut draft.journey.facts).await?;
        while let Some(stop) = self.plan.stops().get(at) {
            if let Some(why) = self.lapsed_bill(&draft.journey) {
                self.refuse(&mut draft, Refusal::Payment(why));
                return self.save(draft).await;
            }
            if let Applies::No(reason) = stop.step.applies(&draft.journey.facts) {
                let skipped = json!({ "step": stop.name, "reason": reason });
                self.tell(&mut draft, "step.skipped", skipped);
                at += 1;
                continue;
            }
            let mut arrival = String::new();
            if stop.step.arrival_acts() {
                arrival = format!(
                    "{}/{}/{}",
                    draft.journey.id,
                    stop.name,
                    draft.journey.version + 1
                );
                draft.journey.state = State::Arriving {
                    stop: at,
                    arrival: arrival.clone(),
                };
                draft = Draft {
                    journey: self.save(draft).await?,
                    is_new: false,
                    commit: Commit::default(),
                };
            }
            match self.arrive(&mut draft, at, arrival).await? {
                Some(next) => at = next,
                None => return self.save(draft).await,
            }
        }
        match draft.journey.purpose {
            Purpose::Link(_) => self.conclude(draft).await,
            Purpose::Links => self.prove(draft).await,
            Purpose::Payment(_) => Box::pin(self.pay(draft)).await,
        }
    }

    /// Learns, for a plan that asks it, whether the consent would renew a living link.
    async fn learn_renewal(&self, facts: &mut Facts) -> Result<(), Fault> {
        let (Some(who), Some(client), None) = (&facts.identified, &facts.client, facts.renewal)
        else {
            return Ok(());
        };
        if self.plan.asks_renewal() {
            let link = self
                .store
                .find_renewable_link(&self.tenant.id, &client.id, &who.customer)
                .await?;
            let renews = self.tenant.policy_for(&client.id) != Policy::Many;
            facts.renewal = Some(renews && link.is_some_and(|link| link.is_live(self.now)));
        }
        Ok(())
    }

    /// Enters one stop; the stop to go on with, or none when the journey waits there or is over.
    async fn arrive(
        &self,
        draft: &mut Draft,
        at: usize,
        arrival: String,
    ) -> Result<Option<usize>, Fault> {
        let stop = self.plan.stop(at)?;
        let arrived = {
            let cx = self.context(&draft.journey, arrival);
            stop.step.enter(&cx).await?
        };
        self.note(draft, arrived.notes);
        self.mail_codes(draft, arrived.codes);
        match arrived.entry {
            Entry::Ask(memory) => {
                if !draft.journey.walked.contains(&at) {
                    draft.journey.walked.push(at);
                }
                let (problems, kept) = Default::default();
                draft.journey.state = State::Asking {
                    stop: at,
                    memory,
                    problems,
                    kept,
                    away: None,
                };
                Ok(None)
            }
            Entry::Passed(facts) => {
                self.passed(draft, stop, *facts);
                Ok(Some(at + 1))
            }
            Entry::Refused(refusal) => {
                self.refuse(draft, refusal);
                Ok(None)
            }
        }
    }

    fn passed(&self, draft: &mut Draft, stop: &Stop, facts: Facts) {
        draft.journey.facts = facts;
        self.tell(draft, "step.passed", json!({ "step": stop.name }));
    }

    fn refuse(&self, draft: &mut Draft, refusal: Refusal) {
        let incident = IncidentId::new(self.random);
        let refused = json!({ "refusal": refusal, "incident": incident });
        self.tell(draft, "journey.refused", refused);
        Self::end(draft, Ending::Refused { refusal, incident });
    }

    /// Ends the journey. Staged PINs and whatever else a step sealed go with its memory and facts.
    fn end(draft: &mut Draft, ending: Ending) {
        draft.journey.state = State::Ended(ending);
        draft.journey.facts.pins = None;
    }

    fn tell(&self, draft: &mut Draft, name: &str, detail: Value) {
        draft.commit.events.push(Event {
            at: self.now,
            tenant: Some(self.tenant.id.clone()),
            journey: Some(draft.journey.id),
            name: name.to_owned(),
            detail,
        });
    }

    fn note(&self, draft: &mut Draft, notes: Vec<Note>) {
        for Note { name, detail } in notes {
            self.tell(draft, name, detail);
        }
    }

    async fn save(&self, mut draft: Draft) -> Result<Journey, CommitError> {
        draft.journey.version += 1;
        draft.journey.touched_at = self.now;
        let kept = Box::new(draft.journey.clone());
        // The journey first: its guard decides whether the rest is worth writing.
        let first = if draft.is_new {
            Change::JourneyBegun(kept)
        } else {
            Change::JourneySaved(kept)
        };
        draft.commit.changes.insert(0, first);
        self.store.commit(draft.commit).await?;
        Ok(draft.journey)
    }

    fn context<'c>(&'c self, journey: &'c Journey, arrival: String) -> Context<'c> {
        Context {
            now: self.now,
            random: self.random,
            keyring: self.keyring,
            tenant: self.tenant,
            facts: &journey.facts,
            bank: self.bank,
            records: self.store,
            language: journey.language,
            arrival,
        }
    }
}
