//! `renkei demo certificates`: what a browser needs to try client certificates with.

use std::path::Path;

use anyhow::{Context, bail};
use renkei_core::account::CustomerId;
use renkei_core::demo::DemoCustomer;
use renkei_core::tenant::TenantId;
use renkei_tenant::{Certificates, LoadedTenant};

use crate::compose::{Parts, tenants};
use crate::demo_authority::{Card, DemoAuthority, Flaw, PASSPHRASE};

/// One `.p12` to try.
struct Offer {
    tenant: String,
    who: String,
    what: &'static str,
    card: Card,
}

/// Makes what is missing, and tells how to try it.
pub(super) async fn run(parts: &Parts) -> anyhow::Result<String> {
    let folder = &parts.settings.certificate.folder;
    let authority = DemoAuthority::open(folder, parts.clock.now(), &*parts.random)?;
    let mut offers = Vec::new();
    let mut hosts = Vec::new();
    for loaded in tenants(&parts.settings.tenants_dir)?.iter() {
        let Some(section) = loaded.certificates.as_ref().filter(|own| own.is_demo) else {
            continue;
        };
        authority.server(&section.host)?;
        hosts.push(format!("{}  {}", loaded.tenant.id, address(parts, section)));
        offers.extend(of_customers(parts, &authority, loaded, section).await?);
    }
    Ok(told(&hosts, &offers, &authority.root(), parts))
}

async fn of_customers(
    parts: &Parts,
    authority: &DemoAuthority<'_>,
    loaded: &LoadedTenant,
    section: &Certificates,
) -> anyhow::Result<Vec<Offer>> {
    let tenant = &loaded.tenant.id;
    let customers = loaded.demo.iter().flat_map(|demo| &demo.customers);
    let holders: Vec<&DemoCustomer> = customers.filter(|customer| customer.certificate).collect();
    let mut offers = Vec::new();
    let offer = |who: &str, what, card| Offer {
        tenant: tenant.to_string(),
        who: who.to_owned(),
        what,
        card,
    };
    for customer in &holders {
        let subject = common_name(section, customer);
        let card = authority.customer(&file(tenant, customer), &subject)?;
        note(parts, tenant, customer, &card).await?;
        offers.push(offer(&customer.login_id, "in order", card));
    }
    let Some(first) = holders.first() else {
        return Ok(offers);
    };
    for flaw in Flaw::ALL {
        let name = format!("{tenant}-{}", flaw.word());
        let (who, subject) = match flaw {
            Flaw::Nobody => ("-", of_nobody(section)),
            _ => (first.login_id.as_str(), common_name(section, first)),
        };
        let card = authority.flawed(&name, &subject, flaw)?;
        offers.push(offer(who, flaw.word(), card));
    }
    Ok(offers)
}

/// Writes into the bank's books which certificate a customer holds; another one than before is a new
/// credential.
async fn note(
    parts: &Parts,
    tenant: &TenantId,
    customer: &DemoCustomer,
    card: &Card,
) -> anyhow::Result<()> {
    let ledger = parts.ledger();
    let id = CustomerId::new(&customer.login_id);
    let kept = ledger.find_customer(tenant, &id).await?;
    let mut kept = kept.context("the demo bank is not begun yet\n\nhint: `renkei demo seed`")?;
    if kept.certificate.as_ref() != Some(&card.serial) {
        if kept.certificate.replace(card.serial.clone()).is_some() {
            kept.credential_version += 1;
        }
        ledger.save_customer(kept).await?;
    }
    Ok(())
}

/// Revokes a customer's certificate, or gives them the next one.
pub(super) async fn change(
    parts: &Parts,
    tenant: &TenantId,
    login_id: &str,
    how: &str,
) -> anyhow::Result<()> {
    let set = tenants(&parts.settings.tenants_dir)?;
    let loaded = set.find(tenant).context("there is no such bank")?;
    let section = loaded.certificates.as_ref().filter(|own| own.is_demo);
    let section = section.context("this bank takes no certificates of the demo authority")?;
    let mut customers = loaded.demo.iter().flat_map(|demo| &demo.customers);
    let customer = customers
        .find(|customer| customer.certificate && customer.login_id == login_id)
        .context("this customer has no certificate")?;
    let folder = &parts.settings.certificate.folder;
    let authority = DemoAuthority::open(folder, parts.clock.now(), &*parts.random)?;
    let (name, subject) = (file(tenant, customer), common_name(section, customer));
    match how {
        "revoked" => authority.revoke(&authority.customer(&name, &subject)?.serial),
        "renewed" => {
            let card = authority.renewed(&name, &subject)?;
            note(parts, tenant, customer, &card).await
        }
        _ => bail!("a certificate can be `revoked` or `renewed`"),
    }
}

/// The name of a customer's files.
fn file(tenant: &TenantId, customer: &DemoCustomer) -> String {
    format!("{tenant}-{}", customer.login_id)
}

/// The common name, as the tenant's file reads it.
fn common_name(section: &Certificates, customer: &DemoCustomer) -> String {
    let value = |name: &str| customer.identifiers.get(name).unwrap_or(&customer.login_id);
    written(section, &customer.login_id, |name| value(name).clone())
}

fn of_nobody(section: &Certificates) -> String {
    written(section, "nobody", |_| "nobody".to_owned())
}

fn written(section: &Certificates, alone: &str, value: impl Fn(&str) -> String) -> String {
    let names = &section.authority.subject.common_name;
    if names.is_empty() {
        return alone.to_owned();
    }
    let part = |name: &String| match name.as_str() {
        "_" => ISSUED_ON.to_owned(),
        name => value(name),
    };
    names.iter().map(part).collect::<Vec<_>>().join(" ")
}

/// Where a bank's customers are asked for a certificate.
fn address(parts: &Parts, section: &Certificates) -> String {
    let port = parts.settings.certificate.public_port();
    match port {
        443 => format!("https://{}", section.host),
        port => format!("https://{}:{port}", section.host),
    }
}

fn told(hosts: &[String], offers: &[Offer], root: &Path, parts: &Parts) -> String {
    if offers.is_empty() {
        return "no demo bank has customers with a certificate".to_owned();
    }
    let mut lines = vec!["client certificates are asked for at".to_owned()];
    lines.extend(hosts.iter().map(|host| format!("  {host}")));
    if parts.settings.certificate.listen.is_empty() {
        lines.push("  (the listener is off: set `certificate.listen`)".to_owned());
    }
    lines.push(format!("\nto import, with the passphrase {PASSPHRASE}"));
    for one in offers {
        let (tenant, who, what) = (&one.tenant, &one.who, one.what);
        let path = one.card.p12.display();
        lines.push(format!("  {tenant:10} {who:12} {what:16} {path}"));
    }
    lines.push(String::new());
    lines.push(HOW_TO.replace("{root}", &root.display().to_string()));
    lines.join("\n")
}

const HOW_TO: &str = "\
how to try
  Chrome, Edge on Linux   chrome://settings/certificates > your certificates > import the .p12
  Chrome, Edge on Windows double-click the .p12, store it under \"Personal\"
  Firefox                 settings > privacy > view certificates > your certificates > import
  macOS (Safari, Chrome)  double-click the .p12: it goes into the login keychain
  The server's own certificate comes from the demo authority: go on past the browser's warning, or let
  the browser trust {root}, and take that back when you are done.
  Chrome, Edge and Firefox find *.localhost by themselves. Elsewhere the hosts file needs a line
  \"127.0.0.1 <host>\". For another certificate close every window of the browser first.";

/// The date in a common name; fixed, so that a certificate stays the same tomorrow.
const ISSUED_ON: &str = "20260401";
