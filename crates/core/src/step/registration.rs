//! 利用開始登録: a factor the customer does not have yet is registered for the first time: a question
//! with its answer (追加認証), or an authenticator (ワンタイムパスワード). Asks for the answer twice, or for
//! one code of the authenticator; proves nothing. A customer who has the factor does not see the page.
//!
//! Source: `japan.md` section 6, "First registration": 追加認証(回答)登録, OTP利用開始登録.

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use unicode_normalization::UnicodeNormalization;

use super::{
    Applies, Arrival, Context, Entry, Kept, Note, Outcome, Role, Sample, SampleWorld, Step,
    Submission, When, identified,
};
use crate::fact::Facts;
use crate::fault::Fault;
use crate::form::FormData;
use crate::mail::Occasion;
use crate::port::{self, Factor, PasskeyRequest};
use crate::refusal::Refusal;
use crate::seal::{Keyring, Sealed};
use crate::secret::{Answer, Password};
use crate::text::{Language, Message, Problem};
use crate::totp;

/// The first registration of a factor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Registration {
    /// When the step is walked.
    #[serde(default)]
    pub when: When,
    /// The screen's number as the manual prints it; shown, never used as a key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screen_id: Option<String>,
    /// What is registered.
    pub factor: Registrable,
}

/// What can be registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Registrable {
    /// A question out of a list, and its answer.
    Question {
        /// The questions, in the words the bank keeps them in.
        #[schemars(length(min = 1))]
        questions: Vec<String>,
        /// The shortest answer in characters, 1 to 100.
        #[serde(default = "one")]
        #[schemars(range(min = 1, max = 100))]
        min_chars: usize,
        /// The longest answer in characters, 1 to 100, not below `min_chars`.
        #[serde(default = "sixteen")]
        #[schemars(range(min = 1, max = 100))]
        max_chars: usize,
    },
    /// A passkey, at a bank that keeps passkeys.
    Passkey,
    /// An authenticator (RFC 6238: SHA-1, six digits, 30 seconds).
    Token,
}

/// What the step remembers.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// The authenticator's secret.
    secret: Option<Sealed>,
    /// The same, opened for the page; never kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    shown: Option<String>,
    /// Who issues it, as the authenticator lists it.
    issuer: String,
    /// For whom.
    holder: String,
    /// What the browser is asked for a passkey.
    passkey: Option<PasskeyRequest>,
}

/// The page.
#[derive(Debug, Serialize)]
pub struct View {
    screen_id: Option<String>,
    factor: &'static str,
    questions: Vec<Choice>,
    min_chars: usize,
    max_chars: usize,
    /// The secret in groups of four, to be typed.
    secret: Vec<String>,
    /// The same as the authenticator scans it.
    uri: String,
    /// For the browser, when a passkey is registered.
    options: String,
}

#[derive(Debug, Serialize)]
struct Choice {
    words: String,
    selected: bool,
}

