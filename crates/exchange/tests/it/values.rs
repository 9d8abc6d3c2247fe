//! What stands in cells: money, years, words, codes.

use crate::kit::{cell, codes, first, folder, only, projects, read, thai, with_projects};
use domain::{
    issue::Severity,
    money::Satang,
    project::{BudgetMode, ProjectYear},
    time::{AcademicYear, FiscalPeriod, FiscalYear},
};
use exchange::{ReadOptions, read_plan};

fn with_budget(amount: &str) -> String {
    format!("P1,อ่าน,2569,1,peo,{amount}")
}

#[test]
fn thai_digits_and_the_dash_of_officials_are_read_and_the_reading_is_shown() {
    for amount in ["\"538,800.-\"", "\"๕๓๘,๘๐๐.-\"", "๕๓๘๘๐๐"] {
        let reading = read(projects(&[&with_budget(amount)]).path());
        let issue = only(&reading);
        assert_eq!(
            (issue.code, issue.severity),
            ("import.number_read", Severity::Advice)
        );
        assert_eq!(issue.at, cell("projects.csv", 2, "budget_baht"));
        assert!(thai(issue).ends_with("เป็น 538,800 บาท"), "{}", thai(issue));
        assert_eq!(
            reading.plan.projects[0].value.budget,
            Some(Satang::baht(538_800))
        );
    }
    for amount in ["538800", "\"538,800\"", "538800.00", "\"538,800.00\""] {
        assert!(
            read(projects(&[&with_budget(amount)]).path())
                .issues
                .is_empty(),
            "{amount}"
        );
    }
}

#[test]
fn a_dash_is_missing_and_0_is_a_stated_zero() {
    for missing in ["", "-", " – "] {
        let plan = read(projects(&[&with_budget(missing)]).path()).plan;
        assert_eq!(
            (plan.projects[0].value.budget, plan.budget.len()),
            (None, 0)
        );
    }
    let plan = read(projects(&[&with_budget("0")]).path()).plan;
    assert_eq!(plan.projects[0].value.budget, Some(Satang::ZERO));
    assert_eq!(
        (plan.budget.len(), plan.budget[0].value.amount),
        (1, Satang::ZERO)
    );
    assert_eq!(
        plan.budget[0].value.period,
        FiscalPeriod::year(FiscalYear(2569))
    );
}

#[test]
fn an_amount_that_is_none_is_said_and_never_guessed() {
    for (amount, code) in [
        ("ตามจ่ายจริง", "import.not_a_number"),
        ("-500", "import.negative"),
        ("1.234", "import.too_many_decimals"),
        ("99999999999999999", "import.too_large"),
        ("\"5,388,00\"", "import.misplaced_comma_like"),
    ] {
        let reading = read(projects(&[&with_budget(amount)]).path());
        assert_eq!(only(&reading).code, code);
        assert_eq!(only(&reading).at, cell("projects.csv", 2, "budget_baht"));
        assert!(reading.plan.projects.is_empty() && reading.blocked());
    }
}

#[test]
fn a_year_of_the_common_era_is_asked_back() {
    let reading = read(projects(&["P1,อ่าน,2026,1,peo,5"]).path());
    let issue = only(&reading);
    assert_eq!(issue.at, cell("projects.csv", 2, "fiscal_year_be"));
    assert_eq!(thai(issue), "“2026” น่าจะเป็นปี ค.ศ. ปี พ.ศ. คือ 2569 ใช่หรือไม่");
    assert!(reading.blocked());
    let reading = read(projects(&["P1,อ่าน,ปีหน้า,1,peo,5"]).path());
    assert_eq!(only(&reading).code, "import.not_a_year");
    let reading = read(projects(&["P1,อ่าน,๒๕๖๙,1,peo,5"]).path());
    assert!(reading.issues.is_empty());
}

