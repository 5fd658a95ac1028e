//! The `Ledger` port: the books of the embedded demo bank, real tables like any other.

use async_trait::async_trait;
use diesel::prelude::*;
use renkei_core::account::{AccountId, CustomerId, Direction, Period, Transaction};
use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_core::port::{
    Debit, Decline, Ledger, LedgerAccount, LedgerCustomer, LedgerDebit, LedgerLine,
};
use renkei_core::tenant::TenantId;
use time::Date;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;

use crate::connection::AnyConnection;
use crate::rows::{body, failed, first, inconsistent, inserted, of_body};
use crate::schema::{demo_account, demo_customer, demo_debit, demo_line};
use crate::store::SqlStore;

#[async_trait]
impl Ledger for SqlStore {
    async fn find_customer_by_login(
        &self,
        tenant: &TenantId,
        login_id: &str,
    ) -> Result<Option<LedgerCustomer>, Fault> {
        let (tenant, login_id) = (tenant.clone(), login_id.to_owned());
        self.reader
            .read(move |c| {
                let found: Option<String> = demo_customer::table
                    .filter(demo_customer::tenant.eq(tenant.as_str()))
                    .filter(demo_customer::login_id.eq(&login_id))
                    .select(demo_customer::body)
                    .first(c)
                    .optional()
                    .map_err(failed)?;
                found
                    .map(|text| of_body("demo_customer", "of a login id", &text))
                    .transpose()
            })
            .await
    }

    async fn find_customer(
        &self,
        tenant: &TenantId,
        customer: &CustomerId,
    ) -> Result<Option<LedgerCustomer>, Fault> {
        let (tenant, customer) = (tenant.clone(), customer.clone());
        self.reader
            .read(move |c| {
                let found: Option<String> = demo_customer::table
                    .find((tenant.as_str(), customer.as_str()))
                    .select(demo_customer::body)
                    .first(c)
                    .optional()
                    .map_err(failed)?;
                found
                    .map(|text| of_body("demo_customer", customer.as_str(), &text))
                    .transpose()
            })
            .await
    }

    async fn customers(&self, tenant: &TenantId) -> Result<Vec<LedgerCustomer>, Fault> {
        let tenant = tenant.clone();
        self.reader
            .read(move |c| {
                let rows: Vec<(String, String)> = demo_customer::table
                    .filter(demo_customer::tenant.eq(tenant.as_str()))
                    .order(demo_customer::id)
                    .select((demo_customer::id, demo_customer::body))
                    .load(c)
                    .map_err(failed)?;
                rows.iter()
                    .map(|(id, text)| of_body("demo_customer", id, text))
                    .collect()
            })
            .await
    }

    async fn accounts(
        &self,
        tenant: &TenantId,
        customer: &CustomerId,
    ) -> Result<Vec<LedgerAccount>, Fault> {
        let (tenant, customer) = (tenant.clone(), customer.clone());
        self.reader
            .read(move |c| {
                let rows: Vec<(String, String)> = demo_account::table
                    .filter(demo_account::tenant.eq(tenant.as_str()))
                    .filter(demo_account::customer.eq(customer.as_str()))
                    .order(demo_account::position)
                    .select((demo_account::id, demo_account::body))
                    .load(c)
                    .map_err(failed)?;
                rows.iter()
                    .map(|(id, text)| of_body("demo_account", id, text))
                    .collect()
            })
            .await
    }

    async fn lines(
        &self,
        account: &AccountId,
        period: Period,
        after: Option<i64>,
        limit: usize,
    ) -> Result<Vec<Transaction>, Fault> {
        let account = account.clone();
        self.reader
            .read(move |c| {
                let rows: Vec<Row> = demo_line::table
                    .filter(demo_line::account.eq(account.as_str()))
                    .filter(demo_line::booked_on.ge(stored(period.from)))
                    .filter(demo_line::booked_on.le(stored(period.to)))
                    .filter(demo_line::sequence.gt(after.unwrap_or(0)))
                    .order(demo_line::sequence)
                    .limit(i64::try_from(limit).unwrap_or(i64::MAX))
                    .load(c)
                    .map_err(failed)?;
                rows.into_iter().map(Transaction::try_from).collect()
            })
            .await
    }

    async fn latest_line(&self, account: &AccountId) -> Result<Option<Transaction>, Fault> {
        let account = account.clone();
        self.reader
            .read(move |c| {
                let row: Option<Row> = demo_line::table
                    .filter(demo_line::account.eq(account.as_str()))
                    .order(demo_line::sequence.desc())
                    .first(c)
                    .optional()
                    .map_err(failed)?;
                row.map(Transaction::try_from).transpose()
            })
            .await
    }

