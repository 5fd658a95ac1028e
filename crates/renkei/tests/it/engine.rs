//! The engine on a real store, with a step of our own that acts when it is arrived at: the arrival is
//! claimed before its effect, and a crash in between goes on with the same arrival.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use renkei_core::account::{Account, AccountId, Balance, CustomerId, Period};
use renkei_core::certificate::PresentedCertificate;
use renkei_core::client::{ClientCard, ClientRecord};
use renkei_core::commit::CommitError;
use renkei_core::fact::{BrowserFact, Facts};
use renkei_core::fault::Fault;
use renkei_core::form::FormData;
use renkei_core::instant::Timestamp;
use renkei_core::journey::engine::{Beginning, Engine, Posted};
use renkei_core::journey::plan::Plan;
use renkei_core::journey::{Journey, LinkPurpose, Purpose, State};
use renkei_core::port::fixed::{SeededRandom, Wordless};
use renkei_core::port::{
    Bank, Identifiers, LoginVerdict, PinVerdict, ServiceStanding, Standing, Store, TransactionPage,
};
use renkei_core::seal::Keyring;
use renkei_core::secret::{Password, Pin};
use renkei_core::step::kinds::Kind;
use renkei_core::step::{
    AnyStep, Arrival, Brought, Context, Entry, Errand, Kept, Outcome, Role, Step, Submission, When,
};
use renkei_core::tenant::{ClientTerms, Tenant};
use renkei_core::text::{Language, Problem};
use renkei_oauth::client::{Client, ClientProfile};
use renkei_oauth::scope::Scope;
use renkei_store::{Durability, SqlStore};
use renkei_testkit::sample::{self, START};

/// A step that does something in the world when it is arrived at: here, it asks the bank for the
/// balance of an account named by the arrival, which the bank below writes down.
#[derive(Debug)]
struct Sends {
    when: When,
}

#[async_trait]
impl Step for Sends {
    const KIND: &'static str = "sends";
    const ROLE: Role = Role::Serves;
    const ARRIVAL_ACTS: bool = true;
    type Memory = ();
    type View = ();

    fn when(&self) -> &When {
        &self.when
    }

    async fn enter(&self, cx: &Context<'_>) -> Result<Arrival<()>, Fault> {
        let who = cx.facts.identified.as_ref().unwrap();
        cx.bank
            .balance(&who.customer, &AccountId::new(&cx.arrival))
            .await?;
        Ok(Entry::Ask(()).into())
    }

    fn present(&self, _: &Facts, (): &(), _: &[Problem], _: &Kept) {}

    async fn submit(
        &self,
        cx: &Context<'_>,
        (): (),
        _: &FormData,
    ) -> Result<Submission<()>, Fault> {
        Ok(Outcome::Passed(Box::new(cx.facts.clone())).into())
    }
}

/// A bank that knows everybody, and whose first `crashes` balances break after they were noted.
struct NotingBank {
    store: SqlStore,
    crashes: AtomicU64,
    noted: std::sync::Mutex<Vec<String>>,
}

#[async_trait]
impl Bank for NotingBank {
    async fn verify_login(&self, who: &Identifiers, _: &Password) -> Result<LoginVerdict, Fault> {
        Ok(LoginVerdict::Right {
            customer: CustomerId::new(who.get("login_id").unwrap()),
            name: "someone".to_owned(),
            standing: Standing::default(),
        })
    }

    async fn spend_verification(&self, _: &Password) -> Result<(), Fault> {
        Ok(())
    }

    async fn find_mail(&self, _: &Identifiers) -> Result<Option<String>, Fault> {
        Ok(None)
    }

    async fn services(&self, _: &CustomerId) -> Result<BTreeMap<Scope, ServiceStanding>, Fault> {
        Ok(BTreeMap::new())
    }

    async fn accounts(&self, _: &CustomerId) -> Result<Vec<Account>, Fault> {
        Ok(Vec::new())
    }

    async fn verify_inquiry_pin(
        &self,
        _: &CustomerId,
        _: &AccountId,
        _: &Pin,
    ) -> Result<PinVerdict, Fault> {
        Ok(PinVerdict::Wrong)
    }

    async fn standing(&self, _: &CustomerId) -> Result<Option<Standing>, Fault> {
        Ok(None)
    }

