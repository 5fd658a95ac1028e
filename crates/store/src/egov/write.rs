//! Makes a commit of the interface or its desk true: numbers first, then what is told, then the changes
//! in the order of the list.

use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_egov::commit::{Arrival, Arrived, Assigned, Change, Commit};
use renkei_egov::life::Package;

use crate::connection::AnyConnection;
use crate::rows::audit;
use crate::rows::egov::counter::{ARRIVE_ID, SEND_NUMBER, take};
use crate::rows::egov::{application, desk, fee, identity, notice, package, script, staff};

/// Writes everything. The end of the audit chain is held before a number is taken: among servers that
/// is one order for all locks, and numbers follow the order of the records that tell of them.
pub(crate) fn write(c: &mut AnyConnection, commit: &Commit) -> Result<Assigned, CommitError> {
    audit::hold(c)?;
    let (mut assigned, mut events) = (Assigned::default(), Vec::new());
    let mut packages = numbers(c, SEND_NUMBER, commit, |change| {
        matches!(change, Change::PackageReceived(_))
    })?;
    let mut applications = numbers(c, ARRIVE_ID, commit, |change| {
        matches!(change, Change::ApplicationArrived(_))
    })?;
    let mut writes = Vec::with_capacity(commit.changes.len());
    for change in &commit.changes {
        writes.push(match change {
            Change::PackageReceived(new) => {
                let (numbered, event) = new.numbered(packages.next().unwrap_or_default());
                assigned.send_numbers.push(numbered.send_number.clone());
                events.push(event);
                Write::Package(numbered, &new.archive)
            }
            Change::ApplicationArrived(new) => {
                let arrived = new.numbered(applications.next().unwrap_or_default());
                let id = &arrived.application.arrive_id;
                assigned.arrive_ids.push(id.clone());
                events.push(arrived.event.clone());
                Write::Arrival(Box::new(arrived), new)
            }
            other => Write::Change(other),
        });
    }
    events.extend_from_slice(&commit.events);
    audit::append(c, &events)?;
    writes.iter().try_for_each(|write| one(c, write))?;
    Ok(assigned)
}

/// A change that has its number.
enum Write<'a> {
    Arrival(Box<Arrived>, &'a Arrival),
    Change(&'a Change),
    Package(Package, &'a str),
}

/// As many numbers as there are such changes.
fn numbers(
    c: &mut AnyConnection,
    counter: &str,
    commit: &Commit,
    wants: fn(&Change) -> bool,
) -> Result<std::ops::Range<u64>, CommitError> {
    let many = commit.changes.iter().filter(|change| wants(change)).count();
    if many == 0 {
        return Ok(0..0);
    }
    let first = take(c, counter, many)?;
    Ok(first..u64::MAX)
}

fn one(c: &mut AnyConnection, write: &Write<'_>) -> Result<(), CommitError> {
    match write {
        Write::Arrival(arrived, new) => {
            let id = &arrived.application.arrive_id;
            application::arrive(c, &arrived.application)?;
            application::add_line(c, id, &arrived.line)?;
            if let Some(archive) = &new.archive {
                application::keep_archive(c, id, archive)?;
            }
            script::schedule(c, id, &new.script)
        }
        Write::Change(change) => plain(c, change),
        Write::Package(numbered, archive) => package::receive(c, numbered, archive),
    }
}

fn plain(c: &mut AnyConnection, change: &Change) -> Result<(), CommitError> {
    match change {
        Change::AccessKeyIssued(new) => identity::issue_key(c, new),
        Change::AccessKeysRevoked {
            user,
            certificate,
            at,
        } => identity::revoke_keys(c, user, certificate, *at),
        Change::ApplicationMoved(moved) => application::advance(c, moved),
        Change::CertificateBound(bound) => identity::bind(c, bound),
        Change::CertificateUnbound { user, certificate } => identity::unbind(c, user, certificate),
        Change::Core(change) => crate::write::one(c, change),
        Change::FeeDescribed(new) => fee::describe(c, new),
        Change::HistoryAdded { arrive_id, line } => application::add_line(c, arrive_id, line),
        Change::NoticeEnded {
            arrive_id,
            number,
            end,
            completed_at,
        } => notice::end(c, arrive_id, *number, *end, *completed_at),
        Change::NoticeIssued {
            arrive_id,
            notice,
            archive,
        } => notice::issue(c, arrive_id, notice, archive),
        Change::NoticeCompleted {
            arrive_id,
            kind,
            number,
            at,
        } => notice::complete(c, arrive_id, *kind, *number, *at),
        Change::PackageChecked {
            send_number,
            claim,
            state,
        } => package::check(c, send_number, claim, state),
        Change::ProposalMade(made) => desk::propose(c, made),
        Change::ProposalDecided {
            id,
            by,
            at,
            approved,
        } => desk::decide(c, id, by, *at, *approved),
        Change::ScriptActDone {
            arrive_id,
            place,
            at,
        } => script::done(c, arrive_id, *place, *at),
        Change::ScriptScheduled { arrive_id, acts } => script::schedule(c, arrive_id, acts),
        Change::SessionEnded { digest } => staff::end_session(c, digest),
        Change::SessionsEnded(login) => staff::end_sessions(c, login),
        Change::SessionExtended { digest, lapses_at } => {
            staff::extend_session(c, digest, *lapses_at)
        }
        Change::SessionOpened(new) => staff::open_session(c, new),
        Change::SignedRequestRecorded(request) => identity::record_signed(c, request),
        Change::SoftwareSaved(saved) => identity::save_software(c, saved),
        Change::StaffSaved(saved) => staff::save(c, saved),
        Change::UserSaved(saved) => identity::save_user(c, saved),
        Change::ApplicationArrived(_) | Change::PackageReceived(_) => {
            Err(Fault::new("a change that takes a number came without one").into())
        }
    }
}
