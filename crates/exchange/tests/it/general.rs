//! The general format: any plan with its own levels, money by stage, activities of their own.

use crate::kit::{AGENCIES, cell, codes, first, folder, only, read, thai, with_projects};
use domain::{
    indicator::{Quantity, TargetShape},
    money::Satang,
    plan::{Level, NodeKind},
    project::{ExpenseCategory, ExpenseKind, Stage},
    time::{FiscalPeriod, FiscalYear, PeriodKind, Quarter},
};

const PLAN: &str = "รหัสแผน,ชื่อแผน,ระดับแผน,ชนิดของปี,ปีเริ่มต้น,ปีสิ้นสุด,รหัสจังหวัด,หน่วยงานเจ้าของแผน\n\
    D5,แผนพัฒนาการศึกษาจังหวัดตัวอย่าง พ.ศ. 2566-2570,แผนพัฒนาการศึกษาจังหวัด,ปีงบประมาณ,2566,2570,67,peo\n";
const NODES: &str = "รหัส,อยู่ภายใต้,ชนิด,คำเรียก,ชื่อ\n\
    1,,ประเด็น,ประเด็นการพัฒนา,คุณภาพผู้เรียน\n\
    1.1,1,เป้าประสงค์,,ผู้เรียนมีสมรรถนะ\n\
    ก1,1.1,แนวทาง,แนวทางการพัฒนา,ส่งเสริมการอ่าน\n\
    K1,1.1,ตัวชี้วัด,,ร้อยละของผู้เรียนที่อ่านออก\n";

#[test]
fn a_plan_with_its_own_levels_is_read_with_thai_headings() {
    let indicators = "code,target,target_high,target_shape,fiscal_year_be,หน่วยวัด,หน่วยงานที่รับผิดชอบ\n\
        K1,80,90,ระหว่าง,2570,ร้อยละ,ศธจ.ตัวอย่าง\n";
    let list = "รหัสโครงการ,ชื่อโครงการ,ปีงบประมาณ,รหัสองค์ประกอบ,หน่วยงาน,งบประมาณ (บาท)\n\
        P1,อ่านออกเขียนได้,2568,ก1,peo,\"160,000\"\n";
    let folder = folder(&[
        ("plan.csv", PLAN),
        ("nodes.csv", NODES),
        ("indicators.csv", indicators),
        ("agencies.csv", AGENCIES),
        ("projects.csv", list),
    ]);
    let reading = read(folder.path());
    assert_eq!(codes(&reading), Vec::<&str>::new());
    let plan = reading.plan;
    let header = plan.header.unwrap().value;
    assert_eq!(
        (header.level, header.period_kind),
        (Some(Level::ProvincialPlan), Some(PeriodKind::Fiscal))
    );
    assert_eq!(
        (header.from_year, header.to_year, plan.fiscal_year),
        (Some(2566), Some(2570), None)
    );
    let nodes: Vec<_> = plan
        .nodes
        .iter()
        .map(|row| (row.value.kind, row.value.label_th.as_str()))
        .collect();
    assert_eq!(
        nodes,
        [
            (NodeKind::Issue, "ประเด็นการพัฒนา"),
            (NodeKind::Objective, "เป้าประสงค์"),
            (NodeKind::Measure, "แนวทางการพัฒนา"),
            (NodeKind::Indicator, "ตัวชี้วัด"),
        ]
    );
    assert_eq!(plan.nodes[3].value.position, 2, "second under 1.1");
    let indicator = &plan.indicators[0].value;
    assert_eq!(indicator.owner.as_deref(), Some("peo"));
    let shape = TargetShape::Between {
        low: Quantity::whole(80),
        high: Quantity::whole(90),
    };
    assert_eq!(indicator.target.unwrap().shape, shape);
    assert_eq!(plan.projects[0].value.node.as_deref(), Some("ก1"));
}