    async fn balance(&self, _: &CustomerId, account: &AccountId) -> Result<Option<Balance>, Fault> {
        // The effect happens: by now the arrival must have been claimed, durably.
        let id = account.as_str().split('/').next().unwrap().parse().unwrap();
        let kept = self.store.find_journey(id).await?.unwrap();
        if let State::Arriving { arrival, .. } = &kept.state {
            assert_eq!(arrival, account.as_str());
        } else {
            // A late second try: the journey has moved on with this very arrival.
            assert!(kept.version > 2, "not claimed: {kept:?}");
        }
        self.noted.lock().unwrap().push(account.to_string());
        let left = self
            .crashes
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1));
        if left.is_ok() {
            Err(Fault::new("the server dies here"))
        } else {
            Ok(None)
        }
    }

    async fn transactions(
        &self,
        _: &CustomerId,
        _: &AccountId,
        _: Period,
        _: Option<i64>,
        _: usize,
    ) -> Result<Option<TransactionPage>, Fault> {
        Ok(None)
    }
}

/// Everything an engine rests on.
struct House {
    tenant: Arc<Tenant>,
    plan: Plan,
    record: ClientRecord,
    bank: NotingBank,
    random: SeededRandom,
    keyring: Keyring,
    path: std::path::PathBuf,
}

impl House {
    fn new(name: &str, crashes: u64) -> Self {
        let path =
            std::env::temp_dir().join(format!("renkei-engine-{name}-{}.db", std::process::id()));
        let url = format!("sqlite://{}", path.display()).parse().unwrap();
        let store = SqlStore::open(&url, Durability::Full).unwrap();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tenants");
        let set = renkei::compose::tenants(Path::new(folder)).unwrap();
        let kinds: Vec<Kind> = serde_json::from_str(
            r#"[{"login":{"identifiers":[{"id":"login_id","format":{"min":6,"max":12}}],"password":{"min":6,"max":12},"certificate":"offered"}},{"consent":{}}]"#,
        )
        .unwrap();
        let mut steps: Vec<Arc<dyn AnyStep>> = kinds.into_iter().map(Kind::into_step).collect();
        steps.insert(
            1,
            Arc::new(Sends {
                when: When::default(),
            }),
        );
        let mut key = [1; 32];
        key[0] = 2;
        Self {
            tenant: Arc::clone(&set.iter().next().unwrap().tenant),
            plan: Plan::of_steps(steps, "plan".to_owned()).unwrap(),
            record: ClientRecord {
                client: Client {
                    id: sample::client(),
                    profile: ClientProfile::PlainConfidential,
                    secret_digests: Vec::new(),
                    redirect_uris: Vec::new(),
                    scopes: sample::request().scopes,
                    disabled: false,
                },
                card: ClientCard::default(),
            },
            bank: NotingBank {
                store,
                crashes: AtomicU64::new(crashes),
                noted: std::sync::Mutex::default(),
            },
            random: SeededRandom::new(1),
            keyring: Keyring::new("k", [("k".to_owned(), key)]).unwrap(),
            path,
        }
    }

    fn engine(&self, now: Timestamp) -> Engine<'_> {
        Engine {
            tenant: &self.tenant,
            plan: &self.plan,
            client: Some(&self.record),
            bank: &self.bank,
            store: &self.bank.store,
            random: &self.random,
            keyring: &self.keyring,
            wording: &Wordless,
            now,
        }
    }

    async fn begin(&self) -> Journey {
        let purpose = LinkPurpose {
            request: sample::request(),
            issuer: "https://renkei.example".to_owned(),
        };
        let beginning = Beginning {
            purpose: Purpose::Link(purpose),
            terms: ClientTerms::default(),
            browser: "digest".to_owned(),
            signs: BrowserFact::default(),
            language: Language::Japanese,
        };
        self.engine(START).begin(beginning).await.unwrap()
    }

    async fn log_in(&self, journey: Journey) -> Result<Journey, CommitError> {
        let typed = [("login_id", "hida0001"), ("password", "Takayama01")];
        self.post(journey, &typed).await
    }

    async fn post(&self, journey: Journey, typed: &[(&str, &str)]) -> Result<Journey, CommitError> {
        let own = |(n, v): &(&str, &str)| ((*n).to_owned(), (*v).to_owned());
        let form = FormData::new(typed.iter().map(own));
        let version = journey.version;
        let posted = Posted {
            stop: "login",
            version,
            language: Language::Japanese,
            signs: BrowserFact::default(),
            form: &form,
        };
        Box::pin(self.engine(START).submit(journey, posted)).await
    }

    async fn kept(&self, journey: &Journey) -> Journey {
        self.bank
            .store
            .find_journey(journey.id)
            .await
            .unwrap()
            .unwrap()
    }
}

