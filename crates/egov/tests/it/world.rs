//! A small platform for the tests of use cases: a store in memory, one ministry, one procedure.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Mutex;
use std::time::Duration;

use async_trait::async_trait;
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use renkei_core::port::fixed::SeededRandom;
use renkei_core::seal::Sealed;
use renkei_egov::base64;
use renkei_egov::certificate::Anchors;
use renkei_egov::commit::{Arrival, Change};
use renkei_egov::desk::{Desk, Done, Seen, Wish};
use renkei_egov::interface::{Caller, Interface, SubjectsAgree};
use renkei_egov::life::{Dossier, Origin, Submission, SubmittedFile};
use renkei_egov::limits::Limits;
use renkei_egov::number::FormId;
use renkei_egov::number::{ArriveId, MinistryId, ProcedureId, SoftwareId, StaffLogin, UserId};
use renkei_egov::operation::Operation;
use renkei_egov::papers::Stationery;
use renkei_egov::port::{Accepted, Checked, Checker, Purpose, Store, Unacceptable, Whose};
use renkei_egov::procedure::{Facility, Form, Ministry, Procedure, Procedures, WithdrawalKind};
use renkei_egov::script::Script;
use renkei_egov::staff::{Role, StaffAccount};
use renkei_egov::user::{KEY_LIVES_FOR, Software};
use renkei_egov::verification::Verification;
use renkei_egov::wire::Reply;
use renkei_egov::worker::Worker;

use crate::memory::{Memory, Patience};
use crate::people::{now, trust};

pub(crate) const PROCEDURE: &str = "900A010200001000";
pub(crate) const WITHDRAWAL: &str = "9990000000000008";

/// Says of archives what a test told it to say.
#[derive(Default)]
pub(crate) struct Told(pub(crate) Mutex<VecDeque<Checked>>);

#[async_trait]
impl Checker for Told {
    async fn applications(&self, archive: Vec<u8>) -> Result<Result<u32, Unacceptable>, Fault> {
        Ok(if archive.is_empty() {
            Err(Unacceptable::Empty)
        } else {
            Ok(1)
        })
    }

    async fn check(&self, _: Vec<u8>, _: Purpose, _: Timestamp) -> Result<Checked, Fault> {
        Ok(self.0.lock().unwrap().pop_front().unwrap_or_default())
    }

    async fn verify(
        &self,
        _: Vec<u8>,
        _: String,
        _: Timestamp,
    ) -> Result<Option<Verification>, Fault> {
        Ok(None)
    }
}

pub(crate) struct World {
    pub(crate) store: Memory,
    pub(crate) procedures: Procedures,
    pub(crate) papers: Stationery,
    pub(crate) random: SeededRandom,
    pub(crate) checker: Told,
    pub(crate) anchors: Anchors,
    pub(crate) limits: Limits,
    pub(crate) four_eyes: bool,
}

pub(crate) fn procedure(scripts: Vec<Script>) -> Procedure {
    Procedure {
        id: ProcedureId::parse(PROCEDURE).unwrap(),
        name: "試験手続".to_owned(),
        ministry: Ministry {
            id: ministry(),
            name: "デグレ省".to_owned(),
        },
        forms: vec![Form {
            id: FormId::parse("900A01020000100001").unwrap(),
            version: "0003".to_owned(),
            name: "様式".to_owned(),
        }],
        attachments: Vec::new(),
        destination_required: false,
        destinations: Vec::new(),
        withdrawal: WithdrawalKind::Application,
        correction: true,
        facility: Some(Facility {
            number: "10005".to_owned(),
            name: "試験会計センター".to_owned(),
            pay_name_kana: "テツヅキメイ".to_owned(),
        }),
        scripts,
    }
}

pub(crate) fn ministry() -> MinistryId {
    MinistryId::parse("100900").unwrap()
}

pub(crate) fn user() -> UserId {
    UserId::parse("USER01").unwrap()
}

pub(crate) fn software() -> SoftwareId {
    SoftwareId::parse("SOFT01").unwrap()
}

pub(crate) fn caller() -> Caller {
    Caller {
        software: software(),
        user: Some(user()),
    }
}

pub(crate) fn member(login: &str, roles: &[Role]) -> StaffAccount {
    StaffAccount {
        login: StaffLogin::parse(login).unwrap(),
        version: 1,
        name: login.to_owned(),
        roles: roles.iter().copied().collect(),
        ministries: BTreeSet::from([ministry()]),
        enrolment: None,
        password: None,
        totp: Sealed::from_stored(String::new()),
        totp_step: 0,
        created_at: now(),
        disabled_at: None,
    }
}

pub(crate) fn days(count: i64) -> time::Date {
    now().japan_date() + time::Duration::days(count)
}

pub(crate) fn later(count: u64) -> Timestamp {
    now().plus(Duration::from_hours(24 * count))
}

pub(crate) fn submission() -> Submission {
    Submission {
        folder: format!("{PROCEDURE}(1)"),
        procedure_name: "試験手続".to_owned(),
        applicant: "試験　太郎".to_owned(),
        forms: vec![SubmittedFile {
            name: "様式".to_owned(),
            file: "a.xml".to_owned(),
        }],
        ..Submission::default()
    }
}

