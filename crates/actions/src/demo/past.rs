//! Fiscal year 2569, which is over: every duty was reported in time or late, but for a few that tell a story of their own.

use super::{
    PAST, Story,
    doing::{Do, Doing, Where, said},
};
use domain::{
    duty::{
        Duty,
        DutyItem::{self, Step3, Step5, Step6, Step7_1, Step7_2, Step7_3, Step7_4, Step7_5},
    },
    ids::OrganisationId,
    time::{Holidays, Period, Quarter, add_working_days},
};
use jiff::civil::{Date, date};
use std::collections::HashMap;

/// What is not as usual.
#[derive(Clone, Copy, PartialEq)]
enum Special {
    /// Never reported: late to the end.
    Never,
    /// Certified as not applicable.
    NotOurs(&'static str),
    /// Drafted by the provincial office, taken over and certified by the agency.
    TakenOver,
    /// More was asked, answered, and closed.
    Asked,
    /// Sent back, recorded again and certified.
    Mended,
    /// Sent back and not recorded again.
    SentBack,
    /// Certified with a file.
    Proven,
}

use Special::{Asked, Mended, Never, NotOurs, Proven, SentBack, TakenOver};

const SPECIAL: &[(&str, DutyItem, Option<Quarter>, Special)] = &[
    ("PNBPEO", Step3, None, Proven),
    ("ESAO-PNB1", Step6, None, Proven),
    ("PAO-PNB", Step6, None, TakenOver),
    ("ESAO-PNB3", Step7_3, None, Asked),
    ("SESAO-PNB", Step7_5, Some(Quarter::Q2), Asked),
    ("RPK57", Step7_2, None, Mended),
    ("VEC-STP", Step7_5, Some(Quarter::Q4), SentBack),
    (
        "PANYA-PNB",
        Step6,
        None,
        NotOurs("ตัวอย่าง: ใช้คณะทำงานของหน่วยงานต้นสังกัด"),
    ),
    (
        "BPP-PNB",
        Step5,
        None,
        NotOurs("ตัวอย่าง: ต้นสังกัดจัดอบรมรวมทั้งกองกำกับการ"),
    ),
    (
        "PCRU",
        Step5,
        None,
        NotOurs("ตัวอย่าง: ดำเนินการในโครงการของมหาวิทยาลัย"),
    ),
    ("TM-WICHIAN", Step7_2, None, Never),
    ("TM-WICHIAN", Step7_5, Some(Quarter::Q3), Never),
    ("MCU-PKP", Step7_5, Some(Quarter::Q4), Never),
];

/// On which days the office reminded everybody who was late, and of what.
const REMINDERS: &[(Date, DutyItem)] = &[
    (date(2025, 11, 20), Step7_1),
    (date(2025, 12, 3), Step6),
    (date(2026, 2, 4), Step7_5),
];

/// What happened in the past year.
pub(super) fn story(codes: &HashMap<&str, OrganisationId>, duties: &[Duty]) -> Story {
    let mut owed: Vec<(&str, &Duty)> = duties
        .iter()
        .filter(|duty| duty.applicable)
        .filter_map(|duty| {
            let mut all = codes.iter();
            let (code, _) = all.find(|(_, id)| **id == duty.organisation)?;
            Some((*code, duty))
        })
        .collect();
    owed.sort_by_key(|(code, duty)| (*code, duty.item, duty.period));
    let mut story = Story::new();
    for (number, (code, duty)) in (1..).zip(owed) {
        let (item, quarter) = (duty.item, duty.period.quarter);
        let mut specials = SPECIAL.iter();
        let special =
            specials.find(|(whose, which, of, _)| (*whose, *which, *of) == (code, item, quarter));
        story.extend(cell(number, duty, special.map(|(.., special)| *special)));
    }
    if let Some(office) = codes.get("PNBPEO") {
        for (day, item) in REMINDERS {
            let at = Where {
                organisation: *office,
                item: *item,
                period: Period::fiscal(PAST),
            };
            story.push(Doing::new(*day, at, Do::RemindLate));
        }
    }
    story
}

/// What happened in one cell: recorded some days before it was due, every ninth some days after, and certified soon.
fn cell(number: usize, duty: &Duty, special: Option<Special>) -> Story {
    let at = Where {
        organisation: duty.organisation,
        item: duty.item,
        period: duty.period,
    };
    // Numbers that look as if nobody had chosen them, and are the same every time.
    let drawn = number.wrapping_mul(2_654_435_761) >> 7;
    let small = |below: usize| i32::try_from(drawn % below).unwrap_or_default();
    let late = special.is_none() && drawn.is_multiple_of(9);
    let moved = if late { 2 + small(8) } else { -3 - small(7) };
    let first = add_working_days(duty.due, moved, &Holidays::default());
    let day = |later: i32| add_working_days(first, later, &Holidays::default());
    let done = |later: i32, act| Doing::new(if later == 0 { first } else { day(later) }, at, act);
    let count = match duty.item {
        DutyItem::Step2 => Some(21),
        Step5 => Some(12 + (drawn % 380) as u32),
        Step7_4 => Some((drawn % 9) as u32),
        _ => None,
    };
    let said = || said(day(-1), number, PAST, count);
    let record = || Do::Record(said());
    match special {
        None => vec![done(0, record()), done(1 + small(2), Do::Certify)],
        Some(Never) => Vec::new(),
        Some(NotOurs(why)) => vec![done(0, Do::NotOurs(why)), done(1, Do::Certify)],
        Some(TakenOver) => vec![
            done(0, Do::Draft(said(), number)),
            done(1, record()),
            done(2, Do::Certify),
        ],
        Some(Asked) => vec![
            done(0, record()),
            done(1, Do::Certify),
            done(3, Do::Ask("ตัวอย่าง: โปรดระบุจำนวนสถานศึกษาที่เกี่ยวข้อง", 5)),
            done(6, Do::Answer("ตัวอย่าง: 48 แห่ง ทุกแห่งดำเนินการแล้ว")),
            done(7, Do::Close),
        ],
        Some(Mended) => vec![
            done(0, record()),
            done(1, Do::Return("ตัวอย่าง: โปรดระบุวันที่ให้ตรงกับรายงาน")),
            done(3, record()),
            done(4, Do::Certify),
        ],
        Some(SentBack) => vec![
            done(0, record()),
            done(1, Do::Return("ตัวอย่าง: โปรดแนบรายงานผลฉบับลงนาม")),
        ],
        Some(Proven) => vec![
            done(0, Do::Prove(said(), number, PAST)),
            done(1, Do::Certify),
        ],
    }
}
