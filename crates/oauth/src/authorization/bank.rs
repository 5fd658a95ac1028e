//! `bank`, our own parameter: which bank the customer is to be led to. A parameter like any other,
//! so that pushed and signed requests will carry it too.

use super::rule::{Asked, Draft};
use crate::error::ProtocolError;

/// Takes the name as it is: whether there is such a bank is answered on our page, where the list of
/// banks is known.
pub(super) fn apply(asked: &Asked<'_>, draft: &mut Draft) -> Result<(), ProtocolError> {
    draft.bank = asked.parameters.once("bank")?.map(str::to_owned);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::rule::tests::applied;
    use super::*;

    #[test]
    fn the_name_is_taken_as_it_is() {
        assert_eq!(
            applied(apply, "bank=hidashin").unwrap().bank.as_deref(),
            Some("hidashin")
        );
        assert_eq!(applied(apply, "bank=").unwrap().bank, None);
    }
}
