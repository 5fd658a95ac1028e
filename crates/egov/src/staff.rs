//! Staff accounts: enrolment by a one-time link, password and one-time code, sessions, lockout.
//! Nothing here is peculiar to a ministry but the list of them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::time::Duration;

use renkei_core::attempt::{AttemptKey, AttemptLimit, Claim, Unlock};
use renkei_core::commit as core;
use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use renkei_core::port::{Random, Records, random_256};
use renkei_core::seal::{Keyring, Sealed, sha256_hex};
use renkei_core::secret::Password;
use renkei_core::totp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use zeroize::Zeroizing;

use crate::commit::{Change, Commit, event};
use crate::number::{MinistryId, StaffLogin};
use crate::port::{PasswordHashes, Store};

/// A member of staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffAccount {
    /// The name to log in with.
    pub login: StaffLogin,
    /// Counts its writes, from 1.
    pub version: i64,
    /// The person's name.
    pub name: String,
    /// What they may do.
    pub roles: BTreeSet<Role>,
    /// The ministries whose applications they see.
    pub ministries: BTreeSet<MinistryId>,
    /// The one-time link by which password and authenticator are set: digest of its token, and until
    /// when it is good.
    pub enrolment: Option<(String, Timestamp)>,
    /// The password's hash; none until it is set.
    pub password: Option<String>,
    /// The authenticator's secret, sealed for [`TOTP`].
    pub totp: Sealed,
    /// The last time step whose code was used.
    pub totp_step: i64,
    /// When the account was made.
    pub created_at: Timestamp,
    /// When it was disabled.
    pub disabled_at: Option<Timestamp>,
}

/// What staff may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Manages accounts.
    Administrator,
    /// Approves what others propose, decides withdrawals.
    Approver,
    /// Examines applications.
    Examiner,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 3] = [Self::Administrator, Self::Approver, Self::Examiner];

    /// The stored word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Approver => "approver",
            Self::Examiner => "examiner",
        }
    }

    /// From the stored word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }
}

/// A session of staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Digest of its handle.
    pub digest: String,
    /// Who.
    pub login: StaffLogin,
    /// Since when.
    pub opened_at: Timestamp,
    /// When it lapses unless it is used.
    pub lapses_at: Timestamp,
    /// When it ends in any case.
    pub ends_at: Timestamp,
}

impl Session {
    /// Whether it still opens the desk.
    pub fn is_open(&self, now: Timestamp) -> bool {
        now < self.lapses_at && now < self.ends_at
    }

    /// When it lapses if it is used now.
    pub fn extended(&self, now: Timestamp) -> Timestamp {
        now.plus(IDLE_FOR).min(self.ends_at)
    }
}

/// A token that is told once: of an enrolment link or of a session.
pub struct PlainToken(Zeroizing<String>);

impl PlainToken {
    fn new(random: &dyn Random) -> Self {
        let mut text = Zeroizing::new(String::new());
        for byte in random_256(random) {
            // Writing into a string does not fail.
            let _ = write!(text, "{byte:02x}");
        }
        Self(text)
    }

    /// The token itself, for the link or the cookie.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What is kept of one that was presented.
    pub fn digest_of(presented: &str) -> String {
        sha256_hex(presented.as_bytes())
    }
}

impl std::fmt::Debug for PlainToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PlainToken(…)")
    }
}

/// What came of a login.
#[derive(Debug)]
pub enum Verdict {
    /// In, with the handle of the session.
    Admitted(PlainToken),
    /// Too many wrong attempts: an administrator must unlock.
    Locked,
    /// Login, password or code: which one is not told.
    Refused,
}

/// What came of an enrolment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enrolment {
    /// The code is not the authenticator's.
    CodeWrong,
    /// Password and authenticator are set.
    Done,
    /// The link is unknown, used or too old.
    LinkDead,
    /// The password is shorter or longer than allowed.
    PasswordLength,
}

/// The desk's accounts.
pub struct Accounts<'a> {
    /// What is kept.
    pub store: &'a dyn Store,
    /// Attempts.
    pub records: &'a dyn Records,
    /// Hashes.
    pub hashes: &'a dyn PasswordHashes,
    /// Seals the authenticators' secrets.
    pub keyring: &'a Keyring,
    /// Randomness.
    pub random: &'a dyn Random,
}

