//! Makes the tables anew from the unpacked public package.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

/// The tables, as they are written into `data/zengin/`.
#[derive(Debug)]
pub struct Tables {
    /// Every bank.
    pub banks: String,
    /// The branches of the banks that were asked for.
    pub branches: String,
    /// Banks that were asked for and are not in the data.
    pub unknown: Vec<String>,
}

/// What was given is not the data.
#[derive(Debug, thiserror::Error)]
pub enum NotZenginData {
    /// The manifest is another's.
    #[error("the manifest is not that of the package `zengin-code`: {0}")]
    Manifest(String),
    /// The data cannot be read.
    #[error("the data cannot be read: {0}")]
    Data(#[from] serde_json::Error),
    /// The data is not a module of one value.
    #[error("the data does not begin with `module.exports =`")]
    Module,
    /// A cell could not be written into a table.
    #[error("bank {bank}: `{cell}` cannot stand in a table")]
    Cell {
        /// The bank.
        bank: String,
        /// What stands there.
        cell: String,
    },
    /// So few banks that something must be wrong.
    #[error("only {0} banks are in the data")]
    TooFew(usize),
}

#[derive(Deserialize)]
struct Manifest {
    name: String,
    version: String,
}

#[derive(Deserialize)]
struct SourceBank {
    #[serde(flatten)]
    names: Names,
    branches: BTreeMap<String, Names>,
}

#[derive(Deserialize)]
struct Names {
    code: String,
    name: String,
    kana: String,
    hira: String,
    roma: String,
}

/// Reads a package: its manifest (`package.json`) and its data (`lib/zengin-data.js`, JSON behind
/// `module.exports =`).
///
/// # Errors
/// The texts are not those of the package, or of a shape nobody knows.
pub fn tables(
    manifest: &str,
    data: &str,
    with_branches: &BTreeSet<String>,
) -> Result<Tables, NotZenginData> {
    let manifest: Manifest =
        serde_json::from_str(manifest).map_err(|e| NotZenginData::Manifest(e.to_string()))?;
    if manifest.name != PACKAGE {
        return Err(NotZenginData::Manifest(format!(
            "it is `{}`",
            manifest.name
        )));
    }
    let body = data.trim().strip_prefix("module.exports");
    let body = body.and_then(|rest| rest.trim_start().strip_prefix('='));
    let body = body.ok_or(NotZenginData::Module)?.trim();
    let all: BTreeMap<String, SourceBank> =
        serde_json::from_str(body.strip_suffix(';').unwrap_or(body))?;
    if all.len() < FEWEST {
        return Err(NotZenginData::TooFew(all.len()));
    }
    let release = format!("# {PACKAGE} {}\n", manifest.version);
    let mut banks = release.clone() + "# code\tname\tkana\thiragana\tromaji\n";
    let mut branches = release + "# bank\tcode\tname\tkana\thiragana\tromaji\n";
    for (code, bank) in &all {
        row(&mut banks, code, "", &bank.names)?;
        if with_branches.contains(code) {
            for branch in bank.branches.values() {
                row(&mut branches, code, &format!("{code}\t"), branch)?;
            }
        }
    }
    let unknown = with_branches.iter().filter(|code| !all.contains_key(*code));
    Ok(Tables {
        banks,
        branches,
        unknown: unknown.cloned().collect(),
    })
}

fn row(table: &mut String, bank: &str, before: &str, names: &Names) -> Result<(), NotZenginData> {
    let Names {
        code,
        name,
        kana,
        hira,
        roma,
    } = names;
    // A blank in a name is a full-width one, now and then alone at the end.
    let cells = [code, name, kana, hira, roma].map(|cell| cell.trim());
    if let Some(cell) = cells
        .iter()
        .find(|c| c.is_empty() || c.contains(char::is_control))
    {
        return Err(NotZenginData::Cell {
            bank: bank.to_owned(),
            cell: (*cell).to_owned(),
        });
    }
    table.push_str(before);
    table.push_str(&cells.join("\t"));
    table.push('\n');
    Ok(())
}

const PACKAGE: &str = "zengin-code";
/// Japan has more than a thousand institutions; a data set of fewer is a broken one.
const FEWEST: usize = 500;

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = r#"{"name":"zengin-code","version":"1.0.0-p20260824"}"#;

    fn data(count: usize) -> String {
        let bank = |n: usize| {
            format!(
                r#""{n:04}":{{"code":"{n:04}","name":"名{n}","kana":"カ","hira":"か","roma":"ka",
                "branches":{{"001":{{"code":"001","name":"本店","kana":"ホンテン","hira":"ほんてん","roma":"honten"}}}}}}"#
            )
        };
        let all: Vec<String> = (0..count).map(bank).collect();
        format!("module.exports = {{{}}};\n", all.join(","))
    }

    #[test]
    fn every_bank_and_the_wanted_branches_become_rows() {
        let wanted = ["0007", "9999"].map(str::to_owned).into();
        let tables = tables(MANIFEST, &data(600), &wanted).unwrap();
        assert_eq!(tables.banks.lines().count(), 602);
        assert!(tables.banks.starts_with("# zengin-code 1.0.0-p20260824\n"));
        assert!(tables.banks.contains("\n0012\t名12\tカ\tか\tka\n"));
        let rows: Vec<&str> = tables.branches.lines().skip(2).collect();
        assert_eq!(rows, ["0007\t001\t本店\tホンテン\tほんてん\thonten"]);
        assert_eq!(tables.unknown, ["9999"]);
    }

    #[test]
    fn what_is_not_the_data_is_refused() {
        let none = BTreeSet::new();
        let refused = |manifest: &str, data: &str| tables(manifest, data, &none).unwrap_err();
        let other = r#"{"name":"other","version":"1"}"#;
        assert!(matches!(
            refused(other, &data(600)),
            NotZenginData::Manifest(_)
        ));
        assert!(matches!(refused(MANIFEST, "{}"), NotZenginData::Module));
        assert!(matches!(
            refused(MANIFEST, &data(3)),
            NotZenginData::TooFew(3)
        ));
        let broken = data(600).replace("名7\"", "\"");
        assert!(matches!(
            refused(MANIFEST, &broken),
            NotZenginData::Cell { .. }
        ));
    }
}
