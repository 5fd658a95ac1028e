//! What the demo bank asks its customers for besides the password, and how it judges their answers.

use std::collections::BTreeMap;

use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use renkei_core::port::{
    Challenge, Factor, FactorAnswer, Hurdle, LedgerCustomer, Random, Registration,
};
use renkei_core::seal::{Keyring, Sealed, same};
use renkei_core::secret::{Answer, Password};
use renkei_core::totp;

use crate::card::Card;
use crate::demo::{ANSWER, OTP_SECRET, TRANSACTION_PASSWORD, USER_NUMBER};

/// What to ask; none when the customer has nothing of the kind.
pub(crate) fn challenge(
    keyring: &Keyring,
    customer: &LedgerCustomer,
    factor: Factor,
) -> Result<Option<Challenge>, Fault> {
    Ok(match factor {
        Factor::SecurityQuestion => customer.question.clone().map(Challenge::Question),
        Factor::MatrixCard => Card::of(customer, keyring)?.map(|card| Challenge::MatrixCard {
            serial: card.serial,
            rows: Card::ROWS,
            columns: Card::COLUMNS,
        }),
        Factor::TransactionPassword => {
            let has_one = customer.transaction_password.is_some();
            has_one.then_some(Challenge::TransactionPassword)
        }
        Factor::UserNumber => match &customer.user_number {
            Some(sealed) => {
                let digits = keyring.open(USER_NUMBER, sealed)?.len();
                let length = u8::try_from(digits)
                    .map_err(|e| Fault::new("a user number is too long").caused_by(e))?;
                Some(Challenge::UserNumber { length })
            }
            None => None,
        },
        Factor::OneTimePassword => {
            let has_token = customer.otp_secret.is_some();
            has_token.then_some(Challenge::OneTimePassword)
        }
        // Passkeys are asked for by the bank itself.
        Factor::Passkey => None,
    })
}

/// Whether the answer is right.
pub(crate) fn verify(
    keyring: &Keyring,
    customer: &LedgerCustomer,
    answer: &FactorAnswer,
) -> Result<bool, Fault> {
    let open = |purpose: &str, sealed: &Option<Sealed>| {
        let sealed = sealed.as_ref();
        sealed
            .map(|sealed| keyring.open(purpose, sealed))
            .transpose()
    };
    match answer {
        FactorAnswer::Question(typed) => {
            let kept = open(ANSWER, &customer.answer)?;
            let kept = kept.map(|kept| Answer::new(kept.as_str()));
            Ok(kept.is_some_and(|kept| same(kept.folded().expose(), typed.folded().expose())))
        }
        FactorAnswer::TransactionPassword(typed) => {
            let kept = open(TRANSACTION_PASSWORD, &customer.transaction_password)?;
            Ok(kept.is_some_and(|kept| same(&kept, typed.expose())))
        }
        FactorAnswer::UserNumber(typed) => {
            let kept = open(USER_NUMBER, &customer.user_number)?;
            Ok(kept.is_some_and(|number| digits_are(&number, typed)))
        }
        FactorAnswer::MatrixCard(typed) => match Card::of(customer, keyring)? {
            Some(card) => cells_are(&card, typed),
            None => Ok(false),
        },
        FactorAnswer::OneTimePassword(_) | FactorAnswer::Passkey { .. } => Ok(false),
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

/// Whether these are the digits of a number; all of them are looked at, whichever is wrong.
fn digits_are(number: &str, typed: &BTreeMap<u8, Password>) -> bool {
    let digit = |position: u8| {
        let at = usize::from(position).checked_sub(1)?;
        number.get(at..=at)
    };
    let right = typed.iter().filter(|(position, typed)| {
        let kept = digit(**position);
        kept.is_some_and(|kept| same(kept, typed.expose()))
    });
    !typed.is_empty() && right.count() == typed.len()
}

/// Whether these stand in the cells of a card.
fn cells_are(card: &Card, typed: &BTreeMap<(u8, u8), Password>) -> Result<bool, Fault> {
    let mut right = 0;
    for ((row, column), typed) in typed {
        let kept = card.cell(*row, *column)?;
        right += usize::from(kept.is_some_and(|kept| same(&kept, typed.expose())));
    }
    Ok(!typed.is_empty() && right == typed.len())
}

#[cfg(test)]
mod tests {
    use renkei_core::port::fixed::SeededRandom;

    use super::*;

    fn typed<K: Ord, const N: usize>(pairs: [(K, &str); N]) -> BTreeMap<K, Password> {
        let pairs = pairs.map(|(key, typed)| (key, Password::new(typed)));
        pairs.into()
    }

    #[test]
    fn digits_count_from_the_left_and_from_one() {
        let number = "2468013579";
        assert!(digits_are(number, &typed([(1, "2"), (4, "8"), (10, "9")])));
        assert!(!digits_are(number, &typed([(1, "2"), (4, "0")])));
        assert!(!digits_are(number, &typed([(11, "9")])));
        assert!(!digits_are(number, &typed([(0, "2")])));
        assert!(!digits_are(number, &typed([(11, "")])), "beyond the end");
        assert!(
            !digits_are(number, &typed([])),
            "nothing asked is nothing proven"
        );
    }

    #[test]
    fn a_card_is_the_same_every_time_and_another_customers_is_another() {
        let random = SeededRandom::new(5);
        let keyring = Keyring::new(
            "k",
            [("k".to_owned(), *b"0123456789abcdef0123456789abcdef")],
        );
        let keyring = keyring.unwrap();
        let card = |serial: &str| {
            let sealed = Card::issue(serial, &keyring, &random).unwrap();
            let mut customer = crate::seed::sample(&keyring);
            customer.matrix_card = Some(sealed);
            Card::of(&customer, &keyring).unwrap().unwrap()
        };
        let (one, other) = (card("TS-000001"), card("TS-000002"));
        assert_eq!(one.serial, "TS-000001");
        let cells = |card: &Card| -> Vec<String> {
            let all = (1..=Card::ROWS).flat_map(|r| (1..=Card::COLUMNS).map(move |c| (r, c)));
            all.map(|(r, c)| card.cell(r, c).unwrap().unwrap())
                .collect()
        };
        assert_eq!(cells(&one), cells(&one));
        assert_ne!(cells(&one), cells(&other));
        let kept = one.cell(5, 10).unwrap().unwrap();
        assert!(cells_are(&one, &typed([((5, 10), kept.as_str())])).unwrap());
        assert!(
            !cells_are(&one, &typed([((6, 1), "")])).unwrap(),
            "outside the card"
        );
    }
}
