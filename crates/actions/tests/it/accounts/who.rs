//! Who the trail says it was: the account and the person of it, by which way, and nobody else's name.

use super::desk::{Desk, OFFICE, OTHER, PASSWORD};
use actions::accounts::{
    Acceptance, NewInvitation, accept_invitation, change_password, invite, reset_by_administrator,
    use_reset,
};
use domain::people::Role;
use store::trail::{Event, Filter, events};
use testkit::{TestDatabase, on_both_engines};

async fn told(desk: &Desk, filter: Filter) -> Vec<Event> {
    events(&desk.store, "67", 0, 1_000, &filter).await.unwrap()
}

async fn told_by(desk: &Desk, actor: &str) -> Vec<String> {
    let filter = Filter {
        actor: Some(actor.to_owned()),
        ..Filter::default()
    };
    let events = told(desk, filter).await;
    events.into_iter().map(|event| event.act).collect()
}

/// What an event says of who acted.
fn who(event: &Event) -> serde_json::Value {
    let payload = event.payload.as_deref().unwrap();
    serde_json::from_str::<serde_json::Value>(payload).unwrap()["who"].clone()
}

on_both_engines! {
    async fn filtering_the_trail_by_an_account_missed_its_sign_ins(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let person = desk.somebody("somsak.j", Role::Coordinator, "ESAO-PNB1").await;
        let opened = desk.sign_in("somsak.j").await;
        let session = desk.session(&opened.token).await.unwrap().id;
        let mut me = desk.as_(person);
        me.actor = "somsak.j".to_owned();
        change_password(&db.store, &mut me, session, PASSWORD, OTHER).await.unwrap();
        let link = reset_by_administrator(&db.store, &mut desk.shell(), person, false).await.unwrap();
        use_reset(&db.store, &mut desk.nobody(), &link.token, PASSWORD).await.unwrap();
        assert_eq!(
            told_by(&desk, "somsak.j").await,
            ["account.sign_in", "account.change_password", "account.use_reset"]
        );
        for event in told(&desk, Filter { actor: Some("somsak.j".to_owned()), ..Filter::default() }).await {
            let who = who(&event);
            assert_eq!((who["way"].as_str(), who["person"].as_str()), (Some("web"), Some(&*person.to_string())));
            assert_eq!(who["from"], OFFICE);
        }
    }

    async fn an_invited_person_who_chose_the_name_demo_admin_looked_like_somebody_else(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let head = desk.somebody("head", Role::Approver, "ESAO-PNB1").await;
        let roles = vec![desk.given(Role::Coordinator, "ESAO-PNB1").await];
        let new = NewInvitation { roles, ..NewInvitation::default() };
        let link = invite(&db.store, &mut desk.as_(head), new).await.unwrap().link;
        let given = Acceptance { account: "malee", name: "demo-admin", position: None, password: PASSWORD };
        let person = accept_invitation(&db.store, &mut desk.nobody(), &link.token, given).await.unwrap();
        desk.sign_in("malee").await;
        assert_eq!(told_by(&desk, "demo-admin").await, Vec::<String>::new());
        assert_eq!(told_by(&desk, "malee").await, ["account.accept_invitation", "account.sign_in"]);
        let accepted = told(&desk, Filter { act: Some("account.accept_invitation".to_owned()), ..Filter::default() });
        assert_eq!(who(&accepted.await[0])["person"], person.id.to_string());
    }

    async fn a_wrong_password_is_told_of_nobody_and_about_the_person(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        let person = desk.somebody("somsak.j", Role::Coordinator, "ESAO-PNB1").await;
        let _ = desk.try_from("203.0.113.5", "somsak.j", OTHER).await;
        let refused = Filter { act: Some("account.sign_in_refused".to_owned()), ..Filter::default() };
        let refused = told(&desk, refused).await;
        assert_eq!(refused[0].subject.id, person.to_string());
        assert_eq!(who(&refused[0]), serde_json::json!({ "way": "web", "from": "203.0.113.5" }));
    }

    async fn whoever_works_at_the_shell_cannot_pass_for_an_account(db: TestDatabase) {
        let desk = Desk::new(&db.store).await;
        desk.somebody("somsak.j", Role::Coordinator, "ESAO-PNB1").await;
        let mut shell = desk.shell();
        shell.actor = "somsak.j".to_owned();
        let person = store::permission::person(&db.store, "somsak.j").await.unwrap().unwrap().row.id;
        reset_by_administrator(&db.store, &mut shell, person, false).await.unwrap();
        let event = told(&desk, Filter { actor: Some("somsak.j".to_owned()), ..Filter::default() }).await;
        assert_eq!(who(&event[0]), serde_json::json!({ "way": "shell" }));
    }
}
