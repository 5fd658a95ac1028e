//! Fees, as far as paying them goes: the port between payments and whoever charged them. Every change is
//! guarded by the state it leads from.

use diesel::prelude::*;
use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_core::id::PaymentId;
use renkei_core::instant::Timestamp;
use renkei_core::payment::{Fee, FeeKey, FeeState};
use time::Date;

use super::{failed, first, guarded, inconsistent};
use crate::connection::AnyConnection;
use crate::ledger::{DAY, stored};
use crate::schema::fee;

pub(crate) const WAITING: &str = "waiting";
const RESERVED: &str = "reserved";

pub(crate) fn charge(c: &mut AnyConnection, new: &Fee) -> Result<(), CommitError> {
    first(
        diesel::insert_into(fee::table)
            .values((
                fee::facility_number.eq(&new.key.facility_number),
                fee::pay_number.eq(&new.key.pay_number),
                fee::confirm_number.eq(&new.confirm_number),
                fee::total_fee.eq(new.total_fee_yen),
                fee::due.eq(stored(new.due)),
                fee::state.eq(WAITING),
            ))
            .execute(c),
    )
}

/// Ends a fee that nobody pays or is paying.
pub(crate) fn end(c: &mut AnyConnection, key: &FeeKey, state: FeeState) -> Result<(), CommitError> {
    let waiting = diesel::update(fee::table.find(place(key))).filter(fee::state.eq(WAITING));
    guarded(waiting.set(fee::state.eq(state.as_str())).execute(c))
}

pub(crate) fn reserve(
    c: &mut AnyConnection,
    key: &FeeKey,
    confirm_number: &str,
    total_fee_yen: i64,
    today: Date,
    payment: PaymentId,
) -> Result<(), CommitError> {
    let as_shown = diesel::update(fee::table.find(place(key)))
        .filter(fee::state.eq(WAITING))
        .filter(fee::confirm_number.eq(confirm_number))
        .filter(fee::total_fee.eq(total_fee_yen))
        .filter(fee::due.ge(stored(today)));
    guarded(
        as_shown
            .set((
                fee::state.eq(RESERVED),
                fee::payment_id.eq(payment.to_string()),
            ))
            .execute(c),
    )
}

pub(crate) fn release(
    c: &mut AnyConnection,
    key: &FeeKey,
    payment: PaymentId,
) -> Result<(), CommitError> {
    let held = diesel::update(fee::table.find(place(key)))
        .filter(fee::state.eq(RESERVED))
        .filter(fee::payment_id.eq(payment.to_string()));
    guarded(
        held.set((fee::state.eq(WAITING), fee::payment_id.eq(None::<String>)))
            .execute(c),
    )
}

pub(crate) fn settle(
    c: &mut AnyConnection,
    key: &FeeKey,
    payment: PaymentId,
    at: Timestamp,
) -> Result<(), CommitError> {
    let held = diesel::update(fee::table.find(place(key)))
        .filter(fee::state.eq(RESERVED))
        .filter(fee::payment_id.eq(payment.to_string()));
    let paid = FeeState::Paid { payment, at }.as_str();
    guarded(
        held.set((fee::state.eq(paid), fee::paid_at.eq(Some(at.millis()))))
            .execute(c),
    )
}

pub(crate) fn find(c: &mut AnyConnection, key: &FeeKey) -> Result<Option<Fee>, Fault> {
    let found: Option<Row> = fee::table
        .find(place(key))
        .select(COLUMNS)
        .first(c)
        .optional()
        .map_err(failed)?;
    found.map(|row| of_row(key, row)).transpose()
}

/// What [`of_row`] reads.
pub(crate) const COLUMNS: Columns = (
    fee::confirm_number,
    fee::total_fee,
    fee::due,
    fee::state,
    fee::payment_id,
    fee::paid_at,
);
type Columns = (
    fee::confirm_number,
    fee::total_fee,
    fee::due,
    fee::state,
    fee::payment_id,
    fee::paid_at,
);
pub(crate) type Row = (String, i64, String, String, Option<String>, Option<i64>);

pub(crate) fn of_row(key: &FeeKey, row: Row) -> Result<Fee, Fault> {
    let (confirm_number, total_fee_yen, due, state, payment, paid_at) = row;
    let bad = |column: &str| {
        let named = format!("{}/{}", key.facility_number, key.pay_number);
        inconsistent("fee", column, &named)
    };
    let payment = payment.as_deref().map(str::parse::<PaymentId>).transpose();
    let payment = payment.map_err(|e| bad("payment_id").caused_by(e))?;
    let paid_at = paid_at.map(Timestamp::from_millis);
    let state = match (state.as_str(), payment, paid_at) {
        (WAITING, None, None) => FeeState::Waiting,
        (RESERVED, Some(payment), None) => FeeState::Reserved(payment),
        ("paid", Some(payment), Some(at)) => FeeState::Paid { payment, at },
        ("lapsed", ..) => FeeState::Lapsed,
        ("cancelled", ..) => FeeState::Cancelled,
        _ => return Err(bad("state")),
    };
    Ok(Fee {
        key: key.clone(),
        confirm_number,
        total_fee_yen,
        due: Date::parse(&due, DAY).map_err(|e| bad("due").caused_by(e))?,
        state,
    })
}

fn place(key: &FeeKey) -> (&str, &str) {
    (&key.facility_number, &key.pay_number)
}
