//! What a bank's screens print.

use serde_json::Value;

use crate::shared::{html, samples};

/// A bank whose manual prints its screens.
pub(crate) struct Bank(pub(crate) &'static str);

impl Bank {
    /// A screen in Japanese, with the errors of its kind or without.
    pub(crate) fn screen(&self, kind: &str, view: &Value, troubled: bool) -> String {
        let errors = if troubled {
            samples::problems(kind)
        } else {
            Vec::new()
        };
        let frame = samples::frame("ja", 2, None);
        let page = samples::pages().step(self.0, "ja", kind, &frame, view, &errors);
        page.expect("a page")
    }

    /// It prints this and nothing else, white space aside.
    pub(crate) fn prints(&self, kind: &str, view: &Value, expected: &[&str]) {
        let expected: String = expected.concat().split_whitespace().collect();
        for troubled in [false, true] {
            assert_eq!(html::printed(&self.screen(kind, view, troubled)), expected);
        }
    }
}
