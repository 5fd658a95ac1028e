//! 認可期間: fixed by the bank, or chosen by the customer from what the bank offers.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Consent, DAYS};
use crate::form::FormData;
use crate::instant::Timestamp;
use crate::step::Kept;

/// A period the customer may choose, with the end that the page promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Choice {
    pub(super) days: u32,
    pub(super) until: Timestamp,
}

/// A period as the page offers it.
#[derive(Debug, Serialize)]
pub(super) struct ChoiceView {
    days: u32,
    until: Until,
    selected: bool,
}

/// The end of a period, as Japanese day and time of day.
#[derive(Debug, Serialize)]
pub(super) struct Until {
    date: String,
    time: String,
}

impl Until {
    pub(super) fn of(until: Timestamp) -> Self {
        Self {
            date: until.japan_date().to_string(),
            time: until.japan_clock(),
        }
    }
}

impl Consent {
    /// The periods offered from now on.
    pub(super) fn choices(&self, now: Timestamp) -> Vec<Choice> {
        let until = |days: u32| now.plus(Duration::from_hours(24).saturating_mul(days));
        let choice = |days: &u32| Choice {
            days: *days,
            until: until(*days),
        };
        self.durations.iter().map(choice).collect()
    }

    /// The periods as the page offers them: selected is what the customer chose before, or what the
    /// bank selects beforehand.
    pub(super) fn shown(&self, choices: &[Choice], kept: &Kept) -> Vec<ChoiceView> {
        let selected = match kept.get(DAYS) {
            Some(days) => days.parse().ok(),
            None => self.default_duration,
        };
        let shown = |choice: &Choice| ChoiceView {
            days: choice.days,
            until: Until::of(choice.until),
            selected: selected == Some(choice.days),
        };
        choices.iter().map(shown).collect()
    }
}

/// The period that was chosen, if it is one of those that were offered.
pub(super) fn chosen(choices: &[Choice], form: &FormData) -> Option<Choice> {
    let days: u32 = form.one(DAYS)?.parse().ok()?;
    choices.iter().find(|choice| choice.days == days).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn consent() -> Consent {
        Consent {
            durations: vec![30, 90],
            ..Consent::default()
        }
    }

    #[test]
    fn only_what_was_offered_can_be_chosen() {
        let choices = consent().choices(Timestamp::from_millis(0));
        let form = |days: &str| FormData::new([(DAYS.to_owned(), days.to_owned())]);
        let picked = chosen(&choices, &form("90")).unwrap();
        assert_eq!(picked.until.millis(), 90 * 24 * 3_600_000);
        for days in ["", "91", "-90", "3650"] {
            assert_eq!(chosen(&choices, &form(days)), None, "{days}");
        }
        assert_eq!(chosen(&choices, &FormData::default()), None);
    }

    #[test]
    fn nothing_is_selected_unless_the_bank_or_the_customer_did() {
        let selected = |consent: &Consent, kept: &Kept| -> Vec<u32> {
            let choices = consent.choices(Timestamp::from_millis(0));
            let shown = consent.shown(&choices, kept).into_iter();
            shown
                .filter(|one| one.selected)
                .map(|one| one.days)
                .collect()
        };
        assert!(selected(&consent(), &Kept::new()).is_empty());
        let beforehand = Consent {
            default_duration: Some(90),
            ..consent()
        };
        assert_eq!(selected(&beforehand, &Kept::new()), [90]);
        let kept = [(DAYS.to_owned(), "30".to_owned())].into();
        assert_eq!(selected(&beforehand, &kept), [30]);
    }
}
