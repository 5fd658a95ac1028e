//! ワンタイムパスワード: a password that is good once, from a token that the bank verifies, or sent by
//! mail or short message. Adds a proof.
//!
//! Source: Mizuho manual 1.2, 認証／OTP入力 with a camera token. Tokens are the bank's; a code that is
//! sent is made and judged here.

mod sent;

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use self::sent::Sending;
use super::{
    Arrival, Context, Entry, Kept, Outcome, Role, Sample, SampleWorld, Step, Submission, When,
    gate, identified,
};
use crate::fact::{Facts, Proof};
use crate::fault::Fault;
use crate::form::FormData;
use crate::port::{Factor, FactorAnswer, Identifiers, random_256};
use crate::seal::hex;
use crate::secret::Password;
use crate::text::{Message, Problem};

/// A one-time password.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OneTimePassword {
    /// When the step is walked.
    #[serde(default)]
    pub when: When,
    /// The screen's number as the manual prints it; shown, never used as a key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screen_id: Option<String>,
    /// Where the customer has it from.
    pub source: Source,
    /// How many digits it has, 4 to 10.
    #[serde(default = "six")]
    #[schemars(range(min = 4, max = 10))]
    pub length: u8,
    /// How many seconds it is good, as the page says, 30 to 1800. A code that is sent dies after
    /// them; that of a token dies when the bank says so.
    #[serde(default = "ninety")]
    #[schemars(range(min = 30, max = 1800))]
    pub life_seconds: u32,
    /// How often a code may be sent once more on one page, 0 to 10.
    #[serde(default = "three")]
    #[schemars(range(max = 10))]
    pub resends: u32,
}

/// Where a one-time password comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// An app on the customer's telephone (RFC 6238).
    Authenticator,
    /// カメラ付きハードトークン: reads a two-dimensional code from the page.
    CameraToken,
    /// A token with a display.
    HardwareToken,
    /// A mail to the registered address.
    Mail,
    /// A short message to the registered telephone.
    Sms,
}

/// What the step remembers.
#[derive(Debug, Serialize, Deserialize)]
pub struct Memory {
    /// What the camera token reads.
    #[serde(default)]
    code: Option<String>,
    /// What was sent, and where to.
    #[serde(default)]
    sending: Option<Sending>,
    tries_left: Option<u32>,
}

/// The page.
#[derive(Debug, Serialize)]
pub struct View {
    screen_id: Option<String>,
    source: Source,
    length: u8,
    life_seconds: u32,
    /// What the two-dimensional code says.
    code: Option<String>,
    /// Where a code was sent to, masked.
    sent_to: Option<String>,
    can_resend: bool,
    tries_left: Option<u32>,
}

#[async_trait]
impl Step for OneTimePassword {
    const KIND: &'static str = "one_time_password";
    const ROLE: Role = Role::Proves;
    const ARRIVAL_ACTS: bool = true;
    type Memory = Memory;
    type View = View;

    fn when(&self) -> &When {
        &self.when
    }

    async fn enter(&self, cx: &Context<'_>) -> Result<Arrival<Memory>, Fault> {
        if self.is_sent() {
            return self.send_first(cx).await;
        }
        Ok(match gate::arrive(cx, Factor::OneTimePassword).await? {
            Ok(_) => Entry::Ask(Memory {
                code: (self.source == Source::CameraToken).then(|| read_by_token(cx)),
                sending: None,
                tries_left: None,
            }),
            Err(refusal) => Entry::Refused(refusal),
        }
        .into())
    }

    fn present(&self, _: &Facts, memory: &Memory, _: &[Problem], _: &Kept) -> View {
        let sending = memory.sending.as_ref();
        View {
            screen_id: self.screen_id.clone(),
            source: self.source,
            length: self.length,
            life_seconds: self.life_seconds,
            code: memory.code.clone(),
            sent_to: sending.map(|sending| sending.to.clone()),
            can_resend: sending.is_some_and(|sending| sending.times <= self.resends),
            tries_left: memory.tries_left,
        }
    }

    async fn submit(
        &self,
        cx: &Context<'_>,
        memory: Memory,
        form: &FormData,
    ) -> Result<Submission<Memory>, Fault> {
        if self.is_sent() && form.one("action") == Some("resend") {
            return self.send_again(cx, memory).await;
        }
        let typed: String = form.one(OTP).unwrap_or_default().trim().nfkc().collect();
        let unfit = if typed.is_empty() {
            Some("error-otp-missing")
        } else if !self.admits(&typed) {
            Some("error-otp-format")
        } else {
            None
        };
        if let Some(key) = unfit {
            let message = Message::new(key).with("length", i64::from(self.length));
            return Ok(again(memory, message).into());
        }
        let typed = Password::new(typed);
        if self.is_sent() {
            return self.judge(cx, memory, &typed).await;
        }
        let answer = FactorAnswer::OneTimePassword(typed);
        gate::answer(cx, &answer, Proof::OneTimePassword, |left| {
            wrong(memory, left)
        })
        .await
    }

    fn samples(&self, world: &SampleWorld) -> Vec<Sample<Memory>> {
        let memory = |tries_left| Memory {
            code: (self.source == Source::CameraToken)
                .then(|| "2000000000,sample01,0123456789abcdef".to_owned()),
            sending: self.is_sent().then(|| Sending::sample(world.now)),
            tries_left,
        };
        let wrong = Message::new("error-otp-wrong").with("left", 2);
        vec![
            Sample::new("first", world, memory(None)),
            Sample::new("wrong", world, memory(Some(2))).told_at(OTP, wrong),
        ]
    }
}

impl OneTimePassword {
    /// Whether the code is made here and sent.
    const fn is_sent(&self) -> bool {
        matches!(self.source, Source::Mail | Source::Sms)
    }

    fn admits(&self, typed: &str) -> bool {
        typed.len() == usize::from(self.length) && typed.bytes().all(|b| b.is_ascii_digit())
    }
}

/// `contract_number,user_id,nonce`: what the camera token reads, so that it can show whose it is.
fn read_by_token(cx: &Context<'_>) -> String {
    let of = |who: &Identifiers, id: &str| who.get(id).cloned().unwrap_or_default();
    let who = &cx.facts.identifiers;
    let nonce: String = hex(&random_256(cx.random)).chars().take(16).collect();
    format!(
        "{},{},{nonce}",
        of(who, "contract_number"),
        of(who, "user_id")
    )
}

fn wrong(memory: Memory, left: u32) -> Outcome<Memory> {
    let message = Message::new("error-otp-wrong").with("left", i64::from(left));
    let tries_left = Some(left);
    again(
        Memory {
            tries_left,
            ..memory
        },
        message,
    )
}

fn again(memory: Memory, message: Message) -> Outcome<Memory> {
    Outcome::Again {
        memory,
        problems: vec![Problem::at(OTP, message)],
        kept: Vec::new(),
    }
}

const OTP: &str = "otp";

const fn six() -> u8 {
    6
}

const fn ninety() -> u32 {
    90
}

const fn three() -> u32 {
    3
}
