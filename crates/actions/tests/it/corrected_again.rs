//! Words of a project that a person put right, and the same plan taken in once more.

use crate::{
    editing::{activities, edit, seen},
    folder::{AGENCIES, STRATEGIES, is_row, office, plan_of, take_in},
    office::project,
};
use actions::{Ctx, texts::edit_text};
use domain::{
    issue::{Arg, Severity},
    project::{Activity, Project, ProjectText},
    subject::Subject,
};
use store::{Kept, Store, trail};
use testkit::{TestDatabase, on_both_engines};

/// The files of a plan with one project and two activities.
fn files(title: &str, note: &str, activities: [&str; 2]) -> [(&'static str, String); 5] {
    let projects = format!(
        "code,title,fiscal_year_be,strategy_no,agency_code,budget_baht,note\nP1,{title},2570,1,peo,100,{note}\n"
    );
    let [first, second] = activities;
    [
        ("plan.csv", plan_of(2570)),
        ("agencies.csv", AGENCIES.to_owned()),
        ("strategies.csv", STRATEGIES.to_owned()),
        ("projects.csv", projects),
        (
            "activities.csv",
            format!("project_code,title\nP1,{first}\nP1,{second}\n"),
        ),
    ]
}

async fn import(
    store: &Store,
    ctx: &mut Ctx,
    title: &str,
    note: &str,
    activities: [&str; 2],
) -> actions::plans::Imported {
    let files = files(title, note, activities);
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    let imported = take_in(store, ctx, &files).await;
    assert_eq!(trail::verify(store, None).await.unwrap(), []);
    imported
}

/// A person puts words right: fields by name, activities by their number.
async fn correct(store: &Store, ctx: &mut Ctx, typed: &[(&str, &str)]) {
    let seen = seen(store, Subject::Project(project(store, "P1").await)).await;
    let typed: Vec<(String, &str)> = typed
        .iter()
        .map(|(name, text)| match name.strip_prefix("activity ") {
            Some(number) => (
                activities(&seen)[number.parse::<usize>().unwrap() - 1].clone(),
                *text,
            ),
            None => ((*name).to_owned(), *text),
        })
        .collect();
    let typed: Vec<(&str, &str)> = typed
        .iter()
        .map(|(name, text)| (name.as_str(), *text))
        .collect();
    assert!(edit_text(store, ctx, edit(&seen, &typed)).await.unwrap());
}

/// Title, note and activities as they stand.
async fn words(store: &Store) -> (String, String, Vec<String>) {
    let id = project(store, "P1").await;
    let kept = store::get::<(Project, ProjectText)>(store, id).await;
    let text = kept.unwrap().unwrap().row.1;
    let all: Vec<Kept<Activity>> = store::all(store).await.unwrap();
    let mut all: Vec<Activity> = all.into_iter().map(|kept| kept.row).collect();
    all.sort_by_key(|it| (it.position, it.id));
    let titles = all.into_iter().map(|it| it.title).collect();
    (text.title, text.note.unwrap_or_default(), titles)
}

fn stand(title: &str, note: &str, activities: &[&str]) -> (String, String, Vec<String>) {
    let activities = activities.iter().map(|it| (*it).to_owned()).collect();
    (title.to_owned(), note.to_owned(), activities)
}

fn nothing_recorded(imported: &actions::plans::Imported) -> bool {
    imported
        .outcome
        .values()
        .all(|tally| tally.added + tally.changed + tally.ended == 0 && tally.missing.is_empty())
}

on_both_engines! {
    async fn the_printed_words_were_written_over_what_a_person_put_right(db: TestDatabase) {
        let store = &db.store;
        let mut ctx = office(store).await;
        import(store, &mut ctx, "โครงกาน", "ก", ["อบรม", "นิเทด"]).await;
        correct(store, &mut ctx, &[("title", "โครงการ"), ("activity 2", "นิเทศ")])
        .await;
        let heads = trail::heads(store).await.unwrap();
        let again = import(store, &mut ctx, "โครงกาน", "ก", ["อบรม", "นิเทด"]).await;
        assert_eq!(words(store).await, stand("โครงการ", "ก", &["อบรม", "นิเทศ"]));
        assert!(nothing_recorded(&again), "{:?}", again.outcome);
        assert_eq!((again.outcome["project"].corrected, again.outcome["activity"].corrected), (1, 1));
        assert!(again.advice.iter().all(|it| it.code != "import.words_corrected"), "the file says nothing new");
        assert_eq!(trail::heads(store).await.unwrap(), heads);

        // What nobody put right follows the file; what somebody did stays, through every further import.
        let changed = import(store, &mut ctx, "โครงกาน", "ข", ["นิเทด", "อบรม"]).await;
        assert_eq!(words(store).await, stand("โครงการ", "ข", &["นิเทศ", "อบรม"]));
        assert_eq!(changed.outcome["project"].changed, 1);
        for _ in 0..2 {
            let again = import(store, &mut ctx, "โครงกาน", "ข", ["นิเทด", "อบรม"]).await;
            assert!(nothing_recorded(&again), "{:?}", again.outcome);
        }
        assert_eq!(words(store).await, stand("โครงการ", "ข", &["นิเทศ", "อบรม"]));
        let history = store::history::<(Project, ProjectText)>(store, project(store, "P1").await).await.unwrap();
        let titles: Vec<&str> = history.iter().map(|kept| kept.row.1.title.as_str()).collect();
        assert_eq!(titles, ["โครงกาน", "โครงการ", "โครงการ"]);
    }

    async fn words_that_the_file_changed_too_are_told_with_both_texts_and_the_persons_stay(db: TestDatabase) {
        let store = &db.store;
        let mut ctx = office(store).await;
        import(store, &mut ctx, "โครงกาน", "", ["อบรม", "นิเทศ"]).await;
        correct(store, &mut ctx, &[("title", "โครงการอ่าน")]).await;
        let told = import(store, &mut ctx, "โครงการอ่านเขียน", "ใหม่", ["อบรม", "นิเทศ"]).await;
        assert_eq!(words(store).await, stand("โครงการอ่าน", "ใหม่", &["อบรม", "นิเทศ"]));
        let issues: Vec<_> = told.advice.iter().filter(|it| it.code == "import.words_corrected").collect();
        assert_eq!(issues.len(), 1, "{:?}", told.advice);
        assert!(is_row(&issues[0].at, "projects.csv", 2), "{:?}", issues[0].at);
        assert_eq!(issues[0].severity, Severity::Warning);
        for arg in [("stands", Arg::from("โครงการอ่าน")), ("found", Arg::from("โครงการอ่านเขียน"))] {
            assert!(issues[0].args.contains(&arg), "{:?}", issues[0].args);
        }
        let events = trail::events(store, actions::NATIONAL, 0, 100, &trail::Filter::default()).await.unwrap();
        let payload = events.last().unwrap().payload.clone().unwrap();
        assert!(payload.contains("\"conflicts\":1") && payload.contains("\"corrected\":1"), "{payload}");

        // It is told until somebody takes the words of the file over; from then on the file is followed again.
        let again = import(store, &mut ctx, "โครงการอ่านเขียน", "ใหม่", ["อบรม", "นิเทศ"]).await;
        assert_eq!(again.outcome["project"].conflicts, 1);
        correct(store, &mut ctx, &[("title", "โครงการอ่านเขียน")]).await;
        let settled = import(store, &mut ctx, "โครงการอ่านเขียน", "ใหม่", ["อบรม", "นิเทศ"]).await;
        assert_eq!((settled.outcome["project"].corrected, settled.outcome["project"].conflicts), (0, 0));
        import(store, &mut ctx, "โครงการสาม", "ใหม่", ["อบรม", "นิเทศ"]).await;
        assert_eq!(words(store).await.0, "โครงการสาม");
    }

    async fn a_file_that_took_the_new_title_of_an_activity_over_added_it_once_more(db: TestDatabase) {
        let store = &db.store;
        let mut ctx = office(store).await;
        import(store, &mut ctx, "โครงการ", "", ["อบรม", "นิเทด"]).await;
        correct(store, &mut ctx, &[("activity 2", "นิเทศ")]).await;
        let taken = import(store, &mut ctx, "โครงการ", "", ["อบรม", "นิเทศ"]).await;
        assert_eq!(taken.outcome["activity"].added, 0);
        assert!(taken.outcome["activity"].missing.is_empty(), "{:?}", taken.outcome);
        assert_eq!(words(store).await.2, ["อบรม", "นิเทศ"]);
        // Another title is another activity, as before: both stand, and the one that is gone from the file is told.
        let other = import(store, &mut ctx, "โครงการ", "", ["อบรม", "ประชุม"]).await;
        assert_eq!((other.outcome["activity"].added, other.outcome["activity"].missing.len()), (1, 1));
    }
}
