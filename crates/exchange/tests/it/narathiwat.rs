//! The public annual plan of Narathiwat, fiscal year 2569, exactly as it lies in `data/`.

use crate::kit::{codes, read};
use domain::{
    indicator::{Quantity, TargetShape},
    link::LinkState,
    money::Satang,
    plan::{Level, NodeKind},
    project::{ProjectYear, Stage},
    time::{FiscalPeriod, FiscalYear, Period},
};
use exchange::{Reading, plan::ProjectRow};
use std::path::{Path, PathBuf};

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/narathiwat-2569")
}

fn project<'r>(reading: &'r Reading, code: &str) -> &'r ProjectRow {
    let mut rows = reading.plan.projects.iter();
    &rows.find(|row| row.value.code == code).unwrap().value
}

#[test]
fn the_narathiwat_plan_is_read_whole_and_without_a_word() {
    let reading = read(&data());
    assert_eq!(codes(&reading), Vec::<&str>::new());
    assert!(!reading.blocked() && reading.skipped.is_empty());
    let plan = &reading.plan;
    let header = &plan.header.as_ref().unwrap().value;
    assert_eq!(
        (header.code.as_str(), header.level),
        ("narathiwat-2569", Some(Level::Annual))
    );
    assert_eq!(header.owner.as_deref(), Some("narapeo"));
    assert_eq!(plan.fiscal_year, Some(FiscalYear(2569)));
    let kinds = |kind| {
        plan.nodes
            .iter()
            .filter(|row| row.value.kind == kind)
            .count()
    };
    assert_eq!(kinds(NodeKind::Strategy), 5);
    assert_eq!(kinds(NodeKind::Objective), 5);
    assert_eq!(kinds(NodeKind::Indicator), 9);
    assert_eq!((plan.indicators.len(), plan.agencies.len()), (9, 17));
    assert_eq!((plan.projects.len(), plan.links.len()), (43, 43));
    assert!(
        plan.links
            .iter()
            .all(|row| row.value.state == LinkState::Proposed)
    );
}

#[test]
fn the_money_of_narathiwat_is_41_826_072_baht_and_one_project_states_0() {
    let plan = read(&data()).plan;
    let sum: Satang = plan.budget.iter().map(|row| row.value.amount).sum();
    assert_eq!(sum, Satang::baht(41_826_072));
    assert_eq!(plan.budget.len(), 43);
    for row in &plan.budget {
        assert_eq!(row.value.period, FiscalPeriod::year(FiscalYear(2569)));
        assert_eq!(row.value.stage, Stage::Allotted);
    }
    let zero: Vec<&str> = plan
        .projects
        .iter()
        .filter(|row| row.value.budget == Some(Satang::ZERO))
        .map(|row| row.value.code.as_str())
        .collect();
    assert_eq!(zero, ["PRJ2569-019"]);
    assert!(
        plan.projects
            .iter()
            .all(|row| row.value.budget_mode.is_none())
    );
    for (strategy, baht) in [
        ("1", 35_928_325),
        ("2", 4_714_370),
        ("3", 416_750),
        ("4", 256_830),
        ("5", 509_797),
    ] {
        let under = plan
            .projects
            .iter()
            .filter(|row| row.value.node.as_deref() == Some(strategy));
        let sum: Satang = under.filter_map(|row| row.value.budget).sum();
        assert_eq!(sum, Satang::baht(baht), "{strategy}");
    }
}

#[test]
fn indicator_5_5_1_lies_under_objective_5_1_because_the_file_says_so() {
    let plan = read(&data()).plan;
    let node = plan
        .nodes
        .iter()
        .find(|row| row.value.code == "5.5.1")
        .unwrap();
    assert_eq!(node.value.parent.as_deref(), Some("5.1"));
    assert_eq!(node.value.label_th, "ตัวชี้วัด");
    let objective = plan
        .nodes
        .iter()
        .find(|row| row.value.code == "5.1")
        .unwrap();
    assert_eq!(objective.value.parent.as_deref(), Some("5"));
    let indicator = plan
        .indicators
        .iter()
        .find(|row| row.value.node == "1.1.3")
        .unwrap();
    let target = indicator.value.target.unwrap();
    assert_eq!(
        target.shape,
        TargetShape::AtLeast {
            value: Quantity::whole(70)
        }
    );
    assert_eq!(target.period, Period::fiscal(FiscalYear(2569)));
    assert_eq!(indicator.value.scope.as_deref(), Some("province"));
    assert!(
        indicator
            .value
            .success_th
            .as_deref()
            .unwrap()
            .contains("\"ดี\" ขึ้นไป")
    );
}

#[test]
fn activities_of_narathiwat_are_split_and_kept_as_printed() {
    let reading = read(&data());
    let of = |code: &str| -> Vec<&str> {
        let rows = reading
            .plan
            .activities
            .iter()
            .filter(|row| row.value.project == code);
        rows.map(|row| row.value.title.as_str()).collect()
    };
    assert_eq!(
        of("PRJ2569-001"),
        ["ประชุมเตรียมความพร้อม", "จัดกิจกรรมมหกรรมฯ", "ประชุมถอดบทเรียน"]
    );
    assert_eq!(
        of("PRJ2569-031"),
        [
            "ประชุมเสวนา",
            "นำนวัตกรรมไปใช้พัฒนาทักษะ (Soft Power)",
            "ลงพื้นที่ PLC"
        ]
    );
    assert_eq!(of("PRJ2569-012").len(), 1);
    let printed = project(&reading, "PRJ2569-031").activities_text.as_deref();
    assert_eq!(
        printed,
        Some("ประชุมเสวนา, นำนวัตกรรมไปใช้พัฒนาทักษะ (Soft Power), ลงพื้นที่ PLC")
    );
    assert!(
        reading
            .plan
            .projects
            .iter()
            .all(|row| row.value.activities_text.is_some())
    );
    let all = reading.plan.activities.len();
    assert_eq!(all, 95, "52 commas part activities in 43 projects");
    let project = project(&reading, "PRJ2569-005");
    assert_eq!(project.year, ProjectYear::Fiscal(FiscalYear(2569)));
    assert!(
        project
            .target_group
            .as_deref()
            .unwrap()
            .ends_with("40,290 คน")
    );
}

#[test]
fn the_plan_can_be_read_without_its_two_optional_files() {
    let folder = tempfile::TempDir::new().unwrap();
    for name in ["strategies", "objectives", "kpis", "agencies", "projects"] {
        let file = format!("{name}.csv");
        std::fs::copy(data().join(&file), folder.path().join(&file)).unwrap();
    }
    let reading = read(folder.path());
    assert_eq!(codes(&reading), Vec::<&str>::new());
    assert_eq!(reading.plan.header, None);
    assert_eq!(reading.plan.fiscal_year, Some(FiscalYear(2569)));
    assert_eq!(
        (reading.plan.projects.len(), reading.plan.links.len()),
        (43, 0)
    );
}
