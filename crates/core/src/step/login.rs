//! Login with ログインID and ログインパスワード. Asks for both; proves who the customer is.
//!
//! Source: Hidashin manual 手順1-2. An unknown ID and a wrong password, a malformed one and a locked
//! one, cost the same, are counted the same and read the same.

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use unicode_normalization::UnicodeNormalization;

use super::field::FieldView;
use super::{
    Arrival, Context, Entry, Field, Kept, Note, Outcome, Role, Sample, SampleWorld, Step,
    Submission, When,
};
use crate::attempt::{AttemptKey, Claim};
use crate::fact::{Facts, Identified, Proof};
use crate::fault::Fault;
use crate::form::FormData;
use crate::mail::Occasion;
use crate::port::LoginVerdict;
use crate::refusal::Refusal;
use crate::secret::Password;
use crate::text::{Message, Problem};

/// Login with an ID and a password.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_field_names,
    reason = "a login ID is what the manual calls it"
)]
pub struct Login {
    /// When the step is walked.
    #[serde(default)]
    pub when: When,
    /// The format of the ID.
    pub login_id: Field,
    /// The format of the password.
    pub password: Field,
}

/// Nothing needs remembering.
#[derive(Debug, Serialize, Deserialize)]
pub struct Memory {}

/// The page.
#[derive(Debug, Serialize)]
pub struct View {
    fields: [FieldView; 2],
    /// 電子証明書ログイン on the same page; not offered yet.
    certificate: bool,
}

#[async_trait]
impl Step for Login {
    const KIND: &'static str = "login";
    const ROLE: Role = Role::IdentifiesAndProves;
    type Memory = Memory;
    type View = View;

    fn when(&self) -> &When {
        &self.when
    }

    async fn enter(&self, _cx: &Context<'_>) -> Result<Arrival<Memory>, Fault> {
        Ok(Entry::Ask(Memory {}).into())
    }

    fn present(&self, _: &Facts, _: &Memory, _: &[Problem], kept: &Kept) -> View {
        let login_id = kept.get(LOGIN_ID).map_or("", String::as_str);
        View {
            fields: [
                self.login_id.view(LOGIN_ID, false, login_id),
                self.password.view(PASSWORD, true, ""),
            ],
            certificate: false,
        }
    }

    async fn submit(
        &self,
        cx: &Context<'_>,
        memory: Memory,
        form: &FormData,
    ) -> Result<Submission<Memory>, Fault> {
        let login_id: String = form
            .one(LOGIN_ID)
            .unwrap_or_default()
            .trim()
            .nfkc()
            .collect();
        let password = Password::new(form.one(PASSWORD).unwrap_or_default());
        let missing: Vec<_> = [
            (LOGIN_ID, login_id.is_empty()),
            (PASSWORD, password.expose().is_empty()),
        ]
        .into_iter()
        .filter(|(_, empty)| *empty)
        .map(|(id, _)| Problem::at(id, Message::new(format!("error-{id}-missing"))))
        .collect();
        if !missing.is_empty() || login_id.chars().count() > LONGEST_ID {
            return Ok(again(memory, missing, &login_id).into());
        }
        let key = AttemptKey::password(&cx.tenant.id, &login_id);
        match cx
            .records
            .claim_attempt(&key, cx.tenant.limits.password, cx.now)
            .await?
        {
            Claim::Locked => {
                cx.bank.spend_verification(&password).await?;
                Ok(Outcome::Refused(Refusal::TooManyAttempts).into())
            }
            Claim::Granted { left } => self.verify(cx, &login_id, &password, left, key).await,
        }
    }

    fn samples(&self, world: &SampleWorld) -> Vec<Sample<Memory>> {
        let missing = |id| Message::new(format!("error-{id}-missing"));
        vec![
            Sample::new("first", world, Memory {}),
            Sample::new("wrong", world, Memory {})
                .told(Message::new("error-login-wrong-few-left").with("left", i64::from(FEW)))
                .told_at(PASSWORD, Message::new("error-password-format"))
                .keeping(LOGIN_ID, "sample01"),
            Sample::new("missing", world, Memory {})
                .told_at(LOGIN_ID, missing(LOGIN_ID))
                .told_at(PASSWORD, missing(PASSWORD)),
        ]
    }
}

impl Login {
    async fn verify(
        &self,
        cx: &Context<'_>,
        login_id: &str,
        password: &Password,
        left: u32,
        key: AttemptKey,
    ) -> Result<Submission<Memory>, Fault> {
        match cx.bank.verify_login(login_id, password).await? {
            LoginVerdict::Right {
                customer,
                name,
                credential_version,
                mail,
            } => {
                let before = cx.tenant.limits.password.attempts.saturating_sub(left + 1);
                let mut facts = cx.facts.clone();
                facts.identified = Some(Identified {
                    customer,
                    name,
                    credential_version,
                    mail,
                    at: cx.now,
                    failures_before: before,
                });
                facts.proofs.insert(Proof::Password);
                let mut submission = Submission::from(Outcome::Passed(Box::new(facts)));
                submission.cleared.push(key);
                Ok(submission)
            }
            LoginVerdict::Wrong => self.wrong(cx, login_id, password, left).await,
        }
    }

    async fn wrong(
        &self,
        cx: &Context<'_>,
        login_id: &str,
        password: &Password,
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
            let mail = cx.bank.find_mail(login_id).await?;
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
        for (id, field, value) in [
            (LOGIN_ID, &self.login_id, login_id),
            (PASSWORD, &self.password, password.expose()),
        ] {
            if !field.admits(value) {
                problems.push(Problem::at(id, Message::new(format!("error-{id}-format"))));
            }
        }
        let mut submission = Submission::from(again(Memory {}, problems, login_id));
        submission.notes.push(note);
        Ok(submission)
    }
}

fn again(memory: Memory, problems: Vec<Problem>, login_id: &str) -> Outcome<Memory> {
    let kept = login_id.chars().take(LONGEST_ID).collect();
    Outcome::Again {
        memory,
        problems,
        kept: vec![(LOGIN_ID.to_owned(), kept)],
    }
}

const LOGIN_ID: &str = "login_id";
const PASSWORD: &str = "password";
/// From so few attempts left on, the page says how many.
const FEW: u32 = 2;
/// Nobody's login ID is longer; what is longer is not worth counting.
const LONGEST_ID: usize = 128;
