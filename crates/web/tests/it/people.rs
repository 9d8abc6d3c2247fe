//! People on screen: whom one looks after, a role given and taken back, everything that is not one's own not found.

use crate::portal::{Answer, NOW, ask, get};
use actions::Ctx;
use actions::accounts::{Cost, Given, NewAccount, create_with_password};
use actions::live::Live;
use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use domain::ids::{PersonId, SessionId};
use domain::organisation::{Organisation, OrganisationText};
use domain::people::{Grant, Role};
use domain::time::Moment;
use http_body_util::BodyExt;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use store::{Kept, Options, Store, accounts::Session};
use tempfile::TempDir;
use tower::ServiceExt;
use web::{App, Assets, places};

/// Thirty-two times the same byte, as a cookie writes them.
const TOKENS: [(u8, &str); 4] = [
    (0x00, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
    (0x55, "VVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVU"),
    (0xff, "__________________________________________8"),
    (0xaa, "qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqo"),
];

/// A portal over the organisations of Phetchabun.
pub struct Office {
    pub portal: Router,
    pub store: Store,
    live: Arc<Live>,
    ctx: Ctx,
    sessions: usize,
    _folder: TempDir,
}

impl Office {
    pub async fn open() -> Self {
        let folder = TempDir::with_prefix("saithong-web-").unwrap();
        let place = folder.path().join("saithong.db");
        let options = Options {
            create: true,
            ..Options::default()
        };
        let store = Store::open(place.to_str().unwrap(), options).await.unwrap();
        store.migrate().await.unwrap();
        let mut drawn = 0_u64;
        let mut ctx = Ctx::new(
            "ตัวอย่าง",
            || NOW,
            move |bytes| {
                for chunk in bytes.chunks_mut(8) {
                    drawn = drawn.wrapping_add(0x9e37_79b9_7f4a_7c15);
                    chunk.copy_from_slice(&drawn.to_be_bytes()[..chunk.len()]);
                }
            },
        );
        ctx.cost = Cost::LEAST;
        actions::catalogue::record(&store, &mut ctx).await.unwrap();
        let live = Arc::new(Live::load(store.clone()).await.unwrap());
        let app = App::new(places::provinces(), Assets::embedded(), || NOW).with_live(live.clone());
        Self {
            portal: web::router(&app),
            store,
            live,
            ctx,
            sessions: 0,
            _folder: folder,
        }
    }

    /// Somebody with an account and a role, and the cookie of their session.
    pub async fn somebody(&mut self, account: &str, role: Role, on: &str) -> (PersonId, String) {
        let all: Vec<Kept<(Organisation, OrganisationText)>> =
            store::all(&self.store).await.unwrap();
        let organisation = all
            .into_iter()
            .find(|kept| kept.row.1.code == on)
            .unwrap()
            .row
            .0
            .id;
        let new = NewAccount {
            account: account.to_owned(),
            name: format!("ตัวอย่าง {account}"),
            position: None,
            roles: vec![Given { role, organisation }],
        };
        let made = create_with_password(&self.store, &mut self.ctx, new, None)
            .await
            .unwrap();
        self.live.refresh().await.unwrap();
        let person = made.person;
        // A session with its second factor given, under one of four tokens.
        let (byte, token) = TOKENS[self.sessions];
        self.sessions += 1;
        let id: SessionId = self.ctx.id();
        let later = Moment(NOW.0 + 3_600_000_000);
        let session = Session {
            id,
            person,
            created_at: NOW,
            seen_at: NOW,
            idle_for: 3_600_000_000,
            idle_until: later,
            ends_at: later,
            address: None,
            agent: None,
            second_factor: true,
            revoked_at: None,
        };
        let tx = self.store.begin().await.unwrap();
        store::accounts::open_session(&tx, &session, &Sha256::digest([byte; 32]).into())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        (person, format!("saithong={token}"))
    }

    /// Sets a second factor up for somebody, and a password with it.
    pub async fn give_factor(&self, person: PersonId) {
        let tx = self.store.begin().await.unwrap();
        store::accounts::set_password(&tx, person, "nobody knows it", NOW)
            .await
            .unwrap();
        store::accounts::set_totp(&tx, person, &[7; 20], 0)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// Opens a year: every organisation owes something from then on.
    pub async fn open_year(&mut self, year: actions::steps::OpenYear) {
        actions::steps::open_year(&self.store, &mut self.ctx, year)
            .await
            .unwrap();
        self.live.refresh().await.unwrap();
    }

    pub async fn get(&self, who: &str, path: &str) -> Answer {
        ask(&self.portal, Method::GET, path, &[("cookie", who)]).await
    }

    /// Sends a form to `to` with the token that stands on `page`.
    pub async fn send(&self, who: &str, page: &str, to: &str, typed: &str) -> Answer {
        let text = self.get(who, page).await.text();
        let (_, rest) = text
            .split_once("name=\"csrf\" value=\"")
            .unwrap_or_default();
        let csrf = rest.split('"').next().unwrap_or_default();
        self.send_with(who, csrf, to, typed).await
    }

    pub async fn send_with(&self, who: &str, csrf: &str, to: &str, typed: &str) -> Answer {
        let request = Request::builder()
            .method(Method::POST)
            .uri(to)
            .header("cookie", who)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(format!("csrf={csrf}&{typed}")))
            .unwrap();
        let response = self.portal.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        Answer {
            status: parts.status,
            headers: parts.headers,
            bytes,
        }
    }

    pub async fn roles(&self, person: PersonId) -> Vec<Role> {
        let held = store::of::<Grant, PersonId>(&self.store, &[person])
            .await
            .unwrap();
        let held = held
            .iter()
            .map(|kept| &kept.row)
            .filter(|grant| grant.holds_on(NOW.thai_day()));
        held.map(|grant| grant.role).collect()
    }
}

pub const PEOPLE: &str = "/phetchabun/people";

#[tokio::test]
async fn the_table_of_roles_is_for_everybody_and_says_why_not_in_both_languages() {
    let office = Office::open().await;
    for language in ["", "/en"] {
        let page = get(&office.portal, &format!("{language}/phetchabun/roles")).await;
        assert_eq!(page.status, StatusCode::OK);
        let main = page.main();
        for missing in ["permission.", "reach.", "role.", "roles.", "act."] {
            assert!(!main.contains(missing), "{missing} in {main}");
        }
    }
}

#[tokio::test]
async fn a_coordinator_gives_and_takes_a_role_in_the_line_and_finds_nobody_else() {
    let mut office = Office::open().await;
    let (_, mine) = office.somebody("mine", Role::Coordinator, "DOLE-PNB").await;
    let (school, theirs) = office
        .somebody("school", Role::SchoolPlanner, "DOLE-6701")
        .await;
    office
        .somebody("foreign", Role::Coordinator, "ESAO-PNB2")
        .await;

    let list = office.get(&mine, PEOPLE).await;
    assert_eq!(list.status, StatusCode::OK);
    assert!(list.text().contains("/people/school") && !list.text().contains("foreign"));
    // Neither the public nor a teacher comes in; a foreign person is as unknown as nobody.
    let public = get(&office.portal, PEOPLE).await;
    assert!(public.status.is_redirection() || public.status == StatusCode::UNAUTHORIZED);
    assert_eq!(
        office.get(&theirs, PEOPLE).await.status,
        StatusCode::FORBIDDEN
    );
    for unknown in [
        "foreign",
        "nobody",
        "foreign/role",
        "nobody/role",
        "school/crown",
    ] {
        let answer = office.get(&mine, &format!("{PEOPLE}/{unknown}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{unknown}");
    }

    let form = format!("{PEOPLE}/school/role");
    let empty = office
        .send(&mine, &form, &form, "role=&organisation=")
        .await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.text().contains("#f-role") && empty.text().contains("#f-organisation"));
    let typed = "role=coordinator&organisation=DOLE-6701";
    let forged = office.send_with(&mine, "forged", &form, typed).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    assert_eq!(office.roles(school).await, [Role::SchoolPlanner]);
    let given = office.send(&mine, &form, &form, typed).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER);
    assert_eq!(office.roles(school).await.len(), 2);
    let above = office
        .send(
            &mine,
            &form,
            &form,
            "role=administrator&organisation=DOLE-PNB",
        )
        .await;
    assert_eq!(above.status, StatusCode::FORBIDDEN);

    let page = format!("{PEOPLE}/school");
    let shown = office.get(&mine, &page).await.text();
    let (_, rest) = shown.split_once("name=\"grant\" value=\"").unwrap();
    let grant = rest.split('"').next().unwrap();
    let taken = office
        .send(
            &mine,
            &page,
            &format!("{page}/take"),
            &format!("grant={grant}"),
        )
        .await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER);
    assert_eq!(office.roles(school).await.len(), 1);
}

#[tokio::test]
async fn who_leaves_is_signed_out_and_the_forms_of_a_person_can_be_read_in_both_languages() {
    let mut office = Office::open().await;
    let (_, admin) = office
        .somebody("admin", Role::Administrator, "PNBPEO")
        .await;
    let (school, theirs) = office
        .somebody("school", Role::SchoolPlanner, "DOLE-6701")
        .await;
    for language in ["", "/en"] {
        for act in ["", "/role", "/name", "/hand-over", "/leave"] {
            let page = office
                .get(&admin, &format!("{language}{PEOPLE}/school{act}"))
                .await;
            assert_eq!(page.status, StatusCode::OK, "{act}");
            assert!(
                !page.main().contains("people.") && !page.main().contains("role."),
                "{act}: {}",
                page.main()
            );
        }
    }
    let form = format!("{PEOPLE}/school/leave");
    let wrong = office
        .send(&admin, &form, &form, "on-day=31&on-month=2&on-year=2570")
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let gone = office.send(&admin, &form, &form, "on-day=").await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    assert!(office.roles(school).await.is_empty());
    let after = office.get(&theirs, "/phetchabun/account").await;
    assert_ne!(after.status, StatusCode::OK);
}