impl World {
    pub(crate) fn new() -> Self {
        Self::with(vec![procedure(Vec::new())])
    }

    pub(crate) fn with(procedures: Vec<Procedure>) -> Self {
        Self {
            store: Memory::default(),
            procedures: Procedures::new(procedures, true).unwrap(),
            papers: Stationery::default(),
            random: SeededRandom::new(7),
            checker: Told::default(),
            anchors: trust(),
            limits: Limits::default(),
            four_eyes: false,
        }
    }

    pub(crate) fn desk(&self) -> Desk<'_> {
        Desk {
            store: &self.store,
            procedures: &self.procedures,
            papers: &self.papers,
            random: &self.random,
            four_eyes: self.four_eyes,
        }
    }

    pub(crate) fn interface(&self) -> Interface<'_> {
        Interface {
            store: &self.store,
            procedures: &self.procedures,
            anchors: &self.anchors,
            same_holder: &SubjectsAgree,
            checker: &self.checker,
            random: &self.random,
            rate: &Patience,
            limits: &self.limits,
            key_lives_for: KEY_LIVES_FOR,
        }
    }

    pub(crate) fn worker(&self) -> Worker<'_> {
        Worker {
            store: &self.store,
            procedures: &self.procedures,
            checker: &self.checker,
            random: &self.random,
        }
    }

    pub(crate) async fn register_software(&self, id: &str, operations: &[Operation]) {
        let software = Software {
            id: SoftwareId::parse(id).unwrap(),
            name: id.to_owned(),
            operations: operations.iter().copied().collect(),
            registered_at: now(),
            revoked_at: None,
        };
        let saved = Change::SoftwareSaved(Box::new(software));
        self.store.put(vec![saved]).await;
    }

    /// An application that has arrived.
    pub(crate) async fn arrived(&self) -> ArriveId {
        let arrival = Arrival {
            user: user(),
            software: software(),
            package: None,
            origin: Origin::New,
            procedure: ProcedureId::parse(PROCEDURE).unwrap(),
            procedure_name: "試験手続".to_owned(),
            ministry: ministry(),
            ministry_name: "デグレ省".to_owned(),
            submission: submission(),
            at: now(),
            archive: Some("AAAA".to_owned()),
            script: Vec::new(),
        };
        let change = Change::ApplicationArrived(Box::new(arrival));
        self.store.put(vec![change]).await.arrive_ids[0].clone()
    }

    pub(crate) async fn wish_at(&self, id: &ArriveId, wish: Wish, at: Timestamp) -> Done {
        let all = member("hanako", &Role::ALL);
        self.desk()
            .act(&all, Seen::any(id), wish, at)
            .await
            .unwrap()
    }

    pub(crate) async fn wish(&self, id: &ArriveId, wish: Wish) -> Done {
        self.wish_at(id, wish, now()).await
    }

    pub(crate) async fn wishes(&self, id: &ArriveId, wishes: &[Wish]) {
        for wish in wishes {
            let done = self.wish(id, wish.clone()).await;
            assert_eq!(done, Done::Done, "{wish:?}");
        }
    }

    pub(crate) async fn dossier(&self, id: &ArriveId) -> Dossier {
        let found = self.store.find_dossier(Whose::Platform, id).await.unwrap();
        found.unwrap()
    }

    pub(crate) async fn status(&self, id: &ArriveId) -> String {
        self.dossier(id).await.application.status().text.to_owned()
    }

    /// 3.7 or 3.9 with an archive of which the check says this.
    pub(crate) async fn follow_up(&self, operation: Operation, id: &ArriveId) -> Reply {
        let (procedure, withdrawal) = match operation {
            Operation::Withdrawal => (WITHDRAWAL, WithdrawalKind::Application),
            _ => (PROCEDURE, WithdrawalKind::None),
        };
        let accepted = Accepted {
            procedure: ProcedureId::parse(procedure).unwrap(),
            first_receipt: id.to_string(),
            withdrawal,
            submission: submission(),
        };
        self.will_find(vec![accepted]);
        let archive = base64::encode(b"archive");
        let body = format!(
            "<?xml version=\"1.0\"?><DataRoot><ApplData Id=\"ApplData\"><ArriveID>{id}</ArriveID>\
             <Upload><FileData>{archive}</FileData></Upload></ApplData></DataRoot>"
        );
        let caller = caller();
        let interface = self.interface();
        let reply = interface.follow_up(&caller, operation, body.as_bytes(), now());
        reply.await.unwrap()
    }

    pub(crate) fn will_find(&self, accepted: Vec<Accepted>) {
        let checked = Checked {
            accepted,
            ..Checked::default()
        };
        self.checker.0.lock().unwrap().push_back(checked);
    }
}

/// The value of the first element of this name.
pub(crate) fn value(reply: &Reply, name: &str) -> String {
    let document = renkei_egov::xml::parse(&reply.body).unwrap();
    let found = document.descendants().find(|node| node.has_tag_name(name));
    let found = found.unwrap_or_else(|| panic!("no {name} in {}", reply.body));
    found.text().unwrap_or_default().to_owned()
}
