//! Who asks, and where the answer goes. "If the request fails due to a missing, invalid, or
//! mismatching redirection URI, or if the client identifier is missing or invalid, the authorization
//! server SHOULD inform the resource owner of the error and MUST NOT automatically redirect the
//! user-agent to the invalid redirection URI" (RFC 6749 section 4.1.2.1).

use super::state;
use crate::client::{Client, ClientId};
use crate::error::{ErrorCode, ProtocolError};
use crate::parameter::Parameters;

/// A place that an answer may be sent to. One that exists was registered by the client that asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizationTarget {
    /// The URI as requested, or the only registered one.
    pub redirect_uri: String,
    /// Whether the request named it.
    pub redirect_uri_given: bool,
    /// The state that goes back with an error; none when it is itself what is wrong.
    pub state: Option<String>,
}

/// The client that a request names, to be looked up.
///
/// # Errors
/// `invalid_request`, for our own page, when it is missing, given twice or cannot be one.
pub fn client_id(parameters: &Parameters) -> Result<ClientId, ProtocolError> {
    ClientId::parse(parameters.required("client_id")?).map_err(|_| unknown_client())
}

impl AuthorizationTarget {
    /// Settles where the answer goes, given the client that was found under the request's
    /// [`client_id`].
    ///
    /// # Errors
    /// For our own page, never to be redirected: `unauthorized_client` for a client that may not ask
    /// customers, `invalid_request` for everything else.
    pub fn find(parameters: &Parameters, client: Option<&Client>) -> Result<Self, ProtocolError> {
        let id = client_id(parameters)?;
        let known = |client: &&Client| client.id == id && !client.disabled;
        let client = client.filter(known).ok_or_else(unknown_client)?;
        if !client.profile.rules().may_authorize() {
            return Err(ProtocolError::new(
                ErrorCode::UnauthorizedClient,
                "this client may not ask for authorization",
            ));
        }
        let requested = parameters.once("redirect_uri")?;
        Ok(Self {
            redirect_uri: redirect_uri(client, requested)?.to_owned(),
            redirect_uri_given: requested.is_some(),
            state: state::returnable(parameters).map(str::to_owned),
        })
    }
}

fn redirect_uri<'a>(
    client: &'a Client,
    requested: Option<&'a str>,
) -> Result<&'a str, ProtocolError> {
    let refused = ProtocolError::invalid_request;
    match (requested, client.redirect_uris.as_slice()) {
        (Some(uri), registered) if registered.iter().any(|known| known.matches(uri)) => Ok(uri),
        (Some(_), _) => Err(refused("redirect_uri is not registered for this client")),
        (None, [only]) => Ok(only.as_str()),
        // "If multiple redirection URIs have been registered … the client MUST include a redirection
        // URI with the authorization request" (RFC 6749 section 3.1.2.3).
        (None, _) => Err(refused("redirect_uri is missing")),
    }
}

fn unknown_client() -> ProtocolError {
    ProtocolError::invalid_request("client_id is not known")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::ClientProfile;
    use crate::client::tests::client;
    use crate::redirect::RedirectUri;

    fn find(query: &str, client: Option<&Client>) -> Result<AuthorizationTarget, ProtocolError> {
        AuthorizationTarget::find(&Parameters::parse(query.as_bytes()).unwrap(), client)
    }

    #[test]
    fn the_only_registered_uri_need_not_be_named() {
        let client = client(ClientProfile::PlainPublic);
        let target = find("client_id=kakeibo&state=s", Some(&client)).unwrap();
        assert_eq!(target.redirect_uri, "https://app.example/cb?x=1");
        assert!(!target.redirect_uri_given);
        assert_eq!(target.state.as_deref(), Some("s"));
    }

    #[test]
    fn of_several_registered_uris_one_is_named() {
        let mut client = client(ClientProfile::PlainPublic);
        client
            .redirect_uris
            .push(RedirectUri::parse("http://127.0.0.1/cb").unwrap());
        assert!(find("client_id=kakeibo", Some(&client)).is_err());
        let query = "client_id=kakeibo&redirect_uri=http://127.0.0.1:51004/cb";
        let target = find(query, Some(&client)).unwrap();
        assert_eq!(target.redirect_uri, "http://127.0.0.1:51004/cb");
        assert!(target.redirect_uri_given);
        client.redirect_uris.clear();
        assert!(find("client_id=kakeibo", Some(&client)).is_err());
    }

    #[test]
    fn without_a_client_and_its_own_uri_there_is_no_target() {
        let mut known = client(ClientProfile::PlainPublic);
        for query in [
            "",
            "client_id=",
            "client_id=kakeib",
            "client_id=%C3%A9",
            "client_id=kakeibo&client_id=kakeibo",
            "client_id=kakeibo&redirect_uri=https://app.example/cb",
            "client_id=kakeibo&redirect_uri=https://evil.example/",
            "client_id=kakeibo&redirect_uri=https://app.example/cb?x%3D1&redirect_uri=",
        ] {
            let error = find(query, Some(&known)).unwrap_err();
            assert_eq!(error.code(), ErrorCode::InvalidRequest, "{query}");
        }
        assert!(find("client_id=kakeibo", None).is_err());
        known.disabled = true;
        assert!(find("client_id=kakeibo", Some(&known)).is_err());
    }

    #[test]
    fn a_resource_server_may_not_ask_customers() {
        let client = client(ClientProfile::ResourceServer);
        let error = find("client_id=kakeibo", Some(&client)).unwrap_err();
        assert_eq!(error.code(), ErrorCode::UnauthorizedClient);
    }
}
