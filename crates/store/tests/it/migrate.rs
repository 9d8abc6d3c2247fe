//! Opening and migrating: what is refused, and that nothing foreign is touched.

use std::fs;
use store::{Error, Options, Store};
use testkit::{Engine, TestDatabase, empty_database, on_both_engines};

const CREATE: Options = Options {
    create: true,
    connections: 2,
    durable: true,
};

on_both_engines! {
    async fn migrating_twice_changes_nothing(database: TestDatabase) {
        let before = database.store.status().await.unwrap();
        assert!(before.pending.is_empty());
        assert_eq!(database.store.migrate().await.unwrap(), Vec::<String>::new());
        assert_eq!(database.store.status().await.unwrap(), before);
    }

    async fn opening_beside_a_long_writer_does_not_wait_for_it(database: TestDatabase) {
        let writer = database.store.begin().await.unwrap();
        let other = database.open_again().await;
        assert_eq!(other.migrate().await.unwrap(), Vec::<String>::new());
        writer.rollback().await.unwrap();
    }

    async fn a_fresh_database_says_what_is_pending(database: TestDatabase) {
        let fresh = empty_database(database.store.engine()).await;
        let status = fresh.store.status().await.unwrap();
        assert_eq!(status.applied, Vec::<String>::new());
        assert_eq!(status.pending, database.store.status().await.unwrap().applied);
    }
}

fn now<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(work)
}

#[test]
fn a_missing_file_is_not_created_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("none.db").display().to_string();
    let opened = now(Store::open(&path, Options::default()));
    assert!(matches!(opened, Err(Error::Missing { .. })), "{opened:?}");
    assert!(!fs::exists(&path).unwrap());
}

#[test]
fn rubbish_is_refused_and_left_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.db");
    fs::write(&path, "รายการโครงการ ไม่ใช่ฐานข้อมูล".repeat(100)).unwrap();
    let before = fs::read(&path).unwrap();
    let opened = now(Store::open(&path.display().to_string(), CREATE));
    assert!(matches!(opened, Err(Error::NotOurs { .. })), "{opened:?}");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn an_unknown_scheme_is_named() {
    let opened = now(Store::open("mysql://root@db/saithong", CREATE));
    assert!(matches!(opened, Err(Error::Address { .. })), "{opened:?}");
}

#[test]
fn a_database_that_cannot_be_reached_is_said_without_password() {
    let place = "postgres://anan:secret@127.0.0.1:1/saithong";
    let Err(error) = now(Store::open(place, CREATE)) else {
        panic!("nothing listens on port 1");
    };
    assert!(!error.to_string().contains("secret"), "{error}");
}

#[test]
fn an_engine_has_a_stable_word() {
    assert_eq!(
        [Engine::Sqlite, Engine::Postgres].map(Engine::code),
        ["sqlite", "postgres"]
    );
}
