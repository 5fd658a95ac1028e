//! 3.18 電子納付金融機関サイト表示: the fee that a browser wants to pay, as a bill for one bank. The path,
//! the fields and the bill are a reading of ours.

use renkei_core::commit as core;
use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use renkei_core::payment::{BILL_LIVES_FOR, Bill, BillRecord};
use renkei_core::port::random_256;
use renkei_core::seal::sha256_hex;
use renkei_core::tenant::TenantId;
use serde_json::json;

use super::{Caller, Interface};
use crate::commit::{Change, Commit, event};
use crate::number::ArriveId;

/// What the browser's form says, once [`Interface::admit`] let it in.
#[derive(Clone, Debug)]
pub struct BillAsked<'a> {
    /// `ArriveID`.
    pub arrive_id: &'a str,
    /// `PayNumber`.
    pub pay_number: &'a str,
    /// The bank whose `FinancialName` it chose.
    pub tenant: &'a TenantId,
}

/// Why there is no bill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BillRefused {
    /// It cannot be paid now.
    NotPayable,
    /// No such fee of this user.
    Unknown,
}

impl Interface<'_> {
    /// A new bill; it voids an older one of the same fee that nobody has confirmed.
    pub async fn bill(
        &self,
        caller: &Caller,
        asked: &BillAsked<'_>,
        now: Timestamp,
    ) -> Result<Result<Bill, BillRefused>, Fault> {
        let Ok(id) = ArriveId::parse(asked.arrive_id) else {
            return Ok(Err(BillRefused::Unknown));
        };
        let found = self.store.find_fee(caller.user()?, &id, asked.pay_number);
        let Some((application, fee)) = found.await? else {
            return Ok(Err(BillRefused::Unknown));
        };
        if !fee.is_payable(now) {
            return Ok(Err(BillRefused::NotPayable));
        }
        let bill = Bill {
            fee: fee.owed.key.clone(),
            confirm_number: fee.owed.confirm_number.clone(),
            facility_name: fee.detail.facility_name.clone(),
            total_fee_yen: fee.owed.total_fee_yen,
            pay_name_kana: fee.detail.pay_name_kana.clone(),
            procedure_name: application.procedure_name.clone(),
            due: fee.owed.due,
            tenant: asked.tenant.clone(),
            issued_at: now,
            expires_at: now.plus(BILL_LIVES_FOR),
            nonce: sha256_hex(&random_256(self.random)),
        };
        let detail = json!({
            "arrive_id": id, "fee": bill.fee, "tenant": asked.tenant.as_str(),
            "actor": caller.actor()?.told(),
        });
        let record = BillRecord::unopened(&bill);
        let commit = Commit {
            changes: vec![Change::Core(core::Change::BillIssued(Box::new(record)))],
            events: vec![event(now, "egov.bill.issued", detail)],
        };
        match self.store.commit(commit).await {
            Ok(_) => Ok(Ok(bill)),
            Err(CommitError::Lost) => Ok(Err(BillRefused::NotPayable)),
            Err(CommitError::Fault(fault)) => Err(fault),
        }
    }
}
