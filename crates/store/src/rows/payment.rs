//! Bills and the payments that were confirmed by them.

use diesel::prelude::*;
use renkei_core::account::CustomerId;
use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_core::id::{JourneyId, PaymentId};
use renkei_core::instant::Timestamp;
use renkei_core::payment::{BillRecord, FeeKey, Payment};
use renkei_core::tenant::TenantId;

use super::{body, failed, guarded, inconsistent, inserted, of_body};
use crate::connection::AnyConnection;
use crate::schema::{bill, payment};

/// The newest bill of a fee is the one that is good.
pub(crate) fn issue(c: &mut AnyConnection, new: &BillRecord) -> Result<(), CommitError> {
    let older = bill::table
        .filter(bill::facility_number.eq(&new.fee.facility_number))
        .filter(bill::pay_number.eq(&new.fee.pay_number))
        .filter(bill::confirmed_at.is_null())
        .filter(bill::voided.eq(false));
    diesel::update(older)
        .set(bill::voided.eq(true))
        .execute(c)
        .map_err(failed)?;
    inserted(
        diesel::insert_into(bill::table)
            .values((
                bill::nonce.eq(&new.nonce),
                bill::tenant.eq(new.tenant.as_str()),
                bill::facility_number.eq(&new.fee.facility_number),
                bill::pay_number.eq(&new.fee.pay_number),
                bill::expires_at.eq(new.expires_at.millis()),
                bill::journey.eq(new.journey.map(|id| id.to_string())),
                bill::voided.eq(new.voided),
                bill::confirmed_at.eq(new.confirmed_at.map(Timestamp::millis)),
            ))
            .execute(c),
    )
}

pub(crate) fn open(
    c: &mut AnyConnection,
    nonce: &str,
    journey: JourneyId,
) -> Result<(), CommitError> {
    let unopened = diesel::update(bill::table.find(nonce))
        .filter(bill::journey.is_null())
        .filter(bill::voided.eq(false));
    guarded(
        unopened
            .set(bill::journey.eq(Some(journey.to_string())))
            .execute(c),
    )
}

pub(crate) fn confirm(
    c: &mut AnyConnection,
    nonce: &str,
    at: Timestamp,
) -> Result<(), CommitError> {
    let open = diesel::update(bill::table.find(nonce))
        .filter(bill::journey.is_not_null())
        .filter(bill::voided.eq(false))
        .filter(bill::confirmed_at.is_null());
    guarded(
        open.set(bill::confirmed_at.eq(Some(at.millis())))
            .execute(c),
    )
}

pub(crate) fn find_bill(c: &mut AnyConnection, nonce: &str) -> Result<Option<BillRecord>, Fault> {
    let found: Option<BillRow> = bill::table
        .find(nonce)
        .first(c)
        .optional()
        .map_err(failed)?;
    found.map(BillRecord::try_from).transpose()
}

#[derive(Queryable)]
struct BillRow {
    nonce: String,
    tenant: String,
    facility_number: String,
    pay_number: String,
    expires_at: i64,
    journey: Option<String>,
    voided: bool,
    confirmed_at: Option<i64>,
}

impl TryFrom<BillRow> for BillRecord {
    type Error = Fault;

    fn try_from(row: BillRow) -> Result<Self, Fault> {
        let bad = |column: &str| inconsistent("bill", column, &row.nonce);
        let journey = row.journey.as_deref().map(str::parse).transpose();
        Ok(Self {
            tenant: TenantId::parse(&row.tenant).map_err(|e| bad("tenant").caused_by(e))?,
            journey: journey.map_err(|e| bad("journey").caused_by(e))?,
            fee: FeeKey {
                facility_number: row.facility_number,
                pay_number: row.pay_number,
            },
            expires_at: Timestamp::from_millis(row.expires_at),
            voided: row.voided,
            confirmed_at: row.confirmed_at.map(Timestamp::from_millis),
            nonce: row.nonce,
        })
    }
}

pub(crate) fn save(c: &mut AnyConnection, saved: &Payment) -> Result<(), CommitError> {
    let id = saved.id.to_string();
    let state = (
        payment::version.eq(saved.version),
        payment::state.eq(saved.state.as_str()),
        payment::next_ask_at.eq(saved.next_ask_at.map(Timestamp::millis)),
        payment::body.eq(body(saved)?),
    );
    if saved.version > 1 {
        let before =
            diesel::update(payment::table.find(&id)).filter(payment::version.eq(saved.version - 1));
        return guarded(before.set(state).execute(c));
    }
    inserted(
        diesel::insert_into(payment::table)
            .values((
                payment::id.eq(&id),
                payment::tenant.eq(saved.tenant.as_str()),
                payment::customer.eq(saved.customer.as_str()),
                state,
            ))
            .execute(c),
    )
}

pub(crate) fn find(c: &mut AnyConnection, id: PaymentId) -> Result<Option<Payment>, Fault> {
    let key = id.to_string();
    let found: Option<String> = payment::table
        .find(&key)
        .select(payment::body)
        .first(c)
        .optional()
        .map_err(failed)?;
    found
        .map(|text| of_body("payment", &key, &text))
        .transpose()
}

pub(crate) fn of_customer(
    c: &mut AnyConnection,
    tenant: &TenantId,
    customer: &CustomerId,
    limit: i64,
) -> Result<Vec<Payment>, Fault> {
    let rows: Vec<(String, String)> = payment::table
        .filter(payment::tenant.eq(tenant.as_str()))
        .filter(payment::customer.eq(customer.as_str()))
        // An id begins with the millisecond of its making.
        .order(payment::id.desc())
        .limit(limit)
        .select((payment::id, payment::body))
        .load(c)
        .map_err(failed)?;
    all(&rows)
}

pub(crate) fn due(
    c: &mut AnyConnection,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Payment>, Fault> {
    let rows: Vec<(String, String)> = payment::table
        .filter(payment::next_ask_at.le(now.millis()))
        .order(payment::next_ask_at)
        .limit(limit)
        .select((payment::id, payment::body))
        .load(c)
        .map_err(failed)?;
    all(&rows)
}

pub(crate) fn open_ones(c: &mut AnyConnection) -> Result<Vec<Payment>, Fault> {
    let rows: Vec<(String, String)> = payment::table
        .filter(payment::next_ask_at.is_not_null())
        .order(payment::id)
        .select((payment::id, payment::body))
        .load(c)
        .map_err(failed)?;
    all(&rows)
}

fn all(rows: &[(String, String)]) -> Result<Vec<Payment>, Fault> {
    rows.iter()
        .map(|(id, text)| of_body("payment", id, text))
        .collect()
}
