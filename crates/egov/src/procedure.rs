//! Procedures (手続): what an application can be made for. Files under `egov/procedures/`, one each;
//! whoever knows YAML reads them into [`ProcedureFile`] and hands all of them to [`Procedures::new`].

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::number::{FormId, MinistryId, ProcedureId};
use crate::script::Script;

/// A procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    /// 手続ID, 16 letters and digits.
    pub id: ProcedureId,
    /// 手続名称, as it is told.
    pub name: String,
    /// Who examines it.
    pub ministry: Ministry,
    /// The forms an application may hold.
    pub forms: Vec<Form>,
    /// The attachments it asks for.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// Whether a 提出先 must be named.
    #[serde(default)]
    pub destination_required: bool,
    /// The 提出先 that can be named; empty when any can.
    #[serde(default)]
    pub destinations: Vec<Destination>,
    /// Whether and how an application is withdrawn.
    #[serde(default)]
    pub withdrawal: WithdrawalKind,
    /// 補正申請可: whether a correction can be asked for and sent.
    #[serde(default)]
    pub correction: bool,
    /// Who takes its fees; without it none can be charged.
    #[serde(default)]
    pub facility: Option<Facility>,
    /// What happens by itself, on sandbox deployments only.
    #[serde(default)]
    pub scripts: Vec<Script>,
}

/// What one file holds: one procedure, or several of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProcedureFile {
    /// The procedures.
    pub procedures: Vec<Procedure>,
}

/// A ministry (受付行政機関).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ministry {
    /// 受付行政機関ID, 6 digits.
    pub id: MinistryId,
    /// Its name.
    pub name: String,
}

/// A form (申請書様式).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// 申請書様式ID, 18 letters and digits.
    pub id: FormId,
    /// 申請書様式バージョン, 4 digits.
    #[schemars(regex(pattern = "^[0-9]{4}$"))]
    pub version: String,
    /// 申請書様式名称.
    pub name: String,
}

/// An attachment (添付書類).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// 添付書類名称.
    pub name: String,
    /// Whether an application without it is refused.
    #[serde(default)]
    pub required: bool,
}

/// A 提出先.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Destination {
    /// 提出先識別子.
    pub id: String,
    /// 提出先名称.
    pub name: String,
}

/// Who takes the fees of a procedure (収納機関).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Facility {
    /// 収納機関番号, 5 digits.
    #[schemars(regex(pattern = "^[0-9]{5}$"))]
    pub number: String,
    /// Its name.
    pub name: String,
    /// `PayNameKana`: what a fee is for, in kana.
    pub pay_name_kana: String,
}

/// Whether and how an application is withdrawn: `WithdrawType`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WithdrawalKind {
    /// Not at all.
    #[default]
    None,
    /// By 取下げ依頼.
    Request,
    /// By 取下げ申請.
    Application,
}

impl WithdrawalKind {
    /// The digit on the wire.
    pub const fn digit(self) -> &'static str {
        match self {
            Self::None => "0",
            Self::Request => "1",
            Self::Application => "2",
        }
    }
}

impl Procedure {
    /// A form by its id and version.
    pub fn form(&self, id: &str, version: &str) -> Option<&Form> {
        self.forms
            .iter()
            .find(|form| form.id.as_str() == id && form.version == version)
    }
}

/// Every procedure of a deployment.
#[derive(Clone, Debug, Default)]
pub struct Procedures(BTreeMap<ProcedureId, Arc<Procedure>>);

/// What is wrong with the procedures, beyond what the schema says.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProcedureTrouble {
    /// Two have one id.
    #[error("procedure {0} is there twice")]
    Doubled(ProcedureId),
    /// A script charges a fee, but nobody takes it.
    #[error("procedure {0} has a script that charges a fee, but no facility")]
    FeeWithoutFacility(ProcedureId),
    /// One ministry has two names.
    #[error("ministry {0} has two names")]
    MinistryNames(MinistryId),
    /// No form.
    #[error("procedure {0} has no form")]
    NoForm(ProcedureId),
    /// A script where none may run.
    #[error("procedure {0} has a script, and this is no sandbox deployment")]
    ScriptOutsideSandbox(ProcedureId),
    /// A value does not have its form.
    #[error("procedure {0}: {1} does not have its form")]
    Value(ProcedureId, &'static str),
}

impl Procedures {
    /// Checks them, and tells everything that is wrong at once. `sandbox`: whether scripts may run here.
    pub fn new(
        all: impl IntoIterator<Item = Procedure>,
        sandbox: bool,
    ) -> Result<Self, Vec<ProcedureTrouble>> {
        let mut troubles = Vec::new();
        let mut kept = BTreeMap::new();
        let mut ministries: BTreeMap<MinistryId, String> = BTreeMap::new();
        for procedure in all {
            troubles.extend(procedure.troubles(sandbox));
            let ministry = &procedure.ministry;
            let known = ministries
                .entry(ministry.id.clone())
                .or_insert_with(|| ministry.name.clone());
            if *known != ministry.name {
                troubles.push(ProcedureTrouble::MinistryNames(ministry.id.clone()));
            }
            if let Some(other) = kept.insert(procedure.id.clone(), Arc::new(procedure)) {
                troubles.push(ProcedureTrouble::Doubled(other.id.clone()));
            }
        }
        if troubles.is_empty() {
            Ok(Self(kept))
        } else {
            Err(troubles)
        }
    }

    /// One procedure.
    pub fn find(&self, id: &ProcedureId) -> Option<&Arc<Procedure>> {
        self.0.get(id)
    }

    /// All, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Procedure>> {
        self.0.values()
    }

    /// The ministries, by id.
    pub fn ministries(&self) -> BTreeMap<&MinistryId, &str> {
        self.iter()
            .map(|one| (&one.ministry.id, one.ministry.name.as_str()))
            .collect()
    }
}

impl Procedure {
    fn troubles(&self, sandbox: bool) -> Vec<ProcedureTrouble> {
        let id = || self.id.clone();
        let mut troubles = Vec::new();
        if self.forms.is_empty() {
            troubles.push(ProcedureTrouble::NoForm(id()));
        }
        if !self.forms.iter().all(|form| is_digits(&form.version, 4)) {
            troubles.push(ProcedureTrouble::Value(id(), "the version of a form"));
        }
        if self.name.trim().is_empty() {
            troubles.push(ProcedureTrouble::Value(id(), "its name"));
        }
        match &self.facility {
            Some(facility) if !is_digits(&facility.number, 5) => {
                troubles.push(ProcedureTrouble::Value(id(), "the number of its facility"));
            }
            None if self.scripts.iter().any(Script::charges) => {
                troubles.push(ProcedureTrouble::FeeWithoutFacility(id()));
            }
            _ => {}
        }
        if !sandbox && !self.scripts.is_empty() {
            troubles.push(ProcedureTrouble::ScriptOutsideSandbox(id()));
        }
        troubles
    }
}

fn is_digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
}
