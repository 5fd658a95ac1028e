//! The `RevocationCheck` port: OCSP (RFC 6960) over plain HTTP, as its appendix A.1 has it. Answers are
//! signed by the authority, and kept until they say they are old.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::ocsp::{
    OcspCertId, OcspCertStatus, OcspFlag, OcspRequest, OcspResponse, OcspResponseStatus,
};
use openssl::stack::Stack;
use openssl::x509::store::X509StoreBuilder;
use openssl::x509::verify::{X509VerifyFlags, X509VerifyParam};
use renkei_core::certificate::Verified;
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use renkei_core::port::{RevocationCheck, RevocationStatus};
use time::PrimitiveDateTime;
use time::macros::format_description;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Asks OCSP responders.
#[derive(Default)]
pub struct OcspClient {
    known: Mutex<BTreeMap<String, Answer>>,
}

/// What a responder said, and until when that stands.
#[derive(Clone, Copy)]
struct Answer {
    status: RevocationStatus,
    until: Timestamp,
}

impl OcspClient {
    fn known(&self) -> MutexGuard<'_, BTreeMap<String, Answer>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn remember(&self, fingerprint: String, answer: Answer, now: Timestamp) {
        let mut known = self.known();
        known.retain(|_, kept| now < kept.until);
        if known.len() < MOST_KNOWN {
            known.insert(fingerprint, answer);
        }
    }
}

#[async_trait]
impl RevocationCheck for OcspClient {
    async fn status(
        &self,
        responder: &str,
        certificate: &Verified,
        now: Timestamp,
    ) -> Result<RevocationStatus, Fault> {
        let fingerprint = certificate.certificate.fingerprint.clone();
        let kept = self.known().get(&fingerprint).copied();
        if let Some(answer) = kept.filter(|kept| now < kept.until) {
            return Ok(answer.status);
        }
        let question = question(certificate).map_err(|e| unusable("a question").caused_by(e))?;
        let asked = tokio::time::timeout(PATIENCE, ask(responder, &question)).await;
        let answer = asked.map_err(|e| silent().caused_by(e))??;
        let answer = read(&answer, certificate, now)?;
        self.remember(fingerprint, answer, now);
        Ok(answer.status)
    }
}

fn id(certificate: &Verified) -> Result<OcspCertId, ErrorStack> {
    // SHA-1 only names the certificate here; it is the one hash every responder takes.
    OcspCertId::from_cert(
        MessageDigest::sha1(),
        &certificate.leaf,
        &certificate.issuer,
    )
}

fn question(certificate: &Verified) -> Result<Vec<u8>, ErrorStack> {
    let mut request = OcspRequest::new()?;
    request.add_id(id(certificate)?)?;
    request.to_der()
}

/// One POST. HTTP/1.0, so that the answer ends with the connection and comes in one piece.
async fn ask(responder: &str, question: &[u8]) -> Result<Vec<u8>, Fault> {
    let rest = responder.strip_prefix("http://");
    let rest = rest.ok_or_else(|| Fault::new("an OCSP responder's address is not http"))?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let address = if host.contains(':') {
        host.to_owned()
    } else {
        format!("{host}:80")
    };
    let failed = |e| silent().caused_by(e);
    let mut stream = TcpStream::connect(address).await.map_err(failed)?;
    let head = format!(
        "POST /{path} HTTP/1.0\r\nHost: {host}\r\nContent-Type: application/ocsp-request\r\n\
         Accept: application/ocsp-response\r\nContent-Length: {}\r\n\r\n",
        question.len()
    );
    stream.write_all(head.as_bytes()).await.map_err(failed)?;
    stream.write_all(question).await.map_err(failed)?;
    let mut answer = Vec::new();
    let mut limited = stream.take(LARGEST_ANSWER);
    limited.read_to_end(&mut answer).await.map_err(failed)?;
    body(&answer).ok_or_else(|| unusable("its HTTP"))
}

