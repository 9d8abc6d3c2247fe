//! Samples of figures: charts, tables, overview figures, states, tiles, steps.

use domain::issue::Severity;
use domain::link::LinkState;
use domain::plan::EditionState;
use domain::provenance::Certainty;
use maud::{Markup, html};

use super::Say;
use crate::Viewer;
use crate::ui::*;

/// Samples.
pub fn charts(v: &Viewer, s: Say) -> Markup {
    let years: Vec<String> = (2565..=2569).map(|year| year.to_string()).collect();
    let actual = [Some(46.2), Some(47.8), None, Some(50.6), Some(51.6)];
    let target = [None, Some(48.0), Some(50.0), Some(52.0), Some(54.0)];
    let lines = [
        Line {
            name: s.of("ผลการดำเนินงาน", "Result"),
            kind: LineKind::Actual,
            values: actual.to_vec(),
        },
        Line {
            name: s.of("ค่าเป้าหมาย", "Target"),
            kind: LineKind::Target,
            values: target.to_vec(),
        },
    ];
    let cell = |value: Option<f64>| html! { @match value { Some(value) => (format!("{value:.1}")), None => (value_state(v.locale, ValueState::Missing)) } };
    let line_title = s.of(
        "ร้อยละของเด็กที่มีทักษะขั้นพื้นฐาน",
        "Share of children with basic skills",
    );
    let heads = [
        s.of("ปีการศึกษา", "Academic year"),
        s.of("ผลการดำเนินงาน", "Result"),
        s.of("ค่าเป้าหมาย", "Target"),
    ];
    let years_table = Table::new(
        line_title,
        [
            Column::text(heads[0]),
            Column::figure(heads[1]),
            Column::figure(heads[2]),
        ],
    )
    .rows(
        years
            .iter()
            .zip(actual)
            .zip(target)
            .map(|((year, actual), target)| [html! { (year) }, cell(actual), cell(target)]),
    )
    .show();
    let node = |id: &str, name: &str, layer, goal, missing| SankeyNode {
        id: id.to_owned(),
        name: name.to_owned(),
        layer,
        goal,
        missing,
    };
    let nodes = [
        node("4.1", s.of("4.1 ประถม–มัธยม", "4.1 Schools"), 0, true, false),
        node("4.2", s.of("4.2 ปฐมวัย", "4.2 Early years"), 0, true, false),
        node("p1", s.of("ประเด็นที่ 1", "Issue 1"), 1, false, false),
        node("gap", s.of("ยังไม่เชื่อมโยง", "Not linked"), 1, false, true),
        node(
            "a1",
            s.of("สพป. เขต 1–3", "Primary areas 1–3"),
            2,
            false,
            false,
        ),
        node("a2", s.of("สพม.", "Secondary area"), 2, false, false),
    ];
    let flow_of = |from: &str, to: &str, value, state| Flow {
        from: from.to_owned(),
        to: to.to_owned(),
        value,
        state,
    };
    let flows = [
        flow_of("4.1", "p1", 12, FlowState::Approved),
        flow_of("4.1", "gap", 2, FlowState::Missing),
        flow_of("4.2", "p1", 7, FlowState::Proposed),
        flow_of("p1", "a1", 11, FlowState::Approved),
        flow_of("p1", "a2", 8, FlowState::Proposed),
        flow_of("gap", "a2", 2, FlowState::Missing),
    ];
    let thread_title = s.of(
        "สายทองจากเป้าหมายถึงหน่วยงาน",
        "The thread from target to agency",
    );
    let flows_table = Table::new(
        thread_title,
        [
            Column::text(s.of("จาก", "From")),
            Column::text(s.of("ถึง", "To")),
            Column::figure(s.of("โครงการ", "Projects")),
        ],
    )
    .rows(flows.iter().map(|flow| {
        [
            html! { (flow.from) },
            html! { (flow.to) },
            html! { (flow.value) },
        ]
    }))
    .show();
    html! {
        (Chart {
            id: "trend",
            title: line_title,
            line: s.of("ร้อยละ · ณ 12 พ.ย. 2569 · รายงานแล้ว 5/7 หน่วยงาน", "per cent · as of 12 Nov 2026 · 5/7 agencies reported"),
            summary: s.of("เพิ่มจาก 46.2 ในปี 2565 เป็น 51.6 ในปี 2569 ต่ำกว่าค่าเป้าหมาย 54.0 ปี 2567 ไม่มีข้อมูล", "From 46.2 in 2565 to 51.6 in 2569, below the target of 54.0. There are no data for 2567."),
            data: line_data(line_title, s.of("ร้อยละ", "per cent"), &years, &lines),
            aside: Some(sample(v.locale)),
            table: years_table,
        }.show(v.locale))
        (Chart {
            id: "thread-picture",
            title: thread_title,
            line: s.of("จำนวนโครงการ 21 โครงการ · ณ 23 พ.ย. 2569", "21 projects · as of 23 Nov 2026"),
            summary: s.of("เชื่อมโยงครบ 19 จาก 21 โครงการ ยังไม่เชื่อมโยง 2 โครงการ", "19 of 21 projects are linked throughout, 2 are not."),
            data: sankey_data(thread_title, s.of("โครงการ", "projects"), &nodes, &flows),
            aside: Some(sample(v.locale)),
            table: flows_table,
        }.show(v.locale))
        ul.ladder.card.card-b {
            (ladder_row(target_code_small("4.1"), s.of("เชื่อมโยงครบถึงแผนจังหวัด", "Linked to the provincial plan"), 14, 2, 14))
            (ladder_row(target_code_small("4.2"), s.of("เชื่อมโยงครบถึงแผนจังหวัด", "Linked to the provincial plan"), 7, 0, 14))
        }
    }
}

