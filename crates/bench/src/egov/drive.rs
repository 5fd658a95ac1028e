//! `renkei-bench egov-drive`: stores the applications, reads their lists, sends packages, and verifies
//! signatures in this process.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow, ensure};
use renkei_egov::certificate::Anchors;
use renkei_egov::signature::{Profile, verify};

use super::half::IN_A_PACKAGE;
use super::software::{Software, text};
use super::tally::Counts;
use super::{Reads, Report, Sending};
use crate::EgovDrive;
use crate::all::say;
use crate::drive::{memory, processor_ms};
use crate::http::Connection;
use crate::report::{Spread, micros};

/// Drives a server and prints what it showed.
pub(crate) fn run(asked: &EgovDrive) -> anyhow::Result<()> {
    let lengths = if asked.quick { &QUICK } else { &FULL };
    let mut http = Connection::open(asked.port)?;
    let mut software = Software::new(&asked.folder)?;
    software.enter(&mut http)?;
    let mut numbers = Vec::new();
    for _ in 0..lengths.packages {
        numbers.push(http.get("/bench/egov/store", "")?.expect(200)?.text());
    }
    let stored = numbers.len() * usize::try_from(IN_A_PACKAGE)?;
    eprintln!("  {stored} applications are stored");
    let drive = Drive {
        asked,
        headers: &software.headers,
        numbers: &numbers,
    };
    let each = Duration::from_secs(lengths.reads);
    let packages = drive.lists("/shinsei/1/access/apply;id=", each)?;
    let applications = drive.lists("/shinsei/1/access/apply/", each)?;
    let bodies = (0..CONNECTIONS).map(|number| software.package(number));
    let bodies: Vec<String> = bodies.collect::<Result<_, _>>()?;
    let sending = |seconds, how| drive.sending(&bodies, Duration::from_secs(seconds), how);
    let paced = sending(lengths.paced, How::Paced)?;
    let closed = sending(lengths.closed, How::Arrived)?;
    let flooded = sending(lengths.flooded, How::Acknowledged)?;
    let report = Report {
        stored,
        packages,
        applications,
        paced,
        closed,
        flooded,
        memory_mb: memory(asked.pid)?,
        verifications_per_second: verifications(&software, lengths.verifications)?,
    };
    say(&serde_json::to_string(&report)?);
    Ok(())
}

/// When a connection sends its next package.
#[derive(Clone, Copy, PartialEq)]
enum How {
    /// A hundred a second over all connections.
    Paced,
    /// Once the last one has arrived.
    Arrived,
    /// Once the last one is acknowledged.
    Acknowledged,
}

struct Drive<'a> {
    asked: &'a EgovDrive,
    headers: &'a str,
    numbers: &'a [String],
}

