//! Signing in and out with a password.

use super::desk::{Desk, OTHER, PASSWORD, code};
use actions::{
    Who,
    accounts::{
        NewAccount, SignIn, SignedIn, Token, change_password, create_with_password, sign_in,
        sign_out,
    },
};
use domain::people::Role;
use store::trail::{self, Filter};
use testkit::{TestDatabase, on_both_engines};

on_both_engines! {
    async fn a_coordinator_signs_in_works_and_signs_out(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let person = desk.somebody("somsak.j", Role::Coordinator, "ESAO-PNB1").await;
        let mut ctx = desk.nobody();
        let given = SignIn { account: " Somsak.J ", password: PASSWORD, agent: Some("Firefox/145 (Linux)"), before: None };
        let SignedIn::Whole(opened) = sign_in(&db.store, &mut ctx, given).await.unwrap() else { panic!() };
        assert_eq!((ctx.who, ctx.actor.as_str()), (Who::Person(person), "somsak.j"));
        let session = desk.session(&opened.token).await.unwrap();
        assert_eq!((session.person.id, session.must_enrol), (person, false));

        sign_out(&db.store, &mut ctx, session.id).await.unwrap();
        assert_eq!(desk.session(&opened.token).await, None);
        assert_eq!(trail::verify(&db.store, None).await.unwrap(), []);
    }

    async fn an_unknown_account_a_wrong_password_and_a_leaver_get_the_same_answer(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let person = desk.somebody("somsak.j", Role::Coordinator, "ESAO-PNB1").await;
        let answers = [
            desk.try_from("192.0.2.1", "nobody", PASSWORD).await,
            desk.try_from("192.0.2.2", "somsak.j", OTHER).await,
            desk.try_from("192.0.2.3", "", "").await,
            desk.try_from("192.0.2.6", "nobody\0here", "a password\0with a zero").await,
            desk.try_from("192.0.2.4", "somsak.j' or 1=1 --", &"x".repeat(10_000)).await,
        ];
        for answer in answers {
            assert_eq!(code(answer), "account.wrong");
        }
        let opened = desk.sign_in("somsak.j").await;
        leave(&desk, person).await;
        assert_eq!(code(desk.try_from("192.0.2.5", "somsak.j", PASSWORD).await), "account.wrong");
        assert_eq!(desk.session(&opened.token).await, None, "nor is an old session of any use");
    }

    async fn no_secret_is_in_the_trail_or_the_database(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let person = desk.somebody("somsak.j", Role::Coordinator, "ESAO-PNB1").await;
        let opened = desk.sign_in("somsak.j").await;
        let _ = desk.try_from("192.0.2.9", "somsak.j", "my other secret word").await;
        let events = trail::events(&db.store, "67", 0, 100, &Filter::default()).await.unwrap();
        let acts: Vec<&str> = events.iter().map(|event| event.act.as_str()).collect();
        assert_eq!(acts[acts.len() - 3..], ["account.create", "account.sign_in", "account.sign_in_refused"]);
        let told: String = events.into_iter().filter_map(|event| event.payload).collect();
        for secret in [PASSWORD, "my other secret word", &opened.token.to_string(), "argon2"] {
            assert!(!told.contains(secret), "{secret}");
        }
        assert!(told.contains("192.0.2.9"));
        let kept = store::accounts::credentials(&db.store, person).await.unwrap().unwrap();
        assert!(kept.password.starts_with("$argon2id$") && !kept.password.contains(PASSWORD));
    }

    async fn a_sign_in_made_every_process_read_everything_again(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let live = actions::live::Live::load(db.store.clone()).await.unwrap();
        desk.somebody("somsak.j", Role::Coordinator, "ESAO-PNB1").await;
        desk.sign_in("somsak.j").await;
        assert!(!live.refresh().await.unwrap(), "the snapshot holds nothing of accounts");
        desk.sign_in("somsak.j").await;
        let narathiwat = crate::office::narathiwat();
        crate::office::import(&db.store, &mut desk.shell(), &narathiwat).await;
        desk.sign_in("somsak.j").await;
        assert!(live.refresh().await.unwrap(), "a plan came in between two sign-ins");
    }

    async fn a_changed_cookie_opens_nothing(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        desk.somebody("somsak.j", Role::Coordinator, "ESAO-PNB1").await;
        let text = desk.sign_in("somsak.j").await.token.to_string();
        for place in [0, 20, 42] {
            let mut letters: Vec<char> = text.chars().collect();
            letters[place] = if letters[place] == 'A' { 'Q' } else { 'A' };
            let changed: String = letters.into_iter().collect();
            if let Ok(token) = changed.parse::<Token>() {
                assert_eq!(desk.session(&token).await, None, "{place}");
            }
        }
        assert!(desk.session(&text.parse().unwrap()).await.is_some());
    }

    async fn a_new_password_ends_every_other_session_and_needs_the_old_one(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let person = desk.somebody("somsak.j", Role::Coordinator, "ESAO-PNB1").await;
        let (here, there) = (desk.sign_in("somsak.j").await, desk.sign_in("somsak.j").await);
        let session = desk.session(&here.token).await.unwrap().id;
        let mut me = desk.as_(person);
        let store = &db.store;
        assert_eq!(code(change_password(store, &mut me, session, "wrong", OTHER).await), "account.wrong_password");
        assert_eq!(code(change_password(store, &mut me, session, PASSWORD, "short").await), "password.too_short");
        assert_eq!(code(change_password(store, &mut me, session, PASSWORD, PASSWORD).await), "password.same");
        change_password(store, &mut me, session, PASSWORD, OTHER).await.unwrap();
        assert!(desk.session(&here.token).await.is_some());
        assert_eq!(desk.session(&there.token).await, None);
        assert_eq!(code(desk.try_from("192.0.2.1", "somsak.j", PASSWORD).await), "account.wrong");
        assert_eq!(code(desk.try_from("192.0.2.1", "somsak.j", OTHER).await), "done");
    }

    async fn only_the_operator_makes_accounts_at_once_and_hears_all_that_is_wrong(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let administrator = desk.somebody("admin", Role::Administrator, "PNBPEO").await;
        let new = || NewAccount { account: "x".to_owned(), ..NewAccount::default() };
        let by_web = create_with_password(&db.store, &mut desk.as_(administrator), new(), None).await;
        assert_eq!(code(by_web), "forbidden");
        let Err(actions::Error::Invalid(issues)) =
            create_with_password(&db.store, &mut desk.shell(), new(), Some("password")).await else { panic!() };
        let codes: Vec<_> = issues.iter().map(|issue| issue.code).collect();
        assert_eq!(codes, ["account.bad_account", "account.name_needed", "password.too_short", "account.role_needed"]);
        let roles = vec![desk.given(Role::Planner, "ESAO-PNB1").await];
        let new = NewAccount { account: "admin".to_owned(), name: "ตัวอย่าง".to_owned(), position: None, roles };
        let there = create_with_password(&db.store, &mut desk.shell(), new.clone(), None).await;
        assert_eq!(code(there), "account.role_not_held_there");
        let new = NewAccount { roles: vec![desk.given(Role::Planner, "PNBPEO").await], ..new };
        assert_eq!(code(create_with_password(&db.store, &mut desk.shell(), new.clone(), None).await), "account.taken");
        let new = NewAccount { account: "planner".to_owned(), ..new };
        let made = create_with_password(&db.store, &mut desk.shell(), new, None).await.unwrap();
        let drawn = made.password.unwrap();
        assert_eq!((drawn.len(), drawn.matches('-').count()), (23, 3));
        assert_eq!(code(desk.try_from("192.0.2.1", "planner", &drawn).await), "done");
    }
}

/// Lets somebody leave today.
async fn leave(desk: &Desk, person: domain::ids::PersonId) {
    let mut ctx = desk.shell();
    let kept = store::get::<domain::people::Person>(&desk.store, person)
        .await
        .unwrap()
        .unwrap();
    let mut row = kept.row;
    row.left = Some(desk.now().thai_day());
    let tx = desk.store.begin().await.unwrap();
    let new = store::New {
        version: ctx.id(),
        provenance: None,
        row,
    };
    store::record(&tx, desk.now(), [new]).await.unwrap();
    tx.commit().await.unwrap();
}
