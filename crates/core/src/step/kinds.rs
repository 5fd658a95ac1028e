//! The list of kinds: one line each, nothing else.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

use super::{AnyStep, Step};

macro_rules! kinds {
    ($($variant:ident($module:ident),)*) => {
        /// One step of a plan as a tenant writes it: `- login: { … }`.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum Kind {
            $(
                #[doc = concat!("See the kind `", stringify!($module), "`.")]
                $variant(super::$module::$variant),
            )*
        }

        impl Kind {
            /// Its name.
            pub const fn name(&self) -> &'static str {
                match self { $(Self::$variant(_) => <super::$module::$variant as Step>::KIND,)* }
            }

            /// The step itself.
            pub fn into_step(self) -> Arc<dyn AnyStep> {
                match self { $(Self::$variant(step) => Arc::new(step),)* }
            }
        }

        /// The names of all kinds.
        pub const NAMES: &[&str] = &[$(<super::$module::$variant as Step>::KIND),*];

        /// The names of the kinds that show a page.
        pub fn with_page() -> Vec<&'static str> {
            let all = [$((
                <super::$module::$variant as Step>::KIND,
                <super::$module::$variant as Step>::HAS_PAGE,
            )),*];
            all.into_iter().filter(|(_, page)| *page).map(|(name, _)| name).collect()
        }
    };
}

kinds! {
    Notice(notice),
    Certificate(certificate),
    Login(login),
    Digits(digits),
    MatrixCard(matrix_card),
    TransactionPassword(transaction_password),
    Precondition(precondition),
    Risk(risk),
    OneTimePassword(one_time_password),
    SecurityQuestion(security_question),
    OutOfBand(out_of_band),
    Passkey(passkey),
    Registration(registration),
    PermissionGate(permission_gate),
    SessionConflict(session_conflict),
    Interstitial(interstitial),
    ServiceSelection(service_selection),
    InquiryPin(inquiry_pin),
    InquiryPinResult(inquiry_pin_result),
    AccountSelection(account_selection),
    Consent(consent),
    PaymentConfirmation(payment_confirmation),
}