#[async_trait]
impl Step for Registration {
    const KIND: &'static str = "registration";
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
        let memory = || Memory {
            shown: Some("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP".to_owned()),
            issuer: "renkei.example".to_owned(),
            holder: "sample".to_owned(),
            ..Memory::default()
        };
        vec![
            Sample::new("first", world, memory()),
            Sample::new("wrong", world, memory()).told(Message::new("error-question-missing")),
        ]
    }

    async fn enter(&self, cx: &Context<'_>) -> Result<Arrival<Memory>, Fault> {
        let who = identified(cx)?;
        if cx
            .bank
            .challenge(&who.customer, self.factor())
            .await?
            .is_some()
        {
            return Ok(Entry::Passed(Box::new(cx.facts.clone())).into());
        }
        let memory = match self.factor {
            Registrable::Question { .. } => Memory::default(),
            Registrable::Passkey => match cx.bank.new_passkey(&who.customer).await? {
                None => return Ok(Entry::Refused(Refusal::NoFactor(Factor::Passkey)).into()),
                passkey @ Some(_) => Memory {
                    passkey,
                    ..Memory::default()
                },
            },
            Registrable::Token => {
                let secret = totp::new_secret(cx.random);
                Memory {
                    secret: Some(cx.keyring.seal(SECRET, &secret, cx.random)?),
                    shown: None,
                    issuer: cx.tenant.name.in_language(Language::Japanese).to_owned(),
                    holder: who.name.clone(),
                    passkey: None,
                }
            }
        };
        Ok(Entry::Ask(memory).into())
    }

    fn revealed(&self, keyring: &Keyring, memory: Memory) -> Result<Memory, Fault> {
        let secret = memory.secret.as_ref();
        let shown = secret.map(|secret| keyring.open(SECRET, secret));
        Ok(Memory {
            shown: shown.transpose()?.map(|text| text.to_string()),
            ..memory
        })
    }

    fn present(&self, _: &Facts, memory: &Memory, _: &[Problem], kept: &Kept) -> View {
        let secret = memory.shown.as_deref().unwrap_or_default();
        let (factor, questions, min_chars, max_chars) = match &self.factor {
            Registrable::Question {
                questions,
                min_chars,
                max_chars,
            } => ("question", questions.as_slice(), *min_chars, *max_chars),
            Registrable::Passkey => ("passkey", [].as_slice(), 0, 0),
            Registrable::Token => ("token", [].as_slice(), 0, 0),
        };
        let choice = |words: &String| Choice {
            words: words.clone(),
            selected: kept.get(QUESTION) == Some(words),
        };
        View {
            screen_id: self.screen_id.clone(),
            factor,
            questions: questions.iter().map(choice).collect(),
            min_chars,
            max_chars,
            secret: groups_of_four(secret),
            uri: totp::otpauth(&memory.issuer, &memory.holder, secret),
            options: memory
                .passkey
                .as_ref()
                .map_or_else(String::new, |p| p.options.clone()),
        }
    }

    async fn submit(
        &self,
        cx: &Context<'_>,
        memory: Memory,
        form: &FormData,
    ) -> Result<Submission<Memory>, Fault> {
        let wanted = match &self.factor {
            Registrable::Question {
                questions,
                min_chars,
                max_chars,
            } => typed_question(questions, (*min_chars, *max_chars), form),
            Registrable::Passkey => answered(&memory, form),
            Registrable::Token => typed_code(cx, &memory, form)?,
        };
        let registration = match wanted {
            Ok(registration) => registration,
            Err(problems) => return Ok(again(memory, problems, form).into()),
        };
        let who = identified(cx)?;
        if !cx.bank.register(&who.customer, &registration).await? {
            let problem = match self.factor {
                Registrable::Passkey => Problem::of_page(Message::new("error-new-passkey-wrong")),
                Registrable::Question { .. } | Registrable::Token => {
                    Problem::at(CODE, Message::new("error-new-token-wrong"))
                }
            };
            return Ok(again(memory, vec![problem], form).into());
        }
        let mut submission = Submission::from(Outcome::Passed(Box::new(cx.facts.clone())));
        submission.notes.push(Note {
            name: "factor.registered",
            detail: json!({ "factor": self.factor() }),
        });
        let mail = who.mail.clone();
        submission
            .mails
            .extend(mail.map(|to| (Occasion::FactorRegistered, to)));
        Ok(submission)
    }
}

impl Registration {
    const fn factor(&self) -> Factor {
        match self.factor {
            Registrable::Question { .. } => Factor::SecurityQuestion,
            Registrable::Passkey => Factor::Passkey,
            Registrable::Token => Factor::OneTimePassword,
        }
    }
}

type Typed = Result<port::Registration, Vec<Problem>>;

