//! `renkei staff`

use anyhow::{Context, ensure};
use clap::{Args, Subcommand, ValueEnum};
use renkei_core::attempt::AttemptKey;
use renkei_core::audit::Event;
use renkei_core::commit as core;
use renkei_egov::commit::{Change, Commit};
use renkei_egov::number::{MinistryId, StaffLogin};
use renkei_egov::staff::{Accounts, Invited, Role};
use serde_json::json;

use super::say;
use crate::compose::Parts;
use crate::ministry::StaffHashes;

#[derive(Subcommand)]
pub(crate) enum Staff {
    /// Make an account, or set one back to its beginning; prints a one-time link at which password and
    /// authenticator are set.
    Add(New),
    /// List accounts.
    List {
        /// For machines: one JSON object a line.
        #[arg(long)]
        json: bool,
    },
    /// End the lock of an account after too many wrong attempts.
    Unlock {
        /// Its login.
        login: String,
    },
}

#[derive(Args)]
pub(crate) struct New {
    /// The name to log in with.
    login: String,
    /// The person's name.
    #[arg(long)]
    name: String,
    /// What they may do; once for each role.
    #[arg(long = "role", required = true)]
    roles: Vec<RoleWord>,
    /// 受付行政機関ID of a ministry whose applications they see; once for each.
    #[arg(long = "ministry")]
    ministries: Vec<String>,
}

#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
enum RoleWord {
    Administrator,
    Approver,
    Examiner,
}

impl From<RoleWord> for Role {
    fn from(word: RoleWord) -> Self {
        match word {
            RoleWord::Administrator => Self::Administrator,
            RoleWord::Approver => Self::Approver,
            RoleWord::Examiner => Self::Examiner,
        }
    }
}

pub(crate) async fn run(staff: Staff, parts: &Parts) -> anyhow::Result<()> {
    match staff {
        Staff::Add(new) => add(new, parts).await,
        Staff::List { json } => list(parts, json).await,
        Staff::Unlock { login } => unlock(&login, parts).await,
    }
}

async fn add(new: New, parts: &Parts) -> anyhow::Result<()> {
    let ministries: Result<_, _> = new
        .ministries
        .iter()
        .map(|id| MinistryId::parse(id))
        .collect();
    let invited = Invited {
        login: StaffLogin::parse(&new.login)?,
        name: new.name,
        roles: new.roles.into_iter().map(Role::from).collect(),
        ministries: ministries?,
        by: None,
    };
    let sees_nothing = invited.ministries.is_empty();
    ensure!(
        !sees_nothing
            || invited
                .roles
                .iter()
                .all(|role| *role == Role::Administrator),
        "an examiner or approver belongs to a ministry\n\nhint: --ministry 100900"
    );
    let store = parts.egov();
    let hashes = StaffHashes(parts.hasher.clone());
    let accounts = accounts(parts, &*store, &hashes);
    let token = accounts.invite(invited, parts.clock.now()).await?;
    let base = &parts.settings.base_url;
    say(&format!("{base}/egov/desk/enrol/{}", token.expose()));
    eprintln!("the link works once, for 72 hours");
    Ok(())
}

/// The accounts of the desk.
pub(crate) fn accounts<'a>(
    parts: &'a Parts,
    store: &'a dyn renkei_egov::port::Store,
    hashes: &'a StaffHashes,
) -> Accounts<'a> {
    Accounts {
        store,
        records: &parts.store,
        hashes,
        keyring: &parts.keyring,
        random: &*parts.random,
    }
}

async fn list(parts: &Parts, as_json: bool) -> anyhow::Result<()> {
    for one in parts.egov().staff().await? {
        let roles: Vec<&str> = one.roles.iter().map(|role| role.as_str()).collect();
        let state = if one.disabled_at.is_some() {
            "disabled"
        } else if one.password.is_none() {
            "invited"
        } else {
            "enrolled"
        };
        say(&if as_json {
            json!({
                "login": one.login, "name": one.name, "roles": roles,
                "ministries": one.ministries, "state": state,
            })
            .to_string()
        } else {
            format!(
                "{:<16} {state:<9} {:<32} {}",
                one.login.as_str(),
                roles.join(","),
                one.name
            )
        });
    }
    Ok(())
}

async fn unlock(login: &str, parts: &Parts) -> anyhow::Result<()> {
    let login = StaffLogin::parse(login)?;
    let store = parts.egov();
    let found = store.find_staff(&login).await?;
    found.with_context(|| format!("there is no account `{login}`"))?;
    let key = AttemptKey::staff(login.as_str());
    let event = Event {
        at: parts.clock.now(),
        tenant: None,
        journey: None,
        name: "staff.unlocked".to_owned(),
        detail: json!({ "staff": login, "by": null }),
    };
    let commit = Commit {
        changes: vec![Change::Core(core::Change::AttemptsCleared(key))],
        events: vec![event],
    };
    store.commit(commit).await?;
    Ok(())
}
