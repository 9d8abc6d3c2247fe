//! The words of a project put right by two people at once: nobody's words are lost, and nobody writes over them unseen.

use crate::office::{project, record, somebody, with_plan};
use actions::{
    Ctx, Error,
    texts::{EditText, Standing, edit_text, standing},
};
use domain::{
    ids::{OrganisationId, ProjectId},
    organisation::{Organisation, OrganisationText},
    people::Role,
    plan::{Edition, EditionState, EditionText},
    project::{Activity, Listing, Project, ProjectText},
    subject::Subject,
};
use store::{Kept, Store, trail};
use testkit::{TestDatabase, on_both_engines};

pub async fn seen(store: &Store, subject: Subject) -> Standing {
    standing(store, subject).await.unwrap().unwrap()
}

/// Some texts typed anew over those that stand.
pub fn edit(seen: &Standing, typed: &[(&str, &str)]) -> EditText {
    let texts = seen.fields.iter().map(|field| {
        let mut typed = typed.iter().filter(|(name, _)| *name == field.name);
        let text = typed.next().map_or(field.text.as_str(), |(_, text)| text);
        (field.name.clone(), text.to_owned())
    });
    EditText {
        subject: seen.subject,
        revision: seen.revision.clone(),
        texts: texts.collect(),
    }
}

/// The names of the fields of the activities, in their order.
pub fn activities(seen: &Standing) -> Vec<String> {
    let names = seen.fields.iter().map(|field| field.name.clone());
    names.filter(|name| name.starts_with("activity-")).collect()
}

async fn owner(store: &Store, project: ProjectId) -> OrganisationId {
    let kept = store::get::<(Project, ProjectText)>(store, project).await;
    kept.unwrap().unwrap().row.0.owner
}

