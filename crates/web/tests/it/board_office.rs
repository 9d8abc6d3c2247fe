//! A portal over Phetchabun with the sample year of the board, people who sign in, and forms that are sent as a browser
//! sends them.

use crate::portal::{Answer, NOW, ask};
use actions::accounts::{Cost, Given, NewAccount, SignIn, SignedIn, create_with_password, sign_in};
use actions::live::Live;
use actions::{Ctx, Who};
use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use domain::organisation::{Organisation, OrganisationText};
use domain::people::Role;
use http_body_util::BodyExt;
use std::sync::Arc;
use store::{Kept, Options, Store};
use tempfile::TempDir;
use tower::ServiceExt;
use web::{App, Assets, places};

/// A portal over Phetchabun with the sample year.
pub struct Office {
    pub portal: Router,
    pub store: Store,
    pub live: Arc<Live>,
    ctx: Ctx,
    _folder: TempDir,
}

/// Somebody who is signed in: their cookie.
pub struct Somebody(String);

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
        actions::steps::demo(&store, &mut ctx).await.unwrap();
        let live = Arc::new(Live::load(store.clone()).await.unwrap());
        let app = App::new(places::provinces(), Assets::embedded(), || NOW).with_live(live.clone());
        Self {
            portal: web::router(&app),
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
        Somebody(format!("saithong={}", opened.token))
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
