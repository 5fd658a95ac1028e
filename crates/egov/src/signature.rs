//! XML signatures, one fixed profile per kind of document: absolute positions, fixed algorithms, a fixed list of
//! references. What is read from a signed document is read from the canonical bytes that were hashed.
//!
//! The protocol has no nonce, no signed time and no signed name of the operation: a captured document verifies for as
//! long as its certificate is valid. Nothing here can change that.

mod locate;
mod reference;
mod sign;
mod signed_info;

use openssl::sign::Verifier;
use renkei_core::instant::Timestamp;

use self::locate::Located;
pub use self::reference::FileReference;
pub(crate) use self::reference::is_bare_name;
pub use self::sign::{NotSigned, SigningKey, Unsigned, sign};
use self::signed_info::SignedInfo;
use crate::canonical::{NotCanonical, canonical};
use crate::certificate::{Anchors, Certificate, CertificateError, sha256};
use crate::limits::RSA_BITS_MOST;
use crate::xml::{self, XmlError};

/// The kinds of signed documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Profile {
    /// A request of the identity operations: `DataRoot/ApplData`.
    Api,
    /// The 構成管理 of an application: `DataRoot/構成情報` and its form files.
    Package,
    /// An official document with 官職署名: `DOC/BODY`.
    Official,
}

