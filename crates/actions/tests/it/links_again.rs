//! Links that are taken in once more, and shares that would exceed the whole.

use crate::{
    folder::{AGENCIES, STRATEGIES, is_row, office, plan_of, projects, refused, take_in},
    office::{project, snapshot, target},
};
use actions::{
    Ctx, Error,
    links::{Decision, Given, decide, propose},
};
use domain::{
    ids::{NodeId, ProjectId},
    link::{Link, LinkState},
    locale::Locale,
    share::Share,
};
use store::{Kept, Reason, Store};
use testkit::{TestDatabase, on_both_engines};

/// A plan with one project and these rows of links: target and reason.
async fn with_links(store: &Store, ctx: &mut Ctx, rows: &str) -> actions::Outcome {
    let links = format!("project_code,target_code,reason_th\n{rows}");
    let files = [
        ("plan.csv", &*plan_of(2570)),
        ("agencies.csv", AGENCIES),
        ("strategies.csv", STRATEGIES),
        ("projects.csv", &projects(2570, &[("P1", "โครงการ", "100")])),
        ("links.csv", &links),
    ];
    take_in(store, ctx, &files).await.outcome
}

async fn links(store: &Store) -> Vec<(Link, Reason)> {
    let all: Vec<Kept<(Link, Reason)>> = store::all(store).await.unwrap();
    all.into_iter().map(|kept| kept.row).collect()
}

fn new(parts: u16) -> Given {
    Given {
        share: Share::new(parts).unwrap(),
        primary: false,
        reason: "ตรง".to_owned(),
        language: Locale::Th,
    }
}

