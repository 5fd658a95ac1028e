//! `ui_locales`: "End-User's preferred languages and scripts for the user interface, represented as
//! a space-separated list of BCP47 language tag values, ordered by preference. … An error SHOULD NOT
//! result if some or all of the requested locales are not supported" (OpenID Connect Core section
//! 3.1.2.1).

use super::rule::{Asked, Draft};
use crate::error::ProtocolError;

/// Keeps the first few tags that can be one, and never refuses.
pub(super) fn apply(asked: &Asked<'_>, draft: &mut Draft) -> Result<(), ProtocolError> {
    let tags = asked
        .parameters
        .once("ui_locales")?
        .unwrap_or_default()
        .split(' ');
    draft.ui_locales = tags
        .filter(|tag| is_tag(tag))
        .take(MAX_TAGS)
        .map(str::to_owned)
        .collect();
    Ok(())
}

fn is_tag(text: &str) -> bool {
    (1..=35).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

const MAX_TAGS: usize = 10;

#[cfg(test)]
mod tests {
    use super::super::rule::tests::applied;
    use super::*;

    #[test]
    fn what_is_no_language_is_left_out() {
        let cases: [(&str, &[&str]); 4] = [
            ("", &[]),
            ("ui_locales=en-GB+ja", &["en-GB", "ja"]),
            ("ui_locales=++ja+%3Cb%3E+../x", &["ja"]),
            ("ui_locales=%E9%A3%9B", &[]),
        ];
        for (query, tags) in cases {
            assert_eq!(applied(apply, query).unwrap().ui_locales, tags, "{query}");
        }
        let many = format!("ui_locales={}", "ja+".repeat(50));
        assert_eq!(applied(apply, &many).unwrap().ui_locales.len(), MAX_TAGS);
    }
}
