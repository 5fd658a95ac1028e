//! What can be wrong with words and templates.

/// Why words or templates could not be loaded, or a page could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PagesError {
    /// A text is written twice, or an asset the binary should carry is not there.
    #[error("{file}: {problem}")]
    Contents {
        /// The file.
        file: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A language nobody could speak.
    #[error("{file}: `{tag}` is not a language")]
    Language {
        /// The file.
        file: String,
        /// What was given for a language.
        tag: String,
    },
    /// No text of this key, neither the tenant's nor the platform's.
    #[error("no text `{key}` for tenant `{tenant}` in `{lang}`")]
    MissingText {
        /// The key asked for.
        key: String,
        /// The tenant, `-` for none.
        tenant: String,
        /// The language.
        lang: String,
    },
    /// A placeholder that nothing fills, or a reference to nothing.
    #[error("text `{key}` for tenant `{tenant}` in `{lang}`: {problem}")]
    Placeholder {
        /// The key asked for.
        key: String,
        /// The tenant, `-` for none.
        tenant: String,
        /// The language.
        lang: String,
        /// What the translation engine says.
        problem: String,
    },
    /// A template that cannot be parsed or rendered, with file, line and column.
    #[error("{0}")]
    Template(String),
    /// A text file that cannot be parsed.
    #[error("{file}:{line}:{column}: {problem}")]
    Text {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The column in characters, from 1.
        column: usize,
        /// What was expected.
        problem: String,
    },
    /// A tenant whose words were not loaded.
    #[error("no words of tenant `{0}` are loaded")]
    UnknownTenant(String),
}
