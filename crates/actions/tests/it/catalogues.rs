//! The catalogues that ship with the product.

use crate::office::planner;
use store::trail;
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
        assert_eq!(heads.iter().map(|head| head.number).sum::<i64>(), 1, "nothing done, nothing told");
    }
}
