//! Samples, and what is made of them.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::walk::REQUESTS;

/// Times of one run, in microseconds.
#[derive(Default)]
pub(crate) struct Samples {
    /// Whole units of work.
    pub(crate) whole: Vec<u32>,
    /// The requests of a journey.
    pub(crate) requests: [Vec<u32>; REQUESTS.len()],
}

impl Samples {
    /// One unit of work is done.
    pub(crate) fn whole(&mut self, took: Duration) {
        self.whole.push(micros(took));
    }

    /// One request of a journey is done.
    pub(crate) fn request(&mut self, index: usize, took: Duration) {
        if let Some(times) = self.requests.get_mut(index) {
            times.push(micros(took));
        }
    }

    /// Adds another worker's.
    pub(crate) fn add(&mut self, other: Self) {
        self.whole.extend(other.whole);
        for (own, others) in self.requests.iter_mut().zip(other.requests) {
            own.extend(others);
        }
    }
}

/// A distribution in milliseconds.
#[derive(Clone, Copy, Default, Serialize, Deserialize)]
pub(crate) struct Spread {
    pub(crate) p50: f64,
    pub(crate) p95: f64,
    pub(crate) p99: f64,
}

impl Spread {
    pub(crate) fn of(times: &mut [u32]) -> Self {
        times.sort_unstable();
        let at = |percent: usize| {
            let index = (times.len() * percent / 100).min(times.len().saturating_sub(1));
            times.get(index).map_or(0.0, |t| f64::from(*t) / 1000.0)
        };
        Self {
            p50: at(50),
            p95: at(95),
            p99: at(99),
        }
    }
}

/// The median of several runs.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Measure {
    /// Units of work per second, of the median run.
    pub(crate) per_second: f64,
    /// The same of every run.
    pub(crate) runs: Vec<f64>,
    /// How long one took, of the median run.
    pub(crate) spread: Spread,
    /// How long each request of a journey took, of the median run.
    pub(crate) requests: Vec<Spread>,
}

/// Everything that one server showed.
#[derive(Serialize, Deserialize)]
pub(crate) struct Report {
    pub(crate) journeys: Measure,
    pub(crate) processor_ms_per_journey: f64,
    pub(crate) writes_per_journey: f64,
    pub(crate) memory_after_journeys_mb: f64,
    pub(crate) others: Option<Others>,
}

/// What is measured after the journeys.
#[derive(Serialize, Deserialize)]
pub(crate) struct Others {
    pub(crate) refresh: Measure,
    pub(crate) introspect: Measure,
    pub(crate) accounts: Measure,
    pub(crate) floor_ok: Measure,
    pub(crate) floor_read: Measure,
    pub(crate) hash: Measure,
    pub(crate) hashed_journeys: Measure,
    pub(crate) memory_after_hash_mb: f64,
}

pub(crate) fn micros(took: Duration) -> u32 {
    u32::try_from(took.as_micros()).unwrap_or(u32::MAX)
}
