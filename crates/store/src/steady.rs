//! Statements whose text is always the same. Diesel prepares every `UPDATE` anew, since a changeset with
//! optional columns can change its text; ours never do, and their preparing cost a tenth of the
//! writer's time.

use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId, UpdateStatement};

/// A statement that is prepared once for each connection. Statements are found again by their text, so
/// that one which did change would only be prepared again.
pub(crate) struct Steady<S>(S);

/// Says that a statement's text is always the same.
pub(crate) trait IsSteady: Sized {
    /// The statement, prepared once.
    fn steady(self) -> Steady<Self> {
        Steady(self)
    }
}

impl<T: QuerySource, U, V, R> IsSteady for UpdateStatement<T, U, V, R> {}

impl<S: QueryFragment<DB>, DB: Backend> QueryFragment<DB> for Steady<S> {
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.0.walk_ast(pass)
    }

    fn is_safe_to_cache_prepared(&self, _: &DB) -> QueryResult<bool> {
        Ok(true)
    }
}

impl<S> QueryId for Steady<S> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<S, C> RunQueryDsl<C> for Steady<S> {}
