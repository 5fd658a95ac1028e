//! The server's part: its e-Gov half with one procedure and one software, and four routes more: what was
//! counted, how long packages took, a package stored at once, and the wait for a package's check.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::web::{self, Data, ServiceConfig};
use anyhow::{Context, anyhow};
use renkei::demo_signers::{Names, kept_or_made};
use renkei::ministry::StaffHashes;
use renkei::world::{OsRandom, SystemClock};
use renkei_bank::Hasher;
use renkei_core::instant::Timestamp;
use renkei_core::port::{Clock, random_256};
use renkei_core::seal::sha256_hex;
use renkei_egov::certificate::{Anchors, Certificate};
use renkei_egov::commit::{Arrival, Change, Commit, NewPackage};
use renkei_egov::life::{Origin, PackageState, Submission, SubmittedFile, begin};
use renkei_egov::limits::Limits;
use renkei_egov::number::{FormId, MinistryId, ProcedureId, SendNumber, SoftwareId, UserId};
use renkei_egov::operation::Operation;
use renkei_egov::papers::Stationery;
use renkei_egov::port::Store;
use renkei_egov::procedure::{Form, Ministry, Procedure, Procedures, WithdrawalKind};
use renkei_egov::user::Software;
use renkei_server::{Allowance, Egov, EgovRules, EgovSettings, Rates};
use renkei_store::SqlStore;

use super::software::{FORM, PROCEDURE, SOFTWARE, USER};
use super::tally::Tally;

/// What the e-Gov half of the benchmark's server is made of.
pub(crate) struct Half {
    tally: Arc<Tally>,
    hasher: Hasher,
    authority: Vec<u8>,
}

impl Half {
    /// Makes the certificates that are not there.
    pub(crate) fn new(folder: &Path, store: SqlStore, hasher: &Hasher) -> anyhow::Result<Self> {
        let names = |common_name| Names {
            organization: "Benchmark",
            unit: "",
            common_name,
            japanese: ["計測", "", "計測用"],
        };
        let now = SystemClock.now();
        let authority = kept_or_made(folder, "ca", names("Bench CA"), None, now, &OsRandom)?;
        let above = Some(&authority);
        kept_or_made(folder, USER, names("Bench User"), above, now, &OsRandom)?;
        Ok(Self {
            tally: Arc::new(Tally::new(store)),
            hasher: hasher.clone(),
            authority: authority.pem()?,
        })
    }

    /// Registers the software.
    pub(crate) async fn register(&self) -> anyhow::Result<()> {
        let software = Software {
            id: SoftwareId::parse(SOFTWARE)?,
            name: "計測".to_owned(),
            operations: Operation::ALL.iter().copied().collect(),
            registered_at: SystemClock.now(),
            revoked_at: None,
        };
        let commit = Commit {
            changes: vec![Change::SoftwareSaved(Box::new(software))],
            events: Vec::new(),
        };
        self.tally.commit(commit).await?;
        Ok(())
    }

    /// The half itself, as production has it; nobody is told to come back later.
    pub(crate) fn egov(&self) -> anyhow::Result<Egov> {
        let mut applicants = Anchors::default();
        applicants.add(Certificate::from_pem(&self.authority)?);
        let procedures = Procedures::new([procedure()?], false);
        let procedures = procedures.map_err(|found| anyhow!("{found:?}"))?;
        Ok(Egov::new(
            self.tally.clone(),
            Arc::new(StaffHashes(self.hasher.clone())),
            Arc::new(Rates::new(Allowance {
                software: 0,
                user: 0,
            })),
            EgovSettings {
                sandbox: false,
                four_eyes: false,
                key_lives_for: Duration::from_hours(1),
                limits: Limits::default(),
            },
            EgovRules {
                procedures: Arc::new(procedures),
                applicants: Arc::new(applicants),
                ministries: Arc::new(Anchors::default()),
                papers: Arc::new(Stationery {
                    keys: BTreeMap::new(),
                }),
                banks_changed_on: SystemClock.now().japan_date(),
            },
        ))
    }

