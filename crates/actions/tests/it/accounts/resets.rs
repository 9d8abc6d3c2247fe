//! Forgotten passwords: a link from somebody who manages all roles of the person.

use super::desk::{Desk, HOUR, OTHER, PASSWORD, code};
use crate::people::{give, only_role};
use actions::accounts::{
    Given, NewAccount, Token, create_with_password, look_at_reset, reset_by_administrator,
    use_reset,
};
use actions::people::{Leave, TakeRole, leave, take_role};
use domain::people::{Grant, Role};
use testkit::{TestDatabase, on_both_engines};

on_both_engines! {
    async fn a_link_sets_a_new_password_once_and_ends_every_session(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let store = &db.store;
        let head = desk.somebody("head", Role::Approver, "ESAO-PNB1").await;
        let person = desk.somebody("malee", Role::Coordinator, "ESAO-PNB1").await;
        let opened = desk.sign_in("malee").await;
        let first = reset_by_administrator(store, &mut desk.as_(head), person, false).await.unwrap();
        assert!(desk.session(&opened.token).await.is_some(), "a link alone locks nobody out");
        let link = reset_by_administrator(store, &mut desk.as_(head), person, false).await.unwrap();
        assert_eq!(code(use_reset(store, &mut desk.nobody(), &first.token, OTHER).await), "account.link_revoked");
        assert_eq!(look_at_reset(store, &link.token, desk.now()).await.unwrap().account, "malee");
        assert_eq!(code(use_reset(store, &mut desk.nobody(), &link.token, "malee-malee-malee").await), "password.guessable");
        use_reset(store, &mut desk.nobody(), &link.token, OTHER).await.unwrap();
        assert_eq!(desk.session(&opened.token).await, None);
        assert_eq!(code(desk.try_from("192.0.2.1", "malee", OTHER).await), "done");
        assert_eq!(code(use_reset(store, &mut desk.nobody(), &link.token, PASSWORD).await), "account.link_used");
        let late = reset_by_administrator(store, &mut desk.as_(head), person, false).await.unwrap();
        desk.wait(24 * HOUR);
        assert_eq!(code(use_reset(store, &mut desk.nobody(), &late.token, PASSWORD).await), "account.link_expired");
        let foreign: Token = "B".repeat(42).parse::<Token>().unwrap_or_else(|_| "AAAA".repeat(11)[..43].parse().unwrap());
        assert_eq!(code(look_at_reset(store, &foreign, desk.now()).await), "account.link_unknown");
    }

    async fn a_coordinator_became_administrator_by_resetting_one_who_also_coordinates(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let store = &db.store;
        let coordinator = desk.somebody("coordinator", Role::Coordinator, "PNBPEO").await;
        let both: Vec<Given> =
            vec![desk.given(Role::Coordinator, "PNBPEO").await, desk.given(Role::Administrator, "PNBPEO").await];
        let new = NewAccount { account: "both".to_owned(), name: "ตัวอย่าง".to_owned(), position: None, roles: both };
        let both = create_with_password(store, &mut desk.shell(), new, Some(PASSWORD)).await.unwrap().person;
        assert_eq!(code(reset_by_administrator(store, &mut desk.as_(coordinator), both, true).await), "forbidden");
        assert_eq!(code(reset_by_administrator(store, &mut desk.as_(both), coordinator, false).await), "done");
        assert_eq!(code(reset_by_administrator(store, &mut desk.as_(both), both, false).await), "forbidden");
        assert_eq!(code(reset_by_administrator(store, &mut desk.nobody(), both, false).await), "forbidden");
        assert_eq!(code(reset_by_administrator(store, &mut desk.shell(), both, false).await), "done");
        let stranger = domain::ids::PersonId::from_u128(9);
        assert_eq!(code(reset_by_administrator(store, &mut desk.as_(coordinator), stranger, false).await), "forbidden");
    }

    async fn a_link_for_a_new_password_outlived_the_right_of_whoever_made_it(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let store = &db.store;
        let admin = desk.somebody("admin", Role::Administrator, "PNBPEO").await;
        let head = desk.somebody("head", Role::Approver, "ESAO-PNB1").await;
        let person = desk.somebody("malee", Role::Coordinator, "ESAO-PNB1").await;
        let made = reset_by_administrator(store, &mut desk.as_(head), person, true).await.unwrap();
        // The role ends by itself, without an act that takes the links back.
        let grant = store::permission::held_by(store, head).await.unwrap()[0].grant.id;
        let tx = store.begin().await.unwrap();
        store::end::<Grant>(&tx, desk.now(), &[grant]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(code(look_at_reset(store, &made.token, desk.now()).await), "account.reset_maker_gone");
        let used = use_reset(store, &mut desk.nobody(), &made.token, OTHER).await;
        assert_eq!(code(used), "account.reset_maker_gone");

        let made = reset_by_administrator(store, &mut desk.as_(admin), person, true).await.unwrap();
        leave(store, &mut desk.shell(), Leave { person: admin, on: None }).await.unwrap_err();
        desk.somebody("second", Role::Administrator, "PNBPEO").await;
        leave(store, &mut desk.shell(), Leave { person: admin, on: None }).await.unwrap();
        let used = use_reset(store, &mut desk.nobody(), &made.token, OTHER).await;
        assert_eq!(code(used), "account.link_revoked", "whoever leaves takes their links along");
    }

    async fn a_link_took_over_somebody_who_had_become_administrator_since(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let store = &db.store;
        let admin = desk.somebody("admin", Role::Administrator, "PNBPEO").await;
        let head = desk.somebody("head", Role::Approver, "PNBPEO").await;
        let person = desk.somebody("malee", Role::Coordinator, "PNBPEO").await;
        let made = reset_by_administrator(store, &mut desk.as_(head), person, true).await.unwrap();
        let given = give(&desk, &mut desk.as_(admin), person, Role::Administrator, "PNBPEO").await.unwrap();
        let used = use_reset(store, &mut desk.nobody(), &made.token, OTHER).await;
        assert_eq!(code(used), "account.link_revoked");
        // Taken back, the role does not bring the link back; a new one is good again.
        take_role(store, &mut desk.as_(admin), TakeRole { grant: given, on: None }).await.unwrap();
        assert_eq!(code(look_at_reset(store, &made.token, desk.now()).await), "account.link_revoked");
        let made = reset_by_administrator(store, &mut desk.as_(head), person, false).await.unwrap();
        assert_eq!(code(look_at_reset(store, &made.token, desk.now()).await), "done");
        take_role(store, &mut desk.as_(admin), TakeRole { grant: only_role(&desk, head).await, on: None }).await.unwrap();
        assert_eq!(code(look_at_reset(store, &made.token, desk.now()).await), "account.link_revoked");
    }
}
