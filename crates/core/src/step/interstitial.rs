//! 中間画面: a page that login packages put between the steps, where something at the bank wants
//! attention: an expired password (変更する, 変更しない), a mail address that bounces. Asks for a
//! decision; proves nothing.
//!
//! Source: `japan.md` section 6: 「パスワード期限切れ」, 「メールアドレス訂正」.

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Applies, Arrival, Context, Kept, Outcome, Role, Sample, SampleWorld, Step, Submission, When,
    hurdle,
};
use crate::fact::Facts;
use crate::fault::Fault;
use crate::form::FormData;
use crate::port::Hurdle;
use crate::text::{Message, Problem};

/// A page in between.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Interstitial {
    /// When the step is walked.
    #[serde(default)]
    pub when: When,
    /// The screen's number as the manual prints it; shown, never used as a key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screen_id: Option<String>,
    /// What it is shown for; the page's texts are those of `interstitial-<this>-…`.
    pub on: Attention,
    /// Where at the bank's own site it is put right; begins with `https://`.
    pub mend_at: String,
    /// Whether the customer may go on without putting it right (変更しない). A mail address may always
    /// be put right later.
    #[serde(default)]
    pub may_skip: bool,
}

/// What wants attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Attention {
    /// The mail address bounces.
    MailInvalid,
    /// ログインパスワード has expired.
    PasswordExpired,
}

impl Attention {
    const fn hurdle(self) -> Hurdle {
        match self {
            Self::MailInvalid => Hurdle::MailInvalid,
            Self::PasswordExpired => Hurdle::PasswordExpired,
        }
    }
}

/// What the step remembers.
#[derive(Debug, Serialize, Deserialize)]
pub struct Memory {}

/// The page.
#[derive(Debug, Serialize)]
pub struct View {
    screen_id: Option<String>,
    /// The middle of its texts' keys.
    on: &'static str,
    mend_at: String,
    may_skip: bool,
}

#[async_trait]
impl Step for Interstitial {
    const KIND: &'static str = "interstitial";
    const ROLE: Role = Role::Serves;
    const MAY_REPEAT: bool = true;
    type Memory = Memory;
    type View = View;

    fn when(&self) -> &When {
        &self.when
    }

    fn applies(&self, _: &Facts) -> Applies {
        Applies::Open
    }

    fn samples(&self, world: &SampleWorld) -> Vec<Sample<Memory>> {
        vec![
            Sample::new("first", world, Memory {}),
            Sample::new("wrong", world, Memory {})
                .told(Message::new("error-password-still-expired")),
        ]
    }

    async fn enter(&self, cx: &Context<'_>) -> Result<Arrival<Memory>, Fault> {
        let hurdle = self.on.hurdle();
        if hurdle::stands(cx, hurdle).await? {
            return Ok(hurdle::met(Memory {}, hurdle));
        }
        Ok(hurdle::none(cx))
    }

    fn present(&self, _: &Facts, _: &Memory, _: &[Problem], _: &Kept) -> View {
        View {
            screen_id: self.screen_id.clone(),
            on: self.on.hurdle().word(),
            mend_at: self.mend_at.clone(),
            may_skip: self.may_skip || self.on == Attention::MailInvalid,
        }
    }

    async fn submit(
        &self,
        cx: &Context<'_>,
        memory: Memory,
        form: &FormData,
    ) -> Result<Submission<Memory>, Fault> {
        let hurdle = self.on.hurdle();
        if form.one(ACTION) == Some("skip") {
            return match self.on {
                Attention::MailInvalid => Ok(hurdle::passed(cx, "hurdle.left", hurdle)),
                Attention::PasswordExpired if self.may_skip => hurdle::cleared(cx, hurdle).await,
                Attention::PasswordExpired => {
                    Ok(hurdle::again(memory, "error-password-still-expired"))
                }
            };
        }
        Ok(match (hurdle::stands(cx, hurdle).await?, self.on) {
            (true, Attention::MailInvalid) => hurdle::again(memory, "error-mail-still-invalid"),
            (true, Attention::PasswordExpired) => {
                hurdle::again(memory, "error-password-still-expired")
            }
            (false, Attention::MailInvalid) => hurdle::passed(cx, "hurdle.gone", hurdle),
            (false, Attention::PasswordExpired) => {
                let mut anew =
                    Submission::from(Outcome::GoTo(LOGIN, Box::new(forgotten(cx.facts))));
                anew.notes.push(hurdle::note("hurdle.gone", hurdle));
                anew
            }
        })
    }
}

/// What is left when the password was changed under way: whoever goes on has to show that they know
/// the new one, and everything that rested on who they are is decided again.
fn forgotten(facts: &Facts) -> Facts {
    Facts {
        client: facts.client.clone(),
        browser: facts.browser.clone(),
        method: facts.method.clone(),
        agreed: facts.agreed.clone(),
        certificate: facts.certificate.clone(),
        ..Facts::default()
    }
}

const ACTION: &str = "action";
const LOGIN: &str = super::login::Login::KIND;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::step::Entry;
    use crate::step::trial::{Trial, form, key};
    use serde_json::json;

    fn step(on: &str, may_skip: bool) -> Interstitial {
        let mend_at = "https://bank.example/change";
        serde_json::from_value(json!({ "on": on, "mend_at": mend_at, "may_skip": may_skip }))
            .unwrap()
    }

    #[tokio::test]
    async fn a_changed_password_is_asked_for_again() {
        let (trial, step) = (Trial::new(), step("password_expired", false));
        trial.bank.put(Hurdle::PasswordExpired);
        let memory = trial.ask(&step).await;
        for typed in ["skip", "continue"] {
            let still = trial
                .submit(&step, Memory {}, &form(&[(ACTION, typed)]))
                .await;
            let Outcome::Again { problems, .. } = still.outcome else {
                panic!("let through with an expired password");
            };
            assert_eq!(key(&problems), "error-password-still-expired");
        }
        trial.bank.take(Hurdle::PasswordExpired);
        let gone = trial.submit(&step, memory, &form(&[])).await;
        let Outcome::GoTo("login", facts) = gone.outcome else {
            panic!("not to the login");
        };
        assert!(facts.identified.is_none() && facts.proofs.is_empty());
    }

    #[tokio::test]
    async fn where_the_bank_allows_it_the_password_is_kept_once_more() {
        let (trial, step) = (Trial::new(), step("password_expired", true));
        trial.bank.put(Hurdle::PasswordExpired);
        let memory = trial.ask(&step).await;
        let kept = trial
            .submit(&step, memory, &form(&[(ACTION, "skip")]))
            .await;
        assert!(matches!(kept.outcome, Outcome::Passed(_)));
        assert!(matches!(trial.enter(&step).await, Entry::Passed(_)));
    }

    #[tokio::test]
    async fn a_mail_address_may_be_put_right_later_and_is_told_again() {
        let (trial, step) = (Trial::new(), step("mail_invalid", false));
        trial.bank.put(Hurdle::MailInvalid);
        let memory = trial.ask(&step).await;
        let later = trial
            .submit(&step, memory, &form(&[(ACTION, "skip")]))
            .await;
        assert!(matches!(later.outcome, Outcome::Passed(_)));
        assert!(matches!(trial.enter(&step).await, Entry::Ask(_)));
    }
}
