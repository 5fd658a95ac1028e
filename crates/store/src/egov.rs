//! The `Store` port of the external-linkage API of e-Gov: each method one read or one write, on the same
//! connections, tables of fees and audit chain as the domain's own.

mod write;

use std::collections::BTreeSet;

use async_trait::async_trait;
use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use renkei_egov::commit::{Assigned, Commit};
use renkei_egov::desk::Proposal;
use renkei_egov::life::{Application, Dossier, Fee, NoticeKind, Package};
use renkei_egov::number::{ArriveId, MinistryId, SoftwareId, StaffLogin, UserId};
use renkei_egov::port::{DeskQuery, Listed, Page, Selection, Store, Whose};
use renkei_egov::script::ScheduledAct;
use renkei_egov::staff::{Session, StaffAccount};
use renkei_egov::user::{AccessKey, AccessKeyDigest, Software, UserFound};
use time::Date;

use crate::rows::egov::application::Owner;
use crate::rows::egov::{application, desk, fee, identity, notice, package, script, staff};
use crate::store::SqlStore;

#[async_trait]
impl Store for SqlStore {
    async fn commit(&self, commit: Commit) -> Result<Assigned, CommitError> {
        self.writer.write(move |c| write::write(c, &commit)).await
    }

    async fn find_software(&self, id: &SoftwareId) -> Result<Option<Software>, Fault> {
        let id = id.clone();
        self.reader
            .read(move |c| identity::find_software(c, &id))
            .await
    }

    async fn softwares(&self) -> Result<Vec<Software>, Fault> {
        self.reader.read(identity::softwares).await
    }

    async fn find_user(&self, id: &UserId) -> Result<Option<UserFound>, Fault> {
        let id = id.clone();
        self.reader.read(move |c| identity::find_user(c, &id)).await
    }

    async fn find_access_key(&self, digest: &AccessKeyDigest) -> Result<Option<AccessKey>, Fault> {
        let digest = digest.clone();
        self.reader
            .read(move |c| identity::find_key(c, &digest))
            .await
    }

    async fn packages(&self, user: &UserId, wanted: &Selection) -> Result<Page, Fault> {
        let (user, wanted) = (user.clone(), wanted.clone());
        self.reader
            .read(move |c| package::page(c, &user, &wanted))
            .await
    }

    async fn find_dossier(
        &self,
        whose: Whose<'_>,
        id: &ArriveId,
    ) -> Result<Option<Dossier>, Fault> {
        let (whose, id) = (Owner::from(whose), id.clone());
        self.reader
            .read(move |c| application::find_dossier(c, &whose, &id))
            .await
    }

    async fn find_withdrawal_of(&self, target: &ArriveId) -> Result<Option<Dossier>, Fault> {
        let target = target.clone();
        self.reader
            .read(move |c| application::find_withdrawal_of(c, &target))
            .await
    }

    async fn find_notice_archive(
        &self,
        whose: Whose<'_>,
        id: &ArriveId,
        kind: NoticeKind,
        number: u32,
    ) -> Result<Option<String>, Fault> {
        let (whose, id) = (Owner::from(whose), id.clone());
        self.reader
            .read(move |c| match application::find(c, &whose, &id)? {
                Some(_) => notice::find_archive(c, &id, kind, number),
                None => Ok(None),
            })
            .await
    }

    async fn find_application_archive(
        &self,
        whose: Whose<'_>,
        id: &ArriveId,
    ) -> Result<Option<String>, Fault> {
        let (whose, id) = (Owner::from(whose), id.clone());
        self.reader
            .read(move |c| application::find_archive(c, &whose, &id))
            .await
    }

    async fn find_fee(
        &self,
        user: &UserId,
        id: &ArriveId,
        pay_number: &str,
    ) -> Result<Option<(Application, Fee)>, Fault> {
        let (whose, id) = (Owner::User(user.clone()), id.clone());
        let pay_number = pay_number.to_owned();
        self.reader
            .read(move |c| {
                let Some(found) = application::find(c, &whose, &id)? else {
                    return Ok(None);
                };
                let fee = fee::of_number(c, &id, &pay_number)?;
                Ok(fee.map(|fee| (found, fee)))
            })
            .await
    }

    async fn desk_list(
        &self,
        ministries: &BTreeSet<MinistryId>,
        wanted: &DeskQuery,
    ) -> Result<Vec<Listed>, Fault> {
        let (ministries, wanted) = (ministries.clone(), wanted.clone());
        self.reader
            .read(move |c| desk::list(c, &ministries, &wanted))
            .await
    }

    async fn claim_packages(
        &self,
        claim: &str,
        now: Timestamp,
        until: Timestamp,
        limit: i64,
    ) -> Result<Vec<(Package, String)>, Fault> {
        let claim = claim.to_owned();
        let claimed = self
            .writer
            .write(move |c| package::claim(c, &claim, now, until, limit));
        claimed.await.map_err(|e| match e {
            CommitError::Fault(fault) => fault,
            CommitError::Lost => Fault::passing("packages could not be claimed"),
        })
    }

    async fn overdue(&self, today: Date, limit: i64) -> Result<Vec<ArriveId>, Fault> {
        self.reader
            .read(move |c| desk::overdue(c, today, limit))
            .await
    }

    async fn due_script_acts(
        &self,
        now: Timestamp,
        limit: i64,
    ) -> Result<Vec<(ArriveId, ScheduledAct)>, Fault> {
        self.reader.read(move |c| script::due(c, now, limit)).await
    }

    async fn find_staff(&self, login: &StaffLogin) -> Result<Option<StaffAccount>, Fault> {
        let login = login.clone();
        self.reader.read(move |c| staff::find(c, &login)).await
    }

    async fn find_staff_by_enrolment(&self, digest: &str) -> Result<Option<StaffAccount>, Fault> {
        let digest = digest.to_owned();
        self.reader
            .read(move |c| staff::find_by_enrolment(c, &digest))
            .await
    }

    async fn staff(&self) -> Result<Vec<StaffAccount>, Fault> {
        self.reader.read(staff::all).await
    }

    async fn find_session(&self, digest: &str) -> Result<Option<Session>, Fault> {
        let digest = digest.to_owned();
        self.reader
            .read(move |c| staff::find_session(c, &digest))
            .await
    }

    async fn find_proposal(&self, id: &str) -> Result<Option<Proposal>, Fault> {
        let id = id.to_owned();
        self.reader.read(move |c| desk::find_proposal(c, &id)).await
    }

    async fn open_proposals(&self, id: &ArriveId) -> Result<Vec<Proposal>, Fault> {
        let id = id.clone();
        self.reader
            .read(move |c| desk::open_proposals(c, &id))
            .await
    }
}