/// The edition that lists a project, in a state.
pub async fn in_state(store: &Store, ctx: &mut Ctx, project: ProjectId, state: EditionState) {
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
    edition.state = state;
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
        let before = seen(&db.store, Subject::Project(project)).await;
        let last = activities(&before).pop().unwrap();
        let change = edit(&before, &[
            ("target_group", " เด็ก\u{200b}นอกระบบ\u{a0}120 คน "),
            (&last, "เยี่ยมบ้านนักเรียน"),
        ]);
        assert!(edit_text(&db.store, &mut ctx, change).await.unwrap());
        let after = seen(&db.store, before.subject).await;
        assert_eq!((after.text("target_group"), after.text(&last)), ("เด็กนอกระบบ 120 คน", "เยี่ยมบ้านนักเรียน"));
        assert_ne!(after.revision, before.revision);
        assert_eq!(after.by.as_deref(), Some(ctx.actor.as_str()));
        let history = store::history::<(Project, ProjectText)>(&db.store, project).await.unwrap();
        assert_eq!(history.len(), 2);
        assert_eq!(history[0].row.1.target_group.clone().unwrap_or_default(), before.text("target_group"));
        let filter = trail::Filter { act: Some("project.edit_text".to_owned()), ..trail::Filter::default() };
        let events = trail::events(&db.store, "96", 0, 10, &filter).await.unwrap();
        assert_eq!(events.len(), 1, "one event for one act");
        let payload = events[0].payload.as_deref().unwrap();
        assert!(payload.contains("เยี่ยมบ้านนักเรียน") && payload.contains("before"), "{payload}");
        assert_eq!(trail::verify(&db.store, None).await.unwrap(), []);
        // The same words again are no change and no event.
        let again = edit(&after, &[]);
        assert!(!edit_text(&db.store, &mut ctx, again).await.unwrap());
        assert_eq!(trail::events(&db.store, "96", 0, 10, &filter).await.unwrap().len(), 1);
    }

    async fn two_people_at_once_and_the_second_is_told_and_overwrites_nothing(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let project = project(&db.store, "PRJ2569-012").await;
        let subject = Subject::Project(project);
        let owner = owner(&db.store, project).await;
        let mut first = somebody(&db.store, &mut ctx, Role::Coordinator, owner).await;
        let mut second = somebody(&db.store, &mut ctx, Role::Coordinator, owner).await;
        let both_saw = seen(&db.store, subject).await;
        let one = edit(&both_saw, &[("note", "ของคนแรก")]);
        let other = edit(&both_saw, &[("note", "ของคนที่สอง")]);
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
        assert_eq!(issue.code, "text.changed_since_seen");
        assert_eq!(issue.args, [("by", winner.actor.as_str().into())]);
        let stands = seen(&db.store, subject).await;
        let expected = if one.is_ok() { "ของคนแรก" } else { "ของคนที่สอง" };
        assert_eq!(stands.text("note"), expected);
        // Having seen it, they keep theirs on top; the history has both.
        let mine = edit(&stands, &[("note", "ตกลงร่วมกัน")]);
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
        let both_saw = seen(&db.store, Subject::Project(project)).await;
        let rename = edit(&both_saw, &[(&activities(&both_saw)[0], "ชื่อใหม่")]);
        edit_text(&db.store, &mut ctx, rename).await.unwrap();
        let late = edit(&both_saw, &[("target_group", "ครู")]);
        let late = edit_text(&db.store, &mut ctx, late).await;
        assert!(matches!(late, Err(Error::Stale(_))), "{late:?}");
    }

    async fn the_title_is_fixed_from_the_approval_of_an_edition_on(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let project = project(&db.store, "PRJ2569-012").await;
        in_state(&db.store, &mut ctx, project, EditionState::Approved).await;
        let fixed = seen(&db.store, Subject::Project(project)).await;
        let both = edit(&fixed, &[("title", "ชื่อใหม่"), ("note", "หมายเหตุใหม่")]);
        let refused = edit_text(&db.store, &mut ctx, both).await;
        assert!(matches!(&refused, Err(Error::Invalid(issues)) if issues[0].code == "text.is_fixed"), "{refused:?}");
        // What else describes it may still be put right; a form then does not send the title at all.
        let mut note = edit(&fixed, &[("note", "หมายเหตุใหม่")]);
        note.texts.retain(|(name, _)| name != "title");
        assert!(edit_text(&db.store, &mut ctx, note).await.unwrap());
        in_state(&db.store, &mut ctx, project, EditionState::Draft).await;
        let open = seen(&db.store, Subject::Project(project)).await;
        assert!(edit_text(&db.store, &mut ctx, edit(&open, &[("title", "ชื่อใหม่")])).await.unwrap());
        let after = seen(&db.store, open.subject).await;
        assert_eq!((after.text("title"), after.text("note")), ("ชื่อใหม่", "หมายเหตุใหม่"));
    }

    async fn everything_that_is_wrong_with_the_words_is_said_at_once(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let project = project(&db.store, "PRJ2569-012").await;
        with_activities(&db.store, &mut ctx, project).await;
        let before = seen(&db.store, Subject::Project(project)).await;
        let mut wrong = edit(&before, &[
            ("title", "\u{200b} "),
            ("note", &"ก".repeat(5_001)),
            ("target_group", "เด็ก\u{fffd}"),
        ]);
        wrong.texts.pop();
        let Err(Error::Invalid(issues)) = edit_text(&db.store, &mut ctx, wrong).await else { panic!("taken") };
        let codes: Vec<_> = issues.iter().map(|issue| issue.code).collect();
        assert_eq!(codes, ["text.needed", "text.damaged", "text.too_long", "text.other_fields"]);
        let mut more = edit(&before, &[("note", "ใหม่")]);
        more.texts.push(("code".to_owned(), "PRJ-1".to_owned()));
        let refused = edit_text(&db.store, &mut ctx, more).await;
        assert!(matches!(&refused, Err(Error::Invalid(issues)) if issues[0].code == "text.other_fields"), "{refused:?}");
        assert_eq!(seen(&db.store, before.subject).await.revision, before.revision);
    }

    async fn another_agency_may_not_put_words_right(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let project = project(&db.store, "PRJ2569-012").await;
        let owner = owner(&db.store, project).await;
        let all: Vec<Kept<(Organisation, OrganisationText)>> = store::all(&db.store).await.unwrap();
        let other = all.into_iter().map(|kept| kept.row).find(|(it, text)| it.id != owner && text.province.as_deref() == Some("67"));
        let mut stranger = somebody(&db.store, &mut ctx, Role::Coordinator, other.unwrap().0.id).await;
        let before = seen(&db.store, Subject::Project(project)).await;
        let refused = edit_text(&db.store, &mut stranger, edit(&before, &[("note", "ของคนอื่น")])).await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
        assert_eq!(seen(&db.store, before.subject).await.revision, before.revision);
    }
}
