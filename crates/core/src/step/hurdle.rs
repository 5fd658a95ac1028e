//! What is common to the steps that stand where something at the bank is in the customer's way.

use serde_json::json;

use super::{Arrival, Context, Entry, Note, Outcome, Submission, identified};
use crate::fault::Fault;
use crate::port::Hurdle;
use crate::text::{Message, Problem};

/// Whether it is in the way now.
pub(super) async fn stands(cx: &Context<'_>, hurdle: Hurdle) -> Result<bool, Fault> {
    let who = identified(cx)?;
    let standing = cx.bank.standing(&who.customer).await?;
    let standing = standing
        .ok_or_else(|| Fault::new("a customer who was identified is gone from the bank"))?;
    Ok(standing.hurdles.contains(&hurdle))
}

/// It is in the way: the page.
pub(super) fn met<M>(memory: M, hurdle: Hurdle) -> Arrival<M> {
    let mut arrival = Arrival::from(Entry::Ask(memory));
    arrival.notes.push(note("hurdle.met", hurdle));
    arrival
}

/// Nothing is in the way.
pub(super) fn none<M>(cx: &Context<'_>) -> Arrival<M> {
    Entry::Passed(Box::new(cx.facts.clone())).into()
}

/// It is taken away at the customer's wish.
pub(super) async fn cleared<M>(cx: &Context<'_>, hurdle: Hurdle) -> Result<Submission<M>, Fault> {
    let who = identified(cx)?;
    cx.bank.clear_hurdle(&who.customer, hurdle).await?;
    Ok(passed(cx, "hurdle.cleared", hurdle))
}

/// On to the next step.
pub(super) fn passed<M>(cx: &Context<'_>, name: &'static str, hurdle: Hurdle) -> Submission<M> {
    let mut submission = Submission::from(Outcome::Passed(Box::new(cx.facts.clone())));
    submission.notes.push(note(name, hurdle));
    submission
}

/// The page again, with what is missing.
pub(super) fn again<M>(memory: M, problem: &str) -> Submission<M> {
    Outcome::Again {
        memory,
        problems: vec![Problem::of_page(Message::new(problem))],
        kept: Vec::new(),
    }
    .into()
}

/// For the audit record.
pub(super) fn note(name: &'static str, hurdle: Hurdle) -> Note {
    Note {
        name,
        detail: json!({ "hurdle": hurdle }),
    }
}
