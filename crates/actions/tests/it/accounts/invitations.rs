//! Invitations: expired, replayed, foreign, taken back; roles beyond those one may give.

use super::desk::{Desk, HOUR, OTHER, PASSWORD, code};
use crate::people::give;
use actions::accounts::{
    Acceptance, Given, NewInvitation, Token, accept_invitation, invite, list_invitations,
    look_at_invitation, reset_by_administrator, revoke_invitation,
};
use actions::organisations::{Close, close};
use domain::people::{Person, Role};
use testkit::{TestDatabase, on_both_engines};

const NEW: Acceptance<'static> = Acceptance {
    account: "malee",
    name: "ตัวอย่าง มาลี",
    position: Some("นักวิเคราะห์นโยบายและแผน"),
    password: PASSWORD,
};

async fn inviting(roles: Vec<Given>) -> NewInvitation {
    NewInvitation {
        name: Some("ตัวอย่าง มาลี".to_owned()),
        roles,
        ..NewInvitation::default()
    }
}

on_both_engines! {
    async fn an_invited_coordinator_chooses_a_password_and_signs_in_with_the_role(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let store = &db.store;
        let head = desk.somebody("head", Role::Approver, "ESAO-PNB1").await;
        let roles = vec![desk.given(Role::Coordinator, "ESAO-PNB1").await];
        let made = invite(store, &mut desk.as_(head), inviting(roles.clone()).await).await.unwrap();
        let open = look_at_invitation(store, &made.link.token, desk.now()).await.unwrap();
        assert_eq!((open.invitation.name.as_deref(), &open.roles), (Some("ตัวอย่าง มาลี"), &roles));
        assert_eq!(list_invitations(store, &mut desk.as_(head)).await.unwrap(), [open]);

        let weak = Acceptance { account: "Malee!", password: "malee12345678", ..NEW };
        let refused = accept_invitation(store, &mut desk.nobody(), &made.link.token, weak).await;
        let Err(actions::Error::Invalid(issues)) = refused else { panic!() };
        let codes: Vec<_> = issues.iter().map(|issue| issue.code).collect();
        assert_eq!(codes, ["account.bad_account", "password.guessable"], "and the link is still good");

        let person = accept_invitation(store, &mut desk.nobody(), &made.link.token, NEW).await.unwrap();
        assert_eq!(person.position.as_deref(), NEW.position);
        let opened = desk.sign_in("malee").await;
        assert_eq!((opened.person.id, opened.must_enrol), (person.id, false));
        let held = store::permission::held_by(store, person.id).await.unwrap();
        assert_eq!((held.len(), held[0].grant.role), (1, Role::Coordinator));
        assert_eq!(store::trail::verify(store, None).await.unwrap(), []);
    }

    async fn an_expired_a_replayed_a_foreign_and_a_revoked_link_each_say_so(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let store = &db.store;
        let head = desk.somebody("head", Role::Approver, "ESAO-PNB1").await;
        let other = desk.somebody("other", Role::Coordinator, "ESAO-PNB1").await;
        let roles = vec![desk.given(Role::Coordinator, "ESAO-PNB1").await];
        let mut links = Vec::new();
        for _ in 0..3 {
            links.push(invite(store, &mut desk.as_(head), inviting(roles.clone()).await).await.unwrap());
        }
        accept_invitation(store, &mut desk.nobody(), &links[0].link.token, NEW).await.unwrap();
        let again = Acceptance { account: "thief", ..NEW };
        let token = &links[0].link.token;
        assert_eq!(code(accept_invitation(store, &mut desk.nobody(), token, again).await), "account.link_used");

        revoke_invitation(store, &mut desk.as_(head), links[1].id).await.unwrap();
        let token = &links[1].link.token;
        assert_eq!(code(accept_invitation(store, &mut desk.nobody(), token, again).await), "account.link_revoked");

        let foreign: Token = "A".repeat(43).parse().unwrap();
        assert_eq!(code(look_at_invitation(store, &foreign, desk.now()).await), "account.link_unknown");
        let reset = reset_by_administrator(store, &mut desk.as_(head), other, false).await.unwrap();
        let crossed = accept_invitation(store, &mut desk.nobody(), &reset.token, again).await;
        assert_eq!(code(crossed), "account.link_unknown", "a link of another kind");

        desk.wait(14 * 24 * HOUR);
        let token = &links[2].link.token;
        assert_eq!(code(accept_invitation(store, &mut desk.nobody(), token, again).await), "account.link_expired");
    }

    async fn two_who_use_one_link_at_once_do_not_both_come_in(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let head = desk.somebody("head", Role::Approver, "ESAO-PNB1").await;
        let roles = vec![desk.given(Role::Coordinator, "ESAO-PNB1").await];
        let token = invite(&db.store, &mut desk.as_(head), inviting(roles).await).await.unwrap().link.token;
        let elsewhere = db.open_again().await;
        let (mut one, mut two) = (desk.nobody(), desk.nobody());
        let second = Acceptance { account: "second", password: OTHER, ..NEW };
        let (one, two) = tokio::join!(
            accept_invitation(&db.store, &mut one, &token, NEW),
            accept_invitation(&elsewhere, &mut two, &token, second),
        );
        let mut codes = [code(one), code(two)];
        codes.sort_unstable();
        assert_eq!(codes, ["account.link_used", "done"]);
    }

    async fn nobody_gives_what_they_may_not_give_nor_where_they_do_not_reach(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let store = &db.store;
        let coordinator = desk.somebody("coordinator", Role::Coordinator, "ESAO-PNB1").await;
        let planner = desk.somebody("planner", Role::Planner, "PNBPEO").await;
        for (person, role, on, answer) in [
            (coordinator, Role::Coordinator, "ESAO-PNB1", "done"),
            (coordinator, Role::Approver, "ESAO-PNB1", "account.may_not_give"),
            (coordinator, Role::Coordinator, "ESAO-PNB2", "forbidden"),
            (coordinator, Role::Administrator, "PNBPEO", "forbidden"),
            (planner, Role::Coordinator, "ESAO-PNB1", "forbidden"),
        ] {
            let roles = vec![desk.given(role, on).await];
            let outcome = invite(store, &mut desk.as_(person), inviting(roles).await).await;
            assert_eq!(code(outcome), answer, "{role} on {on}");
        }
        let unknown = Given { role: Role::Coordinator, organisation: domain::ids::OrganisationId::from_u128(7) };
        let guessed = invite(store, &mut desk.as_(coordinator), inviting(vec![unknown]).await).await;
        assert_eq!(code(guessed), "forbidden", "guessed ids are answered like those of others");
        assert_eq!(code(invite(store, &mut desk.nobody(), inviting(vec![unknown]).await).await), "forbidden");
        assert_eq!(code(invite(store, &mut desk.as_(planner), inviting(Vec::new()).await).await), "forbidden");
    }

    async fn nobody_takes_up_their_own_invitation(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let head = desk.somebody("head", Role::Approver, "ESAO-PNB1").await;
        let roles = vec![desk.given(Role::Coordinator, "ESAO-PNB1").await];
        let token = invite(&db.store, &mut desk.as_(head), inviting(roles).await).await.unwrap().link.token;
        let own = accept_invitation(&db.store, &mut desk.as_(head), &token, NEW).await;
        assert_eq!(code(own), "account.own_invitation");
    }

    async fn an_invitation_ends_with_the_right_of_whoever_made_it(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let head = desk.somebody("head", Role::Approver, "ESAO-PNB1").await;
        let roles = vec![desk.given(Role::Coordinator, "ESAO-PNB1").await];
        let token = invite(&db.store, &mut desk.as_(head), inviting(roles).await).await.unwrap().link.token;
        let grant = store::permission::held_by(&db.store, head).await.unwrap()[0].grant.id;
        let tx = db.store.begin().await.unwrap();
        store::end::<domain::people::Grant>(&tx, desk.now(), &[grant]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(code(look_at_invitation(&db.store, &token, desk.now()).await), "account.link_maker_gone");
        assert_eq!(
            code(accept_invitation(&db.store, &mut desk.nobody(), &token, NEW).await),
            "account.link_maker_gone"
        );
        let everybody: Vec<store::Kept<Person>> = store::all(&db.store).await.unwrap();
        assert_eq!(everybody.len(), 1);
    }

    async fn somebody_was_invited_to_an_organisation_that_was_closed(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let store = &db.store;
        let admin = desk.somebody("admin", Role::Administrator, "PNBPEO").await;
        let school = desk.given(Role::SchoolPlanner, "DOLE-6701").await;
        let made = invite(store, &mut desk.as_(admin), inviting(vec![school]).await).await.unwrap();
        let person = desk.somebody("somsak.j", Role::SchoolPlanner, "DOLE-6702").await;
        let closing = Close {
            duties_to: None,
            organisation: school.organisation,
            on: desk.now().thai_day(),
            give_up: true,
            reason: "ตัวอย่าง".to_owned(),
        };
        close(store, &mut desk.as_(admin), &closing).await.unwrap();
        assert_eq!(code(look_at_invitation(store, &made.link.token, desk.now()).await), "account.link_closed");
        let accepted = accept_invitation(store, &mut desk.nobody(), &made.link.token, NEW).await;
        assert_eq!(code(accepted), "account.link_closed");
        let again = invite(store, &mut desk.as_(admin), inviting(vec![school]).await).await;
        assert_eq!(code(again), "account.closed_organisation");
        let given = give(&desk, &mut desk.as_(admin), person, Role::SchoolPlanner, "DOLE-6701").await;
        assert_eq!(code(given), "account.closed_organisation");
    }
}
