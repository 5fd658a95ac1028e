//! The ministries' desk: what staff want done becomes an act upon an application, in one commit.
//! Scripts of test procedures go the same way.

mod script;

use std::fmt::Write as _;

use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use renkei_core::port::{Random, random_256};
use serde::{Deserialize, Serialize};
use serde_json::json;
use time::Date;

use crate::commit::{Change, Commit, event};
use crate::life::{
    Act, Actor, Application, DeskAct, Enclosure, FeeKey, NewFee, Refusal, conclude_withdrawal,
    decide,
};
use crate::number::{ArriveId, StaffLogin, confirm_number, pay_number};
use crate::port::{Store, Whose};
use crate::procedure::{Procedure, Procedures};
use crate::staff::{Role, StaffAccount};
use crate::words;

/// What somebody wants done, before the papers for it are made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    /// Gives the application back.
    AcceptWithdrawal,
    /// Asks for a correction.
    AskCorrection {
        /// What is to be corrected.
        text: String,
        /// The last day to answer.
        due: Date,
    },
    /// Takes a fee back.
    CancelFee(FeeKey),
    /// Charges a fee.
    ChargeFee {
        /// The amount.
        yen: i64,
        /// The last day to pay.
        due: Date,
    },
    /// Closes it.
    Close {
        /// Whether a correction may still be sent.
        correctable: bool,
    },
    /// Writes a comment.
    Comment {
        /// `DocTitle`; the usual one when empty.
        title: String,
        /// What.
        text: String,
    },
    /// Ends the examination.
    FinishExamination,
    /// Issues an official document.
    IssueDocument {
        /// `DocTitle`.
        title: String,
        /// What it says.
        text: String,
        /// Whether it is signed.
        signed: bool,
    },
    /// Keeps the application.
    RejectWithdrawal,
    /// Begins to examine.
    StartExamination,
    /// Does not want the correction any more.
    TakeBackCorrection,
}

impl Wish {
    /// Whether two members of staff must want it, where the deployment asks for four eyes.
    pub const fn is_weighty(&self) -> bool {
        matches!(self, Self::ChargeFee { .. } | Self::IssueDocument { .. })
    }

    /// Who may do it.
    pub const fn role(&self) -> Role {
        match self {
            Self::AcceptWithdrawal | Self::RejectWithdrawal => Role::Approver,
            Self::AskCorrection { .. }
            | Self::CancelFee(_)
            | Self::ChargeFee { .. }
            | Self::Close { .. }
            | Self::Comment { .. }
            | Self::FinishExamination
            | Self::IssueDocument { .. }
            | Self::StartExamination
            | Self::TakeBackCorrection => Role::Examiner,
        }
    }
}

/// Something that waits for a second pair of eyes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Its id: 64 hexadecimal digits.
    pub id: String,
    /// The application.
    pub arrive_id: ArriveId,
    /// What.
    pub wish: Wish,
    /// Who proposed it.
    pub proposed_by: StaffLogin,
    /// When.
    pub proposed_at: Timestamp,
    /// Who decided it, when, and whether it was approved.
    pub decided: Option<(StaffLogin, Timestamp, bool)>,
}

/// Makes what is sent to the applicant.
pub trait Papers: Send + Sync {
    /// A 補正通知.
    fn amend_notice(
        &self,
        application: &Application,
        text: &str,
        due: Date,
        now: Timestamp,
    ) -> Result<Enclosure, Fault>;

    /// A comment.
    fn comment(
        &self,
        application: &Application,
        title: &str,
        text: &str,
        now: Timestamp,
    ) -> Result<Enclosure, Fault>;

    /// An official document, signed with the ministry's key or not.
    fn official(
        &self,
        application: &Application,
        title: &str,
        text: &str,
        signed: bool,
        now: Timestamp,
    ) -> Result<Enclosure, Fault>;
}

/// How an act went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    /// It is true now.
    Done,
    /// It waits for somebody else's approval.
    Proposed(String),
    /// It cannot be done.
    Refused(Refusal),
    /// There is no such application, or it is another ministry's.
    Unknown,
    /// This member of staff may not do it.
    NotAllowed,
    /// Somebody else was first: look again.
    Overtaken,
    /// The procedure is not registered any more, or has no facility for fees.
    NoRules,
}

