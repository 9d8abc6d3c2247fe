//! A fresh database on either engine for one test.

use crate::postgres;
use std::{
    future::Future,
    sync::atomic::{AtomicU32, Ordering},
};
pub use store::Engine;
use store::{Options, Store};
use tempfile::TempDir;

/// A database that one test owns. A SQLite file goes with it; a PostgreSQL database goes with its server, at the
/// latest when the test program ends.
#[derive(Debug)]
pub struct TestDatabase {
    /// The open store.
    pub store: Store,
    /// Path or address, for opening it once more.
    pub place: String,
    folder: Option<TempDir>,
}

impl TestDatabase {
    /// Opens the same database with connections of its own, as a second process would.
    pub async fn open_again(&self) -> Store {
        open(&self.place).await
    }

    /// The folder of the SQLite file, for files that a test wants beside it; `None` on PostgreSQL.
    pub fn folder(&self) -> Option<&std::path::Path> {
        self.folder.as_ref().map(TempDir::path)
    }
}

/// Removes the folder of a SQLite file. Being there it also keeps the database whole: a closure that uses
/// `database.store` alone would otherwise capture that field only and drop the folder under it.
impl Drop for TestDatabase {
    fn drop(&mut self) {
        drop(self.folder.take());
    }
}

/// A fresh migrated database.
pub async fn database(engine: Engine) -> TestDatabase {
    let database = empty_database(engine).await;
    if let Err(error) = database.store.migrate().await {
        panic!("the migrations fail on {}: {error}", database.place);
    }
    database
}

/// A fresh database without any table.
pub async fn empty_database(engine: Engine) -> TestDatabase {
    let (place, folder) = match engine {
        Engine::Sqlite => {
            let folder = match tempfile::Builder::new().prefix("saithong-").tempdir() {
                Ok(folder) => folder,
                Err(error) => panic!("no temporary folder: {error}"),
            };
            let place = folder.path().join("saithong.db").display().to_string();
            (place, Some(folder))
        }
        Engine::Postgres => {
            static NEXT: AtomicU32 = AtomicU32::new(1);
            let name = format!("saithong_{}", NEXT.fetch_add(1, Ordering::Relaxed));
            let place = postgres::server().address(&name);
            if let Err(error) = store::create_database(&place).await {
                panic!("no database on the PostgreSQL of the tests: {error}");
            }
            (place, None)
        }
    };
    TestDatabase {
        store: open(&place).await,
        place,
        folder,
    }
}

async fn open(place: &str) -> Store {
    let options = Options {
        create: true,
        connections: 4,
        durable: true,
    };
    match Store::open(place, options).await {
        Ok(store) => store,
        Err(error) => panic!("the database of the test does not open: {error}"),
    }
}

/// Runs a test's body on a fresh migrated database.
pub fn run<F: Future<Output = ()>>(engine: Engine, body: impl FnOnce(TestDatabase) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    match runtime {
        Ok(runtime) => runtime.block_on(async { body(database(engine).await).await }),
        Err(error) => panic!("no runtime for the test: {error}"),
    }
}
