//! One bad row rejects the whole, unless leaving out is asked for; then everything left out is listed.

use crate::kit::{
    AGENCIES, HEADING, PROJECT, cell, codes, first, folder, projects, read, read_skipping, said,
};
use domain::issue::Severity;

#[test]
fn one_bad_row_rejects_the_import() {
    let folder = projects(&[PROJECT, "P2,คิด,2026,1,peo,5"]);
    let reading = read(folder.path());
    assert!(reading.blocked() && reading.skipped.is_empty());
    let reading = read_skipping(folder.path());
    assert!(!reading.blocked());
    assert_eq!(reading.skipped, [cell("projects.csv", 3, "")]);
    assert_eq!(reading.plan.projects.len(), 1);
    assert_eq!(
        codes(&reading),
        ["import.common_era"],
        "what was wrong is still said"
    );
}

#[test]
fn rows_that_depend_on_a_left_out_row_are_left_out_and_listed() {
    let strategies = "strategy_no,fiscal_year_be,name_th\n1,2026,พัฒนาผู้เรียน\n2,2569,พัฒนาครู\n";
    let objectives = "objective_no,strategy_no,name_th\n1.1,1,ผู้เรียนมีสมรรถนะ\n2.1,2,ครูมีสมรรถนะ\n";
    let kpis = "kpi_no,objective_no,fiscal_year_be,name_th,target_percent\n1.1.1,1.1,2569,ร้อยละของผู้เรียน,60\n";
    let list = format!("{HEADING}\n{PROJECT}\nP2,คิด,2569,2,peo,5\n");
    let links = "project_code,target_code\nP1,4.1\nP2,4.1\n";
    let budget = "project_code,period,stage,amount\nP1,2569,allotted,160000\n";
    let activities = "project_code,title\nP1,อบรม\nP2,ประชุม\n";
    let folder = folder(&[
        ("agencies.csv", AGENCIES),
        ("strategies.csv", strategies),
        ("objectives.csv", objectives),
        ("kpis.csv", kpis),
        ("projects.csv", &list),
        ("links.csv", links),
        ("budget.csv", budget),
        ("activities.csv", activities),
    ]);
    let reading = read_skipping(folder.path());
    assert!(!reading.blocked());
    let left_out = [
        "strategies",
        "objectives",
        "kpis",
        "projects",
        "activities",
        "budget",
        "links",
    ];
    for file in left_out {
        assert!(
            reading
                .skipped
                .contains(&cell(&format!("{file}.csv"), 2, "")),
            "{file}"
        );
    }
    assert_eq!(
        reading.skipped.len(),
        8,
        "the node of the indicator and its values are one row, listed once per table"
    );
    let followed = reading
        .issues
        .iter()
        .filter(|issue| issue.code == "import.left_out_with");
    assert!(
        followed
            .clone()
            .all(|issue| issue.severity == Severity::Warning)
    );
    followed.for_each(said);
    let plan = &reading.plan;
    assert_eq!(
        (plan.nodes.len(), plan.indicators.len(), plan.projects.len()),
        (2, 0, 1)
    );
    assert_eq!(
        (plan.links.len(), plan.budget.len(), plan.activities.len()),
        (1, 1, 1)
    );
    assert!(read(folder.path()).blocked());
}

#[test]
fn what_is_wrong_with_a_whole_file_cannot_be_skipped() {
    let folder = folder(&[
        ("agencies.csv", AGENCIES),
        ("projects.csv", "code,title\nP1,อ่าน\n"),
    ]);
    let reading = read_skipping(folder.path());
    assert!(reading.blocked());
    first(&reading, "import.missing_column");
}

#[test]
fn rows_that_hang_on_an_unreadable_file_are_not_called_wrong() {
    let folder = folder(&[
        ("agencies.csv", "agency_code\npeo\n".to_owned()),
        ("projects.csv", format!("{HEADING}\n{PROJECT}\n")),
    ]);
    let reading = read(folder.path());
    assert_eq!(
        codes(&reading),
        ["import.missing_column"],
        "the agency may well stand in the file"
    );
}