/// An application, as whoever acts saw it.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// Its 到達番号.
    pub id: &'a ArriveId,
    /// Its version; what has changed since is not acted upon. Of no matter where there is none.
    pub version: Option<i64>,
}

impl<'a> Seen<'a> {
    /// However it is by now.
    pub const fn any(id: &'a ArriveId) -> Self {
        Self { id, version: None }
    }
}

/// The desk.
pub struct Desk<'a> {
    /// What is kept.
    pub store: &'a dyn Store,
    /// The procedures.
    pub procedures: &'a Procedures,
    /// The papers.
    pub papers: &'a dyn Papers,
    /// Randomness.
    pub random: &'a dyn Random,
    /// Whether fees and documents need a second pair of eyes.
    pub four_eyes: bool,
}

impl Desk<'_> {
    /// A member of staff wants something done.
    pub async fn act(
        &self,
        staff: &StaffAccount,
        seen: Seen<'_>,
        wish: Wish,
        now: Timestamp,
    ) -> Result<Done, Fault> {
        if !staff.roles.contains(&wish.role()) {
            return Ok(Done::NotAllowed);
        }
        if self.four_eyes && wish.is_weighty() {
            return self.propose(staff, seen.id, wish, now).await;
        }
        let by = Actor::Desk {
            login: staff.login.clone(),
            approved_by: None,
        };
        self.carry_out(
            Whose::Ministries(&staff.ministries),
            seen,
            wish,
            &by,
            None,
            now,
        )
        .await
    }

    /// A second member of staff approves or refuses what was proposed.
    pub async fn decide_proposal(
        &self,
        staff: &StaffAccount,
        proposal: &str,
        approved: bool,
        now: Timestamp,
    ) -> Result<Done, Fault> {
        let Some(proposal) = self.store.find_proposal(proposal).await? else {
            return Ok(Done::Unknown);
        };
        if !staff.roles.contains(&Role::Approver) || proposal.proposed_by == staff.login {
            return Ok(Done::NotAllowed);
        }
        if proposal.decided.is_some() {
            return Ok(Done::Overtaken);
        }
        let whose = Whose::Ministries(&staff.ministries);
        let decided = Commit {
            changes: vec![Change::ProposalDecided {
                id: proposal.id.clone(),
                by: staff.login.clone(),
                at: now,
                approved,
            }],
            events: vec![event(
                now,
                "egov.proposal.decided",
                json!({
                    "arrive_id": proposal.arrive_id, "proposal": proposal.id,
                    "staff": staff.login, "approved": approved,
                }),
            )],
        };
        if !approved {
            if self
                .store
                .find_dossier(whose, &proposal.arrive_id)
                .await?
                .is_none()
            {
                return Ok(Done::Unknown);
            }
            return self.commit(decided).await;
        }
        let by = Actor::Desk {
            login: proposal.proposed_by.clone(),
            approved_by: Some(staff.login.clone()),
        };
        let id = &proposal.arrive_id;
        self.carry_out(whose, Seen::any(id), proposal.wish, &by, Some(decided), now)
            .await
    }

    async fn propose(
        &self,
        staff: &StaffAccount,
        id: &ArriveId,
        wish: Wish,
        now: Timestamp,
    ) -> Result<Done, Fault> {
        let whose = Whose::Ministries(&staff.ministries);
        if self.store.find_dossier(whose, id).await?.is_none() {
            return Ok(Done::Unknown);
        }
        let mut name = String::new();
        for byte in random_256(self.random) {
            // Writing into a string does not fail.
            let _ = write!(name, "{byte:02x}");
        }
        let detail =
            json!({ "arrive_id": id, "proposal": name, "staff": staff.login, "wish": wish });
        let proposal = Proposal {
            id: name.clone(),
            arrive_id: id.clone(),
            wish,
            proposed_by: staff.login.clone(),
            proposed_at: now,
            decided: None,
        };
        let commit = Commit {
            changes: vec![Change::ProposalMade(Box::new(proposal))],
            events: vec![event(now, "egov.proposal.made", detail)],
        };
        Ok(match self.commit(commit).await? {
            Done::Done => Done::Proposed(name),
            other => other,
        })
    }

    async fn carry_out(
        &self,
        whose: Whose<'_>,
        seen: Seen<'_>,
        wish: Wish,
        by: &Actor,
        beside: Option<Commit>,
        now: Timestamp,
    ) -> Result<Done, Fault> {
        let id = seen.id;
        let Some(dossier) = self.store.find_dossier(whose, id).await? else {
            return Ok(Done::Unknown);
        };
        // The commit asks again, in its guard.
        if seen
            .version
            .is_some_and(|seen| seen != dossier.application.version)
        {
            return Ok(Done::Overtaken);
        }
        // Its procedure is none of the registered ones.
        if dossier.application.is_withdrawal() {
            return Ok(Done::Refused(Refusal::IsWithdrawal));
        }
        let Some(rules) = self.procedures.find(&dossier.application.procedure) else {
            return Ok(Done::NoRules);
        };
        let answers_withdrawal = matches!(wish, Wish::AcceptWithdrawal | Wish::RejectWithdrawal);
        let Some(act) = self.papered(&dossier.application, rules, wish, now)? else {
            return Ok(Done::NoRules);
        };
        let mut commit = match decide(&dossier, Some(rules), Act::Desk(act), by, now) {
            Ok(commit) => commit,
            Err(refusal) => return Ok(Done::Refused(refusal)),
        };
        if answers_withdrawal && let Some(request) = self.store.find_withdrawal_of(id).await? {
            match conclude_withdrawal(&request, by, now) {
                Ok(concluded) => commit = commit.and(concluded),
                Err(refusal) => return Ok(Done::Refused(refusal)),
            }
        }
        self.commit(commit.and(beside.unwrap_or_default())).await
    }

    /// The act with its papers; none when the procedure has nobody who takes fees.
    fn papered(
        &self,
        application: &Application,
        rules: &Procedure,
        wish: Wish,
        now: Timestamp,
    ) -> Result<Option<DeskAct>, Fault> {
        Ok(Some(match wish {
            Wish::AcceptWithdrawal => DeskAct::AcceptWithdrawal,
            Wish::AskCorrection { text, due } => {
                let title = words::COMMENT_TITLE_CORRECTION.text;
                DeskAct::AskCorrection {
                    due,
                    notice: self.papers.amend_notice(application, &text, due, now)?,
                    comment: self.papers.comment(application, title, &text, now)?,
                }
            }
            Wish::CancelFee(key) => DeskAct::CancelFee(key),
            Wish::ChargeFee { yen, due } => {
                let Some(facility) = &rules.facility else {
                    return Ok(None);
                };
                DeskAct::ChargeFee(Box::new(NewFee {
                    key: FeeKey {
                        facility_number: facility.number.clone(),
                        pay_number: pay_number(self.random),
                    },
                    confirm_number: confirm_number(self.random),
                    facility_name: facility.name.clone(),
                    pay_name_kana: facility.pay_name_kana.clone(),
                    total_fee_yen: yen,
                    due,
                    memo: words::PAY_MEMO.text.to_owned(),
                }))
            }
            Wish::Close { correctable } => DeskAct::Close { correctable },
            Wish::Comment { title, text } => {
                let title = match title.trim() {
                    "" => words::COMMENT_TITLE.text.to_owned(),
                    title => title.to_owned(),
                };
                let enclosure = self.papers.comment(application, &title, &text, now)?;
                DeskAct::Comment { title, enclosure }
            }
            Wish::FinishExamination => DeskAct::FinishExamination,
            Wish::IssueDocument {
                title,
                text,
                signed,
            } => {
                let made = self
                    .papers
                    .official(application, &title, &text, signed, now)?;
                DeskAct::IssueDocument {
                    title,
                    enclosure: made,
                    signed,
                }
            }
            Wish::RejectWithdrawal => DeskAct::RejectWithdrawal,
            Wish::StartExamination => DeskAct::StartExamination,
            Wish::TakeBackCorrection => DeskAct::TakeBackCorrection,
        }))
    }

    async fn commit(&self, commit: Commit) -> Result<Done, Fault> {
        match self.store.commit(commit).await {
            Ok(_) => Ok(Done::Done),
            Err(CommitError::Lost) => Ok(Done::Overtaken),
            Err(CommitError::Fault(fault)) => Err(fault),
        }
    }
}
