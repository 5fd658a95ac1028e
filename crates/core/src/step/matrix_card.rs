//! 乱数表: characters from cells of a card the bank gave the customer. Asks for cells drawn at random;
//! adds a proof.
//!
//! No manual of ours prints it; many Japanese banks have such cards. The cells stay the same until
//! they are answered right ([`super::challenge`]).

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::challenge::Lot;
use super::field::{Charset, Field};
use super::{
    Arrival, Context, Entry, Kept, Outcome, Role, Sample, SampleWorld, Step, Submission, When, gate,
};
use crate::fact::{Facts, Proof};
use crate::fault::Fault;
use crate::form::FormData;
use crate::port::{Challenge, Factor, FactorAnswer};
use crate::secret::Password;
use crate::text::{Message, Problem};

/// Some cells of the customer's card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct MatrixCard {
    /// When the step is walked.
    pub when: When,
    /// The screen's number as the manual prints it; shown, never used as a key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub screen_id: Option<String>,
    /// How many cells are asked, 1 to 6.
    #[schemars(range(min = 1, max = 6))]
    pub ask: usize,
    /// The letters above the columns, from the left, as the card prints them.
    pub columns: Vec<String>,
    /// The figures beside the rows, from the top.
    pub rows: Vec<String>,
    /// Which characters stand in a cell.
    pub charset: Charset,
    /// How many of them, 1 to 4.
    #[schemars(range(min = 1, max = 4))]
    pub length: usize,
}

impl Default for MatrixCard {
    /// Three cells of two digits, columns ア to コ, rows 1 to 10.
    fn default() -> Self {
        Self {
            when: When::default(),
            screen_id: None,
            ask: 3,
            columns: "アイウエオカキクケコ".chars().map(String::from).collect(),
            rows: (1..=10).map(|row| row.to_string()).collect(),
            charset: Charset::HalfWidthDigits,
            length: 2,
        }
    }
}

/// What the step remembers.
#[derive(Debug, Serialize, Deserialize)]
pub struct Memory {
    serial: String,
    asked: BTreeSet<Cell>,
    tries_left: Option<u32>,
}

/// A cell: row and column from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Cell {
    row: u8,
    column: u8,
}

/// The page.
#[derive(Debug, Serialize)]
pub struct View {
    screen_id: Option<String>,
    serial: String,
    charset: Charset,
    length: usize,
    cells: Vec<CellView>,
    tries_left: Option<u32>,
}

#[derive(Debug, Serialize)]
struct CellView {
    id: String,
    row: String,
    column: String,
}

#[async_trait]
impl Step for MatrixCard {
    const KIND: &'static str = "matrix_card";
    const ROLE: Role = Role::Proves;
    type Memory = Memory;
    type View = View;

    fn when(&self) -> &When {
        &self.when
    }

    async fn enter(&self, cx: &Context<'_>) -> Result<Arrival<Memory>, Fault> {
        let (serial, rows, columns) = match gate::arrive(cx, Factor::MatrixCard).await? {
            Ok(Challenge::MatrixCard {
                serial,
                rows,
                columns,
            }) => (serial, rows, columns),
            Ok(_) => return Err(Fault::new("the bank asks no cells of a card")),
            Err(refusal) => return Ok(Entry::Refused(refusal).into()),
        };
        if usize::from(rows) > self.rows.len() || usize::from(columns) > self.columns.len() {
            return Err(Fault::new(
                "a card has more rows or columns than the tenant names",
            ));
        }
        let lot = Lot {
            of: &serial,
            parts: u16::from(rows) * u16::from(columns),
            ask: self.ask,
        };
        let asked = lot.asked(cx, Factor::MatrixCard).await?;
        let asked = asked.into_iter().filter_map(|part| cell(part, columns));
        Ok(Entry::Ask(Memory {
            asked: asked.collect(),
            serial,
            tries_left: None,
        })
        .into())
    }

    fn present(&self, _: &Facts, memory: &Memory, _: &[Problem], _: &Kept) -> View {
        let label = |labels: &[String], number: u8| {
            let index = usize::from(number).checked_sub(1);
            let label = index.and_then(|index| labels.get(index));
            label.cloned().unwrap_or_else(|| number.to_string())
        };
        let cells = memory.asked.iter().map(|cell| CellView {
            id: control(*cell),
            row: label(&self.rows, cell.row),
            column: label(&self.columns, cell.column),
        });
        View {
            screen_id: self.screen_id.clone(),
            serial: memory.serial.clone(),
            charset: self.charset,
            length: self.length,
            cells: cells.collect(),
            tries_left: memory.tries_left,
        }
    }

