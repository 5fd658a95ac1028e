//! `renkei tenant schema`

use std::fs;
use std::path::Path;

use anyhow::Context;
use renkei_pages::theme::TOKENS;
use renkei_tenant::{demo_schema, reference_page, tenant_schema, theme_schema};

use crate::settings::Settings;

pub(crate) fn run(folder: Option<&Path>, settings: &Settings) -> anyhow::Result<()> {
    write_schemas(folder.unwrap_or(&settings.tenants_dir))?;
    let pages = folder.unwrap_or(Path::new("docs/ja"));
    write(&pages.join("tenant-reference.md"), &reference_page(&TOKENS))
}

/// The schemas that the first line of every YAML file names.
pub(crate) fn write_schemas(folder: &Path) -> anyhow::Result<()> {
    for (name, schema) in [
        ("tenant", tenant_schema()),
        ("demo", demo_schema()),
        ("theme", theme_schema()),
    ] {
        let text = serde_json::to_string_pretty(&schema)? + "\n";
        write(&folder.join(format!("{name}.schema.json")), &text)?;
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