/// Samples.
pub fn figures(v: &Viewer, s: Say) -> Markup {
    html! {
        (stats([
            Stat::of(s.of("เป้าหมายย่อยที่มีข้อมูล", "Targets with data"), 6, 9, s.of("ข้อ", "targets")).show(v.locale),
            Stat::figure(s.of("งบประมาณรวม", "Total budget"), "41,826,072", s.of("บาท", "baht"))
                .covered(Coverage { n: 11, of: 14 }, s.of("หน่วยงาน", "agencies"))
                .note(html! { a href="#why" { (s.flow("เหตุใดจึงเป็นตัวเลขนี้", "Why this figure")) } })
                .show(v.locale),
            Stat::without(v.locale, s.of("อัตราการเข้าเรียน", "Enrolment rate"), ValueState::Missing).show(v.locale),
        ]))
    }
}

/// Samples.
pub fn tables(v: &Viewer, s: Say) -> Markup {
    let columns = || {
        [
            Column::text(s.of("โครงการ", "Project")),
            Column::text(s.of("หน่วยงาน", "Agency")),
            Column::figure(s.of("งบประมาณ (บาท)", "Budget (baht)")),
            Column::text(s.of("ความเชื่อมโยง", "Link")),
        ]
    };
    let row =
        |name: Markup, agency: Markup, baht: Markup, state: Markup| [name, agency, baht, state];
    Card::new(s.of("โครงการปีงบประมาณ 2570", "Projects of fiscal year 2570")).aside(count_badge(43)).flush().show(html! {
        (Table::new(s.of("โครงการ", "Projects"), columns())
            .row(row(html! { a href="#rails" { (s.flow("พัฒนาทักษะการอ่านและการคำนวณ ป.3", "Grade 3 reading and numeracy")) } small { (code("PRJ-012")) } }, s.flow("สพป.เพชรบูรณ์ เขต 1", "Primary area 1"), html! { "90,000" }, link_state(v.locale, LinkState::Approved)))
            .row(row(name(v.locale, "นำเด็กกลับเข้าสู่ระบบการศึกษา (Zero Dropout)", None), s.flow("สกร.", "Learning department"), html! { "28,134,351" }, link_state(v.locale, LinkState::Proposed)))
            .row(row(s.flow("ส่งเสริมการอ่าน", "Reading for everybody"), s.flow("ศธจ.", "Provincial office"), value_state(v.locale, ValueState::Missing), link_state(v.locale, LinkState::Rejected)))
            .total(row(s.flow("รวม 3 โครงการ", "Total of 3 projects"), html! {}, html! { "28,224,351" }, html! {}))
            .show())
    })
}

/// Samples.
pub fn states(v: &Viewer, s: Say) -> Markup {
    let all = |marks: Vec<Markup>| html! { div.row { @for mark in marks { (mark) } } };
    let groups = [
        (
            s.of("ค่า", "Values"),
            all(ValueState::ALL
                .iter()
                .map(|state| value_state(v.locale, *state))
                .collect()),
        ),
        (
            s.of("เทียบค่าเป้าหมาย", "Against the target"),
            all(Achievement::ALL
                .iter()
                .map(|at| achievement(v.locale, *at))
                .collect()),
        ),
        (
            s.of("รายการที่ควรตรวจทาน", "Findings"),
            all(Severity::ALL
                .iter()
                .map(|level| severity(v.locale, *level))
                .collect()),
        ),
        (
            s.of("ความเชื่อมโยง", "Links"),
            all(LinkState::ALL
                .iter()
                .map(|state| link_state(v.locale, *state))
                .collect()),
        ),
        (
            s.of("ฉบับ", "Editions"),
            all(EditionState::ALL
                .iter()
                .map(|state| edition_state(v.locale, *state))
                .collect()),
        ),
        (
            s.of("ความแน่นอน", "Certainty"),
            all(Certainty::ALL
                .iter()
                .map(|sure| certainty(v.locale, *sure))
                .collect()),
        ),
        (
            s.of("รหัส", "Codes"),
            all(vec![
                target_code("SDG 4"),
                target_code_small("4.1"),
                target_link("4.a", "#tiles"),
                code("PRJ-012"),
                code_link("LINK-004", "#rule"),
                count_badge(1_234),
            ]),
        ),
        (
            s.of("วันและตัวเลข", "Days and figures"),
            all(vec![
                html! { span { (long_day(v.locale, jiff::civil::date(2026, 11, 23))) } },
                html! { span { (percent(12_267, 10_000).unwrap_or_default()) } },
                html! { span { (period(v.locale, domain::time::Period::fiscal(domain::time::FiscalYear(2570)))) } },
            ]),
        ),
        (
            s.of("สัญลักษณ์", "Icons"),
            all(Icon::ALL.iter().map(|drawing| icon(*drawing)).collect()),
        ),
    ];
    html! { div id="states" { (Card::new(s.of("สถานะ", "States")).show(definitions(groups))) } }
}

