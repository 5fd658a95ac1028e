//! Where the platform's endpoints are, in its own words. Source: RFC 8414.

use oauth2::{AuthUrl, RevocationUrl, TokenUrl};
use serde::Deserialize;
use url::Url;

use super::failure::Failure;
use super::transport;

/// The part of the metadata that the app uses.
#[derive(Debug, Deserialize)]
pub(super) struct Metadata {
    issuer: String,
    pub(super) authorization_endpoint: AuthUrl,
    pub(super) token_endpoint: TokenUrl,
    pub(super) revocation_endpoint: RevocationUrl,
}

/// Asks for it. An issuer other than the one asked for is refused (section 3.3), for all later checks rest
/// on that name.
pub(super) async fn fetch(http: &reqwest::Client, issuer: &str) -> Result<Metadata, Failure> {
    let answer = http
        .get(address(issuer)?)
        .send()
        .await
        .map_err(Failure::unreachable)?;
    if !answer.status().is_success() {
        return Err(Failure::Unreachable(format!(
            "the metadata: {}",
            answer.status()
        )));
    }
    let body = transport::body(answer).await?;
    let metadata: Metadata =
        serde_json::from_slice(&body).map_err(|error| Failure::unreadable(&error))?;
    if metadata.issuer == issuer {
        Ok(metadata)
    } else {
        Err(Failure::Unreadable("the metadata is another issuer's"))
    }
}

/// Section 3.1: the well-known name stands between the host and the issuer's path.
fn address(issuer: &str) -> Result<Url, Failure> {
    let mut url = Url::parse(issuer).map_err(|_| Failure::Unreadable("the issuer"))?;
    let own_path = url.path().trim_matches('/').to_owned();
    url.set_path("/.well-known/oauth-authorization-server");
    if !own_path.is_empty() {
        url.path_segments_mut()
            .map_err(|()| Failure::Unreadable("the issuer"))?
            .extend(own_path.split('/'));
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_well_known_name_comes_first() {
        let rows = [
            (
                "http://localhost:8080",
                "http://localhost:8080/.well-known/oauth-authorization-server",
            ),
            (
                "https://a.example/hidashin",
                "https://a.example/.well-known/oauth-authorization-server/hidashin",
            ),
        ];
        for (issuer, expected) in rows {
            assert_eq!(address(issuer).unwrap().as_str(), expected);
        }
    }
}
