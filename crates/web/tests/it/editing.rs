//! Acts from the page of a project: its words put right by two people at once, a link decided on, a finding waived.

use crate::demo::{Demo, demo};
use crate::pages::between;
use crate::portal::{Answer, NOW, ask, get, plain};
use actions::Ctx;
use actions::accounts::{Cost, Given, NewAccount, create_with_password};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use domain::ids::{OrganisationId, SessionId};
use domain::people::Role;
use domain::time::Moment;
use http_body_util::BodyExt;
use sha2::{Digest, Sha256};
use store::accounts::Session;
use tower::ServiceExt;

const PROJECT: &str = "/narathiwat/projects/narathiwat-2569/PRJ2569-012";

/// Thirty-two times the same byte, as a cookie writes them.
const TOKENS: [(u8, &str); 3] = [
    (0x00, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
    (0x55, "VVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVU"),
    (0xff, "__________________________________________8"),
];

/// The portal, and who of the project's owner is signed in.
struct Office {
    demo: Demo,
    ctx: Ctx,
    owner: OrganisationId,
    sessions: usize,
}

impl Office {
    async fn open() -> Self {
        let demo = demo().await;
        let project = demo
            .live
            .project("narathiwat-2569", "PRJ2569-012")
            .await
            .unwrap()
            .unwrap();
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
        Self {
            demo,
            ctx,
            owner: project.row.0.owner,
            sessions: 0,
        }
    }

    /// Somebody with a role at the owner, and the cookie of their session.
    async fn somebody(&mut self, account: &str, role: Role) -> String {
        let new = NewAccount {
            account: account.to_owned(),
            name: format!("ตัวอย่าง {account}"),
            position: None,
            roles: vec![Given {
                role,
                organisation: self.owner,
            }],
        };
        let person = create_with_password(&self.demo.store, &mut self.ctx, new, None)
            .await
            .unwrap()
            .person;
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
        let tx = self.demo.store.begin().await.unwrap();
        store::accounts::open_session(&tx, &session, &Sha256::digest([byte; 32]).into())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        format!("saithong={token}")
    }

    /// The people to come are of another organisation.
    async fn at(&mut self, code: &str) {
        let found = store::texts::organisations(&self.demo.store, code).await;
        self.owner = found.unwrap()[0].row.0.id;
    }

    async fn get(&self, who: &str, path: &str) -> Answer {
        ask(&self.demo.portal, Method::GET, path, &[("cookie", who)]).await
    }

    async fn send(&self, who: &str, to: &str, fields: &[(String, String)]) -> Answer {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(fields);
        let request = Request::builder()
            .method(Method::POST)
            .uri(to)
            .header("cookie", who)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(body.finish()))
            .unwrap();
        let response = self.demo.portal.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        Answer {
            status: parts.status,
            headers: parts.headers,
            bytes,
        }
    }
}

/// The hidden and the written fields of the `nth` form to an address, as a browser would send them back.
fn form(page: &str, to: &str, nth: usize) -> Vec<(String, String)> {
    let start = format!("action=\"{to}\"");
    let rest = page
        .split(&start)
        .nth(nth + 1)
        .unwrap_or_else(|| panic!("no form to {to}"));
    let form = rest.split("</form>").next().unwrap();
    let readable = |text: &str| {
        text.replace("&quot;", "\"")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
    };
    let mut fields = Vec::new();
    for input in between(form, "<input", ">") {
        let attribute = |name: &str| {
            between(input, &format!(" {name}=\""), "\"")
                .first()
                .map(|it| readable(it))
        };
        fields.push((
            attribute("name").unwrap(),
            attribute("value").unwrap_or_default(),
        ));
    }
    for area in between(form, "<textarea", "</textarea>") {
        let name = between(area, " name=\"", "\"")[0];
        fields.push((
            name.to_owned(),
            readable(area.split_once('>').unwrap().1.trim()),
        ));
    }
    fields
}

/// The fields with some of them filled in otherwise.
fn with(fields: &[(String, String)], typed: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut fields = fields.to_vec();
    for (name, text) in typed {
        match fields.iter_mut().find(|(field, _)| field == name) {
            Some((_, value)) => *value = (*text).to_owned(),
            None => fields.push(((*name).to_owned(), (*text).to_owned())),
        }
    }
    fields
}

#[tokio::test]
async fn two_people_put_words_right_at_once_and_see_both_versions() {
    let mut office = Office::open().await;
    let first = office.somebody("first", Role::Coordinator).await;
    let second = office.somebody("second", Role::Coordinator).await;
    let edit = format!("{PROJECT}/edit");
    assert!(
        office
            .get(&first, PROJECT)
            .await
            .text()
            .contains(&format!("href=\"{edit}\""))
    );
    let page = office.get(&first, &edit).await;
    assert_eq!(page.status, StatusCode::OK);
    let (one, other) = (
        form(&page.text(), &edit, 0),
        form(&office.get(&second, &edit).await.text(), &edit, 0),
    );
    let done = office
        .send(&first, &edit, &with(&one, &[("note", "หมายเหตุของคนแรก")]))
        .await;
    assert_eq!(
        (done.status, done.header("location")),
        (StatusCode::SEE_OTHER, PROJECT)
    );
    // The second one is told, sees both, and nothing was written over.
    let late = with(
        &other,
        &[
            ("note", "หมายเหตุของคนที่สอง"),
            ("target_group", "ครูและผู้ปกครอง"),
        ],
    );
    let told = office.send(&second, &edit, &late).await;
    assert_eq!(told.status, StatusCode::CONFLICT);
    let shown = told.main();
    for words in [
        "first แก้ไขโครงการนี้ไปแล้ว",
        "หมายเหตุของคนแรก",
        "หมายเหตุของคนที่สอง",
        "ครูและผู้ปกครอง",
        "ใช้ฉบับของฉัน",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    assert!(
        get(&office.demo.portal, PROJECT)
            .await
            .main()
            .contains("หมายเหตุของคนแรก")
    );
    // "Keep mine" is one press: what was typed, on top of what stands now.
    let mine = form(&told.text(), &edit, 0);
    let kept = office.send(&second, &edit, &mine).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.main());
    let stands = get(&office.demo.portal, PROJECT).await.main();
    assert!(
        stands.contains("หมายเหตุของคนที่สอง") && stands.contains("ครูและผู้ปกครอง"),
        "{stands}"
    );
    assert!(
        !stands.contains("แก้ไขข้อความ"),
        "the public is offered nothing"
    );
}

