//! The gate in front of a factor: what is common to every step that asks an identified customer for
//! something more. The attempt is claimed before the answer is looked at.

use serde_json::json;

use super::{Context, Note, Outcome, Submission, identified};
use crate::attempt::{AttemptKey, Claim};
use crate::fact::Proof;
use crate::fault::Fault;
use crate::mail::Occasion;
use crate::port::{Challenge, Factor, FactorAnswer};
use crate::refusal::Refusal;

/// Arrives at a factor: what the bank asks, or why the customer cannot be asked.
pub(super) async fn arrive(
    cx: &Context<'_>,
    factor: Factor,
) -> Result<Result<Challenge, Refusal>, Fault> {
    if is_locked(cx, factor).await? {
        return Ok(Err(Refusal::TooManyAttempts));
    }
    let who = identified(cx)?;
    let challenge = cx.bank.challenge(&who.customer, factor).await?;
    Ok(challenge.ok_or(Refusal::NoFactor(factor)))
}

/// Whether the customer has made too many attempts at a factor before.
pub(super) async fn is_locked(cx: &Context<'_>, factor: Factor) -> Result<bool, Fault> {
    let who = identified(cx)?;
    let key = AttemptKey::factor(&cx.tenant.id, factor, &who.customer);
    let limit = cx.tenant.limits.of_factor(factor);
    let (_, locked) = cx.records.attempts(&key, limit, cx.now).await?;
    Ok(locked)
}

/// Takes an answer the bank verifies.
pub(super) async fn answer<M>(
    cx: &Context<'_>,
    answer: &FactorAnswer,
    proof: Proof,
    again: impl FnOnce(u32) -> Outcome<M>,
) -> Result<Submission<M>, Fault> {
    let who = identified(cx)?;
    let claim = claim(cx, answer.factor()).await?;
    let right = match claim {
        Claim::Locked => false,
        Claim::Granted { .. } => cx.bank.verify(&who.customer, answer).await?,
    };
    settle(cx, answer.factor(), claim, right, proof, again)
}

/// Claims one attempt, for an answer that the step itself can judge.
pub(super) async fn claim(cx: &Context<'_>, factor: Factor) -> Result<Claim, Fault> {
    let who = identified(cx)?;
    let key = AttemptKey::factor(&cx.tenant.id, factor, &who.customer);
    let limit = cx.tenant.limits.of_factor(factor);
    cx.records.claim_attempt(&key, limit, cx.now).await
}

/// What a claimed attempt leads to.
pub(super) fn settle<M>(
    cx: &Context<'_>,
    factor: Factor,
    claim: Claim,
    right: bool,
    proof: Proof,
    again: impl FnOnce(u32) -> Outcome<M>,
) -> Result<Submission<M>, Fault> {
    let who = identified(cx)?;
    let Claim::Granted { left } = claim else {
        return Ok(Outcome::Refused(Refusal::TooManyAttempts).into());
    };
    if right {
        let mut facts = cx.facts.clone();
        facts.proofs.insert(proof);
        let mut submission = Submission::from(Outcome::Passed(Box::new(facts)));
        submission
            .cleared
            .push(AttemptKey::factor(&cx.tenant.id, factor, &who.customer));
        return Ok(submission);
    }
    let mut submission = if left == 0 {
        let mut refused = Submission::from(Outcome::Refused(Refusal::TooManyAttempts));
        let mail = who.mail.clone();
        refused.mails.extend(mail.map(|to| (Occasion::Locked, to)));
        refused
    } else {
        Submission::from(again(left))
    };
    submission.notes.push(Note {
        name: "factor.wrong",
        detail: json!({ "factor": factor, "attempts_left": left }),
    });
    Ok(submission)
}
