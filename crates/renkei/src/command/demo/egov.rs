//! The demo's e-Gov half: authorities, users, software, ministries' keys and staff, and what
//! `renkei demo info` tells of them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::Context;
use renkei_core::instant::Timestamp;
use renkei_core::seal::hex;
use renkei_core::secret::Password;
use renkei_core::totp;
use renkei_egov::number::{MinistryId, SoftwareId, StaffLogin};
use renkei_egov::operation::Operation;
use renkei_egov::port::PasswordHashes;
use renkei_egov::procedure::Procedures;
use renkei_egov::staff::{Enrolment, Invited, Role, TOTP};
use renkei_egov::user::Software;
use serde::Serialize;
use serde_json::Value;

use super::super::egov::software;
use super::super::staff::accounts;
use crate::compose::Parts;
use crate::demo_signers::{Names, Signer, kept_or_made};
use crate::ministry::{StaffHashes, Trusted, keep_key, procedures, put};

/// What there is to try.
#[derive(Serialize)]
pub(crate) struct EgovInfo {
    base_url: String,
    software: Vec<SoftwareInfo>,
    users: Vec<UserInfo>,
    trust_anchor: PathBuf,
    ministry_ca: PathBuf,
    staff: Vec<StaffInfo>,
    procedures: Vec<ProcedureInfo>,
}

#[derive(Serialize)]
struct SoftwareInfo {
    software_id: String,
    operations: Vec<&'static str>,
}

#[derive(Serialize)]
struct UserInfo {
    user_id: &'static str,
    certificate: PathBuf,
    key: PathBuf,
}

#[derive(Serialize)]
struct StaffInfo {
    login: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    password: Option<String>,
    totp_secret: String,
    roles: BTreeSet<Role>,
    ministries: BTreeSet<MinistryId>,
}

#[derive(Serialize)]
struct ProcedureInfo {
    id: String,
    name: String,
    ministry: Value,
    forms: Value,
    script: Value,
}

/// Makes what is missing.
pub(super) async fn seed(parts: &Parts) -> anyhow::Result<()> {
    if !parts.settings.egov.on {
        return Ok(());
    }
    let own = &parts.settings.egov;
    let all = procedures(&own.procedures_dir, own.sandbox)?;
    certificates(parts, &all)?;
    for (id, name, operations) in SOFTWARE {
        let id = SoftwareId::parse(id)?;
        if parts.egov().find_software(&id).await?.is_none() {
            let registered = Software {
                id,
                name: name.to_owned(),
                operations: operations.iter().copied().collect(),
                registered_at: parts.clock.now(),
                revoked_at: None,
            };
            software::save(parts, registered, "egov.software.saved").await?;
        }
    }
    let ministries: BTreeSet<MinistryId> = all.ministries().into_keys().cloned().collect();
    for (login, name, roles) in STAFF {
        enrolled(parts, login, name, roles, &ministries).await?;
    }
    Ok(())
}

fn certificates(parts: &Parts, all: &Procedures) -> anyhow::Result<()> {
    let (now, random) = (parts.clock.now(), &*parts.random);
    let root = &parts.settings.egov.folder;
    let folder = root.join(DEMO);
    let authority = kept_or_made(&folder, APPLICANTS_CA, APPLICANTS, None, now, random)?;
    put(
        &Trusted::Applicants.folder(root),
        "demo.pem",
        &authority.pem()?,
    )?;
    for (user, names) in USERS {
        kept_or_made(&folder, user, names, Some(&authority), now, random)?;
    }
    let authority = kept_or_made(&folder, MINISTRIES_CA, MINISTRIES, None, now, random)?;
    put(
        &Trusted::Ministries.folder(root),
        "demo.pem",
        &authority.pem()?,
    )?;
    for (ministry, name) in all.ministries() {
        if root.join("keys").join(format!("{ministry}.pem")).exists() {
            continue;
        }
        let signer = of_ministry(parts, &folder, ministry, name, &authority)?;
        let chain = [signer.pem()?, authority.pem()?].concat();
        keep_key(
            root,
            ministry,
            &signer.key_pem()?,
            &chain,
            &parts.keyring,
            random,
        )?;
    }
    Ok(())
}

