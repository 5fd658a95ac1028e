//! What the demo bank asks its customers for besides the password, and how it judges their answers.

use renkei_core::fault::Fault;
use renkei_core::port::{Challenge, Factor, FactorAnswer, LedgerCustomer};
use renkei_core::seal::{Keyring, same};
use renkei_core::secret::Answer;

use crate::demo::ANSWER;

/// What to ask; none when the customer has nothing of the kind.
pub(crate) fn challenge(customer: &LedgerCustomer, factor: Factor) -> Option<Challenge> {
    match factor {
        Factor::SecurityQuestion => customer.question.clone().map(Challenge::Question),
        Factor::OneTimePassword => {
            let has_token = customer.otp_secret.is_some();
            has_token.then_some(Challenge::OneTimePassword)
        }
        Factor::MatrixCard | Factor::TransactionPassword | Factor::UserNumber => None,
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
        | FactorAnswer::TransactionPassword(_)
        | FactorAnswer::UserNumber(_) => Ok(false),
    }
}
