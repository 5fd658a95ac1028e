//! 留意事項: a text of the bank to be read, perhaps agreed to, and perhaps the choice of a way to log
//! in. Asks nothing about the customer and proves nothing.
//!
//! Source: Mizuho manual 1.1, one page for all three.

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Applies, Arrival, Context, Entry, Kept, Outcome, Role, Sample, SampleWorld, Step, Submission,
    When,
};
use crate::fact::{Agreed, Facts};
use crate::fault::Fault;
use crate::form::FormData;
use crate::text::{Message, Problem};

/// A notice of the bank.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Notice {
    /// When the step is walked.
    pub when: When,
    /// The screen's number as the manual prints it; shown, never used as a key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub screen_id: Option<String>,
    /// The name of the text: `terms/<name>.ja.md` and `terms/<name>.en.md` in the bank's folder.
    /// Headings, paragraphs, lists, emphasis and links to https addresses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terms: Option<String>,
    /// The version of the text, as the bank numbers it; kept with every consent.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub version: String,
    /// Whether the customer must agree (同意する).
    pub agree: bool,
    /// The ways to log in that the page lets the customer choose from, in its order. Each has a text
    /// `notice-method-<name>`; none is selected beforehand.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub methods: Vec<String>,
}

/// Nothing is remembered.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Memory {}

/// The page.
#[derive(Debug, Serialize)]
pub struct View {
    screen_id: Option<String>,
    /// Whether the page is only about the choice: no app is linked, nothing is agreed to.
    alone: bool,
    terms: Option<String>,
    agree: bool,
    agreed: bool,
    methods: Vec<String>,
    method: Option<String>,
}

#[async_trait]
impl Step for Notice {
    const KIND: &'static str = "notice";
    const ROLE: Role = Role::Prepares;
    type Memory = Memory;
    type View = View;

    fn when(&self) -> &When {
        &self.when
    }

    fn methods(&self) -> Vec<String> {
        self.methods.clone()
    }

    fn texts(&self) -> Vec<String> {
        let methods = self.methods.iter();
        methods.map(|one| format!("notice-method-{one}")).collect()
    }

    fn applies(&self, facts: &Facts) -> Applies {
        if facts.client.is_none() && self.methods.is_empty() {
            return Applies::No("no app is linked, so there is nothing to agree to");
        }
        Applies::Certainly
    }

    async fn enter(&self, _: &Context<'_>) -> Result<Arrival<Memory>, Fault> {
        Ok(Entry::Ask(Memory {}).into())
    }

    fn present(&self, facts: &Facts, _: &Memory, _: &[Problem], kept: &Kept) -> View {
        let alone = facts.client.is_none();
        View {
            screen_id: self.screen_id.clone(),
            alone,
            terms: self.terms.clone().filter(|_| !alone),
            agree: self.agree && !alone,
            agreed: kept.contains_key(AGREE),
            methods: self.methods.clone(),
            method: kept.get(METHOD).cloned(),
        }
    }

    async fn submit(
        &self,
        cx: &Context<'_>,
        memory: Memory,
        form: &FormData,
    ) -> Result<Submission<Memory>, Fault> {
        let must_agree = self.agree && cx.facts.client.is_some();
        let agreed = form.one(AGREE) == Some("agree");
        let chosen = form.one(METHOD);
        let method = self.methods.iter().find(|one| chosen == Some(one.as_str()));
        let mut problems = Vec::new();
        if must_agree && !agreed {
            problems.push(Problem::at(
                AGREE,
                Message::new("error-notice-agree-missing"),
            ));
        }
        if method.is_none() && !self.methods.is_empty() {
            problems.push(Problem::at(METHOD, Message::new("error-method-missing")));
        }
        if !problems.is_empty() {
            let tick = agreed.then(|| (AGREE.to_owned(), "agree".to_owned()));
            let choice = method.map(|method| (METHOD.to_owned(), method.clone()));
            return Ok(Outcome::Again {
                memory,
                problems,
                kept: tick.into_iter().chain(choice).collect(),
            }
            .into());
        }
        let mut facts = cx.facts.clone();
        if let Some(method) = method {
            facts.method = Some(method.clone());
        }
        if must_agree {
            facts.agreed.push(self.agreed(cx)?);
        }
        Ok(Outcome::Passed(Box::new(facts)).into())
    }

    fn samples(&self, world: &SampleWorld) -> Vec<Sample<Memory>> {
        let mut missing = Sample::new("missing", world, Memory {});
        if self.agree {
            missing = missing.told_at(AGREE, Message::new("error-notice-agree-missing"));
        }
        if !self.methods.is_empty() {
            missing = missing.told_at(METHOD, Message::new("error-method-missing"));
        }
        let mut all = vec![Sample::new("first", world, Memory {})];
        if !missing.problems.is_empty() {
            all.push(missing);
        }
        if !self.methods.is_empty() {
            let mut alone = Sample::new("alone", world, Memory {});
            alone.facts.client = None;
            all.push(alone);
        }
        all
    }
}

impl Notice {
    /// What was agreed to, with the digest of the very text that was shown.
    fn agreed(&self, cx: &Context<'_>) -> Result<Agreed, Fault> {
        let digest = match &self.terms {
            Some(name) => {
                let terms = cx.tenant.terms.get(name);
                let digest = terms.and_then(|terms| terms.digests.get(&cx.language));
                let gone = || Fault::new("a notice's text is not there any more");
                Some(digest.ok_or_else(gone)?.clone())
            }
            None => None,
        };
        Ok(Agreed {
            step: Self::KIND.to_owned(),
            terms: self.terms.clone(),
            version: self.version.clone(),
            digest,
            language: cx.language,
            at: cx.now,
        })
    }
}

const AGREE: &str = "agree";
const METHOD: &str = "method";

#[cfg(test)]
mod tests {
    use renkei_oauth::scope::Scopes;

    use super::*;

    fn notice() -> Notice {
        serde_json::from_value(serde_json::json!({
            "terms": "notice", "version": "1", "agree": true, "methods": ["password", "certificate"],
        }))
        .unwrap()
    }

    #[test]
    fn nothing_is_selected_beforehand_and_what_was_chosen_stays() {
        let world = SampleWorld::new(Scopes::parse("accounts").unwrap(), None);
        let view = |kept: &Kept| notice().present(&world.facts, &Memory {}, &[], kept);
        let fresh = view(&Kept::new());
        assert!(!fresh.agreed && fresh.method.is_none() && fresh.agree);
        let kept = [(METHOD.to_owned(), "password".to_owned())].into();
        assert_eq!(view(&kept).method.as_deref(), Some("password"));
    }

    #[test]
    fn where_no_app_is_linked_only_the_choice_is_left() {
        let view = notice().present(&Facts::default(), &Memory {}, &[], &Kept::new());
        assert!(view.alone && !view.agree && view.terms.is_none());
        let without = Notice {
            methods: Vec::new(),
            ..notice()
        };
        assert!(matches!(without.applies(&Facts::default()), Applies::No(_)));
    }
}
