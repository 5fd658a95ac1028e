//! `Client-Cert` and `Client-Cert-Chain` (RFC 9440), as a proxy that ends the TLS sets them. Structured
//! fields (RFC 8941): one byte sequence, and a list of them. Whose word may be taken at all is the
//! caller's question.

use actix_web::http::header::HeaderMap;
use openssl::base64::decode_block;
use renkei_core::certificate::{CertificateTrouble, Presentation};

/// What the headers bring; none when the customer presented nothing.
pub(crate) fn presented(headers: &HeaderMap) -> Result<Option<Presentation>, CertificateTrouble> {
    let mut leaves = headers.get_all(CLIENT_CERT);
    let leaf = match (leaves.next(), leaves.next()) {
        (None, _) => return Ok(None),
        (Some(leaf), None) => leaf.to_str().ok(),
        // RFC 9440 section 2.2: an item, never a list. A second one was put in by somebody else.
        (Some(_), Some(_)) => None,
    };
    let leaf = leaf.and_then(byte_sequence);
    let leaf = leaf.ok_or(CertificateTrouble::Unreadable)?;
    let mut chain = Vec::new();
    for line in headers.get_all(CLIENT_CERT_CHAIN) {
        let line = line.to_str().map_err(|_| CertificateTrouble::Unreadable)?;
        for member in line.split(',') {
            chain.push(byte_sequence(member).ok_or(CertificateTrouble::Unreadable)?);
        }
    }
    Presentation::from_der(&leaf, &chain).map(Some)
}

/// `:base64:` (RFC 8941 section 3.3.5).
fn byte_sequence(text: &str) -> Option<Vec<u8>> {
    let inner = text
        .trim_matches([' ', '\t'])
        .strip_prefix(':')?
        .strip_suffix(':')?;
    let alphabet = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=');
    let sound = !inner.is_empty() && inner.len() <= LONGEST && inner.bytes().all(alphabet);
    sound.then(|| decode_block(inner).ok()).flatten()
}

const CLIENT_CERT: &str = "client-cert";
const CLIENT_CERT_CHAIN: &str = "client-cert-chain";
/// In base64, more than any certificate has.
const LONGEST: usize = 24 * 1024;

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};

    use super::*;

    fn headers(lines: &[(&'static str, &str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in lines {
            map.append(
                HeaderName::from_static(name),
                HeaderValue::from_str(value).unwrap(),
            );
        }
        map
    }

    /// The example of RFC 9440 appendix A: the end-entity certificate.
    const EXAMPLE: &str = ":MIIBqDCCAU6gAwIBAgIBBzAKBggqhkjOPQQDAjA6MRswGQYDVQQKDBJMZXQncyBBdXRoZW50aWNhdGUxGzAZBgNVBAMMEkxBIEludGVybWVkaWF0ZSBDQTAeFw0yMDAxMTQyMjU1MzNaFw0yMTAxMjMyMjU1MzNaMA0xCzAJBgNVBAMMAkJDMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8YnXXfaUgmnMtOXU/IncWalRhebrXmckC8vdgJ1p5Be5F/3YC8OthxM4+k1M6aEAEFcGzkJiNy6J84y7uzo9M6NyMHAwCQYDVR0TBAIwADAfBgNVHSMEGDAWgBRm3WjLa38lbEYCuiCPct0ZaSED2DAOBgNVHQ8BAf8EBAMCBsAwEwYDVR0lBAwwCgYIKwYBBQUHAwIwHQYDVR0RAQH/BBMwEYEPYmRjQGV4YW1wbGUuY29tMAoGCCqGSM49BAMCA0gAMEUCIBHda/r1vaL6G3VliL4/Di6YK0Q6bMjeSkC3dFCOOB8TAiEAx/kHSB4urmiZ0NX5r5XarmPk0wmuydBVoU4hBVZ1yhk=:";

    #[test]
    fn the_example_of_the_standard_is_read() {
        let found = presented(&headers(&[("client-cert", EXAMPLE)])).unwrap();
        assert_eq!(found.unwrap().sight().unwrap().common_name, "BC");
        let chain = format!("{EXAMPLE}, {EXAMPLE}");
        let lines = [("client-cert", EXAMPLE), ("client-cert-chain", &chain)];
        assert!(presented(&headers(&lines)).unwrap().is_some());
    }

    #[test]
    fn nothing_is_nothing_and_anything_else_is_unreadable() {
        assert!(presented(&headers(&[])).unwrap().is_none());
        let bare = EXAMPLE.trim_matches(':');
        for line in [
            bare,
            "",
            "::",
            ":no base64:",
            ":AAAA:",
            "-----BEGIN CERTIFICATE-----",
        ] {
            let found = presented(&headers(&[("client-cert", line)]));
            assert_eq!(
                found.map(|_| ()),
                Err(CertificateTrouble::Unreadable),
                "{line}"
            );
        }
        let twice = headers(&[("client-cert", EXAMPLE), ("client-cert", EXAMPLE)]);
        assert!(presented(&twice).is_err(), "two lines are not an item");
        let joined = format!("{EXAMPLE}, {EXAMPLE}");
        assert!(presented(&headers(&[("client-cert", &joined)])).is_err());
        let chain = [("client-cert", EXAMPLE), ("client-cert-chain", "x")];
        assert!(presented(&headers(&chain)).is_err());
    }
}
