//! The ministries' desk: what its pages show.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use tera::Context;

pub use self::staff::{EnrolView, StaffForm, StaffRow};
use crate::engine;
use crate::error::PagesError;
use crate::frame::{LanguageUrls, TenantFace};
use crate::links::Moment;
use crate::pages::Pages;
use crate::text::{Problem, TextArg};

mod staff;

/// What stands around every page of the desk.
#[derive(Clone, Serialize)]
pub struct DeskFrame {
    /// Who is logged in.
    pub staff: Option<StaffFace>,
    /// The token against forged posts.
    pub csrf: String,
    /// The address of the desk.
    pub desk_url: String,
    /// The host that the address bar shows.
    pub domain: String,
    /// This page in each language; none on what was posted.
    pub language_urls: Option<LanguageUrls>,
    /// After how many idle minutes a session ends.
    pub idle_minutes: u32,
    /// What has just been done: the end of the key of a status message.
    pub told: Option<&'static str>,
}

impl fmt::Debug for DeskFrame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeskFrame")
            .field("desk_url", &self.desk_url)
            .finish_non_exhaustive()
    }
}

/// A member of staff who is logged in.
#[derive(Clone, Debug, Serialize)]
pub struct StaffFace {
    /// The name to log in with.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// Whether applications are this person's business.
    pub sees_applications: bool,
    /// Whether accounts are.
    pub manages_staff: bool,
}

/// A page of the desk.
#[derive(Clone, Debug)]
pub enum DeskPage {
    /// The form of an act, or its confirmation.
    Act(Box<ActView>),
    /// One application.
    Application(Box<ApplicationView>),
    /// What has arrived.
    Arrivals(Box<ArrivalsView>),
    /// Setting password and authenticator.
    Enrol(Box<EnrolView>),
    /// The link of a new account, told once.
    Invited {
        /// The person's name.
        name: String,
        /// The name to log in with.
        login: String,
        /// The one-time link.
        url: String,
        /// For how many hours it is good.
        hours: u32,
    },
    /// Logging in; with what was typed as the login.
    Login {
        /// What was typed.
        login: String,
    },
    /// Something that cannot be shown or done.
    Message {
        /// The middle of its texts' keys, `desk-message-<name>-title`.
        name: &'static str,
        /// The end of the key of the reason; none when there is nothing to add.
        reason: Option<&'static str>,
        /// Where to go on.
        url: String,
        /// What to tell whoever runs the platform.
        incident: Option<String>,
    },
    /// What somebody else proposed.
    Proposal(Box<ProposalView>),
    /// The accounts.
    Staff(Vec<StaffRow>),
    /// Asks whether an account is to be disabled or set back.
    StaffAsk {
        /// `disable` or `reset`.
        what: &'static str,
        /// Which.
        row: Box<StaffRow>,
    },
    /// A new account.
    StaffNew(Box<StaffForm>),
}

/// Something that can be chosen.
#[derive(Clone, Debug, Serialize)]
pub struct Choice {
    /// Its value.
    pub value: String,
    /// Its name where it is data; empty where a text has it.
    pub name: String,
    /// Whether it is chosen.
    pub selected: bool,
}

/// What has arrived.
#[derive(Clone, Debug, Serialize)]
pub struct ArrivalsView {
    /// The rows, the newest first.
    pub rows: Vec<ArrivalRow>,
    /// The stages to filter by.
    pub stages: Vec<Choice>,
    /// The procedures to filter by.
    pub procedures: Vec<Choice>,
    /// Whether only waiting withdrawals are shown.
    pub withdrawing: bool,
    /// The number that was looked for.
    pub number: String,
    /// Whether anything is filtered.
    pub filtered: bool,
    /// The older ones.
    pub older: Option<String>,
    /// Back to the newest.
    pub newest: Option<String>,
}

/// An application in the list.
#[derive(Clone, Debug, Serialize)]
pub struct ArrivalRow {
    /// 到達番号.
    pub number: String,
    /// Its page.
    pub url: String,
    /// The procedure.
    pub procedure: String,
    /// Who applies.
    pub applicant: String,
    /// When it arrived.
    pub arrived: Moment,
    /// The stage, as a word of ours.
    pub stage: String,
    /// `new`, `correction` or `withdrawal`.
    pub origin: String,
    /// Whether the applicant wants it back.
    pub withdrawing: bool,
    /// Whether a proposal waits for approval.
    pub proposed: bool,
}

