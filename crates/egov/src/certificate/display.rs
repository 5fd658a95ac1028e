//! How 公文書署名検証 shows a certificate. Every form here follows from the one recorded answer.

use openssl::nid::Nid;
use openssl::stack::Stack;
use openssl::x509::{GeneralName, X509NameEntryRef, X509NameRef};
use time::{OffsetDateTime, UtcOffset};

use super::{Certificate, CertificateError, instant};
use renkei_core::instant::Timestamp;

/// The lines about one certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateDisplay {
    /// The issuer's Japanese names joined by commas.
    pub publisher: String,
    /// The holder's Japanese names joined by commas.
    pub owner: String,
    /// Distinguished name of the issuer, most particular part first.
    pub publisher_dn: String,
    /// Distinguished name of the holder, most particular part first.
    pub owner_dn: String,
    /// Upper-case pairs of hexadecimal digits with blanks between.
    pub serial_number: String,
    /// From when to when, in Japan's time.
    pub term_validity: String,
}

impl CertificateDisplay {
    pub(super) fn of(certificate: &Certificate) -> Result<Self, CertificateError> {
        let x509 = &certificate.x509;
        let serial = x509.serial_number().to_bn()?.to_vec();
        let pairs: Vec<String> = serial.iter().map(|byte| format!("{byte:02X}")).collect();
        let from = in_japan(instant(x509.not_before())?)?;
        let until = in_japan(instant(x509.not_after())?)?;
        Ok(Self {
            publisher: names(x509.issuer_alt_names().as_ref(), x509.issuer_name()),
            owner: names(x509.subject_alt_names().as_ref(), x509.subject_name()),
            publisher_dn: distinguished_name(x509.issuer_name()),
            owner_dn: distinguished_name(x509.subject_name()),
            serial_number: pairs.join(" "),
            term_validity: format!("{from} から {until}"),
        })
    }
}

/// `CN=…, OU=…, O=…, C=…`
pub(super) fn distinguished_name(name: &X509NameRef) -> String {
    let mut parts: Vec<String> = name
        .entries()
        .map(|entry| {
            let attribute = entry.object().nid().short_name().unwrap_or("OID");
            format!("{attribute}={}", value(entry))
        })
        .collect();
    parts.reverse();
    parts.join(", ")
}

/// O, OU and CN of the alternative name, or of the name itself where there is none.
fn names(alternative: Option<&Stack<GeneralName>>, name: &X509NameRef) -> String {
    let directory = alternative
        .into_iter()
        .flatten()
        .find_map(|it| it.directory_name());
    joined(directory.unwrap_or(name))
}

fn joined(name: &X509NameRef) -> String {
    let shown = [
        Nid::ORGANIZATIONNAME,
        Nid::ORGANIZATIONALUNITNAME,
        Nid::COMMONNAME,
    ];
    let parts: Vec<String> = name
        .entries()
        .filter(|entry| shown.contains(&entry.object().nid()))
        .map(value)
        .collect();
    parts.join(",")
}

fn value(entry: &X509NameEntryRef) -> String {
    entry.data().to_string().unwrap_or_default()
}

fn in_japan(at: Timestamp) -> Result<String, CertificateError> {
    let japan = UtcOffset::from_hms(9, 0, 0).map_err(|_| CertificateError::Unreadable)?;
    let at = OffsetDateTime::from_unix_timestamp(at.seconds())
        .map_err(|_| CertificateError::Unreadable)?
        .to_offset(japan);
    Ok(format!(
        "{:04}/{:02}/{:02} {:02}:{:02}:{:02}",
        at.year(),
        u8::from(at.month()),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    ))
}
