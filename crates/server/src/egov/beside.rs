//! Work that would hold up the threads that answer: unpacking, parsing, signatures.

use std::sync::Arc;

use actix_web::rt::task::spawn_blocking;
use async_trait::async_trait;
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use renkei_egov::examination::Examination;
use renkei_egov::port::{Checked, Checker, Purpose, Unacceptable};
use renkei_egov::verification::Verification;
use tokio::runtime::Handle;
use tokio::sync::{Semaphore, SemaphorePermit};

/// The check of archives, beside the threads that answer.
#[derive(Clone)]
pub(super) struct Beside(Arc<Examination>);

impl Beside {
    pub(super) fn new(examination: Examination) -> Self {
        Self(Arc::new(examination))
    }
}

#[async_trait]
impl Checker for Beside {
    async fn applications(&self, archive: Vec<u8>) -> Result<Result<u32, Unacceptable>, Fault> {
        let examination = Arc::clone(&self.0);
        beside(move || examination.applications(&archive)).await
    }

    async fn check(
        &self,
        archive: Vec<u8>,
        purpose: Purpose,
        now: Timestamp,
    ) -> Result<Checked, Fault> {
        let examination = Arc::clone(&self.0);
        beside(move || examination.check(&archive, purpose, now)).await
    }

    async fn verify(
        &self,
        archive: Vec<u8>,
        document: String,
        now: Timestamp,
    ) -> Result<Option<Verification>, Fault> {
        let examination = Arc::clone(&self.0);
        beside(move || examination.verify(&archive, &document, now)).await
    }
}

async fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
    spawn_blocking(work)
        .await
        .map_err(|e| Fault::new("work beside the answering threads ended badly").caused_by(e))
}

/// How much is read and worked on at once: large bodies must not fill the memory, and whoever waits on
/// a thread of its own for another one must always get it.
pub(super) struct Room {
    small: Semaphore,
    large: Semaphore,
}

impl Default for Room {
    fn default() -> Self {
        Self {
            small: Semaphore::new(AT_ONCE),
            large: Semaphore::new(LARGE_AT_ONCE),
        }
    }
}

impl Room {
    /// Waits for room for a body of so many bytes; one that does not tell its size may be of any.
    pub(super) async fn enter(&self, length: Option<usize>) -> Result<SemaphorePermit<'_>, Fault> {
        let is_small = length.is_some_and(|length| length <= SMALL);
        let room = if is_small { &self.small } else { &self.large };
        room.acquire()
            .await
            .map_err(|e| Fault::new("there is no room for requests any more").caused_by(e))
    }
}

/// Runs what a request asks for on a thread of its own: its body is parsed there, and its signature
/// verified, between looks into the database.
pub(super) async fn whole<T, F, W>(work: W) -> Result<T, Fault>
where
    T: Send + 'static,
    F: Future<Output = Result<T, Fault>>,
    W: FnOnce() -> F + Send + 'static,
{
    let runtime = Handle::current();
    beside(move || runtime.block_on(work())).await?
}

const SMALL: usize = 256 * 1024;
const AT_ONCE: usize = 64;
const LARGE_AT_ONCE: usize = 4;
