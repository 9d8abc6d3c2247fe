//! The catalogues that ship with the product.

use crate::office::planner;
use actions::NATIONAL;
use domain::{
    organisation::{Organisation, OrganisationText},
    plan::{Node, NodeText},
};
use store::{New, Store, trail};
use testkit::{TestDatabase, on_both_engines};

on_both_engines! {
    async fn recording_the_catalogues_twice_records_nothing_the_second_time(db: TestDatabase) {
        let mut ctx = planner();
        let first = actions::catalogue::record(&db.store, &mut ctx).await.unwrap();
        assert_eq!(first["organisation"].added, 55);
        assert_eq!(first["node"].added, 175);
        assert_eq!(first["indicator"].added, 66);
        assert_eq!(first["crosswalk"].added, 96);

        let second = actions::catalogue::record(&db.store, &mut ctx).await.unwrap();
        assert!(second.values().all(|tally| tally.added + tally.changed == 0), "{second:?}");
        assert_eq!(second["node"].unchanged, 175);
        let heads = trail::heads(&db.store).await.unwrap();
        assert_eq!(heads.iter().map(|head| head.number).sum::<i64>(), 2, "nothing done, nothing told");
    }

    async fn every_import_put_the_catalogue_over_what_a_person_had_corrected(db: TestDatabase) {
        let mut ctx = planner();
        actions::catalogue::record(&db.store, &mut ctx).await.unwrap();
        let office = organisations(&db.store, "PNBPEO").await.remove(0);
        let (node, text) = target(&db.store).await;

        let tx = db.store.begin().await.unwrap();
        let (version, version_of_node) = (ctx.id(), ctx.id());
        let words = OrganisationText { short_name_th: Some("ศธจ.พช.".to_owned()), ..office.1 };
        let new = New { version, provenance: None, row: (office.0, words.clone()) };
        let at = ctx.now();
        store::record(&tx, at, [new]).await.unwrap();
        let corrected = NodeText { label_th: "เป้าหมายย่อยที่".to_owned(), ..text };
        let new = New { version: version_of_node, provenance: None, row: (node, corrected.clone()) };
        store::record(&tx, at, [new]).await.unwrap();
        let event = trail::NewEvent {
            at,
            actor: ctx.actor.clone(),
            on_behalf_of: None,
            act: "organisation.correct".to_owned(),
            subject: trail::Subject { kind: "organisation".to_owned(), id: office.0.id.to_string() },
            payload: None,
            salt: Vec::new(),
        };
        trail::append(&tx, "67", event).await.unwrap();
        tx.commit().await.unwrap();

        let again = actions::catalogue::record(&db.store, &mut ctx).await.unwrap();
        assert!(again.values().all(|tally| tally.added + tally.changed == 0), "{again:?}");
        assert_eq!(organisations(&db.store, "PNBPEO").await.remove(0).1, words);
        assert_eq!(target(&db.store).await.1, corrected);
    }

    async fn the_event_of_the_catalogues_named_phetchabun_and_stood_on_no_trail_of_it(db: TestDatabase) {
        let mut ctx = planner();
        actions::catalogue::record(&db.store, &mut ctx).await.unwrap();
        for (province, subject) in [("67", "phetchabun"), (NATIONAL, "frameworks")] {
            let events = trail::events(&db.store, province, 0, 10, &trail::Filter::default()).await.unwrap();
            let subjects: Vec<_> = events.iter().map(|event| event.subject.id.as_str()).collect();
            assert_eq!(subjects, [subject]);
        }
    }
}

async fn organisations(store: &Store, code: &str) -> Vec<(Organisation, OrganisationText)> {
    let found = store::texts::organisations(store, code).await.unwrap();
    found.into_iter().map(|kept| kept.row).collect()
}

async fn target(store: &Store) -> (Node, NodeText) {
    let (id, _) = crate::office::target(store, "4.1").await;
    store::get::<(Node, NodeText)>(store, id)
        .await
        .unwrap()
        .unwrap()
        .row
}
