//! The customer's own page: the links, one link, its end, and what was consented to.

use std::fmt;

use serde::Serialize;

use crate::frame::{ClientFace, LanguageUrls, TenantFace};
use crate::text::Problem;

/// What stands around every page of a visit.
#[derive(Clone, Serialize)]
pub struct LinksFrame {
    /// The bank.
    pub tenant: TenantFace,
    /// The customer, by the name the bank has for them; empty once they have left.
    pub holder: String,
    /// The token against forged posts.
    pub csrf: String,
    /// The list.
    pub list_url: String,
    /// Where logging out is posted to.
    pub logout_url: String,
    /// This page in each language; none on a page that has one language only.
    pub language_urls: Option<LanguageUrls>,
    /// After how many idle minutes the visit ends.
    pub idle_minutes: u32,
}

impl fmt::Debug for LinksFrame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LinksFrame")
            .field("list_url", &self.list_url)
            .finish_non_exhaustive()
    }
}

/// A page of the customer's own.
#[derive(Clone, Debug)]
pub enum LinksPage {
    /// The customer has logged out.
    Left,
    /// One link.
    Link {
        /// The link.
        link: Box<LinkFace>,
        /// The consents it rests on, the newest first.
        consents: Vec<ConsentFace>,
        /// What was typed as its label.
        label: String,
        /// What is wrong with that.
        problem: Option<Problem>,
    },
    /// All links.
    List {
        /// Those that work.
        live: Vec<LinkFace>,
        /// Those that have ended of late.
        ended: Vec<LinkFace>,
        /// お支払い, the newest first.
        payments: Vec<PaymentFace>,
    },
    /// One payment.
    Payment(Box<PaymentFace>),
    /// What was consented to.
    Receipt {
        /// Which consent.
        consent: ConsentFace,
        /// Who asked, as the page named them.
        client: Box<ClientFace>,
        /// The services.
        scopes: Vec<String>,
        /// The accounts, as the page named them.
        accounts: Vec<AccountFace>,
        /// Until when, as the page said.
        until: Option<Moment>,
        /// After how many days without use it would end, as the page said.
        idle_days: Option<u32>,
    },
    /// Whether a link shall really be stopped.
    Stop {
        /// The link.
        link: Box<LinkFace>,
    },
}

/// One link, as the customer sees it.
#[derive(Clone, Debug, Serialize)]
pub struct LinkFace {
    /// Its page.
    pub url: String,
    /// The app.
    pub app: String,
    /// The company behind it.
    pub company: String,
    /// What the customer calls it.
    pub label: Option<String>,
    /// The services.
    pub scopes: Vec<String>,
    /// The accounts, as the consent page named them.
    pub accounts: Vec<AccountFace>,
    /// When it was first given.
    pub since: Moment,
    /// When it was renewed last, if it was.
    pub renewed: Option<Moment>,
    /// When it ends; none when it has no end of its own.
    pub until: Option<Moment>,
    /// So many days until then.
    pub days_left: i64,
    /// It also ends after so many days without use.
    pub idle_days: Option<u32>,
    /// When that would be, as things stand.
    pub idle_until: Option<Moment>,
    /// When the app used it last.
    pub used: Option<Moment>,
    /// How it ended: the end of a key, `links-end-<word>`; none while it works.
    pub end: Option<String>,
    /// When it ended.
    pub ended: Option<Moment>,
}

/// A payment, as the customer sees it.
#[derive(Clone, Debug, Serialize)]
pub struct PaymentFace {
    /// Its id.
    pub id: String,
    /// Its page.
    pub url: String,
    /// `done`, `waiting` or `declined`.
    pub state: &'static str,
    /// Why it was declined: the end of a key, `payment-declined-<word>`.
    pub reason: Option<String>,
    /// 収納機関名.
    pub facility_name: String,
    /// 収納機関番号.
    pub facility_number: String,
    /// 手続名.
    pub procedure_name: String,
    /// 払込内容 in kana.
    pub pay_name_kana: String,
    /// 納付番号.
    pub pay_number: String,
    /// 確認番号.
    pub confirm_number: String,
    /// Yen, grouped by three.
    pub amount: String,
    /// The last day to pay.
    pub due: String,
    /// The account.
    pub account: AccountFace,
    /// Who paid, by the name the bank has for them.
    pub payer: String,
    /// When it was confirmed.
    pub at: Moment,
    /// When the account was debited, if it was.
    pub debited: Option<Moment>,
    /// The bank's own number for that.
    pub reference: Option<String>,
}

/// A day and a time of day in Japan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// `2027-02-19`.
    pub date: String,
    /// `10:32`.
    pub time: String,
}

/// One consent of a link.
#[derive(Clone, Debug, Serialize)]
pub struct ConsentFace {
    /// Its id.
    pub id: String,
    /// Its page.
    pub url: String,
    /// When it was given.
    pub at: Moment,
}

/// An account, as pages name it.
#[derive(Clone, Debug, Serialize)]
pub struct AccountFace {
    /// 店番.
    pub branch_code: String,
    /// 支店名.
    pub branch_name: String,
    /// 科目, the end of a key: `account-type-<word>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// 口座番号.
    pub number: String,
    /// 口座メモ.
    pub memo: Option<String>,
}

impl LinksPage {
    /// Its template.
    pub(crate) const fn template(&self) -> &'static str {
        match self {
            Self::Left => "links_left.html",
            Self::Link { .. } => "link.html",
            Self::List { .. } => "links.html",
            Self::Payment(_) => "payment_receipt.html",
            Self::Receipt { .. } => "link_receipt.html",
            Self::Stop { .. } => "link_stop.html",
        }
    }
}
