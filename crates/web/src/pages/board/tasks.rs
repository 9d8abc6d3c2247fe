//! The row of the reader's own organisation as a list of tasks: what to do next, numbered, with the day it is due.

use std::collections::BTreeSet;

use actions::steps::duties;
use chain::board::{CellState, Part};
use domain::ids::OrganisationId;
use domain::inquiry::Inquiry;
use domain::permission::{Act, reach};
use domain::reminder::Reminder;
use domain::step::StepState;
use maud::{Markup, html};

use super::load::{Loaded, load};
use super::words::{cell_address, named, number, record_pill, reminded, state_pill, step};
use crate::ui::{
    Card, Empty, Icon, Place, Row as Line, button, count, count_badge, flow, heading, icon, of,
    period, rows, short_day,
};
use crate::{Error, Page, Viewer};

/// `GET /tasks`.
///
/// # Errors
/// `SignIn` for the public.
pub async fn show(viewer: Viewer) -> Result<Page, Error> {
    let v = &viewer;
    let somebody = v.somebody()?;
    let loaded = load(v, None).await?;
    duties()?;
    // Whose records they write or certify, and where the grant itself stands: not everything below it.
    let own: BTreeSet<OrganisationId> = somebody
        .held
        .iter()
        .filter(|held| held.grant.holds_on(loaded.today))
        .filter(|held| {
            let writes = |act| reach(held.grant.role, act).is_some();
            writes(Act::RecordStep) || writes(Act::Certify)
        })
        .map(|held| held.grant.organisation)
        .collect();
    let title = v.say("board.tasks");
    let line = v.say_with(
        "board.tasks.lead",
        &[("year", loaded.year.0.to_string().into())],
    );
    let board = button(
        &v.to("/board"),
        Some(Icon::Chain),
        &v.say("board.title"),
        false,
    );
    Ok(Page::new(v, title.clone()).at(Place::Work).body(html! {
        (heading(flow(&title), flow(&line), &[board]))
        @if own.is_empty() {
            (Empty::NoRight.show(&v.say("board.tasks.none"), &v.say("board.tasks.none.why"), None))
        }
        @for organisation in &own { (list(v, &loaded, *organisation)) }
    }))
}

/// The open duties by the day they are due, then what is done, folded.
fn list(v: &Viewer, loaded: &Loaded, organisation: OrganisationId) -> Markup {
    let Some(text) = loaded.texts.get(&organisation) else {
        return html! {};
    };
    let parts = loaded
        .rows
        .iter()
        .flat_map(|row| &row.cells)
        .flat_map(|cell| &cell.parts);
    let own = parts.filter(|part| part.duty.organisation == organisation);
    let applies = own.filter(|part| part.state != CellState::NotApplicable);
    // What counts and about which more was asked is to be answered all the same.
    let (done, mut open): (Vec<&Part>, Vec<&Part>) =
        applies.partition(|part| part.state.counts() && loaded.asked(&part.duty).is_none());
    open.sort_by_key(|part| (part.duty.due, part.duty.item));
    let all = done.len() + open.len();
    let task = |(at, part): (usize, &Part)| Line {
        mark: Some(html! { span.ic.gold { b.num { (at) } } }),
        title: flow(&step(v, part.duty.item)),
        href: Some(cell_address(
            v,
            &text.code,
            part.duty.item,
            Some(part.duty.period),
        )),
        line: Some(html! {
            (flow(&v.say("board.due"))) "\u{a0}" (short_day(v.locale, part.duty.due))
            @if part.duty.period.quarter.is_some() { " · " (flow(&period(v.locale, part.duty.period))) }
            @if let Some(next) = next(v, loaded, part) { br; (flow(&next)) }
            @if let Some(asked) = loaded.asked(&part.duty) { br; (flow(&asks(v, loaded, asked))) }
            @if let Some((reminder, on)) = reminder(loaded, part) {
                br; (flow(&reminded(v, &loaded.office(v, reminder.from), *on)))
            }
        }),
        aside: Some(standing(v, loaded, part)),
    };
    let name = named(v, text);
    let progress = of(done.len() as u64, all as u64);
    html! {
        (Card::new(&name).line(html! { (flow(&v.say("board.reported"))) " " b { (progress) } }).aside(count_badge(open.len() as u64)).flush().show(html! {
            @let schools = coordination(v, loaded, organisation);
            @if !schools.is_empty() { (rows(schools)) }
            @if open.is_empty() { (Empty::NoData.show(&v.say("board.tasks.all_done"), &v.say("board.tasks.all_done.why"), None)) }
            @else { (rows((1..).zip(open).map(task))) }
        }))
        @if !done.is_empty() {
            details.card {
                summary.card-b { (flow(&v.say_with("board.tasks.done", &[("n", done.len().into())]))) }
                (rows(done.iter().map(|part| Line {
                    mark: Some(html! { span.ic.gold { b.num { (number(part.duty.item)) } } }),
                    title: flow(&step(v, part.duty.item)),
                    href: Some(cell_address(v, &text.code, part.duty.item, Some(part.duty.period))),
                    line: None,
                    aside: Some(state_pill(v, part.state, None)),
                })))
            }
        }
    }
}

