//! `renkei demo info`: addresses, clients and customers with their secrets.

use std::fmt::Write as _;

use renkei_bank::Card;
use renkei_core::account::AccountType;
use renkei_core::port::Store;
use renkei_oauth::client::ClientKind;
use serde::Serialize;

use super::demo_secret;
use crate::compose::{Parts, tenants};

/// What there is to try.
#[derive(Serialize)]
pub(crate) struct Info {
    base_url: String,
    app_url: String,
    tenants: Vec<TenantInfo>,
    clients: Vec<ClientInfo>,
    customers: Vec<CustomerInfo>,
}

#[derive(Serialize)]
struct TenantInfo {
    id: String,
    bank_code: String,
    name: String,
}

#[derive(Serialize)]
struct ClientInfo {
    client_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_secret: Option<String>,
    redirect_uris: Vec<String>,
    profile: String,
    scopes: Vec<String>,
}

#[derive(Serialize)]
struct CustomerInfo {
    tenant: String,
    login_id: String,
    password: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    transaction_password: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    matrix_card: Option<CardInfo>,
    name: String,
    accounts: Vec<AccountInfo>,
}

/// A 乱数表: its cells row by row.
#[derive(Serialize)]
struct CardInfo {
    serial: String,
    rows: Vec<Vec<String>>,
}

#[derive(Serialize)]
struct AccountInfo {
    id: String,
    branch_code: String,
    number: String,
    #[serde(rename = "type")]
    kind: AccountType,
    inquiry_pin: String,
}

/// Reads it all, as it is now.
pub(crate) async fn gather(parts: &Parts) -> anyhow::Result<Info> {
    let set = tenants(&parts.settings.tenants_dir)?;
    let mut info = Info {
        base_url: parts.settings.base_url.clone(),
        app_url: parts.settings.app_url.clone(),
        tenants: Vec::new(),
        clients: Vec::new(),
        customers: Vec::new(),
    };
    for loaded in set.iter().filter(|loaded| loaded.demo.is_some()) {
        let tenant = &loaded.tenant;
        info.tenants.push(TenantInfo {
            id: tenant.id.to_string(),
            bank_code: tenant.bank_code.clone(),
            name: tenant.name.ja.clone(),
        });
        info.customers.extend(customers(parts, &tenant.id).await?);
    }
    for record in parts.store.clients().await? {
        let client = record.client;
        let secret = demo_secret(parts, &client.id)?;
        // Only secrets that are still the demo's own can be told.
        let is_told = client.profile.rules().kind == ClientKind::Confidential
            && client.secret_digests.contains(&secret.digest());
        info.clients.push(ClientInfo {
            client_id: client.id.to_string(),
            client_secret: is_told.then(|| secret.expose().to_owned()),
            redirect_uris: client
                .redirect_uris
                .iter()
                .map(ToString::to_string)
                .collect(),
            profile: client.profile.as_str().to_owned(),
            scopes: client.scopes.iter().map(ToString::to_string).collect(),
        });
    }
    Ok(info)
}

async fn customers(
    parts: &Parts,
    tenant: &renkei_core::tenant::TenantId,
) -> anyhow::Result<Vec<CustomerInfo>> {
    let (ledger, seeder) = (parts.ledger(), parts.seeder());
    let mut list = Vec::new();
    for customer in ledger.customers(tenant).await? {
        let secrets = seeder.secrets(&customer)?;
        let card = seeder.card(&customer)?;
        let mut accounts = Vec::new();
        for kept in ledger.accounts(tenant, &customer.id).await? {
            accounts.push(AccountInfo {
                id: kept.account.id.to_string(),
                branch_code: kept.account.branch_code.clone(),
                number: kept.account.number.clone(),
                kind: kept.account.kind,
                inquiry_pin: seeder.inquiry_pin(&kept)?,
            });
        }
        list.push(CustomerInfo {
            tenant: tenant.to_string(),
            login_id: customer.login_id,
            password: secrets.password,
            question: customer.question,
            answer: secrets.answer,
            user_number: secrets.user_number,
            transaction_password: secrets.transaction_password,
            matrix_card: card.map(|card| card_info(&card)).transpose()?,
            name: customer.name,
            accounts,
        });
    }
    Ok(list)
}

fn card_info(card: &Card) -> anyhow::Result<CardInfo> {
    let mut rows = Vec::new();
    for row in 1..=Card::ROWS {
        let cells: Result<Option<Vec<_>>, _> = (1..=Card::COLUMNS)
            .map(|column| card.cell(row, column))
            .collect();
        rows.extend(cells?);
    }
    let serial = card.serial.clone();
    Ok(CardInfo { serial, rows })
}

/// A customer's card for people, as `columns` and `rows` name its cells.
pub(crate) fn card_table(
    card: &Card,
    columns: &[String],
    rows: &[String],
) -> anyhow::Result<String> {
    let info = card_info(card)?;
    let mut text = format!("{}\n", info.serial);
    let heads = columns.iter().map(String::as_str);
    let heads: Vec<_> = heads.take(usize::from(Card::COLUMNS)).collect();
    writeln!(text, "\t{}", heads.join("\t"))?;
    for (name, cells) in rows.iter().zip(&info.rows) {
        writeln!(text, "{name}\t{}", cells.join("\t"))?;
    }
    Ok(text.trim_end().to_owned())
}

/// The same for people.
pub(crate) fn table(info: &Info) -> String {
    let mut text = String::new();
    // Writing into a string does not fail.
    if write_table(info, &mut text).is_err() {
        text.clear();
    }
    text
}

fn write_table(info: &Info, text: &mut String) -> std::fmt::Result {
    writeln!(text, "Renkei      {}", info.base_url)?;
    writeln!(text, "Sample app  {}\n", info.app_url)?;
    for tenant in &info.tenants {
        writeln!(text, "{} {} ({})", tenant.bank_code, tenant.name, tenant.id)?;
    }
    writeln!(text, "\nCLIENT              PROFILE              SECRET")?;
    for client in &info.clients {
        let secret = client.client_secret.as_deref().unwrap_or("-");
        writeln!(
            text,
            "{:<19} {:<20} {secret}",
            client.client_id, client.profile
        )?;
    }
    writeln!(
        text,
        "\nLOGIN ID   PASSWORD     QUESTION -> ANSWER / ACCOUNTS (branch number pin)"
    )?;
    for customer in &info.customers {
        let question = customer.question.as_deref().unwrap_or("-");
        let answer = customer.answer.as_deref().unwrap_or("-");
        writeln!(
            text,
            "{:<10} {:<12} {question} -> {answer}",
            customer.login_id, customer.password
        )?;
        for (what, known) in [
            ("利用者番号", &customer.user_number),
            ("確認用パスワード", &customer.transaction_password),
        ] {
            if let Some(known) = known {
                writeln!(text, "{:24}{what} {known}", "")?;
            }
        }
        if let Some(card) = &customer.matrix_card {
            let (tenant, login_id) = (&customer.tenant, &customer.login_id);
            let serial = &card.serial;
            writeln!(
                text,
                "{:24}乱数表 {serial} (`renkei demo card {tenant} {login_id}`)",
                ""
            )?;
        }
        for account in &customer.accounts {
            let AccountInfo {
                branch_code,
                number,
                inquiry_pin,
                kind,
                ..
            } = account;
            let kind = kind.japanese();
            writeln!(
                text,
                "{:24}{branch_code} {kind} {number}  {inquiry_pin}",
                ""
            )?;
        }
    }
    Ok(())
}