/// One application.
#[derive(Clone, Debug, Serialize)]
pub struct ApplicationView {
    /// The row it has in the list.
    pub row: ArrivalRow,
    /// The ministry.
    pub ministry: String,
    /// 手続ID.
    pub procedure_id: String,
    /// The application this one corrects or asks back: number and address.
    pub parent: Option<Reference>,
    /// The request that asks for this one back.
    pub request: Option<Reference>,
    /// Whether a correction of it may be sent.
    pub correctable: bool,
    /// Who applies: name of the text's key, and what it says.
    pub applicant: Vec<Fact>,
    /// The software and how it was signed.
    pub sending: Vec<Fact>,
    /// Forms.
    pub forms: Vec<SentFile>,
    /// Attachments.
    pub attachments: Vec<SentFile>,
    /// What can be done now: `start`, `correct` …
    pub acts: Vec<&'static str>,
    /// Whether the withdrawal can be answered by whoever looks.
    pub answers_withdrawal: bool,
    /// What waits for approval.
    pub proposals: Vec<ProposalFace>,
    /// The history, the newest last.
    pub history: Vec<HistoryRow>,
    /// What was sent back.
    pub notices: Vec<NoticeRow>,
    /// Fees.
    pub fees: Vec<FeeRow>,
}

/// Another application.
#[derive(Clone, Debug, Serialize)]
pub struct Reference {
    /// 到達番号.
    pub number: String,
    /// Its page.
    pub url: String,
}

/// A name and what it says; the name is the end of a text's key.
#[derive(Clone, Debug, Serialize)]
pub struct Fact {
    /// `desk-fact-<name>`.
    pub name: &'static str,
    /// What it says.
    pub value: String,
}

/// A file that was sent.
#[derive(Clone, Debug, Serialize)]
pub struct SentFile {
    /// What it is.
    pub name: String,
    /// Its file name.
    pub file: String,
    /// Where it is downloaded.
    pub url: String,
}

/// A line of the history.
#[derive(Clone, Debug, Serialize)]
pub struct HistoryRow {
    /// When.
    pub at: Moment,
    /// `desk-process-<process>`.
    pub process: String,
    /// The status it left behind, as it is told to the applicant.
    pub status: String,
    /// The fee it concerns.
    pub fee: Option<String>,
}

/// Something that was sent to the applicant.
#[derive(Clone, Debug, Serialize)]
pub struct NoticeRow {
    /// `amend`, `comment` or `official`.
    pub kind: String,
    /// 通知通番.
    pub number: u32,
    /// `DocTitle`.
    pub title: String,
    /// When it was issued.
    pub issued: Moment,
    /// Whether it is signed.
    pub signed: bool,
    /// The last day to answer.
    pub due: Option<String>,
    /// `open`, `answered`, `lapsed`, `taken_back`, `waiting` or `done`.
    pub state: &'static str,
    /// When it was answered, read or fetched.
    pub completed: Option<Moment>,
    /// Where its files are downloaded.
    pub url: String,
}

/// A fee.
#[derive(Clone, Debug, Serialize)]
pub struct FeeRow {
    /// 納付番号.
    pub number: String,
    /// 確認番号.
    pub confirm: String,
    /// Who takes it.
    pub facility: String,
    /// The amount, with its commas.
    pub amount: String,
    /// The last day.
    pub due: String,
    /// `waiting`, `reserved`, `paid`, `lapsed` or `cancelled`.
    pub state: String,
    /// When it was charged.
    pub charged: Moment,
    /// When it was paid.
    pub paid: Option<Moment>,
    /// Where it can be cancelled.
    pub cancel_url: Option<String>,
}

