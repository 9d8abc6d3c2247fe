//! Proposing, approving and rejecting links: only an approval moves a total, and by exactly that project.

use crate::office::{project, snapshot, target, with_plan};
use actions::{
    Error,
    links::{Decision, Given, decide, propose},
};
use chain::targets::Scope;
use domain::{link::LinkState, locale::Locale, project::Stage, share::Share, time::FiscalYear};
use store::trail;
use testkit::{TestDatabase, on_both_engines};

on_both_engines! {
    async fn one_approval_changes_the_totals_by_exactly_that_project(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let project = project(&db.store, "PRJ2569-012").await;
        let proposed = snapshot(&db.store).await.links_of(project).next().unwrap();
        let node = proposed.node;
        let framework = snapshot(&db.store).await.plans().edition_of_node(node).unwrap().id;

        let before = snapshot(&db.store).await.targets(framework, Scope::All, FiscalYear(2569)).unwrap();
        assert_eq!(before.unattributed.projects, 43);
        assert_eq!(before.only_proposed, 43);
        decide(&db.store, &mut ctx, (project, node), Decision::Approve, "ตรงกับกลุ่มเป้าหมาย").await.unwrap();
        let after = snapshot(&db.store).await.targets(framework, Scope::All, FiscalYear(2569)).unwrap();

        assert_eq!(after.unattributed.projects, 42);
        assert_eq!(after.only_proposed, 42);
        let money = |targets: &chain::targets::Targets| targets.unattributed.money(Stage::Allotted).unwrap();
        assert_eq!((money(&before) - money(&after)).grouped(), "107,000");
        let row = after.rows.iter().find(|row| row.node == node).unwrap();
        assert_eq!((row.approved, row.figures.money(Stage::Allotted).unwrap().grouped()), (1, "107,000".to_owned()));
        assert_eq!(after.total, before.total);
        assert_eq!(trail::verify(&db.store, None).await.unwrap(), []);
    }

    async fn a_decision_asks_for_a_reason_and_is_not_made_twice(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let project = project(&db.store, "PRJ2569-012").await;
        let node = snapshot(&db.store).await.links_of(project).next().unwrap().node;
        let pair = (project, node);
        let nothing = decide(&db.store, &mut ctx, pair, Decision::Approve, " \u{200b} ").await;
        assert!(matches!(nothing, Err(Error::Invalid(issues)) if issues[0].code == "link.reason_needed"));
        decide(&db.store, &mut ctx, pair, Decision::Approve, "ตรง").await.unwrap();
        let twice = decide(&db.store, &mut ctx, pair, Decision::Approve, "ตรง").await;
        assert!(matches!(twice, Err(Error::Stale(issue)) if issue.code == "link.decided_already"));
        decide(&db.store, &mut ctx, pair, Decision::Reject, "ตรวจอีกครั้งแล้วไม่ตรง").await.unwrap();
        let link = snapshot(&db.store).await.links_of(project).next().unwrap();
        assert_eq!(link.state, LinkState::Rejected);
    }

    async fn a_link_that_nobody_proposed_cannot_be_approved(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let project = project(&db.store, "PRJ2569-012").await;
        let (node, _) = target(&db.store, "4.b").await;
        let missing = decide(&db.store, &mut ctx, (project, node), Decision::Approve, "ลอง").await;
        assert!(matches!(missing, Err(Error::NotFound(_))));
    }

    async fn a_rejected_link_may_be_proposed_again_and_keeps_its_history(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let project = project(&db.store, "PRJ2569-012").await;
        let node = snapshot(&db.store).await.links_of(project).next().unwrap().node;
        let again = Given { share: Share::WHOLE, primary: false, reason: "เสนอใหม่".to_owned(), language: Locale::Th };
        let stands = propose(&db.store, &mut ctx, (project, node), again.clone()).await;
        assert!(matches!(stands, Err(Error::Stale(_))));
        decide(&db.store, &mut ctx, (project, node), Decision::Reject, "ไม่ตรง").await.unwrap();
        let id = propose(&db.store, &mut ctx, (project, node), again).await.unwrap();
        let history = store::history::<(domain::link::Link, store::Reason)>(&db.store, id).await.unwrap();
        let states: Vec<_> = history.iter().map(|kept| kept.row.0.state).collect();
        assert_eq!(states, [LinkState::Proposed, LinkState::Rejected, LinkState::Proposed]);
    }

    async fn importing_again_never_undoes_a_decision(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let project = project(&db.store, "PRJ2569-012").await;
        let node = snapshot(&db.store).await.links_of(project).next().unwrap().node;
        decide(&db.store, &mut ctx, (project, node), Decision::Reject, "ไม่ตรง").await.unwrap();
        let again = crate::office::import(&db.store, &mut ctx, &crate::office::narathiwat()).await;
        assert_eq!(again.outcome["link"].unchanged, 43);
        let link = snapshot(&db.store).await.links_of(project).next().unwrap();
        assert_eq!(link.state, LinkState::Rejected);
    }
}
