//! What an import leaves alone, inherits and says, beside what other sources recorded.

use crate::office::{narathiwat, planner, read, with_plan};
use actions::{
    Ctx, Error,
    plans::{Imported, Known, Whence, check},
};
use domain::{
    ids::LineageId,
    issue::Severity,
    organisation::{Organisation, OrganisationText},
    plan::{Edition, EditionText, Node, NodeText},
};
use std::{collections::BTreeMap, fs, path::Path};
use store::{Kept, Store, trail};
use tempfile::TempDir;
use testkit::{TestDatabase, on_both_engines};

/// A plan with one strategy and one project of one agency.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (file, text) in files {
        fs::write(folder.path().join(file), text).unwrap();
    }
    folder
}

const STRATEGIES: (&str, &str) = (
    "strategies.csv",
    "strategy_no,name_th\n1,คุณภาพผู้เรียน (ตัวอย่าง)\n",
);
const PROJECTS: (&str, &str) = (
    "projects.csv",
    "code,title,agency_code,fiscal_year_be,strategy_no\nP-1,โครงการตัวอย่าง,PNBPEO,2569,1\n",
);
const AGENCIES: (&str, &str) = (
    "agencies.csv",
    "agency_code,name_th\nPNBPEO,หน่วยงานตัวอย่าง\n",
);

fn plan(code: &str, province: &str, label: &str) -> String {
    format!(
        "plan_code,name_th,period_from,period_to,province_dopa,edition_label\n{code},แผน (ตัวอย่าง),2569,2569,{province},{label}\n"
    )
}

async fn import(store: &Store, ctx: &mut Ctx, folder: &Path) -> Result<Imported, Error> {
    actions::plans::import(store, ctx, &read(folder).plan, "ตัวอย่าง").await
}

async fn organisations(store: &Store, code: &str) -> Vec<(Organisation, OrganisationText)> {
    let found = store::texts::organisations(store, code).await.unwrap();
    found.into_iter().map(|kept| kept.row).collect()
}

