//! Words and looks of the board: steps, states of cells and of records, names of organisations.

use actions::steps::Duties;
use chain::board::CellState;
use domain::duty::DutyItem;
use domain::issue::Arg;
use domain::locale::Locale;
use domain::organisation::OrganisationText;
use domain::step::{Outcome, PROVINCIAL_OFFICE, StepRecord, StepState};
use domain::time::{Period, Quarter};
use jiff::civil::Date;
use maud::{Markup, html};

use crate::Viewer;
use crate::address::encoded;
use crate::ui::{Icon, Tone, count, definitions, flow, pill, short_day};

/// Tone, icon and key of the word of a state.
pub fn look(state: CellState) -> (Tone, Icon) {
    match state {
        CellState::Done => (Tone::Ok, Icon::Check),
        CellState::InProgress => (Tone::Info, Icon::Half),
        CellState::Late => (Tone::Crit, Icon::Triangle),
        CellState::Returned => (Tone::Risk, Icon::Back),
        CellState::Zero => (Tone::Zero, Icon::Zero),
        CellState::Missing => (Tone::Missing, Icon::Dashed),
        CellState::NotApplicable => (Tone::NotApplicable, Icon::Slashed),
        CellState::Waiting => (Tone::Waiting, Icon::Clock),
    }
}

/// The word of a state; with days for what is late.
pub fn state_word(v: &Viewer, state: CellState, late: Option<i32>) -> String {
    match (state, late) {
        (CellState::Late, Some(days)) => {
            let days = Arg::Number(i64::from(days));
            v.say_with("board.state.late_days", &[("days", days)])
        }
        _ => v.say(&format!("board.state.{}", state.code())).into_owned(),
    }
}

/// A state as a pill.
pub fn state_pill(v: &Viewer, state: CellState, late: Option<i32>) -> Markup {
    let (tone, icon) = look(state);
    pill(tone, icon, &state_word(v, state, late))
}

/// How far a record has come, as a pill.
pub fn record_pill(v: &Viewer, state: StepState) -> Markup {
    let (tone, icon) = match state {
        StepState::Drafted => (Tone::Gold, Icon::Pen),
        StepState::Recorded => (Tone::Info, Icon::Half),
        StepState::Certified => (Tone::Ok, Icon::FileCheck),
        StepState::Returned => (Tone::Risk, Icon::Back),
    };
    pill(tone, icon, &v.say(&format!("board.record.{state}")))
}

/// "7.4".
pub fn number(item: DutyItem) -> &'static str {
    item.code().trim_start_matches("step-")
}

/// A few words for the head of a column.
pub fn short(v: &Viewer, item: DutyItem) -> String {
    v.say(&format!("board.item.{}", number(item))).into_owned()
}

/// "ขั้นที่ 7.4 แปลงแผนสู่โครงการ".
pub fn step(v: &Viewer, item: DutyItem) -> String {
    let args = [("n", number(item).into()), ("step", short(v, item).into())];
    v.say_with("board.step", &args)
}

/// The name of an organisation as text.
pub fn named(v: &Viewer, text: &OrganisationText) -> String {
    match (v.locale, &text.name_en) {
        (Locale::En, Some(name)) => name.clone(),
        _ => text.name_th.clone(),
    }
}

/// The short name where the language has one: "ศธจ.เพชรบูรณ์".
pub fn short_name(v: &Viewer, text: &OrganisationText) -> String {
    match (&text.short_name_th, v.locale) {
        (Some(name), Locale::Th) => name.clone(),
        _ => named(v, text),
    }
}

/// The office in whose name something is asked or sent: "ศธจ.เพชรบูรณ์"; `None` = at the computer's shell.
pub fn office(v: &Viewer, text: Option<&OrganisationText>) -> String {
    match text {
        None => v.say("board.operator").into_owned(),
        Some(text) if text.kind.as_deref() == Some(PROVINCIAL_OFFICE) => {
            let province = v.province.name(v.locale).to_owned();
            v.say_with("board.office", &[("province", province.into())])
        }
        Some(text) => short_name(v, text),
    }
}

