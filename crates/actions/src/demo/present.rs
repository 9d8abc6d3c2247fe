//! Fiscal year 2570 as far as it had come in November 2569: cells at different stages, an inquiry that is open, a reminder.

use super::{
    PRESENT, Story,
    doing::{Do, Doing, Where, said},
};
use domain::{
    duty::DutyItem::{
        self, Step1, Step2, Step3, Step4, Step5, Step6, Step7_1, Step7_2, Step7_3, Step7_4,
    },
    ids::OrganisationId,
    time::{Holidays, Period, add_working_days},
};
use jiff::civil::{Date, date};
use std::collections::HashMap;

/// How far one cell comes.
#[derive(Clone, Copy)]
enum Stage {
    /// Recorded, not certified.
    Recorded,
    /// Certified.
    Certified,
    /// Certified, with a count.
    Counted(u32),
    /// Recorded with a count.
    CountedOnly(u32),
    /// Certified, with a file.
    Proven,
    /// Certified, and more is asked about it since.
    Asked,
    /// Sent back by the approver.
    SentBack,
    /// Certified as not applicable.
    NotOurs,
    /// Drafted by the provincial office.
    Drafted,
    /// Drafted by the provincial office, taken over and certified by the agency.
    TakenOver,
}

use Stage::{
    Asked, Certified, Counted, CountedOnly, Drafted, NotOurs, Proven, Recorded, SentBack, TakenOver,
};

/// Who, and how far each of its steps comes; what is not named stays empty and becomes late.
const STORY: &[(&str, &[(DutyItem, Stage)])] = &[
    (
        "PNBPEO",
        &[
            (Step1, Certified),
            (Step2, Counted(21)),
            (Step3, Proven),
            (Step4, Certified),
            (Step6, Certified),
            (Step7_1, Certified),
            (Step7_2, Certified),
            (Step7_3, Recorded),
        ],
    ),
    ("PNBPEO-PRIVATE", &[(Step4, Certified), (Step7_1, Recorded)]),
    (
        "ESAO-PNB1",
        &[
            (Step4, Certified),
            (Step5, CountedOnly(604)),
            (Step6, Proven),
            (Step7_1, Certified),
            (Step7_2, Asked),
            (Step7_3, Recorded),
        ],
    ),
    (
        "ESAO-PNB2",
        &[
            (Step4, Certified),
            (Step6, Certified),
            (Step7_1, Certified),
            (Step7_3, Certified),
        ],
    ),
    (
        "ESAO-PNB3",
        &[
            (Step4, Certified),
            (Step6, Recorded),
            (Step7_1, Certified),
            (Step7_2, SentBack),
        ],
    ),
    (
        "SESAO-PNB",
        &[
            (Step4, Certified),
            (Step6, Certified),
            (Step7_1, Certified),
            (Step7_2, Certified),
            (Step7_3, Certified),
            (Step7_4, Counted(6)),
        ],
    ),
    (
        "SPEC-PNB",
        &[
            (Step4, Certified),
            (Step5, Counted(24)),
            (Step6, Certified),
            (Step7_1, Certified),
            (Step7_2, Certified),
        ],
    ),
    (
        "PANYA-PNB",
        &[
            (Step4, Certified),
            (Step6, NotOurs),
            (Step7_1, Certified),
            (Step7_4, Counted(0)),
        ],
    ),
    ("RPK57", &[(Step4, SentBack)]),
    (
        "PVEC-PNB",
        &[
            (Step4, Certified),
            (Step6, Certified),
            (Step7_1, Certified),
            (Step7_2, Recorded),
        ],
    ),
    (
        "VEC-TECH-PNB",
        &[(Step7_1, Certified), (Step7_2, Certified)],
    ),
    ("VEC-POLY-PNB", &[(Step7_1, Recorded)]),
    (
        "DOLE-PNB",
        &[(Step4, Certified), (Step6, Certified), (Step7_1, Certified)],
    ),
    ("DOLE-6701", &[(Step7_1, Certified)]),
    ("DOLE-6702", &[(Step7_1, Certified)]),
    ("DOLE-6703", &[(Step7_1, Certified)]),
    ("DOLE-6704", &[(Step7_1, Recorded)]),
    ("DOLE-6705", &[(Step7_1, SentBack)]),
    ("DLA-PNB", &[(Step4, Certified)]),
    ("PAO-PNB", &[(Step4, Drafted), (Step6, TakenOver)]),
    ("TM-PNB", &[(Step4, Certified), (Step6, Drafted)]),
    (
        "PCRU",
        &[(Step4, Certified), (Step5, NotOurs), (Step7_1, Certified)],
    ),
    ("ONAB-PNB", &[(Step4, Certified), (Step5, Counted(0))]),
    ("MSDHS-PNB", &[(Step4, Certified)]),
    ("PHO-PNB", &[(Step4, Recorded)]),
];

