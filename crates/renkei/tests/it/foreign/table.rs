//! What each address may answer to whoever brings what is another bank's.

use renkei_server::Verb::{self, Get, Post};

/// Where an address is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Served {
    /// At the platform's address and at a bank's own host.
    Everywhere,
    /// At the platform's address.
    Platform,
    /// Of a bank, at its issuer's address, and at its own host as well.
    Issuer,
    /// Of a bank, at its own host where it has one, else at the platform's address.
    Pages,
}

/// The expectations of one row of the table of routes.
pub(super) struct Row {
    pub(super) verb: Verb,
    pub(super) pattern: &'static str,
    pub(super) served: Served,
    /// With these and no other status.
    pub(super) answers: &'static [u16],
}

const fn row(verb: Verb, pattern: &'static str, served: Served, answers: &'static [u16]) -> Row {
    Row {
        verb,
        pattern,
        served,
        answers,
    }
}

/// A fresh journey of the visitor's own, or the visitor's own page, is no success of what was brought:
/// that it changes nothing is seen by comparing with what nobody ever issued.
pub(super) const ROWS: &[Row] = &[
    row(Get, "/health/live", Served::Everywhere, &[200]),
    row(Get, "/health/ready", Served::Everywhere, &[200]),
    row(Get, "/assets/{name}", Served::Everywhere, &[200, 404]),
    row(Get, "/preview", Served::Platform, &[404]),
    row(Get, "/preview/{tenant}", Served::Platform, &[404]),
    row(Get, "/preview/{tenant}/{page}", Served::Platform, &[404]),
    row(
        Get,
        "/.well-known/oauth-authorization-server",
        Served::Platform,
        &[200],
    ),
    row(
        Get,
        "/.well-known/oauth-authorization-server/{tenant}",
        Served::Issuer,
        &[200],
    ),
    row(
        Get,
        "/{tenant}/.well-known/oauth-authorization-server",
        Served::Issuer,
        &[200],
    ),
    row(Get, "/api/v1/accounts", Served::Platform, &[200, 401]),
    row(
        Get,
        "/api/v1/accounts/{account}/balances",
        Served::Platform,
        &[200, 401, 404],
    ),
    row(
        Get,
        "/api/v1/accounts/{account}/transactions",
        Served::Platform,
        &[200, 400, 401, 404],
    ),
    row(Get, "/authorize", Served::Everywhere, &[303]),
    row(Post, "/authorize", Served::Everywhere, &[303]),
    row(Get, "/{tenant}/authorize", Served::Issuer, &[303]),
    row(Post, "/{tenant}/authorize", Served::Issuer, &[303]),
    row(Post, "/token", Served::Platform, &[400, 401]),
    row(Post, "/{tenant}/token", Served::Issuer, &[400, 401]),
    row(Post, "/introspect", Served::Platform, &[200, 400, 401]),
    row(
        Post,
        "/{tenant}/introspect",
        Served::Issuer,
        &[200, 400, 401],
    ),
    row(Post, "/revoke", Served::Platform, &[200, 400, 401]),
    row(Post, "/{tenant}/revoke", Served::Issuer, &[200, 400, 401]),
    row(Get, "/jwks", Served::Platform, &[200]),
    row(Get, "/{tenant}/jwks", Served::Issuer, &[200]),
    row(
        Get,
        "/{tenant}/journey/{journey}",
        Served::Pages,
        &[303, 403, 404],
    ),
    row(
        Get,
        "/{tenant}/journey/{journey}/cancel",
        Served::Pages,
        &[303, 403, 404],
    ),
    row(
        Post,
        "/{tenant}/journey/{journey}/cancel",
        Served::Pages,
        &[400, 403, 404],
    ),
    row(
        Get,
        "/{tenant}/journey/{journey}/{stop}/return",
        Served::Pages,
        &[303, 403, 404],
    ),
    row(
        Get,
        "/{tenant}/journey/{journey}/{stop}",
        Served::Pages,
        &[200, 303, 403, 404],
    ),
    row(
        Post,
        "/{tenant}/journey/{journey}/{stop}",
        Served::Pages,
        &[303, 400, 403, 404],
    ),
    row(Get, "/{tenant}/mpn/ilink", Served::Issuer, &[404]),
    // A bank with a host of its own takes a bill there: the form is sent on.
    row(
        Post,
        "/{tenant}/mpn/ilink",
        Served::Issuer,
        &[307, 400, 404, 410],
    ),
    row(Get, "/{tenant}/links", Served::Pages, &[200, 303]),
    row(Get, "/{tenant}/links/left", Served::Pages, &[200]),
    row(Post, "/{tenant}/links/logout", Served::Pages, &[303, 400]),
    row(
        Get,
        "/{tenant}/links/payments/{payment}",
        Served::Pages,
        &[200, 404],
    ),
    row(Get, "/{tenant}/links/{link}", Served::Pages, &[200, 404]),
    row(
        Post,
        "/{tenant}/links/{link}/label",
        Served::Pages,
        &[400, 404],
    ),
    row(
        Get,
        "/{tenant}/links/{link}/stop",
        Served::Pages,
        &[200, 404],
    ),
    row(
        Post,
        "/{tenant}/links/{link}/stop",
        Served::Pages,
        &[400, 404],
    ),
    row(
        Get,
        "/{tenant}/links/{link}/consents/{consent}",
        Served::Pages,
        &[200, 404],
    ),
];

/// The same at the address that asks for certificates.
pub(super) const CERTIFICATE_ROWS: &[Row] = &[
    row(Get, "/health/live", Served::Everywhere, &[200]),
    row(Get, "/assets/{name}", Served::Everywhere, &[200, 404]),
    row(
        Get,
        "/{tenant}/certificate/{journey}",
        Served::Pages,
        &[404, 410, 421],
    ),
];

/// The row of an address.
pub(super) fn expected(rows: &'static [Row], verb: Verb, pattern: &str) -> &'static Row {
    let found = rows
        .iter()
        .find(|row| (row.verb, row.pattern) == (verb, pattern));
    found.unwrap_or_else(|| panic!("nobody has said what {verb:?} {pattern} may answer"))
}
