//! Roles given and taken back, and the last administrator.

use super::{events, give, new_role, only_role, roles_of, today};
use crate::accounts::desk::{Desk, code};
use actions::{
    Error,
    people::{NewRole, TakeRole, give_role, take_role},
};
use domain::{
    ids::{GrantId, PersonId},
    people::Role,
};
use jiff::{ToSpan, civil::date};
use testkit::{TestDatabase, on_both_engines};

fn take(grant: GrantId) -> TakeRole {
    TakeRole { grant, on: None }
}

async fn left_with(desk: &Desk, person: PersonId) -> usize {
    today(desk, person).await.len()
}

on_both_engines! {
    async fn a_role_is_given_and_taken_back_and_the_past_can_be_read(database: TestDatabase) {
        let desk = Desk::new(&database.store).await;
        let admin = desk.somebody("admin", Role::Administrator, "PNBPEO").await;
        let anan = desk.somebody("anan", Role::Coordinator, "ESAO-PNB2").await;
        let approver = give(&desk, &mut desk.as_(admin), anan, Role::Approver, "ESAO-PNB2").await.unwrap();
        assert_eq!(today(&desk, anan).await.len(), 2);
        take_role(&desk.store, &mut desk.as_(admin), take(approver)).await.unwrap();
        assert_eq!(today(&desk, anan).await, [Role::Coordinator]);
        // Taken is not forgotten: from when and until when it was held stands.
        assert_eq!(roles_of(&desk, anan).await.len(), 2);
        assert_eq!((events(&desk, "people.give_role").await, events(&desk, "people.take_role").await), (1, 1));
        let again = take_role(&desk.store, &mut desk.as_(admin), take(approver)).await;
        assert_eq!(code(again), "people.taken_already");
        assert!(store::trail::verify(&desk.store, None).await.unwrap().is_empty());
    }

    async fn everything_that_is_wrong_with_a_role_is_told_at_once(database: TestDatabase) {
        let desk = Desk::new(&database.store).await;
        let admin = desk.somebody("admin", Role::Administrator, "PNBPEO").await;
        let anan = desk.somebody("anan", Role::Coordinator, "ESAO-PNB2").await;
        let wrong = NewRole {
            // A planner is one of the provincial office: on an agency the role would open the whole province.
            role: Role::Planner,
            from: Some(date(2026, 9, 30)),
            to: Some(date(2026, 9, 30)),
            ..new_role(&desk, anan, Role::Planner, "ESAO-PNB2").await
        };
        let told = give_role(&desk.store, &mut desk.as_(admin), wrong).await;
        let Err(Error::Invalid(issues)) = told else { panic!("{told:?}") };
        let codes: Vec<_> = issues.iter().map(|issue| issue.code).collect();
        assert_eq!(codes, ["account.role_not_held_there", "people.day_past", "people.days_backwards"]);
        let twice = give(&desk, &mut desk.as_(admin), anan, Role::Coordinator, "ESAO-PNB2").await;
        assert_eq!(code(twice), "people.held_already");
        assert_eq!(events(&desk, "people.give_role").await, 0);
    }

    async fn a_role_for_later_begins_on_its_day_and_one_for_some_days_ends_by_itself(database: TestDatabase) {
        let desk = Desk::new(&database.store).await;
        let admin = desk.somebody("admin", Role::Administrator, "PNBPEO").await;
        let anan = desk.somebody("anan", Role::Coordinator, "ESAO-PNB2").await;
        let day = desk.now().thai_day();
        let (from, to) = (Some(day.saturating_add(7.days())), Some(day.saturating_add(14.days())));
        let acting = NewRole { from, to, ..new_role(&desk, anan, Role::Approver, "ESAO-PNB2").await };
        give_role(&desk.store, &mut desk.as_(admin), acting).await.unwrap();
        assert_eq!(today(&desk, anan).await, [Role::Coordinator]);
        desk.wait(8 * 24 * crate::accounts::desk::HOUR);
        assert_eq!(left_with(&desk, anan).await, 2);
        desk.wait(7 * 24 * crate::accounts::desk::HOUR);
        assert_eq!(left_with(&desk, anan).await, 1);
    }

    async fn nobody_changes_a_role_of_their_own(database: TestDatabase) {
        let desk = Desk::new(&database.store).await;
        let admin = desk.somebody("admin", Role::Administrator, "PNBPEO").await;
        desk.somebody("other", Role::Administrator, "PNBPEO").await;
        let mine = only_role(&desk, admin).await;
        let more = give(&desk, &mut desk.as_(admin), admin, Role::Planner, "PNBPEO").await;
        assert_eq!(code(more), "people.not_oneself");
        let less = take_role(&desk.store, &mut desk.as_(admin), take(mine)).await;
        assert_eq!(code(less), "people.not_oneself");
    }

    async fn the_last_administrator_keeps_the_role(database: TestDatabase) {
        let desk = Desk::new(&database.store).await;
        let admin = desk.somebody("admin", Role::Administrator, "PNBPEO").await;
        let grant = only_role(&desk, admin).await;
        // Not even the operator at the shell leaves a province alone.
        let alone = take_role(&desk.store, &mut desk.shell(), take(grant)).await;
        assert_eq!(code(alone), "people.last_administrator");
        let second = desk.somebody("second", Role::Coordinator, "ESAO-PNB2").await;
        let until = Some(desk.now().thai_day().saturating_add(30.days()));
        let acting = NewRole { to: until, ..new_role(&desk, second, Role::Administrator, "PNBPEO").await };
        give_role(&desk.store, &mut desk.shell(), acting).await.unwrap();
        // Whoever is administrator for a month will be gone without any act.
        let alone = take_role(&desk.store, &mut desk.shell(), take(grant)).await;
        assert_eq!(code(alone), "people.last_administrator");
        let third = desk.somebody("third", Role::Administrator, "PNBPEO").await;
        take_role(&desk.store, &mut desk.as_(third), take(grant)).await.unwrap();
        assert_eq!(left_with(&desk, admin).await, 0);
    }

    async fn two_administrators_who_demote_each_other_at_once_leave_one(database: TestDatabase) {
        let desk = Desk::new(&database.store).await;
        let other_process = database.open_again().await;
        let one = desk.somebody("one", Role::Administrator, "PNBPEO").await;
        for round in 0..5 {
            let two = desk.somebody(&format!("two-{round}"), Role::Administrator, "PNBPEO").await;
            let all = super::roles_of(&desk, one).await;
            let of_one = all.iter().find(|grant| grant.valid_to.is_none()).unwrap().id;
            let of_two = only_role(&desk, two).await;
            let (mut first, mut second) = (desk.as_(one), desk.as_(two));
            let (a, b) = tokio::join!(
                take_role(&desk.store, &mut first, take(of_two)),
                take_role(&other_process, &mut second, take(of_one)),
            );
            assert!(a.is_ok() != b.is_ok(), "{a:?} {b:?}");
            let refused = if a.is_ok() { code(b) } else { code(a) };
            // Who came second is no administrator any more, or would have been the last one.
            assert!(["forbidden", "people.last_administrator"].contains(&refused), "{refused}");
            let left = left_with(&desk, one).await + left_with(&desk, two).await;
            assert_eq!(left, 1, "round {round}");
            if left_with(&desk, one).await == 0 {
                // The story goes on with both.
                give(&desk, &mut desk.as_(two), one, Role::Administrator, "PNBPEO").await.unwrap();
                take_role(&desk.store, &mut desk.as_(one), take(of_two)).await.unwrap();
            }
        }
        assert!(store::trail::verify(&desk.store, None).await.unwrap().is_empty());
    }
}
