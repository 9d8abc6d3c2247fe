//! The words of a project put right by two people at once: nobody's words are lost, and nobody writes over them unseen.

use crate::office::{project, with_plan};
use actions::{
    Ctx, Error, Who,
    projects::{EditText, Standing, Words, edit_text, standing},
};
use domain::{
    ids::{GrantId, OrganisationId, PersonId, ProjectId},
    organisation::{Organisation, OrganisationText},
    people::{Grant, Person, Role},
    plan::{Edition, EditionState, EditionText},
    project::{Activity, Listing, Project, ProjectText},
};
use store::{Kept, New, Store, trail};
use testkit::{TestDatabase, on_both_engines};

async fn seen(store: &Store, project: ProjectId) -> Standing {
    standing(store, project).await.unwrap().unwrap()
}

fn edit(project: ProjectId, seen: &Standing, change: impl FnOnce(&mut Words)) -> EditText {
    let mut words = seen.words.clone();
    change(&mut words);
    EditText {
        project,
        revision: seen.revision.clone(),
        words,
    }
}

async fn record<R: store::Row>(store: &Store, ctx: &mut Ctx, row: R) {
    let tx = store.begin().await.unwrap();
    let at = ctx.now();
    let version = ctx.id();
    let new = New {
        version,
        provenance: None,
        row,
    };
    store::record(&tx, at, [new]).await.unwrap();
    tx.commit().await.unwrap();
}

/// A coordinator of an organisation, and a context in their name.
async fn coordinator(store: &Store, ctx: &mut Ctx, organisation: OrganisationId) -> Ctx {
    let person: PersonId = ctx.id();
    let row = Person {
        id: person,
        account: format!("example-{person}"),
        name: "ตัวอย่าง ผู้ประสาน".to_owned(),
        position: None,
        left: None,
    };
    record(store, ctx, row).await;
    let id: GrantId = ctx.id();
    let row = Grant {
        id,
        person,
        role: Role::Coordinator,
        organisation,
        valid_from: None,
        valid_to: None,
    };
    record(store, ctx, row).await;
    // Their own random bytes: no two people draw the same.
    let mut drawn = u64::from_be_bytes(ctx.secret());
    let start = ctx.now().0;
    let mut looked = 0;
    let mut theirs = Ctx::new(
        format!("ตัวอย่าง {person}"),
        move || {
            looked += 1_000_000;
            domain::time::Moment(start + looked)
        },
        move |bytes| {
            for chunk in bytes.chunks_mut(8) {
                drawn = drawn
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(person.0.as_u128() as u64 | 1);
                chunk.copy_from_slice(&drawn.to_be_bytes()[..chunk.len()]);
            }
        },
    );
    theirs.who = Who::Person(person);
    theirs
}

async fn owner(store: &Store, project: ProjectId) -> OrganisationId {
    let kept = store::get::<(Project, ProjectText)>(store, project).await;
    kept.unwrap().unwrap().row.0.owner
}

/// An edition as its draft was: titles are open.
async fn as_draft(store: &Store, ctx: &mut Ctx, project: ProjectId) {
    let listings = store::of::<Listing, ProjectId>(store, &[project])
        .await
        .unwrap();
    let node =
        store::get::<(domain::plan::Node, domain::plan::NodeText)>(store, listings[0].row.node)
            .await;
    let edition = node.unwrap().unwrap().row.0.edition;
    let kept = store::get::<(Edition, EditionText)>(store, edition)
        .await
        .unwrap()
        .unwrap();
    let (mut edition, text) = kept.row;
    edition.state = EditionState::Draft;
    record(store, ctx, (edition, text)).await;
}

/// Two activities for a project.
async fn with_activities(store: &Store, ctx: &mut Ctx, project: ProjectId) {
    for position in 1..=2 {
        let id = ctx.id();
        let title = format!("กิจกรรมตัวอย่างที่ {position}");
        record(
            store,
            ctx,
            Activity {
                id,
                project,
                position,
                title,
            },
        )
        .await;
    }
}

