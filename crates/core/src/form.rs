//! What a browser posted, by control name. It may hold secrets, so it never prints itself.

use std::collections::BTreeMap;
use std::fmt;

use zeroize::Zeroize;

/// The controls of a posted form, in the order they were posted.
#[derive(Clone, Default)]
pub struct FormData(BTreeMap<String, Vec<String>>);

impl FormData {
    /// A form of name and value pairs.
    pub fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut controls: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in pairs {
            controls.entry(name).or_default().push(value);
        }
        Self(controls)
    }

    /// The value of a control that may be given once; none when it is absent or given twice.
    pub fn one(&self, name: &str) -> Option<&str> {
        match self.0.get(name).map(Vec::as_slice) {
            Some([value]) => Some(value),
            Some(_) | None => None,
        }
    }

    /// Every value of a control, such as ticked boxes.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.get(name).into_iter().flatten().map(String::as_str)
    }
}

impl fmt::Debug for FormData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Drop for FormData {
    fn drop(&mut self) {
        self.0.values_mut().flatten().for_each(Zeroize::zeroize);
    }
}
