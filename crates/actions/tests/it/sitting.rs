//! Many links decided in one sitting: all or none, with one event, and never over somebody else's decision.

use crate::office::{project, snapshot, target, with_plan};
use actions::{
    Error,
    links::{Between, Decision, Line, decide, sitting},
};
use domain::{
    ids::{NodeId, ProjectId},
    link::{Link, LinkState},
    locale::Locale,
};
use store::{Kept, Reason, Store, trail};
use testkit::{TestDatabase, on_both_engines};

/// The proposals of the plan as lines to be approved.
async fn proposals(store: &Store) -> Vec<Line> {
    let mut lines = Vec::new();
    for number in 1..=43 {
        let project = project(store, &format!("PRJ2569-{number:03}")).await;
        let links: Vec<Kept<(Link, Reason)>> = store::of(store, &[project]).await.unwrap();
        lines.extend(links.into_iter().map(|kept| Line {
            between: Between::Link(project, kept.row.0.node),
            seen: Some(kept.stamp.version),
            decision: Decision::Approve,
        }));
    }
    lines
}

fn ends(line: &Line) -> (ProjectId, NodeId) {
    match line.between {
        Between::Link(project, node) => (project, node),
        Between::Alignment(..) => panic!("no link"),
    }
}

on_both_engines! {
    async fn forty_three_proposals_are_approved_in_one_sitting_and_one_event(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let lines = proposals(&db.store).await;
        let head = |heads: Vec<trail::Head>| heads.into_iter().find(|head| head.province == "96").unwrap().number;
        let before = head(trail::heads(&db.store).await.unwrap());
        let decided = sitting(&db.store, &mut ctx, &lines, "ที่ประชุมคณะทำงานครั้งที่ 1/2569", Locale::Th).await.unwrap();
        assert_eq!((lines.len(), decided), (43, 43));
        assert_eq!(head(trail::heads(&db.store).await.unwrap()), before + 1);
        let snapshot = snapshot(&db.store).await;
        assert!(lines.iter().all(|line| snapshot.links_of(ends(line).0).all(|link| link.state == LinkState::Approved)));
        assert_eq!(trail::verify(&db.store, None).await.unwrap(), []);
    }

    async fn two_planners_decided_the_same_link_and_the_second_sitting_lost_nothing(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let lines = proposals(&db.store).await;
        decide(&db.store, &mut ctx, ends(&lines[0]), Decision::Reject, "ไม่ตรง").await.unwrap();
        let Err(Error::Invalid(issues)) = sitting(&db.store, &mut ctx, &lines[..3], "ตรง", Locale::Th).await else {
            panic!("somebody else's decision was overwritten")
        };
        assert_eq!(issues.len(), 1);
        assert_eq!(issues[0].code, "link.changed_since_seen");
        assert_eq!(issues[0].at, domain::issue::Place::Field { field: "line-0".to_owned() });
        let snapshot = snapshot(&db.store).await;
        let states: Vec<_> = lines[..3].iter().map(|line| snapshot.links_of(ends(line).0).next().unwrap().state).collect();
        assert_eq!(states, [LinkState::Rejected, LinkState::Proposed, LinkState::Proposed]);
    }

    async fn a_suggestion_becomes_an_approved_link_with_what_is_left_of_the_whole(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let project = project(&db.store, "PRJ2569-012").await;
        let proposed: Vec<Kept<(Link, Reason)>> = store::of(&db.store, &[project]).await.unwrap();
        let (other, _) = target(&db.store, "4.b").await;
        let reject = Line {
            between: Between::Link(project, proposed[0].row.0.node),
            seen: Some(proposed[0].stamp.version),
            decision: Decision::Reject,
        };
        let accept = Line { between: Between::Link(project, other), seen: None, decision: Decision::Approve };
        sitting(&db.store, &mut ctx, &[reject, accept], "ตรงกว่า", Locale::Th).await.unwrap();
        let link = snapshot(&db.store).await.links_of(project).find(|link| link.node == other).unwrap();
        assert_eq!((link.state, link.share.parts(), link.primary), (LinkState::Approved, 10_000, true));
        // A second target of the same framework finds nothing left, and the message says so.
        let (third, _) = target(&db.store, "4.c").await;
        let more = Line { between: Between::Link(project, third), ..accept };
        let full = sitting(&db.store, &mut ctx, &[more], "อีกเป้าหมาย", Locale::Th).await;
        assert!(matches!(full, Err(Error::Invalid(issues)) if issues[0].code == "link.nothing_is_left"));
    }

    async fn a_sitting_without_lines_or_reason_is_refused(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let lines = proposals(&db.store).await;
        let nothing = sitting(&db.store, &mut ctx, &[], "ตรง", Locale::Th).await;
        assert!(matches!(nothing, Err(Error::Invalid(issues)) if issues[0].code == "link.sitting_empty"));
        let silent = sitting(&db.store, &mut ctx, &lines, "  ", Locale::Th).await;
        assert!(matches!(silent, Err(Error::Invalid(issues)) if issues[0].code == "link.reason_needed"));
    }
}
