//! What the demo bank asks its customers for besides the password, and how it judges their answers.

use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use renkei_core::port::{
    Challenge, Factor, FactorAnswer, Hurdle, LedgerCustomer, Random, Registration,
};
use renkei_core::seal::{Keyring, same};
use renkei_core::secret::Answer;

use crate::demo::{ANSWER, OTP_SECRET};
use crate::totp;

/// What to ask; none when the customer has nothing of the kind.
pub(crate) fn challenge(customer: &LedgerCustomer, factor: Factor) -> Option<Challenge> {
    match factor {
        Factor::SecurityQuestion => customer.question.clone().map(Challenge::Question),
        Factor::OneTimePassword => {
            let has_token = customer.otp_secret.is_some();
            has_token.then_some(Challenge::OneTimePassword)
        }
        // Passkeys are asked for by the bank itself.
        Factor::MatrixCard | Factor::Passkey | Factor::TransactionPassword | Factor::UserNumber => {
            None
        }
    }
}

/// Whether the answer is right.
pub(crate) fn verify(
    keyring: &Keyring,
    customer: &LedgerCustomer,
    answer: &FactorAnswer,
) -> Result<bool, Fault> {
    match answer {
        FactorAnswer::Question(typed) => {
            let Some(sealed) = &customer.answer else {
                return Ok(false);
            };
            let kept = Answer::new(keyring.open(ANSWER, sealed)?.as_str());
            Ok(same(kept.folded().expose(), typed.folded().expose()))
        }
        FactorAnswer::MatrixCard(_)
        | FactorAnswer::OneTimePassword(_)
        | FactorAnswer::Passkey { .. }
        | FactorAnswer::TransactionPassword(_)
        | FactorAnswer::UserNumber(_) => Ok(false),
    }
}

/// Puts a new factor into the customer's books; false when a token's code is wrong.
pub(crate) fn register(
    keyring: &Keyring,
    random: &dyn Random,
    customer: &mut LedgerCustomer,
    registration: &Registration,
    now: Timestamp,
) -> Result<bool, Fault> {
    match registration {
        Registration::Passkey { .. } => return Ok(false),
        Registration::Question { question, answer } => {
            customer.question = Some(question.clone());
            customer.answer = Some(keyring.seal(ANSWER, answer.expose(), random)?);
        }
        Registration::Token { secret, code } => {
            let Some(step) = totp::step_of(secret.expose(), code.expose(), now, 0)? else {
                return Ok(false);
            };
            customer.otp_secret = Some(keyring.seal(OTP_SECRET, secret.expose(), random)?);
            // The code that registered the token opens nothing.
            customer.otp_used_step = step;
            customer
                .hurdles
                .remove(&Hurdle::OneTimePasswordUnregistered);
        }
    }
    Ok(true)
}
