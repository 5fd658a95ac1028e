//! Acts upon an application. Each has its page; what is written by hand is shown once more before it is
//! sent, and a form that looked at another version of the application does nothing.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Path};
use renkei_core::form::FormData;
use renkei_egov::desk::{Done, Seen, Wish};
use renkei_egov::life::{Act, Actor, DeskAct, Dossier, Enclosure, FeeKey, NewFee, Refusal, decide};
use renkei_egov::staff::Role;
use renkei_pages::{ActView, DeskPage, Problem};
use time::Date;

use self::typed::Typed;
use super::session::Member;
use super::{Answer, Refused, Room, input, show};

mod typed;

/// What can be done at the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Accept,
    CancelFee,
    Close,
    Comment,
    Correct,
    Document,
    Fee,
    Finish,
    Reject,
    Start,
    TakeBack,
}

impl Kind {
    /// In the order in which they are offered.
    const OFFERED: [Self; 8] = [
        Self::Start,
        Self::TakeBack,
        Self::Correct,
        Self::Comment,
        Self::Document,
        Self::Fee,
        Self::Finish,
        Self::Close,
    ];

    const fn word(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::CancelFee => "cancel-fee",
            Self::Close => "close",
            Self::Comment => "comment",
            Self::Correct => "correct",
            Self::Document => "document",
            Self::Fee => "fee",
            Self::Finish => "finish",
            Self::Reject => "reject",
            Self::Start => "start",
            Self::TakeBack => "take-back",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        let others = [Self::Accept, Self::CancelFee, Self::Reject];
        Self::OFFERED
            .into_iter()
            .chain(others)
            .find(|kind| kind.word() == word)
    }

    const fn role(self) -> Role {
        match self {
            Self::Accept | Self::Reject => Role::Approver,
            _ => Role::Examiner,
        }
    }

    /// Whether what was written is shown once more.
    const fn is_confirmed(self) -> bool {
        matches!(
            self,
            Self::Comment | Self::Correct | Self::Document | Self::Fee
        )
    }

    /// Whether somebody else must approve it, where the deployment asks for that.
    const fn is_weighty(self) -> bool {
        matches!(self, Self::Document | Self::Fee)
    }

    /// The controls of its form, with what was posted.
    fn fields(self, form: Option<&FormData>, correctable: bool) -> BTreeMap<&'static str, String> {
        let names: &[&'static str] = match self {
            Self::Close if correctable => &["correctable"],
            Self::Comment => &["title", "text"],
            Self::Correct => &["text", "due"],
            Self::Document => &["title", "text", "signed"],
            Self::Fee => &["amount", "due"],
            _ => &[],
        };
        let one = |name: &str| form.and_then(|form| form.one(name)).unwrap_or_default();
        let cleaned = |name: &'static str| match name {
            "text" => (name, input::text(one(name))),
            name => (name, input::line(one(name))),
        };
        names.iter().copied().map(cleaned).collect()
    }

    /// What is wanted, or what is wrong with what was typed.
    fn wish(
        self,
        fields: &BTreeMap<&'static str, String>,
        fee: Option<FeeKey>,
        today: Date,
    ) -> Result<Wish, Vec<Problem>> {
        let typed = Typed {
            fields,
            today,
            problems: Vec::new(),
        };
        typed.wish(self, fee)
    }
}

/// What this member of staff can do with an application now: what the rules would let pass.
pub(super) fn offered(room: &Room, member: &Member, dossier: &Dossier) -> Vec<&'static str> {
    let now = room.app.now();
    let rules = room.parts.procedures.find(&dossier.application.procedure);
    let by = Actor::Desk {
        login: member.account.login.clone(),
        approved_by: None,
    };
    let passes = |kind: &Kind| {
        let tried = Act::Desk(tried(*kind, now.japan_date()));
        let has_facility = rules.is_some_and(|rules| rules.facility.is_some());
        member.may(kind.role())
            && (*kind != Kind::Fee || has_facility)
            && decide(dossier, rules.map(|rules| &**rules), tried, &by, now).is_ok()
    };
    let kinds = Kind::OFFERED.into_iter().filter(passes);
    kinds.map(Kind::word).collect()
}

