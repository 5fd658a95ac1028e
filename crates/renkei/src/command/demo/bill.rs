//! `renkei demo bill`: plays the authority that charges a fee, and the page that sends a browser to a
//! bank to pay it.

use anyhow::{Context, ensure};
use clap::Args;
use renkei_core::audit::Event;
use renkei_core::commit::{Change, Commit};
use renkei_core::payment::{
    BILL_LIVES_FOR, Bill as Issued, BillFormat, BillRecord, Fee, FeeKey, FeeState,
};
use renkei_core::port::{Random, Records, Store, random_256};
use renkei_core::seal::hex;
use renkei_core::tenant::TenantId;
use serde_json::{Value, json};
use time::macros::format_description;
use time::{Date, Duration};

use crate::compose::{Parts, tenants};

/// What is asked of `renkei demo bill`.
#[derive(Args)]
pub(crate) struct Bill {
    /// The bank.
    tenant: String,
    /// The amount in yen.
    #[arg(long, default_value_t = 10_000)]
    amount: i64,
    /// The last day to pay, `2026-12-05`; two weeks from now when it is left out.
    #[arg(long)]
    due: Option<String>,
    /// 納付番号 of a fee that was charged before; a new one is charged when it is left out.
    #[arg(long)]
    pay_number: Option<String>,
    /// A page with the form, to be opened in a browser, instead of JSON.
    #[arg(long)]
    html: bool,
}

pub(crate) async fn run(parts: &Parts, asked: &Bill) -> anyhow::Result<String> {
    ensure!(asked.amount > 0, "an amount is positive");
    let tenant = TenantId::parse(&asked.tenant)?;
    let banks = tenants(&parts.settings.tenants_dir)?;
    let loaded = banks.find(&tenant);
    let loaded = loaded.with_context(|| format!("there is no bank `{tenant}`"))?;
    ensure!(
        loaded.tenant.plans.payment.is_some(),
        "`{tenant}` takes no payments\n\nhint: its tenant.yaml has no plan `payment`"
    );
    let now = parts.clock.now();
    let (fee, mut changes) = fee(parts, asked).await?;
    let bill = Issued {
        fee: fee.key,
        confirm_number: fee.confirm_number,
        facility_name: "架空省 電子申請手数料収納センター".to_owned(),
        total_fee_yen: fee.total_fee_yen,
        pay_name_kana: "デンシシンセイテスウリヨウ".to_owned(),
        procedure_name: "架空の届出（デモ）".to_owned(),
        due: fee.due,
        tenant: tenant.clone(),
        issued_at: now,
        expires_at: now.plus(BILL_LIVES_FOR),
        nonce: hex(&random_256(&*parts.random)),
    };
    changes.push(Change::BillIssued(Box::new(BillRecord::unopened(&bill))));
    let event = Event {
        at: now,
        tenant: Some(tenant.clone()),
        journey: None,
        name: "bill.issued".to_owned(),
        detail: json!({ "fee": bill.fee, "bill": bill.nonce }),
    };
    let commit = Commit {
        changes,
        events: vec![event],
    };
    parts.store.commit(commit).await?;
    let sealed = parts.keyring.sealed(&bill, &*parts.random)?;
    let action = format!("{}/{tenant}/mpn/ilink", parts.settings.base_url);
    if asked.html {
        return Ok(page(&action, &bill, &sealed));
    }
    let told: Value = json!({
        "action": action,
        "form": { "skno": bill.fee.facility_number, "bptn": "01", "bill": sealed },
        "pay_number": bill.fee.pay_number, "confirm_number": bill.confirm_number,
        "amount_yen": bill.total_fee_yen, "due": bill.due.to_string(), "nonce": bill.nonce,
    });
    Ok(serde_json::to_string_pretty(&told)?)
}

/// The fee, and what charges it when it is new.
async fn fee(parts: &Parts, asked: &Bill) -> anyhow::Result<(Fee, Vec<Change>)> {
    if let Some(number) = &asked.pay_number {
        let found = parts.store.find_fee(&key(number.clone())).await?;
        let fee = found.with_context(|| format!("there is no demo fee `{number}`"))?;
        return Ok((fee, Vec::new()));
    }
    let due = if let Some(day) = &asked.due {
        Date::parse(day, format_description!("[year]-[month]-[day]"))
            .context("a day is written 2026-12-05")?
    } else {
        let today = parts.clock.now().japan_date();
        today.saturating_add(Duration::days(14))
    };
    let fee = Fee {
        key: key(digits(&*parts.random, 16)),
        confirm_number: digits(&*parts.random, 6),
        total_fee_yen: asked.amount,
        due,
        state: FeeState::Waiting,
    };
    let charged = Change::FeeCharged(Box::new(fee.clone()));
    Ok((fee, vec![charged]))
}

/// The number of the demo's authority, which is nobody's.
fn key(pay_number: String) -> FeeKey {
    FeeKey {
        facility_number: "99999".to_owned(),
        pay_number,
    }
}

fn digits(random: &dyn Random, count: usize) -> String {
    let mut bytes = vec![0; count];
    random.fill(&mut bytes);
    let digit = |byte: &u8| char::from(b'0' + byte % 10);
    bytes.iter().map(digit).collect()
}

/// Nothing in it needs to be escaped: digits, base64, and an address of ours.
fn page(action: &str, bill: &Issued, sealed: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"ja\">\n<meta charset=\"utf-8\">\n<title>電子納付（デモ）</title>\n\
         <form method=\"post\" action=\"{action}\">\n\
         <input type=\"hidden\" name=\"skno\" value=\"{}\">\n\
         <input type=\"hidden\" name=\"bptn\" value=\"01\">\n\
         <input type=\"hidden\" name=\"bill\" value=\"{sealed}\">\n\
         <button id=\"continue\">金融機関のサイトへ進む</button>\n</form>",
        bill.fee.facility_number
    )
}
