//! Samples of the thread: breadcrumb, rails, matrix.

use domain::plan::EditionState;
use maud::{Markup, html};

use super::Say;
use crate::Viewer;
use crate::ui::*;

/// Samples.
pub fn joints(s: Say) -> [Joint<'static>; 7] {
    let joint = |text: Markup, state: JointState| Joint {
        text,
        href: Some("#rails"),
        state,
    };
    [
        joint(html! { "SDG 4.1" }, JointState::Joined),
        joint(
            s.flow("ตัวชี้วัด 4.1.1 (1)", "Series 4.1.1 (1)"),
            JointState::Joined,
        ),
        joint(
            s.flow("แผนที่นำทางจังหวัด", "Provincial roadmap"),
            JointState::Proposed,
        ),
        joint(
            s.flow("แผนพัฒนาการศึกษาจังหวัด", "Provincial plan"),
            JointState::Joined,
        ),
        Joint {
            text: s.flow("ยังไม่เชื่อมโยง", "Not linked yet"),
            href: None,
            state: JointState::Missing,
        },
        joint(s.flow("โครงการ", "Project"), JointState::Here),
        joint(s.flow("3 กิจกรรม", "3 activities"), JointState::Joined),
    ]
}

/// Samples.
pub fn rails_card(v: &Viewer, s: Say) -> Markup {
    let node = |look, name: Markup, line: Markup| Node {
        look,
        name,
        line,
        href: Some("#rails".to_owned()),
        badge: None,
    };
    let join = |from, to, state| Join { from, to, state };
    use JoinState::{Approved, Faded, Missing, Proposed};
    let lanes = [
        Lane {
            level: s.of("สองราง", "Two rails"),
            line: s.of("SDG 4 และแผนระดับชาติ", "SDG 4 and national plans"),
            nodes: vec![
                node(
                    NodeLook::Goal,
                    s.flow(
                        "4.1 ประถมและมัธยมศึกษาที่มีคุณภาพ",
                        "4.1 Quality primary and secondary education",
                    ),
                    s.flow("เป้าหมายย่อย SDG 4", "SDG 4 target"),
                ),
                node(
                    NodeLook::Approved,
                    s.flow("ยุทธศาสตร์ชาติ 2561–2580", "National Strategy 2018–2037"),
                    s.flow(
                        "ด้านการพัฒนาและเสริมสร้างศักยภาพทรัพยากรมนุษย์ · ระดับที่ 1",
                        "Developing and strengthening human capital · Level 1",
                    ),
                ),
            ],
            joins: vec![
                join(0, 0, Approved),
                join(1, 1, Approved),
                join(1, 2, Faded),
            ],
            rails: [Some(Approved), Some(Approved)],
            meeting: false,
        },
        Lane {
            level: s.of("ระดับที่ 2 และ 3", "Levels 2 and 3"),
            line: s.of("ประเทศและกระทรวง", "Nation and ministry"),
            nodes: vec![
                node(
                    NodeLook::Approved,
                    s.flow("ตัวชี้วัด 4.1.1", "Global indicator 4.1.1"),
                    s.flow(
                        "ความสามารถขั้นต่ำด้านการอ่านและคณิตศาสตร์",
                        "Minimum proficiency in reading and mathematics",
                    ),
                ),
                node(
                    NodeLook::Approved,
                    s.flow("แผนแม่บท 12 เป้าหมาย 120101", "Master plan 12, goal 120101"),
                    s.flow(
                        "คนไทยได้รับการศึกษาที่มีคุณภาพตามมาตรฐาน (Y1)",
                        "People receive education of quality (Y1)",
                    ),
                ),
                node(
                    NodeLook::Faded,
                    s.flow("แผนการปฏิรูปประเทศ", "National reform plan"),
                    s.flow("สิ้นสุดปี 2565 เก็บเป็นประวัติ", "Ended in 2022, kept as history"),
                ),
            ],
            joins: vec![join(0, 0, Approved), join(1, 1, Approved)],
            rails: [Some(Approved), Some(Approved)],
            meeting: false,
        },
        Lane {
            level: s.of("จุดบรรจบ", "Meeting point"),
            line: s.of("สองเอกสารของจังหวัด", "Two provincial documents"),
            nodes: vec![
                node(
                    NodeLook::Approved,
                    s.flow("แผนที่นำทาง SDG4 จังหวัด", "SDG 4 roadmap of the province"),
                    s.flow("เป้าหมายย่อย 4.1 · ฉบับที่ 3", "Target 4.1 · edition 3"),
                ),
                node(
                    NodeLook::Approved,
                    s.flow(
                        "แผนพัฒนาการศึกษาจังหวัด ระยะที่ 2",
                        "Education development plan, phase 2",
                    ),
                    html! { (year_range(v.locale, 2566, 2570)) },
                ),
            ],
            joins: vec![
                join(0, 1, Proposed),
                join(1, 1, Approved),
                join(1, 0, Faded),
            ],
            rails: [Some(Proposed), Some(Approved)],
            meeting: true,
        },
        Lane {
            level: s.of("หน่วยงาน", "Agency"),
            line: s.of("แผนตามประเภทและแผน 5 ปี", "Sector and five-year plan"),
            nodes: vec![
                Node {
                    badge: Some(code("LINK-012")),
                    ..node(
                        NodeLook::Faded,
                        s.flow("แผนตามประเภทการศึกษา", "Plan by type of education"),
                        s.flow(
                            "คำแนะนำเท่านั้น แผน 5 ปีใช้แทนได้",
                            "Advice only: the five-year plan may fill this place",
                        ),
                    )
                },
                node(
                    NodeLook::Proposed,
                    s.flow("แผนปฏิบัติราชการ ระยะ 5 ปี", "Five-year plan"),
                    s.flow("แนวทางที่ 2 · เสนอ", "Approach 2 · proposed"),
                ),
            ],
            joins: vec![join(1, 0, Missing)],
            rails: [Some(Missing), Some(Missing)],
            meeting: false,
        },
        Lane {
            level: s.of("แผนรายปี", "Annual plan"),
            line: s.of("ปีงบประมาณ 2570", "Fiscal year 2570"),
            nodes: vec![Node {
                href: None,
                badge: Some(code("LINK-004")),
                ..node(
                    NodeLook::Missing,
                    s.flow(
                        "ยังไม่ได้เลือกแนวทางของแผน 5 ปี",
                        "No approach of the five-year plan chosen yet",
                    ),
                    s.flow(
                        "แผนปฏิบัติราชการรายปีมีโครงการ แต่ยังไม่บอกว่ารับใช้สิ่งใด",
                        "The annual plan names the project, but not what it serves",
                    ),
                )
            }],
            joins: vec![join(0, 0, Missing)],
            rails: [Some(Missing), Some(Missing)],
            meeting: false,
        },
        Lane {
            level: s.of("โครงการ", "Project"),
            line: s.of("โครงการนี้", "This project"),
            nodes: vec![Node {
                href: None,
                badge: Some(edition_state(v.locale, EditionState::Draft)),
                ..node(
                    NodeLook::Here,
                    s.flow(
                        "พัฒนาทักษะการอ่านและการคำนวณ ป.3",
                        "Strengthening Grade 3 reading and numeracy skills",
                    ),
                    html! { (money(v.locale, domain::money::Satang::baht(90_000))) },
                )
            }],
            joins: vec![],
            rails: [None; 2],
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

/// Samples.
pub fn matrix(v: &Viewer, s: Say) -> Markup {
    let columns = [
        "4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "4.7", "4.a", "4.b", "4.c",
    ];
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
        cells: columns
            .iter()
            .enumerate()
            .map(|(at, code)| match (at + shift) % 9 {
                0 => cell(Tone::Ok, Icon::OkCircle, "5/5", name, code),
                1 => cell(Tone::Info, Icon::Half, "3/5", name, code),
                2 => cell(Tone::Gold, Icon::Pen, "0+2", name, code),
                3 => cell(Tone::Zero, Icon::Zero, "0/5", name, code),
                4 => MatrixCell::state(v.locale, ValueState::Missing, name),
                5 => MatrixCell::state(v.locale, ValueState::NotApplicable, name),
                6 => MatrixCell::state(v.locale, ValueState::NotDue, name),
                7 => cell(Tone::Crit, Icon::Clock, "1/5", name, code),
                _ => cell(Tone::Risk, Icon::Back, "2/5", name, code),
            })
            .collect(),
    };
    let matrix = Matrix {
        caption: s.of("หน่วยงานและเป้าหมายย่อย", "Agencies and targets"),
        corner: s.of("หน่วยงาน", "Agency"),
        columns: columns
            .iter()
            .map(|code| ((*code).to_owned(), "11/14".to_owned()))
            .collect(),
        rows: vec![
            row(
                s.of(
                    "สำนักงานศึกษาธิการจังหวัดเพชรบูรณ์",
                    "Phetchabun Provincial Education Office",
                ),
                true,
                0,
            ),
            row(
                s.of("สพป.เพชรบูรณ์ เขต 1", "Phetchabun Primary Area 1"),
                false,
                1,
            ),
            row(
                s.of("สพป.เพชรบูรณ์ เขต 2", "Phetchabun Primary Area 2"),
                false,
                4,
            ),
        ],
        total: Some((
            s.of("รวม", "Total"),
            columns.iter().map(|_| "21".to_owned()).collect(),
        )),
    };
    html! { div id="matrix" { (Card::new(s.of("ความครอบคลุม หน่วยงานและเป้าหมายย่อย", "Coverage of targets by agencies")).aside(sample(v.locale)).flush().show(matrix.show())) } }
}
