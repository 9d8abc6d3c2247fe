//! How far whoever looks after people reaches: their own line, the roles they may give, and nothing that can be guessed.

use super::{give, only_role, said, today};
use crate::accounts::desk::{Desk, code};
use actions::Who;
use actions::accounts::{reset_by_administrator, revoke_all};
use actions::people::{
    ChangePerson, HandOver, Leave, TakeRole, change_person, former, hand_over, leave, list,
    roles_to_give, somebody, take_role,
};
use domain::{
    ids::{GrantId, PersonId},
    people::Role,
};
use testkit::{TestDatabase, on_both_engines};

fn change(person: PersonId) -> ChangePerson {
    ChangePerson {
        person,
        seen: None,
        name: "ตัวอย่าง ชื่อใหม่".to_owned(),
        position: None,
    }
}

on_both_engines! {
    async fn a_coordinator_looks_after_the_people_of_the_line_and_no_others(database: TestDatabase) {
        let desk = Desk::new(&database.store).await;
        let mine = desk.somebody("mine", Role::Coordinator, "DOLE-PNB").await;
        let school = desk.somebody("school", Role::SchoolPlanner, "DOLE-6701").await;
        let other = desk.somebody("other", Role::Coordinator, "ESAO-PNB2").await;
        let here = &mut desk.as_(mine);
        give(&desk, here, school, Role::SchoolPlanner, "DOLE-6702").await.unwrap();
        change_person(&desk.store, here, change(school)).await.unwrap();
        assert_eq!(code(give(&desk, here, school, Role::Coordinator, "ESAO-PNB2").await), "forbidden");
        // The head of the agency is above them, and so is whoever is both.
        assert_eq!(code(give(&desk, here, school, Role::Approver, "DOLE-PNB").await), "forbidden");
        let head = desk.somebody("head", Role::Approver, "DOLE-PNB").await;
        give(&desk, &mut desk.shell(), head, Role::Coordinator, "DOLE-PNB").await.unwrap();
        assert_eq!(code(change_person(&desk.store, here, change(head)).await), "forbidden");
        let gone = leave(&desk.store, here, Leave { person: head, on: None }).await;
        assert_eq!(code(gone), "forbidden");
        assert_eq!(code(change_person(&desk.store, here, change(other)).await), "forbidden");
        assert_eq!(today(&desk, other).await, [Role::Coordinator]);
    }

    async fn an_administrator_of_one_province_does_not_reach_what_stands_above_it(database: TestDatabase) {
        let desk = Desk::new(&database.store).await;
        let admin = desk.somebody("admin", Role::Administrator, "PNBPEO").await;
        let region = desk.somebody("region", Role::Reader, "REO17").await;
        assert_eq!(code(give(&desk, &mut desk.as_(admin), region, Role::Reader, "REO17").await), "forbidden");
        let taken = TakeRole { grant: only_role(&desk, region).await, on: None };
        assert_eq!(code(take_role(&desk.store, &mut desk.as_(admin), taken).await), "forbidden");
        let nation = desk.somebody("nation", Role::Administrator, "MOE").await;
        take_role(&desk.store, &mut desk.as_(nation), taken).await.unwrap();
    }

    async fn somebody_of_another_agency_is_answered_like_somebody_who_does_not_exist(database: TestDatabase) {
        let desk = Desk::new(&database.store).await;
        let mine = desk.somebody("mine", Role::Coordinator, "DOLE-PNB").await;
        let school = desk.somebody("school", Role::SchoolPlanner, "DOLE-6701").await;
        let foreign = desk.somebody("foreign", Role::Coordinator, "ESAO-PNB2").await;
        let nobody = PersonId::from_u128(404);
        let here = &mut desk.as_(mine);
        let mut answers = Vec::new();
        for person in [foreign, nobody] {
            let to = |from, to| HandOver { from, to, on: None, leaves: false };
            answers.push([
                said(change_person(&desk.store, here, change(person)).await),
                said(leave(&desk.store, here, Leave { person, on: None }).await),
                said(hand_over(&desk.store, here, to(person, school)).await),
                said(hand_over(&desk.store, here, to(school, person)).await),
                said(give(&desk, here, person, Role::Coordinator, "DOLE-PNB").await),
            ]);
        }
        assert_eq!(answers[0], answers[1]);
        let theirs = TakeRole { grant: only_role(&desk, foreign).await, on: None };
        let none = TakeRole { grant: GrantId::from_u128(404), on: None };
        let of_theirs = said(take_role(&desk.store, here, theirs).await);
        assert_eq!(of_theirs, said(take_role(&desk.store, here, none).await));
        assert_eq!(today(&desk, foreign).await, [Role::Coordinator]);
    }

    async fn the_list_shows_the_people_of_the_line_and_the_roles_one_may_give(database: TestDatabase) {
        let desk = Desk::new(&database.store).await;
        let mine = desk.somebody("mine", Role::Coordinator, "DOLE-PNB").await;
        desk.somebody("school", Role::SchoolPlanner, "DOLE-6701").await;
        desk.somebody("foreign", Role::Coordinator, "ESAO-PNB2").await;
        let codes = |who| {
            let (store, now) = (desk.store.clone(), desk.now());
            async move {
                let all = list(&store, who, now).await.unwrap();
                all.into_iter().map(|it| it.text.code).collect::<Vec<_>>()
            }
        };
        assert_eq!(codes(Who::Person(mine)).await, ["DOLE-6701", "DOLE-PNB"]);
        assert_eq!(codes(Who::Shell).await, ["DOLE-6701", "DOLE-PNB", "ESAO-PNB2"]);
        assert!(codes(Who::Nobody).await.is_empty());
        let may = roles_to_give(&desk.store, Who::Person(mine), desk.now()).await.unwrap();
        assert_eq!(may, [Role::Coordinator, Role::SchoolPlanner].into());
        let auditor = desk.somebody("auditor", Role::Auditor, "PNBPEO").await;
        assert_eq!(codes(Who::Person(auditor)).await, ["DOLE-6701", "DOLE-PNB", "ESAO-PNB2", "PNBPEO"]);
        assert!(roles_to_give(&desk.store, Who::Person(auditor), desk.now()).await.unwrap().is_empty());
    }

    async fn who_lost_the_last_role_was_not_found_while_the_account_name_was_taken(database: TestDatabase) {
        let desk = Desk::new(&database.store).await;
        let admin = desk.somebody("admin", Role::Administrator, "PNBPEO").await;
        let foreign = desk.somebody("foreign", Role::Coordinator, "ESAO-PNB2").await;
        let person = desk.somebody("school", Role::SchoolPlanner, "DOLE-6701").await;
        let taken = TakeRole { grant: only_role(&desk, person).await, on: None };
        take_role(&desk.store, &mut desk.as_(admin), taken).await.unwrap();
        let now = desk.now();
        let accounts = async |who| {
            let all = former(&desk.store, who, now).await.unwrap();
            let holders = all.into_iter().flat_map(|of| of.holders);
            holders.map(|holder| holder.person.row.account).collect::<Vec<_>>()
        };
        assert_eq!(accounts(Who::Person(admin)).await, ["school"]);
        assert!(accounts(Who::Person(foreign)).await.is_empty());
        let seen = |who| somebody(&desk.store, Who::Person(who), "school", now);
        let found = seen(admin).await.unwrap().unwrap();
        assert!(found.managed && found.may_be_given && !found.works());
        assert_eq!(seen(foreign).await.unwrap(), None);
        reset_by_administrator(&desk.store, &mut desk.as_(admin), person, false).await.unwrap();
        give(&desk, &mut desk.as_(admin), person, Role::SchoolPlanner, "DOLE-6702").await.unwrap();
        assert!(accounts(Who::Person(admin)).await.is_empty());
    }

    async fn an_auditor_reads_who_holds_which_role_and_changes_none(database: TestDatabase) {
        let desk = Desk::new(&database.store).await;
        let auditor = desk.somebody("auditor", Role::Auditor, "PNBPEO").await;
        let school = desk.somebody("school", Role::SchoolPlanner, "DOLE-6701").await;
        let found = somebody(&desk.store, Who::Person(auditor), "school", desk.now()).await.unwrap().unwrap();
        assert!(!found.managed && !found.may_be_given && found.works() && !found.roles[0].may_be_taken);
        assert_eq!(code(change_person(&desk.store, &mut desk.as_(auditor), change(school)).await), "forbidden");
        let ended = revoke_all(&desk.store, &mut desk.as_(auditor), school, None).await;
        assert_eq!(code(ended), "forbidden");
    }

    async fn two_people_change_a_name_and_the_second_is_told(database: TestDatabase) {
        let desk = Desk::new(&database.store).await;
        let admin = desk.somebody("admin", Role::Administrator, "PNBPEO").await;
        let anan = desk.somebody("anan", Role::Coordinator, "ESAO-PNB2").await;
        let stood = store::get::<domain::people::Person>(&desk.store, anan).await.unwrap().unwrap();
        let seen = Some(stood.stamp.version);
        let first = ChangePerson { seen, ..change(anan) };
        change_person(&desk.store, &mut desk.as_(admin), first).await.unwrap();
        let second = ChangePerson { seen, name: "ตัวอย่าง อีกชื่อ".to_owned(), ..change(anan) };
        let outcome = change_person(&desk.store, &mut desk.as_(admin), second).await;
        assert_eq!(code(outcome), "people.changed_meanwhile");
        let empty = ChangePerson { name: " ".to_owned(), ..change(anan) };
        let outcome = change_person(&desk.store, &mut desk.as_(admin), empty).await;
        assert_eq!(code(outcome), "account.name_needed");
    }
}
