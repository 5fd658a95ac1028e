//! Signing in the three profiles: official documents by a ministry's key, the others for tests and for software that
//! plays the applicant.

use std::fmt;

use openssl::pkey::{Id, PKey, Private};
use openssl::sign::Signer;
use roxmltree::Node;

use super::locate::is_dsig;
use super::reference::{is_bare_name, percent_encoded};
use super::{DSIG, Profile, RSA_SHA256, SHA256};
use crate::base64;
use crate::canonical::canonical;
use crate::certificate::{Certificate, sha256};
use crate::xml::{self, Writer, elements, is_plain};

/// A key with the certificates that go into its signatures, its own first.
#[derive(Clone)]
pub struct SigningKey {
    key: PKey<Private>,
    certificates: Vec<Certificate>,
}

/// Why a document was not signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotSigned {
    /// The key cannot be read, is not RSA, or does not belong to the certificate.
    #[error("the key cannot be used")]
    Key,
    /// The document is not of the profile, or signed already.
    #[error("the document is not of this kind")]
    Document,
}

impl SigningKey {
    /// A private key in PEM, and the certificates of the profile.
    pub fn new(pem: &[u8], certificates: Vec<Certificate>) -> Result<Self, NotSigned> {
        let key = PKey::private_key_from_pem(pem).map_err(|_| NotSigned::Key)?;
        let own = certificates.first().and_then(Certificate::rsa);
        if key.id() == Id::RSA && own.is_some_and(|own| own.public_eq(&key)) {
            Ok(Self { key, certificates })
        } else {
            Err(NotSigned::Key)
        }
    }

    /// The certificates that go into its signatures.
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({:?})", self.certificates.first())
    }
}

/// A document to be signed.
#[derive(Debug, Clone, Copy)]
pub struct Unsigned<'d> {
    /// The kind of document.
    pub profile: Profile,
    /// Its text without a signature; in a package without 署名情報 as well.
    pub text: &'d str,
    /// `Signature/@Id`.
    pub id: Option<&'d str>,
    /// In a package: the form files, by name.
    pub files: &'d [(&'d str, &'d [u8])],
    /// In a package: whether the reference to 構成情報 is percent-encoded, as the recorded client writes it.
    pub encoded: bool,
}

/// The document with its signature.
pub fn sign(unsigned: &Unsigned<'_>, key: &SigningKey) -> Result<String, NotSigned> {
    if key.certificates.len() != unsigned.profile.certificates() {
        return Err(NotSigned::Key);
    }
    if unsigned.files.iter().any(|(name, _)| !is_bare_name(name)) {
        return Err(NotSigned::Document);
    }
    let digest = digest_of_target(unsigned)?;
    // Twice: what is signed is the SignedInfo where it stands, with every namespace it inherits there.
    let draft = unsigned.with_signature(&digest, "", key)?;
    let value = {
        let parsed = xml::parse(&draft).map_err(|_| NotSigned::Document)?;
        let info = parsed.descendants().find(|it| is_dsig(*it, "SignedInfo"));
        let info = info.ok_or(NotSigned::Document)?;
        let info = canonical(info).map_err(|_| NotSigned::Document)?;
        let mut signer = Signer::new(sha256(), &key.key).map_err(|_| NotSigned::Key)?;
        let value = signer.sign_oneshot_to_vec(info.as_bytes());
        base64::encode(&value.map_err(|_| NotSigned::Key)?)
    };
    unsigned.with_signature(&digest, &value, key)
}

fn digest_of_target(unsigned: &Unsigned<'_>) -> Result<String, NotSigned> {
    let parsed = xml::parse(unsigned.text).map_err(|_| NotSigned::Document)?;
    let target = elements(parsed.root_element())
        .find(|it: &Node<'_, '_>| is_plain(*it, unsigned.profile.target()))
        .ok_or(NotSigned::Document)?;
    let data = canonical(target).map_err(|_| NotSigned::Document)?;
    Ok(base64::encode(&openssl::sha::sha256(data.as_bytes())))
}

impl Unsigned<'_> {
    /// The text with a signature before the end tag of the root.
    fn with_signature(
        &self,
        digest: &str,
        value: &str,
        key: &SigningKey,
    ) -> Result<String, NotSigned> {
        let end = format!("</{}>", self.profile.root());
        let at = self.text.rfind(&end).ok_or(NotSigned::Document)?;
        let (before, after) = self.text.split_at_checked(at).ok_or(NotSigned::Document)?;
        let mut writer = Writer::fragment();
        match self.profile.holder() {
            Some(holder) => writer.element(holder, |it| self.signature(it, digest, value, key)),
            None => self.signature(&mut writer, digest, value, key),
        }
        Ok([before, &writer.finish(), after].concat())
    }

    fn signature(&self, writer: &mut Writer, digest: &str, value: &str, key: &SigningKey) {
        let mut attributes = vec![("xmlns", DSIG)];
        attributes.extend(self.id.map(|id| ("Id", id)));
        writer.element_with("Signature", &attributes, |it| {
            it.element("SignedInfo", |it| self.signed_info(it, digest));
            it.leaf("SignatureValue", value);
            it.element("KeyInfo", |it| {
                it.element("X509Data", |it| {
                    for certificate in &key.certificates {
                        it.leaf("X509Certificate", &certificate.base64());
                    }
                });
            });
        });
    }

    fn signed_info(&self, writer: &mut Writer, digest: &str) {
        let canonicalization = self.profile.canonicalization();
        empty(writer, "CanonicalizationMethod", canonicalization);
        empty(writer, "SignatureMethod", RSA_SHA256);
        let (_, id) = self.profile.id();
        let fragment = if self.encoded {
            percent_encoded(id)
        } else {
            id.to_owned()
        };
        let uri = format!("#{fragment}");
        writer.element_with("Reference", &[("URI", &uri)], |it| {
            it.element("Transforms", |it| {
                empty(it, "Transform", self.profile.transform());
            });
            empty(it, "DigestMethod", SHA256);
            it.leaf("DigestValue", digest);
        });
        for (name, bytes) in self.files {
            let uri = percent_encoded(name);
            writer.element_with("Reference", &[("URI", &uri)], |it| {
                empty(it, "DigestMethod", SHA256);
                it.leaf("DigestValue", &base64::encode(&openssl::sha::sha256(bytes)));
            });
        }
    }
}

fn empty(writer: &mut Writer, name: &str, algorithm: &str) {
    writer.element_with(name, &[("Algorithm", algorithm)], |_| {});
}