impl Drop for House {
    fn drop(&mut self) {
        for end in ["", "-wal", "-shm"] {
            drop(std::fs::remove_file(format!(
                "{}{end}",
                self.path.display()
            )));
        }
    }
}

#[tokio::test]
async fn an_arrival_is_claimed_before_its_effect() {
    let house = House::new("claimed", 0);
    let journey = house.begin().await;
    let journey = house.log_in(journey).await.unwrap();
    assert!(matches!(journey.state, State::Asking { stop: 1, .. }));
    assert_eq!(house.bank.noted.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_crash_after_the_claim_goes_on_with_the_same_arrival() {
    let house = House::new("crash", 2);
    let journey = house.begin().await;
    assert!(
        house.log_in(journey.clone()).await.is_err(),
        "the server died"
    );
    let kept = house.kept(&journey).await;
    assert!(matches!(kept.state, State::Arriving { stop: 1, .. }));
    assert!(
        house.engine(START).resume(kept.clone()).await.is_err(),
        "and once more"
    );
    let kept = house.kept(&journey).await;
    let (first, second) = (kept.clone(), kept);
    let resumed = house.engine(START).resume(first).await.unwrap();
    assert!(matches!(resumed.state, State::Asking { stop: 1, .. }));
    let late = house.engine(START).resume(second).await;
    assert!(
        matches!(late, Err(CommitError::Lost)),
        "one of two that resume is first"
    );
    let noted = house.bank.noted.lock().unwrap().clone();
    assert_eq!(noted.len(), 4);
    assert!(
        noted.iter().all(|arrival| *arrival == noted[0]),
        "one idempotency key: {noted:?}"
    );
}

#[tokio::test]
async fn of_two_forms_at_once_one_moves_the_journey() {
    let house = House::new("twice", 0);
    let journey = house.begin().await;
    let (one, other) = tokio::join!(house.log_in(journey.clone()), house.log_in(journey.clone()));
    assert_eq!(
        [&one, &other]
            .iter()
            .filter(|outcome| outcome.is_ok())
            .count(),
        1
    );
    assert_eq!(house.bank.noted.lock().unwrap().len(), 1, "and acts once");
    assert_eq!(house.kept(&journey).await.version, 3);
}

#[tokio::test]
async fn a_ticket_is_good_for_five_minutes_and_for_its_own_errand() {
    let house = House::new("ticket", 0);
    let certificate = PresentedCertificate {
        fingerprint: "00".repeat(32),
        serial: "1234".to_owned(),
        common_name: "hida0001".to_owned(),
        organizational_units: Vec::new(),
        organization: None,
        subject_serial: None,
        identifiers: BTreeMap::new(),
        issuer: "Test CA".to_owned(),
        not_after: START.plus(Duration::from_hours(24)),
    };
    let journey = house.begin().await;
    let journey = house.post(journey, &[("certificate", "1")]).await.unwrap();
    let engine = house.engine(START);
    let (errand, ticket) = engine.ticket(&journey).unwrap().unwrap();
    assert_eq!(errand, Errand::Certificate);
    let brought = || Brought::Certificate(certificate.clone());
    let lost = |outcome| matches!(outcome, Err(CommitError::Lost));
    let other = engine.brought(journey.clone(), "another", brought()).await;
    assert!(lost(other));
    let late = house.engine(START.plus(Duration::from_mins(5)));
    assert!(late.ticket(&journey).unwrap().is_none());
    assert!(lost(
        late.brought(journey.clone(), &ticket, brought()).await
    ));
    let in_time = house.engine(START.plus(Duration::from_secs(299)));
    let secret = in_time.brought(journey.clone(), &ticket, brought()).await;
    assert!(secret.is_ok());
    let again = in_time.brought(journey.clone(), &ticket, brought()).await;
    assert!(lost(again), "an older copy of the journey");
    let kept = house.kept(&journey).await;
    let again = in_time.brought(kept, &ticket, brought()).await;
    assert!(lost(again), "once");
}
