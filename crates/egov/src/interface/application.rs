//! 3.4 to 3.6, 3.8, 3.10 to 3.17: what is told of packages and applications.

use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use time::{Date, Duration};

use super::{Caller, Interface, overtaken};
use crate::base64;
use crate::life::{Act, ApplicantAct, Dossier, NoticeKind, decide};
use crate::matrix::{self, Wanted};
use crate::number::{ArriveId, SendNumber, day};
use crate::operation::Operation;
use crate::port::{Selection, Whose};
use crate::wire::bank::{self, PayingBank};
use crate::wire::packages::{self, Echo};
use crate::wire::{
    Reply, Trouble, amend_notices, done, download, notices, payment, reference, verify,
};
use crate::words;

impl Interface<'_> {
    /// 3.4, by the matrix parameters of its address.
    pub async fn packages(&self, caller: &Caller, parameters: &str) -> Result<Reply, Fault> {
        let malformed = || packages::list_refused(&Echo::default(), Trouble::MALFORMED);
        let (asked, selection) = match matrix::parse(parameters) {
            Ok(Wanted::Number(number)) => {
                let Ok(number) = SendNumber::parse(&number) else {
                    return Ok(malformed());
                };
                let asked = Echo {
                    send_number: number.to_string(),
                    ..Echo::default()
                };
                (asked, Selection::Number(number))
            }
            Ok(Wanted::Period { from, to }) => {
                let asked = Echo {
                    send_number: String::new(),
                    from: day(from),
                    to: day(to),
                };
                if to - from >= WIDEST {
                    let trouble = Trouble::business(words::PERIOD_TOO_LONG);
                    return Ok(packages::list_refused(&asked, trouble));
                }
                (asked, period(from, to))
            }
            Err(_) => return Ok(malformed()),
        };
        let page = self.store.packages(caller.user()?, &selection).await?;
        if page.packages.is_empty() {
            let trouble = Trouble::business(words::NOTHING_FOUND);
            return Ok(packages::list_refused(&asked, trouble));
        }
        Ok(packages::list(&asked, &page))
    }

    /// 3.5.
    pub async fn applications(&self, caller: &Caller, number: &str) -> Result<Reply, Fault> {
        let refused = |trouble| Ok(packages::applications_refused(number, trouble));
        let Ok(parsed) = SendNumber::parse(number) else {
            return refused(Trouble::MALFORMED);
        };
        let selection = Selection::Number(parsed);
        let page = self.store.packages(caller.user()?, &selection).await?;
        match page.packages.first() {
            Some(listed) => Ok(packages::applications(listed)),
            None => refused(Trouble::business(words::UNKNOWN_SEND_NUMBER)),
        }
    }

    /// 3.6.
    pub async fn reference(&self, caller: &Caller, arrive_id: &str) -> Result<Reply, Fault> {
        Ok(match self.dossier(caller, arrive_id).await? {
            Ok(dossier) => {
                let rules = self.procedures.find(&dossier.application.procedure);
                reference::told(&dossier, rules.map(AsRef::as_ref))
            }
            Err(trouble) => reference::refused(arrive_id, trouble),
        })
    }

    /// 3.8.
    pub async fn amend_notices(&self, caller: &Caller, arrive_id: &str) -> Result<Reply, Fault> {
        let dossier = match self.dossier(caller, arrive_id).await? {
            Ok(dossier) => dossier,
            Err(trouble) => return Ok(amend_notices::refused(arrive_id, trouble)),
        };
        let whose = Whose::User(caller.user()?);
        let id = &dossier.application.arrive_id;
        let mut listed = Vec::new();
        for notice in dossier.notices_of(NoticeKind::Amend) {
            let archive = self
                .store
                .find_notice_archive(whose, id, NoticeKind::Amend, notice.number)
                .await?
                .ok_or_else(|| Fault::new("a notice has no archive"))?;
            listed.push((notice, archive));
        }
        Ok(amend_notices::listed(&dossier.application, &listed))
    }

    /// 3.10.
    pub async fn notices(&self, caller: &Caller, arrive_id: &str) -> Result<Reply, Fault> {
        Ok(match self.dossier(caller, arrive_id).await? {
            Ok(dossier) => notices::listed(&dossier),
            Err(trouble) => notices::refused(arrive_id, trouble),
        })
    }

    /// 3.11 and 3.14.
    pub async fn download(
        &self,
        caller: &Caller,
        operation: Operation,
        arrive_id: &str,
        number: &str,
    ) -> Result<Reply, Fault> {
        let refused = |trouble| Ok(download::refused(arrive_id, number, trouble));
        let Some(parsed) = notice_number(number) else {
            return refused(Trouble::MALFORMED);
        };
        let dossier = match self.dossier(caller, arrive_id).await? {
            Ok(dossier) => dossier,
            Err(trouble) => return refused(trouble),
        };
        let whose = Whose::User(caller.user()?);
        let id = &dossier.application.arrive_id;
        let kind = kind_of(operation);
        let archive = self.store.find_notice_archive(whose, id, kind, parsed);
        match archive.await? {
            Some(archive) => Ok(download::fetched(operation, id, parsed, &archive)),
            None => refused(Trouble::business(words::UNKNOWN_NOTICE)),
        }
    }

    /// 3.12 and 3.15.
    pub async fn done(
        &self,
        caller: &Caller,
        operation: Operation,
        body: &[u8],
        now: Timestamp,
    ) -> Result<Reply, Fault> {
        let Ok(request) = done::Request::parse(body, self.limits.body) else {
            return Ok(done::refused("", "", Trouble::MALFORMED));
        };
        let refused = |trouble| Ok(done::refused(&request.arrive_id, &request.number, trouble));
        let Some(number) = notice_number(&request.number) else {
            return refused(Trouble::MALFORMED);
        };
        let dossier = match self.dossier(caller, &request.arrive_id).await? {
            Ok(dossier) => dossier,
            Err(trouble) => return refused(trouble),
        };
        let kind = kind_of(operation);
        let Some(notice) = dossier.notice(kind, number) else {
            return refused(Trouble::business(words::UNKNOWN_NOTICE));
        };
        let act = match kind {
            NoticeKind::Amend | NoticeKind::Comment => ApplicantAct::CompleteComment(number),
            NoticeKind::Official => ApplicantAct::CompleteDocument(number),
        };
        let rules = self.procedures.find(&dossier.application.procedure);
        let by = caller.actor()?;
        let act = Act::Applicant(act);
        let Ok(commit) = decide(&dossier, rules.map(AsRef::as_ref), act, &by, now) else {
            return refused(Trouble::business(words::UNKNOWN_NOTICE));
        };
        match self.store.commit(commit).await {
            Ok(_) => Ok(done::noted(operation, &dossier.application, notice, now)),
            Err(CommitError::Lost) => Err(overtaken()),
            Err(CommitError::Fault(fault)) => Err(fault),
        }
    }

    /// 3.13. What is uploaded need not be ours; the application must be the caller's.
    pub async fn verify(
        &self,
        caller: &Caller,
        body: &[u8],
        now: Timestamp,
    ) -> Result<Reply, Fault> {
        let Ok(request) = verify::Request::parse(body, self.limits.body) else {
            return Ok(verify::refused("", "", Trouble::MALFORMED));
        };
        let (about, document) = (&request.arrive_id, &request.document);
        let refused = |trouble| Ok(verify::refused(about, document, trouble));
        if let Err(trouble) = self.dossier(caller, about).await? {
            return refused(trouble);
        }
        let Ok(archive) = base64::decode(&request.file_data, self.limits.archive) else {
            return refused(Trouble::MALFORMED);
        };
        let verified = self.checker.verify(archive, document.clone(), now).await?;
        match verified {
            Some(verified) => Ok(verify::told(about, &verified)),
            None => refused(Trouble::business(words::NOT_VERIFIABLE)),
        }
    }

    /// 3.16.
    pub fn banks(&self, banks: &[PayingBank], changed_on: Date) -> Reply {
        bank::listed(banks, changed_on)
    }

    /// 3.17.
    pub async fn payments(
        &self,
        caller: &Caller,
        arrive_id: &str,
        now: Timestamp,
    ) -> Result<Reply, Fault> {
        Ok(match self.dossier(caller, arrive_id).await? {
            Ok(dossier) => payment::listed(&dossier, now),
            Err(trouble) => payment::refused(arrive_id, trouble),
        })
    }

    /// An application of the caller's. Somebody else's is answered as an unknown one.
    pub(super) async fn dossier(
        &self,
        caller: &Caller,
        arrive_id: &str,
    ) -> Result<Result<Dossier, Trouble>, Fault> {
        let Ok(id) = ArriveId::parse(arrive_id) else {
            return Ok(Err(Trouble::MALFORMED));
        };
        let whose = Whose::User(caller.user()?);
        let found = self.store.find_dossier(whose, &id).await?;
        Ok(found.ok_or(Trouble::business(words::UNKNOWN_ARRIVE_ID)))
    }
}

fn period(from: Date, to: Date) -> Selection {
    let after = to.next_day().unwrap_or(Date::MAX);
    Selection::Period {
        from: Timestamp::of_japan_midnight(from),
        to: Timestamp::of_japan_midnight(after),
        packages: MOST_PACKAGES,
        applications: MOST_APPLICATIONS,
    }
}

fn kind_of(operation: Operation) -> NoticeKind {
    if matches!(operation, Operation::Document | Operation::DocumentDone) {
        NoticeKind::Official
    } else {
        NoticeKind::Comment
    }
}

fn notice_number(text: &str) -> Option<u32> {
    let is_short = (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let number: Option<u32> = is_short.then(|| text.parse().ok()).flatten();
    number.filter(|number| *number > 0)
}

/// Both days included.
const WIDEST: Duration = Duration::days(31);
const MOST_PACKAGES: usize = 100;
const MOST_APPLICATIONS: usize = 1_000;
