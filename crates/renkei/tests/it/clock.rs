//! The machine's clock, which the server goes by, and waiting for what a server does by itself.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use renkei_core::instant::Timestamp;

#[expect(
    clippy::disallowed_methods,
    reason = "the process under test goes by the machine's clock"
)]
pub(crate) fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap())
}

/// What `look` finds, once it finds something. The bound only ends a test that would hang: how fast the
/// machine is decides nothing.
pub(crate) async fn eventually<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    for _ in 0..3000 {
        if let Some(found) = look().await {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("never: {what}");
}

/// The same where there is nothing to find but that it is so.
pub(crate) async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    eventually(what, async || is_so().await.then_some(())).await;
}
