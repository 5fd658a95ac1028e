//! `renkei tenant diff`

use std::path::Path;

use renkei_tenant::diff::diff;

use super::super::{Verdict, say};
use super::{bank, with_bank};
use crate::settings::Settings;
use crate::words::PlatformWords;

pub(crate) fn run(before: &Path, now: &Path, settings: &Settings) -> anyhow::Result<Verdict> {
    let (old, old_id) = with_bank(before, settings)?;
    let (new, new_id) = with_bank(now, settings)?;
    let words = PlatformWords::new();
    let found = diff(bank(&old, &old_id)?, bank(&new, &new_id)?, &words);
    if found.is_empty() {
        say("nothing differs for customers");
        return Ok(Verdict::Fine);
    }
    let mut part = "";
    for difference in &found {
        if difference.part != part {
            part = difference.part;
            say(part);
        }
        let lines = difference.to_string();
        say(&format!("  {}", lines.replace('\n', "\n  ")));
    }
    let count = found.len();
    say(&format!(
        "{count} {}",
        if count == 1 {
            "difference"
        } else {
            "differences"
        }
    ));
    Ok(Verdict::Found)
}
