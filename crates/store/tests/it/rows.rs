//! Recording, ending, reading back.

use crate::make::{Caller, link, listing, organisation, project};
use domain::{
    ids::{LinkId, ListingId, OrganisationId, ProjectId},
    link::{Link, LinkState},
    organisation::{Organisation, OrganisationText},
    project::{Listing, Project, ProjectText},
    provenance::{Certainty, Provenance},
};
use store::{Error, New, Reason};
use testkit::{TestDatabase, on_both_engines};

on_both_engines! {
    async fn a_row_comes_back_as_it_was_recorded(database: TestDatabase) {
        let (caller, store) = (Caller::default(), &database.store);
        let (mut facts, mut text) = organisation(1, "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาเพชรบูรณ์ เขต 1");
        facts.opened = Some(jiff::civil::date(2003, 7, 7));
        text.name_en = Some("Phetchabun PESA 1".to_owned());
        let provenance = Provenance { source: "เอกสาร หน้า 3".to_owned(), certainty: Certainty::Recalled };
        let new = New { provenance: Some(provenance.clone()), ..caller.fresh((facts, text.clone())) };

        let tx = store.begin().await.unwrap();
        let at = caller.clock.now();
        assert_eq!(store::record(&tx, at, [new.clone()]).await.unwrap(), 1);
        tx.commit().await.unwrap();

        let kept = store::get::<(Organisation, OrganisationText)>(store, facts.id).await.unwrap().unwrap();
        assert_eq!(kept.row, (facts, text));
        assert_eq!(kept.stamp.version, new.version);
        assert_eq!((kept.stamp.recorded_at, kept.stamp.ended_at), (at, None));
        assert_eq!(kept.stamp.provenance, Some(provenance));
    }

    async fn recording_again_ends_the_version_that_stood(database: TestDatabase) {
        let (caller, store) = (Caller::default(), &database.store);
        let mut moments = Vec::new();
        for state in [LinkState::Proposed, LinkState::Approved] {
            let tx = store.begin().await.unwrap();
            let at = caller.clock.now();
            store::record(&tx, at, [caller.fresh(link(1, 2, 3, state))]).await.unwrap();
            tx.commit().await.unwrap();
            moments.push(at);
        }
        let history = store::history::<(Link, Reason)>(store, LinkId::from_u128(1)).await.unwrap();
        let told: Vec<_> = history.iter().map(|kept| (kept.row.0.state, kept.stamp.recorded_at, kept.stamp.ended_at)).collect();
        assert_eq!(told, [
            (LinkState::Proposed, moments[0], Some(moments[1])),
            (LinkState::Approved, moments[1], None),
        ]);
    }

    async fn an_ended_row_no_longer_stands_and_is_not_lost(database: TestDatabase) {
        let (caller, store) = (Caller::default(), &database.store);
        let tx = store.begin().await.unwrap();
        store::record(&tx, caller.clock.now(), [caller.fresh(listing(1, 2, 3))]).await.unwrap();
        let id = ListingId::from_u128(1);
        assert_eq!(store::end::<Listing>(&tx, caller.clock.now(), &[id]).await.unwrap(), 1);
        assert_eq!(store::end::<Listing>(&tx, caller.clock.now(), &[id]).await.unwrap(), 0);
        tx.commit().await.unwrap();
        assert_eq!(store::get::<Listing>(store, id).await.unwrap(), None);
        assert_eq!(store::history::<Listing>(store, id).await.unwrap().len(), 1);
    }

    async fn a_dropped_transaction_leaves_nothing(database: TestDatabase) {
        let (caller, store) = (Caller::default(), &database.store);
        let tx = store.begin().await.unwrap();
        store::record(&tx, caller.clock.now(), [caller.fresh(listing(1, 2, 3))]).await.unwrap();
        assert_eq!(store::all::<Listing>(&tx).await.unwrap().len(), 1);
        drop(tx);
        assert_eq!(store::all::<Listing>(store).await.unwrap(), []);
    }

    async fn a_project_is_listed_under_a_node_once(database: TestDatabase) {
        let (caller, store) = (Caller::default(), &database.store);
        let tx = store.begin().await.unwrap();
        store::record(&tx, caller.clock.now(), [caller.fresh(listing(1, 2, 3))]).await.unwrap();
        let twice = store::record(&tx, caller.clock.now(), [caller.fresh(listing(9, 2, 3))]).await;
        assert!(matches!(twice, Err(Error::Conflict { .. })), "{twice:?}");
    }

    async fn thousands_of_rows_are_recorded_in_one_call(database: TestDatabase) {
        let (caller, store) = (Caller::default(), &database.store);
        let tx = store.begin().await.unwrap();
        let rows = (1..=1_234).map(|n| caller.fresh(project(n, 1, "โครงการส่งเสริมการอ่าน")));
        assert_eq!(store::record(&tx, caller.clock.now(), rows).await.unwrap(), 1_234);
        tx.commit().await.unwrap();
        let ids: Vec<_> = (1_000..2_000).map(ProjectId::from_u128).collect();
        assert_eq!(store::get_many::<(Project, ProjectText)>(store, &ids).await.unwrap().len(), 235);
    }

    async fn a_writer_waits_for_the_writer_before_it(database: TestDatabase) {
        let (caller, store) = (Caller::default(), &database.store);
        let other = database.open_again().await;
        let tx = store.begin().await.unwrap();
        store::record(&tx, caller.clock.now(), [caller.fresh(organisation(1, "โรงเรียนหนึ่ง"))]).await.unwrap();
        let second = tokio::spawn({
            let (at, row) = (caller.clock.now(), caller.fresh(organisation(2, "โรงเรียนสอง")));
            async move {
                let tx = other.begin().await.unwrap();
                store::record(&tx, at, [row]).await.unwrap();
                tx.commit().await.unwrap();
            }
        });
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        tx.commit().await.unwrap();
        second.await.unwrap();
        let both = [1, 2].map(OrganisationId::from_u128);
        assert_eq!(store::get_many::<(Organisation, OrganisationText)>(store, &both).await.unwrap().len(), 2);
    }
}
