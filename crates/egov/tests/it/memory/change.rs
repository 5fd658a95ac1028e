//! What each change of a commit does, and the guard it holds to.

use renkei_core::commit as core;
use renkei_core::payment::{Fee as Owed, FeeState};
use renkei_egov::commit::{Assigned, Change};
use renkei_egov::life::{NoticeKind, PackageState};

use super::State;

/// Whether a guard held.
pub(super) type Held = Option<()>;

fn guarded(holds: bool) -> Held {
    holds.then_some(())
}

impl State {
    pub(super) fn apply(&mut self, change: Change, assigned: &mut Assigned) -> Held {
        match change {
            Change::AccessKeyIssued(key) => {
                self.keys.insert(key.digest.clone(), key);
            }
            Change::AccessKeysRevoked {
                user,
                certificate,
                at,
            } => {
                for key in self.keys.values_mut() {
                    if key.user == user && key.certificate == certificate {
                        key.revoked_at.get_or_insert(at);
                    }
                }
            }
            Change::ApplicationArrived(arrival) => {
                self.counters.1 += 1;
                let arrived = arrival.numbered(self.counters.1);
                let id = arrived.application.arrive_id.clone();
                assigned.arrive_ids.push(id.clone());
                self.events.push(arrived.event);
                self.histories.insert((id.clone(), 1), arrived.line);
                for act in &arrival.script {
                    let key = (id.clone(), act.place);
                    self.scripts.insert(key, (act.clone(), false));
                }
                if let Some(archive) = arrival.archive {
                    self.archives.insert(id.clone(), archive);
                }
                self.applications.insert(id, arrived.application);
            }
            Change::ApplicationMoved(application) => {
                let kept = self.applications.get_mut(&application.arrive_id)?;
                guarded(kept.version + 1 == application.version)?;
                *kept = *application;
            }
            Change::CertificateBound(bound) => {
                let is_new = !self.certificates.iter().any(|kept| {
                    kept.user == bound.user && kept.identity.digest == bound.identity.digest
                });
                guarded(is_new)?;
                self.certificates.push(*bound);
            }
            Change::CertificateUnbound { user, certificate } => {
                let before = self.certificates.len();
                self.certificates
                    .retain(|kept| kept.user != user || kept.identity.key() != certificate);
                guarded(self.certificates.len() + 1 == before)?;
            }
            Change::Core(change) => self.core(change)?,
            Change::FeeDescribed(detail) => self.details.push(detail),
            Change::HistoryAdded { arrive_id, line } => {
                let key = (arrive_id, line.number);
                guarded(self.histories.insert(key, line).is_none())?;
            }
            other => self.apply_papers(other, assigned)?,
        }
        Some(())
    }

    fn apply_papers(&mut self, change: Change, assigned: &mut Assigned) -> Held {
        match change {
            Change::NoticeEnded {
                arrive_id,
                number,
                end,
                completed_at,
            } => {
                let key = (arrive_id, NoticeKind::Amend, number);
                let (notice, _) = self.notices.get_mut(&key)?;
                guarded(notice.end.is_none())?;
                notice.end = Some(end);
                notice.completed_at = completed_at;
            }
            Change::NoticeIssued {
                arrive_id,
                notice,
                archive,
            } => {
                let key = (arrive_id, notice.kind, notice.number);
                guarded(self.notices.insert(key, (*notice, archive)).is_none())?;
            }
            Change::NoticeCompleted {
                arrive_id,
                kind,
                number,
                at,
            } => {
                let (notice, _) = self.notices.get_mut(&(arrive_id, kind, number))?;
                notice.completed_at = Some(at);
            }
            Change::PackageChecked {
                send_number,
                claim,
                state,
            } => {
                let (package, _, claimed) = self.packages.get_mut(&send_number)?;
                guarded(package.state == PackageState::Waiting)?;
                guarded(claimed.as_ref().is_some_and(|(kept, _)| *kept == claim))?;
                package.state = *state;
            }
            Change::PackageReceived(new) => {
                self.counters.0 += 1;
                let (package, event) = new.numbered(self.counters.0);
                assigned.send_numbers.push(package.send_number.clone());
                self.events.push(event);
                let number = package.send_number.clone();
                self.packages.insert(number, (package, new.archive, None));
            }
            other => self.apply_staff(other)?,
        }
        Some(())
    }

