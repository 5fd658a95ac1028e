//! `theme.yaml`: a bank's look as design tokens, flat: `brand: "#1f5b46"`, `dark_brand: "#86cbae"`. What
//! a token may be and which contrast it needs, the pages know ([`crate::Words::theme_problems`]).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Design tokens by name; a token that is left out keeps the platform's value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Theme {
    /// Token to value.
    pub tokens: BTreeMap<String, String>,
}
