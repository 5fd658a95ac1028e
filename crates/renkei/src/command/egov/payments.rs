//! `renkei egov payments`

use clap::Args;
use renkei_core::payment::{Payment, PaymentState};
use renkei_core::port::Store;
use serde_json::{Value, json};

use super::super::say;
use crate::compose::Parts;

/// What is asked of `renkei egov payments`.
#[derive(Args)]
pub(crate) struct Payments {
    /// Only those about which the bank was asked without a definite answer; without it also those whose
    /// first answer is awaited.
    #[arg(long)]
    in_doubt: bool,
    /// For machines: one JSON object a line.
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(asked: &Payments, parts: &Parts) -> anyhow::Result<()> {
    let open = parts.store.open_payments().await?;
    let is_meant =
        |one: &&Payment| !asked.in_doubt || matches!(one.state, PaymentState::InDoubt { .. });
    for payment in open.iter().filter(is_meant) {
        let told = told(payment);
        if asked.json {
            say(&told.to_string());
        } else {
            let word = |name: &str| match told.get(name) {
                Some(Value::String(text)) => text.clone(),
                Some(other) => other.to_string(),
                None => String::new(),
            };
            let words = [
                "payment",
                "tenant",
                "facility_number",
                "pay_number",
                "amount_yen",
                "state",
                "confirmed_at",
                "asked",
            ];
            say(&words.map(word).join("  "));
        }
    }
    Ok(())
}

/// Nothing of the customer: whoever looks into it asks the bank by the payment's id.
fn told(payment: &Payment) -> Value {
    let (since, asked, resent) = match payment.state {
        PaymentState::InDoubt {
            since,
            asked,
            resent,
        } => (Some(since.rfc3339()), asked, resent),
        _ => (None, 0, false),
    };
    json!({
        "payment": payment.id,
        "tenant": payment.tenant,
        "facility_number": payment.fee.facility_number,
        "pay_number": payment.fee.pay_number,
        "amount_yen": payment.receipt.bill.total_fee_yen,
        "state": payment.state.as_str(),
        "confirmed_at": payment.at.rfc3339(),
        "in_doubt_since": since,
        "asked": asked,
        "resent": resent,
        "next_ask_at": payment.next_ask_at.map(renkei_core::instant::Timestamp::rfc3339),
    })
}
