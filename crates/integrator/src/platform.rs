//! The platform as a partner sees it: its metadata, the OAuth exchanges and the data, and what may go wrong
//! with each. Knows nothing of pages, sessions or stored links.

mod data;
mod failure;
mod grant;
mod metadata;
mod transport;

use oauth2::{
    AccessToken, AuthorizationCode, ClientId, CsrfToken, PkceCodeChallenge, PkceCodeVerifier,
    RedirectUrl, RefreshToken, Scope,
};
use tokio::sync::OnceCell;
use url::Url;

use crate::language::Language;
use crate::period::{Period, iso};
use crate::settings::Settings;

pub(crate) use self::data::{Account, Balance, Direction, Statement, Transaction};
use self::data::{Accounts, Balances};
pub(crate) use self::failure::{Denial, Failure};
pub(crate) use self::grant::Grant;
use self::metadata::Metadata;

/// A connection to the platform.
pub(crate) struct Platform {
    issuer: String,
    client_id: ClientId,
    client_secret: Option<oauth2::ClientSecret>,
    redirect_url: RedirectUrl,
    scopes: Vec<Scope>,
    http: reqwest::Client,
    metadata: OnceCell<Metadata>,
}

/// A journey that is about to begin: where to send the browser, and what to keep until it comes back.
pub(crate) struct Departure {
    pub(crate) to: Url,
    pub(crate) state: CsrfToken,
    pub(crate) verifier: PkceCodeVerifier,
}

impl Platform {
    /// Nothing is sent before it is needed.
    pub(crate) fn new(settings: &Settings) -> anyhow::Result<Self> {
        Ok(Self {
            issuer: settings.base_url.clone(),
            client_id: settings.client_id.clone(),
            client_secret: settings.client_secret.clone(),
            redirect_url: settings.redirect_url()?,
            scopes: settings
                .scopes
                .split_whitespace()
                .map(|s| Scope::new(s.to_owned()))
                .collect(),
            http: transport::client()?,
            metadata: OnceCell::new(),
        })
    }

    /// What every answer at the callback must name as its `iss` (RFC 9207).
    pub(crate) fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Prepares a journey at one bank. Source: RFC 6749 section 4.1.1, RFC 7636 section 4.3.
    pub(crate) async fn depart(
        &self,
        bank: &str,
        language: Language,
    ) -> Result<Departure, Failure> {
        let client = grant::client(self, self.metadata().await?);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (to, state) = client
            .authorize_url(|| CsrfToken::new_random_len(32))
            .add_scopes(self.scopes.iter().cloned())
            .set_pkce_challenge(challenge)
            .add_extra_param("bank", bank.to_owned())
            .add_extra_param("ui_locales", language.tag())
            .url();
        Ok(Departure {
            to,
            state,
            verifier,
        })
    }

    /// Code for tokens. Source: RFC 6749 section 4.1.3.
    pub(crate) async fn redeem(
        &self,
        code: AuthorizationCode,
        verifier: PkceCodeVerifier,
    ) -> Result<Grant, Failure> {
        let client = grant::client(self, self.metadata().await?);
        let http = |request| transport::send(self.http.clone(), request);
        let answer = client
            .exchange_code(code)
            .set_pkce_verifier(verifier)
            .request_async(&http)
            .await;
        Grant::read(answer, &self.scopes)
    }

    /// New tokens for what was granted so far. Source: RFC 6749 section 6.
    pub(crate) async fn refresh(
        &self,
        token: &RefreshToken,
        granted: &[String],
    ) -> Result<Grant, Failure> {
        let client = grant::client(self, self.metadata().await?);
        let http = |request| transport::send(self.http.clone(), request);
        let answer = client
            .exchange_refresh_token(token)
            .request_async(&http)
            .await;
        let granted: Vec<_> = granted.iter().cloned().map(Scope::new).collect();
        Grant::read(answer, &granted)
    }

    /// Ends a link. By hand, for `oauth2` revokes over https only and the demo is on loopback.
    /// Source: RFC 7009 section 2.1.
    pub(crate) async fn revoke(&self, token: &RefreshToken) -> Result<(), Failure> {
        let endpoint = self.metadata().await?.revocation_endpoint.url().clone();
        let mut form = vec![
            ("token", token.secret().as_str()),
            ("token_type_hint", "refresh_token"),
        ];
        let mut request = self.http.post(endpoint);
        match &self.client_secret {
            Some(secret) => {
                let (id, secret) = (
                    grant::encoded(&self.client_id),
                    grant::encoded(secret.secret()),
                );
                request = request.basic_auth(id, Some(secret));
            }
            None => form.push(("client_id", self.client_id.as_str())),
        }
        let answer = request
            .form(&form)
            .send()
            .await
            .map_err(Failure::unreachable)?;
        failure::of_revocation(answer.status())
    }

    /// The accounts of a link.
    pub(crate) async fn accounts(&self, token: &AccessToken) -> Result<Vec<Account>, Failure> {
        let accounts: Accounts = self.read(token, self.data_url(&[])?).await?;
        Ok(accounts.accounts)
    }

    /// What is on an account.
    pub(crate) async fn balance(
        &self,
        token: &AccessToken,
        account: &str,
    ) -> Result<Option<Balance>, Failure> {
        let balances: Balances = self
            .read(token, self.data_url(&[account, "balances"])?)
            .await?;
        Ok(balances.balances.into_iter().next())
    }

    /// A page of an account's entries; `next` is the key the page before gave.
    pub(crate) async fn statement(
        &self,
        token: &AccessToken,
        account: &str,
        period: Period,
        next: Option<&str>,
    ) -> Result<Statement, Failure> {
        let mut url = self.data_url(&[account, "transactions"])?;
        url.query_pairs_mut()
            .append_pair("date_from", &iso(period.first()))
            .append_pair("date_to", &iso(period.last()));
        if let Some(next) = next {
            url.query_pairs_mut().append_pair("next_item_key", next);
        }
        self.read(token, url).await
    }

    async fn read<T: serde::de::DeserializeOwned>(
        &self,
        token: &AccessToken,
        url: Url,
    ) -> Result<T, Failure> {
        let request = self.http.get(url).bearer_auth(token.secret());
        let answer = request.send().await.map_err(Failure::unreachable)?;
        let (status, challenge) = (answer.status(), transport::challenge(&answer));
        let body = transport::body(answer).await?;
        if status.is_success() {
            serde_json::from_slice(&body).map_err(|error| Failure::unreadable(&error))
        } else {
            Err(failure::of_data(status, &challenge, &body))
        }
    }

    fn data_url(&self, below_accounts: &[&str]) -> Result<Url, Failure> {
        let mut url = Url::parse(&self.issuer).map_err(|_| Failure::Unreadable("the issuer"))?;
        url.path_segments_mut()
            .map_err(|()| Failure::Unreadable("the issuer"))?
            .pop_if_empty()
            .extend(["api", "v1", "accounts"].iter().chain(below_accounts));
        Ok(url)
    }

    async fn metadata(&self) -> Result<&Metadata, Failure> {
        let fetched = || metadata::fetch(&self.http, &self.issuer);
        self.metadata.get_or_try_init(fetched).await
    }
}
