//! One request at a time for one journey: the second half of a double click waits for the first, and
//! then finds the journey where the first has put it. Among several servers the version check does
//! the same, less gently.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use renkei_core::id::JourneyId;
use tokio::sync::OwnedMutexGuard;

/// The journeys that are being moved now.
#[derive(Default)]
pub(crate) struct JourneyLocks(Mutex<HashMap<JourneyId, Weak<tokio::sync::Mutex<()>>>>);

impl JourneyLocks {
    /// Waits for the journey's turn; it ends when the guard is dropped.
    pub(crate) async fn acquire(&self, id: JourneyId) -> OwnedMutexGuard<()> {
        let lock = {
            let mut locks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if locks.len() > MANY {
                locks.retain(|_, lock| lock.strong_count() > 0);
            }
            if let Some(lock) = locks.get(&id).and_then(Weak::upgrade) {
                lock
            } else {
                let lock = Arc::new(tokio::sync::Mutex::new(()));
                locks.insert(id, Arc::downgrade(&lock));
                lock
            }
        };
        lock.lock_owned().await
    }
}

/// So many entries before those of finished requests are swept out.
const MANY: usize = 1024;
