//! What a customer is asked at a factor of many parts: some digits of a number, some cells of a card.
//! Drawn once at random, and the same until it is answered right: whoever has looked over a shoulder
//! must not be able to begin anew until the parts they have seen are asked.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Context, identified};
use crate::attempt::AttemptKey;
use crate::fault::Fault;
use crate::port::{Factor, Random, random_256};

/// What is drawn from.
pub(super) struct Lot<'a> {
    /// What the parts belong to: a card's serial number. Parts of another one are drawn anew.
    pub(super) of: &'a str,
    /// How many parts there are, numbered from 1.
    pub(super) parts: u16,
    /// How many of them are asked.
    pub(super) ask: usize,
}

/// As it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    of: String,
    parts: u16,
    asked: BTreeSet<u16>,
}

impl Lot<'_> {
    /// The parts that this customer is asked, now as before.
    pub(super) async fn asked(
        &self,
        cx: &Context<'_>,
        factor: Factor,
    ) -> Result<BTreeSet<u16>, Fault> {
        let who = identified(cx)?;
        let key = AttemptKey::factor(&cx.tenant.id, factor, &who.customer);
        let unreadable = |e| Fault::new("a challenge is not expressible as JSON").caused_by(e);
        let drawn = Kept {
            of: self.of.to_owned(),
            parts: self.parts,
            asked: self.draw(cx.random),
        };
        let proposed = serde_json::to_string(&drawn).map_err(unreadable)?;
        let keep = |unfit: Option<String>| {
            let (key, proposed) = (&key, &proposed);
            async move {
                let unfit = unfit.as_deref();
                cx.records
                    .keep_challenge(key, proposed, unfit, cx.now)
                    .await
            }
        };
        let first = keep(None).await?;
        if let Some(asked) = self.fitting(&first) {
            return Ok(asked);
        }
        let second = keep(Some(first)).await?;
        self.fitting(&second)
            .ok_or_else(|| Fault::passing("what a customer is asked changed meanwhile"))
    }

    /// What is kept, if it still is of this lot.
    fn fitting(&self, kept: &str) -> Option<BTreeSet<u16>> {
        let kept: Kept = serde_json::from_str(kept).ok()?;
        let fits =
            kept.of == self.of && kept.parts == self.parts && kept.asked.len() == self.size();
        fits.then_some(kept.asked)
    }

    fn size(&self) -> usize {
        self.ask.min(usize::from(self.parts))
    }

    /// So many different parts, each as likely as any other.
    fn draw(&self, random: &dyn Random) -> BTreeSet<u16> {
        let mut drawn = BTreeSet::new();
        if self.parts == 0 {
            return drawn;
        }
        // Numbers above the last whole multiple would favour the first parts.
        let above = u16::MAX - u16::MAX % self.parts;
        while drawn.len() < self.size() {
            let bytes = random_256(random);
            let numbers = bytes.chunks_exact(2).filter_map(|pair| match pair {
                [high, low] => Some(u16::from_be_bytes([*high, *low])),
                _ => None,
            });
            for number in numbers.filter(|number| *number < above) {
                if drawn.len() < self.size() {
                    drawn.insert(number % self.parts + 1);
                }
            }
        }
        drawn
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::port::fixed::SeededRandom;

    #[test]
    fn so_many_different_parts_are_drawn_and_every_part_can_be() {
        let random = SeededRandom::new(7);
        let lot = Lot {
            of: "",
            parts: 10,
            ask: 4,
        };
        let draws: Vec<_> = (0..200).map(|_| lot.draw(&random)).collect();
        assert!(draws.iter().all(|drawn| drawn.len() == 4));
        let all: BTreeSet<u16> = draws.into_iter().flatten().collect();
        assert_eq!(all, (1..=10).collect());
    }

    #[test]
    fn a_number_shorter_than_what_is_asked_is_asked_whole() {
        let lot = Lot {
            of: "",
            parts: 3,
            ask: 4,
        };
        assert_eq!(lot.draw(&SeededRandom::new(1)), [1, 2, 3].into());
    }

    #[test]
    fn what_was_kept_of_another_card_does_not_fit() {
        let lot = |of| Lot {
            of,
            parts: 50,
            ask: 2,
        };
        let kept = r#"{"of":"A-1","parts":50,"asked":[3,7]}"#;
        assert_eq!(lot("A-1").fitting(kept), Some([3, 7].into()));
        assert_eq!(lot("A-2").fitting(kept), None);
    }
}