fn of_ministry<'a>(
    parts: &Parts,
    folder: &std::path::Path,
    ministry: &'a MinistryId,
    name: &'a str,
    authority: &Signer<'_>,
) -> anyhow::Result<Signer<'a>> {
    let names = Names {
        organization: "Japanese Government (demonstration)",
        unit: "Ministry",
        common_name: ministry.as_str(),
        japanese: ["日本国政府（架空）", name, "官職証明書（デモ）"],
    };
    let (now, random) = (parts.clock.now(), &*parts.random);
    kept_or_made(
        folder,
        ministry.as_str(),
        names,
        Some(authority),
        now,
        random,
    )
}

/// An account whose password and authenticator are set already.
async fn enrolled(
    parts: &Parts,
    login: &str,
    name: &str,
    roles: &[Role],
    ministries: &BTreeSet<MinistryId>,
) -> anyhow::Result<()> {
    let login = StaffLogin::parse(login)?;
    let store = parts.egov();
    let found = store.find_staff(&login).await?;
    if found.is_some_and(|account| account.password.is_some()) {
        return Ok(());
    }
    let hashes = StaffHashes(parts.hasher.clone());
    let accounts = accounts(parts, &*store, &hashes);
    let now = parts.clock.now();
    let invited = Invited {
        login: login.clone(),
        name: name.to_owned(),
        roles: roles.iter().copied().collect(),
        ministries: ministries.clone(),
        by: None,
    };
    let token = accounts.invite(invited, now).await?;
    let found = accounts.enrolling(token.expose(), now).await?;
    let (_, secret) = found.context("an enrolment link is dead at birth")?;
    // An earlier code, so that the one of this moment still opens the desk.
    let earlier = Timestamp::from_millis((now.seconds() - 60) * 1000);
    let code = totp::code_at(&secret, earlier)?;
    let password = Password::new(password_of(parts, &login)?);
    let done = accounts
        .enrol(token.expose(), &password, &code, now)
        .await?;
    anyhow::ensure!(
        done == Enrolment::Done,
        "the account could not be enrolled: {done:?}"
    );
    Ok(())
}

/// A demo password: the same at every call, another at every deployment.
fn password_of(parts: &Parts, login: &StaffLogin) -> anyhow::Result<String> {
    let login = login.as_str().as_bytes();
    let digest = parts.keyring.digest("demo.staff_password", &[login])?;
    Ok(hex(&digest).chars().take(PASSWORD_LENGTH).collect())
}

/// Reads it all, as it is now; none when the e-Gov half is off.
pub(super) async fn gather(parts: &Parts) -> anyhow::Result<Option<EgovInfo>> {
    if !parts.settings.egov.on {
        return Ok(None);
    }
    let own = &parts.settings.egov;
    let folder = std::path::absolute(own.folder.join(DEMO))?;
    let store = parts.egov();
    let hashes = StaffHashes(parts.hasher.clone());
    let mut staff = Vec::new();
    for account in store.staff().await? {
        // Only passwords that are still the demo's own can be told.
        let password = password_of(parts, &account.login)?;
        let hash = account.password.as_deref();
        let typed = Password::new(password.clone());
        let is_told = hash.is_some() && hashes.verify(&typed, hash).await?;
        if !STAFF
            .iter()
            .any(|(login, ..)| *login == account.login.as_str())
        {
            continue;
        }
        staff.push(StaffInfo {
            login: account.login.to_string(),
            password: is_told.then_some(password),
            totp_secret: parts.keyring.open(TOTP, &account.totp)?.to_string(),
            roles: account.roles,
            ministries: account.ministries,
        });
    }
    let softwares = store.softwares().await?;
    let live = softwares.into_iter().filter(|one| one.revoked_at.is_none());
    let all = procedures(&own.procedures_dir, own.sandbox)?;
    let mut told = Vec::new();
    for one in all.iter() {
        told.push(ProcedureInfo {
            id: one.id.to_string(),
            name: one.name.clone(),
            ministry: serde_json::to_value(&one.ministry)?,
            forms: serde_json::to_value(&one.forms)?,
            script: serde_json::to_value(&one.scripts)?,
        });
    }
    let users = USERS.iter().map(|(user_id, _)| UserInfo {
        user_id,
        certificate: folder.join(format!("{user_id}.pem")),
        key: folder.join(format!("{user_id}.key")),
    });
    Ok(Some(EgovInfo {
        base_url: parts.settings.base_url.clone(),
        software: live
            .map(|one| SoftwareInfo {
                software_id: one.id.to_string(),
                operations: one.operations.iter().map(|it| it.as_str()).collect(),
            })
            .collect(),
        users: users.collect(),
        trust_anchor: folder.join(format!("{APPLICANTS_CA}.pem")),
        ministry_ca: folder.join(format!("{MINISTRIES_CA}.pem")),
        staff,
        procedures: told,
    }))
}

