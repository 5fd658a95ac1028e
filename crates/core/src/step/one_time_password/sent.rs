//! A code that Renkei makes, sends and judges. It is derived from a key and from the arrival it was
//! made for, so that it lies nowhere, and a second try of an interrupted arrival sends the same one.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    Arrival, Context, Entry, Factor, Fault, Memory, Message, OneTimePassword, Outcome, Password,
    Proof, Source, Submission, again, gate, identified, wrong,
};
use crate::attempt::{AttemptKey, Claim};
use crate::instant::Timestamp;
use crate::mail::{CodeMail, MAILED_CODE};
use crate::refusal::Refusal;
use crate::seal::{Keyring, same};
use crate::step::Note;

/// A code that is on its way.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Sending {
    /// The arrival it was made for.
    seed: String,
    /// Where to, masked.
    pub(super) to: String,
    /// How often one was sent.
    pub(super) times: u32,
    /// When the latest dies.
    dies_at: Timestamp,
}

impl Sending {
    /// A code on its way to nobody, for the gallery.
    pub(super) fn sample(now: Timestamp) -> Self {
        Self {
            seed: String::new(),
            to: masked("sample01@example.jp"),
            times: 1,
            dies_at: now,
        }
    }
}

impl OneTimePassword {
    /// Arrives, and sends the first code.
    pub(super) async fn send_first(&self, cx: &Context<'_>) -> Result<Arrival<Memory>, Fault> {
        if gate::is_locked(cx, Factor::OneTimePassword).await? {
            return Ok(Entry::Refused(Refusal::TooManyAttempts).into());
        }
        let Some(to) = self.address(cx).await? else {
            let missing = Refusal::NoFactor(Factor::OneTimePassword);
            return Ok(Entry::Refused(missing).into());
        };
        let mut sending = Sending {
            seed: cx.arrival.clone(),
            to: masked(&to),
            times: 0,
            dies_at: cx.now,
        };
        let Some(codes) = self.send(cx, &mut sending, to).await? else {
            return Ok(Entry::Refused(Refusal::TooManySent).into());
        };
        let mut arrival = Arrival::from(Entry::Ask(Memory {
            code: None,
            sending: Some(sending),
            tries_left: None,
        }));
        arrival.notes.push(self.note());
        arrival.codes = codes;
        Ok(arrival)
    }

    /// Sends another code, as often as the tenant lets it.
    pub(super) async fn send_again(
        &self,
        cx: &Context<'_>,
        mut memory: Memory,
    ) -> Result<Submission<Memory>, Fault> {
        let to = self.address(cx).await?;
        let (Some(mut sending), Some(to)) = (memory.sending.take(), to) else {
            let missing = Refusal::NoFactor(Factor::OneTimePassword);
            return Ok(Outcome::Refused(missing).into());
        };
        if sending.times > self.resends {
            memory.sending = Some(sending);
            return Ok(again(memory, Message::new("error-otp-resends")).into());
        }
        let codes = self.send(cx, &mut sending, to).await?;
        memory.sending = Some(sending);
        let Some(codes) = codes else {
            // What was sent before may still arrive.
            return Ok(again(memory, Message::new("error-otp-sendings")).into());
        };
        let mut submission = Submission::from(Outcome::Again {
            memory,
            problems: Vec::new(),
            kept: Vec::new(),
        });
        submission.notes.push(self.note());
        submission.codes = codes;
        Ok(submission)
    }

    /// Judges what was typed.
    pub(super) async fn judge(
        &self,
        cx: &Context<'_>,
        memory: Memory,
        typed: &Password,
    ) -> Result<Submission<Memory>, Fault> {
        let sending = memory.sending.as_ref();
        let sending = sending.ok_or_else(|| Fault::new("a code is judged that was never sent"))?;
        if cx.now >= sending.dies_at {
            return Ok(again(memory, Message::new("error-otp-expired")).into());
        }
        let claim = gate::claim(cx, Factor::OneTimePassword).await?;
        let right = match claim {
            Claim::Locked => false,
            Claim::Granted { .. } => same(&self.code(cx.keyring, sending)?, typed.expose()),
        };
        let proof = Proof::OneTimePassword;
        let settled = gate::settle(cx, Factor::OneTimePassword, claim, right, proof, |left| {
            wrong(memory, left)
        });
        let mut submission = settled?;
        if right {
            submission.cleared.push(sendings(cx)?);
        }
        Ok(submission)
    }

    /// Where the bank may send to; none when it has no such address.
    async fn address(&self, cx: &Context<'_>) -> Result<Option<String>, Fault> {
        let who = identified(cx)?;
        if self.source == Source::Mail {
            return Ok(who.mail.clone());
        }
        let standing = cx.bank.standing(&who.customer).await?;
        Ok(standing.and_then(|standing| standing.phone))
    }

    /// Sends the next code: by the bank, or by the mail that goes with the commit. None when too many
    /// were sent to this customer, on whichever journey.
    async fn send(
        &self,
        cx: &Context<'_>,
        sending: &mut Sending,
        to: String,
    ) -> Result<Option<Vec<CodeMail>>, Fault> {
        let (counted, limit) = (sendings(cx)?, cx.tenant.limits.sending);
        let claim = cx.records.claim_attempt(&counted, limit, cx.now).await?;
        if claim == Claim::Locked {
            return Ok(None);
        }
        sending.times += 1;
        sending.dies_at = cx.now.plus(Duration::from_secs(self.life_seconds.into()));
        let code = self.code(cx.keyring, sending)?;
        if self.source == Source::Mail {
            let code = cx.keyring.seal(MAILED_CODE, &code, cx.random)?;
            let minutes = self.life_seconds.div_ceil(60);
            return Ok(Some(vec![CodeMail { to, code, minutes }]));
        }
        let who = identified(cx)?;
        let key = format!("{}/{}", sending.seed, sending.times);
        cx.bank.send_text(&who.customer, &key, &code).await?;
        Ok(Some(Vec::new()))
    }