    async fn use_time_step(
        &self,
        tenant: &TenantId,
        customer: &CustomerId,
        step: i64,
    ) -> Result<bool, Fault> {
        let (tenant, customer) = (tenant.clone(), customer.clone());
        let used = self
            .writer
            .write(move |c| use_time_step(c, &tenant, &customer, step));
        match used.await {
            Ok(()) => Ok(true),
            Err(CommitError::Lost) => Ok(false),
            Err(CommitError::Fault(fault)) => Err(fault),
        }
    }

    async fn save_customer(&self, customer: LedgerCustomer) -> Result<(), Fault> {
        self.write_books(move |c| save_customer(c, &customer)).await
    }

    async fn save_accounts(&self, accounts: Vec<LedgerAccount>) -> Result<(), Fault> {
        self.write_books(move |c| {
            accounts
                .iter()
                .try_for_each(|account| save_account(c, account))
        })
        .await
    }

    async fn debit(&self, debit: LedgerDebit) -> Result<Debit, Fault> {
        let write = || {
            let debit = debit.clone();
            self.writer.write(move |c| book(c, &debit))
        };
        // Once more when another server's came first: what it wrote is there by then.
        let booked = match write().await {
            Err(CommitError::Lost) => write().await,
            first => first,
        };
        booked.map_err(|e| match e {
            CommitError::Fault(fault) => fault,
            CommitError::Lost => Fault::passing("the demo bank's books were written elsewhere"),
        })
    }

    async fn find_debit(&self, tenant: &TenantId, key: &str) -> Result<Option<Debit>, Fault> {
        let (tenant, key) = (tenant.clone(), key.to_owned());
        self.reader
            .read(move |c| find_debit(c, &tenant, &key))
            .await
    }

    async fn add_lines(&self, lines: Vec<LedgerLine>) -> Result<(), Fault> {
        self.write_books(move |c| lines.iter().try_for_each(|line| add_line(c, line)))
            .await
    }
}

impl SqlStore {
    async fn write_books<F>(&self, write: F) -> Result<(), Fault>
    where
        F: FnMut(&mut AnyConnection) -> Result<(), CommitError> + Send + 'static,
    {
        self.writer.write(write).await.map_err(|e| match e {
            CommitError::Fault(fault) => fault,
            CommitError::Lost => Fault::passing("the demo bank's books were written elsewhere"),
        })
    }
}

fn save_customer(c: &mut AnyConnection, customer: &LedgerCustomer) -> Result<(), CommitError> {
    let place = (customer.tenant.as_str(), customer.id.as_str());
    let (login_id, text) = (&customer.login_id, body(customer)?);
    let value = (
        demo_customer::login_id.eq(login_id),
        demo_customer::body.eq(&text),
    );
    if diesel::update(demo_customer::table.find(place))
        .set(value)
        .execute(c)
        .map_err(failed)?
        == 1
    {
        return Ok(());
    }
    inserted(
        diesel::insert_into(demo_customer::table)
            .values((
                demo_customer::tenant.eq(place.0),
                demo_customer::id.eq(place.1),
                value,
            ))
            .execute(c),
    )
}

/// Guarded by what was read: of two that read the same, one finds it changed.
fn use_time_step(
    c: &mut AnyConnection,
    tenant: &TenantId,
    customer: &CustomerId,
    step: i64,
) -> Result<(), CommitError> {
    let place = (tenant.as_str(), customer.as_str());
    let before: String = demo_customer::table
        .find(place)
        .select(demo_customer::body)
        .first(c)
        .map_err(failed)?;
    let mut kept: LedgerCustomer = of_body("demo_customer", customer.as_str(), &before)?;
    if step <= kept.otp_used_step {
        return Err(CommitError::Lost);
    }
    kept.otp_used_step = step;
    let unchanged = demo_customer::table
        .find(place)
        .filter(demo_customer::body.eq(&before));
    let written = diesel::update(unchanged)
        .set(demo_customer::body.eq(body(&kept)?))
        .execute(c)
        .map_err(failed)?;
    if written == 1 {
        Ok(())
    } else {
        Err(CommitError::Lost)
    }
}

fn save_account(c: &mut AnyConnection, account: &LedgerAccount) -> Result<(), CommitError> {
    let id = account.account.id.as_str();
    let text = body(account)?;
    let value = (
        demo_account::tenant.eq(account.tenant.as_str()),
        demo_account::customer.eq(account.customer.as_str()),
        demo_account::position.eq(account.position),
        demo_account::body.eq(&text),
    );
    if diesel::update(demo_account::table.find(id))
        .set(value)
        .execute(c)
        .map_err(failed)?
        == 1
    {
        return Ok(());
    }
    inserted(
        diesel::insert_into(demo_account::table)
            .values((demo_account::id.eq(id), value))
            .execute(c),
    )
}

