//! Everything of one person goes to another, in one event.

use super::{events, give, roles_of, today};
use crate::accounts::desk::{Desk, code};
use actions::people::{HandOver, HandedOver, Leave, hand_over, leave};
use domain::{people::Role, time::FiscalYear};
use testkit::{TestDatabase, on_both_engines};

on_both_engines! {
    async fn whoever_leaves_hands_every_role_to_the_successor_in_one_event(database: TestDatabase) {
        let desk = Desk::new(&database.store).await;
        let year = actions::steps::OpenYear {
            province: "67".to_owned(),
            year: FiscalYear(2570),

        };
        actions::steps::open_year(&desk.store, &mut desk.shell(), year).await.unwrap();
        let admin = desk.somebody("admin", Role::Administrator, "PNBPEO").await;
        let old = desk.somebody("old", Role::Coordinator, "DOLE-PNB").await;
        give(&desk, &mut desk.as_(admin), old, Role::Approver, "DOLE-PNB").await.unwrap();
        let new = desk.somebody("new", Role::SchoolPlanner, "DOLE-6701").await;
        let opened = desk.sign_in("old").await;
        let hand = HandOver { from: old, to: new, on: None, leaves: true };
        let HandedOver { roles, duties } = hand_over(&desk.store, &mut desk.as_(admin), hand).await.unwrap();
        assert_eq!(roles, 2);
        assert!(duties > 0, "an open year asks something of an agency");
        assert!(today(&desk, old).await.is_empty());
        let mut theirs = today(&desk, new).await;
        theirs.sort();
        assert_eq!(theirs, [Role::Coordinator, Role::Approver, Role::SchoolPlanner]);
        assert!(desk.session(&opened.token).await.is_none());
        assert_eq!((events(&desk, "people.hand_over").await, events(&desk, "people.leave").await), (1, 0));
        assert!(store::trail::verify(&desk.store, None).await.unwrap().is_empty());
    }

    async fn what_somebody_left_behind_can_be_handed_over_later(database: TestDatabase) {
        let desk = Desk::new(&database.store).await;
        let admin = desk.somebody("admin", Role::Administrator, "PNBPEO").await;
        let old = desk.somebody("old", Role::Coordinator, "DOLE-PNB").await;
        let new = desk.somebody("new", Role::SchoolPlanner, "DOLE-6701").await;
        leave(&desk.store, &mut desk.as_(admin), Leave { person: old, on: None }).await.unwrap();
        let hand = HandOver { from: old, to: new, on: None, leaves: true };
        hand_over(&desk.store, &mut desk.as_(admin), hand).await.unwrap();
        let begun = roles_of(&desk, new).await;
        let begun = begun.iter().find(|grant| grant.role == Role::Coordinator).unwrap();
        assert_eq!(begun.valid_to, None, "what ended with the leaving goes on without an end");
    }

    async fn a_last_administrator_may_hand_over_but_not_to_whoever_acts(database: TestDatabase) {
        let desk = Desk::new(&database.store).await;
        let admin = desk.somebody("admin", Role::Administrator, "PNBPEO").await;
        let new = desk.somebody("new", Role::Planner, "PNBPEO").await;
        let hand = HandOver { from: admin, to: new, on: None, leaves: true };
        assert_eq!(code(hand_over(&desk.store, &mut desk.as_(admin), hand).await), "people.not_oneself");
        hand_over(&desk.store, &mut desk.shell(), hand).await.unwrap();
        let mut held = today(&desk, new).await;
        held.sort();
        assert_eq!(held, [Role::Administrator, Role::Planner]);
        let other = desk.somebody("other", Role::Planner, "PNBPEO").await;
        let to_me = HandOver { from: other, to: new, on: None, leaves: false };
        assert_eq!(code(hand_over(&desk.store, &mut desk.as_(new), to_me).await), "people.not_oneself");
    }

    async fn nothing_in_hand_the_same_person_and_one_who_left_are_told_at_once(database: TestDatabase) {
        let desk = Desk::new(&database.store).await;
        let admin = desk.somebody("admin", Role::Administrator, "PNBPEO").await;
        let old = desk.somebody("old", Role::Coordinator, "DOLE-PNB").await;
        let gone = desk.somebody("gone", Role::Coordinator, "DOLE-PNB").await;
        leave(&desk.store, &mut desk.as_(admin), Leave { person: gone, on: None }).await.unwrap();
        let hand = |from, to| HandOver { from, to, on: None, leaves: false };
        for (from, to, expected) in [(old, old, "people.to_the_same"), (old, gone, "people.has_left")] {
            let outcome = hand_over(&desk.store, &mut desk.as_(admin), hand(from, to)).await;
            assert_eq!(code(outcome), expected);
        }
        hand_over(&desk.store, &mut desk.as_(admin), hand(gone, old)).await.unwrap();
        assert_eq!(today(&desk, old).await, [Role::Coordinator], "a role held already is not doubled");
        assert_eq!(events(&desk, "people.hand_over").await, 1);
    }
}