    /// The latest code that was sent.
    fn code(&self, keyring: &Keyring, sending: &Sending) -> Result<String, Fault> {
        let times = sending.times.to_be_bytes();
        let parts: [&[u8]; 2] = [sending.seed.as_bytes(), &times];
        let digest = keyring.digest("journey.one_time_password", &parts)?;
        // 128 bits make the last digits even enough.
        let number = digest.iter().take(16);
        let number = number.fold(0_u128, |number, byte| (number << 8) | u128::from(*byte));
        let width = usize::from(self.length);
        let modulus = 10_u128.pow(self.length.into());
        Ok(format!("{:0width$}", number % modulus))
    }

    fn note(&self) -> Note {
        Note {
            name: "one_time_password.sent",
            detail: json!({ "by": self.source }),
        }
    }
}

/// What is counted of a customer: sendings that were not used.
fn sendings(cx: &Context<'_>) -> Result<AttemptKey, Fault> {
    Ok(AttemptKey::sending(
        &cx.tenant.id,
        &identified(cx)?.customer,
    ))
}

/// Where something went, told to somebody who knows it: `h***@example.jp`. A telephone number comes
/// masked from the bank.
fn masked(to: &str) -> String {
    match to.split_once('@') {
        Some((name, domain)) => {
            let first: String = name.chars().take(1).collect();
            format!("{first}***@{domain}")
        }
        None => to.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::step::trial::{Trial, form, key};

    fn sending(seed: &str, times: u32) -> Sending {
        Sending {
            seed: seed.to_owned(),
            times,
            ..Sending::sample(Timestamp::from_millis(0))
        }
    }

    #[test]
    fn a_code_is_that_of_its_arrival_and_of_its_turn() {
        let mut key = [7; 32];
        key[0] = 1;
        let ring = Keyring::new("a", [("a".to_owned(), key)]).unwrap();
        let step: OneTimePassword =
            serde_json::from_value(json!({ "source": "mail", "length": 8 })).unwrap();
        let code = |seed, times| step.code(&ring, &sending(seed, times)).unwrap();
        let first = code("jrn_1/otp/3", 1);
        assert!(step.admits(&first), "{first}");
        assert_eq!(first, code("jrn_1/otp/3", 1), "a second try sends the same");
        assert_ne!(first, code("jrn_1/otp/3", 2), "the next is another");
        assert_ne!(first, code("jrn_2/otp/3", 1), "and so is another journey's");
    }

    #[test]
    fn an_address_is_told_to_who_knows_it() {
        assert_eq!(masked("hida0001@example.jp"), "h***@example.jp");
        assert_eq!(masked("***-****-5678"), "***-****-5678");
    }

    #[tokio::test]
    async fn a_code_dies_after_its_time_and_no_attempt_is_lost_over_it() {
        let step: OneTimePassword =
            serde_json::from_value(json!({ "source": "mail", "life_seconds": 60 })).unwrap();
        let mut trial = Trial::new();
        let memory = trial.ask(&step).await;
        let code = step.code(&trial.keyring, memory.sending.as_ref().unwrap());
        let typed = form(&[("otp", &code.unwrap())]);
        trial.wait(Duration::from_mins(1));
        let late = trial.submit(&step, memory, &typed).await;
        let Outcome::Again { problems, .. } = late.outcome else {
            panic!("a dead code does not pass");
        };
        assert_eq!(key(&problems), "error-otp-expired");

        let memory = trial.ask(&step).await;
        let right = trial.submit(&step, memory, &typed).await;
        let Outcome::Passed(facts) = right.outcome else {
            panic!("the same arrival, the same code, in time");
        };
        assert!(facts.proofs.contains(&Proof::OneTimePassword));
    }

    #[tokio::test]
    async fn sendings_are_counted_across_journeys_until_one_is_used() {
        let step: OneTimePassword =
            serde_json::from_value(json!({ "source": "sms", "resends": 9 })).unwrap();
        let mut trial = Trial::new();
        let mut memory = trial.ask(&step).await;
        for number in 1..4 {
            trial.arrival = format!("journey {number}");
            memory = trial.ask(&step).await;
        }
        let resend = form(&[("action", "resend")]);
        for refused in [false, true] {
            let sent = trial.submit(&step, memory, &resend).await;
            let Outcome::Again {
                memory: kept,
                problems,
                ..
            } = sent.outcome
            else {
                panic!("the page stays");
            };
            assert_eq!(!problems.is_empty(), refused);
            assert_eq!(sent.notes.is_empty(), refused);
            if refused {
                assert_eq!(key(&problems), "error-otp-sendings");
            }
            memory = kept;
        }
        trial.arrival = "another journey".to_owned();
        let refused = trial.enter(&step).await;
        assert!(matches!(refused, Entry::Refused(Refusal::TooManySent)));
        // The one that was sent last still passes, and gives the sendings back.
        let code = step.code(&trial.keyring, memory.sending.as_ref().unwrap());
        let typed = form(&[("otp", &code.unwrap())]);
        let right = trial.submit(&step, memory, &typed).await;
        assert!(matches!(right.outcome, Outcome::Passed(_)));
        let customer = trial.customer();
        let own = AttemptKey::sending(&trial.tenant_id(), &customer);
        assert!(right.cleared.contains(&own), "{:?}", right.cleared);
    }
}
