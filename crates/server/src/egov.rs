//! The e-Gov half: the external-linkage API at `/shinsei/1/`, the page that leads a browser to a bank,
//! and the work that nobody asks for.

mod answer;
mod beside;
mod body;
mod gate;
mod rate;
mod route;
mod shape;
mod site;
mod worker;

use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use renkei_core::port::Random;
use renkei_egov::certificate::Anchors;
use renkei_egov::desk::{Desk, Papers};
use renkei_egov::examination::Examination;
use renkei_egov::interface::{Interface, SubjectsAgree};
use renkei_egov::limits::Limits;
use renkei_egov::port::{Checker, PasswordHashes, RateLimit, Store};
use renkei_egov::procedure::Procedures;
use renkei_egov::worker::Worker;
use tokio::sync::Notify;

use self::beside::{Beside, Room};
pub use self::rate::{Allowance, Rates};
pub use self::route::routes;
pub use self::worker::spawn;

/// What the e-Gov half of a deployment is made of.
pub struct Egov {
    /// What is kept.
    pub store: Arc<dyn Store>,
    /// Hashes of the staff's passwords.
    pub hashes: Arc<dyn PasswordHashes>,
    /// How often software and users may ask.
    pub rate: Arc<dyn RateLimit>,
    /// Deployment settings.
    pub settings: EgovSettings,
    rules: ArcSwap<Rules>,
    room: Room,
    /// A package came in: the check need not wait for its next turn.
    arrived: Notify,
}

/// What a deployment sets.
#[derive(Clone, Debug)]
pub struct EgovSettings {
    /// Whether scripts of test procedures run here.
    pub sandbox: bool,
    /// Whether fees and documents need a second pair of eyes.
    pub four_eyes: bool,
    /// How long an access key lives.
    pub key_lives_for: Duration,
    /// Bounds on what strangers send.
    pub limits: Limits,
}

/// What is read from files, and may be read anew while the server runs.
pub struct Rules {
    /// The procedures.
    pub procedures: Arc<Procedures>,
    /// Whose certificates applicants may sign with.
    pub applicants: Arc<Anchors>,
    /// Whose certificates stand behind official documents.
    pub ministries: Arc<Anchors>,
    /// The desk's papers.
    pub papers: Arc<dyn Papers>,
    /// The day on which the list of banks changed last.
    pub banks_changed_on: time::Date,
}

impl Egov {
    /// Puts it together.
    pub fn new(
        store: Arc<dyn Store>,
        hashes: Arc<dyn PasswordHashes>,
        rate: Arc<dyn RateLimit>,
        settings: EgovSettings,
        rules: Rules,
    ) -> Self {
        Self {
            store,
            hashes,
            rate,
            settings,
            rules: ArcSwap::from_pointee(rules),
            room: Room::default(),
            arrived: Notify::new(),
        }
    }

    /// The rules that hold now. A request that holds them finishes on them.
    pub fn rules(&self) -> Arc<Rules> {
        self.rules.load_full()
    }

    /// Puts other rules in their place.
    pub fn replace(&self, rules: Rules) {
        self.rules.store(Arc::new(rules));
    }

    /// The check of archives, beside the threads that answer.
    fn checker(&self, rules: &Rules) -> Beside {
        Beside::new(Examination {
            procedures: Arc::clone(&rules.procedures),
            applicants: Arc::clone(&rules.applicants),
            ministries: Arc::clone(&rules.ministries),
            limits: self.settings.limits,
        })
    }

    /// The use cases of the interface.
    fn interface<'a>(
        &'a self,
        rules: &'a Rules,
        checker: &'a dyn Checker,
        random: &'a dyn Random,
    ) -> Interface<'a> {
        Interface {
            store: &*self.store,
            procedures: &rules.procedures,
            anchors: &rules.applicants,
            same_holder: &SubjectsAgree,
            checker,
            random,
            rate: &*self.rate,
            limits: &self.settings.limits,
            key_lives_for: self.settings.key_lives_for,
        }
    }

    /// The ministries' desk.
    pub fn desk<'a>(&'a self, rules: &'a Rules, random: &'a dyn Random) -> Desk<'a> {
        Desk {
            store: &*self.store,
            procedures: &rules.procedures,
            papers: &*rules.papers,
            random,
            four_eyes: self.settings.four_eyes,
        }
    }

    fn worker<'a>(
        &'a self,
        rules: &'a Rules,
        checker: &'a dyn Checker,
        random: &'a dyn Random,
    ) -> Worker<'a> {
        Worker {
            store: &*self.store,
            procedures: &rules.procedures,
            checker,
            random,
        }
    }
}
