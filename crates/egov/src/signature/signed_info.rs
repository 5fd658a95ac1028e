//! Reading a `Signature` element against its profile. Nothing optional, nothing beside.

use roxmltree::Node;

use super::locate::is_dsig;
use super::reference::{self, FileReference};
use super::{Profile, RSA_SHA256, SHA256, SignatureError};
use crate::base64;
use crate::certificate::Certificate;
use crate::limits::{REFERENCES, RSA_BITS_MOST};
use crate::xml::{elements, is_blank, text};

/// What a signature says of itself.
pub(super) struct SignedInfo<'a, 'i> {
    pub(super) node: Node<'a, 'i>,
    pub(super) digest: [u8; 32],
    pub(super) files: Vec<FileReference>,
    pub(super) value: Vec<u8>,
    pub(super) certificates: Vec<Certificate>,
    pub(super) id: Option<String>,
}

impl<'a, 'i> SignedInfo<'a, 'i> {
    pub(super) fn read(profile: Profile, signature: Node<'a, 'i>) -> Result<Self, SignatureError> {
        let [node, value, key_info] =
            exactly(signature, ["SignedInfo", "SignatureValue", "KeyInfo"])?;
        let id = signature_id(signature)?;
        for bare in [node, value, key_info] {
            attributes(bare, &[])?;
        }
        let parts = children(node)?;
        let [canonicalization, method, first, others @ ..] = parts.as_slice() else {
            return Err(SignatureError::Profile("SignedInfo"));
        };
        algorithm(
            *canonicalization,
            "CanonicalizationMethod",
            profile.canonicalization(),
        )?;
        algorithm(*method, "SignatureMethod", RSA_SHA256)?;
        let (uri, digest) = reference(*first, Some(profile.transform()))?;
        if !reference::is_to_target(profile, uri) {
            return Err(SignatureError::Reference);
        }
        Ok(Self {
            node,
            digest,
            files: files(profile, others)?,
            value: decoded(value, usize::try_from(RSA_BITS_MOST / 8).unwrap_or(0))?,
            certificates: certificates(profile, key_info)?,
            id,
        })
    }
}

/// `Id`, or `id` as early software wrote it; outside what is signed, so nothing but a remark.
fn signature_id(signature: Node<'_, '_>) -> Result<Option<String>, SignatureError> {
    let mut found = signature.attributes();
    let first = found.next();
    match (first, found.next()) {
        (None, _) => Ok(None),
        (Some(id), None) if matches!(id.name(), "Id" | "id") && id.namespace().is_none() => {
            Ok(Some(id.value().to_owned()))
        }
        _ => Err(SignatureError::Profile("Signature")),
    }
}

fn files(
    profile: Profile,
    references: &[Node<'_, '_>],
) -> Result<Vec<FileReference>, SignatureError> {
    if profile != Profile::Package && !references.is_empty() {
        return Err(SignatureError::Profile("Reference"));
    }
    if references.len() > REFERENCES {
        return Err(SignatureError::Profile("Reference"));
    }
    let mut files: Vec<FileReference> = Vec::new();
    for node in references {
        let (uri, digest) = reference(*node, None)?;
        let file = FileReference::parse(uri, digest)?;
        if files.iter().any(|it| it.is_same_name(&file)) {
            return Err(SignatureError::Reference);
        }
        files.push(file);
    }
    Ok(files)
}

/// URI and digest of a reference with exactly this transform, or without any.
fn reference<'a>(
    node: Node<'a, '_>,
    transform: Option<&str>,
) -> Result<(&'a str, [u8; 32]), SignatureError> {
    if !is_dsig(node, "Reference") {
        return Err(SignatureError::Profile("Reference"));
    }
    attributes(node, &["URI"])?;
    let uri = node.attribute("URI").unwrap_or_default();
    let (method, value) = if let Some(transform) = transform {
        let [transforms, method, value] =
            exactly(node, ["Transforms", "DigestMethod", "DigestValue"])?;
        attributes(transforms, &[])?;
        let [only] = exactly(transforms, ["Transform"])?;
        algorithm(only, "Transform", transform)?;
        (method, value)
    } else {
        exactly(node, ["DigestMethod", "DigestValue"])?.into()
    };
    algorithm(method, "DigestMethod", SHA256)?;
    attributes(value, &[])?;
    let digest = decoded(value, 32)?;
    Ok((uri, digest.try_into().map_err(|_| SignatureError::Value)?))
}

fn certificates(
    profile: Profile,
    key_info: Node<'_, '_>,
) -> Result<Vec<Certificate>, SignatureError> {
    let [data] = exactly(key_info, ["X509Data"])?;
    attributes(data, &[])?;
    let nodes = children(data)?;
    if nodes.len() != profile.certificates() {
        return Err(SignatureError::Profile("X509Data"));
    }
    nodes
        .into_iter()
        .map(|node| {
            if !is_dsig(node, "X509Certificate") {
                return Err(SignatureError::Profile("X509Data"));
            }
            attributes(node, &[])?;
            let value = text(node)?;
            Certificate::from_base64(&value).map_err(SignatureError::Certificate)
        })
        .collect()
}

/// An element that holds nothing and names exactly this algorithm.
fn algorithm(node: Node<'_, '_>, name: &'static str, wanted: &str) -> Result<(), SignatureError> {
    let is_empty = children(node)?.is_empty();
    attributes(node, &["Algorithm"])?;
    if is_dsig(node, name) && is_empty && node.attribute("Algorithm") == Some(wanted) {
        return Ok(());
    }
    Err(SignatureError::Profile(name))
}

/// The children of an element, which are exactly these.
fn exactly<'a, 'i, const N: usize>(
    node: Node<'a, 'i>,
    names: [&'static str; N],
) -> Result<[Node<'a, 'i>; N], SignatureError> {
    let found: [Node<'a, 'i>; N] = children(node)?
        .try_into()
        .map_err(|_| SignatureError::Profile("children"))?;
    for (node, name) in found.iter().zip(names) {
        if !is_dsig(*node, name) {
            return Err(SignatureError::Profile(name));
        }
    }
    Ok(found)
}

/// The elements below, between white space only.
fn children<'a, 'i>(node: Node<'a, 'i>) -> Result<Vec<Node<'a, 'i>>, SignatureError> {
    let stray = node
        .children()
        .any(|it| !it.is_element() && !is_blank(it.text().unwrap_or("?")));
    if stray {
        return Err(SignatureError::Profile("text between elements"));
    }
    Ok(elements(node).collect())
}

fn attributes(node: Node<'_, '_>, names: &[&str]) -> Result<(), SignatureError> {
    let as_wanted = node.attributes().count() == names.len()
        && node
            .attributes()
            .all(|it| it.namespace().is_none() && names.contains(&it.name()));
    if as_wanted {
        Ok(())
    } else {
        Err(SignatureError::Profile("attributes"))
    }
}

fn decoded(node: Node<'_, '_>, most: usize) -> Result<Vec<u8>, SignatureError> {
    base64::decode(&text(node)?, most).map_err(|_| SignatureError::Value)
}
