//! The first administrator.

use super::desk::{Desk, OTHER, PASSWORD, code};
use actions::{
    Who,
    accounts::{
        Acceptance, NewAccount, SignedIn, accept_invitation, has_administrator, init, init_link,
    },
};
use domain::people::Role;
use testkit::{TestDatabase, on_both_engines};

fn first(account: &str) -> NewAccount {
    NewAccount {
        account: account.to_owned(),
        name: "ตัวอย่าง ผู้ดูแล".to_owned(),
        ..NewAccount::default()
    }
}

on_both_engines! {
    async fn the_first_administrator_is_made_once_at_the_shell(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let office = desk.organisation("PNBPEO").await;
        let by_web = init(&db.store, &mut desk.nobody(), first("root"), office, Some(PASSWORD)).await;
        assert_eq!(code(by_web), "forbidden");
        init(&db.store, &mut desk.shell(), first("admin"), office, Some(PASSWORD)).await.unwrap();
        assert!(has_administrator(&db.store, desk.now()).await.unwrap());
        let again = init(&db.store, &mut desk.shell(), first("second"), office, Some(PASSWORD)).await;
        assert_eq!(code(again), "account.has_administrator");
        assert_eq!(code(init_link(&db.store, &mut desk.shell(), office).await), "account.has_administrator");
        let SignedIn::Whole(opened) = desk.try_from("192.0.2.1", "admin", PASSWORD).await.unwrap() else { panic!() };
        assert!(opened.must_enrol, "administrators need a second factor before anything else");
        assert!(desk.session(&opened.token).await.unwrap().must_enrol);
    }

    async fn two_who_start_at_once_do_not_both_become_the_first(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let office = desk.organisation("PNBPEO").await;
        let elsewhere = db.open_again().await;
        let (mut one, mut two) = (desk.shell(), desk.shell());
        let (one, two) = tokio::join!(
            init(&db.store, &mut one, first("one"), office, Some(PASSWORD)),
            init(&elsewhere, &mut two, first("two"), office, Some(OTHER)),
        );
        let mut codes = [code(one), code(two)];
        codes.sort_unstable();
        assert_eq!(codes, ["account.has_administrator", "done"]);
    }

    async fn a_printed_link_makes_the_first_administrator(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let office = desk.organisation("PNBPEO").await;
        let link = init_link(&db.store, &mut desk.shell(), office).await.unwrap().link;
        let given = Acceptance { account: "admin", name: "ตัวอย่าง ผู้ดูแล", position: None, password: PASSWORD };
        let mut ctx = desk.nobody();
        let person = accept_invitation(&db.store, &mut ctx, &link.token, given).await.unwrap();
        assert_eq!(ctx.who, Who::Nobody, "they sign in next");
        let held = store::permission::held_by(&db.store, person.id).await.unwrap();
        assert_eq!((held[0].grant.role, held[0].grant.organisation), (Role::Administrator, office));
        assert!(has_administrator(&db.store, desk.now()).await.unwrap());
    }

    async fn a_link_for_the_first_administrator_stayed_good_after_there_was_one(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let office = desk.organisation("PNBPEO").await;
        let given = Acceptance { account: "admin", name: "ตัวอย่าง ผู้ดูแล", position: None, password: PASSWORD };
        let old = init_link(&db.store, &mut desk.shell(), office).await.unwrap().link;
        let lost = init_link(&db.store, &mut desk.shell(), office).await.unwrap().link;
        accept_invitation(&db.store, &mut desk.nobody(), &old.token, given).await.unwrap();
        let second = Acceptance { account: "second", ..given };
        let accepted = accept_invitation(&db.store, &mut desk.nobody(), &lost.token, second).await;
        assert_eq!(code(accepted), "account.link_revoked");
    }

    async fn a_link_for_the_first_administrator_ends_with_any_other_one(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let office = desk.organisation("PNBPEO").await;
        let link = init_link(&db.store, &mut desk.shell(), office).await.unwrap().link;
        desk.somebody("other", Role::Administrator, "MOE").await;
        let given = Acceptance { account: "admin", name: "ตัวอย่าง ผู้ดูแล", position: None, password: PASSWORD };
        let accepted = accept_invitation(&db.store, &mut desk.nobody(), &link.token, given).await;
        assert_eq!(code(accepted), "account.has_administrator");
    }

    async fn two_links_for_the_first_administrator_used_at_once_make_one(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let office = desk.organisation("PNBPEO").await;
        let above = desk.organisation("MOE").await;
        let one = init_link(&db.store, &mut desk.shell(), office).await.unwrap().link;
        let two = init_link(&db.store, &mut desk.shell(), above).await.unwrap().link;
        let elsewhere = db.open_again().await;
        let first = Acceptance { account: "one", name: "ตัวอย่าง", position: None, password: PASSWORD };
        let second = Acceptance { account: "two", password: OTHER, ..first };
        let (mut here, mut there) = (desk.nobody(), desk.nobody());
        let (one, two) = tokio::join!(
            accept_invitation(&db.store, &mut here, &one.token, first),
            accept_invitation(&elsewhere, &mut there, &two.token, second),
        );
        let codes = [code(one), code(two)];
        assert_eq!(codes.iter().filter(|code| **code == "done").count(), 1, "{codes:?}");
    }
}
