//! Where statements run: a transaction that may write, or the readers of the store.

use crate::{Engine, Error, Store};
use sea_orm::{DatabaseExecutor, DatabaseTransaction};

/// A transaction that may write. Dropping it without [`Tx::commit`] takes everything back.
#[derive(Debug)]
pub struct Tx {
    inner: DatabaseTransaction,
    engine: Engine,
}

impl Tx {
    pub(crate) fn new(inner: DatabaseTransaction, engine: Engine) -> Self {
        Self { inner, engine }
    }

    pub(crate) fn inner(&self) -> &DatabaseTransaction {
        &self.inner
    }

    /// Makes everything durable.
    pub async fn commit(self) -> Result<(), Error> {
        Ok(self.inner.commit().await?)
    }

    /// Takes everything back and gives the connection free at once.
    pub async fn rollback(self) -> Result<(), Error> {
        Ok(self.inner.rollback().await?)
    }
}

/// What can be read from: a [`Store`] (what was committed) or a [`Tx`] (with its own writes).
pub trait Read: Sync {
    #[doc(hidden)]
    fn executor(&self) -> DatabaseExecutor<'_>;

    /// Which engine.
    fn engine(&self) -> Engine;
}

impl Read for Store {
    fn executor(&self) -> DatabaseExecutor<'_> {
        DatabaseExecutor::Connection(&self.readers)
    }

    fn engine(&self) -> Engine {
        self.engine
    }
}

impl Read for Tx {
    fn executor(&self) -> DatabaseExecutor<'_> {
        DatabaseExecutor::Transaction(&self.inner)
    }

    fn engine(&self) -> Engine {
        self.engine
    }
}