impl Accounts<'_> {
    /// Makes an account, or sets an existing one back to its enrolment; gives the token of its link.
    pub async fn invite(&self, invited: Invited, now: Timestamp) -> Result<PlainToken, Fault> {
        let token = PlainToken::new(self.random);
        let secret = totp::new_secret(self.random);
        let before = self.store.find_staff(&invited.login).await?;
        let account = StaffAccount {
            login: invited.login,
            version: before.as_ref().map_or(1, |account| account.version + 1),
            name: invited.name,
            roles: invited.roles,
            ministries: invited.ministries,
            enrolment: Some((
                PlainToken::digest_of(token.expose()),
                now.plus(ENROLMENT_LIVES_FOR),
            )),
            password: None,
            totp: self.keyring.seal(TOTP, &secret, self.random)?,
            totp_step: 0,
            created_at: before.map_or(now, |account| account.created_at),
            disabled_at: None,
        };
        let login = account.login.clone();
        let detail = json!({
            "staff": login, "roles": account.roles, "ministries": account.ministries,
            "by": invited.by,
        });
        let commit = Commit {
            changes: vec![
                Change::StaffSaved(Box::new(account)),
                Change::SessionsEnded(login.clone()),
                cleared(&login),
            ],
            events: vec![event(now, "staff.invited", detail)],
        };
        self.made(commit).await?;
        Ok(token)
    }

    /// The account of an enrolment link, with the secret its page shows; none when the link is dead.
    pub async fn enrolling(
        &self,
        token: &str,
        now: Timestamp,
    ) -> Result<Option<(StaffAccount, Zeroizing<String>)>, Fault> {
        let digest = PlainToken::digest_of(token);
        let found = self.store.find_staff_by_enrolment(&digest).await?;
        let live = found.filter(|account| {
            let enrolment = account.enrolment.as_ref();
            account.disabled_at.is_none() && enrolment.is_some_and(|(_, until)| now < *until)
        });
        let Some(account) = live else {
            return Ok(None);
        };
        let secret = self.keyring.open(TOTP, &account.totp)?;
        Ok(Some((account, secret)))
    }

    /// Sets password and authenticator. The link is used up.
    pub async fn enrol(
        &self,
        token: &str,
        password: &Password,
        code: &str,
        now: Timestamp,
    ) -> Result<Enrolment, Fault> {
        let Some((mut account, secret)) = self.enrolling(token, now).await? else {
            return Ok(Enrolment::LinkDead);
        };
        if !PASSWORD_LENGTH.contains(&password.expose().chars().count()) {
            return Ok(Enrolment::PasswordLength);
        }
        let Some(step) = totp::step_of(&secret, code, now, account.totp_step)? else {
            return Ok(Enrolment::CodeWrong);
        };
        account.version += 1;
        account.enrolment = None;
        account.password = Some(self.hashes.hash(password, self.random).await?);
        account.totp_step = step;
        let detail = json!({ "staff": account.login });
        let commit = Commit {
            changes: vec![Change::StaffSaved(Box::new(account))],
            events: vec![event(now, "staff.enrolled", detail)],
        };
        match self.store.commit(commit).await {
            Ok(_) => Ok(Enrolment::Done),
            Err(CommitError::Lost) => Ok(Enrolment::LinkDead),
            Err(CommitError::Fault(fault)) => Err(fault),
        }
    }

    /// A login. Every path that looks at a password spends one hash.
    pub async fn log_in(
        &self,
        typed: &str,
        password: &Password,
        code: &str,
        now: Timestamp,
    ) -> Result<Verdict, Fault> {
        let folded = typed.trim().to_lowercase();
        let key = AttemptKey::staff(&folded);
        if self.records.claim_attempt(&key, LIMIT, now).await? == Claim::Locked {
            return Ok(Verdict::Locked);
        }
        let found = match StaffLogin::parse(&folded) {
            Ok(login) => self.store.find_staff(&login).await?,
            Err(_) => None,
        };
        let able = found.filter(|account| account.disabled_at.is_none());
        let hash = able
            .as_ref()
            .and_then(|account| account.password.as_deref());
        let is_right = self.hashes.verify(password, hash).await?;
        let Some(mut account) = able.filter(|_| is_right) else {
            return Ok(Verdict::Refused);
        };
        let secret = self.keyring.open(TOTP, &account.totp)?;
        let Some(step) = totp::step_of(&secret, code, now, account.totp_step)? else {
            return Ok(Verdict::Refused);
        };
        account.version += 1;
        account.totp_step = step;
        let handle = PlainToken::new(self.random);
        let login = account.login.clone();
        let session = Session {
            digest: PlainToken::digest_of(handle.expose()),
            login: login.clone(),
            opened_at: now,
            lapses_at: now.plus(IDLE_FOR),
            ends_at: now.plus(SESSION_LIVES_FOR),
        };
        let commit = Commit {
            changes: vec![
                // Guarded: of two logins with one code, one wins.
                Change::StaffSaved(Box::new(account)),
                Change::SessionOpened(session),
                cleared(&login),
            ],
            events: vec![event(now, "staff.logged_in", json!({ "staff": login }))],
        };
        match self.store.commit(commit).await {
            Ok(_) => Ok(Verdict::Admitted(handle)),
            Err(CommitError::Lost) => Ok(Verdict::Refused),
            Err(CommitError::Fault(fault)) => Err(fault),
        }
    }

    /// Who a session's handle belongs to, if it is still open.
    pub async fn of_session(
        &self,
        handle: &str,
        now: Timestamp,
    ) -> Result<Option<(StaffAccount, Session)>, Fault> {
        let digest = PlainToken::digest_of(handle);
        let found = self.store.find_session(&digest).await?;
        let Some(session) = found.filter(|session| session.is_open(now)) else {
            return Ok(None);
        };
        let account = self.store.find_staff(&session.login).await?;
        let able = account.filter(|account| account.disabled_at.is_none());
        Ok(able.map(|account| (account, session)))
    }

    /// A session ends. One that is over already stays so.
    pub async fn log_out(&self, session: &Session, now: Timestamp) -> Result<(), Fault> {
        let commit = Commit {
            changes: vec![Change::SessionEnded {
                digest: session.digest.clone(),
            }],
            events: vec![event(
                now,
                "staff.logged_out",
                json!({ "staff": session.login }),
            )],
        };
        match self.store.commit(commit).await {
            Ok(_) | Err(CommitError::Lost) => Ok(()),
            Err(CommitError::Fault(fault)) => Err(fault),
        }
    }

    /// An administrator ends the lock of an account.
    pub async fn unlock(
        &self,
        by: &StaffAccount,
        login: &StaffLogin,
        now: Timestamp,
    ) -> Result<bool, Fault> {
        if !by.roles.contains(&Role::Administrator) {
            return Ok(false);
        }
        let detail = json!({ "staff": login, "by": by.login });
        self.made(Commit {
            changes: vec![cleared(login)],
            events: vec![event(now, "staff.unlocked", detail)],
        })
        .await?;
        Ok(true)
    }

    /// An account is disabled and its sessions end.
    pub async fn disable(
        &self,
        by: &StaffAccount,
        login: &StaffLogin,
        now: Timestamp,
    ) -> Result<bool, Fault> {
        let found = self.store.find_staff(login).await?;
        let Some(mut account) = found.filter(|_| by.roles.contains(&Role::Administrator)) else {
            return Ok(false);
        };
        account.version += 1;
        account.disabled_at = Some(now);
        let detail = json!({ "staff": login, "by": by.login });
        self.made(Commit {
            changes: vec![
                Change::StaffSaved(Box::new(account)),
                Change::SessionsEnded(login.clone()),
            ],
            events: vec![event(now, "staff.disabled", detail)],
        })
        .await?;
        Ok(true)
    }

    async fn made(&self, commit: Commit) -> Result<(), Fault> {
        match self.store.commit(commit).await {
            Ok(_) => Ok(()),
            Err(CommitError::Lost) => Err(Fault::passing("an account was changed meanwhile")),
            Err(CommitError::Fault(fault)) => Err(fault),
        }
    }
}