/// Why a signature does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// The document itself is refused.
    #[error(transparent)]
    Xml(#[from] XmlError),
    /// There is none.
    #[error("the document has no signature")]
    NoSignature,
    /// More than one, or not in its place, or what it should sign is not in its place.
    #[error("the signature or what it signs is not in its place")]
    Misplaced,
    /// The id of what is signed is missing or occurs twice.
    #[error("the id of what is signed is not unique")]
    AmbiguousId,
    /// Something of the signature is not as its profile fixes it.
    #[error("the signature departs from its profile: {0}")]
    Profile(&'static str),
    /// A reference to something else than the profile allows.
    #[error("a reference of the signature is not allowed")]
    Reference,
    /// A value that is not Base64 of the right size.
    #[error("a value of the signature cannot be decoded")]
    Value,
    /// Canonicalization failed.
    #[error("what is signed cannot be canonicalized")]
    NotCanonical,
    /// What is signed is not what was signed.
    #[error("the digest does not fit")]
    Digest,
    /// The signature is not this key's.
    #[error("the signature value does not fit")]
    Mismatch,
    /// The embedded certificate cannot be used at all.
    #[error("the embedded certificate: {0}")]
    Certificate(CertificateError),
}

impl From<NotCanonical> for SignatureError {
    fn from(_: NotCanonical) -> Self {
        Self::NotCanonical
    }
}

/// A document whose arithmetic holds: the embedded certificate's key made the signature. Whose it is, nobody has
/// judged yet, so nothing can be read from it.
#[derive(Debug, Clone)]
pub struct Unjudged {
    signed: Signed,
}

impl Unjudged {
    /// The certificates that came with it, the signer's first. They are claims.
    pub fn certificates(&self) -> &[Certificate] {
        &self.signed.certificates
    }

    /// The signer's certificate, a claim.
    pub fn signer(&self) -> &Certificate {
        &self.signed.signer
    }

    /// Judges the signer at an instant and opens what was signed.
    pub fn judge(self, anchors: &Anchors, at: Timestamp) -> Result<Signed, CertificateError> {
        let others = self.signed.certificates.get(1..).unwrap_or_default();
        anchors.judge(&self.signed.signer, others, at)?;
        Ok(self.signed)
    }
}

/// What a trusted signer signed.
#[derive(Debug, Clone)]
pub struct Signed {
    /// The canonical text of the signed element: parse this, never the document it stood in.
    pub data: String,
    /// Who signed.
    pub signer: Certificate,
    /// All certificates that came with the signature, the signer's first.
    pub certificates: Vec<Certificate>,
    /// The files that were signed beside it; their digests are yet to be compared.
    pub files: Vec<FileReference>,
    /// `Signature/@Id` (or `@id`): a time by convention, unsigned.
    pub id: Option<String>,
}

/// Verifies shape, digest and signature value of a document of at most `most` bytes.
pub fn verify(profile: Profile, document: &[u8], most: usize) -> Result<Unjudged, SignatureError> {
    let text = xml::decode(document, most)?;
    let parsed = xml::parse(text)?;
    let located = Located::find(profile, &parsed)?;
    let info = SignedInfo::read(profile, located.signature)?;

    let data = canonical(located.target)?;
    if openssl::sha::sha256(data.as_bytes()) != info.digest {
        return Err(SignatureError::Digest);
    }
    let canonical_info = canonical(info.node)?;
    let signer = info.certificates.first().ok_or(SignatureError::Value)?;
    if !is_made_by(signer, &info.value, canonical_info.as_bytes())? {
        return Err(SignatureError::Mismatch);
    }
    Ok(Unjudged {
        signed: Signed {
            data,
            signer: signer.clone(),
            certificates: info.certificates,
            files: info.files,
            id: info.id,
        },
    })
}

fn is_made_by(
    signer: &Certificate,
    value: &[u8],
    canonical_info: &[u8],
) -> Result<bool, SignatureError> {
    let key = signer
        .rsa()
        .filter(|key| key.bits() <= RSA_BITS_MOST)
        .ok_or(SignatureError::Certificate(CertificateError::WeakKey))?;
    // A value that is not even a number below the modulus is an error to OpenSSL and a mismatch to us.
    let verified = Verifier::new(sha256(), &key)
        .and_then(|mut verifier| verifier.verify_oneshot(value, canonical_info));
    Ok(verified.unwrap_or(false))
}

impl Profile {
    /// Name of the root.
    const fn root(self) -> &'static str {
        match self {
            Self::Api | Self::Package => "DataRoot",
            Self::Official => "DOC",
        }
    }

    /// The children of the root, all of them, in order.
    const fn children(self) -> &'static [&'static str] {
        match self {
            Self::Api => &["ApplData", "Signature"],
            Self::Package => &[
                "様式ID",
                "様式バージョン",
                "STYLESHEET",
                "構成情報",
                "署名情報",
            ],
            Self::Official => &["FRONT", "BODY", "Signature"],
        }
    }

    /// What is signed.
    const fn target(self) -> &'static str {
        match self {
            Self::Api => "ApplData",
            Self::Package => "構成情報",
            Self::Official => "BODY",
        }
    }

    /// What holds the signature: the root itself, or a child of it.
    const fn holder(self) -> Option<&'static str> {
        match self {
            Self::Api | Self::Official => None,
            Self::Package => Some("署名情報"),
        }
    }

    /// Name and value of the attribute the reference means. There is no document type: this is what makes it an id.
    const fn id(self) -> (&'static str, &'static str) {
        match self {
            Self::Api => ("Id", "ApplData"),
            Self::Package => ("ID", "構成情報"),
            Self::Official => ("ID", "DOCBODY"),
        }
    }

    const fn canonicalization(self) -> &'static str {
        match self {
            Self::Api | Self::Package => C14N,
            Self::Official => C14N_WITH_COMMENTS,
        }
    }

    /// The one transform of the first reference. In a detached signature `enveloped-signature` takes nothing away.
    const fn transform(self) -> &'static str {
        match self {
            Self::Api | Self::Package => C14N,
            Self::Official => ENVELOPED,
        }
    }

    /// The signer's certificate, and in official documents the authority's after it.
    const fn certificates(self) -> usize {
        match self {
            Self::Api | Self::Package => 1,
            Self::Official => 2,
        }
    }
}

const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";
const C14N: &str = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
const C14N_WITH_COMMENTS: &str = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments";
const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