/// The body of a `200`.
fn body(answer: &[u8]) -> Option<Vec<u8>> {
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n")?;
    let (head, rest) = answer.split_at_checked(end)?;
    let status = std::str::from_utf8(head).ok()?.lines().next()?;
    let is_ok = status.starts_with("HTTP/1.") && status.split(' ').nth(1) == Some("200");
    is_ok.then(|| rest.get(4..).map(<[u8]>::to_vec)).flatten()
}

fn read(der: &[u8], certificate: &Verified, now: Timestamp) -> Result<Answer, Fault> {
    let broken = |e: ErrorStack| unusable("its answer").caused_by(e);
    let response = OcspResponse::from_der(der).map_err(broken)?;
    if response.status() != OcspResponseStatus::SUCCESSFUL {
        return Err(unusable("its own word"));
    }
    let basic = response.basic().map_err(broken)?;
    // RFC 6960 section 4.2.2.2: signed by the certificate's issuer, or by whom it has named.
    let mut parameters = X509VerifyParam::new().map_err(broken)?;
    parameters.set_time(now.seconds());
    parameters
        .set_flags(X509VerifyFlags::PARTIAL_CHAIN)
        .map_err(broken)?;
    let mut store = X509StoreBuilder::new().map_err(broken)?;
    store.add_cert(certificate.issuer.clone()).map_err(broken)?;
    store.set_param(&parameters).map_err(broken)?;
    let mut known = Stack::new().map_err(broken)?;
    known.push(certificate.issuer.clone()).map_err(broken)?;
    basic
        .verify(&known, &store.build(), OcspFlag::empty())
        .map_err(broken)?;
    let id = id(certificate).map_err(broken)?;
    let found = basic.find_status(&id);
    let found = found.ok_or_else(|| unusable("its answer, which is about another certificate"))?;
    found.check_validity(SKEW, None).map_err(broken)?;
    let status = match found.status {
        OcspCertStatus::GOOD => RevocationStatus::Good,
        OcspCertStatus::REVOKED => RevocationStatus::Revoked,
        _ => RevocationStatus::Unknown,
    };
    // Without a next update newer word is always there (RFC 6960 section 2.4): nothing is kept.
    let until = found.next_update().map(ToString::to_string);
    let until = until.and_then(|text| instant(&text)).unwrap_or(now);
    Ok(Answer { status, until })
}

/// `Nov 21 11:20:46 2026 GMT`, as OpenSSL prints an instant.
fn instant(text: &str) -> Option<Timestamp> {
    let format = format_description!(
        "[month repr:short] [day padding:space] [hour]:[minute]:[second] [year] GMT"
    );
    let at = PrimitiveDateTime::parse(text, format).ok()?.assume_utc();
    Some(Timestamp::from_millis(
        at.unix_timestamp().saturating_mul(1000),
    ))
}

fn silent() -> Fault {
    Fault::passing("an OCSP responder does not answer")
}

fn unusable(what: &str) -> Fault {
    Fault::passing(format!("OCSP failed at {what}"))
}

const PATIENCE: Duration = Duration::from_secs(5);
const LARGEST_ANSWER: u64 = 64 * 1024;
/// Seconds by which clocks may differ.
const SKEW: u32 = 300;
/// Customers whose certificates were asked about lately; more are asked about again.
const MOST_KNOWN: usize = 10_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_read_as_openssl_prints_it() {
        let at = |text| instant(text).map(Timestamp::seconds);
        assert_eq!(at("Nov 21 00:00:00 2026 GMT"), Some(1_795_219_200));
        assert_eq!(at("Nov  1 00:00:00 2026 GMT"), Some(1_793_491_200));
        assert_eq!(at("Bad time value"), None);
    }

    #[test]
    fn only_the_body_of_a_200_counts() {
        let answer = |status: &str| format!("HTTP/1.1 {status}\r\nA: b\r\n\r\nbody").into_bytes();
        assert_eq!(body(&answer("200 OK")).as_deref(), Some(&b"body"[..]));
        assert_eq!(body(&answer("503 Unavailable")), None);
        assert_eq!(body(b"200 OK"), None);
    }
}