/// The schools that somebody asked the organisation to coordinate, as long as one of them has not reported.
fn coordination(v: &Viewer, loaded: &Loaded, organisation: OrganisationId) -> Vec<Line> {
    let row = loaded
        .rows
        .iter()
        .find(|row| row.organisation == organisation);
    let parts = row
        .into_iter()
        .flat_map(|row| &row.cells)
        .flat_map(|cell| &cell.parts);
    let open: Vec<&Part> = parts
        .filter(|part| part.duty.organisation != organisation && part.duty.is_open(loaded.today))
        .collect();
    let mut asked: Vec<_> = loaded
        .reminders
        .iter()
        .filter(|((whom, ..), (reminder, _))| *whom == organisation && reminder.schools > 0)
        .collect();
    asked.sort_by_key(|((_, item, period), _)| (*item, *period));
    let lines = asked
        .into_iter()
        .filter_map(|((_, item, period), (reminder, on))| {
            let here = |part: &&&Part| (part.duty.item, part.duty.period) == (*item, *period);
            let n = open.iter().filter(here).count() as u64;
            let text = loaded.texts.get(&organisation)?;
            let schools = v.say_with("board.coordinate", &[("n", count(n).into())]);
            (n > 0).then(|| Line {
                mark: Some(html! { span.ic { (icon(Icon::Bell)) } }),
                title: flow(&step(v, *item)),
                href: Some(cell_address(v, &text.code, *item, Some(*period))),
                line: Some(html! {
                    (flow(&schools)) br; (flow(&reminded(v, &loaded.office(v, reminder.from), *on)))
                }),
                aside: None,
            })
        });
    lines.collect()
}

/// The state of a task: of its record where there is one, unless it is late.
fn standing(v: &Viewer, loaded: &Loaded, part: &Part) -> Markup {
    let late = (loaded.today - part.duty.due).get_days();
    match loaded.record(&part.duty) {
        Some(kept) => html! {
            (record_pill(v, kept.row.state))
            @if late > 0 && !part.state.counts() { " " (state_pill(v, CellState::Late, Some(late))) }
        },
        None => state_pill(v, part.state, Some(late)),
    }
}

/// "ศธจ.เพชรบูรณ์ ขอข้อมูลเพิ่มเติม: … ภายในวันที่ …".
fn asks(v: &Viewer, loaded: &Loaded, asked: &Inquiry) -> String {
    let office = loaded.office(v, asked.from);
    let asks = v.say_with("board.asks", &[("office", office.into())]);
    let due = asked.due.map(|due| short_day(v.locale, due));
    let due = due.map(|due| v.say_with("board.answer_by", &[("due", due.into())]));
    format!("{asks}: {} {}", asked.wanted, due.unwrap_or_default())
}

/// The last reminder of what still waits.
fn reminder<'l>(loaded: &'l Loaded, part: &Part) -> Option<&'l (Reminder, jiff::civil::Date)> {
    let key = (part.duty.organisation, part.duty.item, part.duty.period);
    let last = loaded.reminders.get(&key)?;
    (last.0.own && part.duty.is_open(loaded.today)).then_some(last)
}

/// What has to be done next.
fn next(v: &Viewer, loaded: &Loaded, part: &Part) -> Option<String> {
    if loaded.asked(&part.duty).is_some() {
        return Some(v.say("board.next.answer").into_owned());
    }
    let state = loaded.record(&part.duty).map(|kept| kept.row.state);
    let key = match (state, part.state) {
        (Some(StepState::Drafted), _) => "board.next.take_over",
        (Some(StepState::Recorded), _) => "board.next.certify",
        (Some(StepState::Returned), _) => "board.next.repair",
        (None, CellState::Waiting) => return None,
        _ => "board.next.record",
    };
    Some(v.say(key).into_owned())
}
