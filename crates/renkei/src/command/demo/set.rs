//! `renkei demo set`: what happens at a bank while nobody looks at a page. Everything takes effect with
//! the next question to the bank.

use anyhow::{Context, bail};
use renkei_core::account::CustomerId;
use renkei_core::attempt::AttemptKey;
use renkei_core::commit::{Change, Commit};
use renkei_core::port::{DebitLever, Decline, Factor, Hurdle, LedgerCustomer, Privilege, Store};
use renkei_core::secret::Password;
use renkei_core::tenant::TenantId;
use renkei_oauth::scope::Scope;

use super::certificates;
use crate::compose::Parts;

/// A customer in the books.
pub(super) async fn customer(
    parts: &Parts,
    tenant: &str,
    login_id: &str,
) -> anyhow::Result<LedgerCustomer> {
    let tenant = TenantId::parse(tenant)?;
    let found = parts
        .ledger()
        .find_customer(&tenant, &CustomerId::new(login_id))
        .await?;
    found.with_context(|| format!("the demo bank `{tenant}` has no customer `{login_id}`"))
}

/// Makes one change.
pub(super) async fn run(
    parts: &Parts,
    tenant: &str,
    login_id: &str,
    change: &str,
) -> anyhow::Result<()> {
    let customer = customer(parts, tenant, login_id).await?;
    match change.split_once('=') {
        Some(("password", password)) if !password.is_empty() => {
            let password = Password::new(password);
            Ok(parts.seeder().change_password(customer, &password).await?)
        }
        Some(("certificate", how)) => {
            certificates::change(parts, &customer.tenant, login_id, how).await
        }
        Some(("otp", how)) => {
            let stands = match how {
                "unregistered" => true,
                "registered" => false,
                _ => bail!("an OTP can be `unregistered` or `registered`"),
            };
            let unregistered = Hurdle::OneTimePasswordUnregistered;
            hurdle(parts, customer, unregistered, stands).await
        }
        Some(("privilege", what)) => privilege(parts, customer, what).await,
        Some(("debit", what)) => debit(parts, customer, what).await,
        Some(("permit", word)) => hurdle(parts, customer, known(word)?, false).await,
        Some(("hurdle", what)) => {
            let (stands, word) = match what.strip_prefix('-') {
                Some(word) => (false, word),
                None => (true, what.trim_start_matches('+')),
            };
            hurdle(parts, customer, known(word)?, stands).await
        }
        None if change == "unlock" => unlock(parts, &customer).await,
        Some(_) | None => bail!("cannot set `{change}`\n\nhint: {KNOWN}"),
    }
}

fn known(word: &str) -> anyhow::Result<Hurdle> {
    serde_json::from_value(word.into())
        .with_context(|| format!("`{word}` is no hurdle; one is `password_expired`"))
}

async fn hurdle(
    parts: &Parts,
    mut customer: LedgerCustomer,
    hurdle: Hurdle,
    stands: bool,
) -> anyhow::Result<()> {
    if stands {
        customer.hurdles.insert(hurdle);
    } else {
        customer.hurdles.remove(&hurdle);
    }
    Ok(parts.ledger().save_customer(customer).await?)
}

/// What the bank's administrator does: `balances:granted`.
async fn privilege(parts: &Parts, mut customer: LedgerCustomer, what: &str) -> anyhow::Result<()> {
    let (scope, word) = what
        .split_once(':')
        .context("a privilege is written `<scope>:<none|granted|approver>`")?;
    let scope = Scope::parse(scope)?;
    let privilege: Privilege = serde_json::from_value(word.into())
        .with_context(|| format!("`{word}` is no privilege; known: none, granted, approver"))?;
    customer.privileges.insert(scope.to_string(), privilege);
    Ok(parts.ledger().save_customer(customer).await?)
}

/// What goes wrong from now on when the customer's accounts are debited.
async fn debit(parts: &Parts, mut customer: LedgerCustomer, what: &str) -> anyhow::Result<()> {
    customer.debit_lever =
        match what {
            "fine" => None,
            "closed" => Some(DebitLever::Declined(Decline::Closed)),
            "hours" => Some(DebitLever::Declined(Decline::Hours)),
            "limit" => Some(DebitLever::Declined(Decline::Limit)),
            "short" => Some(DebitLever::Declined(Decline::Short)),
            lever => Some(serde_json::from_value(lever.into()).with_context(|| {
                format!("a debit cannot be `{lever}`\n\nhint: known are {DEBITS}")
            })?),
        };
    Ok(parts.ledger().save_customer(customer).await?)
}

async fn unlock(parts: &Parts, customer: &LedgerCustomer) -> anyhow::Result<()> {
    let tenant = &customer.tenant;
    let mut keys = vec![
        AttemptKey::password(tenant, &customer.identifiers),
        AttemptKey::approval(tenant, &customer.id),
    ];
    keys.extend(Factor::ALL.map(|factor| AttemptKey::factor(tenant, factor, &customer.id)));
    for kept in parts.ledger().accounts(tenant, &customer.id).await? {
        keys.push(AttemptKey::inquiry_pin(
            tenant,
            &customer.id,
            &kept.account.id,
        ));
    }
    let changes = keys.into_iter().map(Change::AttemptsCleared).collect();
    parts
        .store
        .commit(Commit {
            changes,
            events: Vec::new(),
        })
        .await?;
    Ok(())
}

const KNOWN: &str = "known are `password=…`, `certificate=revoked|renewed`, \
    `otp=unregistered|registered`, `privilege=<scope>:none|granted|approver`, `hurdle=+<word>`, \
    `hurdle=-<word>` or `permit=<word>` (takes it away), `debit=…` and `unlock`";
const DEBITS: &str = "`fine`; `closed`, `hours`, `limit`, `short` (declined); `timeout_before`, \
    `timeout_before_once`, `timeout_after`, `silent`";
