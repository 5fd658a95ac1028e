//! The papers of the desk: documents, their stylesheets, their signatures and their archives.

use std::collections::BTreeMap;

use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use time::{Date, OffsetDateTime, UtcOffset};

use crate::archive::{self, File, WrittenAt};
use crate::base64;
use crate::desk::Papers;
use crate::document::{Addressee, Author, Document, DocumentKind, printed_date};
use crate::life::{Application, Enclosure};
use crate::number::MinistryId;
use crate::signature::{Profile, SigningKey, Unsigned, sign};
use crate::words;

/// Makes papers, and signs official ones with the key of their ministry (官職署名).
#[derive(Default)]
pub struct Stationery {
    /// The ministries' keys, each with its certificate and its authority's.
    pub keys: BTreeMap<MinistryId, SigningKey>,
}

impl Papers for Stationery {
    fn amend_notice(
        &self,
        application: &Application,
        text: &str,
        due: Date,
        now: Timestamp,
    ) -> Result<Enclosure, Fault> {
        let kind = DocumentKind::Amend;
        let title = words::FREE_CORRECTION.text;
        let mut document = document(kind, application, title, text, now);
        document.reference = vec![format!("補正期限：{}", printed_date(kind, due))];
        let written = document.write();
        enclosed(&document.files(written), now)
    }

    fn comment(
        &self,
        application: &Application,
        title: &str,
        text: &str,
        now: Timestamp,
    ) -> Result<Enclosure, Fault> {
        let document = document(DocumentKind::Comment, application, title, text, now);
        enclosed(&document.files(document.write()), now)
    }

    fn official(
        &self,
        application: &Application,
        title: &str,
        text: &str,
        signed: bool,
        now: Timestamp,
    ) -> Result<Enclosure, Fault> {
        let document = document(DocumentKind::Official, application, title, text, now);
        let written = document.write();
        if !signed {
            return enclosed(&document.files(written), now);
        }
        let key = self
            .keys
            .get(&application.ministry)
            .ok_or_else(|| Fault::new("the ministry has no key to sign with"))?;
        let unsigned = Unsigned {
            profile: Profile::Official,
            text: &written,
            id: None,
            files: &[],
            encoded: false,
        };
        let signed = sign(&unsigned, key)
            .map_err(|e| Fault::new("a document could not be signed").caused_by(e))?;
        let only = File {
            name: DocumentKind::Official.file_name().to_owned(),
            bytes: signed.into_bytes(),
        };
        enclosed(&[only], now)
    }
}

fn document(
    kind: DocumentKind,
    application: &Application,
    title: &str,
    text: &str,
    now: Timestamp,
) -> Document {
    Document {
        kind,
        number: application.arrive_id.to_string(),
        date: printed_date(kind, now.japan_date()),
        to: Addressee {
            affiliation: application.submission.corporation.clone(),
            name: application.submission.applicant.clone(),
            honorific: "様".to_owned(),
        },
        author: Author {
            affiliation: application.ministry_name.clone(),
            name: String::new(),
        },
        title: title.to_owned(),
        introduction: Vec::new(),
        text: text.lines().map(str::to_owned).collect(),
        reference: Vec::new(),
    }
}

fn enclosed(files: &[File], now: Timestamp) -> Result<Enclosure, Fault> {
    let at = OffsetDateTime::from_unix_timestamp(now.seconds())
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
        .to_offset(JAPAN);
    let archive = archive::write(files, WrittenAt::new(at))
        .map_err(|e| Fault::new("papers could not be put into an archive").caused_by(e))?;
    Ok(Enclosure {
        files: files.iter().map(|file| file.name.clone()).collect(),
        archive: base64::encode(&archive),
    })
}

const JAPAN: UtcOffset = time::macros::offset!(+9);