    /// Stores a package with its applications through the port; its number.
    async fn store(&self) -> anyhow::Result<String> {
        let (store, now) = (&*self.tally, SystemClock.now());
        let (user, software) = (UserId::parse(USER)?, SoftwareId::parse(SOFTWARE)?);
        loop {
            let package = NewPackage {
                user: user.clone(),
                software: software.clone(),
                file_name: "stored.zip".to_owned(),
                at: now,
                applications: IN_A_PACKAGE,
                archive: EMPTY_ARCHIVE.to_owned(),
            };
            let received = Commit {
                changes: vec![Change::PackageReceived(Box::new(package))],
                events: Vec::new(),
            };
            let assigned = store.commit(received).await?;
            let number = assigned.send_numbers.first().context("no number")?;
            let claim = sha256_hex(&random_256(&OsRandom));
            let until = now.plus(Duration::from_mins(5));
            let claimed = store.claim_packages(&claim, now, until, 1).await?;
            // The server's own worker may have been faster, and found nothing in it: then another one.
            if claimed.iter().all(|(mine, _)| mine.send_number != *number) {
                continue;
            }
            let mut changes = vec![Change::PackageChecked {
                send_number: number.clone(),
                claim,
                state: Box::new(PackageState::Checked {
                    at: now,
                    arrived: IN_A_PACKAGE,
                    refused: 0,
                    report: String::new(),
                }),
            }];
            for place in 1..=IN_A_PACKAGE {
                let mut arrival = arrival(place, now)?;
                arrival.package = Some(number.clone());
                changes.push(begin(arrival));
            }
            let arrived = Commit {
                changes,
                events: Vec::new(),
            };
            store.commit(arrived).await?;
            return Ok(number.to_string());
        }
    }
}

fn procedure() -> anyhow::Result<Procedure> {
    Ok(Procedure {
        id: ProcedureId::parse(PROCEDURE)?,
        name: "計測の届出".to_owned(),
        ministry: Ministry {
            id: MinistryId::parse("100900")?,
            name: "計測省".to_owned(),
        },
        forms: vec![Form {
            id: FormId::parse(FORM)?,
            version: "0001".to_owned(),
            name: "計測の届出書".to_owned(),
        }],
        attachments: Vec::new(),
        destination_required: false,
        destinations: Vec::new(),
        withdrawal: WithdrawalKind::Application,
        correction: true,
        facility: None,
        scripts: Vec::new(),
    })
}

fn arrival(place: u32, now: Timestamp) -> anyhow::Result<Arrival> {
    let rules = procedure()?;
    Ok(Arrival {
        user: UserId::parse(USER)?,
        software: SoftwareId::parse(SOFTWARE)?,
        package: None,
        origin: Origin::New,
        procedure: rules.id,
        procedure_name: rules.name.clone(),
        ministry: rules.ministry.id,
        ministry_name: rules.ministry.name,
        submission: Submission {
            folder: format!("{PROCEDURE}({place})"),
            procedure_name: rules.name,
            applicant: "試験　太郎".to_owned(),
            corporation: "試験商事".to_owned(),
            department: "総務".to_owned(),
            forms: vec![SubmittedFile {
                name: "計測の届出書".to_owned(),
                file: format!("{FORM}_01.xml"),
            }],
            signer: "0".repeat(64),
            signer_name: "CN=Bench User,O=Benchmark,C=JP".to_owned(),
            ..Submission::default()
        },
        at: now,
        archive: None,
        script: Vec::new(),
    })
}

/// Mounts the routes of the benchmark.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .route("/bench/egov/counts", web::get().to(counts))
        .route("/bench/egov/checked/{number}", web::get().to(checked))
        .route("/bench/egov/took", web::get().to(took))
        .route("/bench/egov/store", web::get().to(stored));
}

async fn counts(half: Data<Half>) -> HttpResponse {
    HttpResponse::Ok().json(half.tally.counts())
}

/// Answers once a package was checked. A software asks 3.4 now and then; this costs the server less.
async fn checked(half: Data<Half>, number: web::Path<String>) -> HttpResponse {
    let Ok(number) = SendNumber::parse(&number) else {
        return HttpResponse::NotFound().finish();
    };
    while half.tally.waits(&number) {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    HttpResponse::Ok().body("checked")
}

async fn took(half: Data<Half>) -> HttpResponse {
    HttpResponse::Ok().json(half.tally.took())
}

async fn stored(half: Data<Half>) -> HttpResponse {
    match half.store().await {
        Ok(number) => HttpResponse::Ok().body(number),
        Err(error) => HttpResponse::InternalServerError().body(format!("{error:#}")),
    }
}

/// Applications in a stored package: as many as one may hold.
pub(super) const IN_A_PACKAGE: u32 = 200;
/// An archive without members, in Base64.
const EMPTY_ARCHIVE: &str = "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==";
