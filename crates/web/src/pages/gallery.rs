//! Every component in every state, with made-up words marked as samples: for eyes and for the browser tests, never in a release.

use domain::issue::{Arg, Issue, Place as At, Severity};
use domain::link::LinkState;
use domain::locale::Locale;
use domain::plan::EditionState;
use domain::provenance::Certainty;
use domain::time::Moment;
use maud::{Markup, html};

use crate::ui::*;
use crate::{Group, Page, Script, Viewer};

/// Samples in both languages.
#[derive(Clone, Copy)]
struct Say(Locale);

impl Say {
    fn of<'t>(self, th: &'t str, en: &'t str) -> &'t str {
        match self.0 {
            Locale::Th => th,
            Locale::En => en,
        }
    }

    fn flow(self, th: &str, en: &str) -> Markup {
        flow(self.of(th, en))
    }
}

/// `GET /_gallery`.
pub async fn show(viewer: Viewer) -> Page {
    let v = &viewer;
    let s = Say(v.locale);
    let title = s.of("ชิ้นส่วนของหน้า", "Components");
    Page::new(v, title)
        .group(Group::Home)
        .group(Group::Rails)
        .group(Group::Matrix)
        .group(Group::Charts)
        .group(Group::Tree)
        .script(Script::Refresh)
        .body(html! {
            (crumbs(v, &[(s.flow("แผนและโครงการ", "Plans and projects"), v.to("/"))], flow(title)))
            (heading(flow(title), html! { (s.flow("ทุกชิ้นส่วนในทุกสถานะ", "Every component in every state")) " " (sample(v.locale)) }, &[
                button("#states", Some(Icon::Print), s.of("พิมพ์ผัง", "Print thread"), false),
                button("#rails", Some(Icon::Link), s.of("เพิ่มความเชื่อมโยง", "Add a link"), true),
            ]))
            div.card { div.card-b { (path(v.locale, &joints(s))) } }
            div.cols {
                div { (rails_card(v, s)) (charts(v, s)) (tables(v, s)) }
                div { (figures(v, s)) (findings(v, s)) (facts(v, s)) }
            }
            (states(v, s))
            (section("tiles", s.of("เป้าหมายย่อย 10 ข้อ", "Ten targets"), s.of("ช่องที่ไม่มีข้อมูลแสดงตามจริง ไม่แทนด้วยศูนย์", "What has no data says so and is not shown as zero"),
                Some(html! { a href=(v.to("/about")) { (s.flow("วิธีตัดสินสถานะ", "How the status is judged")) } }), tiles(v, s)))
            (section("eight", s.of("ห่วงโซ่คุณค่า SDG4 แปดขั้นตอน", "Eight steps"), "", None, eight(v, s)))
            (matrix(v, s))
            (lists(v, s))
            (empties(v, s))
        })
}

fn joints(s: Say) -> [Joint<'static>; 7] {
    let joint = |text: Markup, state: JointState| Joint { text, href: Some("#rails"), state };
    [
        joint(html! { "SDG 4.1" }, JointState::Joined),
        joint(s.flow("ตัวชี้วัด 4.1.1 (1)", "Series 4.1.1 (1)"), JointState::Joined),
        joint(s.flow("แผนที่นำทางจังหวัด", "Provincial roadmap"), JointState::Proposed),
        joint(s.flow("แผนพัฒนาการศึกษาจังหวัด", "Provincial plan"), JointState::Joined),
        Joint { text: s.flow("ยังไม่เชื่อมโยง", "Not linked yet"), href: None, state: JointState::Missing },
        joint(s.flow("โครงการ", "Project"), JointState::Here),
        joint(s.flow("3 กิจกรรม", "3 activities"), JointState::Joined),
    ]
}