/// The same for people.
pub(super) fn write_table(info: &EgovInfo, text: &mut String) -> std::fmt::Result {
    writeln!(text, "\ne-Gov       {}/shinsei/1/", info.base_url)?;
    writeln!(text, "Desk        {}/egov/desk", info.base_url)?;
    for one in &info.software {
        let count = one.operations.len();
        writeln!(text, "software    {} ({count} operations)", one.software_id)?;
    }
    for one in &info.users {
        writeln!(
            text,
            "user        {}  {}",
            one.user_id,
            one.certificate.display()
        )?;
    }
    for one in &info.staff {
        let password = one.password.as_deref().unwrap_or("-");
        writeln!(
            text,
            "staff       {:<10} {password}  otp {}",
            one.login, one.totp_secret
        )?;
    }
    writeln!(text, "procedures  {}", info.procedures.len())
}

const DEMO: &str = "demo";
const APPLICANTS_CA: &str = "applicants-ca";
const MINISTRIES_CA: &str = "ministries-ca";
const PASSWORD_LENGTH: usize = 20;
const APPLICANTS: Names<'_> = Names {
    organization: "Renkei demonstration",
    unit: "Applicants",
    common_name: "Demo Applicants CA",
    japanese: ["架空認証サービス", "", "デモ申請者認証局"],
};
const MINISTRIES: Names<'_> = Names {
    organization: "Japanese Government (demonstration)",
    unit: "",
    common_name: "Demo Government CA",
    japanese: ["日本国政府（架空）", "", "デモ官職認証局"],
};
const USERS: [(&str, Names<'_>); 3] = [
    (
        "DEMO0001",
        Names {
            organization: "Kakehashi Trading",
            unit: "Affairs",
            common_name: "Taro Shiken",
            japanese: ["かけはし商事", "総務部", "試験　太郎"],
        },
    ),
    (
        "DEMO0002",
        Names {
            organization: "Kakehashi Trading",
            unit: "Personnel",
            common_name: "Hanako Shiken",
            japanese: ["かけはし商事", "人事部", "試験　花子"],
        },
    ),
    (
        "DEMO0003",
        Names {
            organization: "Hidasan Mokuzai",
            unit: "",
            common_name: "Jiro Hidano",
            japanese: ["飛騨木材", "", "飛騨野　次郎"],
        },
    ),
];
const READING: &[Operation] = &[
    Operation::Login,
    Operation::Packages,
    Operation::Applications,
    Operation::Reference,
    Operation::AmendNotices,
    Operation::Notices,
    Operation::Document,
    Operation::Comment,
    Operation::Banks,
    Operation::Payments,
];
const SOFTWARE: [(&str, &str, &[Operation]); 2] = [
    ("KAKEHASHI-SHINSEI", "かけはし申請", Operation::ALL),
    ("KAKEHASHI-SHOUKAI", "かけはし照会（閲覧のみ）", READING),
];
const STAFF: [(&str, &str, &[Role]); 3] = [
    ("shinsa", "審査　一郎", &[Role::Examiner]),
    ("kessai", "決裁　幸子", &[Role::Approver, Role::Examiner]),
    (
        "kanri",
        "管理　三郎",
        &[Role::Administrator, Role::Approver, Role::Examiner],
    ),
];