/// Debits an account, unless the key was seen before.
fn book(c: &mut AnyConnection, debit: &LedgerDebit) -> Result<Debit, CommitError> {
    let order = &debit.order;
    if let Some(before) = find_debit(c, &debit.tenant, &order.key)? {
        return Ok(before);
    }
    let latest: Option<Row> = demo_line::table
        .filter(demo_line::account.eq(order.account.as_str()))
        .order(demo_line::sequence.desc())
        .first(c)
        .optional()
        .map_err(failed)?;
    let (sequence, balance_yen) = latest.map_or((0, 0), |row| (row.sequence, row.balance_yen));
    let answer = match debit.declined {
        Some(reason) => Debit::Declined(reason),
        None if order.amount_yen <= 0 || balance_yen < order.amount_yen => {
            Debit::Declined(Decline::Short)
        }
        None => {
            let day = debit.at.japan_date();
            let line = Transaction {
                sequence: sequence + 1,
                date: day,
                value_date: day,
                direction: Direction::Withdrawal,
                amount_yen: order.amount_yen,
                remarks: Some(format!("ペイジー {}", order.payee)),
                balance_yen: balance_yen - order.amount_yen,
            };
            insert_line(c, order.account.as_str(), &line)?;
            Debit::Debited {
                at: debit.at,
                reference: format!("{}-{:06}", stored(day), line.sequence),
            }
        }
    };
    first(
        diesel::insert_into(demo_debit::table)
            .values((
                demo_debit::tenant.eq(debit.tenant.as_str()),
                demo_debit::key.eq(&order.key),
                demo_debit::account.eq(order.account.as_str()),
                demo_debit::amount_yen.eq(order.amount_yen),
                demo_debit::body.eq(body(&answer)?),
            ))
            .execute(c),
    )?;
    Ok(answer)
}

fn find_debit(c: &mut AnyConnection, tenant: &TenantId, key: &str) -> Result<Option<Debit>, Fault> {
    let found: Option<String> = demo_debit::table
        .find((tenant.as_str(), key))
        .select(demo_debit::body)
        .first(c)
        .optional()
        .map_err(failed)?;
    found
        .map(|text| of_body("demo_debit", key, &text))
        .transpose()
}

fn add_line(c: &mut AnyConnection, new: &LedgerLine) -> Result<(), CommitError> {
    let (account, line) = (new.account.as_str(), &new.line);
    let there: Option<i64> = demo_line::table
        .find((account, line.sequence))
        .select(demo_line::sequence)
        .first(c)
        .optional()
        .map_err(failed)?;
    if there.is_some() {
        return Ok(());
    }
    insert_line(c, account, line)
}

/// A line in a place that is free. Two servers at once: the second finds it taken.
fn insert_line(
    c: &mut AnyConnection,
    account: &str,
    line: &Transaction,
) -> Result<(), CommitError> {
    first(
        diesel::insert_into(demo_line::table)
            .values((
                demo_line::account.eq(account),
                demo_line::sequence.eq(line.sequence),
                demo_line::booked_on.eq(stored(line.date)),
                demo_line::valued_on.eq(stored(line.value_date)),
                demo_line::direction.eq(word(line.direction)),
                demo_line::amount_yen.eq(line.amount_yen),
                demo_line::remarks.eq(line.remarks.as_deref()),
                demo_line::balance_yen.eq(line.balance_yen),
            ))
            .execute(c),
    )
}

#[derive(Queryable)]
struct Row {
    account: String,
    sequence: i64,
    booked_on: String,
    valued_on: String,
    direction: String,
    amount_yen: i64,
    remarks: Option<String>,
    balance_yen: i64,
}

impl TryFrom<Row> for Transaction {
    type Error = Fault;

    fn try_from(row: Row) -> Result<Self, Fault> {
        let key = format!("{}/{}", row.account, row.sequence);
        let bad = |column: &str| inconsistent("demo_line", column, &key);
        Ok(Self {
            sequence: row.sequence,
            date: Date::parse(&row.booked_on, DAY).map_err(|e| bad("booked_on").caused_by(e))?,
            value_date: Date::parse(&row.valued_on, DAY)
                .map_err(|e| bad("valued_on").caused_by(e))?,
            direction: match row.direction.as_str() {
                "deposit" => Direction::Deposit,
                "withdrawal" => Direction::Withdrawal,
                _ => return Err(bad("direction")),
            },
            amount_yen: row.amount_yen,
            remarks: row.remarks,
            balance_yen: row.balance_yen,
        })
    }
}

const fn word(direction: Direction) -> &'static str {
    match direction {
        Direction::Deposit => "deposit",
        Direction::Withdrawal => "withdrawal",
    }
}

/// A day as stored: sorts as text as it sorts as a day.
pub(crate) fn stored(day: Date) -> String {
    day.format(DAY).unwrap_or_default()
}

pub(crate) const DAY: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");
