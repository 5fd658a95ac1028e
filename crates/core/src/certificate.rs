//! A client certificate as the journey knows it.

use serde::{Deserialize, Serialize};

/// A certificate that was presented and found in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresentedCertificate {
    /// SHA-256 of the certificate, lower-case hexadecimal.
    pub fingerprint: String,
    /// Its serial number, lower-case hexadecimal.
    pub serial: String,
    /// The subject's common name.
    pub common_name: String,
    /// The subject's organizational units, in order.
    pub organizational_units: Vec<String>,
    /// The issuer's common name.
    pub issuer: String,
}
