//! The demonstration.

use super::YEAR;
use crate::office::planner;
use domain::step::StepState;
use store::trail;
use testkit::{TestDatabase, on_both_engines};

on_both_engines! {
    async fn the_demonstration_plays_a_year_that_looks_like_life_and_says_that_it_is_a_sample(db: TestDatabase) {
        let mut ctx = planner();
        // The story lies in November: before that nothing of it has happened yet.
        actions::catalogue::record(&db.store, &mut ctx).await.unwrap();
        let entered = actions::steps::demo(&db.store, &mut ctx).await.unwrap();
        assert_eq!(actions::steps::demo(&db.store, &mut ctx).await.unwrap(), 0);
        assert_eq!(ctx.actor, "ตัวอย่าง ผู้วางแผน");
        let all = store::steps::records(&db.store, &actions::steps::periods(YEAR)).await.unwrap();
        assert_eq!(all.len(), entered);
        for kept in &all {
            assert!(serde_json::to_string(&kept.row).unwrap().contains("ตัวอย่าง"), "{:?}", kept.row);
            assert!(kept.stamp.provenance.as_ref().unwrap().source.starts_with("ตัวอย่าง"));
        }
        let states: std::collections::BTreeSet<StepState> = all.iter().map(|kept| kept.row.state).collect();
        assert_eq!(states.len(), StepState::ALL.len());
        assert!(all.iter().any(|kept| kept.row.on_behalf.is_some() && kept.row.state == StepState::Certified));
        assert!(all.iter().any(|kept| kept.row.count() == Some(0)));
        assert!(all.iter().any(|kept| kept.row.is_not_applicable()));
        assert_eq!(trail::verify(&db.store, None).await.unwrap(), []);
    }
}
