//! What fees are charged for. How they stand is the payment's own row, read beside it.

use std::collections::BTreeMap;

use diesel::prelude::*;
use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use renkei_core::payment::FeeKey;
use renkei_egov::life::{Fee, FeeDetail};
use renkei_egov::number::ArriveId;

use super::super::{failed, inserted};
use super::Place;
use crate::connection::AnyConnection;
use crate::rows::fee as owed;
use crate::schema::egov::fee_detail;
use crate::schema::fee;

pub(crate) fn describe(c: &mut AnyConnection, new: &FeeDetail) -> Result<(), CommitError> {
    let id = new.arrive_id.as_str();
    let before: i64 = fee_detail::table
        .filter(fee_detail::arrive_id.eq(id))
        .count()
        .get_result(c)
        .map_err(failed)?;
    inserted(
        diesel::insert_into(fee_detail::table)
            .values((
                fee_detail::facility_number.eq(&new.key.facility_number),
                fee_detail::pay_number.eq(&new.key.pay_number),
                fee_detail::arrive_id.eq(id),
                fee_detail::place.eq(before + 1),
                fee_detail::facility_name.eq(&new.facility_name),
                fee_detail::pay_name_kana.eq(&new.pay_name_kana),
                fee_detail::memo.eq(&new.memo),
                fee_detail::charged_at.eq(new.charged_at.millis()),
            ))
            .execute(c),
    )
}

/// The fees of applications, by application, in the order they were charged.
pub(crate) fn of(c: &mut AnyConnection, ids: &[&str]) -> Result<BTreeMap<String, Vec<Fee>>, Fault> {
    let rows: Vec<(Row, owed::Row)> = fee_detail::table
        .inner_join(
            fee::table.on(fee::facility_number
                .eq(fee_detail::facility_number)
                .and(fee::pay_number.eq(fee_detail::pay_number))),
        )
        .filter(fee_detail::arrive_id.eq_any(ids))
        .order((fee_detail::arrive_id, fee_detail::place))
        .select((fee_detail::all_columns, owed::COLUMNS))
        .load(c)
        .map_err(failed)?;
    let mut all: BTreeMap<String, Vec<Fee>> = BTreeMap::new();
    for (row, owed) in rows {
        let id = row.arrive_id.clone();
        all.entry(id).or_default().push(of_row(row, owed)?);
    }
    Ok(all)
}

pub(crate) fn of_number(
    c: &mut AnyConnection,
    id: &ArriveId,
    pay_number: &str,
) -> Result<Option<Fee>, Fault> {
    let fees = of(c, &[id.as_str()])?.remove(id.as_str());
    let mut fees = fees.unwrap_or_default().into_iter();
    Ok(fees.find(|fee| fee.key().pay_number == pay_number))
}

#[derive(Queryable)]
struct Row {
    facility_number: String,
    pay_number: String,
    arrive_id: String,
    _place: i64,
    facility_name: String,
    pay_name_kana: String,
    memo: String,
    charged_at: i64,
}

fn of_row(row: Row, owed: owed::Row) -> Result<Fee, Fault> {
    let place = Place::of("fee_detail", &row.pay_number);
    let arrive_id = place.name("arrive_id", row.arrive_id)?;
    let key = FeeKey {
        facility_number: row.facility_number,
        pay_number: row.pay_number,
    };
    Ok(Fee {
        owed: owed::of_row(&key, owed)?,
        detail: FeeDetail {
            key,
            arrive_id,
            facility_name: row.facility_name,
            pay_name_kana: row.pay_name_kana,
            memo: row.memo,
            charged_at: Timestamp::from_millis(row.charged_at),
        },
    })
}