/// The days on which something is recorded: working days of October and November 2569.
const DAYS: [Date; 5] = [
    date(2026, 10, 8),
    date(2026, 10, 20),
    date(2026, 10, 29),
    date(2026, 11, 5),
    date(2026, 11, 12),
];
/// The day on which the office reminds everybody who is late with step 7.1, due on 16 November.
const REMINDED: Date = date(2026, 11, 18);
/// The day on which it asks for more.
const ASKED: Date = date(2026, 11, 20);

/// What happens in the present year.
pub(super) fn story(codes: &HashMap<&str, OrganisationId>) -> Story {
    let mut story = Story::new();
    let mut number = 0;
    for (code, steps) in STORY {
        let Some(organisation) = codes.get(code) else {
            continue;
        };
        for (item, stage) in *steps {
            number += 1;
            let at = Where {
                organisation: *organisation,
                item: *item,
                period: Period::fiscal(PRESENT),
            };
            story.extend(cell(at, number, *stage));
        }
    }
    if let Some(office) = codes.get("PNBPEO") {
        let at = Where {
            organisation: *office,
            item: Step7_1,
            period: Period::fiscal(PRESENT),
        };
        story.push(Doing::new(REMINDED, at, Do::RemindLate));
    }
    story
}

/// What happens in one cell until it has come so far.
fn cell(at: Where, number: usize, stage: Stage) -> Story {
    let first = DAYS[number % DAYS.len()];
    let day = |later: i32| add_working_days(first, later, &Holidays::default());
    let done = |later, act| Doing::new(if later == 0 { first } else { day(later) }, at, act);
    let told = |count: Option<u32>| said(first, number, PRESENT, count);
    let record = |count: Option<u32>| Do::Record(told(count));
    match stage {
        Recorded => vec![done(0, record(None))],
        CountedOnly(count) => vec![done(0, record(Some(count)))],
        Certified => vec![done(0, record(None)), done(1, Do::Certify)],
        Counted(count) => vec![done(0, record(Some(count))), done(1, Do::Certify)],
        Proven => vec![
            done(0, Do::Prove(told(None), number, PRESENT)),
            done(1, Do::Certify),
        ],
        Asked => vec![
            done(0, record(None)),
            done(1, Do::Certify),
            Doing::new(
                ASKED,
                at,
                Do::Ask("ตัวอย่าง: โปรดระบุแผนที่ศึกษาและจำนวนผู้เข้าร่วม", 5),
            ),
        ],
        SentBack => vec![
            done(0, record(None)),
            done(1, Do::Return("ตัวอย่าง: โปรดแนบคำสั่งฉบับลงนาม")),
        ],
        NotOurs => vec![
            done(0, Do::NotOurs("ตัวอย่าง: ใช้คณะทำงานของหน่วยงานต้นสังกัด")),
            done(1, Do::Certify),
        ],
        Drafted => vec![done(
            0,
            Do::Draft(said(first, number, PRESENT, None), number),
        )],
        TakenOver => vec![
            done(0, Do::Draft(said(first, number, PRESENT, None), number)),
            done(1, record(None)),
            done(2, Do::Certify),
        ],
    }
}
