//! What every handler may reach: ports, settings, and the banks that serve now.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::ArcSwap;
use renkei_core::commit::{Change, Commit, CommitError};
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use renkei_core::journey::Journey;
use renkei_core::journey::plan::Plan;
use renkei_core::port::{Bank, Clock, Notifier, Random, Store};
use renkei_core::seal::Keyring;
use renkei_oauth::jwk::Jwks;
use renkei_pages::Pages;
use renkei_tenant::{LoadedTenant, TenantSet};

use crate::certificate::{CertificateGate, CertificateSource};
use crate::egov::Egov;
use crate::lock::JourneyLocks;

/// Deployment settings that handlers need.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The platform's own address, without a slash at its end; also the shared issuer.
    pub base_url: String,
    /// Addresses of proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// Whether galleries of the banks' screens are served at `/preview`.
    pub preview: bool,
    /// Further host names under which the platform is served; none means those of its own address.
    pub allowed_hosts: Vec<String>,
    /// Host names of banks, by tenant id, that stand before those of their files; an empty one takes
    /// a bank's host away.
    pub hosts: BTreeMap<String, String>,
}

impl Settings {
    /// Whether customers reach us by TLS; cookies are then `Secure` and bound to the host.
    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https://")
    }
}

/// Finds the system behind a bank.
pub trait BankDirectory: Send + Sync {
    /// The bank's own system.
    fn bank(&self, tenant: &LoadedTenant) -> Arc<dyn Bank>;
}

/// The world, as ports.
#[derive(Clone)]
pub struct Ports {
    /// What is kept.
    pub store: Arc<dyn Store>,
    /// The banks' own systems.
    pub banks: Arc<dyn BankDirectory>,
    /// Mail.
    pub notifier: Arc<dyn Notifier>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn Random>,
    /// Keys.
    pub keyring: Arc<Keyring>,
}

/// The banks and their pages, of one loading: they change together.
pub struct Live {
    /// The banks.
    pub tenants: TenantSet,
    /// Their pages.
    pub pages: Pages,
}

/// What every handler may reach.
pub struct App {
    /// Settings.
    pub settings: Settings,
    /// The world.
    pub ports: Ports,
    /// Our public keys.
    pub jwks: Jwks,
    /// How customers' certificates come in; none when they do not.
    pub(crate) certificates: Option<CertificateGate>,
    /// The e-Gov half; none when it is off.
    pub egov: Option<Egov>,
    pub(crate) locks: JourneyLocks,
    /// One act at the desk at a time: the second half of a double click finds what the first has done.
    pub(crate) desk_turn: tokio::sync::Mutex<()>,
    live: ArcSwap<Live>,
    /// Plans that journeys under way began with and that no bank has any more.
    old_plans: Mutex<BTreeMap<String, Arc<Plan>>>,
}

impl App {
    /// Puts everything together.
    pub fn new(settings: Settings, ports: Ports, jwks: Jwks, live: Live) -> Self {
        Self {
            settings,
            ports,
            jwks,
            certificates: None,
            egov: None,
            locks: JourneyLocks::default(),
            desk_turn: tokio::sync::Mutex::default(),
            live: ArcSwap::from_pointee(live),
            old_plans: Mutex::default(),
        }
    }

    /// Takes customers' certificates.
    #[must_use]
    pub fn with_certificates(mut self, gate: CertificateGate) -> Self {
        self.certificates = Some(gate);
        self
    }

    /// Serves the e-Gov half too.
    #[must_use]
    pub fn with_egov(mut self, egov: Egov) -> Self {
        self.egov = Some(egov);
        self
    }

    /// The banks that serve now. A request that holds them finishes on them.
    pub fn live(&self) -> Arc<Live> {
        self.live.load_full()
    }

    /// Puts other banks in their place, after their plans are kept.
    pub async fn replace(&self, live: Live) -> Result<(), Fault> {
        self.keep_plans(&live).await?;
        self.live.store(Arc::new(live));
        Ok(())
    }

    /// Keeps the plans of the banks that serve now, so that a journey can finish on the plan it began
    /// with, whatever the files say by then.
    pub async fn keep_own_plans(&self) -> Result<(), Fault> {
        self.keep_plans(&self.live()).await
    }

    async fn keep_plans(&self, live: &Live) -> Result<(), Fault> {
        let at = self.now();
        let kept = |plan: &Arc<Plan>| Change::PlanKept {
            digest: plan.digest().to_owned(),
            body: plan.body().to_owned(),
            at,
        };
        let plans = live.tenants.iter();
        let plans = plans.flat_map(|loaded| loaded.tenant.plans.iter());
        let commit = Commit {
            changes: plans.map(kept).collect(),
            events: Vec::new(),
        };
        self.ports.store.commit(commit).await.map_err(|e| match e {
            CommitError::Fault(fault) => fault,
            CommitError::Lost => Fault::passing("the plans could not be kept"),
        })
    }

    /// Whether certificates come in by a trusted proxy's header.
    pub fn takes_certificate_headers(&self) -> bool {
        let gate = self.certificates.as_ref();
        gate.is_some_and(|gate| gate.source == CertificateSource::ProxyHeader)
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        self.ports.clock.now()
    }

    /// The plan a journey began with.
    pub(crate) async fn plan_of(
        &self,
        journey: &Journey,
        loaded: &LoadedTenant,
    ) -> Result<Arc<Plan>, Fault> {
        let mut plans = loaded.tenant.plans.iter();
        if let Some(plan) = plans.find(|plan| plan.digest() == journey.plan) {
            return Ok(Arc::clone(plan));
        }
        let known = self.old_plans().get(&journey.plan).cloned();
        if let Some(plan) = known {
            return Ok(plan);
        }
        let body = self.ports.store.find_plan(&journey.plan).await?;
        let body = body.ok_or_else(|| Fault::new("the plan of a journey was not kept"))?;
        let plan = Arc::new(Plan::of_body(&body)?);
        self.old_plans()
            .insert(journey.plan.clone(), Arc::clone(&plan));
        Ok(plan)
    }

    fn old_plans(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Arc<Plan>>> {
        self.old_plans
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
