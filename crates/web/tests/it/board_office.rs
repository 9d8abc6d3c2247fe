//! A portal over Phetchabun with the sample year of the board, people who sign in, and forms that are sent as a browser
//! sends them.

use crate::portal::{Answer, NOW, ask};
use actions::accounts::{
    Cost, Given, NewAccount, NewInvitation, SignIn, SignedIn, create_with_password, invite,
    reset_by_administrator, sign_in,
};
use actions::demo;
use actions::live::Live;
use actions::people::{TakeRole, take_role};
use actions::{Ctx, Who};
use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use domain::ids::{PersonId, SessionId};
use domain::organisation::{Organisation, OrganisationText};
use domain::people::{Grant, Role};
use domain::time::Moment;
use http_body_util::BodyExt;
use sha2::{Digest, Sha256};
use std::sync::{Arc, OnceLock};
use store::{Kept, Options, Store, accounts::Session};
use tempfile::TempDir;
use tower::ServiceExt;
use web::{App, Assets, places};

/// A portal over Phetchabun with the sample year.
pub struct Office {
    pub portal: Router,
    pub store: Store,
    pub live: Arc<Live>,
    pub app: App,
    ctx: Ctx,
    _folder: TempDir,
}

/// Somebody who is signed in: their cookie.
pub struct Somebody(String, PersonId, String);

impl Somebody {
    pub fn account(&self) -> &str {
        &self.2
    }

    pub fn cookie(&self) -> &str {
        &self.0
    }
}

/// The operator, with the clock given and random bytes that begin at `first`.
fn ctx(clock: impl FnMut() -> Moment + Send + Sync + 'static, first: u64) -> Ctx {
    let mut drawn = first;
    let mut ctx = Ctx::new("ตัวอย่าง", clock, move |bytes| {
        for chunk in bytes.chunks_mut(8) {
            drawn = drawn.wrapping_add(0x9e37_79b9_7f4a_7c15);
            chunk.copy_from_slice(&drawn.to_be_bytes()[..chunk.len()]);
        }
    });
    ctx.cost = Cost::LEAST;
    ctx
}

/// The bytes of a database in which the people of the demonstration have worked until today; played once for all tests.
fn filled() -> &'static [u8] {
    static FILLED: OnceLock<Vec<u8>> = OnceLock::new();
    FILLED.get_or_init(|| {
        let fill = || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(fill())
        };
        // A thread of its own: a runtime cannot be started inside the one of a test.
        std::thread::scope(|scope| scope.spawn(fill).join().unwrap())
    })
}

async fn fill() -> Vec<u8> {
    let folder = TempDir::with_prefix("saithong-web-").unwrap();
    let place = folder.path().join("saithong.db");
    let options = Options {
        create: true,
        durable: false,
        ..Options::default()
    };
    let store = Store::open(place.to_str().unwrap(), options).await.unwrap();
    store.migrate().await.unwrap();
    let clock = demo::Clock::at(demo::BEGIN);
    let hands = clock.clone();
    let mut ctx = ctx(move || hands.now(), 0);
    actions::catalogue::record(&store, &mut ctx).await.unwrap();
    demo::people(&store, &mut ctx).await.unwrap();
    demo::play(&store, &mut ctx, &clock, NOW).await.unwrap();
    store.close().await.unwrap();
    std::fs::read(place).unwrap()
}

impl Office {
    pub async fn open() -> Self {
        let folder = TempDir::with_prefix("saithong-web-").unwrap();
        let place = folder.path().join("saithong.db");
        std::fs::write(&place, filled()).unwrap();
        let store = Store::open(place.to_str().unwrap(), Options::default())
            .await
            .unwrap();
        let ctx = ctx(|| NOW, 1);
        let live = Arc::new(Live::load(store.clone()).await.unwrap());
        let app = App::new(places::provinces(), Assets::embedded(), || NOW).with_live(live.clone());
        Self {
            portal: web::router(&app),
            app,
            store,
            live,
            ctx,
            _folder: folder,
        }
    }

    /// Somebody with an account and a role, signed in.
    pub async fn somebody(&mut self, role: Role, on: &str) -> Somebody {
        let all: Vec<Kept<(Organisation, OrganisationText)>> =
            store::all(&self.store).await.unwrap();
        let organisation = all
            .into_iter()
            .find(|kept| kept.row.1.code == on)
            .unwrap()
            .row
            .0
            .id;
        let account = format!("example-{role}").replace('_', "-");
        let new = NewAccount {
            account: account.clone(),
            name: format!("ตัวอย่าง {role}"),
            position: None,
            roles: vec![Given { role, organisation }],
        };
        let made = create_with_password(&self.store, &mut self.ctx, new, None)
            .await
            .unwrap();
        let password = made.password.unwrap();
        let given = SignIn {
            account: &account,
            password: &password,
            ..SignIn::default()
        };
        self.ctx.who = Who::Nobody;
        let signed = sign_in(&self.store, &mut self.ctx, given).await.unwrap();
        self.ctx.who = Who::Shell;
        let SignedIn::Whole(opened) = signed else {
            panic!("a code is asked")
        };
        Somebody(format!("saithong={}", opened.token), made.person, account)
    }

    /// Somebody with an account and a role, signed in with their second factor.
    pub async fn trusted(&mut self, role: Role, on: &str) -> Somebody {
        let Somebody(_, person, account) = self.somebody(role, on).await;
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
        store::accounts::open_session(&tx, &session, &Sha256::digest([7; 32]).into())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        // Thirty-two times the byte 7, as a cookie writes them.
        Somebody(
            format!("saithong={}Bwc", "BwcH".repeat(10)),
            person,
            account,
        )
    }