/// Question and answer as they were typed, or everything that is wrong with them.
fn typed_question(questions: &[String], (min, max): (usize, usize), form: &FormData) -> Typed {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let question = form.one(QUESTION).unwrap_or_default();
    let answer = Answer::new(form.one(ANSWER).unwrap_or_default());
    let repeated = Answer::new(form.one(ANSWER_AGAIN).unwrap_or_default());
    let mut problems = Vec::new();
    if !questions.iter().any(|known| known == question) {
        problems.push(Problem::at(
            QUESTION,
            Message::new("error-question-missing"),
        ));
    }
    let chars = answer.folded().char_count();
    if chars == 0 {
        problems.push(Problem::at(ANSWER, Message::new("error-answer-missing")));
    } else if answer.char_count() > max {
        let message = Message::new("error-answer-too-long").with("max", number(max));
        problems.push(Problem::at(ANSWER, message));
    } else if chars < min {
        let message = Message::new("error-answer-too-short").with("min", number(min));
        problems.push(Problem::at(ANSWER, message));
    } else if answer.folded().expose() != repeated.folded().expose() {
        let message = Message::new("error-answers-differ");
        problems.push(Problem::at(ANSWER_AGAIN, message));
    }
    if problems.is_empty() {
        Ok(port::Registration::Question {
            question: question.to_owned(),
            answer,
        })
    } else {
        Err(problems)
    }
}

/// The secret that was shown, with the code that was typed.
fn typed_code(cx: &Context<'_>, memory: &Memory, form: &FormData) -> Result<Typed, Fault> {
    let sealed = memory.secret.as_ref();
    let sealed = sealed.ok_or_else(|| Fault::new("a token is registered without a secret"))?;
    let typed: String = form.one(CODE).unwrap_or_default().nfkc().collect();
    let code = Password::new(typed.replace(char::is_whitespace, ""));
    let digits = code.expose();
    if digits.len() != DIGITS || !digits.bytes().all(|b| b.is_ascii_digit()) {
        let message = Message::new("error-new-token-format");
        return Ok(Err(vec![Problem::at(CODE, message)]));
    }
    Ok(Ok(port::Registration::Token {
        secret: Password::new(cx.keyring.open(SECRET, sealed)?.as_str()),
        code,
    }))
}

/// The browser's answer to the question for a new passkey.
fn answered(memory: &Memory, form: &FormData) -> Typed {
    let answer = form.one(PASSKEY).unwrap_or_default();
    match &memory.passkey {
        Some(request) if !answer.is_empty() => Ok(port::Registration::Passkey {
            state: request.state.clone(),
            answer: answer.to_owned(),
        }),
        Some(_) | None => {
            let message = Message::new("error-passkey-missing");
            Err(vec![Problem::of_page(message)])
        }
    }
}

fn again(memory: Memory, problems: Vec<Problem>, form: &FormData) -> Outcome<Memory> {
    let question = form.one(QUESTION);
    let kept = question.map(|words| (QUESTION.to_owned(), words.to_owned()));
    Outcome::Again {
        memory,
        problems,
        kept: kept.into_iter().collect(),
    }
}

fn groups_of_four(secret: &str) -> Vec<String> {
    let chars: Vec<char> = secret.chars().collect();
    chars.chunks(4).map(|four| four.iter().collect()).collect()
}

const QUESTION: &str = "question";
const ANSWER: &str = "answer";
const ANSWER_AGAIN: &str = "answer_again";
const CODE: &str = "otp";
const PASSKEY: &str = "passkey_answer";
const DIGITS: usize = 6;
/// Purpose under which the secret of a new authenticator is sealed.
const SECRET: &str = "journey.new_token";

const fn one() -> usize {
    1
}