impl Drive<'_> {
    /// One kind of list: by all connections, then by one.
    fn lists(&self, path: &str, length: Duration) -> anyhow::Result<[Reads; 2]> {
        let read = |connections: usize| {
            let (took, _) = self.load(connections, length, None, |http, worker, turn| {
                // Strides that have no divisor in common with the count, so that all are read.
                let place = (worker * 7919 + turn * 104_729) % self.numbers.len();
                let number = self.numbers.get(place).context("no package")?;
                let answer = http.get(&format!("{path}{number}"), self.headers)?;
                ensure!(
                    answer.expect(200)?.body.len() > 200 * 100,
                    "a list that is too short"
                );
                Ok(())
            })?;
            let (rate, spread) = summed(took, length)?;
            eprintln!(
                "  {path} with {connections}: {rate:.0}/s, p95 {:.2} ms",
                spread.p95
            );
            anyhow::Ok(Reads {
                per_second: rate,
                spread,
            })
        };
        Ok([read(CONNECTIONS)?, read(1)?])
    }

    /// Packages, one after the other on each connection.
    fn sending(&self, bodies: &[String], length: Duration, how: How) -> anyhow::Result<Sending> {
        let pace = (how == How::Paced).then_some(PACE);
        let mut http = Connection::open(self.asked.port)?;
        arrivals(&mut http)?;
        let (before, spent) = (counts(&mut http)?, processor_ms(self.asked.pid)?);
        let begun = Instant::now();
        let (answers, mut backlog) = self.load(CONNECTIONS, length, pace, |http, worker, _| {
            let body = bodies.get(worker).context("no package")?;
            let answer = http.post("/shinsei/1/access/apply", self.headers, body)?;
            let answer = answer.expect(202)?;
            if how == How::Arrived {
                let number = answer.text();
                let path = format!("/bench/egov/checked/{}", text(&number, "SendNumber")?);
                http.get(&path, "")?.expect(200)?;
            }
            Ok(())
        })?;
        // The server has closed the idle one.
        let mut http = Connection::open(self.asked.port)?;
        let (after, seconds) = (counts(&mut http)?, begun.elapsed().as_secs_f64());
        let spent = processor_ms(self.asked.pid)? - spent;
        let (checked, arrived) = (
            after.checked - before.checked,
            after.arrived - before.arrived,
        );
        ensure!(
            checked == arrived,
            "of {checked} packages only {arrived} arrived"
        );
        backlog.push(after.backlog());
        let arrived = f64::from(u32::try_from(arrived)?);
        let (sent_per_second, answer) = summed(answers, length)?;
        let sending = Sending {
            seconds,
            sent_per_second,
            arrived_per_second: arrived / seconds,
            answer,
            arrival: Spread::of(&mut arrivals(&mut http)?),
            backlog,
            processor_ms: spent / arrived,
        };
        eprintln!(
            "  packages: {:.0}/s arrived, backlog {:?}",
            sending.arrived_per_second, sending.backlog
        );
        Ok(sending)
    }

    /// So many connections, each with a thread, for a while: how long each turn took, and the backlog each
    /// second. A pace is that of all of them together.
    fn load<F>(
        &self,
        connections: usize,
        length: Duration,
        pace: Option<Duration>,
        work: F,
    ) -> anyhow::Result<(Vec<u32>, Vec<u64>)>
    where
        F: Fn(&mut Connection, usize, usize) -> anyhow::Result<()> + Sync,
    {
        let begun = Instant::now();
        let ends = begun + length;
        let one = |worker: usize| {
            let mut http = Connection::open(self.asked.port)?;
            let (mut took, mut turn) = (Vec::new(), 0);
            loop {
                if let Some(pace) = pace {
                    let slot = u32::try_from(turn * connections + worker)?;
                    wait_until((begun + pace * slot).min(ends));
                }
                let asked = Instant::now();
                if asked >= ends {
                    return anyhow::Ok(took);
                }
                work(&mut http, worker, turn)?;
                took.push(micros(asked.elapsed()));
                turn += 1;
            }
        };
        let sample = || {
            let mut http = Connection::open(self.asked.port)?;
            let mut backlog = Vec::new();
            let mut next = begun + Duration::from_secs(1);
            while next < ends {
                wait_until(next);
                backlog.push(counts(&mut http)?.backlog());
                next += Duration::from_secs(1);
            }
            anyhow::Ok(backlog)
        };
        thread::scope(|scope| {
            let one = &one;
            let sampler = scope.spawn(sample);
            let workers: Vec<_> = (0..connections)
                .map(|worker| scope.spawn(move || one(worker)))
                .collect();
            let mut took = Vec::new();
            for worker in workers {
                took.extend(worker.join().map_err(|_| anyhow!("a worker broke"))??);
            }
            let backlog = sampler.join().map_err(|_| anyhow!("the sampler broke"))??;
            Ok((took, backlog))
        })
    }
}

fn arrivals(http: &mut Connection) -> anyhow::Result<Vec<u32>> {
    let answer = http.get("/bench/egov/took", "")?.expect(200)?;
    Ok(serde_json::from_slice(&answer.body)?)
}

fn counts(http: &mut Connection) -> anyhow::Result<Counts> {
    let answer = http.get("/bench/egov/counts", "")?.expect(200)?;
    Ok(serde_json::from_slice(&answer.body)?)
}

fn summed(mut took: Vec<u32>, length: Duration) -> anyhow::Result<(f64, Spread)> {
    let count = f64::from(u32::try_from(took.len())?);
    Ok((count / length.as_secs_f64(), Spread::of(&mut took)))
}

/// As the example `verifications` of the e-Gov crate: parsing, canonicalization, digest, RSA-2048,
/// certificate and path. The signer is pinned.
fn verifications(software: &Software, rounds: u32) -> anyhow::Result<f64> {
    let document = software.signed()?.into_bytes();
    let signer = verify(Profile::Api, &document, MOST)?.signer().clone();
    let at = signer.identity()?.not_before;
    let anchors = Anchors::pinned(signer);
    let begun = Instant::now();
    for _ in 0..rounds {
        verify(Profile::Api, &document, MOST)?.judge(&anchors, at)?;
    }
    Ok(f64::from(rounds) / begun.elapsed().as_secs_f64())
}

#[expect(clippy::disallowed_methods, reason = "keeps a pace of its own")]
fn wait_until(instant: Instant) {
    thread::sleep(instant.saturating_duration_since(Instant::now()));
}

/// How long everything takes, in seconds and counts.
struct Lengths {
    packages: u32,
    reads: u64,
    paced: u64,
    closed: u64,
    flooded: u64,
    verifications: u32,
}

const FULL: Lengths = Lengths {
    packages: 500,
    reads: 5,
    paced: 10,
    closed: 60,
    flooded: 15,
    verifications: 10_000,
};
const QUICK: Lengths = Lengths {
    packages: 25,
    reads: 1,
    paced: 5,
    closed: 5,
    flooded: 5,
    verifications: 500,
};
const CONNECTIONS: usize = 8;
const PACE: Duration = Duration::from_millis(10);
const MOST: usize = 1 << 20;