    /// One more event on the trail of a province, as an act would tell it.
    pub async fn event(&mut self, province: &str, act: &str) {
        let tx = self.store.begin().await.unwrap();
        let head = store::trail::lock(&tx, province).await.unwrap();
        let event = store::trail::NewEvent {
            at: Moment(head.at.0 + 1),
            actor: "ตัวอย่าง".to_owned(),
            on_behalf_of: None,
            act: act.to_owned(),
            subject: store::trail::Subject {
                kind: "step_record".to_owned(),
                id: "ตัวอย่าง".to_owned(),
            },
            payload: Some("{}".to_owned()),
            salt: vec![0; 16],
        };
        store::trail::append(&tx, province, event).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Somebody who has an account and holds no role any more.
    pub async fn without_role(&mut self) -> Somebody {
        let somebody = self.somebody(Role::SchoolPlanner, "DOLE-6701").await;
        let held = store::of::<Grant, PersonId>(&self.store, &[somebody.1])
            .await
            .unwrap();
        let take = TakeRole {
            grant: held[0].row.id,
            on: None,
        };
        take_role(&self.store, &mut self.ctx, take).await.unwrap();
        somebody
    }

    /// What the forms of a session carry.
    pub async fn csrf(&self, who: &Somebody) -> String {
        let text = self.get(who, "/phetchabun/account/second-factor").await;
        let text = text.text();
        let (_, rest) = text.split_once("name=\"csrf\" value=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    }

    /// The tokens of an invitation and of a link by which somebody sets a new password.
    pub async fn links(&mut self, who: &Somebody) -> (String, String) {
        let found = store::texts::organisations(&self.store, "PNBPEO")
            .await
            .unwrap();
        let roles = vec![Given {
            role: Role::Coordinator,
            organisation: found[0].row.0.id,
        }];
        let new = NewInvitation {
            roles,
            ..NewInvitation::default()
        };
        let invited = invite(&self.store, &mut self.ctx, new).await.unwrap();
        let reset = reset_by_administrator(&self.store, &mut self.ctx, who.1, false)
            .await
            .unwrap();
        (invited.link.token.to_string(), reset.token.to_string())
    }

    /// The sessions of somebody.
    pub async fn sessions(&self, who: &Somebody) -> Vec<SessionId> {
        let all = store::accounts::sessions_of(&self.store, who.1, NOW).await;
        all.unwrap().iter().map(|session| session.id).collect()
    }

    /// The id of a file that an agency of its own keeps.
    pub async fn file(&mut self) -> String {
        let coordinator = self.somebody(Role::Coordinator, "ESAO-PNB2").await;
        let cell = "/phetchabun/board/ESAO-PNB2/7.2";
        let page = format!("{cell}/record?year=2570");
        let typed = [
            ("done_on-day", "20"),
            ("done_on-month", "11"),
            ("done_on-year", "2569"),
            ("note", "ตัวอย่าง"),
        ];
        let file = Some(("คำสั่ง.pdf", b"%PDF-1.7 x".as_slice()));
        let kept = self.send(&coordinator, &page, &page, &typed, file).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text());
        let shown = self.get(&coordinator, &format!("{cell}?year=2570")).await;
        let text = shown.text();
        let (_, rest) = text.split_once("/phetchabun/files/").unwrap();
        rest[..36].to_owned()
    }

    /// Sends a body with these headers.
    pub async fn post(&self, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = Request::builder().method(Method::POST).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_owned())).unwrap();
        let response = self.portal.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        Answer {
            status: parts.status,
            headers: parts.headers,
            bytes,
        }
    }

    pub async fn get(&self, who: &Somebody, path: &str) -> Answer {
        ask(&self.portal, Method::GET, path, &[("cookie", &who.0)]).await
    }

    /// Sends the form that stands at `page` to its address, with what is typed and a file.
    pub async fn send(
        &self,
        who: &Somebody,
        page: &str,
        to: &str,
        typed: &[(&str, &str)],
        file: Option<(&str, &[u8])>,
    ) -> Answer {
        let form = self.get(who, page).await;
        assert_eq!(form.status, StatusCode::OK, "{page}");
        let text = form.text();
        let hidden = |name: &str| {
            let (_, rest) = text
                .split_once(&format!("name=\"{name}\" value=\""))
                .unwrap_or_default();
            rest.split('"').next().unwrap_or_default().to_owned()
        };
        let (csrf, seen) = (hidden("csrf"), hidden("seen"));
        let mut body = Vec::new();
        let mut part = |head: String, content: &[u8]| {
            body.extend_from_slice(
                format!("--x\r\ncontent-disposition: form-data; {head}\r\n\r\n").as_bytes(),
            );
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        };
        let own = [("csrf", csrf.as_str()), ("seen", seen.as_str())];
        for (name, value) in own
            .iter()
            .filter(|(own, _)| !typed.iter().any(|(name, _)| name == own))
            .chain(typed)
        {
            part(format!("name=\"{name}\""), value.as_bytes());
        }
        if let Some((name, content)) = file {
            part(format!("name=\"file\"; filename=\"{name}\""), content);
        }
        body.extend_from_slice(b"--x--\r\n");
        let request = Request::builder()
            .method(Method::POST)
            .uri(to)
            .header("cookie", &who.0)
            .header("content-type", "multipart/form-data; boundary=x")
            .body(Body::from(body))
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
}