const fn sixteen() -> usize {
    16
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::step::trial::{Trial, form};
    use serde_json::Value;

    fn step(factor: &Value) -> Registration {
        serde_json::from_value(json!({ "factor": factor })).unwrap()
    }

    fn question() -> Registration {
        step(&json!({ "question": { "questions": ["出身地は？", "ペットの名前は？"] } }))
    }

    fn problems(submission: Submission<Memory>) -> Vec<(String, String)> {
        let Outcome::Again { problems, .. } = submission.outcome else {
            panic!("not asked again: {submission:?}");
        };
        let told = |p: Problem| (p.field.unwrap_or_default(), p.message.key);
        problems.into_iter().map(told).collect()
    }

    #[tokio::test]
    async fn a_customer_who_has_the_factor_is_not_asked() {
        let trial = Trial::new();
        assert!(matches!(trial.enter(&question()).await, Entry::Ask(_)));
        trial.bank.give(Factor::SecurityQuestion);
        assert!(matches!(trial.enter(&question()).await, Entry::Passed(_)));
        assert!(matches!(
            trial.enter(&step(&json!("token"))).await,
            Entry::Ask(_)
        ));
    }

    #[tokio::test]
    async fn the_answer_is_typed_twice_and_compared_as_the_bank_compares() {
        let (trial, step) = (Trial::new(), question());
        let empty = trial.submit(&step, Memory::default(), &form(&[])).await;
        let missing = [
            ("question", "error-question-missing"),
            ("answer", "error-answer-missing"),
        ];
        let told = problems(empty);
        assert!(
            told.iter()
                .map(|(f, k)| (f.as_str(), k.as_str()))
                .eq(missing)
        );
        let typed = |again| {
            form(&[
                (QUESTION, "出身地は？"),
                (ANSWER, "タカヤマ"),
                (ANSWER_AGAIN, again),
            ])
        };
        let differ = trial.submit(&step, Memory::default(), &typed("ｺﾞｼｮ")).await;
        assert_eq!(problems(differ).first().unwrap().1, "error-answers-differ");
        let same = trial.submit(&step, Memory::default(), &typed("ﾀｶﾔﾏ")).await;
        assert!(matches!(same.outcome, Outcome::Passed(_)));
        assert_eq!(same.mails.len(), 1);
        assert_eq!(trial.bank.registered(), ["question 出身地は？"]);
    }

    #[tokio::test]
    async fn a_passkey_is_registered_when_the_bank_finds_it_right() {
        let (trial, step) = (Trial::new(), step(&json!("passkey")));
        for (answer, key) in [
            ("", "error-passkey-missing"),
            ("wrong", "error-new-passkey-wrong"),
        ] {
            let (memory, typed) = (trial.ask(&step).await, form(&[(PASSKEY, answer)]));
            let again = trial.submit(&step, memory, &typed).await;
            assert_eq!(problems(again).first().unwrap().1, key);
        }
        let typed = form(&[(PASSKEY, "right for new")]);
        let right = trial.submit(&step, trial.ask(&step).await, &typed).await;
        assert!(matches!(right.outcome, Outcome::Passed(_)));
        assert_eq!(trial.bank.registered(), ["passkey"]);
    }

    #[tokio::test]
    async fn a_token_is_registered_with_a_right_code_only() {
        let (trial, step) = (Trial::new(), step(&json!("token")));
        let memory = trial.ask(&step).await;
        let kept = serde_json::to_string(&memory).unwrap();
        let memory = trial.revealed(&step, memory);
        let secret = memory.shown.clone().unwrap();
        assert_eq!(secret.len(), 32);
        assert!(!kept.contains(&secret), "the secret rests sealed");
        let view = step.present(&Facts::default(), &memory, &[], &Kept::new());
        assert_eq!(view.secret.concat(), secret);
        assert!(view.uri.contains(&format!("?secret={secret}&issuer=")));
        assert!(view.uri.is_ascii());
        for (code, key) in [
            ("12345", "error-new-token-format"),
            ("000000", "error-new-token-wrong"),
        ] {
            let memory: Memory = serde_json::from_str(&kept).unwrap();
            let again = trial.submit(&step, memory, &form(&[(CODE, code)])).await;
            assert_eq!(problems(again).first().unwrap().1, key);
        }
        let right = trial
            .submit(&step, memory, &form(&[(CODE, "１２３ 456")]))
            .await;
        assert!(matches!(right.outcome, Outcome::Passed(_)));
        assert_eq!(trial.bank.registered(), ["token"]);
    }
}