/// Samples.
pub fn tiles(v: &Viewer, s: Say) -> Markup {
    let tile = |code, name: Markup, status: Markup, foot, empty| Tile {
        code,
        name,
        status,
        foot,
        href: "#tiles",
        empty,
    };
    let has = s.of(
        "มีข้อมูล 2/2 ตัวชี้วัด · ณ 30 ต.ค. 2569",
        "2/2 indicators have data · as of 30 Oct 2026",
    );
    let none = s.of("มีข้อมูล 0/1 ตัวชี้วัด", "0/1 indicators have data");
    Tile::show_all([
        tile(
            "4.1",
            s.flow(
                "ประถมและมัธยมที่มีคุณภาพ",
                "Quality primary and secondary education",
            ),
            achievement(v.locale, Achievement::Risk),
            has,
            false,
        ),
        tile(
            "4.2",
            s.flow("ปฐมวัยพร้อมก่อนเข้าประถม", "Ready for primary school"),
            achievement(v.locale, Achievement::Below),
            has,
            false,
        ),
        tile(
            "4.3",
            s.flow(
                "อาชีวศึกษาและอุดมศึกษาที่เข้าถึงได้",
                "Vocational and higher education within reach",
            ),
            achievement(v.locale, Achievement::Unknown),
            has,
            false,
        ),
        tile(
            "4.4",
            s.flow("ทักษะเพื่อการทำงาน", "Skills for work"),
            value_state(v.locale, ValueState::Missing),
            none,
            true,
        ),
        tile(
            "4.b",
            s.flow("ทุนการศึกษาระหว่างประเทศ", "International scholarships"),
            value_state(v.locale, ValueState::NotApplicable),
            s.of(
                "ติดตามที่ระดับประเทศ 1 ตัวชี้วัด",
                "1 indicator, followed at national level",
            ),
            true,
        ),
    ])
}

/// Samples.
pub fn eight(v: &Viewer, s: Say) -> Markup {
    let step = |number: u8, th: &str, en: &str, state, coverage: &str| Step {
        number,
        name: s.flow(th, en),
        state,
        coverage: Some(flow(coverage)),
    };
    steps(
        v.locale,
        &[
            step(
                1,
                "ศึกษาแผนที่นำทาง",
                "Study the roadmap",
                StepState::Done,
                s.of("เสร็จ ต.ค. 2568", "done Oct 2025"),
            ),
            step(
                2,
                "เสนอชื่อคณะทำงานระดับจังหวัด",
                "Nominate the provincial group",
                StepState::Done,
                "14/14",
            ),
            step(
                3,
                "จัดทำแผนที่นำทางจังหวัด",
                "Write the roadmap",
                StepState::Done,
                s.of("ฉบับที่ 3", "edition 3"),
            ),
            step(
                4,
                "เผยแพร่สู่หน่วยงาน",
                "Publish to agencies",
                StepState::Now,
                "11/14",
            ),
            step(
                5,
                "สร้างการรับรู้",
                "Raise awareness",
                StepState::Now,
                s.of("2,148/5,210 คน", "2,148/5,210 people"),
            ),
            step(
                6,
                "หน่วยงานแต่งตั้งคณะทำงาน",
                "Agencies appoint",
                StepState::Now,
                s.of("9/14 หน่วยงาน", "9/14 agencies"),
            ),
            step(
                7,
                "เชื่อมโยงสู่แผนและติดตาม",
                "Link to plans",
                StepState::Unsaid,
                "",
            ),
            step(
                8,
                "จังหวัดติดตาม",
                "Monitor",
                StepState::Later,
                s.of("ยังไม่ถึงกำหนด", "not yet due"),
            ),
        ],
    )
}
