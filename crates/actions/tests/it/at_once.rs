//! Two planners approve and reject the same thing at the same time: one of them wins, and the other is told who.

use crate::{
    aligning::{alignment, listed, new},
    changing::link,
    office::{project, snapshot, somebody, target, with_plan},
};
use actions::{Error, alignments, links, links::Decision};
use domain::{issue::Arg, link::LinkState, people::Role};
use store::trail;
use testkit::{TestDatabase, on_both_engines};

/// Exactly one of two answers is a yes; gives the state that must stand, and what the other was told.
fn one_of<T: std::fmt::Debug>(
    approved: Result<T, Error>,
    rejected: Result<T, Error>,
) -> (LinkState, domain::issue::Issue) {
    match (approved, rejected) {
        (Ok(_), Err(Error::Stale(told))) => (LinkState::Approved, *told),
        (Err(Error::Stale(told)), Ok(_)) => (LinkState::Rejected, *told),
        both => panic!("{both:?}"),
    }
}

on_both_engines! {
    async fn a_link_is_decided_by_one_of_two(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let project = project(&db.store, "PRJ2569-012").await;
        let node = snapshot(&db.store).await.links_of(project).next().unwrap().node;
        let owner = snapshot(&db.store).await.project(project).unwrap().owner;
        let mut first = somebody(&db.store, &mut ctx, Role::Approver, owner).await;
        let mut second = somebody(&db.store, &mut ctx, Role::Approver, owner).await;
        let (pair, seen) = ((project, node), link(&db.store, project, node).await.stamp.version);
        let elsewhere = db.open_again().await;
        let (approved, rejected) = tokio::join!(
            links::decide_seen(&db.store, &mut first, pair, seen, Decision::Approve, "ตรง"),
            links::decide_seen(&elsewhere, &mut second, pair, seen, Decision::Reject, "ไม่ตรง")
        );
        let (state, told) = one_of(approved, rejected);
        let winner = if state == LinkState::Approved { first.actor } else { second.actor };
        assert_eq!(told.code, "link.changed_since_seen");
        assert!(told.args.contains(&("by", winner.as_str().into())), "{told:?}");
        assert!(told.args.contains(&("state", Arg::Key(state.key()))), "{told:?}");
        let (stands, words) = link(&db.store, project, node).await.row;
        assert_eq!((stands.state, words.decided_by), (state, Some(winner)));
        let decided = trail::Filter { subject: Some(trail::Subject { kind: "link".to_owned(), id: stands.id.to_string() }), ..trail::Filter::default() };
        assert_eq!(trail::events(&db.store, "96", 0, 10, &decided).await.unwrap().len(), 1);
        assert_eq!(trail::verify(&db.store, None).await.unwrap(), []);
    }

    async fn an_alignment_is_decided_by_one_of_two(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let (from, owner) = listed(&db.store, "PRJ2569-012").await;
        let (to, _) = target(&db.store, "4.1").await;
        alignments::propose(&db.store, &mut ctx, (from, to), new(10_000)).await.unwrap();
        let mut first = somebody(&db.store, &mut ctx, Role::Approver, owner).await;
        let mut second = somebody(&db.store, &mut ctx, Role::Approver, owner).await;
        let seen = alignment(&db.store, from, to).await.stamp.version;
        let elsewhere = db.open_again().await;
        let (approved, rejected) = tokio::join!(
            alignments::decide(&db.store, &mut first, (from, to), seen, Decision::Approve, "ตรง"),
            alignments::decide(&elsewhere, &mut second, (from, to), seen, Decision::Reject, "ไม่ตรง")
        );
        let (state, told) = one_of(approved, rejected);
        let winner = if state == LinkState::Approved { first.actor } else { second.actor };
        assert_eq!(told.code, "link.changed_since_seen");
        assert!(told.args.contains(&("by", winner.as_str().into())), "{told:?}");
        let (stands, words) = alignment(&db.store, from, to).await.row;
        assert_eq!((stands.state, words.decided_by), (state, Some(winner)));
        assert_eq!(trail::verify(&db.store, None).await.unwrap(), []);
    }
}
