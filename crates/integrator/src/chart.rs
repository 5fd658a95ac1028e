//! The course of a balance as an SVG drawing: whole numbers only, one path, scaled to round amounts. The
//! labels stand beside the drawing in HTML, so that they stay readable however small it gets.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;
use time::Date;

use crate::period::{Period, iso};
use crate::yen::Yen;

/// Width of the drawing's own coordinates.
const WIDTH: i128 = 1_000;
/// Height of the drawing's own coordinates.
const HEIGHT: i128 = 300;
/// Bands between the horizontal lines.
const BANDS: i128 = 4;
/// Yen between two lines, at least.
const SMALLEST_STEP: i128 = 100;

/// Ready to draw.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Chart {
    width: i128,
    height: i128,
    /// The line.
    line: String,
    /// The same line closed at zero, to be filled; none when zero lies outside the drawing, since a
    /// filled area says how much there is.
    area: Option<String>,
    /// Amounts at the horizontal lines, from the top.
    ticks: Vec<Tick>,
    /// First and last day, `YYYY-MM-DD`.
    first: String,
    last: String,
    lowest: Yen,
    highest: Yen,
}

/// A horizontal line.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Tick {
    y: i128,
    amount: Yen,
}

impl Chart {
    /// Of the balances at the end of days. `None` when there is nothing to draw.
    pub(crate) fn of(balances: &BTreeMap<Date, Yen>, period: Period) -> Option<Self> {
        let lowest = balances.values().copied().min()?;
        let highest = balances.values().copied().max()?;
        let scale = Scale::around(lowest, highest);
        let line = scale.line(balances, period);
        let begins = scale_day(*balances.first_key_value()?.0, period);
        let zero = scale.y(0);
        let area = (0..=HEIGHT)
            .contains(&zero)
            .then(|| format!("{line}V{zero}H{begins}Z"));
        Some(Self {
            width: WIDTH,
            height: HEIGHT,
            line,
            area,
            ticks: scale.ticks(),
            first: iso(period.first()),
            last: iso(period.last()),
            lowest,
            highest,
        })
    }
}

/// Which amounts lie at the bottom and between two lines.
#[derive(Debug, PartialEq, Eq)]
struct Scale {
    bottom: i128,
    step: i128,
}

impl Scale {
    /// The smallest round step with which all amounts fit; zero is at the bottom unless the
    /// amounts keep far from it.
    fn around(lowest: Yen, highest: Yen) -> Self {
        let (lowest, highest) = (lowest.value(), highest.value());
        let near_zero = lowest >= 0 && (lowest <= highest / 2 || lowest == highest);
        let from = if near_zero { 0 } else { lowest };
        let mut step = SMALLEST_STEP;
        loop {
            for factor in [1, 2, 5] {
                let candidate = step * factor;
                let bottom = from.div_euclid(candidate) * candidate;
                if bottom + candidate * BANDS >= highest {
                    return Self {
                        bottom,
                        step: candidate,
                    };
                }
            }
            step *= 10;
        }
    }

    fn y(&self, amount: i128) -> i128 {
        HEIGHT - (amount - self.bottom) * HEIGHT / (self.step * BANDS)
    }

    /// A balance holds until the next entry: level, then a step.
    fn line(&self, balances: &BTreeMap<Date, Yen>, period: Period) -> String {
        let mut line = String::new();
        for (index, (date, balance)) in balances.iter().enumerate() {
            let (x, y) = (scale_day(*date, period), self.y(balance.value()));
            let piece = if index == 0 {
                format!("M{x} {y}")
            } else {
                format!("H{x}V{y}")
            };
            line.push_str(&piece);
        }
        // Writing into a string cannot fail.
        let _ = write!(line, "H{WIDTH}");
        line
    }

    fn ticks(&self) -> Vec<Tick> {
        let from_top = (0..=BANDS).rev();
        from_top
            .map(|band| self.bottom + band * self.step)
            .map(|amount| Tick {
                y: self.y(amount),
                amount: Yen::saturating(amount),
            })
            .collect()
    }
}

/// The first day is at the left edge, the last at the right; a day outside lies on the edge.
fn scale_day(date: Date, period: Period) -> i128 {
    let days = i128::from((period.last() - period.first()).whole_days()).max(1);
    let day = i128::from((date - period.first()).whole_days()).clamp(0, days);
    day * WIDTH / days
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    fn yen(amount: i128) -> Yen {
        Yen::saturating(amount)
    }

    fn period() -> Period {
        Period::parse("2026-11-01", "2026-11-11", date!(2026 - 11 - 11)).unwrap()
    }

    #[test]
    fn scales_are_round_and_hold_every_amount() {
        let rows = [
            (0, 0, 0, 100),
            (0, 400, 0, 100),
            (10, 401, 0, 200),
            (1_200_000, 1_234_567, 1_200_000, 10_000),
            (-300, 100, -300, 100),
            (500_000, 500_000, 0, 200_000),
        ];
        for (lowest, highest, bottom, step) in rows {
            let scale = Scale::around(yen(lowest), yen(highest));
            assert_eq!(scale, Scale { bottom, step }, "{lowest}..{highest}");
            assert!(
                (0..=HEIGHT).contains(&scale.y(lowest)) && (0..=HEIGHT).contains(&scale.y(highest))
            );
        }
    }

    #[test]
    fn a_balance_is_level_until_the_next_entry() {
        let balances = BTreeMap::from([
            (date!(2026 - 11 - 01), yen(0)),
            (date!(2026 - 11 - 06), yen(400)),
            (date!(2026 - 11 - 11), yen(200)),
        ]);
        let chart = Chart::of(&balances, period()).unwrap();
        assert_eq!(chart.line, "M0 300H500V0H1000V150H1000");
        assert_eq!(
            chart.area.as_deref(),
            Some("M0 300H500V0H1000V150H1000V300H0Z")
        );
        let ys: Vec<_> = chart.ticks.iter().map(|tick| tick.y).collect();
        assert_eq!(ys, [0, 75, 150, 225, 300]);
        assert_eq!(chart.ticks.first().unwrap().amount, yen(400));
    }

    #[test]
    fn only_what_is_measured_from_zero_is_filled() {
        let day = date!(2026 - 11 - 01);
        let area = |amounts: [i128; 2]| {
            let days = [day, date!(2026 - 11 - 06)];
            let balances = days.into_iter().zip(amounts.map(yen)).collect();
            Chart::of(&balances, period()).unwrap().area
        };
        assert_eq!(area([1_200_000, 1_234_567]), None, "zero is far below");
        assert_eq!(area([-300_000, -299_950]), None, "zero is above");
        assert_eq!(area([-200, 200]).unwrap(), "M0 300H500V0H1000V150H0Z");
    }

    #[test]
    fn nothing_is_drawn_without_balances() {
        assert_eq!(Chart::of(&BTreeMap::new(), period()), None);
    }

    #[test]
    fn days_outside_the_period_stay_on_the_edge() {
        assert_eq!(scale_day(date!(2026 - 10 - 01), period()), 0);
        assert_eq!(scale_day(date!(2027 - 01 - 01), period()), WIDTH);
    }
}