on_both_engines! {
    async fn words_are_put_right_in_one_event_and_the_history_keeps_what_was_printed(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let project = project(&db.store, "PRJ2569-012").await;
        with_activities(&db.store, &mut ctx, project).await;
        let before = seen(&db.store, project).await;
        let change = edit(project, &before, |words| {
            words.target_group = Some(" เด็ก\u{200b}นอกระบบ\u{a0}120 คน ".to_owned());
            words.activities.last_mut().unwrap().1 = "เยี่ยมบ้านนักเรียน".to_owned();
        });
        assert!(edit_text(&db.store, &mut ctx, change).await.unwrap());
        let after = seen(&db.store, project).await;
        assert_eq!(after.words.target_group.as_deref(), Some("เด็กนอกระบบ 120 คน"));
        assert_eq!(after.words.activities.last().unwrap().1, "เยี่ยมบ้านนักเรียน");
        assert_eq!(after.words.title, before.words.title);
        assert_ne!(after.revision, before.revision);
        assert_eq!(after.by.as_deref(), Some(ctx.actor.as_str()));
        let history = store::history::<(Project, ProjectText)>(&db.store, project).await.unwrap();
        assert_eq!(history.len(), 2);
        assert_eq!(history[0].row.1.target_group, before.words.target_group);
        let about = trail::Subject { kind: "project".to_owned(), id: project.to_string() };
        let filter = trail::Filter { subject: Some(about), ..trail::Filter::default() };
        let events = trail::events(&db.store, "96", 0, 10, &filter).await.unwrap();
        assert_eq!(events.len(), 1);
        let told: serde_json::Value = serde_json::from_str(events[0].payload.as_deref().unwrap()).unwrap();
        assert_eq!(told["after"]["target_group"], "เด็กนอกระบบ 120 คน");
        assert_eq!(told["before"]["activities"][0][1], before.words.activities[0].1);
        assert_eq!(trail::verify(&db.store, None).await.unwrap(), []);
        // The same words again are no change and no event.
        let again = edit(project, &after, |_| {});
        assert!(!edit_text(&db.store, &mut ctx, again).await.unwrap());
        assert_eq!(trail::events(&db.store, "96", 0, 10, &filter).await.unwrap().len(), 1);
    }

    async fn two_people_at_once_and_the_second_is_told_and_overwrites_nothing(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let project = project(&db.store, "PRJ2569-012").await;
        let owner = owner(&db.store, project).await;
        let mut first = coordinator(&db.store, &mut ctx, owner).await;
        let mut second = coordinator(&db.store, &mut ctx, owner).await;
        let both_saw = seen(&db.store, project).await;
        let one = edit(project, &both_saw, |words| words.note = Some("ของคนแรก".to_owned()));
        let other = edit(project, &both_saw, |words| words.note = Some("ของคนที่สอง".to_owned()));
        let elsewhere = db.open_again().await;
        let (one, other) = tokio::join!(
            edit_text(&db.store, &mut first, one),
            edit_text(&elsewhere, &mut second, other.clone())
        );
        // Whoever came first stands; the other is told by whom, and nothing of theirs was recorded.
        let (winner, loser) = match (&one, &other) {
            (Ok(true), Err(error)) => (&first, error),
            (Err(error), Ok(true)) => (&second, error),
            both => panic!("{both:?}"),
        };
        let Error::Stale(issue) = loser else { panic!("{loser:?}") };
        assert_eq!(issue.code, "project.changed_since_seen");
        assert_eq!(issue.args, [("by", winner.actor.as_str().into())]);
        let stands = seen(&db.store, project).await;
        let expected = if one.is_ok() { "ของคนแรก" } else { "ของคนที่สอง" };
        assert_eq!(stands.words.note.as_deref(), Some(expected));
        // Having seen it, they keep theirs on top; the history has both.
        let mine = edit(project, &stands, |words| words.note = Some("ตกลงร่วมกัน".to_owned()));
        assert!(edit_text(&db.store, &mut second, mine).await.unwrap());
        let history = store::history::<(Project, ProjectText)>(&db.store, project).await.unwrap();
        let notes: Vec<_> = history.into_iter().skip(1).map(|kept| kept.row.1.note.unwrap()).collect();
        assert_eq!(notes, [expected, "ตกลงร่วมกัน"]);
        assert_eq!(trail::verify(&db.store, None).await.unwrap(), []);
    }

    async fn an_activity_that_somebody_renamed_meanwhile_is_a_conflict_too(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let project = project(&db.store, "PRJ2569-012").await;
        with_activities(&db.store, &mut ctx, project).await;
        let both_saw = seen(&db.store, project).await;
        let rename = edit(project, &both_saw, |words| words.activities[0].1 = "ชื่อใหม่".to_owned());
        edit_text(&db.store, &mut ctx, rename).await.unwrap();
        let late = edit(project, &both_saw, |words| words.target_group = Some("ครู".to_owned()));
        let late = edit_text(&db.store, &mut ctx, late).await;
        assert!(matches!(late, Err(Error::Stale(_))), "{late:?}");
    }

    async fn the_title_is_fixed_from_the_approval_of_an_edition_on(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let project = project(&db.store, "PRJ2569-012").await;
        let before = seen(&db.store, project).await;
        let retitle = |seen: &Standing| edit(project, seen, |words| words.title = "ชื่อใหม่".to_owned());
        if !before.title_is_open {
            let fixed = edit_text(&db.store, &mut ctx, retitle(&before)).await;
            assert!(matches!(&fixed, Err(Error::Invalid(issues)) if issues[0].code == "project.title_is_fixed"), "{fixed:?}");
            as_draft(&db.store, &mut ctx, project).await;
        }
        let open = seen(&db.store, project).await;
        assert!(open.title_is_open);
        assert!(edit_text(&db.store, &mut ctx, retitle(&open)).await.unwrap());
        assert_eq!(seen(&db.store, project).await.words.title, "ชื่อใหม่");
    }

    async fn everything_that_is_wrong_with_the_words_is_said_at_once(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let project = project(&db.store, "PRJ2569-012").await;
        with_activities(&db.store, &mut ctx, project).await;
        as_draft(&db.store, &mut ctx, project).await;
        let before = seen(&db.store, project).await;
        let wrong = edit(project, &before, |words| {
            words.title = "\u{200b} ".to_owned();
            words.note = Some("ก".repeat(5_001));
            words.target_group = Some("เด็ก\u{fffd}".to_owned());
            words.activities.pop();
        });
        let Err(Error::Invalid(issues)) = edit_text(&db.store, &mut ctx, wrong).await else { panic!("taken") };
        let codes: Vec<_> = issues.iter().map(|issue| issue.code).collect();
        assert_eq!(codes, [
            "project.title_needed", "project.text_damaged", "project.text_too_long", "project.other_activities",
        ]);
        assert_eq!(seen(&db.store, project).await.revision, before.revision);
    }

    async fn another_agency_may_not_put_words_right(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let project = project(&db.store, "PRJ2569-012").await;
        let owner = owner(&db.store, project).await;
        let all: Vec<Kept<(Organisation, OrganisationText)>> = store::all(&db.store).await.unwrap();
        let other = all.into_iter().map(|kept| kept.row).find(|(it, text)| it.id != owner && text.province.as_deref() == Some("67"));
        let mut stranger = coordinator(&db.store, &mut ctx, other.unwrap().0.id).await;
        let before = seen(&db.store, project).await;
        let change = edit(project, &before, |words| words.note = Some("ของคนอื่น".to_owned()));
        let refused = edit_text(&db.store, &mut stranger, change).await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
        assert_eq!(seen(&db.store, project).await.revision, before.revision);
    }
}
