//! 対象サービス: the services of the consent with what the bank's administrator lets the customer do.
//! A consent may cover a service the customer cannot use yet.

use std::collections::BTreeMap;

use renkei_oauth::scope::{ACCOUNTS, Scope, Scopes};
use serde::{Deserialize, Serialize};

use super::Consent;
use crate::port::Privilege;
use crate::step::SampleWorld;

/// A service and the customer's privilege.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Row {
    scope: Scope,
    privilege: Privilege,
}

/// The same as the page shows it.
#[derive(Debug, Serialize)]
pub(super) struct RowView {
    scope: String,
    privilege: Privilege,
}

impl From<&Row> for RowView {
    fn from(row: &Row) -> Self {
        Self {
            scope: row.scope.to_string(),
            privilege: row.privilege,
        }
    }
}

impl Consent {
    /// The rows of a page in the gallery, one in each state.
    pub(super) fn sample_privileges(&self, world: &SampleWorld) -> Option<Vec<Row>> {
        let states = [Privilege::Missing, Privilege::Granted, Privilege::Approver];
        let mut shown = rows(&world.scopes, &BTreeMap::new());
        for (row, privilege) in shown.iter_mut().zip(states.into_iter().cycle()) {
            row.privilege = privilege;
        }
        self.privileges.then_some(shown)
    }
}

/// The rows, in the order in which banks print the services. The list of accounts comes with every
/// service and is none itself; a service that needs no privilege is 権限あり.
pub(super) fn rows(scopes: &Scopes, privileges: &BTreeMap<Scope, Privilege>) -> Vec<Row> {
    let place = |scope: &Scope| {
        let known = ORDER.iter().position(|word| *word == scope.as_str());
        known.unwrap_or(ORDER.len())
    };
    let mut rows: Vec<Row> = scopes
        .iter()
        .filter(|scope| scope.as_str() != ACCOUNTS)
        .map(|scope| Row {
            privilege: privileges.get(scope).copied().unwrap_or(Privilege::Granted),
            scope: scope.clone(),
        })
        .collect();
    rows.sort_by_key(|row| place(&row.scope));
    rows
}

const ORDER: [&str; 5] = [
    "balances",
    "transactions",
    "transfer_requests",
    "payroll_requests",
    "transfer_status",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_stand_in_the_order_of_the_manuals() {
        let scopes = Scopes::parse("accounts payroll_requests transactions balances").unwrap();
        let missing = [(Scope::parse("balances").unwrap(), Privilege::Missing)].into();
        let rows = rows(&scopes, &missing);
        let told: Vec<_> = rows
            .iter()
            .map(|r| (r.scope.as_str(), r.privilege))
            .collect();
        assert_eq!(
            told,
            [
                ("balances", Privilege::Missing),
                ("transactions", Privilege::Granted),
                ("payroll_requests", Privilege::Granted),
            ]
        );
    }
}