on_both_engines! {
    async fn an_agency_of_a_plan_file_renamed_the_office_of_phetchabun_and_emptied_its_fields(db: TestDatabase) {
        let mut ctx = planner();
        actions::catalogue::record(&db.store, &mut ctx).await.unwrap();
        let before = organisations(&db.store, "PNBPEO").await;
        for (province, known) in [("67", 1), ("", 1), ("96", 2)] {
            let header = plan(&format!("plan-{province}"), province, "");
            let folder = folder(&[("plan.csv", &header), STRATEGIES, AGENCIES, PROJECTS]);
            let imported = import(&db.store, &mut ctx, folder.path()).await.unwrap();
            let codes: Vec<_> = imported.advice.iter().map(|issue| issue.code).collect();
            let other = organisations(&db.store, "PNBPEO").await;
            assert_eq!(other.len(), known, "{province}");
            assert!(other.contains(&before[0]), "{province}: {other:?}");
            match known {
                1 => assert_eq!(codes, ["import.agency_called_otherwise"]),
                _ => assert_eq!(codes, [""; 0], "another province's agency is another agency"),
            }
        }
    }

    async fn a_file_changes_its_own_agency_and_keeps_what_it_does_not_state(db: TestDatabase) {
        let mut ctx = planner();
        let header = plan("plan-96", "96", "");
        let first = ("agencies.csv", "agency_code,name_th,short_name_th\nPNBPEO,ชื่อแรก,ย่อ\n");
        for agencies in [first, AGENCIES] {
            let folder = folder(&[("plan.csv", &header), STRATEGIES, agencies, PROJECTS]);
            import(&db.store, &mut ctx, folder.path()).await.unwrap();
        }
        let (_, text) = organisations(&db.store, "PNBPEO").await.remove(0);
        assert_eq!((text.name_th.as_str(), text.short_name_th.as_deref()), ("หน่วยงานตัวอย่าง", Some("ย่อ")));
        assert_eq!(text.province.as_deref(), Some("96"));
    }

    async fn the_allocated_edition_forgot_what_its_nodes_were_in_the_requested_one(db: TestDatabase) {
        let mut ctx = planner();
        for label in ["ฉบับจัดทำคำของบประมาณ", "ฉบับที่ได้รับจัดสรร"] {
            let header = plan("plan-96", "96", label);
            let folder = folder(&[("plan.csv", &header), STRATEGIES, AGENCIES, PROJECTS]);
            import(&db.store, &mut ctx, folder.path()).await.unwrap();
        }
        let editions: Vec<Kept<(Edition, EditionText)>> = store::all(&db.store).await.unwrap();
        assert_eq!(editions.len(), 2, "two editions of one year are two");
        let nodes: Vec<Kept<(Node, NodeText)>> = store::all(&db.store).await.unwrap();
        let mut lineages: BTreeMap<LineageId, usize> = BTreeMap::new();
        for kept in &nodes {
            *lineages.entry(kept.row.0.lineage).or_default() += 1;
        }
        assert_eq!(lineages.into_values().collect::<Vec<_>>(), [2]);
    }

    async fn an_event_did_not_say_which_files_were_taken_in(db: TestDatabase) {
        let mut ctx = planner();
        actions::catalogue::record(&db.store, &mut ctx).await.unwrap();
        let whence = Whence::at(&narathiwat()).unwrap();
        assert_eq!(whence.name, "narathiwat-2569");
        let file = read(&narathiwat()).plan;
        actions::plans::import(&db.store, &mut ctx, &file, whence).await.unwrap();
        let event = trail::events(&db.store, "96", 0, 1, &trail::Filter::default()).await.unwrap().remove(0);
        let plan = store::texts::plan(&db.store, "narathiwat-2569").await.unwrap().unwrap();
        assert_eq!(event.subject.id, plan.row.id.to_string());
        let payload: serde_json::Value = serde_json::from_str(&event.payload.unwrap()).unwrap();
        let digest = payload["sha256"]["projects.csv"].as_str().unwrap();
        assert_eq!(digest.len(), 64);
        assert_eq!(payload["skipped"], serde_json::json!([]));
    }

    async fn an_act_was_refused_for_ever_when_the_clock_was_set_back(db: TestDatabase) {
        with_plan(&db.store).await;
        let folder = folder(&[("plan.csv", &plan("plan-96", "96", "")), STRATEGIES, AGENCIES, PROJECTS]);
        let earlier = || domain::time::Moment(1_000);
        let mut ctx = Ctx::new("ตัวอย่าง", earlier, |bytes| bytes.fill(7));
        import(&db.store, &mut ctx, folder.path()).await.unwrap();
        assert_eq!(trail::verify(&db.store, None).await.unwrap(), []);
    }

    async fn only_the_first_wrong_reference_was_told_and_skip_bad_did_not_help(db: TestDatabase) {
        let mut ctx = planner();
        actions::catalogue::record(&db.store, &mut ctx).await.unwrap();
        let links = ("links.csv", "project_code,target_code,plan_code\nP-1,4.99,SDG4\nP-1,1,NO-PLAN\nP-1,4.1,SDG4\n");
        let header = plan("plan-96", "96", "");
        let projects = ("projects.csv", "code,title,agency_code,fiscal_year_be,strategy_no\nP-1,โครงการตัวอย่าง,NOBODY,2569,1\n");
        let folder = folder(&[("plan.csv", &header), STRATEGIES, projects, links]);
        let mut file = read(folder.path()).plan;
        for known in [
            Known::shipped(&file).unwrap(),
            Known::standing_or_shipped(&db.store, &file).await.unwrap(),
        ] {
            let (issues, _) = check(&known, &mut file.clone(), false);
            let codes: Vec<_> = issues.iter().map(|issue| issue.code).collect();
            assert_eq!(codes, ["import.unknown_owner", "import.unknown_target", "import.unknown_framework"]);
        }
        let refused = actions::plans::import(&db.store, &mut ctx, &file, "ตัวอย่าง").await;
        assert!(matches!(refused, Err(Error::Invalid(issues)) if issues.len() == 3));

        let known = Known::shipped(&file).unwrap();
        let (issues, skipped) = check(&known, &mut file, true);
        assert_eq!((skipped.len(), file.links.len()), (2, 1));
        assert!(issues[1..].iter().all(|issue| issue.severity == Severity::Warning));
    }
}
