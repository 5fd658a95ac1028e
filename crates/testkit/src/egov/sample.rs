//! Values of the e-Gov half to test with, each valid.

use renkei_core::instant::Timestamp;
use renkei_core::payment::{Fee, FeeKey, FeeState};
use renkei_core::seal::Sealed;
use renkei_egov::certificate::CertificateIdentity;
use renkei_egov::commit::{Arrival, NewPackage};
use renkei_egov::life::{
    Application, FeeDetail, HistoryLine, Notice, NoticeKind, Origin, Process, Stage, Submission,
};
use renkei_egov::number::{ArriveId, MinistryId, ProcedureId, SoftwareId, StaffLogin, UserId};
use renkei_egov::operation::Operation;
use renkei_egov::staff::{Role, StaffAccount};
use renkei_egov::user::{AccessKey, AccessKeyDigest, BoundCertificate, SignedRequest, Software};
use time::Date;

use crate::sample::START;

/// A user.
pub fn user(number: u64) -> UserId {
    UserId::parse(&format!("user-{number}")).unwrap()
}

/// A ministry, by one digit.
pub fn ministry(digit: u8) -> MinistryId {
    MinistryId::parse(&format!("10090{digit}")).unwrap()
}

/// A procedure, by one digit.
pub fn procedure(digit: u8) -> ProcedureId {
    ProcedureId::parse(&format!("900A01020000100{digit}")).unwrap()
}

/// A software that may do everything.
pub fn software(name: &str) -> Software {
    Software {
        id: SoftwareId::parse(name).unwrap(),
        name: format!("software {name}"),
        operations: Operation::ALL.iter().copied().collect(),
        registered_at: START,
        revoked_at: None,
    }
}

/// A certificate of a user, made from one byte.
pub fn certificate(user: &UserId, byte: u8) -> BoundCertificate {
    BoundCertificate {
        user: user.clone(),
        identity: CertificateIdentity {
            digest: [byte; 32],
            issuer: "C=JP, O=見本認証局".to_owned(),
            serial: format!("{byte:02X}"),
            subject: format!("C=JP, CN=見本{byte}"),
            not_before: START,
            not_after: START.plus(std::time::Duration::from_hours(24 * 365)),
        },
        der: "MIIB".to_owned(),
        bound_at: START,
    }
}

/// An access key that a certificate gave.
pub fn key(plain: &str, bound: &BoundCertificate) -> AccessKey {
    AccessKey {
        digest: AccessKeyDigest::of(plain),
        user: bound.user.clone(),
        software: SoftwareId::parse("SW").unwrap(),
        certificate: bound.identity.key(),
        issued_at: START,
        expires_at: START.plus(renkei_egov::user::KEY_LIVES_FOR),
        revoked_at: None,
    }
}

/// A signed request.
pub fn signed(user: &UserId, operation: Operation, at: Timestamp) -> SignedRequest {
    SignedRequest {
        user: user.clone(),
        software: SoftwareId::parse("SW").unwrap(),
        at,
        operation,
        certificate: "c".repeat(64),
        document: "d".repeat(64),
    }
}

/// A package of so many folders.
pub fn package(user: &UserId, at: Timestamp, applications: u32) -> NewPackage {
    NewPackage {
        user: user.clone(),
        software: SoftwareId::parse("SW").unwrap(),
        file_name: "一括.zip".to_owned(),
        at,
        applications,
        archive: format!("package of {user}"),
    }
}

/// An application of a user that came in no package.
pub fn arrival(user: &UserId) -> Arrival {
    Arrival {
        user: user.clone(),
        software: SoftwareId::parse("SW").unwrap(),
        package: None,
        origin: Origin::New,
        procedure: procedure(0),
        procedure_name: "見本の届出".to_owned(),
        ministry: ministry(0),
        ministry_name: "見本省".to_owned(),
        submission: Submission {
            folder: "900A010200001000(1)".to_owned(),
            applicant: "見本　太郎".to_owned(),
            ..Submission::default()
        },
        at: START,
        archive: Some(format!("application of {user}")),
        script: Vec::new(),
    }
}

/// The application as it moves on.
pub fn moved(application: &Application, stage: Stage) -> Application {
    Application {
        version: application.version + 1,
        stage,
        ..application.clone()
    }
}

/// A line of a history.
pub fn line(number: u32, fee: Option<FeeKey>) -> HistoryLine {
    HistoryLine {
        number,
        at: START,
        process: Process::FeeCharged,
        status: "到達".to_owned(),
        fee,
    }
}

/// A notice.
pub fn notice(kind: NoticeKind, number: u32, due: Option<Date>) -> Notice {
    Notice {
        kind,
        number,
        issued_at: START,
        title: "見本の通知".to_owned(),
        files: vec!["kousei.xml".to_owned(), "スタイルシート1.xsl".to_owned()],
        signed: kind == NoticeKind::Official,
        due,
        end: None,
        completed_at: None,
    }
}

/// A fee that waits, and what it is charged for.
pub fn fee(number: u64, arrive_id: &ArriveId, due: Date) -> (Fee, FeeDetail) {
    let key = FeeKey {
        facility_number: "00100".to_owned(),
        pay_number: format!("{number:016}"),
    };
    let owed = Fee {
        key: key.clone(),
        confirm_number: "100001".to_owned(),
        total_fee_yen: 12_300,
        due,
        state: FeeState::Waiting,
    };
    let detail = FeeDetail {
        key,
        arrive_id: arrive_id.clone(),
        facility_name: "見本省会計課".to_owned(),
        pay_name_kana: "テツヅキメイ".to_owned(),
        memo: "memo".to_owned(),
        charged_at: START,
    };
    (owed, detail)
}

/// A member of staff who was invited.
pub fn staff(login: &str) -> StaffAccount {
    StaffAccount {
        login: StaffLogin::parse(login).unwrap(),
        version: 1,
        name: "見本　花子".to_owned(),
        roles: [Role::Examiner, Role::Approver].into(),
        ministries: [ministry(0), ministry(1)].into(),
        enrolment: Some((format!("enrolment of {login}"), START)),
        password: None,
        totp: Sealed::from_stored("sealed".to_owned()),
        totp_step: 0,
        created_at: START,
        disabled_at: None,
    }
}
