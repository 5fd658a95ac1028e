//! `renkei demo info`: addresses, clients and customers with their secrets.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

use renkei_core::account::AccountType;
use renkei_core::port::{Hurdle, Privilege, Store};
use renkei_oauth::client::ClientKind;
use serde::Serialize;

use super::demo_secret;
use crate::compose::{Parts, tenants};
use crate::demo_authority::{self, PASSPHRASE};

/// What there is to try.
#[derive(Serialize)]
pub(crate) struct Info {
    base_url: String,
    app_url: String,
    tenants: Vec<TenantInfo>,
    clients: Vec<ClientInfo>,
    customers: Vec<CustomerInfo>,
    #[serde(skip_serializing_if = "Option::is_none")]
    egov: Option<super::egov::EgovInfo>,
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
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<String>,
    /// What is typed beside the password where a bank asks for something else than a login id, by the
    /// names of its fields: `contract_number`, `user_id`, `branch_code` …
    #[serde(flatten)]
    identifiers: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    otp_secret: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    transaction_password: Option<String>,
    /// The serial number of the 乱数表.
    #[serde(skip_serializing_if = "Option::is_none")]
    matrix_card: Option<String>,
    /// The `.p12`, when `renkei demo certificates` has made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate_serial: Option<String>,
    /// The passphrase of the `.p12`.
    #[serde(skip_serializing_if = "Option::is_none")]
    passphrase: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    hurdles: BTreeSet<Hurdle>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    privileges: BTreeMap<String, Privilege>,
    accounts: Vec<AccountInfo>,
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
        egov: super::egov::gather(parts).await?,
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
        let (password, answer) = seeder.secrets(&customer)?;
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
        let factors = seeder.factors(&customer)?;
        let certificate = demo_authority::of_customer(
            &parts.settings.certificate.folder,
            &format!("{tenant}-{}", customer.id.as_str()),
        );
        let mut identifiers = customer.identifiers;
        identifiers.retain(|name, _| name != "login_id");
        list.push(CustomerInfo {
            tenant: tenant.to_string(),
            login_id: customer.id.as_str().to_owned(),
            password,
            identifiers,
            question: customer.question,
            answer,
            name: customer.name,
            class: customer.class,
            user_number: factors.user_number,
            otp_secret: factors.otp_secret,
            transaction_password: factors.transaction_password,
            matrix_card: factors.matrix_card,
            passphrase: certificate.is_some().then_some(PASSPHRASE),
            certificate,
            certificate_serial: customer.certificate,
            phone: customer.phone,
            hurdles: customer.hurdles,
            privileges: customer.privileges,
            accounts,
        });
    }
    Ok(list)
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
        for (name, value) in customer.factors() {
            writeln!(text, "{:24}{name} {value}", "")?;
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
    match &info.egov {
        Some(egov) => super::egov::write_table(egov, text),
        None => Ok(()),
    }
}

impl CustomerInfo {
    /// What the customer has besides the password, by name.
    fn factors(&self) -> Vec<(String, String)> {
        let words = |words: Vec<String>| (!words.is_empty()).then(|| words.join(" "));
        let hurdles = self.hurdles.iter().map(word);
        let privileges = self.privileges.iter();
        let privileges =
            privileges.map(|(scope, privilege)| format!("{scope}:{}", word(privilege)));
        let path = self.certificate.as_ref();
        let path = path.map(|path| format!("{} ({PASSPHRASE})", path.display()));
        let identifiers = self.identifiers.iter();
        let identifiers = identifiers.map(|(name, value)| (name.replace('_', " "), value.clone()));
        let others = [
            ("class", self.class.clone()),
            ("user number", self.user_number.clone()),
            ("otp secret", self.otp_secret.clone()),
            ("transaction password", self.transaction_password.clone()),
            ("matrix card", self.matrix_card.clone()),
            ("certificate", path),
            ("phone", self.phone.clone()),
            ("hurdles", words(hurdles.collect())),
            ("privileges", words(privileges.collect())),
        ];
        let others = others
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value?)));
        identifiers.chain(others).collect()
    }
}

/// The word of a closed vocabulary, as `demo set` takes it.
fn word(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}
