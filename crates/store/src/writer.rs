//! The writer: one thread with one connection. It gathers the decisions that wait for it into one
//! transaction, each in a savepoint of its own, and answers all of them once that is durable: one
//! wait for the disk serves many customers.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use tokio::sync::oneshot;

use crate::connection::{AnyConnection, Connector};
use crate::rows::audit;

/// Work for the writer: writes inside its savepoint, then is told whether that is kept.
pub(crate) trait Work: Send {
    /// Writes. An error undoes the savepoint.
    fn write(&mut self, connection: &mut AnyConnection) -> Result<(), CommitError>;
    /// Learns the outcome, after it is durable.
    fn finish(self: Box<Self>, outcome: Result<(), CommitError>);
}

/// The way to the writer thread.
#[derive(Clone)]
pub(crate) struct Writer(SyncSender<Box<dyn Work>>);

impl Writer {
    /// Starts the thread. It ends when the last handle is gone.
    pub(crate) fn start(connector: Connector, first: AnyConnection) -> Result<Self, Fault> {
        let (sender, receiver) = sync_channel(QUEUE);
        thread::Builder::new()
            .name("renkei-writer".to_owned())
            .spawn(move || {
                Loop {
                    connector,
                    connection: Some(first),
                    receiver,
                }
                .run();
            })
            .map_err(|e| Fault::new("the writer thread could not be started").caused_by(e))?;
        Ok(Self(sender))
    }

    /// Writes with `write` and waits until that is durable.
    pub(crate) async fn write<T, F>(&self, write: F) -> Result<T, CommitError>
    where
        T: Send + 'static,
        F: FnMut(&mut AnyConnection) -> Result<T, CommitError> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job = Job {
            write,
            written: None,
            answer,
        };
        self.0.try_send(Box::new(job)).map_err(|e| match e {
            TrySendError::Full(_) => Fault::passing("too much is waiting to be written"),
            TrySendError::Disconnected(_) => Fault::new("the writer thread is gone"),
        })?;
        answered
            .await
            .map_err(|_| Fault::new("the writer thread dropped a write"))?
    }
}

struct Job<T, F> {
    write: F,
    written: Option<T>,
    answer: oneshot::Sender<Result<T, CommitError>>,
}

impl<T, F> Work for Job<T, F>
where
    T: Send,
    F: FnMut(&mut AnyConnection) -> Result<T, CommitError> + Send,
{
    fn write(&mut self, connection: &mut AnyConnection) -> Result<(), CommitError> {
        self.written = Some((self.write)(connection)?);
        Ok(())
    }

    fn finish(self: Box<Self>, outcome: Result<(), CommitError>) {
        let lost = || CommitError::Fault(Fault::new("a write came to nothing"));
        let Self {
            written, answer, ..
        } = *self;
        // When nobody waits any more (the request was dropped), what is written stays written.
        drop(answer.send(outcome.and_then(|()| written.ok_or_else(lost))));
    }
}

struct Loop {
    connector: Connector,
    connection: Option<AnyConnection>,
    receiver: Receiver<Box<dyn Work>>,
}

impl Loop {
    fn run(mut self) {
        loop {
            let Ok(first) = self.receiver.recv() else {
                return;
            };
            // Whoever is about to ask for a write may do so first: on a busy core a transaction then
            // carries several decisions instead of one.
            thread::yield_now();
            let mut batch = VecDeque::from([first]);
            while batch.len() < BATCH {
                match self.receiver.try_recv() {
                    Ok(work) => batch.push_back(work),
                    Err(_) => break,
                }
            }
            self.serve(batch);
        }
    }

    fn serve(&mut self, mut batch: VecDeque<Box<dyn Work>>) {
        let mut outcomes = Vec::with_capacity(batch.len());
        let whole = self.write_all(&mut batch, &mut outcomes);
        if whole.is_err() || outcomes.iter().flatten().any(is_of_database) {
            // The connection may be in any state, or of a kind that cannot write: the next batch opens a
            // new one.
            self.connection = None;
        }
        for (index, work) in batch.into_iter().enumerate() {
            let outcome = match (&whole, outcomes.get_mut(index).and_then(Option::take)) {
                (Ok(()), Some(outcome)) => outcome,
                (Ok(()), None) => Err(Fault::new("a write was passed over").into()),
                (Err(e), _) => Err(Fault::passing("the database did not take a write")
                    .caused_by(e.chain())
                    .into()),
            };
            work.finish(outcome);
        }
    }

    fn write_all(
        &mut self,
        batch: &mut VecDeque<Box<dyn Work>>,
        outcomes: &mut Vec<Option<Result<(), CommitError>>>,
    ) -> Result<(), Fault> {
        let failed = |e: diesel::result::Error| Fault::passing("a transaction failed").caused_by(e);
        if self.connection()?.begin().is_err() {
            // Nothing is begun, so nothing is lost: the connection may be a stale one.
            self.connection = None;
            self.connection()?.begin().map_err(failed)?;
        }
        let connection = self.connection()?;
        if let [only] = batch.make_contiguous() {
            // One decision alone needs no savepoint: the transaction is its own.
            let outcome = only.write(connection);
            match &outcome {
                Ok(()) => connection.keep().map_err(failed)?,
                Err(_) => connection.undo().map_err(failed)?,
            }
            outcomes.push(Some(outcome));
            return Ok(());
        }
        // Several decisions in one transaction: the order among servers is taken before any row, or a
        // decision that tells nothing could hold a row while it waits for one that does.
        audit::hold(connection)?;
        for work in batch {
            connection.savepoint().map_err(failed)?;
            let outcome = work.write(connection);
            match &outcome {
                Ok(()) => connection.keep().map_err(failed)?,
                Err(_) => connection.undo().map_err(failed)?,
            }
            outcomes.push(Some(outcome));
        }
        connection.keep().map_err(failed)
    }

    /// The connection, opened anew when it was lost. Waits a little for a database that is away, so
    /// that a short absence costs the customer nothing but time.
    fn connection(&mut self) -> Result<&mut AnyConnection, Fault> {
        if self.connection.is_none() {
            let began = Instant::now();
            loop {
                match self.connector.open() {
                    Ok(connection) => {
                        self.connection = Some(connection);
                        break;
                    }
                    Err(e) if began.elapsed() > PATIENCE => return Err(e),
                    Err(_) => thread::park_timeout(Duration::from_millis(100)),
                }
            }
        }
        self.connection
            .as_mut()
            .ok_or_else(|| Fault::new("the writer has no connection"))
    }
}

/// Whether a write failed for a reason that lies with the database and may pass.
fn is_of_database(outcome: &Result<(), CommitError>) -> bool {
    matches!(outcome, Err(CommitError::Fault(fault)) if fault.is_passing())
}

/// So many writes may wait; beyond that the house is full and says so.
const QUEUE: usize = 4096;
/// So many decisions share one wait for the disk.
const BATCH: usize = 128;
/// So long a database may be away before writes are refused.
const PATIENCE: Duration = Duration::from_secs(3);