/// What waits for a second pair of eyes, in short.
#[derive(Clone, Debug, Serialize)]
pub struct ProposalFace {
    /// Its page.
    pub url: String,
    /// `document` or `fee`.
    pub act: &'static str,
    /// Who proposed it.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// What waits for a second pair of eyes.
#[derive(Clone, Debug, Serialize)]
pub struct ProposalView {
    /// In short.
    pub face: ProposalFace,
    /// The application.
    pub row: ArrivalRow,
    /// What is proposed.
    pub facts: Vec<Fact>,
    /// Whether whoever looks may decide.
    pub decidable: bool,
}

/// The form of an act.
#[derive(Clone, Debug, Serialize)]
pub struct ActView {
    /// `start`, `correct` …
    pub act: &'static str,
    /// Where it is posted.
    pub action: String,
    /// The version of the application that was looked at.
    pub version: i64,
    /// The application.
    pub row: ArrivalRow,
    /// The controls the form has, with what was typed, by name.
    pub fields: BTreeMap<&'static str, String>,
    /// Whether this asks to confirm what was typed.
    pub confirming: bool,
    /// What is confirmed.
    pub facts: Vec<Fact>,
    /// Today, the first day that can be given.
    pub today: String,
    /// Most characters of a title.
    pub title_max: u32,
    /// Most characters of a text.
    pub text_max: u32,
    /// Whether somebody else must approve it.
    pub four_eyes: bool,
}

/// A problem in the page's language.
#[derive(Serialize)]
struct Told<'a> {
    field: Option<&'a str>,
    text: String,
}

impl DeskPage {
    const fn template(&self) -> &'static str {
        match self {
            Self::Act(_) => "desk/act.html",
            Self::Application(_) => "desk/application.html",
            Self::Arrivals(_) => "desk/arrivals.html",
            Self::Enrol(_) => "desk/enrol.html",
            Self::Invited { .. } => "desk/invited.html",
            Self::Login { .. } => "desk/login.html",
            Self::Message { .. } => "desk/message.html",
            Self::Proposal(_) => "desk/proposal.html",
            Self::Staff(_) => "desk/staff.html",
            Self::StaffAsk { .. } => "desk/staff_ask.html",
            Self::StaffNew(_) => "desk/staff_new.html",
        }
    }

    fn fill(&self, context: &mut Context) {
        match self {
            Self::Act(view) => context.insert("view", view),
            Self::Application(view) => context.insert("view", view),
            Self::Arrivals(view) => context.insert("view", view),
            Self::Enrol(view) => context.insert("view", view),
            Self::Invited {
                name,
                login,
                url,
                hours,
            } => {
                context.insert("name", name);
                context.insert("login", login);
                context.insert("url", url);
                context.insert("hours", hours);
            }
            Self::Login { login } => context.insert("login", login),
            Self::Message {
                name,
                reason,
                url,
                incident,
            } => {
                context.insert("name", name);
                context.insert("reason", reason);
                context.insert("url", url);
                context.insert("incident", incident);
            }
            Self::Proposal(view) => context.insert("view", view),
            Self::Staff(rows) => context.insert("rows", rows),
            Self::StaffAsk { what, row } => {
                context.insert("what", what);
                context.insert("row", row);
            }
            Self::StaffNew(view) => context.insert("view", view),
        }
    }
}

impl Pages {
    /// A page of the desk.
    pub fn desk(
        &self,
        lang: &str,
        frame: &DeskFrame,
        page: &DeskPage,
        problems: &[Problem],
    ) -> Result<String, PagesError> {
        let mut told = Vec::new();
        for problem in problems {
            let args: Vec<(&str, TextArg)> = problem
                .args
                .iter()
                .map(|(name, value)| (name.as_str(), value.clone()))
                .collect();
            let text = self.text(None, lang, &problem.key, &args);
            let text = text.ok_or_else(|| PagesError::MissingText {
                key: problem.key.clone(),
                tenant: "-".to_owned(),
                lang: lang.to_owned(),
            })?;
            told.push(Told {
                field: problem.field.as_deref(),
                text,
            });
        }
        let of_fields: BTreeMap<&str, &str> = told
            .iter()
            .filter_map(|problem| Some((problem.field?, problem.text.as_str())))
            .collect();
        let mut context = Context::from_serialize(frame).map_err(engine::template)?;
        context.insert("lang", lang);
        context.insert("tenant", &None::<TenantFace>);
        context.insert("errors", &told);
        context.insert("field_errors", &of_fields);
        page.fill(&mut context);
        self.render(None, page.template(), context)
    }
}

/// What the desk tells once after it was done; the ends of keys `desk-told-…`.
pub const DESK_TOLD: [&str; 19] = [
    "accept",
    "approved",
    "cancel-fee",
    "close",
    "comment",
    "correct",
    "disabled",
    "document",
    "ended",
    "enrolled",
    "fee",
    "finish",
    "left",
    "proposed",
    "refused",
    "reject",
    "start",
    "take-back",
    "unlocked",
];
