//! Links and accounts as templates see them: no token, no owner, no whole account number.

use serde::Serialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use url::form_urlencoded;

use crate::link::{Holding, Link, LinkId, Standing};
use crate::period::iso;
use crate::settings::Bank;
use crate::yen::Yen;

/// A link.
#[derive(Serialize)]
pub(super) struct LinkView {
    pub(super) href: String,
    bank: Bank,
    scopes: Vec<String>,
    pub(super) standing: Standing,
    pub(super) is_over: bool,
    days_left: Option<i64>,
    expires_at: Option<String>,
    linked_at: String,
    fetched_at: Option<String>,
    account_count: Option<usize>,
}

impl LinkView {
    pub(super) fn of(link: &Link, now: OffsetDateTime) -> Self {
        let standing = link.standing(now);
        Self {
            href: link_path(&link.id),
            bank: link.bank.clone(),
            scopes: link.scopes.clone(),
            standing,
            is_over: standing.is_over(),
            days_left: link.days_left(now),
            expires_at: link.expires_at.map(rfc3339),
            linked_at: rfc3339(link.linked_at),
            fetched_at: link
                .snapshot
                .as_ref()
                .map(|snapshot| rfc3339(snapshot.fetched_at)),
            account_count: link
                .snapshot
                .as_ref()
                .map(|snapshot| snapshot.holdings.len()),
        }
    }
}

/// An account with its balance.
#[derive(Serialize)]
pub(super) struct HoldingView {
    pub(super) href: String,
    kind: Option<String>,
    branch: Option<String>,
    number: String,
    holder: Option<String>,
    balance: Option<Yen>,
    withdrawable: Option<Yen>,
    base_date: Option<String>,
}

impl HoldingView {
    pub(super) fn of(link: &Link, holding: &Holding) -> Self {
        let (account, balance) = (&holding.account, holding.balance.as_ref());
        Self {
            href: account_path(&link.id, &account.id),
            kind: account.kind.clone(),
            branch: account.branch.clone(),
            number: account.masked_number(),
            holder: account.holder.clone(),
            balance: balance.map(|balance| balance.current),
            withdrawable: balance.and_then(|balance| balance.withdrawable_amount),
            base_date: balance.and_then(|balance| balance.base_date).map(iso),
        }
    }
}

/// The sum of the balances that are known.
pub(super) fn total(holdings: &[Holding]) -> Option<Yen> {
    let known: Vec<_> = holdings
        .iter()
        .filter_map(|holding| holding.balance.as_ref())
        .collect();
    (!known.is_empty()).then(|| Yen::total(known.iter().map(|balance| balance.current)))
}

/// A link's page.
pub(super) fn link_path(id: &LinkId) -> String {
    ["/links/", &segment(id.as_str())].concat()
}

fn account_path(id: &LinkId, account: &str) -> String {
    [&link_path(id), "/accounts/", &segment(account)].concat()
}

/// One segment of a path. Forms write a space as `+`; paths do not.
fn segment(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes())
        .collect::<String>()
        .replace('+', "%20")
}

fn rfc3339(at: OffsetDateTime) -> String {
    at.format(&Rfc3339).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_stay_in_their_segment() {
        let id = LinkId::new("lnk_1/../x y".to_owned());
        assert_eq!(
            account_path(&id, "a?b"),
            "/links/lnk_1%2F..%2Fx%20y/accounts/a%3Fb"
        );
    }
}
