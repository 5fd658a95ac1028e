//! `renkei demo token`: the customer's camera token. It shows whose code it has read, so that they can
//! compare, and the one-time password of now.

use anyhow::{Context, bail};
use renkei_bank::code_at;
use renkei_core::port::LedgerCustomer;

use crate::compose::{Parts, tenants};

/// What the token shows for what a code says.
pub(super) async fn read(parts: &Parts, code: &str) -> anyhow::Result<String> {
    let [contract, user, nonce] = *code.trim().split(',').collect::<Vec<_>>() else {
        bail!("a code says `contract_number,user_id,nonce`");
    };
    if nonce.is_empty() {
        bail!("the code has no nonce");
    }
    let customer = holder(parts, contract, user).await?;
    let secret = parts.seeder().factors(&customer)?.otp_secret;
    let secret = secret.context("this customer has no token")?;
    let password = code_at(&secret, parts.clock.now())?;
    Ok(format!("{contract}\n{user}\n{password}"))
}

async fn holder(parts: &Parts, contract: &str, user: &str) -> anyhow::Result<LedgerCustomer> {
    let ledger = parts.ledger();
    for loaded in tenants(&parts.settings.tenants_dir)?.iter() {
        let is_holder = |customer: &LedgerCustomer| {
            let who = &customer.identifiers;
            let is = |id: &str, value: &str| who.get(id).is_some_and(|own| own == value);
            is("contract_number", contract) && is("user_id", user)
        };
        let customers = ledger.customers(&loaded.tenant.id).await?;
        if let Some(customer) = customers.into_iter().find(is_holder) {
            return Ok(customer);
        }
    }
    bail!("nobody has the contract number {contract} and the user ID {user}")
}
