//! 3.16 電子納付対応金融機関一覧取得: where a fee can be paid.

use std::collections::BTreeMap;

use time::Date;

use super::{Reply, answer, empty};
use crate::number::day;
use crate::operation::Operation;
use crate::words;
use crate::xml::Writer;

/// A place to pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayingBank {
    /// Its sector.
    pub sector: Sector,
    /// `FinancialName`: unique among all.
    pub name: String,
    /// Its name in kana, whose first sign is its place in the block of banks.
    pub kana: String,
    /// `ServiceName`: what its internet banking is called; banks only.
    pub service: Option<String>,
    /// Url: where a bill is presented.
    pub url: String,
}

/// The blocks of the list, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sector {
    /// 銀行
    TrustBank,
    /// 信用金庫
    ShinkinBank,
    /// 信用組合
    CreditUnion,
    /// 農林中央金庫
    NorinchukinBank,
    /// 労働金庫
    LabourBank,
}

/// The answer. `changed_on`: the day of the list's last change.
pub fn listed(banks: &[PayingBank], changed_on: Date) -> Reply {
    answer(Operation::Banks, |data| {
        data.element("TrustBank", |block| trust_banks(block, banks));
        for (sector, name) in [
            (Sector::ShinkinBank, "ShinkinBank"),
            (Sector::CreditUnion, "CreditUnion"),
            (Sector::NorinchukinBank, "NorinchukinBank"),
            (Sector::LabourBank, "LabourBank"),
        ] {
            data.element(name, |block| {
                for bank in banks.iter().filter(|bank| bank.sector == sector) {
                    block.element("Bank", |one| {
                        one.leaf("FinancialName", &bank.name);
                        one.leaf("Url", &bank.url);
                    });
                }
            });
        }
        data.leaf("FinancialTypeListDate", &day(changed_on));
    })
}

/// Refused.
pub fn refused(trouble: super::Trouble) -> Reply {
    trouble.shaped(|data| {
        empty(
            data,
            &[
                "TrustBank",
                "ShinkinBank",
                "CreditUnion",
                "NorinchukinBank",
                "LabourBank",
                "FinancialTypeListDate",
            ],
        );
    })
}

fn trust_banks(block: &mut Writer, banks: &[PayingBank]) {
    let mut by_initial: BTreeMap<char, Vec<&PayingBank>> = BTreeMap::new();
    for bank in banks.iter().filter(|bank| bank.sector == Sector::TrustBank) {
        if let Some(initial) = bank.kana.chars().next().map(hiragana) {
            by_initial.entry(initial).or_default().push(bank);
        }
    }
    for (initial, banks) in by_initial {
        let name = initial.to_string();
        block.element_with("Initial", &[("Name", &name)], |group| {
            for bank in banks {
                group.element("Bank", |one| {
                    one.leaf("FinancialName", &bank.name);
                    let none = words::NO_SERVICE_NAME.text;
                    one.leaf("ServiceName", bank.service.as_deref().unwrap_or(none));
                    one.leaf("Url", &bank.url);
                });
            }
        });
    }
}

/// The hiragana of a katakana; anything else as it is.
fn hiragana(sign: char) -> char {
    match sign {
        'ァ'..='ヶ' => char::from_u32(u32::from(sign) - 0x60).unwrap_or(sign),
        _ => sign,
    }
}
