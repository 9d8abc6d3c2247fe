//! The words of plans put right: while an edition is a draft all of them, afterwards only what it does not print.

use crate::{
    editing::{edit, in_state, seen},
    office::{import, narathiwat as narathiwat_files, project, read, somebody, target, with_plan},
};
use actions::{Ctx, Error, texts::edit_text};
use domain::{
    ids::{EditionId, NodeId},
    indicator::{Indicator, IndicatorText},
    people::Role,
    plan::{Edition, EditionState, EditionText, Node, NodeText, Plan},
    subject::Subject,
};
use store::{Kept, Store, trail};
use testkit::{TestDatabase, on_both_engines};

/// The plan of Narathiwat: its edition and an element that is an indicator.
async fn narathiwat(store: &Store) -> (Edition, NodeId) {
    let plan = store::texts::plan(store, "narathiwat-2569")
        .await
        .unwrap()
        .unwrap();
    let editions: Vec<Kept<(Edition, EditionText)>> =
        store::of(store, &[plan.row.id]).await.unwrap();
    let edition = editions[0].row.0;
    let nodes: Vec<Kept<(Node, NodeText)>> = store::of(store, &[edition.id]).await.unwrap();
    let indicator = nodes
        .iter()
        .find(|kept| kept.row.0.kind.is_indicator())
        .unwrap();
    (edition, indicator.row.0.id)
}

async fn approved(store: &Store, ctx: &mut Ctx) {
    let project = project(store, "PRJ2569-012").await;
    in_state(store, ctx, project, EditionState::Approved).await;
}

async fn label(store: &Store, edition: EditionId) -> String {
    let kept = store::get::<(Edition, EditionText)>(store, edition).await;
    kept.unwrap().unwrap().row.1.label
}

