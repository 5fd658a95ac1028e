//! Rows and what they mean: one file an aggregate. A row that cannot be read names its table, its
//! column and its key.

pub(crate) mod attempt;
pub(crate) mod audit;
pub(crate) mod challenge;
pub(crate) mod client;
pub(crate) mod egov;
pub(crate) mod fee;
pub(crate) mod journey;
pub(crate) mod link;
pub(crate) mod mail;
pub(crate) mod payment;
pub(crate) mod pin;
pub(crate) mod sign;
pub(crate) mod token;
pub(crate) mod visit;

use diesel::result::{DatabaseErrorKind, Error};
use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A row that says what no program of ours wrote.
pub(crate) fn inconsistent(table: &str, column: &str, key: &str) -> Fault {
    Fault::new(format!("row {key} of {table} is inconsistent in {column}"))
}

/// A query that failed, as a fault: one that is likely to pass when it is the database's business.
pub(crate) fn failed(e: Error) -> Fault {
    match e {
        Error::DatabaseError(
            DatabaseErrorKind::UniqueViolation
            | DatabaseErrorKind::NotNullViolation
            | DatabaseErrorKind::CheckViolation,
            _,
        ) => Fault::new("the database refused a row").caused_by(e),
        e => Fault::passing("the database did not answer a query").caused_by(e),
    }
}

/// The verdict of a guarded write: exactly one row, or somebody else was first.
pub(crate) fn guarded(rows: Result<usize, Error>) -> Result<(), CommitError> {
    match rows.map_err(failed)? {
        1 => Ok(()),
        _ => Err(CommitError::Lost),
    }
}

/// An insert whose only unique key is a random id: a clash is not a race but a defect.
pub(crate) fn inserted(rows: Result<usize, Error>) -> Result<(), CommitError> {
    rows.map(|_| ()).map_err(|e| failed(e).into())
}

/// An insert that means "I was first": a clash is a lost race.
pub(crate) fn first(rows: Result<usize, Error>) -> Result<(), CommitError> {
    match rows {
        Ok(_) => Ok(()),
        Err(Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => Err(CommitError::Lost),
        Err(e) => Err(failed(e).into()),
    }
}

/// A value as its body column.
pub(crate) fn body(value: &impl Serialize) -> Result<String, Fault> {
    serde_json::to_string(value)
        .map_err(|e| Fault::new("a value is not expressible as JSON").caused_by(e))
}

/// A body column as its value.
pub(crate) fn of_body<T: DeserializeOwned>(table: &str, key: &str, body: &str) -> Result<T, Fault> {
    serde_json::from_str(body).map_err(|e| inconsistent(table, "body", key).caused_by(e))
}
