//! How rows name each other: agencies, nodes, projects, links.

use crate::kit::{
    AGENCIES, HEADING, PROJECT, STRATEGIES, cell, codes, first, folder, only, projects, read, thai,
};
use domain::{issue::Arg, link::LinkState, share::Share};
use exchange::{ReadOptions, Reading, read_plan};

#[test]
fn a_duplicated_code_names_both_places() {
    let reading = read(projects(&[PROJECT, "P2,คิด,2569,1,peo,5", "P1,เขียน,2569,1,peo,5"]).path());
    let issue = only(&reading);
    assert_eq!(
        (issue.code, &issue.at),
        ("import.duplicate_code", &cell("projects.csv", 4, "code"))
    );
    assert_eq!(thai(issue), "รหัส P1 ซ้ำกับ projects.csv แถว 2");
    let kept: Vec<&str> = reading
        .plan
        .projects
        .iter()
        .map(|row| row.value.code.as_str())
        .collect();
    assert_eq!(kept, ["P2"], "nobody can tell which of the two is right");
}

#[test]
fn an_unknown_agency_is_said_with_the_nearest_known_code() {
    let reading = read(projects(&["P1,อ่าน,2569,1,area2,5"]).path());
    let issue = only(&reading);
    assert_eq!(
        (issue.code, &issue.at),
        (
            "import.unknown_agency_like",
            &cell("projects.csv", 2, "agency_code")
        )
    );
    assert!(issue.args.contains(&("like", Arg::Text("area1".into()))));
    let reading = read(projects(&["P1,อ่าน,2569,1,กรมประมง,5"]).path());
    assert_eq!(only(&reading).code, "import.unknown_agency");
}

#[test]
fn an_agency_may_be_named_by_its_name_or_short_name() {
    let reading = read(
        projects(&[
            "P1,อ่าน,2569,1,สพป.ตย.1,5",
            "P2,คิด,2569,1,สำนักงานศึกษาธิการ จังหวัดตัวอย่าง,5",
        ])
        .path(),
    );
    assert!(reading.issues.is_empty());
    let owners: Vec<&str> = reading
        .plan
        .projects
        .iter()
        .map(|row| row.value.agency.as_str())
        .collect();
    assert_eq!(owners, ["area1", "peo"]);
}

#[test]
fn a_name_of_two_agencies_is_not_chosen_between() {
    let agencies = "agency_code,name_th,short_name_th\na,วิทยาลัย ก,วท.\nb,วิทยาลัย ข,วท.\n";
    let list = "code,title,ปีงบประมาณ,agency_code\nP1,อ่าน,2569,วท.\n";
    let reading = read(folder(&[("agencies.csv", agencies), ("projects.csv", list)]).path());
    assert_eq!(thai(only(&reading)), "ชื่อ “วท.” ตรงกับหลายหน่วยงาน: a, b");
}

#[test]
fn agencies_known_before_need_not_stand_in_the_file() {
    let list = format!("{HEADING}\n{PROJECT}\nP2,คิด,2569,1,peoo,5\n");
    let folder = folder(&[
        ("strategies.csv", STRATEGIES),
        ("projects.csv", list.as_str()),
    ]);
    let options = ReadOptions {
        known_agencies: vec!["peo".into()],
        ..ReadOptions::default()
    };
    let reading = read_plan(folder.path(), &options).unwrap();
    assert_eq!(only(&reading).code, "import.unknown_agency_like");
    let reading = read(folder.path());
    assert!(
        reading.issues.is_empty(),
        "without any list of agencies nothing can be said yet"
    );
}

#[test]
fn an_unknown_strategy_is_said_and_one_written_with_its_word_is_found() {
    let reading = read(
        projects(&[
            "P1,อ่าน,2569,9,peo,5",
            "P2,คิด,2569,ยุทธศาสตร์ที่ 2,peo,5",
            "P3,เขียน,2569,พัฒนาครู,peo,5",
        ])
        .path(),
    );
    assert_eq!(
        (only(&reading).code, &only(&reading).at),
        (
            "import.unknown_node",
            &cell("projects.csv", 2, "strategy_no")
        )
    );
    let under: Vec<_> = reading
        .plan
        .projects
        .iter()
        .map(|row| row.value.node.as_deref())
        .collect();
    assert_eq!(under, [Some("2"), Some("2")]);
}

