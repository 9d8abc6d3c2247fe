//! The trail: gapless, in the order of commits, and every manipulation is caught.

use crate::make::Caller;
use domain::time::Moment;
use sea_orm::ConnectionTrait;
use store::{
    Error, Store,
    trail::{self, Event, Fault, Filter, NewEvent, Subject},
};
use testkit::{TestDatabase, on_both_engines};

fn event(caller: &Caller, n: i64) -> NewEvent {
    NewEvent {
        at: caller.clock.now(),
        actor: "anan".to_owned(),
        on_behalf_of: None,
        act: "plans.import".to_owned(),
        subject: Subject {
            kind: "plan".to_owned(),
            id: n.to_string(),
        },
        payload: Some(format!("{{\"rows\":{n}}}")),
        salt: vec![n as u8; 16],
    }
}

async fn append(store: &Store, province: &str, new: NewEvent) -> Result<Event, Error> {
    let tx = store.begin().await?;
    let event = trail::append(&tx, province, new).await?;
    tx.commit().await?;
    Ok(event)
}

/// A trail of six events.
async fn six(store: &Store) -> Caller {
    let caller = Caller::default();
    for n in 1..=6 {
        append(store, "67", event(&caller, n)).await.unwrap();
    }
    assert_eq!(trail::verify(store, None).await.unwrap(), []);
    caller
}

/// What somebody with a SQL prompt does behind the program's back.
async fn tamper(database: &TestDatabase, sql: &str) {
    let place = match database.store.engine() {
        store::Engine::Sqlite => format!("sqlite://{}", database.place),
        store::Engine::Postgres => database.place.clone(),
    };
    let connection = sea_orm::Database::connect(place).await.unwrap();
    connection.execute_unprepared(sql).await.unwrap();
    connection.close().await.unwrap();
}

async fn faults(database: &TestDatabase) -> Vec<(i64, Fault)> {
    let faults = trail::verify(&database.store, Some("67")).await.unwrap();
    assert!(faults.iter().all(|fault| fault.province == "67"));
    faults.iter().map(|it| (it.number, it.fault)).collect()
}

