//! Somebody leaves: roles, sessions and links close with them.

use super::{events, roles_of, today};
use crate::accounts::desk::{Desk, HOUR, code};
use actions::{
    Error,
    people::{Leave, NewRole, give_role, leave, stay},
};
use domain::people::{Person, Role};
use jiff::{ToSpan, civil::date};
use testkit::{TestDatabase, on_both_engines};

on_both_engines! {
    async fn whoever_left_holds_nothing_and_their_open_session_is_closed(database: TestDatabase) {
        let desk = Desk::new(&database.store).await;
        let admin = desk.somebody("admin", Role::Administrator, "PNBPEO").await;
        let anan = desk.somebody("anan", Role::SchoolPlanner, "DOLE-6701").await;
        let opened = desk.sign_in("anan").await;
        assert!(desk.session(&opened.token).await.is_some());
        leave(&desk.store, &mut desk.as_(admin), Leave { person: anan, on: None }).await.unwrap();
        assert!(desk.session(&opened.token).await.is_none());
        assert!(today(&desk, anan).await.is_empty());
        let person = store::get::<Person>(&desk.store, anan).await.unwrap().unwrap().row;
        assert_eq!(person.left, Some(desk.now().thai_day()));
        assert_eq!(events(&desk, "people.leave").await, 1);
        let again = leave(&desk.store, &mut desk.as_(admin), Leave { person: anan, on: None }).await;
        assert_eq!(code(again), "people.left_already");
    }

    async fn who_leaves_at_the_end_of_the_month_works_until_then(database: TestDatabase) {
        let desk = Desk::new(&database.store).await;
        let admin = desk.somebody("admin", Role::Administrator, "PNBPEO").await;
        let anan = desk.somebody("anan", Role::SchoolPlanner, "DOLE-6701").await;
        let on = Some(desk.now().thai_day().saturating_add(3.days()));
        leave(&desk.store, &mut desk.as_(admin), Leave { person: anan, on }).await.unwrap();
        assert_eq!(today(&desk, anan).await, [Role::SchoolPlanner]);
        desk.wait(72 * HOUR);
        assert!(today(&desk, anan).await.is_empty());
        assert_eq!(roles_of(&desk, anan).await[0].valid_to, on);
    }

    async fn a_leaving_that_was_put_off_or_entered_by_mistake_could_not_be_taken_back(database: TestDatabase) {
        let desk = Desk::new(&database.store).await;
        let admin = desk.somebody("admin", Role::Administrator, "PNBPEO").await;
        let anan = desk.somebody("anan", Role::SchoolPlanner, "DOLE-6701").await;
        let other = desk.somebody("other", Role::SchoolPlanner, "DOLE-6701").await;
        assert_eq!(code(stay(&desk.store, &mut desk.as_(admin), anan).await), "people.leaves_not");
        let on = Some(desk.now().thai_day().saturating_add(3.days()));
        leave(&desk.store, &mut desk.as_(admin), Leave { person: anan, on }).await.unwrap();
        let refused = stay(&desk.store, &mut desk.as_(other), anan).await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
        stay(&desk.store, &mut desk.as_(admin), anan).await.unwrap();
        desk.wait(96 * HOUR);
        assert_eq!(today(&desk, anan).await, [Role::SchoolPlanner]);
        assert_eq!(roles_of(&desk, anan).await[0].valid_to, None);
        // Of a leaving that has come the days stay as they were: roles are given anew.
        leave(&desk.store, &mut desk.as_(admin), Leave { person: anan, on: None }).await.unwrap();
        desk.wait(HOUR);
        stay(&desk.store, &mut desk.as_(admin), anan).await.unwrap();
        assert!(today(&desk, anan).await.is_empty());
        let again = NewRole {
            person: anan,
            role: Role::SchoolPlanner,
            organisation: roles_of(&desk, anan).await[0].organisation,
            from: None,
            to: None,
        };
        give_role(&desk.store, &mut desk.as_(admin), again).await.unwrap();
        assert_eq!(today(&desk, anan).await, [Role::SchoolPlanner]);
    }

    async fn the_last_administrator_cannot_leave_and_nobody_leaves_by_their_own_hand(database: TestDatabase) {
        let desk = Desk::new(&database.store).await;
        let admin = desk.somebody("admin", Role::Administrator, "PNBPEO").await;
        let leaving = Leave { person: admin, on: None };
        assert_eq!(code(leave(&desk.store, &mut desk.shell(), leaving).await), "people.last_administrator");
        let second = desk.somebody("second", Role::Administrator, "PNBPEO").await;
        assert_eq!(code(leave(&desk.store, &mut desk.as_(admin), leaving).await), "people.not_oneself");
        leave(&desk.store, &mut desk.as_(second), leaving).await.unwrap();
    }

    async fn a_day_gone_by_or_ten_years_ahead_is_no_day_to_leave(database: TestDatabase) {
        let desk = Desk::new(&database.store).await;
        let admin = desk.somebody("admin", Role::Administrator, "PNBPEO").await;
        let anan = desk.somebody("anan", Role::SchoolPlanner, "DOLE-6701").await;
        for (on, expected) in [(date(2026, 9, 30), "people.day_past"), (date(2036, 10, 1), "people.day_too_far")] {
            let leaving = Leave { person: anan, on: Some(on) };
            assert_eq!(code(leave(&desk.store, &mut desk.as_(admin), leaving).await), expected);
        }
        assert_eq!(today(&desk, anan).await, [Role::SchoolPlanner]);
    }
}