#[test]
fn a_row_of_another_fiscal_year_is_said() {
    let folder = projects(&["P1,อ่าน,2569,1,peo,5", "P2,คิด,2570,1,peo,5"]);
    let reading = read(folder.path());
    let issue = only(&reading);
    assert_eq!(
        (issue.code, &issue.at),
        (
            "import.other_year",
            &cell("projects.csv", 3, "fiscal_year_be")
        )
    );
    assert_eq!(thai(issue), "แถวนี้เป็นของปี 2570 แต่แผนนี้เป็นของปี 2569");
    let asked = ReadOptions {
        fiscal_year: Some(FiscalYear(2570)),
        ..ReadOptions::default()
    };
    let reading = read_plan(folder.path(), &asked).unwrap();
    assert_eq!(
        codes(&reading),
        ["import.other_year"; 3],
        "two strategies and one project are of 2569"
    );
}

#[test]
fn a_project_without_a_year_has_the_year_of_the_plan() {
    let plan = "plan_code,name_th,period_from,period_to\nD69,แผนตัวอย่าง,2569,2569\n";
    let list = "code,title,agency_code\nP1,อ่าน,peo\n";
    let agencies = crate::kit::AGENCIES;
    let reading = read(
        folder(&[
            ("plan.csv", plan),
            ("agencies.csv", agencies),
            ("projects.csv", list),
        ])
        .path(),
    );
    assert!(reading.issues.is_empty());
    assert_eq!(
        reading.plan.projects[0].value.year,
        ProjectYear::Fiscal(FiscalYear(2569))
    );
    let reading = read(folder(&[("agencies.csv", agencies), ("projects.csv", list)]).path());
    assert_eq!(only(&reading).code, "import.no_year");
}

#[test]
fn a_project_has_one_year_of_one_kind() {
    let list = "code,title,ปีการศึกษา,agency_code\nP1,อ่าน,2569,peo\n";
    let reading = read(with_projects(list.as_bytes()).path());
    assert!(reading.issues.is_empty());
    assert_eq!(
        reading.plan.projects[0].value.year,
        ProjectYear::Academic(AcademicYear(2569))
    );
    assert_eq!(reading.plan.fiscal_year, None);
    let list = "code,title,ปีการศึกษา,ปีงบประมาณ,agency_code\nP1,อ่าน,2569,2569,peo\n";
    assert_eq!(
        only(&read(with_projects(list.as_bytes()).path())).code,
        "import.two_years"
    );
}

#[test]
fn words_of_closed_lists_are_read_in_thai_and_unknown_ones_say_what_is_known() {
    let list = "code,title,agency_code,ปีงบประมาณ,การใช้งบประมาณ,วันที่อนุมัติ\n\
        P1,อ่าน,peo,2569,ไม่ใช้งบประมาณ,2 ต.ค. 2568\n\
        P2,คิด,peo,2569,no_budgt,32/13/2568\n";
    let reading = read(with_projects(list.as_bytes()).path());
    let row = &reading.plan.projects[0].value;
    assert_eq!(row.budget_mode, Some(BudgetMode::NoBudget));
    assert_eq!(row.approved_on, Some(jiff::civil::date(2025, 10, 2)));
    let issue = first(&reading, "import.unknown_word_like");
    assert_eq!(issue.at, cell("projects.csv", 3, "การใช้งบประมาณ"));
    assert!(thai(issue).contains("หมายถึง no_budget ใช่หรือไม่"));
    assert_eq!(
        first(&reading, "import.not_a_date").at,
        cell("projects.csv", 3, "วันที่อนุมัติ")
    );
}

#[test]
fn money_beside_no_budget_is_a_contradiction() {
    let list = "code,title,agency_code,ปีงบประมาณ,การใช้งบประมาณ,งบประมาณ\nP1,อ่าน,peo,2569,ไม่ใช้งบประมาณ,500\n";
    let reading = read(with_projects(list.as_bytes()).path());
    assert_eq!(
        (only(&reading).code, only(&reading).severity),
        ("import.budget_contradicts_mode", Severity::Warning)
    );
}

#[test]
fn missing_values_are_said_cell_by_cell_and_all_at_once() {
    let reading = read(projects(&["P1,-,2569,1,,5", ",คิด,2569,1,peo,5"]).path());
    let places: Vec<_> = reading
        .issues
        .iter()
        .map(|issue| issue.at.clone())
        .collect();
    assert_eq!(codes(&reading), ["import.missing_value"; 3]);
    assert_eq!(
        places,
        [
            cell("projects.csv", 2, "title"),
            cell("projects.csv", 2, "agency_code"),
            cell("projects.csv", 3, "code")
        ]
    );
}
