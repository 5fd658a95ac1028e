//! `renkei-bench drive`: eight connections, each with a thread, that ask as fast as they are answered.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow};
use renkei::world::OsRandom;
use renkei_core::port::Random;

use crate::Drive;
use crate::party::HASHED;
use crate::report::{Measure, Others, Report, Samples, Spread};
use crate::walk::Worker;

/// Drives a server and prints what it showed.
pub(crate) fn run(asked: &Drive) -> anyhow::Result<()> {
    let mut drive = [0; 4];
    OsRandom.fill(&mut drive);
    let drive = u32::from_le_bytes(drive);
    let worker = |number| Worker::new(asked.port, format!("b{drive:08x}{number}"));
    let mut crew = Crew {
        asked,
        workers: (0..CONNECTIONS).map(worker).collect::<Result<_, _>>()?,
    };
    let writes_per_journey = writes_per_journey(&mut worker(CONNECTIONS)?)?;
    let (spent, walked) = (processor_ms(asked.pid)?, crew.walked());
    let journeys = crew.measure("journeys", |worker, samples| worker.journey("", samples))?;
    let spent = processor_ms(asked.pid)? - spent;
    let processor_ms_per_journey = spent / f64::from(crew.walked() - walked);
    let memory_after_journeys_mb = memory(asked.pid)?;
    let others = if asked.journeys_only {
        None
    } else {
        Some(others(&mut crew)?)
    };
    let report = Report {
        journeys,
        processor_ms_per_journey,
        writes_per_journey,
        memory_after_journeys_mb,
        others,
    };
    say(&serde_json::to_string(&report)?);
    Ok(())
}

fn others(crew: &mut Crew<'_>) -> anyhow::Result<Others> {
    Ok(Others {
        refresh: crew.measure("refreshes", Worker::refresh)?,
        introspect: crew.measure("introspections", Worker::introspect)?,
        accounts: crew.measure("data API", Worker::accounts)?,
        floor_ok: crew.once("floor: ok", |w, s| w.fetch("/bench/ok", "", s))?,
        floor_read: crew.once("floor: one read", |w, s| w.fetch("/bench/read", "", s))?,
        hash: crew.once("hashes", |w, s| w.fetch("/bench/hash", "", s))?,
        hashed_journeys: crew.once("journeys with hash", |w, s| w.journey(HASHED, s))?,
        memory_after_hash_mb: memory(crew.asked.pid)?,
    })
}

/// The workers, through all runs.
struct Crew<'a> {
    asked: &'a Drive,
    workers: Vec<Worker>,
}

impl Crew<'_> {
    /// Journeys so far, warm-ups among them.
    fn walked(&self) -> u32 {
        self.workers.iter().map(Worker::journeys).sum()
    }

    fn measure<F>(&mut self, what: &str, work: F) -> anyhow::Result<Measure>
    where
        F: Fn(&mut Worker, &mut Samples) -> anyhow::Result<()> + Sync,
    {
        self.several(what, self.asked.runs, work)
    }

    /// One run: what is only there for comparison.
    fn once<F>(&mut self, what: &str, work: F) -> anyhow::Result<Measure>
    where
        F: Fn(&mut Worker, &mut Samples) -> anyhow::Result<()> + Sync,
    {
        self.several(what, 1, work)
    }

    fn several<F>(&mut self, what: &str, count: usize, work: F) -> anyhow::Result<Measure>
    where
        F: Fn(&mut Worker, &mut Samples) -> anyhow::Result<()> + Sync,
    {
        let mut runs = Vec::new();
        for number in 1..=count {
            let (rate, samples) = self.one_run(&work)?;
            eprintln!("  {what}, run {number}: {rate:.0}/s");
            runs.push((rate, samples));
        }
        let rates = runs.iter().map(|(rate, _)| *rate).collect();
        runs.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        let (per_second, mut samples) = runs.swap_remove(runs.len() / 2);
        Ok(Measure {
            per_second,
            runs: rates,
            spread: Spread::of(&mut samples.whole),
            requests: samples
                .requests
                .iter_mut()
                .map(|times| Spread::of(times))
                .collect(),
        })
    }

    fn one_run<F>(&mut self, work: &F) -> anyhow::Result<(f64, Samples)>
    where
        F: Fn(&mut Worker, &mut Samples) -> anyhow::Result<()> + Sync,
    {
        let begins = Instant::now() + Duration::from_secs(self.asked.warm_up);
        let ends = begins + Duration::from_secs(self.asked.seconds);
        let mut all = Samples::default();
        thread::scope(|scope| {
            let one = |worker| scope.spawn(move || until(worker, begins, ends, work));
            let threads: Vec<_> = self.workers.iter_mut().map(one).collect();
            for thread in threads {
                let samples = thread.join().map_err(|_| anyhow!("a worker broke"))??;
                all.add(samples);
            }
            anyhow::Ok(())
        })?;
        let count = u32::try_from(all.whole.len())?;
        let seconds = Duration::from_secs(self.asked.seconds).as_secs_f64();
        Ok((f64::from(count) / seconds, all))
    }
}

/// Counts what ends between the two.
fn until<F>(
    worker: &mut Worker,
    begins: Instant,
    ends: Instant,
    work: &F,
) -> anyhow::Result<Samples>
where
    F: Fn(&mut Worker, &mut Samples) -> anyhow::Result<()>,
{
    let mut samples = Samples::default();
    while Instant::now() < begins {
        samples = Samples::default();
        work(worker, &mut samples)?;
    }
    // The last of the warm-up ended after its end: it counts, as the last of the run will not.
    loop {
        let done = samples.whole.len();
        work(worker, &mut samples)?;
        if Instant::now() >= ends {
            samples.whole.truncate(done);
            return Ok(samples);
        }
    }
}

/// Durable writes that one journey waits for.
fn writes_per_journey(worker: &mut Worker) -> anyhow::Result<f64> {
    const JOURNEYS: u32 = 20;
    let mut samples = Samples::default();
    let before = worker.writes()?;
    for _ in 0..JOURNEYS {
        worker.journey("", &mut samples)?;
    }
    // The outbox writes too, but once in a while.
    Ok((f64::from(worker.writes()? - before) / f64::from(JOURNEYS)).round())
}

/// Processor time of a process so far, which other work on the machine hardly changes.
pub(crate) fn processor_ms(pid: u32) -> anyhow::Result<f64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    // The name in brackets may hold anything; the fields after it are numbers (proc(5)).
    let (_, fields) = stat.rsplit_once(')').context("no name")?;
    let ticks = |index| -> anyhow::Result<u32> {
        let field = fields.split_whitespace().nth(index).context("too short")?;
        Ok(field.parse()?)
    };
    Ok(f64::from(ticks(11)? + ticks(12)?) * 10.0)
}

/// Resident memory of a process, in MB.
pub(crate) fn memory(pid: u32) -> anyhow::Result<f64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|rest| rest.trim().strip_suffix(" kB"));
    let kib: u32 = kib.context("no VmRSS")?.trim().parse()?;
    Ok(f64::from(kib) * 1.024 / 1000.0)
}

#[expect(clippy::print_stdout, reason = "the report is this command's output")]
fn say(text: &str) {
    println!("{text}");
}

const CONNECTIONS: usize = 8;
