//! What a customer types and nobody may see again: redacted when printed, wiped when dropped, never
//! serialized. To keep one, seal it ([`crate::seal`]); to compare one, ask the bank.

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

macro_rules! secrets {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name(Zeroizing<String>);

        impl $name {
            /// Takes the typed text as it is.
            pub fn new(typed: impl Into<String>) -> Self {
                Self(Zeroizing::new(typed.into()))
            }

            /// The text itself, for the one place that verifies or seals it.
            pub fn expose(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )*};
}

secrets! {
    /// ログインパスワード: compared as typed, case-sensitive, never trimmed.
    Password;
    /// 照会用暗証番号, the inquiry PIN a customer has filed with the bank for one account.
    Pin;
    /// The answer to a security question; compare its [`Answer::folded`] form.
    Answer;
}

impl Answer {
    /// The form in which two answers are compared: NFKC, outer white space gone, so that full-width
    /// and half-width spellings of the same answer are the same answer.
    #[must_use]
    pub fn folded(&self) -> Self {
        Self::new(self.0.nfkc().collect::<String>().trim())
    }

    /// Length in characters, as the customer counts them.
    pub fn char_count(&self) -> usize {
        self.0.chars().count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_does_not_print_itself() {
        assert_eq!(format!("{:?}", Pin::new("4711")), "Pin(…)");
    }

    #[test]
    fn full_width_and_half_width_answers_are_the_same() {
        assert_eq!(
            Answer::new("ｶﾚｰ ").folded().expose(),
            Answer::new("カレー").folded().expose()
        );
    }
}
