//! Samples of findings, facts, history, filters, lists, trees and empty places.

use domain::issue::{Arg, Issue, Place as At, Severity};
use domain::link::LinkState;
use domain::provenance::Certainty;
use domain::time::Moment;
use maud::{Markup, html};

use super::Say;
use crate::Viewer;
use crate::ui::*;

fn issue(severity: Severity, code: &'static str) -> Issue {
    let at = At::Thing {
        what: "project",
        code: "PRJ-012".to_owned(),
        id: String::new(),
    };
    Issue {
        at,
        code,
        severity,
        args: vec![("code", Arg::Text("PRJ-012".to_owned()))],
    }
}

/// Samples.
pub fn findings(v: &Viewer, s: Say) -> Markup {
    let finding = |severity, rule, what: Markup, why: Markup, next: &str| FindingRow {
        severity,
        rule,
        rule_href: Some("#rule"),
        what,
        why,
        next: vec![small_button("#next", next)],
    };
    let rows = [
        finding(
            Severity::Error,
            "LINK-004",
            s.flow(
                "แผนรายปียังไม่เชื่อมโยงแผน 5 ปี",
                "The annual plan is not joined to the five-year plan",
            ),
            s.flow(
                "ขั้นที่ 7.3 กำหนดให้เชื่อมโยงผ่านแผน 5 ปี",
                "Step 7.3 asks for a link up to the five-year plan",
            ),
            s.of("เลือกแนวทาง", "Choose an approach"),
        ),
        finding(
            Severity::Warning,
            "OWNER-001",
            s.flow(
                "กิจกรรมที่ 3 ไม่มีผู้รับผิดชอบ",
                "Activity 3 has no responsible person",
            ),
            html! {},
            s.of("ระบุผู้รับผิดชอบ", "Name a person"),
        ),
        finding(
            Severity::Advice,
            "LINK-012",
            s.flow(
                "ยังไม่มีแผนตามประเภทการศึกษา",
                "No plan by type of education is linked",
            ),
            s.flow(
                "แผน 5 ปีใช้แทนได้ ไม่ขัดขวางสิ่งใด",
                "The five-year plan may fill this place; nothing is blocked",
            ),
            s.of("ใช้เอกสารเดียวกัน", "Mark as the same document"),
        ),
    ];
    html! {
        (Card::new(s.of("รายการที่ควรตรวจทาน", "Items to review")).aside(count_badge(3)).flush().show(FindingRow::show_all(v.locale, &rows)))
        (error_summary(v.locale, s.of("ยังส่งไม่ได้ โปรดแก้ไข 1 จุด", "Not sent yet: please fix 1 item"), &[issue(Severity::Error, "ui.unreadable_question")]))
    }
}