#[tokio::test]
async fn a_link_is_decided_on_the_page_of_its_project_and_not_over_another_decision() {
    let mut office = Office::open().await;
    let approver = office.somebody("approver", Role::Approver).await;
    let coordinator = office.somebody("coordinator", Role::Coordinator).await;
    let page = office.get(&approver, PROJECT).await.text();
    let actions = between(&page, "action=\"", "\"");
    let to = actions
        .iter()
        .find(|to| to.contains("/links/"))
        .unwrap()
        .to_string();
    let seen = form(&page, &to, 0);
    let silent = office
        .send(
            &approver,
            &to,
            &with(&seen, &[("decision", "approve"), ("reason", " ")]),
        )
        .await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        silent.main().contains("ต้องระบุเหตุผล") || silent.main().contains("เหตุผล"),
        "{}",
        silent.main()
    );
    let approve = with(
        &seen,
        &[("decision", "approve"), ("reason", "มติคณะทำงาน ๑/๒๕๗๐")],
    );
    assert_eq!(
        office.send(&approver, &to, &approve).await.status,
        StatusCode::SEE_OTHER
    );
    assert!(
        get(&office.demo.portal, PROJECT)
            .await
            .main()
            .contains("มติคณะทำงาน ๑/๒๕๗๐")
    );
    // Who still has the page from before the decision cannot reject unseen.
    let reject = with(&seen, &[("decision", "reject"), ("reason", "ไม่ตรง")]);
    let late = office.send(&approver, &to, &reject).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(
        late.main().contains("มีผู้เปลี่ยนหลังจากที่ท่านเปิดหน้า"),
        "{}",
        late.main()
    );
    assert!(
        late.text().contains("ไม่ตรง"),
        "what was typed is still there"
    );
    // A coordinator proposes and does not decide.
    let page = office.get(&coordinator, PROJECT).await.text();
    assert!(!page.contains("/links/"));
    let csrf = form(&page, "/narathiwat/sign-out", 0);
    let refused = office
        .send(
            &coordinator,
            &to,
            &with(
                &csrf,
                &[
                    ("decision", "reject"),
                    ("seen", "approved"),
                    ("reason", "ลอง"),
                ],
            ),
        )
        .await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_finding_is_waived_with_a_reason_and_an_end() {
    let mut office = Office::open().await;
    let coordinator = office.somebody("coordinator", Role::Coordinator).await;
    assert!(
        !get(&office.demo.portal, PROJECT)
            .await
            .text()
            .contains("/waive\"")
    );
    let page = office.get(&coordinator, PROJECT).await.text();
    let to = between(&page, "href=\"", "\"")
        .into_iter()
        .find(|to| to.ends_with("/waive"))
        .unwrap()
        .to_owned();
    let blank = form(&office.get(&coordinator, &to).await.text(), &to, 0);
    let day = |year: &'static str| {
        [
            ("until-day", "30"),
            ("until-month", "9"),
            ("until-year", year),
        ]
    };
    let wrong = office
        .send(&coordinator, &to, &with(&blank, &day("2560")))
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let said = wrong.main();
    assert!(
        said.contains("ต้องระบุเหตุผลของการยกเว้น") && said.contains("ผ่านไปแล้ว"),
        "{said}"
    );
    let typed = [
        &day("2570")[..],
        &[("reason", "รอแผนฉบับทบทวน"), ("letter", "พช 0032/1")],
    ]
    .concat();
    let waived = office.send(&coordinator, &to, &with(&blank, &typed)).await;
    assert_eq!(
        (waived.status, waived.header("location")),
        (StatusCode::SEE_OTHER, PROJECT)
    );
    assert!(plain(&get(&office.demo.portal, PROJECT).await.text()).contains("รอแผนฉบับทบทวน"));
    let again = office.send(&coordinator, &to, &with(&blank, &typed)).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(
        again.main().contains("มีการยกเว้นอยู่แล้วถึง"),
        "{}",
        again.main()
    );
    // Another agency's findings are not theirs to waive, and a thing that is not there is not found.
    let nothing = to.replace(|c: char| c.is_ascii_digit(), "0");
    assert_eq!(
        office.get(&coordinator, &nothing).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn what_is_found_at_elements_of_a_plan_was_work_of_nobody() {
    let mut office = Office::open().await;
    office.at("narapeo").await;
    let planner = office.somebody("planner", Role::Coordinator).await;
    let work = office.get(&planner, "/narathiwat/work").await.text();
    assert!(work.contains("/findings/DATA-001/node/"));
}