fn rails_card(v: &Viewer, s: Say) -> Markup {
    let node = |look, name: Markup, line: Markup| Node { look, name, line, href: Some("#rails".to_owned()), badge: None };
    let join = |from, to, state| Join { from, to, state };
    use JoinState::{Approved, Faded, Missing, Proposed};
    let lanes = [
        Lane {
            level: s.of("สองราง", "Two rails"),
            line: s.of("SDG 4 และแผนระดับชาติ", "SDG 4 and national plans"),
            nodes: vec![
                node(NodeLook::Goal, s.flow("4.1 ประถมและมัธยมศึกษาที่มีคุณภาพ", "4.1 Quality primary and secondary education"), s.flow("เป้าหมายย่อย SDG 4", "SDG 4 target")),
                node(NodeLook::Approved, s.flow("ยุทธศาสตร์ชาติ 2561–2580", "National Strategy 2018–2037"), s.flow("ด้านการพัฒนาและเสริมสร้างศักยภาพทรัพยากรมนุษย์ · ระดับที่ 1", "Developing and strengthening human capital · Level 1")),
            ],
            joins: vec![join(0, 0, Approved), join(1, 1, Approved), join(1, 2, Faded)],
            meeting: false,
        },
        Lane {
            level: s.of("ระดับที่ 2 และ 3", "Levels 2 and 3"),
            line: s.of("ประเทศและกระทรวง", "Nation and ministry"),
            nodes: vec![
                node(NodeLook::Approved, s.flow("ตัวชี้วัด 4.1.1", "Global indicator 4.1.1"), s.flow("ความสามารถขั้นต่ำด้านการอ่านและคณิตศาสตร์", "Minimum proficiency in reading and mathematics")),
                node(NodeLook::Approved, s.flow("แผนแม่บท 12 เป้าหมาย 120101", "Master plan 12, goal 120101"), s.flow("คนไทยได้รับการศึกษาที่มีคุณภาพตามมาตรฐาน (Y1)", "People receive education of quality (Y1)")),
                node(NodeLook::Faded, s.flow("แผนการปฏิรูปประเทศ", "National reform plan"), s.flow("สิ้นสุดปี 2565 เก็บเป็นประวัติ", "Ended in 2022, kept as history")),
            ],
            joins: vec![join(0, 0, Approved), join(1, 1, Approved)],
            meeting: false,
        },
        Lane {
            level: s.of("จุดบรรจบ", "Meeting point"),
            line: s.of("สองเอกสารของจังหวัด", "Two provincial documents"),
            nodes: vec![
                node(NodeLook::Approved, s.flow("แผนที่นำทาง SDG4 จังหวัด", "SDG 4 roadmap of the province"), s.flow("เป้าหมายย่อย 4.1 · ฉบับที่ 3", "Target 4.1 · edition 3")),
                node(NodeLook::Approved, s.flow("แผนพัฒนาการศึกษาจังหวัด ระยะที่ 2", "Education development plan, phase 2"), html! { (year_range(v.locale, 2566, 2570)) }),
            ],
            joins: vec![join(0, 1, Proposed), join(1, 1, Approved), join(1, 0, Faded)],
            meeting: true,
        },
        Lane {
            level: s.of("หน่วยงาน", "Agency"),
            line: s.of("แผนตามประเภทและแผน 5 ปี", "Sector and five-year plan"),
            nodes: vec![
                Node { badge: Some(code("LINK-012")), ..node(NodeLook::Faded, s.flow("แผนตามประเภทการศึกษา", "Plan by type of education"), s.flow("คำแนะนำเท่านั้น แผน 5 ปีใช้แทนได้", "Advice only: the five-year plan may fill this place")) },
                node(NodeLook::Proposed, s.flow("แผนปฏิบัติราชการ ระยะ 5 ปี", "Five-year plan"), s.flow("แนวทางที่ 2 · เสนอ", "Approach 2 · proposed")),
            ],
            joins: vec![join(1, 0, Missing)],
            meeting: false,
        },
        Lane {
            level: s.of("แผนรายปี", "Annual plan"),
            line: s.of("ปีงบประมาณ 2570", "Fiscal year 2570"),
            nodes: vec![Node { href: None, badge: Some(code("LINK-004")), ..node(NodeLook::Missing, s.flow("ยังไม่ได้เลือกแนวทางของแผน 5 ปี", "No approach of the five-year plan chosen yet"), s.flow("แผนปฏิบัติราชการรายปีมีโครงการ แต่ยังไม่บอกว่ารับใช้สิ่งใด", "The annual plan names the project, but not what it serves")) }],
            joins: vec![join(0, 0, Missing)],
            meeting: false,
        },
        Lane {
            level: s.of("โครงการ", "Project"),
            line: s.of("กำลังติดตาม", "Being followed"),
            nodes: vec![Node { href: None, badge: Some(edition_state(v.locale, EditionState::Draft)), ..node(NodeLook::Here, s.flow("พัฒนาทักษะการอ่านและการคำนวณ ป.3", "Strengthening Grade 3 reading and numeracy skills"), html! { (money(v.locale, domain::money::Satang::baht(90_000))) }) }],
            joins: vec![],
            meeting: false,
        },
    ];
    html! {
        div id="rails" {
            (Card::new(s.of("จากกิจกรรมถึงเป้าหมาย SDG 4", "From activity to SDG 4"))
                .line(s.flow("สองรางบรรจบกันที่จังหวัด เส้นทึบคือรับรองแล้ว", "Two rails meet in the province; solid lines are approved"))
                .aside(segments(s.of("ทิศทาง", "Direction"), &[
                    Choice::new(s.of("มองขึ้น", "Look up"), "#up", false),
                    Choice::new(s.of("ทั้งสาย", "Whole thread"), "#rails", true),
                    Choice::new(s.of("มองลง", "Look down"), "#down", false),
                ]))
                .foot(rails_legend(v.locale))
                .show(rails(v.locale, &lanes)))
        }
    }
}

