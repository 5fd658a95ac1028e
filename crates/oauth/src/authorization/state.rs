//! `state`: "An opaque value used by the client to maintain state between the request and callback.
//! The authorization server includes this value when redirecting the user-agent back to the client"
//! (RFC 6749 section 4.1.1).

use super::rule::{Asked, Draft};
use crate::error::ProtocolError;
use crate::parameter::Parameters;

/// Takes up to 2048 bytes whole; more is refused, never cut.
pub(super) fn apply(asked: &Asked<'_>, draft: &mut Draft) -> Result<(), ProtocolError> {
    let state = asked.parameters.once("state")?;
    if state.is_some_and(|state| state.len() > MAX_LENGTH) {
        return Err(ProtocolError::invalid_request(
            "state must have at most 2048 characters",
        ));
    }
    draft.state = state.map(str::to_owned);
    Ok(())
}

/// The state that an error may carry back: none when it is itself what is wrong.
pub(super) fn returnable(parameters: &Parameters) -> Option<&str> {
    parameters
        .get("state")
        .filter(|state| state.len() <= MAX_LENGTH)
}

const MAX_LENGTH: usize = 2048;

#[cfg(test)]
mod tests {
    use super::super::rule::tests::{applied, refusal};
    use super::*;

    #[test]
    fn a_long_state_is_whole_or_refused() {
        let long = "s".repeat(MAX_LENGTH);
        assert_eq!(
            applied(apply, &format!("state={long}")).unwrap().state,
            Some(long.clone())
        );
        assert_eq!(
            refusal(apply, &format!("state={long}s")),
            Some("invalid_request")
        );
        let too_long = Parameters::parse(format!("state={long}s").as_bytes()).unwrap();
        assert_eq!(returnable(&too_long), None);
    }
}