    fn apply_staff(&mut self, change: Change) -> Held {
        match change {
            Change::ProposalMade(proposal) => {
                self.proposals.insert(proposal.id.clone(), *proposal);
            }
            Change::ProposalDecided {
                id,
                by,
                at,
                approved,
            } => {
                let proposal = self.proposals.get_mut(&id)?;
                guarded(proposal.decided.is_none())?;
                proposal.decided = Some((by, at, approved));
            }
            Change::ScriptActDone {
                arrive_id, place, ..
            } => {
                let (_, done) = self.scripts.get_mut(&(arrive_id, place))?;
                guarded(!*done)?;
                *done = true;
            }
            Change::SessionEnded { digest } => {
                self.sessions.remove(&digest);
            }
            Change::SessionsEnded(login) => self.sessions.retain(|_, kept| kept.login != login),
            Change::SessionExtended { digest, lapses_at } => {
                if let Some(session) = self.sessions.get_mut(&digest) {
                    session.lapses_at = lapses_at;
                }
            }
            Change::SessionOpened(session) => {
                self.sessions.insert(session.digest.clone(), session);
            }
            Change::SignedRequestRecorded(request) => self.signed.push(request),
            Change::SoftwareSaved(software) => {
                self.softwares.insert(software.id.clone(), *software);
            }
            Change::StaffSaved(account) => {
                let before = self
                    .staff
                    .get(&account.login)
                    .map_or(0, |kept| kept.version);
                guarded(before + 1 == account.version)?;
                self.staff.insert(account.login.clone(), *account);
            }
            Change::UserSaved(user) => {
                let before = self.users.get(&user.id).map_or(0, |kept| kept.version);
                guarded(before + 1 == user.version)?;
                self.users.insert(user.id.clone(), user);
            }
            other => panic!("not applied: {other:?}"),
        }
        Some(())
    }

    fn core(&mut self, change: core::Change) -> Held {
        let waiting = |fee: &Owed| fee.state == FeeState::Waiting;
        match change {
            core::Change::AttemptsCleared(key) => {
                self.attempts.remove(key.as_str());
            }
            core::Change::BillIssued(_) => {}
            core::Change::FeeCharged(fee) => {
                guarded(self.fees.insert(fee.key.clone(), *fee).is_none())?;
            }
            core::Change::FeeCancelled(key) => {
                let fee = self.fees.get_mut(&key).filter(|fee| waiting(fee))?;
                fee.state = FeeState::Cancelled;
            }
            core::Change::FeeLapsed(key) => {
                let fee = self.fees.get_mut(&key).filter(|fee| waiting(fee))?;
                fee.state = FeeState::Lapsed;
            }
            core::Change::FeeReserved {
                fee,
                payment,
                today,
                ..
            } => {
                let fee = self.fees.get_mut(&fee).filter(|fee| waiting(fee))?;
                guarded(today <= fee.due)?;
                fee.state = FeeState::Reserved(payment);
            }
            core::Change::FeeSettled { fee, payment, at } => {
                let fee = self.fees.get_mut(&fee)?;
                guarded(fee.state == FeeState::Reserved(payment))?;
                fee.state = FeeState::Paid { payment, at };
            }
            core::Change::FeeReleased { fee, payment } => {
                let fee = self.fees.get_mut(&fee)?;
                guarded(fee.state == FeeState::Reserved(payment))?;
                fee.state = FeeState::Waiting;
            }
            other => panic!("not applied: {other:?}"),
        }
        Some(())
    }
}
