//! Links changed: another share, another one named first, and never over what somebody else did meanwhile.

use crate::office::{project, snapshot, somebody, target, with_plan};
use actions::{
    Ctx, Error,
    links::{self, Decision, Given, decide, decide_seen, propose},
};
use domain::{
    ids::{LinkId, NodeId, ProjectId},
    issue::Place,
    link::{Link, LinkState},
    locale::Locale,
    people::Role,
    share::Share,
};
use store::{Kept, Reason, Store, trail};
use testkit::{TestDatabase, on_both_engines};
use uuid::Uuid;

pub async fn link(store: &Store, project: ProjectId, node: NodeId) -> Kept<(Link, Reason)> {
    let all: Vec<Kept<(Link, Reason)>> = store::of(store, &[project]).await.unwrap();
    all.into_iter()
        .find(|kept| kept.row.0.node == node)
        .unwrap()
}

/// What a standing link is to be, as somebody saw it.
#[derive(Clone)]
struct To {
    ends: (ProjectId, NodeId),
    seen: Uuid,
    given: Given,
}

async fn change(store: &Store, ctx: &mut Ctx, to: To) -> Result<LinkId, Error> {
    links::change(store, ctx, to.ends, to.seen, to.given).await
}

async fn to(store: &Store, project: ProjectId, node: NodeId, parts: u16, primary: bool) -> To {
    To {
        ends: (project, node),
        seen: link(store, project, node).await.stamp.version,
        given: given(parts, primary, "แบ่งตามกลุ่มเป้าหมาย"),
    }
}

fn given(parts: u16, primary: bool, reason: &str) -> Given {
    Given {
        share: Share::new(parts).unwrap(),
        primary,
        reason: reason.to_owned(),
        language: Locale::Th,
    }
}

fn new(parts: u16, primary: bool) -> Given {
    given(parts, primary, "ครูด้วย")
}

/// The only proposed link of a project, and another target of the same framework.
async fn two_targets(store: &Store) -> (ProjectId, NodeId, NodeId) {
    let project = project(store, "PRJ2569-012").await;
    let first = snapshot(store).await.links_of(project).next().unwrap().node;
    let (second, _) = target(store, "4.c").await;
    (project, first, second)
}