on_both_engines! {
    async fn a_trail_deleted_with_its_head_is_noticed_by_the_data_it_no_longer_tells_of(database: TestDatabase) {
        let caller = six(&database.store).await;
        let tx = database.store.begin().await.unwrap();
        let at = caller.clock.now();
        store::record(&tx, at, [caller.fresh(crate::make::listing(1, 2, 3))]).await.unwrap();
        let told = NewEvent { at, ..event(&caller, 7) };
        trail::append(&tx, "67", told).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(trail::verify(&database.store, None).await.unwrap(), []);
        tamper(&database, "delete from events").await;
        tamper(&database, "delete from trail_heads").await;
        let faults = trail::verify(&database.store, None).await.unwrap();
        assert_eq!(faults.iter().map(|it| it.fault).collect::<Vec<_>>(), [Fault::Untold]);
    }

    async fn events_are_numbered_and_chained(database: TestDatabase) {
        six(&database.store).await;
        let events = trail::events(&database.store, "67", 0, 100, &Filter::default()).await.unwrap();
        assert_eq!(events.iter().map(|it| it.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
        assert!(events.windows(2).all(|two| two[1].previous_hash == two[0].hash));
        let heads = trail::heads(&database.store).await.unwrap();
        assert_eq!((heads[0].number, &heads[0].hash), (6, &events[5].hash));
    }

    async fn every_province_has_its_own_trail(database: TestDatabase) {
        let caller = Caller::default();
        for (province, number) in [("67", 1), ("TH", 1), ("67", 2)] {
            let event = append(&database.store, province, event(&caller, 1)).await.unwrap();
            assert_eq!(event.number, number);
        }
        assert_eq!(trail::verify(&database.store, None).await.unwrap(), []);
    }

    async fn an_event_that_is_not_later_is_sent_back(database: TestDatabase) {
        let caller = six(&database.store).await;
        let head = trail::heads(&database.store).await.unwrap()[0].at;
        for at in [head, Moment(head.0 - 1)] {
            let late = append(&database.store, "67", NewEvent { at, ..event(&caller, 7) }).await;
            assert!(matches!(late, Err(Error::Behind { head: found, .. }) if found == head), "{late:?}");
        }
        append(&database.store, "67", NewEvent { at: Moment(head.0 + 1), ..event(&caller, 7) }).await.unwrap();
    }

    async fn a_transaction_taken_back_leaves_no_gap(database: TestDatabase) {
        let caller = six(&database.store).await;
        let tx = database.store.begin().await.unwrap();
        assert_eq!(trail::append(&tx, "67", event(&caller, 7)).await.unwrap().number, 7);
        tx.rollback().await.unwrap();
        assert_eq!(append(&database.store, "67", event(&caller, 8)).await.unwrap().number, 7);
        assert_eq!(faults(&database).await, []);
    }

    async fn writers_at_the_same_time_get_a_gapless_trail(database: TestDatabase) {
        let mut writers = Vec::new();
        for writer in 0..4i64 {
            let store = database.open_again().await;
            writers.push(tokio::spawn(async move {
                let caller = Caller::default();
                let mut at = writer;
                for n in 0..5 {
                    // The act runner's loop: a moment that came too late is taken again.
                    loop {
                        match append(&store, "67", NewEvent { at: Moment(at), ..event(&caller, n) }).await {
                            Ok(_) => break,
                            Err(Error::Behind { head, .. }) => at = head.0 + 1 + writer,
                            Err(error) => panic!("{error}"),
                        }
                    }
                }
            }));
        }
        for writer in writers {
            writer.await.unwrap();
        }
        assert_eq!(trail::heads(&database.store).await.unwrap()[0].number, 20);
        assert_eq!(faults(&database).await, []);
    }

    async fn events_are_found_by_act_person_and_subject(database: TestDatabase) {
        let caller = six(&database.store).await;
        let mut other = event(&caller, 3);
        (other.act, other.actor) = ("links.approve".to_owned(), "malee".to_owned());
        append(&database.store, "67", other).await.unwrap();
        let found = async |after, filter: Filter| -> Vec<i64> {
            let events = trail::events(&database.store, "67", after, 2, &filter).await.unwrap();
            events.iter().map(|it| it.number).collect()
        };
        let act = Filter { act: Some("links.approve".to_owned()), ..Filter::default() };
        assert_eq!(found(0, act).await, [7]);
        let actor = Filter { actor: Some("anan".to_owned()), ..Filter::default() };
        assert_eq!(found(4, actor).await, [5, 6]);
        let subject = Subject { kind: "plan".to_owned(), id: "3".to_owned() };
        assert_eq!(found(0, Filter { subject: Some(subject), ..Filter::default() }).await, [3, 7]);
        let kind = Filter { kind: Some("plan".to_owned()), ..Filter::default() };
        assert_eq!(found(5, kind).await, [6, 7]);
        let ids = |ids: &[&str]| Some(ids.iter().map(|id| (*id).to_owned()).collect());
        assert_eq!(found(0, Filter { ids: ids(&["3", "9"]), ..Filter::default() }).await, [3, 7]);
        assert_eq!(found(0, Filter { ids: ids(&[]), ..Filter::default() }).await, [0; 0]);
    }

    async fn events_on_behalf_of_an_agency_are_found_by_any_part_of_its_name_and_by_nothing_else(database: TestDatabase) {
        let caller = six(&database.store).await;
        for whom in ["พศจ.เพชรบูรณ์ (พช 1/2569)", "100% ตัวอย่าง"] {
            let mut other = event(&caller, 3);
            other.on_behalf_of = Some(whom.to_owned());
            append(&database.store, "67", other).await.unwrap();
        }
        let found = async |whom: &str| -> Vec<i64> {
            let filter = Filter { on_behalf_of: Some(whom.to_owned()), ..Filter::default() };
            let events = trail::events(&database.store, "67", 0, 9, &filter).await.unwrap();
            events.iter().map(|it| it.number).collect()
        };
        assert_eq!(found("พช 1").await, [7]);
        assert_eq!(found("0%").await, [8]);
        assert_eq!(found("_").await, [0; 0], "no character means any other");
    }

    async fn a_changed_event_is_caught(database: TestDatabase) {
        six(&database.store).await;
        tamper(&database, "update events set actor = 'somchai' where number = 3").await;
        assert_eq!(faults(&database).await, [(3, Fault::Changed)]);
    }

    async fn an_event_changed_with_its_hash_is_caught(database: TestDatabase) {
        six(&database.store).await;
        tamper(&database, "update events set hash = payload_digest where number = 3").await;
        assert_eq!(faults(&database).await, [(3, Fault::Changed), (4, Fault::Unlinked)]);
    }

    async fn a_missing_event_is_caught(database: TestDatabase) {
        six(&database.store).await;
        tamper(&database, "delete from events where number = 3").await;
        assert_eq!(faults(&database).await, [(3, Fault::Missing)]);
    }

    async fn a_missing_event_is_caught_when_the_rest_is_renumbered(database: TestDatabase) {
        six(&database.store).await;
        tamper(&database, "delete from events where number = 3; \
            update events set number = 3 where number = 4; \
            update events set number = 4 where number = 5; \
            update events set number = 5 where number = 6").await;
        let faults = faults(&database).await;
        assert!(faults.contains(&(3, Fault::Unlinked)) && faults.contains(&(6, Fault::Missing)), "{faults:?}");
    }

    async fn two_swapped_events_are_caught(database: TestDatabase) {
        six(&database.store).await;
        tamper(&database, "update events set number = -1 where number = 3; \
            update events set number = 3 where number = 4; \
            update events set number = 4 where number = -1").await;
        let faults = faults(&database).await;
        for number in [3, 4] {
            assert!(faults.contains(&(number, Fault::Unlinked)), "{faults:?}");
            assert!(faults.contains(&(number, Fault::Changed)), "{faults:?}");
        }
    }

    async fn an_inserted_event_is_caught(database: TestDatabase) {
        six(&database.store).await;
        tamper(&database, "insert into events (province, number, at, actor, act, subject_kind, subject_id, previous_hash, hash) \
            select province, 7, at + 1, 'somchai', act, subject_kind, subject_id, hash, previous_hash from events where number = 6").await;
        assert_eq!(faults(&database).await, [(7, Fault::Changed), (7, Fault::Head)]);
    }

    async fn a_tail_cut_off_is_caught(database: TestDatabase) {
        six(&database.store).await;
        tamper(&database, "delete from events where number > 4").await;
        assert_eq!(faults(&database).await, [(6, Fault::Missing)]);
    }

    async fn a_trail_cut_off_whole_is_caught(database: TestDatabase) {
        six(&database.store).await;
        tamper(&database, "delete from events").await;
        assert_eq!(trail::verify(&database.store, None).await.unwrap().len(), 1);
        assert_eq!(faults(&database).await, [(6, Fault::Missing)]);
    }

    async fn a_head_that_differs_or_is_gone_is_caught(database: TestDatabase) {
        six(&database.store).await;
        tamper(&database, "update trail_heads set at = at + 1").await;
        assert_eq!(faults(&database).await, [(6, Fault::Head)]);
        tamper(&database, "delete from trail_heads").await;
        assert_eq!(faults(&database).await, [(6, Fault::Head)]);
        assert_eq!(trail::verify(&database.store, None).await.unwrap().len(), 1);
    }

    async fn a_changed_payload_is_caught(database: TestDatabase) {
        six(&database.store).await;
        tamper(&database, "update events set payload = '{\"rows\":99}' where number = 2").await;
        assert_eq!(faults(&database).await, [(2, Fault::PayloadChanged)]);
        tamper(&database, "update events set payload = null where number = 2").await;
        assert_eq!(faults(&database).await, [(2, Fault::PayloadChanged)]);
    }

    async fn a_payload_may_be_erased_by_an_event_that_says_so(database: TestDatabase) {
        let caller = six(&database.store).await;
        let tx = database.store.begin().await.unwrap();
        let why = "คำขอของเจ้าของข้อมูล".to_owned();
        trail::erase(&tx, "67", 2, caller.clock.now(), "anan".to_owned(), why, vec![9; 16]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(faults(&database).await, []);
        let events = trail::events(&database.store, "67", 1, 1, &Filter::default()).await.unwrap();
        assert_eq!((&events[0].payload, &events[0].salt), (&None, &None));
        // Without such an event the same erasure is a fault.
        tamper(&database, "update events set payload = null, payload_salt = null where number = 4").await;
        assert_eq!(faults(&database).await, [(4, Fault::PayloadGone)]);
    }

    async fn what_does_not_exist_cannot_be_erased(database: TestDatabase) {
        let caller = six(&database.store).await;
        let tx = database.store.begin().await.unwrap();
        let erased = trail::erase(&tx, "67", 60, caller.clock.now(), "anan".to_owned(), String::new(), vec![9; 16]).await;
        assert!(matches!(erased, Err(Error::NoEvent { number: 60, .. })), "{erased:?}");
    }
}
