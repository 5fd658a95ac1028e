//! Issuers, both kinds: the platform's own address, shared by all banks, and one below it for each
//! bank. Codes and tokens work only under the issuer they came from.

use actix_web::HttpRequest;
use renkei_core::tenant::TenantId;

use crate::app::App;

/// The issuer at whose endpoints a request came.
#[derive(Clone, Debug)]
pub(crate) struct Issuer {
    /// Its URL: what `iss` says.
    pub(crate) url: String,
    /// The bank, when it is a bank's own.
    pub(crate) tenant: Option<TenantId>,
}

impl Issuer {
    /// The issuer of a request: the shared one, or that of the bank its path names. None when there is
    /// no such bank.
    pub(crate) fn of(app: &App, request: &HttpRequest) -> Option<Self> {
        let Some(segment) = request.match_info().get("tenant") else {
            return Some(Self {
                url: app.settings.base_url.clone(),
                tenant: None,
            });
        };
        let id = TenantId::parse(segment).ok()?;
        let live = app.live();
        let loaded = live.tenants.find(&id)?;
        let url = format!("{}/{}", app.settings.base_url, loaded.tenant.id);
        Some(Self {
            url,
            tenant: Some(id),
        })
    }
}