/// An act as it would be, to ask the rules; nothing of it is ever written.
fn tried(kind: Kind, today: Date) -> DeskAct {
    let enclosure = || Enclosure {
        files: Vec::new(),
        archive: String::new(),
    };
    let key = || FeeKey {
        facility_number: String::new(),
        pay_number: String::new(),
    };
    match kind {
        Kind::Accept => DeskAct::AcceptWithdrawal,
        Kind::CancelFee => DeskAct::CancelFee(key()),
        Kind::Close => DeskAct::Close { correctable: false },
        Kind::Comment => DeskAct::Comment {
            title: String::new(),
            enclosure: enclosure(),
        },
        Kind::Correct => DeskAct::AskCorrection {
            due: today,
            notice: enclosure(),
            comment: enclosure(),
        },
        Kind::Document => DeskAct::IssueDocument {
            title: String::new(),
            enclosure: enclosure(),
            signed: false,
        },
        Kind::Fee => DeskAct::ChargeFee(Box::new(NewFee {
            key: key(),
            confirm_number: String::new(),
            facility_name: String::new(),
            pay_name_kana: String::new(),
            total_fee_yen: 1,
            due: today,
            memo: String::new(),
        })),
        Kind::Finish => DeskAct::FinishExamination,
        Kind::Reject => DeskAct::RejectWithdrawal,
        Kind::Start => DeskAct::StartExamination,
        Kind::TakeBack => DeskAct::TakeBackCorrection,
    }
}

/// A request for one act.
struct Asked<'a> {
    room: &'a Room,
    member: &'a Member,
    dossier: &'a Dossier,
    kind: Kind,
    fields: BTreeMap<&'static str, String>,
}

impl<'a> Asked<'a> {
    fn new(
        room: &'a Room,
        member: &'a Member,
        dossier: &'a Dossier,
        kind: Kind,
        form: Option<&FormData>,
    ) -> Result<Self, Refused> {
        if !member.may(kind.role()) {
            return Err(Refused::NotAllowed);
        }
        let rules = room.parts.procedures.find(&dossier.application.procedure);
        let correctable = rules.is_some_and(|rules| rules.correction);
        Ok(Self {
            room,
            member,
            dossier,
            kind,
            fields: kind.fields(form, correctable),
        })
    }

    /// The fee that the address names.
    fn fee(&self) -> Option<&renkei_egov::life::Fee> {
        let query = self.room.query();
        let (_, word) = query.iter().find(|(name, _)| name == "fee")?;
        show::fee_of(self.dossier, word)
    }

    fn wish(&self) -> Result<Wish, Vec<Problem>> {
        let fee = self.fee().map(|fee| fee.key().clone());
        let today = self.room.app.now().japan_date();
        self.kind.wish(&self.fields, fee, today)
    }

    /// The page; with a wish, the one that asks to confirm it.
    fn page(&self, version: i64, wish: Option<&Wish>, problems: &[Problem]) -> Answer {
        let desk = self.room.address();
        let row = show::row(&desk, &self.dossier.application, false);
        let mut action = format!("{}/acts/{}", row.url, self.kind.word());
        let mut facts = wish.map(show::wish).unwrap_or_default();
        if self.kind == Kind::CancelFee {
            let fee = self.fee().ok_or(Refused::NotFound)?;
            action = format!("{action}?fee={}", show::fee_word(fee.key()));
            facts = show::fee_facts(fee);
        }
        let view = ActView {
            act: self.kind.word(),
            action,
            version,
            row,
            fields: self.fields.clone(),
            confirming: wish.is_some(),
            facts,
            today: self.room.app.now().japan_date().to_string(),
            title_max: u32::try_from(TITLE_MAX).unwrap_or(u32::MAX),
            text_max: u32::try_from(TEXT_MAX).unwrap_or(u32::MAX),
            four_eyes: self.room.parts.four_eyes && self.kind.is_weighty(),
        };
        let status = if problems.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        let page = DeskPage::Act(Box::new(view));
        self.room.page(self.member, status, &page, problems)
    }

    /// Does it, unless the application is not any more what the form looked at.
    async fn carry_out(&self, version: i64, wish: Wish) -> Answer {
        let room = self.room;
        let id = &self.dossier.application.arrive_id;
        let _turn = room.app.desk_turn.lock().await;
        let fresh = room.dossier(self.member, id.as_str()).await?;
        let here = show::address(&room.address(), id);
        if fresh.application.version != version {
            return overtaken(room, here).await;
        }
        let store = &room.parts.store;
        let is_proposed = room.parts.four_eyes
            && store
                .open_proposals(id)
                .await?
                .iter()
                .any(|open| open.wish == wish && open.proposed_by == self.member.account.login);
        if is_proposed {
            return Ok(Room::done(&here, "proposed"));
        }
        let desk = room.desk();
        let seen = Seen {
            id,
            version: Some(version),
        };
        let done = desk.act(&self.member.account, seen, wish, room.app.now());
        match done.await? {
            Done::Refused(Refusal::DueInThePast) => {
                let problem = Problem::at("due", "error-desk-due-past");
                self.page(version, None, &[problem])
            }
            Done::Refused(Refusal::AmountOutOfRange) => {
                let problem = Problem::at("amount", "error-desk-amount");
                self.page(version, None, &[problem])
            }
            done => ended(room, here, self.kind.word(), done).await,
        }
    }
}

