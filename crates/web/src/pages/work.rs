//! My work (งานของฉัน): what is late, due, sent back, waiting for a certification or to be mended, by the day it is due.

use std::collections::{HashMap, HashSet};

use actions::Who;
use actions::people::reached;
use actions::people::work::{AtHand, Found as Mine, Kind, Task, Unowned, Work};
use domain::ids::OrganisationId;
use domain::organisation::{Organisation, OrganisationText};
use domain::permission::Act;
use maud::{Markup, html};

use super::board::words::{cell_address, named, office, reminded, step};
use crate::data::knows_organisation;
use crate::found::{self, Found};
use crate::ui::{
    Card, Empty, Icon, Place, Row, Stat, Tone, button, count, flow, heading, icon, long_day, pill,
    rows, short_day, small_button, stats,
};
use crate::{Error, Group, Page, Viewer};

/// Findings to be mended that are shown; the rest stands on the page of findings.
const MEND: usize = 20;
/// Days within which something is due soon.
const SOON: i32 = 7;

/// `GET /work`.
///
/// # Errors
/// `SignIn` for the public.
pub async fn show(viewer: Viewer) -> Result<Page, Error> {
    let v = &viewer;
    let somebody = v.somebody()?;
    let live = v.live()?;
    let today = v.app().now().thai_day();
    let at_hand = AtHand::load(live.store(), today).await?;
    let found = Found::of_province(v, live).await?;
    let (work, unowned) = live.read(|now| {
        let mine: Vec<Mine> = found
            .rows
            .iter()
            .filter_map(|(subject, row)| {
                Some(Mine {
                    rule: row.code,
                    severity: row.severity,
                    subject: *subject,
                    organisation: found::owner(now, *subject).0?,
                })
            })
            .collect();
        let unowned = match v.can(Act::ManagePeople) {
            true => at_hand.unowned(&now.snapshot),
            false => Vec::new(),
        };
        (at_hand.work(&now.snapshot, somebody.id(), &mine), unowned)
    });
    let unowned = mine_to_give(v, unowned).await?;
    let names = names(v, &work, &unowned).await?;
    // Work in another province has its pages there.
    let here = |id: &OrganisationId| {
        let text = names.get(id);
        text.is_some_and(|text| knows_organisation(v, text))
    };
    let tasks = work.tasks.into_iter();
    let work = Work {
        tasks: tasks.filter(|task| here(&task.organisation)).collect(),
    };
    let title = v.say("ui.nav.work");
    let actions = [button(
        &v.to("/tasks"),
        Some(Icon::Inbox),
        &v.say("board.tasks"),
        false,
    )];
    Ok(Page::new(v, title.clone())
        .group(Group::Staff)
        .at(Place::Work)
        .body(html! {
            (heading(flow(&title), flow(&long_day(v.locale, today)), &actions))
            @if work.tasks.is_empty() && unowned.is_empty() {
                (Empty::NoData.show(&v.say("page.work.none"), &v.say("page.work.none.why"), None))
            } @else {
                (summary(v, &work, today))
                (due(v, &work, &names, today))
                (mend(v, &work, &found))
                (nobody(v, &unowned, &names))
            }
        }))
}

/// Of the work without an owner, what lies with organisations whose people the reader looks after.
async fn mine_to_give(v: &Viewer, unowned: Vec<Unowned>) -> Result<Vec<Unowned>, Error> {
    if unowned.is_empty() {
        return Ok(unowned);
    }
    let who = Who::Person(v.somebody()?.id());
    let reached = reached(v.live()?.store(), who, v.app().now()).await?;
    let mine: HashSet<OrganisationId> = reached.into_iter().map(|(id, _)| id).collect();
    let inside = |one: &Unowned| mine.contains(&one.organisation);
    Ok(unowned.into_iter().filter(inside).collect())
}

type Names = HashMap<OrganisationId, OrganisationText>;

async fn names(v: &Viewer, work: &Work, unowned: &[Unowned]) -> Result<Names, Error> {
    let mut ids: Vec<OrganisationId> = work.tasks.iter().map(|task| task.organisation).collect();
    ids.extend(unowned.iter().map(|one| one.organisation));
    let reminded = work.tasks.iter().filter_map(|task| task.reminded.as_ref());
    ids.extend(reminded.filter_map(|last| last.from));
    ids.sort_unstable();
    ids.dedup();
    let rows = store::get_many::<(Organisation, OrganisationText)>(v.live()?.store(), &ids).await?;
    Ok(rows
        .into_iter()
        .map(|kept| (kept.row.0.id, kept.row.1))
        .collect())
}

fn summary(v: &Viewer, work: &Work, today: jiff::civil::Date) -> Markup {
    let soon = |task: &&Task| !task.overdue && task.due.is_some_and(|due| days(today, due) <= SOON);
    let returned = |task: &&Task| matches!(task.kind, Kind::Returned(_));
    let asked = |task: &&Task| matches!(task.kind, Kind::AskedForMore(_));
    let mend = |task: &&Task| matches!(task.kind, Kind::Mend { .. });
    let stat = |key: &str, n: usize| Stat::figure(&v.say(key), &count(n as u64), "").show(v.locale);
    stats([
        stat("page.work.overdue", work.overdue()),
        stat("page.work.soon", work.tasks.iter().filter(soon).count()),
        stat(
            "page.work.returned",
            work.tasks.iter().filter(returned).count(),
        ),
        stat("page.work.asked", work.tasks.iter().filter(asked).count()),
        stat("page.work.mend", work.tasks.iter().filter(mend).count()),
    ])
}

