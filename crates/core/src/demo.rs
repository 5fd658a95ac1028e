//! The beginnings of an embedded demo bank, as a tenant's `demo.yaml` gives them. Never loaded where a
//! bank has a system of its own.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::account::AccountType;
use crate::port::{Hurdle, Identifiers, Privilege, ServiceStanding};

/// What a demo bank begins with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DemoData {
    /// Makes every statement, together with account and day.
    pub seed: u64,
    /// Names of branches by their three digits, for an invented bank that the zengin data does not know.
    #[serde(default)]
    pub branches: BTreeMap<String, String>,
    /// The customers.
    pub customers: Vec<DemoCustomer>,
}

/// A customer and what they know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DemoCustomer {
    /// ログインID, also the bank's key.
    pub login_id: String,
    /// The identifiers by control id, where the bank asks for others than a login ID
    /// (`contract_number` and `user_id`).
    #[serde(default)]
    pub identifiers: Identifiers,
    /// ログインパスワード.
    pub password: String,
    /// The holder's name.
    pub name: String,
    /// The holder's name in kana.
    pub kana: String,
    /// Mail address.
    #[serde(default)]
    pub mail: Option<String>,
    /// The registered question.
    #[serde(default)]
    pub question: Option<String>,
    /// Its answer.
    #[serde(default)]
    pub answer: Option<String>,
    /// The registered telephone; shown with all but its last digits masked.
    #[serde(default)]
    pub phone: Option<String>,
    /// 認証方式, in the bank's words: `fixed_password`, `one_time_password`, `certificate`.
    #[serde(default)]
    pub class: Option<String>,
    /// What stands in the customer's way.
    #[serde(default)]
    pub hurdles: std::collections::BTreeSet<Hurdle>,
    /// Whether the customer has a client certificate.
    #[serde(default)]
    pub certificate: bool,
    /// 利用者番号.
    #[serde(default)]
    pub user_number: Option<String>,
    /// The secret of the customer's token (RFC 6238), base32.
    #[serde(default)]
    pub otp_secret: Option<String>,
    /// 確認用パスワード, 取引実行パスワード.
    #[serde(default)]
    pub transaction_password: Option<String>,
    /// The serial number of the customer's 乱数表; its cells follow from it.
    #[serde(default)]
    pub matrix_card: Option<String>,
    /// 利用権限 by scope name.
    #[serde(default)]
    pub privileges: BTreeMap<String, Privilege>,
    /// 入会済 (`joined`) and 申請済 (`applied`) services by scope name.
    #[serde(default)]
    pub services: BTreeMap<String, ServiceStanding>,
    /// The accounts, the main one first.
    pub accounts: Vec<DemoAccount>,
}

/// An account and its inquiry PIN.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DemoAccount {
    /// 店番, three digits.
    pub branch: String,
    /// 科目.
    #[serde(rename = "type")]
    pub kind: AccountType,
    /// 口座番号, seven digits.
    pub number: String,
    /// 口座メモ.
    #[serde(default)]
    pub memo: Option<String>,
    /// 照会用暗証番号.
    pub inquiry_pin: String,
    /// Whether the bank answers 申請中 to the right PIN.
    #[serde(default)]
    pub pending: bool,
}
