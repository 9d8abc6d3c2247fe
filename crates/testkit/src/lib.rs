//! The made-up authority for tests: fixed clock and ids, a temporary database on either engine.
//!
//! ```no_run
//! testkit::on_both_engines! {
//!     async fn a_new_database_has_an_empty_trail(database: testkit::TestDatabase) {
//!         let heads = store::trail::heads(&database.store).await.unwrap();
//!         assert!(heads.is_empty());
//!     }
//! }
//! # fn main() {}
//! ```

#![allow(
    clippy::panic,
    reason = "a test that cannot go on stops, with the reason"
)]

pub mod clock;
mod database;
mod postgres;

pub use database::{Engine, TestDatabase, database, empty_database, run};

/// Makes two tests of every body: `<name>::on_sqlite` and `<name>::on_postgres`, each with a fresh migrated database.
#[macro_export]
macro_rules! on_both_engines {
    ($($(#[$meta:meta])* async fn $name:ident($database:ident: $type:ty) $body:block)+) => {$(
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn body($database: $type) $body

            #[test]
            fn on_sqlite() {
                $crate::run($crate::Engine::Sqlite, body);
            }

            #[test]
            fn on_postgres() {
                $crate::run($crate::Engine::Postgres, body);
            }
        }
    )+};
}
