//! Debits at the demo bank: the money really moves, and what can go wrong on the way can be switched on
//! (`renkei demo set <tenant> <login_id> debit=…`).

use renkei_core::account::{Account, AccountType};
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use renkei_core::port::{
    Debit, DebitLever, DebitOrder, DebitStatus, Decline, Ledger, LedgerCustomer, LedgerDebit,
};

/// Whether fees can be paid from accounts of a 科目.
pub(crate) const fn is_payable(kind: AccountType) -> bool {
    match kind {
        AccountType::Ordinary | AccountType::Current => true,
        AccountType::Savings | AccountType::Time => false,
    }
}

/// Carries an order out; `account` is the customer's own, none when they have none of that name.
pub(crate) async fn order(
    ledger: &dyn Ledger,
    mut customer: LedgerCustomer,
    account: Option<Account>,
    order: &DebitOrder,
    at: Timestamp,
) -> Result<Debit, Fault> {
    let lever = customer.debit_lever;
    match lever {
        Some(DebitLever::TimeoutBefore) => return Ok(Debit::Unknown),
        Some(DebitLever::TimeoutBeforeOnce) => {
            customer.debit_lever = None;
            ledger.save_customer(customer).await?;
            return Ok(Debit::Unknown);
        }
        Some(DebitLever::Declined(_) | DebitLever::Silent | DebitLever::TimeoutAfter) | None => {}
    }
    let declined = match (lever, account) {
        (Some(DebitLever::Declined(reason)), _) => Some(reason),
        (_, None) => Some(Decline::Closed),
        (_, Some(_)) => None,
    };
    let debit = LedgerDebit {
        tenant: customer.tenant,
        order: order.clone(),
        at,
        declined,
    };
    let answer = ledger.debit(debit).await?;
    Ok(match lever {
        Some(DebitLever::Silent | DebitLever::TimeoutAfter) => Debit::Unknown,
        _ => answer,
    })
}

/// How an order stands.
pub(crate) async fn status(
    ledger: &dyn Ledger,
    customer: &LedgerCustomer,
    key: &str,
) -> Result<DebitStatus, Fault> {
    if customer.debit_lever == Some(DebitLever::Silent) {
        return Ok(DebitStatus::Unknown);
    }
    let found = ledger.find_debit(&customer.tenant, key).await?;
    Ok(match found {
        Some(Debit::Debited { at, reference }) => DebitStatus::Debited { at, reference },
        Some(Debit::Declined(reason)) => DebitStatus::Declined(reason),
        Some(Debit::Unknown) => DebitStatus::Unknown,
        None => DebitStatus::NeverSeen,
    })
}