on_both_engines! {
    async fn the_words_of_an_element_and_its_indicator_are_put_right_in_one_event(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let (edition, node) = narathiwat(&db.store).await;
        let owner = edition.owner.unwrap();
        let mut planner = somebody(&db.store, &mut ctx, Role::Coordinator, owner).await;
        let before = seen(&db.store, Subject::Node(node)).await;
        let change = edit(&before, &[
            ("name_th", "ร้อยละของผู้เรียนที่อ่านออก\nเขียนได้"),
            ("name_en", "Learners who read"),
            ("numerator", "ผู้เรียนที่อ่านออกเขียนได้"),
        ]);
        assert!(edit_text(&db.store, &mut planner, change).await.unwrap());
        let (stands, text) = store::get::<(Node, NodeText)>(&db.store, node).await.unwrap().unwrap().row;
        assert_eq!(text.name_th, "ร้อยละของผู้เรียนที่อ่านออก เขียนได้");
        assert_eq!((text.name_en.as_deref(), stands.edition), (Some("Learners who read"), edition.id));
        let indicator = store::get::<(Indicator, IndicatorText)>(&db.store, node).await.unwrap().unwrap();
        assert_eq!(indicator.row.1.numerator.as_deref(), Some("ผู้เรียนที่อ่านออกเขียนได้"));
        assert_eq!(store::history::<(Node, NodeText)>(&db.store, node).await.unwrap().len(), 2);
        let filter = trail::Filter { act: Some("plan.edit_text".to_owned()), ..trail::Filter::default() };
        let events = trail::events(&db.store, "96", 0, 10, &filter).await.unwrap();
        assert_eq!(events.len(), 1);
        assert_eq!(events[0].subject.id, node.to_string());
        assert_eq!(trail::verify(&db.store, None).await.unwrap(), []);
        // Who still has the form from before is told, and writes over nothing.
        let late = edit(&before, &[("name_en", "Reading")]);
        let late = edit_text(&db.store, &mut ctx, late).await;
        assert!(matches!(late, Err(Error::Stale(issue)) if issue.code == "text.changed_since_seen"));
    }

    async fn what_an_approved_edition_prints_is_fixed_and_its_english_name_is_not(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let (_, node) = narathiwat(&db.store).await;
        approved(&db.store, &mut ctx).await;
        let before = seen(&db.store, Subject::Node(node)).await;
        let printed = edit(&before, &[("name_th", "ชื่อใหม่"), ("numerator", "ตัวตั้งใหม่")]);
        let Err(Error::Invalid(issues)) = edit_text(&db.store, &mut ctx, printed).await else { panic!("taken") };
        let codes: Vec<_> = issues.iter().map(|issue| issue.code).collect();
        assert_eq!(codes, ["text.is_fixed", "text.is_fixed"]);
        assert!(edit_text(&db.store, &mut ctx, edit(&before, &[("name_en", "A translation")])).await.unwrap());
    }

    async fn the_name_of_a_plan_and_the_label_of_a_draft_are_put_right(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let (edition, _) = narathiwat(&db.store).await;
        let subject = Subject::Edition(edition.id);
        let before = seen(&db.store, subject).await;
        let change = edit(&before, &[("name_th", "แผนปฏิบัติราชการ (แก้ไข)"), ("label", "2569 ฉบับปรับปรุง")]);
        assert!(edit_text(&db.store, &mut ctx, change).await.unwrap());
        let plan = store::get::<Plan>(&db.store, edition.plan).await.unwrap().unwrap().row;
        assert_eq!(plan.name_th, "แผนปฏิบัติราชการ (แก้ไข)");
        assert_eq!(label(&db.store, edition.id).await, "2569 ฉบับปรับปรุง");
        approved(&db.store, &mut ctx).await;
        let fixed = seen(&db.store, subject).await;
        let both = edit(&fixed, &[("name_th", "ชื่อใหม่"), ("label", "ใหม่"), ("name_en", "Action plan")]);
        let Err(Error::Invalid(issues)) = edit_text(&db.store, &mut ctx, both).await else { panic!("taken") };
        assert_eq!(issues.len(), 2, "{issues:?}");
        assert!(edit_text(&db.store, &mut ctx, edit(&fixed, &[("name_en", "Action plan")])).await.unwrap());
    }

    async fn two_editions_of_one_plan_would_have_had_one_label(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let (edition, _) = narathiwat(&db.store).await;
        let other = Edition { id: ctx.id(), from_year: Some(2570), to_year: Some(2570), ..edition };
        let text = EditionText { label: "2570".to_owned() };
        crate::office::record(&db.store, &mut ctx, (other, text)).await;
        let before = seen(&db.store, Subject::Edition(edition.id)).await;
        let same = edit_text(&db.store, &mut ctx, edit(&before, &[("label", " 2570 ")])).await;
        let Err(Error::Invalid(issues)) = same else { panic!("{same:?}") };
        assert_eq!(issues[0].code, "text.label_taken");
        let nothing = edit_text(&db.store, &mut ctx, edit(&before, &[("label", " ")])).await;
        assert!(matches!(nothing, Err(Error::Invalid(issues)) if issues[0].code == "text.needed"));
    }

    async fn the_words_of_a_national_framework_are_not_for_a_province_to_change(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let (edition, _) = narathiwat(&db.store).await;
        let mut planner = somebody(&db.store, &mut ctx, Role::Planner, edition.owner.unwrap()).await;
        let (node, _) = target(&db.store, "4.1").await;
        let before = seen(&db.store, Subject::Node(node)).await;
        let change = edit(&before, &[("name_en", "Quality")]);
        let refused = edit_text(&db.store, &mut planner, change.clone()).await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
        assert!(edit_text(&db.store, &mut ctx, change).await.unwrap());
        let told = trail::events(&db.store, actions::NATIONAL, 0, 100, &trail::Filter::default()).await.unwrap();
        assert_eq!(told.last().unwrap().act, "plan.edit_text");
    }

    async fn the_next_import_wrote_over_the_words_of_a_plan_that_a_person_put_right(db: TestDatabase) {
        let store = &db.store;
        let mut ctx = with_plan(store).await;
        let (edition, node) = narathiwat(store).await;
        let indicator = edit(&seen(store, Subject::Node(node)).await, &[
            ("name_th", "ชื่อที่แก้ไข"), ("name_en", "As corrected"), ("numerator", "ผู้เรียนที่อ่านออก"),
        ]);
        assert!(edit_text(store, &mut ctx, indicator).await.unwrap());
        let plan = edit(&seen(store, Subject::Edition(edition.id)).await, &[
            ("name_th", "แผนที่แก้ไข"), ("label", "ฉบับที่แก้ไข"),
        ]);
        assert!(edit_text(store, &mut ctx, plan).await.unwrap());
        let words = async || {
            let indicator = store::get::<(Indicator, IndicatorText)>(store, node).await;
            let node = store::get::<(Node, NodeText)>(store, node).await.unwrap().unwrap().row.1;
            let plan = store::get::<Plan>(store, edition.plan).await.unwrap().unwrap().row.name_th;
            (node.name_th, node.name_en, indicator.unwrap().unwrap().row.1.numerator, plan)
        };
        let corrected = words().await;
        assert_eq!(corrected.0, "ชื่อที่แก้ไข");
        let heads = trail::heads(store).await.unwrap();
        // The file as it was: nothing is recorded, and no second edition stands beside the one with the new label.
        let again = import(store, &mut ctx, &narathiwat_files()).await;
        assert_eq!(words().await, corrected);
        assert_eq!(label(store, edition.id).await, "ฉบับที่แก้ไข");
        assert_eq!(trail::heads(store).await.unwrap(), heads, "{:?}", again.outcome);
        for kind in ["node", "indicator", "plan", "edition"] {
            assert_eq!((kind, again.outcome[kind].corrected), (kind, 1));
        }
        // A file that has other words by now: both are told, and those of the person stay.
        let mut file = read(&narathiwat_files()).plan;
        file.header.as_mut().unwrap().value.name_th = "แผนอีกชื่อหนึ่ง".to_owned();
        let told = actions::plans::import(store, &mut ctx, &file, "narathiwat-2569").await.unwrap();
        assert_eq!(words().await, corrected);
        let issues: Vec<_> = told.advice.iter().filter(|it| it.code == "import.words_corrected").collect();
        assert_eq!(issues.len(), 1, "{:?}", told.advice);
        assert!(issues[0].args.contains(&("found", "แผนอีกชื่อหนึ่ง".into())));
        assert_eq!(trail::verify(store, None).await.unwrap(), []);
    }
}