/// Samples.
pub fn facts(v: &Viewer, s: Say) -> Markup {
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

/// Samples.
pub fn lists(v: &Viewer, s: Say) -> Markup {
    let branch = |label: &str, code: &str, name: Markup, below: Vec<Branch>| Branch {
        label: label.to_owned(),
        code: code.to_owned(),
        name,
        href: Some("#tree".to_owned()),
        tail: Some(s.flow("16 โครงการ", "16 projects")),
        open: true,
        here: false,
        below,
    };
    let plan = [branch(
        s.of("ยุทธศาสตร์", "Strategy"),
        "1",
        s.flow(
            "การจัดการศึกษาเพื่อความมั่นคงของสังคมและประเทศชาติ",
            "Education for a secure society",
        ),
        vec![
            branch(
                s.of("เป้าประสงค์", "Objective"),
                "1.1",
                s.flow(
                    "ผู้เรียนได้รับการพัฒนาเต็มตามศักยภาพ",
                    "Learners develop their full potential",
                ),
                vec![Branch {
                    here: true,
                    ..branch(
                        s.of("ตัวชี้วัด", "Indicator"),
                        "1.1.1",
                        s.flow("ร้อยละของผู้เรียนที่ผ่านเกณฑ์", "Share of learners who pass"),
                        vec![],
                    )
                }],
            ),
            branch(
                s.of("เป้าประสงค์", "Objective"),
                "1.2",
                s.flow(
                    "ครูมีสมรรถนะตามมาตรฐานวิชาชีพ",
                    "Teachers meet the professional standard",
                ),
                vec![],
            ),
        ],
    )];
    let option = |value: &str, word: &str| (value.to_owned(), word.to_owned());
    let text = s.of("อบรมครูสอนอ่าน ป.3", "Training of reading teachers");
    let hit = s.of("ครู", "reading");
    let found: Vec<_> = text
        .match_indices(hit)
        .map(|(at, hit)| at..at + hit.len())
        .collect();
    html! {
        (tabs(s.of("ส่วนของแผน", "Parts of the plan"), &[
            (Choice::new(s.of("โครงสร้าง", "Structure"), "#tree", true), None),
            (Choice::new(s.of("โครงการ", "Projects"), "#projects", false), Some(43)),
            (Choice::new(s.of("รายการที่ควรตรวจทาน", "Items to review"), "#findings", false), Some(5)),
        ]))
        (Filters::new(v.to("/_gallery"))
            .refreshing("results")
            .chips(v, "state", s.of("สถานะ", "State"), &[("", s.of("ทั้งหมด", "All"), 43), ("error", s.of("ต้องแก้ไขก่อนส่ง", "Must be repaired before sending"), 12), ("advice", s.of("คำแนะนำ", "Advice"), 31)], "")
            .choose("agency", s.of("หน่วยงาน", "Agency"), vec![option("", s.of("ทุกหน่วยงาน", "All agencies")), option("pbn1", s.of("สพป.เพชรบูรณ์ เขต 1", "Phetchabun Primary Area 1"))], "pbn1")
            .write("q", s.of("มีคำว่า", "Contains"), "")
            .show(v))
        div.two id="results" {
            (Card::new(s.of("โครงสร้างของแผน", "Structure of the plan")).show(tree(v.locale, &plan)))
            (Card::new(s.of("ผลการค้นหา", "Search results")).flush().show(rows([
                Row { mark: Some(html! { span.ic { (icon(Icon::Folder)) } }), title: marked(text, &found), href: Some("#row".to_owned()), line: Some(s.flow("โครงการ · สพป.เพชรบูรณ์ เขต 1", "Project · Phetchabun Primary Area 1")), aside: Some(link_state(v.locale, LinkState::Proposed)) },
                Row { mark: Some(html! { span.ic.gold { (icon(Icon::Thread)) } }), title: s.flow("เป้าหมายย่อย 4.1", "Target 4.1"), href: Some("#row".to_owned()), line: None, aside: None },
            ])))
        }
        (search_form(v, &v.to("/glossary"), "find-gallery", "", true))
        (pagination(v, 2, 20, 43))
    }
}

/// Samples.
pub fn empties(v: &Viewer, s: Say) -> Markup {
    let to = |word: &str| Some(button(&v.to("/"), None, word, false));
    html! {
        div.three {
            (Empty::NoData.show(s.of("ยังไม่มีโครงการปีงบประมาณ 2571", "No projects of fiscal year 2571 yet"), s.of("โครงการต่อเนื่องคัดลอกจากปี 2570 ได้ 12 โครงการ", "12 continuing projects can be copied from 2570"), to(s.of("คัดลอกจากปี 2570", "Copy from 2570"))))
            (Empty::NoMatch.show(s.of("ไม่พบ “อ่านคล่อง” ใน 51 โครงการ", "“fluent” was not found in 51 projects"), s.of("กำลังกรองเฉพาะ สกร.", "Filtered by the learning department"), to(s.of("ล้างตัวกรอง", "Clear filters"))))
            (Empty::NoRight.show(s.of("ร่างของหน่วยงานอื่นยังไม่เปิดให้อ่าน", "Drafts of other agencies are not open"), s.of("ท่านเห็นได้เมื่อหน่วยงานเจ้าของส่งแล้ว", "You will see them once they are sent"), to(s.of("ดูฉบับที่ส่งแล้ว", "See what was sent"))))
        }
    }
}