/// The answer to what came of an act.
pub(super) async fn ended(room: &Room, here: String, told: &'static str, done: Done) -> Answer {
    match done {
        Done::Done => Ok(Room::done(&here, told)),
        Done::Proposed(_) => Ok(Room::done(&here, "proposed")),
        Done::Refused(refusal) => refused(room, here, reason(refusal)).await,
        Done::NoRules => refused(room, here, "no_rules").await,
        Done::Overtaken => overtaken(room, here).await,
        Done::Unknown => Err(Refused::NotFound),
        Done::NotAllowed => Err(Refused::NotAllowed),
    }
}

async fn refused(room: &Room, here: String, reason: &'static str) -> Answer {
    let status = StatusCode::CONFLICT;
    room.message(status, "refused", Some(reason), here, None)
        .await
}

/// Somebody else was faster, or the first half of a double click was.
pub(super) async fn overtaken(room: &Room, here: String) -> Answer {
    room.message(StatusCode::CONFLICT, "overtaken", None, here, None)
        .await
}

/// The end of the key of `desk-refusal-…`.
const fn reason(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::AmountOutOfRange => "amount_out_of_range",
        Refusal::DueInThePast => "due_in_the_past",
        Refusal::FeeBeingPaid => "fee_being_paid",
        Refusal::FeeNotOpen | Refusal::UnknownFee => "fee_not_open",
        Refusal::IsWithdrawal => "is_withdrawal",
        Refusal::NoRules => "no_rules",
        Refusal::NotCorrectable => "not_correctable",
        Refusal::NotWithdrawing => "not_withdrawing",
        Refusal::TooManyNotices => "too_many_notices",
        Refusal::WithdrawalUnanswered => "withdrawal_unanswered",
        Refusal::WrongStage => "wrong_stage",
        Refusal::NotOverdue | Refusal::NotWithdrawable | Refusal::UnknownNotice => "unknown",
    }
}

/// `GET /egov/desk/applications/{id}/acts/{act}`
pub(crate) async fn ask(room: Room, path: Path<(String, String)>) -> HttpResponse {
    if let Some(answer) = room.language_chosen() {
        return answer;
    }
    let (id, word) = path.into_inner();
    let shown = async {
        let member = room.official().await?;
        let kind = Kind::parse(&word).ok_or(Refused::NotFound)?;
        let dossier = room.dossier(&member, &id).await?;
        let asked = Asked::new(&room, &member, &dossier, kind, None)?;
        asked.page(dossier.application.version, None, &[])
    };
    room.answered(shown.await).await
}

/// `POST /egov/desk/applications/{id}/acts/{act}`
pub(crate) async fn posted(room: Room, path: Path<(String, String)>, body: Bytes) -> HttpResponse {
    let (id, word) = path.into_inner();
    let outcome = async {
        let member = room.official().await?;
        let form = room.posted(&member, &body)?;
        let kind = Kind::parse(&word).ok_or(Refused::NotFound)?;
        let dossier = room.dossier(&member, &id).await?;
        let version = form.one("version").and_then(|text| text.parse().ok());
        let version: i64 = version.ok_or(Refused::Form)?;
        let asked = Asked::new(&room, &member, &dossier, kind, Some(&form))?;
        let stop = form.one("stop");
        if stop == Some("edit") {
            return asked.page(version, None, &[]);
        }
        match asked.wish() {
            Err(problems) => asked.page(version, None, &problems),
            Ok(wish) if kind.is_confirmed() && stop != Some("confirmed") => {
                asked.page(version, Some(&wish), &[])
            }
            Ok(wish) => asked.carry_out(version, wish).await,
        }
    };
    room.answered(outcome.await).await
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Most characters of a title and of a text. Choices of ours.
const TITLE_MAX: usize = 100;
const TEXT_MAX: usize = 4_000;
