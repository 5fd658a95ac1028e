//! Where the signature and what it signs stand. By absolute position, never by a search: a search can be led to
//! another element than the one that was hashed.

use roxmltree::{Document, Node};

use super::{DSIG, Profile, SignatureError};
use crate::xml::{Children, elements, fence, is_plain};

/// The two elements of a signed document that matter.
pub(super) struct Located<'a, 'i> {
    pub(super) target: Node<'a, 'i>,
    pub(super) signature: Node<'a, 'i>,
}

impl<'a, 'i> Located<'a, 'i> {
    pub(super) fn find(
        profile: Profile,
        document: &'a Document<'i>,
    ) -> Result<Self, SignatureError> {
        let root = document.root_element();
        fence(root)?;
        // Whatever its namespace: a second element of this name is there to be mistaken for the first.
        let signatures = root
            .descendants()
            .filter(|it| it.is_element() && it.tag_name().name() == "Signature")
            .count();
        match signatures {
            0 => return Err(SignatureError::NoSignature),
            1 => {}
            _ => return Err(SignatureError::Misplaced),
        }
        if !is_plain(root, profile.root()) {
            return Err(SignatureError::Misplaced);
        }
        let signature = Self::signature(profile, root)?;
        let target = elements(root)
            .find(|it| is_plain(*it, profile.target()))
            .ok_or(SignatureError::Misplaced)?;
        unique_id(profile, root, target)?;
        Ok(Self { target, signature })
    }

    /// The root has exactly the children of its profile, in their order, and the signature stands where it must.
    fn signature(profile: Profile, root: Node<'a, 'i>) -> Result<Node<'a, 'i>, SignatureError> {
        // White space only between them.
        Children::of(root).map_err(|_| SignatureError::Misplaced)?;
        let is_expected = |(node, name): (Node<'_, '_>, &&str)| {
            let is_signature = *name == "Signature";
            (is_signature && is_dsig(node, name)) || (!is_signature && is_plain(node, name))
        };
        let expected = profile.children();
        let in_order = elements(root).count() == expected.len()
            && elements(root).zip(expected).all(is_expected);
        if !in_order {
            return Err(SignatureError::Misplaced);
        }
        let holder = match profile.holder() {
            Some(name) => elements(root).find(|it| is_plain(*it, name)),
            None => Some(root),
        };
        let holder = holder.ok_or(SignatureError::Misplaced)?;
        if holder != root && elements(holder).count() != 1 {
            return Err(SignatureError::Misplaced);
        }
        elements(holder)
            .find(|it| is_dsig(*it, "Signature"))
            .ok_or(SignatureError::Misplaced)
    }
}

/// The id is the target's, and nothing else in the document carries it under any spelling of the attribute.
fn unique_id(
    profile: Profile,
    root: Node<'_, '_>,
    target: Node<'_, '_>,
) -> Result<(), SignatureError> {
    let (name, value) = profile.id();
    if target.attribute(name) != Some(value) {
        return Err(SignatureError::AmbiguousId);
    }
    let carriers = root
        .descendants()
        .flat_map(|it| it.attributes())
        .filter(|it| it.name().eq_ignore_ascii_case("id") && it.value() == value)
        .count();
    if carriers == 1 {
        Ok(())
    } else {
        Err(SignatureError::AmbiguousId)
    }
}

/// Whether an element is one of XML Signature's.
pub(super) fn is_dsig(node: Node<'_, '_>, name: &str) -> bool {
    node.tag_name().name() == name && node.tag_name().namespace() == Some(DSIG)
}