on_both_engines! {
    async fn a_proposal_is_changed_by_who_may_propose_and_says_why(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let (project, node, _) = two_targets(&db.store).await;
        let owner = snapshot(&db.store).await.project(project).unwrap().owner;
        let mut coordinator = somebody(&db.store, &mut ctx, Role::Coordinator, owner).await;
        change(&db.store, &mut coordinator, to(&db.store, project, node, 2_550, true).await).await.unwrap();
        let stands = link(&db.store, project, node).await;
        let (now, words) = stands.row;
        assert_eq!((now.share.parts(), now.primary, now.state), (2_550, true, LinkState::Proposed));
        assert_eq!((words.reason_th.as_deref(), words.decided_by), (Some("แบ่งตามกลุ่มเป้าหมาย"), None));
        assert_eq!(stands.stamp.provenance.unwrap().source, coordinator.actor);
        // The same again is no change and no event.
        let again = to(&db.store, project, node, 2_550, true).await;
        change(&db.store, &mut coordinator, again).await.unwrap();
        let filter = trail::Filter { act: Some("link.change".to_owned()), ..trail::Filter::default() };
        let events = trail::events(&db.store, "96", 0, 10, &filter).await.unwrap();
        assert_eq!(events.len(), 1);
        let payload = events[0].payload.as_deref().unwrap();
        assert!(payload.contains("before") && payload.contains("2550") && payload.contains("แบ่งตามกลุ่มเป้าหมาย"), "{payload}");
        assert_eq!(trail::verify(&db.store, None).await.unwrap(), []);
    }

    async fn an_approved_link_is_changed_only_by_who_decides_and_within_the_whole(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let (project, node, other) = two_targets(&db.store).await;
        let owner = snapshot(&db.store).await.project(project).unwrap().owner;
        change(&db.store, &mut ctx, to(&db.store, project, node, 6_000, false).await).await.unwrap();
        propose(&db.store, &mut ctx, (project, other), new(4_000, false)).await.unwrap();
        for end in [node, other] {
            decide(&db.store, &mut ctx, (project, end), Decision::Approve, "ตรง").await.unwrap();
        }
        let mut coordinator = somebody(&db.store, &mut ctx, Role::Coordinator, owner).await;
        let refused = change(&db.store, &mut coordinator, to(&db.store, project, node, 5_000, true).await).await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
        let mut approver = somebody(&db.store, &mut ctx, Role::Approver, owner).await;
        let over = change(&db.store, &mut approver, to(&db.store, project, node, 6_001, true).await).await;
        let Err(Error::Invalid(issues)) = over else { panic!("{over:?}") };
        assert_eq!(issues[0].code, "link.shares_exceed_whole");
        assert_eq!(issues[0].at, Place::Field { field: "share".to_owned() });
        assert_eq!(issues[0].args, [("taken", "40".into()), ("share", "60.01".into())]);
        change(&db.store, &mut approver, to(&db.store, project, node, 5_000, true).await).await.unwrap();
        let (now, words) = link(&db.store, project, node).await.row;
        assert_eq!((now.share.parts(), now.state), (5_000, LinkState::Approved));
        assert_eq!(words.decided_by.as_deref(), Some(approver.actor.as_str()));
        // Whoever saw it while it was proposed is told of the approval, and not that they may not.
        let unseen = To { seen: Uuid::nil(), ..to(&db.store, project, node, 5_000, true).await };
        let late = change(&db.store, &mut coordinator, unseen).await;
        assert!(matches!(&late, Err(Error::Stale(issue)) if issue.code == "link.changed_since_seen"), "{late:?}");
        // What is proposed is not theirs to change.
        let (third, _) = target(&db.store, "4.b").await;
        propose(&db.store, &mut ctx, (project, third), new(1_000, false)).await.unwrap();
        let refused = change(&db.store, &mut approver, to(&db.store, project, third, 500, false).await).await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
    }

    async fn one_is_named_first_and_takes_it_from_the_other_in_the_same_event(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let (project, node, other) = two_targets(&db.store).await;
        change(&db.store, &mut ctx, to(&db.store, project, node, 6_000, false).await).await.unwrap();
        propose(&db.store, &mut ctx, (project, other), new(4_000, false)).await.unwrap();
        decide(&db.store, &mut ctx, (project, node), Decision::Approve, "ตรง").await.unwrap();
        let primary = async |end| link(&db.store, project, end).await.row.0.primary;
        assert!(primary(node).await, "the first that is approved is named first");
        decide(&db.store, &mut ctx, (project, other), Decision::Approve, "ตรง").await.unwrap();
        assert_eq!((primary(node).await, primary(other).await), (true, false));
        change(&db.store, &mut ctx, to(&db.store, project, other, 4_000, true).await).await.unwrap();
        assert_eq!((primary(node).await, primary(other).await), (false, true));
        let filter = trail::Filter { act: Some("link.change".to_owned()), ..trail::Filter::default() };
        let events = trail::events(&db.store, "96", 0, 10, &filter).await.unwrap();
        let payload = events.iter().filter_map(|event| event.payload.as_deref()).find(|it| it.contains("beside")).unwrap();
        assert!(payload.contains(&node.to_string()), "{payload}");
        // It is given to another one, not given up; and whoever is rejected leaves it to the one that remains.
        let given_up = change(&db.store, &mut ctx, to(&db.store, project, other, 4_000, false).await).await;
        assert!(matches!(given_up, Err(Error::Invalid(issues)) if issues[0].code == "link.primary_is_given"));
        decide(&db.store, &mut ctx, (project, other), Decision::Reject, "ไม่ตรง").await.unwrap();
        assert!(primary(node).await);
        assert_eq!(trail::verify(&db.store, None).await.unwrap(), []);
    }

    async fn a_proposal_that_is_named_first_takes_nothing_from_an_approved_link(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let (project, node, other) = two_targets(&db.store).await;
        change(&db.store, &mut ctx, to(&db.store, project, node, 6_000, true).await).await.unwrap();
        decide(&db.store, &mut ctx, (project, node), Decision::Approve, "ตรง").await.unwrap();
        propose(&db.store, &mut ctx, (project, other), new(4_000, true)).await.unwrap();
        let primary = async |end| link(&db.store, project, end).await.row.0.primary;
        assert_eq!((primary(node).await, primary(other).await), (true, true));
        decide(&db.store, &mut ctx, (project, other), Decision::Approve, "ตรง").await.unwrap();
        assert_eq!((primary(node).await, primary(other).await), (false, true));
    }

    async fn a_share_that_was_changed_meanwhile_was_approved_unseen(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let (project, node, _) = two_targets(&db.store).await;
        let seen = link(&db.store, project, node).await.stamp.version;
        let both = to(&db.store, project, node, 3_000, false).await;
        change(&db.store, &mut ctx, both.clone()).await.unwrap();
        for late in [
            decide_seen(&db.store, &mut ctx, (project, node), seen, Decision::Approve, "ตรง").await,
            change(&db.store, &mut ctx, To { given: given(10_000, false, "ทั้งหมด"), ..both }).await,
        ] {
            let Err(Error::Stale(issue)) = late else { panic!("{late:?}") };
            assert_eq!(issue.code, "link.changed_since_seen");
            assert!(issue.args.contains(&("share", "30".into())) && issue.args.contains(&("by", ctx.actor.as_str().into())), "{issue:?}");
        }
        let stands = link(&db.store, project, node).await.row.0;
        assert_eq!((stands.share.parts(), stands.state), (3_000, LinkState::Proposed));
    }

    async fn what_is_wrong_with_a_change_is_said_at_once_and_a_rejected_link_is_proposed_again(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let (project, node, other) = two_targets(&db.store).await;
        let mut wrong = to(&db.store, project, node, 0, false).await;
        wrong.given.reason = " ".to_owned();
        let Err(Error::Invalid(issues)) = change(&db.store, &mut ctx, wrong).await else { panic!("taken") };
        let codes: Vec<_> = issues.iter().map(|issue| issue.code).collect();
        assert_eq!(codes, ["link.share_of_nothing", "link.reason_needed"]);
        let nobody = To { ends: (project, other), seen: Uuid::nil(), ..to(&db.store, project, node, 1_000, false).await };
        assert!(matches!(change(&db.store, &mut ctx, nobody).await, Err(Error::NotFound(_))));
        decide(&db.store, &mut ctx, (project, node), Decision::Reject, "ไม่ตรง").await.unwrap();
        let rejected = change(&db.store, &mut ctx, to(&db.store, project, node, 1_000, false).await).await;
        assert!(matches!(rejected, Err(Error::Stale(issue)) if issue.code == "link.rejected_is_proposed_again"));
    }
}
