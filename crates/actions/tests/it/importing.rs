//! Importing a plan once, again, changed, and with a row less.

use crate::office::{import, narathiwat, project, snapshot, with_plan};
use domain::{project::Stage, time::FiscalYear};
use std::{fs, path::Path};
use store::trail;
use tempfile::TempDir;
use testkit::{TestDatabase, on_both_engines};

/// The plan's folder in a place where it can be changed, with one text replaced in `projects.csv`.
fn changed(from: &str, to: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    for entry in fs::read_dir(narathiwat()).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    edit(folder.path(), from, to);
    folder
}

fn edit(folder: &Path, from: &str, to: &str) {
    let file = folder.join("projects.csv");
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains(from), "{from} is not in projects.csv");
    fs::write(file, text.replacen(from, to, 1)).unwrap();
}

on_both_engines! {
    async fn the_plan_comes_in_whole(db: TestDatabase) {
        with_plan(&db.store).await;
        let snapshot = snapshot(&db.store).await;
        let project = project(&db.store, "PRJ2569-012").await;
        let listing = snapshot.listings_of(project).next().unwrap();
        let edition = snapshot.plans().edition_of_node(listing.node).unwrap().id;

        let listed = snapshot.listed(edition, FiscalYear(2569)).unwrap();
        let tops = listed.rows.iter().filter(|(id, _)| snapshot.plans().node(*id).unwrap().parent.is_none());
        let per_strategy: Vec<_> =
            tops.map(|(_, figures)| (figures.projects, figures.money(Stage::Allotted).unwrap().grouped())).collect();
        assert_eq!(
            per_strategy,
            [
                (16, "35,928,325".to_owned()),
                (11, "4,714,370".to_owned()),
                (8, "416,750".to_owned()),
                (4, "256,830".to_owned()),
                (4, "509,797".to_owned()),
            ]
        );
        assert_eq!(listed.total.projects, 43);
        assert_eq!(listed.total.money(Stage::Allotted).unwrap().grouped(), "41,826,072");
        assert_eq!(listed.total.money(Stage::Disbursed), None, "nothing was reported: missing, not zero");
        assert_eq!(snapshot.projects().flat_map(|p| snapshot.links_of(p.id).collect::<Vec<_>>()).count(), 43);
    }

    async fn the_same_file_again_records_nothing(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let before = trail::heads(&db.store).await.unwrap();
        let again = import(&db.store, &mut ctx, &narathiwat()).await;
        assert!(again.outcome.values().all(|tally| tally.added + tally.changed == 0), "{:?}", again.outcome);
        assert!(again.outcome.values().all(|tally| tally.missing.is_empty()), "{:?}", again.outcome);
        assert_eq!(trail::heads(&db.store).await.unwrap(), before);
    }

    async fn one_changed_row_is_one_new_recorded_row_and_the_past_stays_readable(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let before = ctx.now();
        let folder = changed(",107000,", ",207000,");
        let outcome = import(&db.store, &mut ctx, folder.path()).await.outcome;
        assert_eq!((outcome["budget_line"].added, outcome["budget_line"].changed), (0, 1));
        // The total that the list prints stands with the project.
        assert_eq!((outcome["project"].changed, outcome["project"].unchanged), (1, 42));

        let total = async |as_of| {
            let facts = db.store.facts(as_of).await.unwrap();
            facts.amounts.iter().map(|amount| amount.satang).sum::<domain::money::Satang>().grouped()
        };
        assert_eq!(total(Some(before)).await, "41,826,072");
        assert_eq!(total(None).await, "41,926,072");
        assert_eq!(trail::verify(&db.store, None).await.unwrap(), []);
    }

    async fn a_row_missing_from_the_file_is_reported_and_stays(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let folder = changed("PRJ2569-043,", "PRJ2569-099,");
        // The label of the project that is gone would name nothing: it goes, too.
        let labels = folder.path().join("sdg4_labels.csv");
        let kept = fs::read_to_string(&labels).unwrap().replace("PRJ2569-043,", "PRJ2569-099,");
        fs::write(labels, kept).unwrap();
        let outcome = import(&db.store, &mut ctx, folder.path()).await.outcome;
        assert_eq!(outcome["project"].missing, ["PRJ2569-043"]);
        assert_eq!(outcome["project"].added, 1);
        project(&db.store, "PRJ2569-043").await;
    }

    async fn a_project_moved_to_another_strategy_is_listed_once(db: TestDatabase) {
        let mut ctx = with_plan(&db.store).await;
        let folder = changed("Thailand Zero Dropout,2569,1,", "Thailand Zero Dropout,2569,2,");
        let outcome = import(&db.store, &mut ctx, folder.path()).await.outcome;
        assert_eq!((outcome["listing"].added, outcome["listing"].changed), (0, 1));
        let snapshot = snapshot(&db.store).await;
        let project = project(&db.store, "PRJ2569-012").await;
        assert_eq!(snapshot.listings_of(project).count(), 1);
    }
}