    async fn submit(
        &self,
        cx: &Context<'_>,
        memory: Memory,
        form: &FormData,
    ) -> Result<Submission<Memory>, Fault> {
        let (mut typed, mut problems) = (BTreeMap::new(), Vec::new());
        for cell in &memory.asked {
            match self.content(form, *cell) {
                Ok(content) => {
                    typed.insert((cell.row, cell.column), content);
                }
                Err(problem) => problems.push(problem),
            }
        }
        if !problems.is_empty() {
            return Ok(again(memory, problems).into());
        }
        let answer = FactorAnswer::MatrixCard(typed);
        let again = |left| {
            let first = memory.asked.first().copied().map(control);
            let message = Message::new("error-cells-wrong").with("left", i64::from(left));
            let problem = Problem {
                field: first,
                message,
            };
            let tries_left = Some(left);
            again(
                Memory {
                    tries_left,
                    ..memory
                },
                vec![problem],
            )
        };
        gate::answer(cx, &answer, Proof::MatrixCard, again).await
    }

    fn samples(&self, world: &SampleWorld) -> Vec<Sample<Memory>> {
        let cells = [(1, 3), (2, 10), (5, 1), (3, 4), (4, 7), (5, 9)];
        let asked: BTreeSet<Cell> = cells
            .into_iter()
            .map(|(row, column)| Cell { row, column })
            .take(self.ask)
            .collect();
        let memory = |tries_left| Memory {
            serial: "TS-000417".to_owned(),
            asked: asked.clone(),
            tries_left,
        };
        let first = asked.first().copied().map(control).unwrap_or_default();
        let wrong = Message::new("error-cells-wrong").with("left", 3);
        vec![
            Sample::new("first", world, memory(None)),
            Sample::new("wrong", world, memory(Some(3))).told_at(first.clone(), wrong),
            Sample::new("missing", world, memory(None))
                .told_at(first, Message::new("error-cell-missing")),
        ]
    }
}

impl MatrixCard {
    /// What was typed for a cell, full-width or half-width.
    fn content(&self, form: &FormData, cell: Cell) -> Result<Password, Problem> {
        let control = control(cell);
        let typed = form.one(&control).unwrap_or_default();
        let typed = Password::new(typed.trim().nfkc().collect::<String>());
        let format = Field {
            charset: self.charset,
            min: self.length,
            max: self.length,
            letters_and_digits: false,
            pad: false,
            software_keyboard: false,
        };
        if typed.expose().is_empty() {
            return Err(Problem::at(control, Message::new("error-cell-missing")));
        }
        if !format.admits(typed.expose()) {
            let length = i64::try_from(self.length).unwrap_or_default();
            let message = Message::new("error-cell-format").with("length", length);
            return Err(Problem::at(control, message));
        }
        Ok(typed)
    }
}

/// The cell of a part, counted along the rows from 1.
fn cell(part: u16, columns: u8) -> Option<Cell> {
    let (part, columns) = (part.checked_sub(1)?, u16::from(columns));
    Some(Cell {
        row: u8::try_from(part.checked_div(columns)? + 1).ok()?,
        column: u8::try_from(part % columns + 1).ok()?,
    })
}

fn again(memory: Memory, problems: Vec<Problem>) -> Outcome<Memory> {
    Outcome::Again {
        memory,
        problems,
        kept: Vec::new(),
    }
}

fn control(cell: Cell) -> String {
    format!("cell-{}-{}", cell.row, cell.column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_counted_along_the_rows() {
        let at = |part| cell(part, 10).map(|cell| (cell.row, cell.column));
        assert_eq!(at(1), Some((1, 1)));
        assert_eq!(at(10), Some((1, 10)));
        assert_eq!(at(11), Some((2, 1)));
        assert_eq!(at(50), Some((5, 10)));
    }

    #[test]
    fn cells_are_named_by_the_labels_of_the_tenant() {
        let step = MatrixCard::default();
        let memory = Memory {
            serial: "HN-1".to_owned(),
            asked: [Cell { row: 5, column: 2 }].into(),
            tries_left: None,
        };
        let view = step.present(&Facts::default(), &memory, &[], &Kept::new());
        let cell = view.cells.first().unwrap();
        assert_eq!(
            (cell.id.as_str(), cell.column.as_str(), cell.row.as_str()),
            ("cell-5-2", "イ", "5")
        );
    }

    #[test]
    fn what_does_not_fit_a_cell_is_told_and_full_width_fits() {
        let step = MatrixCard::default();
        let content = |value: &str| {
            let form = FormData::new([("cell-5-2".to_owned(), value.to_owned())]);
            step.content(&form, Cell { row: 5, column: 2 })
                .map(|content| content.expose().to_owned())
                .map_err(|problem| problem.message.key)
        };
        assert_eq!(content("４2"), Ok("42".to_owned()));
        assert_eq!(content(""), Err("error-cell-missing".to_owned()));
        assert_eq!(content("4"), Err("error-cell-format".to_owned()));
        assert_eq!(content("4a"), Err("error-cell-format".to_owned()));
    }
}
