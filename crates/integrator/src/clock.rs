//! The one place that asks what time it is, and the app's calendar: Japan time, whatever the server's
//! own zone is.

use time::macros::offset;
use time::{Date, OffsetDateTime};

/// Now.
#[expect(
    clippy::disallowed_methods,
    reason = "the edge of the app; everything inside is given the time"
)]
pub(crate) fn now() -> OffsetDateTime {
    OffsetDateTime::now_utc()
}

/// The calendar day in Japan.
pub(crate) fn day_in_japan(at: OffsetDateTime) -> Date {
    in_japan(at).date()
}

/// The same moment on a Japanese clock.
pub(crate) fn in_japan(at: OffsetDateTime) -> OffsetDateTime {
    at.to_offset(offset!(+9))
}
