//! The columns of the table of accounts, as banks print them in different order.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::InquiryPin;

/// A column of the table of accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// 照会用口座.
    Account,
    /// 口座メモ.
    Memo,
    /// 照会用暗証番号(現在), the field.
    Pin,
    /// 選択状況, the box to tick.
    Selected,
    /// 登録状況 with the box to tick in the same cell.
    SelectedState,
    /// 登録状態.
    State,
}

impl InquiryPin {
    /// Whether the table says which account, and has one box to tick and one field a row.
    pub fn is_usable(&self) -> bool {
        let count = |wanted: &[Column]| {
            let columns = self.columns.iter();
            columns.filter(|column| wanted.contains(column)).count()
        };
        let states = [Column::State, Column::SelectedState];
        count(&[Column::Account]) == 1
            && count(&[Column::Pin]) == 1
            && count(&states) == 1
            && count(&[Column::Selected, Column::SelectedState]) == 1
            && count(&[Column::Memo]) <= 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_needs_account_state_box_and_field_once_each() {
        let with = |columns: &[Column]| InquiryPin {
            columns: columns.to_vec(),
            ..InquiryPin::default()
        };
        assert!(InquiryPin::default().is_usable());
        let (account, pin) = (Column::Account, Column::Pin);
        assert!(with(&[Column::SelectedState, account, pin]).is_usable());
        assert!(!with(&[Column::SelectedState, account]).is_usable());
        assert!(!with(&[Column::State, account, pin]).is_usable(), "no box");
        assert!(
            !with(&[Column::Selected, Column::SelectedState, account, pin]).is_usable(),
            "two boxes"
        );
    }
}
