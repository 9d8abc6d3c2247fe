//! The doctor finds a healthy database healthy, and says what is wrong with an ill one.

use crate::make::Caller;
use sea_orm::ConnectionTrait;
use store::{
    Engine, Error, Store,
    doctor::{Check, Verdict},
    trail::{self, NewEvent, Subject},
};
use testkit::{TestDatabase, empty_database, on_both_engines};

async fn sql(database: &TestDatabase, sql: &str) {
    let place = match database.store.engine() {
        Engine::Sqlite => format!("sqlite://{}", database.place),
        Engine::Postgres => database.place.clone(),
    };
    let connection = sea_orm::Database::connect(place).await.unwrap();
    connection.execute_unprepared(sql).await.unwrap();
    connection.close().await.unwrap();
}

async fn verdict(store: &Store, code: &str) -> Verdict {
    let checks = store.doctor().await.unwrap();
    let found: Vec<&Check> = checks.iter().filter(|it| it.code == code).collect();
    assert_eq!(found.len(), 1, "{code} in {checks:?}");
    found[0].verdict
}

on_both_engines! {
    async fn a_fresh_database_is_healthy(database: TestDatabase) {
        let checks = database.store.doctor().await.unwrap();
        assert!(checks.iter().all(|it| it.verdict == Verdict::Good), "{checks:?}");
        for code in ["engine", "synchronous", "migrations", "order", "sort_keys", "trail", "trigrams", "search"] {
            assert!(checks.iter().any(|it| it.code == code), "{code}");
        }
        // The words of the proof were taken back.
        assert_eq!(store::search::organisations(&database.store, crate::search::everywhere("มัธยม", 1)).await.unwrap(), []);
    }

    async fn a_database_that_was_not_migrated_says_so(database: TestDatabase) {
        let fresh = empty_database(database.store.engine()).await;
        assert_eq!(verdict(&fresh.store, "migrations").await, Verdict::Bad);
    }

    async fn a_head_that_is_not_the_last_event_is_seen(database: TestDatabase) {
        let caller = Caller::default();
        let tx = database.store.begin().await.unwrap();
        let event = NewEvent {
            at: caller.clock.now(),
            actor: "anan".to_owned(),
            on_behalf_of: None,
            act: "plans.import".to_owned(),
            subject: Subject { kind: "plan".to_owned(), id: "1".to_owned() },
            payload: None,
            salt: Vec::new(),
        };
        trail::append(&tx, "67", event).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(verdict(&database.store, "trail").await, Verdict::Good);
        sql(&database, "delete from events").await;
        assert_eq!(verdict(&database.store, "trail").await, Verdict::Bad);
    }

    async fn sort_keys_of_older_rules_are_made_anew_by_migrating(database: TestDatabase) {
        let store = &database.store;
        let caller = Caller::default();
        let tx = store.begin().await.unwrap();
        let rows = [(1, "เก่งการ"), (2, "ขอนแก่น")].map(|(n, name)| caller.fresh(crate::make::organisation(n, name)));
        store::record(&tx, caller.clock.now(), rows).await.unwrap();
        tx.commit().await.unwrap();
        let blank = match store.engine() {
            Engine::Sqlite => "update organisations set sort_key = x'ff' where code = 'org-1'",
            Engine::Postgres => "update organisations set sort_key = '\\xff' where code = 'org-1'",
        };
        sql(&database, &format!("{blank}; update settings set value = 'rules of old'")).await;
        assert_eq!(verdict(store, "sort_keys").await, Verdict::Bad);
        store.migrate().await.unwrap();
        assert_eq!(verdict(store, "sort_keys").await, Verdict::Good);
        let found = store::search::organisations(store, crate::search::everywhere("org", 10)).await.unwrap();
        assert_eq!(found.iter().map(|it| it.row.1.code.as_str()).collect::<Vec<_>>(), ["org-1", "org-2"]);
    }

    async fn a_newer_database_is_refused(database: TestDatabase) {
        sql(&database, "insert into seaql_migrations (version, applied_at) values ('m9999_of_tomorrow', 0)").await;
        for refused in [database.store.migrate().await.err(), database.store.status().await.err()] {
            assert!(matches!(&refused, Some(Error::Newer { unknown }) if unknown[0] == "m9999_of_tomorrow"), "{refused:?}");
        }
    }

    async fn somebody_elses_tables_are_not_touched(database: TestDatabase) {
        let other = empty_database(database.store.engine()).await;
        sql(&other, "create table recipes (name text)").await;
        let refused = other.store.migrate().await;
        assert!(matches!(refused, Err(Error::NotOurs { .. })), "{refused:?}");
    }
}

#[test]
fn another_programs_sqlite_file_is_refused_and_left_as_it_was() {
    testkit::run(Engine::Sqlite, |database| async move {
        let path = database.folder().unwrap().join("other.db");
        let url = format!("sqlite://{}?mode=rwc", path.display());
        let connection = sea_orm::Database::connect(url).await.unwrap();
        connection
            .execute_unprepared("create table recipes (name text)")
            .await
            .unwrap();
        connection.close().await.unwrap();
        let before = std::fs::read(&path).unwrap();
        let options = store::Options {
            create: true,
            ..store::Options::default()
        };
        let refused = Store::open(&path.display().to_string(), options).await;
        assert!(matches!(refused, Err(Error::NotOurs { .. })), "{refused:?}");
        assert_eq!(std::fs::read(&path).unwrap(), before);
    });
}

#[test]
fn a_postgres_in_another_collation_is_not_called_healthy() {
    testkit::run(Engine::Postgres, |database| async move {
        // A database in plain C: order is right, trigrams of Thai are silently empty.
        let name = "saithong_in_plain_c";
        sql(&database, &format!("create database {name} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'")).await;
        let (before, after) = database.place.split_once("/saithong_").unwrap();
        let rest = after.trim_start_matches(|letter: char| letter.is_ascii_digit());
        let place = format!("{before}/{name}{rest}");
        let store = Store::open(&place, store::Options::default())
            .await
            .unwrap();
        store.migrate().await.unwrap();
        assert_eq!(verdict(&store, "collation").await, Verdict::Warning);
    });
}