#[test]
fn a_year_outside_the_period_of_the_plan_is_said() {
    let list = "code,title,ปีงบประมาณ,agency_code\nP1,อ่าน,2571,peo\n";
    let reading = read(
        folder(&[
            ("plan.csv", PLAN),
            ("agencies.csv", AGENCIES),
            ("projects.csv", list),
        ])
        .path(),
    );
    assert_eq!(
        thai(only(&reading)),
        "แถวนี้เป็นของปี 2571 แต่แผนนี้เป็นของปี 2566–2570"
    );
}

#[test]
fn money_comes_by_stage_and_quarter_and_is_not_counted_twice() {
    let list =
        "code,title,ปีงบประมาณ,agency_code,งบประมาณ\nP1,อ่าน,2569,peo,300\nP2,คิด,2569,peo,50\n";
    let budget = "รหัสโครงการ,ช่วงเวลา,ขั้นของเงิน,แหล่งเงิน,งบรายจ่าย,ประเภทรายจ่าย,จำนวนเงิน\n\
        P1,2569,ได้รับจัดสรร,งบจังหวัด,งบดำเนินงาน,ค่าใช้สอย,100\n\
        P1,2569,allotted,,งบลงทุน,,200\n\
        P1,ไตรมาส 1/2569,เบิกจ่าย,,,,40.50\n";
    let folder = folder(&[
        ("agencies.csv", AGENCIES),
        ("projects.csv", list),
        ("budget.csv", budget),
    ]);
    let reading = read(folder.path());
    assert_eq!(codes(&reading), Vec::<&str>::new());
    let allotted = reading
        .plan
        .budget
        .iter()
        .filter(|row| row.value.stage == Stage::Allotted);
    assert_eq!(
        allotted.map(|row| row.value.amount).sum::<Satang>(),
        Satang::baht(350)
    );
    let spent = reading.plan.budget.last().unwrap();
    assert_eq!(
        spent.value.period,
        FiscalPeriod::quarter(FiscalYear(2569), Quarter::Q1)
    );
    assert_eq!(
        (spent.value.amount, &spent.place),
        (Satang(4_050), &cell("budget.csv", 4, ""))
    );
    let first = reading
        .plan
        .budget
        .iter()
        .find(|row| row.place == cell("budget.csv", 2, ""))
        .unwrap();
    assert_eq!(first.value.category, Some(ExpenseCategory::Operations));
    assert_eq!(
        (first.value.kind, first.value.source.as_deref()),
        (Some(ExpenseKind::Services), Some("งบจังหวัด"))
    );
}

#[test]
fn money_that_disagrees_with_itself_is_said() {
    let list = "code,title,ปีงบประมาณ,agency_code,งบประมาณ\nP1,อ่าน,2569,peo,300\n";
    let budget = "project_code,period,stage,category,kind,amount\n\
        P1,2569,allotted,งบดำเนินงาน,,100\n\
        P1,2569,allotted,งบดำเนินงาน,ค่าครุภัณฑ์,200\n";
    let files = [
        ("agencies.csv", AGENCIES),
        ("projects.csv", list),
        ("budget.csv", budget),
    ];
    let reading = read(folder(&files).path());
    assert_eq!(
        first(&reading, "import.kind_of_other_category").at,
        cell("budget.csv", 3, "kind")
    );
    let right = budget.replace("ค่าครุภัณฑ์,200", "ค่าวัสดุ,100");
    let reading = read(folder(&[files[0], files[1], ("budget.csv", &right)]).path());
    assert_eq!(
        thai(only(&reading)),
        "งบประมาณในรายการโครงการ (300 บาท) ไม่เท่ากับผลรวมเงินที่ได้รับจัดสรรในตารางงบประมาณ (200 บาท)"
    );
}

