//! The table.

use crate::report::{Measure, Others, Report, Spread};
use crate::walk::REQUESTS;

/// One server's column.
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) ready_ms: f64,
    pub(crate) report: Report,
}

/// Writes it as markdown.
pub(crate) fn markdown(columns: &[Column]) -> String {
    let mut text = String::from("| |");
    for column in columns {
        push(&mut text, &format!(" {} |", column.name));
    }
    push(&mut text, "\n|---|");
    push(&mut text, &"---:|".repeat(columns.len()));
    push(&mut text, "\n");
    let mut row = |name: &str, cell: &dyn Fn(&Column) -> String| {
        push(&mut text, &format!("| {name} |"));
        for column in columns {
            push(&mut text, &format!(" {} |", cell(column)));
        }
        push(&mut text, "\n");
    };
    row("**journeys/s**", &|c| {
        format!("**{:.0}**", c.report.journeys.per_second)
    });
    row("… every run", &|c| {
        let runs = c.report.journeys.runs.iter();
        let runs: Vec<String> = runs.map(|rate| format!("{rate:.0}")).collect();
        runs.join(" / ")
    });
    row("a journey: p50 / p95 / p99 ms", &|c| {
        spread(&c.report.journeys.spread)
    });
    for (index, name) in REQUESTS.iter().enumerate() {
        row(&format!("… {name}"), &|c| {
            let request = c.report.journeys.requests.get(index);
            spread(&request.copied().unwrap_or_default())
        });
    }
    row("server's processor time per journey, ms", &|c| {
        format!("{:.2}", c.report.processor_ms_per_journey)
    });
    row("durable writes per journey", &|c| {
        format!("{:.0}", c.report.writes_per_journey)
    });
    for (name, measure) in MEASURES {
        row(name, &|c| {
            c.report
                .others
                .as_ref()
                .map_or_else(String::new, |others| rate(measure(others)))
        });
    }
    row("six floors of one read / one journey", &|c| {
        let floor = c.report.others.as_ref();
        let floor = floor.map_or(0.0, |others| others.floor_read.per_second / 6.0);
        format!("{:.1} ×", floor / c.report.journeys.per_second)
    });
    row("memory after the journeys, MB", &|c| {
        format!("{:.0}", c.report.memory_after_journeys_mb)
    });
    row("memory after the hashes, MB", &|c| {
        let others = c.report.others.as_ref();
        others.map_or_else(String::new, |o| format!("{:.0}", o.memory_after_hash_mb))
    });
    row("start to ready, ms", &|c| format!("{:.0}", c.ready_ms));
    text
}

fn rate(measure: &Measure) -> String {
    format!(
        "{:.0} (p95 {:.2} ms)",
        measure.per_second, measure.spread.p95
    )
}

pub(crate) fn spread(spread: &Spread) -> String {
    format!("{:.2} / {:.2} / {:.2}", spread.p50, spread.p95, spread.p99)
}

fn push(text: &mut String, more: &str) {
    text.push_str(more);
}

type Picked = fn(&Others) -> &Measure;
const MEASURES: [(&str, Picked); 7] = [
    ("refreshes/s", |o| &o.refresh),
    ("introspections/s", |o| &o.introspect),
    ("data API (/api/v1/accounts)/s", |o| &o.accounts),
    ("floor: bare handler/s", |o| &o.floor_ok),
    ("floor: one indexed read/s", |o| &o.floor_read),
    ("password hashes/s (argon2id, 19 MiB, 2 passes)", |o| {
        &o.hash
    }),
    ("journeys/s with the password hash", |o| &o.hashed_journeys),
];
