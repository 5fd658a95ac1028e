//! Issuers, both kinds: the platform's own address, shared by all banks, and one below it for each
//! bank. Codes and tokens work only under the issuer they came from.

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
    /// The issuer of a path: the shared one, or that of the bank named first. None when there is no
    /// such bank.
    pub(crate) fn of(app: &App, segment: Option<&str>) -> Option<Self> {
        let Some(segment) = segment else {
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