#[test]
fn the_same_code_of_two_kinds_gets_its_label_and_references_still_lead_right() {
    let objectives = "objective_no,strategy_no,name_th\n1,2,ครูมีสมรรถนะ\n";
    let kpis =
        "kpi_no,objective_no,fiscal_year_be,name_th,target_percent\n1,1,2569,ร้อยละของครู,80\n";
    let folder = folder(&[
        ("strategies.csv", STRATEGIES),
        ("objectives.csv", objectives),
        ("kpis.csv", kpis),
    ]);
    let reading = read(folder.path());
    assert_eq!(codes(&reading), ["import.code_with_label"; 2]);
    first(&reading, "import.code_with_label");
    let nodes: Vec<(&str, Option<&str>)> = reading
        .plan
        .nodes
        .iter()
        .map(|row| (row.value.code.as_str(), row.value.parent.as_deref()))
        .collect();
    assert_eq!(
        nodes,
        [
            ("1", None),
            ("2", None),
            ("วัตถุประสงค์ 1", Some("2")),
            ("ตัวชี้วัด 1", Some("วัตถุประสงค์ 1"))
        ]
    );
    assert_eq!(reading.plan.indicators[0].value.node, "ตัวชี้วัด 1");
}

#[test]
fn a_node_cannot_lie_under_itself() {
    let nodes =
        "code,parent_code,ชนิด,name_th\na,c,แนวทาง,ก\nb,a,แนวทาง,ข\nc,b,แนวทาง,ค\nd,a,แนวทาง,ง\n";
    let reading = read(folder(&[("nodes.csv", nodes)]).path());
    assert_eq!(
        (only(&reading).code, &only(&reading).at),
        ("import.node_circle", &cell("nodes.csv", 2, "parent_code"))
    );
    assert!(
        reading.plan.nodes.is_empty(),
        "all of them hang on the circle"
    );
}

fn linked(rows: &str) -> Reading {
    let list = format!("{HEADING}\n{PROJECT}\nP2,คิด,2569,1,peo,5\n");
    let folder = folder(&[
        ("agencies.csv", AGENCIES),
        ("strategies.csv", STRATEGIES),
        ("projects.csv", list.as_str()),
        ("links.csv", rows),
    ]);
    read(folder.path())
}

#[test]
fn a_share_over_the_whole_or_without_a_number_is_said() {
    let reading = linked("project_code,target_code,share\nP1,4.1,10001\nP2,4.2,ครึ่งหนึ่ง\n");
    assert_eq!(
        codes(&reading),
        ["import.share_too_large", "import.not_a_number"]
    );
    assert_eq!(
        first(&reading, "import.share_too_large").at,
        cell("links.csv", 2, "share")
    );
    assert_eq!(
        thai(&reading.issues[0]),
        "สัดส่วน 10,001 เกิน 10,000 ซึ่งเป็นค่าสูงสุด"
    );
    assert_eq!(
        first(&reading, "import.not_a_number").at,
        cell("links.csv", 3, "share")
    );
}

#[test]
fn shares_of_a_project_total_at_most_the_whole_in_each_framework() {
    let reading = linked(
        "project_code,target_code,share,plan_code\nP1,4.1,6000,\nP1,4.2,4000,\nP1,1,10000,NS20\n",
    );
    assert!(reading.issues.is_empty());
    let shares: Vec<_> = reading
        .plan
        .links
        .iter()
        .map(|row| row.value.share)
        .collect();
    assert_eq!(
        shares,
        [
            Share::new(6_000).ok(),
            Share::new(4_000).ok(),
            Some(Share::WHOLE)
        ]
    );
    let reading = linked("project_code,target_code,สัดส่วน (ร้อยละ)\nP1,4.1,60\nP1,4.2,40.01\n");
    let issue = only(&reading);
    assert_eq!(
        (issue.code, &issue.at),
        (
            "import.shares_exceed_whole",
            &cell("links.csv", 3, "สัดส่วน (ร้อยละ)")
        )
    );
    assert_eq!(
        thai(issue),
        "สัดส่วนของโครงการ P1 ใน SDG4 รวมกันเป็น 10,001 เกิน 10,000 ส่วน"
    );
}

#[test]
fn a_file_proposes_links_and_never_approves_them() {
    let reading = linked("project_code,target_code,state,primary\nP1,4.1,approved,ใช่\n");
    assert_eq!(only(&reading).code, "import.link_only_proposed");
    let link = &reading.plan.links[0].value;
    assert_eq!(
        (link.state, link.primary, link.framework.as_str()),
        (LinkState::Proposed, true, "SDG4")
    );
}

#[test]
fn links_to_unknown_projects_and_double_links_are_said() {
    let reading = linked("project_code,target_code\nP11,4.1\nP1,4.1\nP1,4.1\n");
    assert_eq!(
        codes(&reading),
        ["import.unknown_project_like", "import.link_twice"]
    );
    first(&reading, "import.link_twice");
    first(&reading, "import.unknown_project_like");
}
