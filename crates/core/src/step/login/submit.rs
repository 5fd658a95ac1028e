//! What a posted login leads to.

use serde_json::json;
use unicode_normalization::UnicodeNormalization;

use super::{CertificateUse, Login, Memory, PASSWORD};
use crate::attempt::{AttemptKey, Claim};
use crate::fact::{Identified, Proof};
use crate::fault::Fault;
use crate::form::FormData;
use crate::mail::Occasion;
use crate::port::{Identifiers, LoginVerdict};
use crate::refusal::Refusal;
use crate::secret::Password;
use crate::step::{Context, Errand, Note, Outcome, Submission};
use crate::text::{Message, Problem};

/// A login as it was typed.
struct Typed {
    who: Identifiers,
    password: Password,
}

impl Login {
    /// Takes the form.
    pub(super) async fn take(
        &self,
        cx: &Context<'_>,
        memory: Memory,
        form: &FormData,
    ) -> Result<Submission<Memory>, Fault> {
        let offers = memory.presented.is_none() && self.certificate != CertificateUse::None;
        if offers && (form.one("certificate").is_some() || self.needs_certificate(&memory)) {
            return Ok(Outcome::Away {
                memory,
                errand: Errand::Certificate,
            }
            .into());
        }
        let typed = Typed {
            who: self.who(&memory, form),
            password: Password::new(form.one(PASSWORD).unwrap_or_default()),
        };
        let missing: Vec<_> = typed
            .who
            .iter()
            .map(|(id, value)| (id.as_str(), value.is_empty()))
            .chain([(PASSWORD, typed.password.expose().is_empty())])
            .filter(|(_, empty)| *empty)
            .map(|(id, _)| Problem::at(id, Message::new(format!("error-{id}-missing"))))
            .collect();
        let too_long = |value: &String| value.chars().count() > LONGEST;
        if !missing.is_empty() || typed.who.values().any(too_long) {
            return Ok(again(memory, missing, &typed).into());
        }
        let key = AttemptKey::password(&cx.tenant.id, &typed.who);
        match cx
            .records
            .claim_attempt(&key, cx.tenant.limits.password, cx.now)
            .await?
        {
            Claim::Locked => {
                cx.bank.spend_verification(&typed.password).await?;
                Ok(Outcome::Refused(Refusal::TooManyAttempts).into())
            }
            Claim::Granted { left } => self.verify(cx, memory, typed, left, key).await,
        }
    }

    fn needs_certificate(&self, memory: &Memory) -> bool {
        self.certificate == CertificateUse::Required && memory.presented.is_none()
    }

    /// Who the form says it is; the certificate's word stands before what is typed.
    fn who(&self, memory: &Memory, form: &FormData) -> Identifiers {
        if let Some(presented) = &memory.presented {
            return presented.who.clone();
        }
        let typed = |id: &str| -> String {
            let typed = form.one(id).unwrap_or_default();
            typed.trim().nfkc().collect()
        };
        self.identifiers
            .iter()
            .map(|identifier| {
                let value = identifier.format.padded(typed(&identifier.id));
                (identifier.id.clone(), value)
            })
            .collect()
    }

    async fn verify(
        &self,
        cx: &Context<'_>,
        memory: Memory,
        typed: Typed,
        left: u32,
        key: AttemptKey,
    ) -> Result<Submission<Memory>, Fault> {
        match cx.bank.verify_login(&typed.who, &typed.password).await? {
            LoginVerdict::Right {
                customer,
                name,
                standing,
            } => {
                let before = cx.tenant.limits.password.attempts.saturating_sub(left + 1);
                let mut facts = cx.facts.clone();
                facts.identified = Some(Identified {
                    customer,
                    name,
                    credential_version: standing.credential_version,
                    mail: standing.mail,
                    class: standing.class,
                    at: cx.now,
                    failures_before: before,
                });
                facts.identifiers = typed.who;
                facts.proofs.insert(Proof::Password);
                facts.certificate = memory.presented.map(|presented| presented.certificate);
                // A certificate proves nothing about somebody who typed who they are.
                if facts.certificate.is_some() {
                    facts.proofs.insert(Proof::Certificate);
                } else {
                    facts.proofs.remove(&Proof::Certificate);
                }
                let mut submission = Submission::from(Outcome::Passed(Box::new(facts)));
                submission.cleared.push(key);
                Ok(submission)
            }
            LoginVerdict::Wrong => self.wrong(cx, memory, typed, left).await,
        }
    }

    async fn wrong(
        &self,
        cx: &Context<'_>,
        memory: Memory,
        typed: Typed,
        left: u32,
    ) -> Result<Submission<Memory>, Fault> {
        let note = Note {
            name: "login.wrong",
            detail: json!({ "attempts_left": left }),
        };
        if left == 0 {
            let mut submission = Submission::from(Outcome::Refused(Refusal::TooManyAttempts));
            submission.notes.push(note);
            submission.notes.push(Note {
                name: "login.locked",
                detail: json!({}),
            });
            let mail = cx.bank.find_mail(&typed.who).await?;
            submission
                .mails
                .extend(mail.map(|to| (Occasion::Locked, to)));
            return Ok(submission);
        }
        let mut problems = vec![Problem::of_page(if left <= FEW {
            Message::new("error-login-wrong-few-left").with("left", i64::from(left))
        } else {
            Message::new("error-login-wrong")
        })];
        if memory.presented.is_none() {
            for identifier in &self.identifiers {
                let value = typed.who.get(&identifier.id).map_or("", String::as_str);
                if !identifier.format.admits(value) {
                    problems.push(malformed(&identifier.id));
                }
            }
        }
        if !self.password.admits(typed.password.expose()) {
            problems.push(malformed(PASSWORD));
        }
        let mut submission = Submission::from(again(memory, problems, &typed));
        submission.notes.push(note);
        Ok(submission)
    }
}

fn malformed(id: &str) -> Problem {
    Problem::at(id, Message::new(format!("error-{id}-format")))
}

fn again(memory: Memory, problems: Vec<Problem>, typed: &Typed) -> Outcome<Memory> {
    let shortened = |value: &String| value.chars().take(LONGEST).collect();
    let kept = typed
        .who
        .iter()
        .map(|(id, value)| (id.clone(), shortened(value)))
        .collect();
    Outcome::Again {
        memory,
        problems,
        kept,
    }
}

/// From so few attempts left on, the page says how many.
const FEW: u32 = 2;
/// Nobody's identifier is longer; what is longer is not worth counting.
const LONGEST: usize = 128;
