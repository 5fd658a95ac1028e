//! The section `certificates:` of `tenant.yaml`: by which authorities a bank's customers' certificates
//! are judged, on which address they are asked for, and what their subject says.

use std::fs;
use std::path::Path;

use renkei_core::certificate::{
    Authority, NotUsable, RevocationList, StaleList, SubjectFields, TrustAnchors, is_identifier,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, SourceFile};
use crate::tree::Node;

/// Client certificates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CertificatesFile {
    /// The host name on which a browser is asked for a certificate: `mtls.bank.example`. Only this
    /// bank's, and another than the pages', so that nobody else meets the browser's window.
    pub host: String,
    /// Files of the bank's folder with the roots (and intermediates) it trusts, PEM or DER; or the
    /// word `demo` for the demo authority.
    pub trust_anchors: TrustFiles,
    /// Files with the authorities' revocation lists, PEM or DER. With none, nothing is asked about
    /// revocation.
    #[serde(default)]
    pub revocation_lists: Vec<String>,
    /// What to do when a list is out of date.
    #[serde(default)]
    pub stale_list: StaleList,
    /// Asks a responder about each certificate as well.
    #[serde(default)]
    pub ocsp: Option<OcspFile>,
    /// Where the subject says who the holder is.
    #[serde(default)]
    pub subject: SubjectFields,
}

/// Roots: files, or the demo's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum TrustFiles {
    /// The demo authority that `renkei demo certificates` made.
    Demo(DemoWord),
    /// Files of the bank's folder.
    Files(Vec<String>),
}

/// The word `demo`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DemoWord {
    /// `demo`
    Demo,
}

/// An OCSP responder (RFC 6960).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OcspFile {
    /// Its address, `http://…`: answers are signed, so that they need no TLS.
    pub responder: String,
    /// What to do when it does not answer, or does not know the certificate.
    #[serde(default)]
    pub unreachable: StaleList,
}

/// The section, read.
#[derive(Clone, Debug)]
pub struct Certificates {
    /// The host name on which a browser is asked for a certificate.
    pub host: String,
    /// By what certificates are judged.
    pub authority: Authority,
    /// Whether the demo authority's root and list come to it.
    pub is_demo: bool,
    /// The responder that is asked as well.
    pub ocsp: Option<OcspFile>,
}

/// Reads the files that the section names.
pub(crate) fn load(
    folder: &Path,
    source: &SourceFile,
    document: &Node,
    file: &CertificatesFile,
    is_demonstration: bool,
    found: &mut Vec<Diagnostic>,
) -> Certificates {
    let mut reading = Reading {
        folder,
        source,
        section: document.get("certificates").unwrap_or(document),
        found,
    };
    reading.values(file);
    let mut anchors = TrustAnchors::default();
    if let TrustFiles::Files(names) = &file.trust_anchors {
        if names.is_empty() {
            reading.tell(
                &["trust_anchors"],
                None,
                "names no file",
                "name a root, or write `demo`",
            );
        }
        reading.each("trust_anchors", names, |bytes| anchors.add(bytes));
    }
    let is_demo = matches!(file.trust_anchors, TrustFiles::Demo(_));
    if is_demo && !is_demonstration {
        let what = "is for demonstrations: whoever runs the platform can issue its certificates";
        reading.tell(&["trust_anchors"], None, what, "name the authority's root");
    }
    let mut lists = Vec::new();
    reading.each("revocation_lists", &file.revocation_lists, |bytes| {
        lists.extend(RevocationList::parse(bytes)?);
        Ok(())
    });
    Certificates {
        host: file.host.clone(),
        authority: Authority {
            anchors,
            lists,
            stale: file.stale_list,
            subject: file.subject.clone(),
        },
        is_demo,
        ocsp: file.ocsp.clone(),
    }
}

struct Reading<'a> {
    folder: &'a Path,
    source: &'a SourceFile,
    section: &'a Node,
    found: &'a mut Vec<Diagnostic>,
}

impl Reading<'_> {
    fn values(&mut self, file: &CertificatesFile) {
        if !is_host(&file.host) {
            let what = "is not a host name";
            self.tell(
                &["host"],
                None,
                what,
                "lower case, no scheme, no port: mtls.bank.example",
            );
        }
        if let Some(ocsp) = &file.ocsp
            && !ocsp.responder.starts_with("http://")
        {
            let hint = "its answers are signed; responders are asked without TLS (RFC 6960 A.1)";
            self.tell(
                &["ocsp", "responder"],
                None,
                "must begin with http://",
                hint,
            );
        }
        for (field, names) in file.subject.fields() {
            for (index, name) in names.iter().enumerate() {
                if !is_identifier(name) {
                    let what = format!("`{name}` cannot name an identifier");
                    let hint = "lower-case letters, digits and _, as `contract_number`; `_` leaves a part out";
                    self.tell(&["subject", field], Some(index), &what, hint);
                }
            }
        }
    }

    /// Reads the files of a list, and tells of each that cannot be used.
    fn each(
        &mut self,
        key: &str,
        names: &[String],
        mut take: impl FnMut(&[u8]) -> Result<(), NotUsable>,
    ) {
        for (index, name) in names.iter().enumerate() {
            let inside = Path::new(name)
                .components()
                .all(|part| matches!(part, std::path::Component::Normal(_)));
            if !inside {
                let what = format!("`{name}` is not a file of this folder");
                self.tell(
                    &[key],
                    Some(index),
                    &what,
                    "put the file beside tenant.yaml",
                );
                continue;
            }
            match fs::read(self.folder.join(name)) {
                Ok(bytes) => {
                    if let Err(e) = take(&bytes) {
                        let hint = "ask the authority for the file, and look at it with openssl";
                        self.tell(&[key], Some(index), &format!("`{name}` {e}"), hint);
                    }
                }
                Err(e) => {
                    let what = format!("`{name}` cannot be read: {e}");
                    self.tell(
                        &[key],
                        Some(index),
                        &what,
                        "put the file beside tenant.yaml",
                    );
                }
            }
        }
    }

    fn tell(&mut self, path: &[&str], item: Option<usize>, what: &str, hint: &str) {
        let node = path
            .iter()
            .try_fold(self.section, |node, key| node.get(key));
        let item_at = item
            .and_then(|index| node?.items().get(index))
            .map(|item| item.at);
        let at = item_at.unwrap_or_else(|| self.section.position_of(path));
        let mut path = format!("certificates.{}", path.join("."));
        if let Some(index) = item {
            path = format!("{path}[{index}]");
        }
        self.found
            .push(Diagnostic::at(self.source, at, &path, what).hint(hint));
    }
}

/// A DNS name as browsers send it (RFC 1123 section 2.1), with a dot in it and no port behind it.
fn is_host(text: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    text.len() <= 253 && text.contains('.') && text.split('.').all(label)
}
