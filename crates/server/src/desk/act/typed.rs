//! What was typed of an act, read one control after the other.

use std::collections::BTreeMap;

use renkei_egov::desk::Wish;
use renkei_egov::life::FeeKey;
use renkei_pages::Problem;
use time::Date;

use super::super::input;
use super::{Kind, TEXT_MAX, TITLE_MAX, number};

/// What was typed into the form of an act.
pub(super) struct Typed<'a> {
    pub(super) fields: &'a BTreeMap<&'static str, String>,
    pub(super) today: Date,
    pub(super) problems: Vec<Problem>,
}

impl Typed<'_> {
    pub(super) fn wish(mut self, kind: Kind, fee: Option<FeeKey>) -> Result<Wish, Vec<Problem>> {
        let wish = match kind {
            Kind::Accept => Wish::AcceptWithdrawal,
            Kind::CancelFee => match fee {
                Some(key) => Wish::CancelFee(key),
                None => return Err(vec![Problem::of_page("desk-refusal-fee_not_open")]),
            },
            Kind::Close => Wish::Close {
                correctable: self.one("correctable") == "yes",
            },
            Kind::Comment => Wish::Comment {
                title: self.title(false),
                text: self.text(),
            },
            Kind::Correct => Wish::AskCorrection {
                text: self.text(),
                due: self.due(),
            },
            Kind::Document => Wish::IssueDocument {
                title: self.title(true),
                text: self.text(),
                signed: self.signed(),
            },
            Kind::Fee => Wish::ChargeFee {
                yen: self.yen(),
                due: self.due(),
            },
            Kind::Finish => Wish::FinishExamination,
            Kind::Reject => Wish::RejectWithdrawal,
            Kind::Start => Wish::StartExamination,
            Kind::TakeBack => Wish::TakeBackCorrection,
        };
        if self.problems.is_empty() {
            Ok(wish)
        } else {
            Err(self.problems)
        }
    }

    fn one(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    fn title(&mut self, wanted: bool) -> String {
        let title = self.one("title").to_owned();
        if wanted && title.is_empty() {
            self.wrong(Problem::at("title", "error-desk-title-missing"));
        } else if title.chars().count() > TITLE_MAX {
            self.wrong(
                Problem::at("title", "error-desk-title-long").with("max", number(TITLE_MAX)),
            );
        }
        title
    }

    fn text(&mut self) -> String {
        let text = self.one("text").to_owned();
        let count = text.chars().count();
        if text.trim().is_empty() {
            self.wrong(Problem::at("text", "error-desk-text-missing"));
        } else if count > TEXT_MAX {
            let problem = Problem::at("text", "error-desk-text-long");
            self.wrong(
                problem
                    .with("max", number(TEXT_MAX))
                    .with("is", number(count)),
            );
        }
        text
    }

    fn due(&mut self) -> Date {
        match input::day(self.one("due")) {
            None => self.wrong(Problem::at("due", "error-desk-due-missing")),
            Some(due) if due < self.today => {
                self.wrong(Problem::at("due", "error-desk-due-past"));
            }
            Some(due) => return due,
        }
        self.today
    }

    fn signed(&mut self) -> bool {
        match self.one("signed") {
            "yes" => return true,
            "no" => {}
            _ => self.wrong(Problem::at("signed", "error-desk-signed-missing")),
        }
        false
    }

    fn yen(&mut self) -> i64 {
        let read = input::yen(self.one("amount"));
        if read.is_none() {
            self.wrong(Problem::at("amount", "error-desk-amount"));
        }
        read.unwrap_or_default()
    }

    fn wrong(&mut self, problem: Problem) {
        self.problems.push(problem);
    }
}