fn days(from: jiff::civil::Date, to: jiff::civil::Date) -> i32 {
    to.since((jiff::Unit::Day, from))
        .map_or(0, |span| span.get_days())
}

/// What has a day: late first, because it is due first.
fn due(v: &Viewer, work: &Work, names: &Names, today: jiff::civil::Date) -> Markup {
    let dated: Vec<&Task> = work
        .tasks
        .iter()
        .filter(|task| task.cell.is_some())
        .collect();
    html! {
        @if !dated.is_empty() {
            (Card::new(&v.say("page.work.first")).flush().show(rows(dated.into_iter().filter_map(|task| {
                let (item, period) = task.cell?;
                let organisation = names.get(&task.organisation)?;
                let (key, drawing) = match task.kind {
                    Kind::Record => ("page.work.record", Icon::Pen),
                    Kind::TakeOver => ("page.work.take_over", Icon::FileCheck),
                    Kind::Returned(_) => ("page.work.correct", Icon::Back),
                    Kind::Certify => ("page.work.certify", Icon::OkCircle),
                    Kind::AskedForMore(_) => ("page.work.answer", Icon::Question),
                    Kind::Answered => ("page.work.read_answer", Icon::Check),
                    Kind::Coordinate(_) => ("page.work.coordinate", Icon::Users),
                    Kind::Mend { .. } => return None,
                };
                let to = cell_address(v, &organisation.code, item, Some(period));
                Some(Row {
                    mark: Some(html! { span.ic { (icon(drawing)) } }),
                    title: html! { (flow(&step(v, item))) },
                    href: Some(to.clone()),
                    line: Some(html! {
                        (flow(&named(v, organisation))) " · " (crate::ui::period(v.locale, period))
                        @match &task.kind {
                            Kind::Returned(why) | Kind::AskedForMore(why) => { br; (flow(why)) }
                            Kind::Coordinate(n) => { br; (flow(&v.say_with("board.coordinate", &[("n", count(*n as u64).into())]))) }
                            _ => {}
                        }
                        @if let Some(last) = &task.reminded {
                            br; (flow(&reminded(v, &office(v, last.from.and_then(|id| names.get(&id))), last.on))) " · " (flow(&last.text))
                        }
                    }),
                    aside: Some(html! { div.row { (when(v, task, today)) (small_button(&to, &v.say(key))) } }),
                })
            }))))
        }
    }
}

fn when(v: &Viewer, task: &Task, today: jiff::civil::Date) -> Markup {
    let Some(due) = task.due else {
        return html! {};
    };
    let left = days(today, due);
    let (key, tone, n) = match left {
        left if left < 0 => ("page.work.late", Tone::Crit, -left),
        0 => ("page.work.today", Tone::Risk, 0),
        left => ("page.work.left", Tone::Mute, left),
    };
    let words = v.say_with(
        key,
        &[
            ("n", i64::from(n).into()),
            ("due", short_day(v.locale, due).into()),
        ],
    );
    pill(tone, Icon::Clock, &words)
}

fn mend(v: &Viewer, work: &Work, found: &Found) -> Markup {
    let mine: Vec<_> = work
        .tasks
        .iter()
        .filter_map(|task| match &task.kind {
            Kind::Mend { rule, subject, .. } => {
                let row = found
                    .rows
                    .iter()
                    .find(|(at, row)| at == subject && row.code == *rule);
                row.cloned()
            }
            _ => None,
        })
        .collect();
    let Ok(live) = v.live() else {
        return html! {};
    };
    html! {
        @if !mine.is_empty() {
            @let shown = &mine[..mine.len().min(MEND)];
            (Card::new(&v.say("page.work.mend")).aside(html! { a href=(v.to("/findings")) { (flow(&v.say("page.work.all_findings"))) } }).flush().show(
                live.read(|now| found::show(v, now, &found.titles, shown))
            ))
        }
    }
}

/// Work for which nobody who still works here holds a role.
fn nobody(v: &Viewer, unowned: &[Unowned], names: &Names) -> Markup {
    html! {
        @if !unowned.is_empty() {
            (Card::new(&v.say("page.work.unowned")).line(flow(&v.say("page.work.unowned.why"))).flush().show(rows(unowned.iter().filter_map(|one| {
                let organisation = names.get(&one.organisation)?;
                let issue = one.issue(&organisation.code);
                Some(Row {
                    mark: Some(html! { span.ic { (icon(Icon::Users)) } }),
                    title: html! { (flow(&named(v, organisation))) },
                    href: None,
                    line: Some(html! { (flow(&v.locale.issue(&issue))) }),
                    aside: Some(small_button(&v.to("/people"), &v.say("page.work.give_role"))),
                })
            }))))
        }
    }
}
