//! 3.17 納付情報一覧取得.

use renkei_core::instant::Timestamp;

use super::{Reply, Trouble, answer, echo, empty, flag};
use crate::life::Dossier;
use crate::number::{day, second_or_empty};
use crate::operation::Operation;

/// The answer.
pub fn listed(dossier: &Dossier, now: Timestamp) -> Reply {
    answer(Operation::Payments, |data| {
        data.leaf("ArriveID", dossier.application.arrive_id.as_str());
        data.leaf("ProcName", &dossier.application.procedure_name);
        for fee in &dossier.fees {
            data.element("ApplyPay", |one| {
                one.leaf("PayNumber", &fee.owed.key.pay_number);
                one.leaf("ConfirmNumber", &fee.owed.confirm_number);
                one.leaf("FacilityNumber", &fee.owed.key.facility_number);
                one.leaf("PayNameKana", &fee.detail.pay_name_kana);
                one.leaf("PayExpiredDate", &day(fee.owed.due));
                one.leaf("TotalFee", &fee.owed.total_fee_yen.to_string());
                one.leaf("PayStatus", fee.word().text);
                one.leaf("PayDate", &second_or_empty(fee.paid_at()));
                one.leaf("PayMemo", &fee.detail.memo);
                one.leaf("PayFlag", flag(fee.is_payable(now)));
            });
        }
    })
}

/// Refused.
pub fn refused(arrive_id: &str, trouble: Trouble) -> Reply {
    trouble.shaped(|data| {
        data.leaf("ArriveID", &echo(arrive_id));
        empty(data, &["ProcName"]);
    })
}