fn charts(v: &Viewer, s: Say) -> Markup {
    let years: Vec<String> = (2565..=2569).map(|year| year.to_string()).collect();
    let actual = [Some(46.2), Some(47.8), None, Some(50.6), Some(51.6)];
    let target = [None, Some(48.0), Some(50.0), Some(52.0), Some(54.0)];
    let lines = [
        Line { name: s.of("ผลการดำเนินงาน", "Result"), kind: LineKind::Actual, values: actual.to_vec() },
        Line { name: s.of("ค่าเป้าหมาย", "Target"), kind: LineKind::Target, values: target.to_vec() },
    ];
    let cell = |value: Option<f64>| html! { @match value { Some(value) => (format!("{value:.1}")), None => (value_state(v.locale, ValueState::Missing)) } };
    let line_title = s.of("ร้อยละของเด็กที่มีทักษะขั้นพื้นฐาน", "Share of children with basic skills");
    let heads = [s.of("ปีการศึกษา", "Academic year"), s.of("ผลการดำเนินงาน", "Result"), s.of("ค่าเป้าหมาย", "Target")];
    let years_table = Table::new(line_title, [Column::text(heads[0]), Column::figure(heads[1]), Column::figure(heads[2])])
        .rows(years.iter().zip(actual).zip(target).map(|((year, actual), target)| [html! { (year) }, cell(actual), cell(target)]))
        .show();
    let node = |id: &str, name: &str, layer, goal, missing| SankeyNode { id: id.to_owned(), name: name.to_owned(), layer, goal, missing };
    let nodes = [
        node("4.1", s.of("4.1 ประถม–มัธยม", "4.1 Schools"), 0, true, false),
        node("4.2", s.of("4.2 ปฐมวัย", "4.2 Early years"), 0, true, false),
        node("p1", s.of("ประเด็นที่ 1", "Issue 1"), 1, false, false),
        node("gap", s.of("ยังไม่เชื่อมโยง", "Not linked"), 1, false, true),
        node("a1", s.of("สพป. เขต 1–3", "Primary areas 1–3"), 2, false, false),
        node("a2", s.of("สพม.", "Secondary area"), 2, false, false),
    ];
    let flow_of = |from: &str, to: &str, value, state| Flow { from: from.to_owned(), to: to.to_owned(), value, state };
    let flows = [
        flow_of("4.1", "p1", 12, FlowState::Approved),
        flow_of("4.1", "gap", 2, FlowState::Missing),
        flow_of("4.2", "p1", 7, FlowState::Proposed),
        flow_of("p1", "a1", 11, FlowState::Approved),
        flow_of("p1", "a2", 8, FlowState::Proposed),
        flow_of("gap", "a2", 2, FlowState::Missing),
    ];
    let thread_title = s.of("สายทองจากเป้าหมายถึงหน่วยงาน", "The thread from target to agency");
    let flows_table = Table::new(thread_title, [Column::text(s.of("จาก", "From")), Column::text(s.of("ถึง", "To")), Column::figure(s.of("โครงการ", "Projects"))])
        .rows(flows.iter().map(|flow| [html! { (flow.from) }, html! { (flow.to) }, html! { (flow.value) }]))
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

fn tables(v: &Viewer, s: Say) -> Markup {
    let columns = || [
        Column::text(s.of("โครงการ", "Project")),
        Column::text(s.of("หน่วยงาน", "Agency")),
        Column::figure(s.of("งบประมาณ (บาท)", "Budget (baht)")),
        Column::text(s.of("ความเชื่อมโยง", "Link")),
    ];
    let row = |name: Markup, agency: Markup, baht: Markup, state: Markup| [name, agency, baht, state];
    Card::new(s.of("โครงการปีงบประมาณ 2570", "Projects of fiscal year 2570")).aside(count_badge(43)).flush().show(html! {
        (Table::new(s.of("โครงการ", "Projects"), columns())
            .row(row(html! { a href="#rails" { (s.flow("พัฒนาทักษะการอ่านและการคำนวณ ป.3", "Grade 3 reading and numeracy")) } small { (code("PRJ-012")) } }, s.flow("สพป.เพชรบูรณ์ เขต 1", "Primary area 1"), html! { "90,000" }, link_state(v.locale, LinkState::Approved)))
            .row(row(name(v.locale, "นำเด็กกลับเข้าสู่ระบบการศึกษา (Zero Dropout)", None), s.flow("สกร.", "Learning department"), html! { "28,134,351" }, link_state(v.locale, LinkState::Proposed)))
            .row(row(s.flow("ส่งเสริมการอ่าน", "Reading for everybody"), s.flow("ศธจ.", "Provincial office"), value_state(v.locale, ValueState::Missing), link_state(v.locale, LinkState::Rejected)))
            .total(row(s.flow("รวม 3 โครงการ", "Total of 3 projects"), html! {}, html! { "28,224,351" }, html! {}))
            .show())
    })
}

fn figures(v: &Viewer, s: Say) -> Markup {
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

fn issue(severity: Severity, code: &'static str) -> Issue {
    let at = At::Thing { what: "project", code: "PRJ-012".to_owned(), id: String::new() };
    Issue { at, code, severity, args: vec![("code", Arg::Text("PRJ-012".to_owned()))] }
}

fn findings(v: &Viewer, s: Say) -> Markup {
    let finding = |severity, rule, what: Markup, why: Markup, next: &str| FindingRow { severity, rule, rule_href: Some("#rule"), what, why, next: vec![small_button("#next", next)] };
    let rows = [
        finding(Severity::Error, "LINK-004", s.flow("แผนรายปียังไม่เชื่อมโยงแผน 5 ปี", "The annual plan is not joined to the five-year plan"), s.flow("ขั้นที่ 7.3 กำหนดให้เชื่อมโยงผ่านแผน 5 ปี", "Step 7.3 asks for a link up to the five-year plan"), s.of("เลือกแนวทาง", "Choose an approach")),
        finding(Severity::Warning, "OWNER-001", s.flow("กิจกรรมที่ 3 ไม่มีผู้รับผิดชอบ", "Activity 3 has no responsible person"), html! {}, s.of("ระบุผู้รับผิดชอบ", "Name a person")),
        finding(Severity::Advice, "LINK-012", s.flow("ยังไม่มีแผนตามประเภทการศึกษา", "No plan by type of education is linked"), s.flow("แผน 5 ปีใช้แทนได้ ไม่ขัดขวางสิ่งใด", "The five-year plan may fill this place; nothing is blocked"), s.of("ใช้เอกสารเดียวกัน", "Mark as the same document")),
    ];
    html! {
        (Card::new(s.of("รายการที่ควรตรวจทาน", "Items to review")).aside(count_badge(3)).flush().show(FindingRow::show_all(v.locale, &rows)))
        (error_summary(v.locale, s.of("ยังส่งไม่ได้ โปรดแก้ไข 1 จุด", "Not sent yet: please fix 1 item"), &[issue(Severity::Error, "ui.unreadable_question")]))
    }
}

fn facts(v: &Viewer, s: Say) -> Markup {
    let at = |minutes: i64| Moment(1_795_401_900_000_000 - minutes * 60_000_000);
    html! {
        (Card::new(s.of("ความเชื่อมโยงที่เลือก", "Selected link")).show(definitions([
            (s.of("จาก", "From"), s.flow("แผนที่นำทาง เป้าหมายย่อย 4.1", "Roadmap, target 4.1")),
            (s.of("ถึง", "To"), s.flow("แผนพัฒนาการศึกษาจังหวัด ประเด็นที่ 1", "Provincial plan, issue 1")),
            (s.of("เหตุผล", "Rationale"), s.flow("ครูใช้ผลคัดกรองปรับการสอน เด็กจึงอ่านและคำนวณได้ตามเกณฑ์", "Teachers use screening results to adapt lessons, so that children reach the standard")),
            (s.of("แหล่งที่มา", "Source"), html! { (certainty(v.locale, Certainty::Recalled)) }),
        ])))
        (Card::new(s.of("ประวัติการแก้ไข", "History")).show(timeline(v.locale, &[
            Event { what: html! { (s.flow("สพป.เขต 2 แก้ไขตัวเศษ", "Area 2 corrected the numerator")) (change("1,327", "1,352")) }, at: at(0) },
            Event { what: s.flow("สพป.เขต 1 ส่งข้อมูล", "Area 1 sent its data"), at: at(900) },
        ])))
        (note(Tone::Mute, Icon::Info, s.flow("ตัวเลขทุกค่าในหน้านี้เป็นตัวอย่าง", "All figures on this page are samples")))
        (note(Tone::Below, Icon::Triangle, s.flow("ชุดข้อมูลเปลี่ยนคำนิยามในปี 2562 จึงไม่ควรเปรียบเทียบกับปีก่อนหน้า", "The series changed its definition in 2562 and should not be compared with earlier years")))
        (note(Tone::Ok, Icon::OkCircle, s.flow("ส่งข้อมูลให้ ศธจ. แล้ว", "Sent to the provincial office")))
        (note(Tone::Crit, Icon::Octagon, s.flow("ส่งไม่สำเร็จ 1 รายการ", "1 item was not sent")))
    }
}

fn states(v: &Viewer, s: Say) -> Markup {
    let all = |marks: Vec<Markup>| html! { div.row { @for mark in marks { (mark) } } };
    let groups = [
        (s.of("ค่า", "Values"), all(ValueState::ALL.iter().map(|state| value_state(v.locale, *state)).collect())),
        (s.of("เทียบค่าเป้าหมาย", "Against the target"), all(Achievement::ALL.iter().map(|at| achievement(v.locale, *at)).collect())),
        (s.of("รายการที่ควรตรวจทาน", "Findings"), all(Severity::ALL.iter().map(|level| severity(v.locale, *level)).collect())),
        (s.of("ความเชื่อมโยง", "Links"), all(LinkState::ALL.iter().map(|state| link_state(v.locale, *state)).collect())),
        (s.of("ฉบับ", "Editions"), all(EditionState::ALL.iter().map(|state| edition_state(v.locale, *state)).collect())),
        (s.of("ความแน่นอน", "Certainty"), all(Certainty::ALL.iter().map(|sure| certainty(v.locale, *sure)).collect())),
        (s.of("รหัส", "Codes"), all(vec![target_code("SDG 4"), target_code_small("4.1"), target_link("4.a", "#tiles"), code("PRJ-012"), code_link("LINK-004", "#rule"), count_badge(1_234)])),
        (s.of("วันและตัวเลข", "Days and figures"), all(vec![
            html! { (long_day(v.locale, jiff::civil::date(2026, 11, 23))) },
            html! { (percent(12_267, 10_000).unwrap_or_default()) },
            html! { (period(v.locale, domain::time::Period::fiscal(domain::time::FiscalYear(2570)))) },
        ])),
        (s.of("สัญลักษณ์", "Icons"), all(Icon::ALL.iter().map(|drawing| icon(*drawing)).collect())),
    ];
    html! { div id="states" { (Card::new(s.of("สถานะ", "States")).show(definitions(groups))) } }
}

fn tiles(v: &Viewer, s: Say) -> Markup {
    let tile = |code, name: Markup, status: Markup, foot, empty| Tile { code, name, status, foot, href: "#tiles", empty };
    let has = s.of("มีข้อมูล 2/2 ตัวชี้วัด · ณ 30 ต.ค. 2569", "2/2 indicators have data · as of 30 Oct 2026");
    let none = s.of("มีข้อมูล 0/1 ตัวชี้วัด", "0/1 indicators have data");
    Tile::show_all([
        tile("4.1", s.flow("ประถมและมัธยมที่มีคุณภาพ", "Quality primary and secondary education"), achievement(v.locale, Achievement::Risk), has, false),
        tile("4.2", s.flow("ปฐมวัยพร้อมก่อนเข้าประถม", "Ready for primary school"), achievement(v.locale, Achievement::Below), has, false),
        tile("4.3", s.flow("อาชีวศึกษาและอุดมศึกษาที่เข้าถึงได้", "Vocational and higher education within reach"), achievement(v.locale, Achievement::Unknown), has, false),
        tile("4.4", s.flow("ทักษะเพื่อการทำงาน", "Skills for work"), value_state(v.locale, ValueState::Missing), none, true),
        tile("4.b", s.flow("ทุนการศึกษาระหว่างประเทศ", "International scholarships"), value_state(v.locale, ValueState::NotApplicable), s.of("ติดตามที่ระดับประเทศ 1 ตัวชี้วัด", "1 indicator, followed at national level"), true),
    ])
}

fn eight(v: &Viewer, s: Say) -> Markup {
    let step = |number: u8, th: &str, en: &str, state, coverage: &str| Step { number, name: s.flow(th, en), state, coverage: Some(flow(coverage)) };
    steps(v.locale, &[
        step(1, "ศึกษาแผนที่นำทาง", "Study the roadmap", StepState::Done, s.of("เสร็จ ต.ค. 2568", "done Oct 2025")),
        step(2, "เสนอชื่อคณะทำงานระดับจังหวัด", "Nominate the provincial group", StepState::Done, "14/14"),
        step(3, "จัดทำแผนที่นำทางจังหวัด", "Write the roadmap", StepState::Done, s.of("ฉบับที่ 3", "edition 3")),
        step(4, "เผยแพร่สู่หน่วยงาน", "Publish to agencies", StepState::Now, "11/14"),
        step(5, "สร้างการรับรู้", "Raise awareness", StepState::Now, s.of("2,148/5,210 คน", "2,148/5,210 people")),
        step(6, "หน่วยงานแต่งตั้งคณะทำงาน", "Agencies appoint", StepState::Now, s.of("9/14 หน่วยงาน", "9/14 agencies")),
        step(7, "เชื่อมโยงสู่แผนและติดตาม", "Link to plans", StepState::Unsaid, ""),
        step(8, "จังหวัดติดตาม", "Monitor", StepState::Later, s.of("ยังไม่ถึงกำหนด", "not yet due")),
    ])
}

fn matrix(v: &Viewer, s: Say) -> Markup {
    let columns = ["4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "4.7", "4.a", "4.b", "4.c"];
    let cell = |tone, icon, figure: &str, who: &str, target: &str| MatrixCell {
        tone,
        icon,
        figure: figure.to_owned(),
        name: format!("{who} {target}: {figure}"),
        href: Some("#matrix".to_owned()),
    };
    let row = |name: &str, own, shift: usize| MatrixRow {
        name: flow(name),
        own,
        cells: columns.iter().enumerate().map(|(at, code)| match (at + shift) % 9 {
            0 => cell(Tone::Ok, Icon::OkCircle, "5/5", name, code),
            1 => cell(Tone::Info, Icon::Half, "3/5", name, code),
            2 => cell(Tone::Gold, Icon::Pen, "0+2", name, code),
            3 => cell(Tone::Zero, Icon::Zero, "0/5", name, code),
            4 => MatrixCell::state(v.locale, ValueState::Missing, name),
            5 => MatrixCell::state(v.locale, ValueState::NotApplicable, name),
            6 => MatrixCell::state(v.locale, ValueState::NotDue, name),
            7 => cell(Tone::Crit, Icon::Clock, "1/5", name, code),
            _ => cell(Tone::Risk, Icon::Back, "2/5", name, code),
        }).collect(),
    };
    let matrix = Matrix {
        caption: s.of("หน่วยงานและเป้าหมายย่อย", "Agencies and targets"),
        corner: s.of("หน่วยงาน", "Agency"),
        columns: columns.iter().map(|code| ((*code).to_owned(), "11/14".to_owned())).collect(),
        rows: vec![
            row(s.of("สำนักงานศึกษาธิการจังหวัดเพชรบูรณ์", "Phetchabun Provincial Education Office"), true, 0),
            row(s.of("สพป.เพชรบูรณ์ เขต 1", "Phetchabun Primary Area 1"), false, 1),
            row(s.of("สพป.เพชรบูรณ์ เขต 2", "Phetchabun Primary Area 2"), false, 4),
        ],
        total: Some((s.of("รวม", "Total"), columns.iter().map(|_| "21".to_owned()).collect())),
    };
    html! { div id="matrix" { (Card::new(s.of("ความครอบคลุม หน่วยงานและเป้าหมายย่อย", "Coverage of targets by agencies")).aside(sample(v.locale)).flush().show(matrix.show())) } }
}

fn lists(v: &Viewer, s: Say) -> Markup {
    let branch = |label: &str, code: &str, name: Markup, below: Vec<Branch>| Branch {
        label: label.to_owned(), code: code.to_owned(), name, href: Some("#tree".to_owned()), tail: Some(s.flow("16 โครงการ", "16 projects")), open: true, here: false, below,
    };
    let plan = [branch(s.of("ยุทธศาสตร์", "Strategy"), "1", s.flow("การจัดการศึกษาเพื่อความมั่นคงของสังคมและประเทศชาติ", "Education for a secure society"), vec![
        branch(s.of("เป้าประสงค์", "Objective"), "1.1", s.flow("ผู้เรียนได้รับการพัฒนาเต็มตามศักยภาพ", "Learners develop their full potential"), vec![
            Branch { here: true, ..branch(s.of("ตัวชี้วัด", "Indicator"), "1.1.1", s.flow("ร้อยละของผู้เรียนที่ผ่านเกณฑ์", "Share of learners who pass"), vec![]) },
        ]),
        branch(s.of("เป้าประสงค์", "Objective"), "1.2", s.flow("ครูมีสมรรถนะตามมาตรฐานวิชาชีพ", "Teachers meet the professional standard"), vec![]),
    ])];
    let option = |value: &str, word: &str| (value.to_owned(), word.to_owned());
    let text = s.of("อบรมครูสอนอ่าน ป.3", "Training of reading teachers");
    let hit = s.of("ครู", "reading");
    let found: Vec<_> = text.match_indices(hit).map(|(at, hit)| at..at + hit.len()).collect();
    html! {
        (tabs(s.of("ส่วนของแผน", "Parts of the plan"), &[
            (Choice::new(s.of("โครงสร้าง", "Structure"), "#tree", true), None),
            (Choice::new(s.of("โครงการ", "Projects"), "#projects", false), Some(43)),
            (Choice::new(s.of("รายการที่ควรตรวจทาน", "Items to review"), "#findings", false), Some(5)),
        ]))
        (Filters::new(v.to("/_gallery"))
            .refreshing("results")
            .chips(v, "state", s.of("สถานะ", "State"), &[("", s.of("ทั้งหมด", "All"), 43), ("error", s.of("ต้องแก้ไขก่อนส่ง", "Fix before sending"), 12), ("advice", s.of("คำแนะนำ", "Advice"), 31)], "")
            .choose("agency", s.of("หน่วยงาน", "Agency"), vec![option("", s.of("ทุกหน่วยงาน", "All agencies")), option("pbn1", s.of("สพป.เพชรบูรณ์ เขต 1", "Phetchabun Primary Area 1"))], "pbn1")
            .write("q", s.of("มีคำว่า", "Contains"), "")
            .show(v))
        div.two id="results" {
            (Card::new(s.of("โครงสร้างของแผน", "Structure of the plan")).show(tree(&plan)))
            (Card::new(s.of("ผลการค้นหา", "Search results")).flush().show(rows([
                Row { mark: Some(html! { span.ic { (icon(Icon::Folder)) } }), title: marked(text, &found), href: Some("#row".to_owned()), line: Some(s.flow("โครงการ · สพป.เพชรบูรณ์ เขต 1", "Project · Phetchabun Primary Area 1")), aside: Some(link_state(v.locale, LinkState::Proposed)) },
                Row { mark: Some(html! { span.ic.gold { (icon(Icon::Thread)) } }), title: s.flow("เป้าหมายย่อย 4.1", "Target 4.1"), href: Some("#row".to_owned()), line: None, aside: None },
            ])))
        }
        (search_form(v, &v.to("/glossary"), "find-gallery", "", true))
        (pagination(v, 2, 20, 43))
    }
}

fn empties(v: &Viewer, s: Say) -> Markup {
    let to = |word: &str| Some(button(&v.to("/"), None, word, false));
    html! {
        div.three {
            (Empty::NoData.show(s.of("ยังไม่มีโครงการปีงบประมาณ 2571", "No projects of fiscal year 2571 yet"), s.of("โครงการต่อเนื่องคัดลอกจากปี 2570 ได้ 12 โครงการ", "12 continuing projects can be copied from 2570"), to(s.of("คัดลอกจากปี 2570", "Copy from 2570"))))
            (Empty::NoMatch.show(s.of("ไม่พบ “อ่านคล่อง” ใน 51 โครงการ", "“fluent” was not found in 51 projects"), s.of("กำลังกรองเฉพาะ สกร.", "Filtered by the learning department"), to(s.of("ล้างตัวกรอง", "Clear filters"))))
            (Empty::NoRight.show(s.of("ร่างของหน่วยงานอื่นยังไม่เปิดให้อ่าน", "Drafts of other agencies are not open"), s.of("ท่านเห็นได้เมื่อหน่วยงานเจ้าของส่งแล้ว", "You will see them once they are sent"), to(s.of("ดูฉบับที่ส่งแล้ว", "See what was sent"))))
        }
    }
}
