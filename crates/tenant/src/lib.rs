//! `tenants/<bank>/` to a validated, immutable tenant: YAML with positions, every mistake told at
//! once. The only crate that knows a bank's YAML.
//!
//! **Refuses to know**: HTML and the message format (a [`Words`] answers for them), SQL, HTTP.

mod certificates;
mod check;
mod diagnostic;
mod file;
mod load;
mod schema;
mod set;
mod terms;
mod theme;
mod tree;

pub use certificates::{Certificates, CertificatesFile, DemoWord, OcspFile, TrustFiles};
pub use diagnostic::Diagnostic;
pub use file::{Connector, HelpDesk, TenantFile};
pub use load::{LoadedTenant, Words};
pub use schema::{demo_schema, tenant_schema, theme_schema};
pub use set::{Refused, TenantSet};
pub use theme::Theme;