#[test]
fn activities_of_their_own_sheet_stand_for_those_of_the_cell() {
    let list = "code,title,ปีงบประมาณ,agency_code,กิจกรรม\nP1,อ่าน,2569,peo,\"ประชุม, อบรม\"\nP2,คิด,2569,peo,\"ก, ข\"\n";
    let activities = "รหัสโครงการ,ลำดับ,กิจกรรม\nP1,2,อบรมครู\nP1,1,ประชุมชี้แจง\n";
    let reading = read(
        folder(&[
            ("agencies.csv", AGENCIES),
            ("projects.csv", list),
            ("activities.csv", activities),
        ])
        .path(),
    );
    assert_eq!(codes(&reading), Vec::<&str>::new());
    let rows: Vec<_> = reading
        .plan
        .activities
        .iter()
        .map(|row| {
            (
                row.value.project.as_str(),
                row.value.position,
                row.value.title.as_str(),
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            ("P2", 1, "ก"),
            ("P2", 2, "ข"),
            ("P1", 2, "อบรมครู"),
            ("P1", 1, "ประชุมชี้แจง")
        ]
    );
    let twice = activities.replace("P1,1", "P1,2");
    let reading = read(
        folder(&[
            ("agencies.csv", AGENCIES),
            ("projects.csv", list),
            ("activities.csv", &twice),
        ])
        .path(),
    );
    assert_eq!(
        (only(&reading).code, &only(&reading).at),
        ("import.position_twice", &cell("activities.csv", 3, "ลำดับ"))
    );
}

#[test]
fn a_target_without_its_shape_is_asked_for_because_60_may_be_a_floor_or_a_ceiling() {
    let indicators = "code,name_th,fiscal_year_be,target,target_shape\nK1,ร้อยละ,2569,60,\nK2,อัตราส่วน,2569,45:55,ratio\nK3,อัตราส่วน,2569,4555,ratio\nK4,จำนวน,2569,1,approx\n";
    let reading = read(folder(&[("indicators.csv", indicators)]).path());
    assert_eq!(
        codes(&reading),
        [
            "import.missing_value",
            "import.not_a_ratio",
            "import.unknown_word"
        ]
    );
    for code in codes(&reading) {
        first(&reading, code);
    }
    assert_eq!(
        reading.issues[0].at,
        cell("indicators.csv", 2, "target_shape")
    );
    let shape = TargetShape::Ratio {
        left: Quantity::whole(45),
        right: Quantity::whole(55),
    };
    assert_eq!(
        reading.plan.indicators[0].value.target.unwrap().shape,
        shape
    );
}

#[test]
fn one_import_holds_one_plan() {
    let two = format!("{PLAN}D6,แผนที่สอง,,,,,,\n");
    let reading = read(folder(&[("plan.csv", two.as_str()), ("agencies.csv", AGENCIES)]).path());
    assert_eq!(
        (only(&reading).code, &only(&reading).at),
        ("import.several_plans", &cell("plan.csv", 3, ""))
    );
    let reversed = PLAN.replace("2566,2570", "2570,2566");
    let reading =
        read(folder(&[("plan.csv", reversed.as_str()), ("agencies.csv", AGENCIES)]).path());
    assert_eq!(only(&reading).code, "import.period_reversed");
}

#[test]
fn a_project_under_a_node_of_another_strategy_is_said() {
    let list = "code,title,ปีงบประมาณ,agency_code,node_code,strategy_no\nP1,อ่าน,2569,peo,2,1\nP2,คิด,2569,peo,2,2\n";
    let reading = read(with_projects(list.as_bytes()).path());
    assert_eq!(
        (only(&reading).code, &only(&reading).at),
        (
            "import.node_not_under_strategy",
            &cell("projects.csv", 2, "node_code")
        )
    );
}

#[test]
fn a_province_that_does_not_exist_opened_a_trail_of_its_own() {
    for (written, code) in [("๖๗", Some("67")), ("กทม มหานคร", None), ("28", None)]
    {
        let plan = format!("plan_code,name_th,province_dopa\nD5,แผนตัวอย่าง,{written}\n");
        let folder = folder(&[("plan.csv", plan.as_str()), ("nodes.csv", NODES)]);
        let reading = read(folder.path());
        assert_eq!(
            codes(&reading).contains(&"import.unknown_province"),
            code.is_none(),
            "{written}"
        );
        let header = reading.plan.header;
        assert_eq!(
            header.and_then(|row| row.value.province_dopa).as_deref(),
            code
        );
    }
}
