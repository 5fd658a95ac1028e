//! `renkei-bench tenants`: what a thousand banks cost against one. Load time, memory, and the journey's
//! p95 in interleaved pairs, because a machine is never the same twice.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, ensure};
use renkei::compose;

use crate::Tenants;
use crate::all::{Bank, one_server, say};

/// Measures and prints the table.
pub(crate) fn run(asked: &Tenants) -> anyhow::Result<()> {
    if let Some(folder) = &asked.load {
        return load(folder);
    }
    let run = asked.dir.join(format!("tenants-{}", std::process::id()));
    let (one, many) = (run.join("one"), run.join("many"));
    let bench = Path::new(env!("CARGO_MANIFEST_DIR")).join("tenant/bench");
    for folder in [&one, &many] {
        copy(&bench, &folder.join("bench"), &|_, text| text)?;
    }
    for number in 1..=asked.count {
        generate(&many, number)?;
    }
    let loads = [(1, &one), (asked.count + 1, &many)].map(|(count, folder)| {
        let mut times: Vec<Loaded> = (0..LOADS)
            .map(|_| loaded(folder))
            .collect::<Result<_, _>>()?;
        times.sort_by(|a, b| a.ms.total_cmp(&b.ms));
        let median = times.swap_remove(times.len() / 2);
        anyhow::Ok((count, median))
    });
    let mut pairs = Vec::new();
    for pair in 1..=asked.pairs {
        let measure = |name: &str, folder: &Path| {
            let bank = Bank {
                name: format!("{name}-{pair}"),
                tenants: folder.to_owned(),
            };
            eprintln!("pair {pair}: {name}");
            one_server(&run, asked.port, &bank, asked.seconds)
        };
        // First one, then the other way round.
        let (a, b) = if pair % 2 == 1 {
            let a = measure("one", &one)?;
            (a, measure("many", &many)?)
        } else {
            let b = measure("many", &many)?;
            (measure("one", &one)?, b)
        };
        pairs.push((a, b));
    }
    fs::remove_dir_all(&run)?;
    let [first, second] = loads;
    say(&table(&[first?, second?], &pairs));
    Ok(())
}

/// What one loading in a process of its own cost.
#[derive(serde::Serialize, serde::Deserialize)]
struct Loaded {
    ms: f64,
    memory_mb: f64,
}

/// Loads a folder and tells what it cost: the work of the process that `run` starts.
fn load(folder: &Path) -> anyhow::Result<()> {
    let begun = Instant::now();
    let live = compose::live(folder)?;
    let ms = begun.elapsed().as_secs_f64() * 1000.0;
    let memory_mb = crate::drive::memory(std::process::id())?;
    drop(live);
    say(&serde_json::to_string(&Loaded { ms, memory_mb })?);
    Ok(())
}

fn loaded(folder: &Path) -> anyhow::Result<Loaded> {
    let output = std::process::Command::new(std::env::current_exe()?)
        .args(["tenants", "--load"])
        .arg(folder)
        .output()?;
    let told = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "the banks do not load: {told}");
    serde_json::from_slice(&output.stdout).context("the load told nothing")
}

fn table(
    loads: &[(usize, Loaded)],
    pairs: &[(crate::report::Report, crate::report::Report)],
) -> String {
    let mut text = String::from(
        "| banks | load, ms (median of 5) | memory after loading, MB |\n|---:|---:|---:|\n",
    );
    for (count, loaded) in loads {
        let _ = writeln!(
            text,
            "| {count} | {:.0} | {:.0} |",
            loaded.ms, loaded.memory_mb
        );
    }
    text.push_str("\n| pair | p95, one bank, ms | p95, many, ms | ratio | memory after the run, one / many, MB |\n|---:|---:|---:|---:|---:|\n");
    let mut ratios = Vec::new();
    for (number, (one, many)) in (1..).zip(pairs) {
        let (a, b) = (one.journeys.spread.p95, many.journeys.spread.p95);
        ratios.push(b / a);
        let _ = writeln!(
            text,
            "| {number} | {a:.2} | {b:.2} | {:.2} | {:.0} / {:.0} |",
            b / a,
            one.memory_after_journeys_mb,
            many.memory_after_journeys_mb
        );
    }
    ratios.sort_by(f64::total_cmp);
    if let Some(median) = ratios.get(ratios.len() / 2) {
        let _ = writeln!(text, "\nmedian ratio: {median:.2}");
    }
    text
}

/// A bank like Hidashin, with another id, code and name.
fn generate(root: &Path, number: usize) -> anyhow::Result<()> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tenants/hidashin");
    // Codes of the platform's real banks, and of the bench's, are left out.
    let code = format!("{:04}", 3000 + number);
    let fill = |file: &Path, text: String| {
        if file.ends_with("tenant.yaml") {
            text.replace("\"2476\"", &format!("\"{code}\""))
                .replacen(
                    "\nkind: ",
                    &format!("\nbank_list: {{ name: \"{code}\" }}\nkind: "),
                    1,
                )
                .replace("飛驒信用組合", &format!("見本第{number:04}信用組合"))
                .replace(
                    "Hidashin Credit Union",
                    &format!("Sample {number:04} Credit Union"),
                )
                .replace("mtls.hidashin.", &format!("mtls.sample-{number:04}."))
                .replace("ひだしん", &format!("みほん{number:04}"))
                .replace("Hidashin", &format!("Sample {number:04}"))
        } else {
            text
        }
    };
    copy(&source, &root.join(format!("sample-{number:04}")), &fill)
}

fn copy(from: &Path, to: &Path, fill: &dyn Fn(&Path, String) -> String) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path: PathBuf = entry?.path();
        let target = to.join(path.file_name().context("a file without a name")?);
        if path.is_dir() {
            copy(&path, &target, fill)?;
        } else {
            fs::write(&target, fill(&path, fs::read_to_string(&path)?))?;
        }
    }
    Ok(())
}

const LOADS: usize = 5;
