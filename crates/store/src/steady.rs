//! An `UPDATE` whose text is always the same. Diesel's own is prepared anew each time, since a changeset
//! with optional columns can change its text; that cost a tenth of the writer's time.

use diesel::backend::Backend;
use diesel::expression::AppearsOnTable;
use diesel::prelude::*;
use diesel::query_builder::{AsChangeset, AstPass, QueryFragment, QueryId};
use diesel::sql_types::Bool;

/// Updates rows of `table` that are `those`. Nothing in `set` is optional.
pub(crate) fn update<T, P, S>(table: &T, those: P, set: S) -> Update<T::FromClause, P, S::Changeset>
where
    T: Table,
    P: AppearsOnTable<T, SqlType = Bool>,
    S: AsChangeset<Target = T>,
{
    Update {
        table: table.from_clause(),
        those,
        set: set.as_changeset(),
    }
}

/// See [`update`].
pub(crate) struct Update<T, P, S> {
    table: T,
    those: P,
    set: S,
}

impl<T, P, S, DB> QueryFragment<DB> for Update<T, P, S>
where
    T: QueryFragment<DB>,
    P: QueryFragment<DB>,
    S: QueryFragment<DB>,
    DB: Backend,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("UPDATE ");
        self.table.walk_ast(out.reborrow())?;
        out.push_sql(" SET ");
        self.set.walk_ast(out.reborrow())?;
        out.push_sql(" WHERE ");
        self.those.walk_ast(out)
    }
}

/// Without an id it is found again by its text.
impl<T, P, S> QueryId for Update<T, P, S> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<T, P, S, C> RunQueryDsl<C> for Update<T, P, S> {}