/// "ศธจ.เพชรบูรณ์ แจ้งเตือนเมื่อ 30 พ.ย. 2569".
pub fn reminded(v: &Viewer, office: &str, on: Date) -> String {
    let args = [
        ("office", office.into()),
        ("on", short_day(v.locale, on).into()),
    ];
    v.say_with("board.reminded", &args)
}

/// "แจ้ง สพป.เพชรบูรณ์ เขต 2 เพื่อประสานสถานศึกษา 48 แห่ง".
pub fn addressed(v: &Viewer, name: &str, own: bool, schools: usize) -> String {
    let key = match (own, schools) {
        (_, 0) => "remind.to",
        (false, _) => "remind.to_schools",
        (true, _) => "remind.to_both",
    };
    let args = [("name", name.into()), ("n", count(schools as u64).into())];
    v.say_with(key, &args)
}

/// The address of a cell; a quarter is part of its question.
pub fn cell_address(v: &Viewer, code: &str, item: DutyItem, period: Option<Period>) -> String {
    let at = format!("/board/{}/{}", encoded(code), number(item));
    format!("{}{}", v.to(&at), question(period))
}

/// `?quarter=2&year=2570` of a period, or the year alone.
pub fn question(period: Option<Period>) -> String {
    match period {
        None => String::new(),
        Some(Period {
            year,
            quarter: Some(quarter),
            ..
        }) => format!("?year={year}&quarter={}", quarter.number()),
        Some(Period { year, .. }) => format!("?year={year}"),
    }
}

/// The step of an address: `7.4`.
pub fn item(number: &str) -> Option<DutyItem> {
    format!("step-{number}").parse().ok()
}

/// The quarter of a question: `1` to `4`.
pub fn quarter(number: &str) -> Option<Quarter> {
    let mut all = Quarter::ALL.iter().copied();
    all.find(|quarter| quarter.number().to_string() == number)
}

/// What a record says, as terms and what they are.
pub fn said(v: &Viewer, duties: &Duties, record: &StepRecord) -> Markup {
    let mut pairs: Vec<(&str, Markup)> = Vec::new();
    match &record.outcome {
        Outcome::Done {
            on,
            document,
            note,
            count: counted,
        } => {
            pairs.push(("step.form.done_on", html! { (short_day(v.locale, *on)) }));
            if let Some(document) = document {
                pairs.push(("step.form.document", flow(document)));
            }
            if let Some(counted) = counted {
                pairs.push((
                    "step.form.count",
                    html! { (counted_words(v, duties, record.item, *counted)) },
                ));
            }
            if let Some(note) = note {
                pairs.push(("step.form.note", flow(note)));
            }
        }
        Outcome::NotApplicable { reason } => {
            pairs.push(("board.not_applicable.why", flow(reason)));
        }
    }
    if let Some(letter) = &record.on_behalf {
        pairs.push((
            "board.on_behalf.letter",
            html! { (flow(&letter.number)) " · " (short_day(v.locale, letter.date)) },
        ));
    }
    if let Some(why) = &record.returned {
        pairs.push(("board.returned.why", flow(why)));
    }
    definitions(
        pairs
            .into_iter()
            .map(|(key, what)| (flow(&v.say(key)), what)),
    )
}

/// "1,234 คน".
pub fn counted_words(v: &Viewer, duties: &Duties, item: DutyItem, counted: u32) -> String {
    let unit = duties.of(item).and_then(|row| row.counted.as_deref());
    let unit = unit.map(|unit| v.say(&format!("board.unit.{unit}")).into_owned());
    format!(
        "{}\u{a0}{}",
        count(u64::from(counted)),
        unit.unwrap_or_default()
    )
}