/// Who is invited, and by whom.
#[derive(Clone, Debug)]
pub struct Invited {
    /// The name to log in with.
    pub login: StaffLogin,
    /// The person's name.
    pub name: String,
    /// What they may do.
    pub roles: BTreeSet<Role>,
    /// The ministries whose applications they see.
    pub ministries: BTreeSet<MinistryId>,
    /// Who invites; none for the command line.
    pub by: Option<StaffLogin>,
}

fn cleared(login: &StaffLogin) -> Change {
    let key = AttemptKey::staff(login.as_str());
    Change::Core(core::Change::AttemptsCleared(key))
}

/// Purpose under which the secrets of authenticators are sealed.
pub const TOTP: &str = "staff.totp";
/// Five wrong attempts within an hour; an administrator unlocks.
pub const LIMIT: AttemptLimit = AttemptLimit {
    attempts: 5,
    within_minutes: 60,
    unlock: Unlock::ByBank,
};
/// Characters of a password.
pub const PASSWORD_LENGTH: std::ops::RangeInclusive<usize> = 12..=128;
const ENROLMENT_LIVES_FOR: Duration = Duration::from_hours(72);
const IDLE_FOR: Duration = Duration::from_mins(30);
const SESSION_LIVES_FOR: Duration = Duration::from_hours(10);