on_both_engines! {
    async fn a_better_reason_for_an_undecided_link_was_not_recorded(db: TestDatabase) {
        let mut ctx = office(&db.store).await;
        with_links(&db.store, &mut ctx, "P1,4.1,เดิม\n").await;
        let outcome = with_links(&db.store, &mut ctx, "P1,4.1,ใหม่\n").await;
        assert_eq!((outcome["link"].added, outcome["link"].changed), (0, 1));
        assert_eq!(links(&db.store).await[0].1.reason_th.as_deref(), Some("ใหม่"));
        let outcome = with_links(&db.store, &mut ctx, "P1,4.1,ใหม่\n").await;
        assert_eq!(outcome["link"].unchanged, 1);
    }

    async fn a_label_that_moved_left_two_whole_proposals_without_a_word(db: TestDatabase) {
        let mut ctx = office(&db.store).await;
        with_links(&db.store, &mut ctx, "P1,4.1,เดิม\n").await;
        let outcome = with_links(&db.store, &mut ctx, "P1,4.5,ใหม่\n").await;
        assert_eq!(outcome["link"].added, 1);
        assert_eq!(outcome["link"].missing, ["P1 → 4.1"]);
        assert_eq!(links(&db.store).await.len(), 2, "reported, never deleted");
    }

    async fn what_was_decided_wins_over_the_file(db: TestDatabase) {
        let mut ctx = office(&db.store).await;
        with_links(&db.store, &mut ctx, "P1,4.1,เดิม\n").await;
        let (project, (node, _)) = (project(&db.store, "P1").await, target(&db.store, "4.1").await);
        decide(&db.store, &mut ctx, (project, node), Decision::Reject, "ไม่ตรง").await.unwrap();
        let outcome = with_links(&db.store, &mut ctx, "P1,4.1,ใหม่\n").await;
        assert_eq!((outcome["link"].unchanged, outcome["link"].changed), (1, 0));
        let outcome = with_links(&db.store, &mut ctx, "P1,4.5,ใหม่\n").await;
        assert!(outcome["link"].missing.is_empty(), "a decided link is not waiting for the file");
        let (link, reason) = links(&db.store).await.into_iter().find(|(link, _)| link.node == node).unwrap();
        assert_eq!((link.state, reason.reason_th.as_deref()), (LinkState::Rejected, Some("เดิม")));
    }

    async fn what_a_person_proposed_is_neither_rewritten_nor_missed(db: TestDatabase) {
        let mut ctx = office(&db.store).await;
        with_links(&db.store, &mut ctx, "P1,4.1,เดิม\n").await;
        let (project, (node, _)) = (project(&db.store, "P1").await, target(&db.store, "4.5").await);
        propose(&db.store, &mut ctx, (project, node), new(1)).await.unwrap();
        let outcome = with_links(&db.store, &mut ctx, "P1,4.1,เดิม\n").await;
        assert!(outcome["link"].missing.is_empty(), "{outcome:?}");
        let outcome = with_links(&db.store, &mut ctx, "P1,4.1,เดิม\nP1,4.5,ของไฟล์\n").await;
        assert_eq!((outcome["link"].unchanged, outcome["link"].changed), (2, 0));
    }

    async fn links_without_their_projects_stopped_the_program(db: TestDatabase) {
        let mut ctx = office(&db.store).await;
        let header = plan_of(2570);
        let bare = [("plan.csv", &*header), ("agencies.csv", AGENCIES),
            ("links.csv", "project_code,target_code\nP1,4.1\nP9,4.5\n")];
        let issues = refused(&db.store, &mut ctx, &bare).await;
        assert_eq!((issues.len(), issues[0].code), (2, "import.project_not_in_plan"));
        assert!(is_row(&issues[1].at, "links.csv", 3), "{:?}", issues[1].at);
        with_links(&db.store, &mut ctx, "P1,4.1,เดิม\n").await;
        let bare = [("plan.csv", &*header), ("links.csv", "project_code,target_code\nP1,4.5\n")];
        assert_eq!(take_in(&db.store, &mut ctx, &bare).await.outcome["link"].added, 1);
    }

    async fn a_link_from_or_to_nothing_was_recorded(db: TestDatabase) {
        let mut ctx = office(&db.store).await;
        with_links(&db.store, &mut ctx, "P1,4.1,เดิม\n").await;
        let (project, (node, _)) = (project(&db.store, "P1").await, target(&db.store, "4.5").await);
        let from_nothing = propose(&db.store, &mut ctx, (ProjectId::from_u128(9), node), new(1)).await;
        assert!(matches!(from_nothing, Err(Error::NotFound(issue)) if issue.code == "link.unknown_project"));
        let to_nothing = propose(&db.store, &mut ctx, (project, NodeId::from_u128(9)), new(1)).await;
        assert!(matches!(to_nothing, Err(Error::NotFound(issue)) if issue.code == "link.unknown_node"));
    }

    async fn approving_two_whole_links_counted_the_money_twice(db: TestDatabase) {
        let mut ctx = office(&db.store).await;
        with_links(&db.store, &mut ctx, "P1,4.1,เดิม\n").await;
        let (project, (one, _), (two, _)) =
            (project(&db.store, "P1").await, target(&db.store, "4.1").await, target(&db.store, "4.5").await);
        propose(&db.store, &mut ctx, (project, two), new(1)).await.unwrap();
        decide(&db.store, &mut ctx, (project, one), Decision::Approve, "ตรง").await.unwrap();
        let over = decide(&db.store, &mut ctx, (project, two), Decision::Approve, "ตรง").await;
        assert!(matches!(over, Err(Error::Invalid(issues)) if issues[0].code == "link.shares_exceed_whole"));
        decide(&db.store, &mut ctx, (project, one), Decision::Reject, "ไม่ตรง").await.unwrap();
        decide(&db.store, &mut ctx, (project, two), Decision::Approve, "ตรง").await.unwrap();
        let states: Vec<_> = snapshot(&db.store).await.links_of(project).map(|link| (link.node, link.state)).collect();
        assert!(states.contains(&(one, LinkState::Rejected)) && states.contains(&(two, LinkState::Approved)));
    }
}
