//! `tenants/<bank>/` to a validated, immutable tenant: YAML with positions, every mistake told at
//! once. The only crate that knows a bank's YAML.
//!
//! **Refuses to know**: HTML and the message format (a [`Words`] answers for them), SQL, HTTP.

mod certificates;
mod check;
mod diagnostic;
pub mod diff;
pub mod explain;
mod file;
mod folder;
mod hours;
mod load;
mod reference;
mod scaffold;
mod schema;
mod set;
mod terms;
mod theme;
mod tree;
mod words;

pub use certificates::{Certificates, CertificatesFile, DemoWord, OcspFile, TrustFiles};
pub use diagnostic::{Diagnostic, Severity};
pub use file::{Connector, Group, HelpDesk, InstitutionKind, TenantFile};
pub use folder::load_documents;
pub use hours::{HoursFile, MaintenanceFile, Week};
pub use load::LoadedTenant;
pub use reference::reference_page;
pub use renkei_zengin::Query;
pub use scaffold::Scaffold;
pub use schema::{demo_schema, tenant_schema, theme_schema};
pub use set::{Checked, Refused, TenantSet};
pub use theme::Theme;
pub use words::{KnownBank, TextEntry, Words};
