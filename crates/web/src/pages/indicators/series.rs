//! The series of an indicator: latest figures, the line over the periods, and the same facts as a table.

use actions::live::Now;
use domain::indicator::Quantity;
use jiff::civil::Date;
use maud::{Markup, html};

use super::show::Shown;
use crate::Viewer;
use crate::found::day_of as today;
use crate::readings::{self, Row, Value, as_of, cell, parts, point, value};
use crate::ui::{
    Card, Chart, Column, Empty, Line, LineKind, Stat, Table, ValueState, button, count, flow,
    line_data, period, quantity, rounded, stats, year_alone,
};

/// The latest value, the target nearest to it, the baseline, and how many organisations reported.
pub(super) fn figures(v: &Viewer, shown: &Shown) -> Markup {
    let unit = shown.unit();
    let stat = |label, figure: (String, String)| Stat::figure(label, &figure.0, &figure.1);
    let last = shown.rows.iter().rev().find(|row| row.read.is_some());
    let (latest, goal, from, reported) = (
        v.say("page.indicator.latest"),
        v.say("page.indicator.target"),
        v.say("page.indicator.baseline"),
        v.say("page.indicator.reported"),
    );
    let of = |row: &Row| flow(&period(v.locale, row.period));
    let figure = match last.and_then(|row| row.read.map(|read| (row, read))) {
        None => Stat::without(v.locale, &latest, ValueState::Missing),
        Some((row, read)) => {
            let shown = match value(&read, unit) {
                Value::Is(figure) => stat(&latest, readings::with_unit(v, rounded(figure), unit)),
                Value::Withheld => Stat::without(v.locale, &latest, ValueState::Withheld),
                Value::None(_) => Stat::without(v.locale, &latest, ValueState::NotApplicable),
            };
            let why = match value(&read, unit) {
                Value::None(why) => Some(v.say(why)),
                _ => None,
            };
            shown.note(html! {
                (of(row)) " · " (flow(&v.say("page.indicator.as_of"))) " " (as_of(v.locale, &read))
                @if let Some(why) = why { br; (flow(&why)) }
            })
        }
    };
    // The target of the period of the latest value, else the next one, else the last.
    let day = last.map_or_else(|| today(v.app().now()), |row| row.period.last_day());
    let mut with_target = shown.rows.iter().filter(|row| row.target.is_some());
    let nearest = with_target
        .clone()
        .find(|row| row.period.last_day() >= day)
        .or_else(|| with_target.next_back());
    let goal = match nearest.and_then(|row| row.target.map(|shape| (row, shape))) {
        Some((row, shape)) => stat(&goal, readings::target(v, shape, unit)).note(of(row)),
        None => Stat::without(v.locale, &goal, ValueState::Missing)
            .note(flow(&v.say("page.indicator.no_target"))),
    };
    let from = match shown
        .rows
        .iter()
        .find_map(|row| row.baseline.map(|at| (row, at)))
    {
        Some((row, at)) => stat(&from, readings::with_unit(v, quantity(at), unit)).note(of(row)),
        None => Stat::without(v.locale, &from, ValueState::Missing)
            .note(flow(&v.say("page.indicator.no_baseline"))),
    };
    let n = last.and_then(|row| row.read).map(|read| read.organisations);
    let reported = match n {
        Some(n) => Stat::figure(
            &reported,
            &count(u64::from(n)),
            &v.say("page.indicator.organisations"),
        ),
        None => Stat::without(v.locale, &reported, ValueState::Missing),
    };
    // N comes from duties alone, and nobody has been asked for an indicator yet.
    let reported = reported.note(flow(&v.say("page.indicator.no_duty")));
    stats([
        figure.show(v.locale),
        goal.show(v.locale),
        from.show(v.locale),
        reported.show(v.locale),
    ])
}

/// The line beside its table, the table alone where a line would have a single point, or that nothing is known.
pub(super) fn trend(v: &Viewer, now: &Now, shown: &Shown) -> Markup {
    let title = v.say("page.indicator.trend");
    if shown.rows.is_empty() {
        let plans = button(&v.to("/about"), None, &v.say("ui.nav.about"), false);
        return Card::new(&title).flush().show(Empty::NoData.show(
            &v.say("page.indicator.no_data"),
            &v.say("page.indicator.no_data.why"),
            Some(plans),
        ));
    }
    let name = shown.words(now, v.locale);
    let line = v.say("page.indicator.trend.line");
    let points = shown.points();
    if points.iter().flatten().count() < 2 {
        return Card::new(&title).line(flow(&line)).flush().show(table(
            v,
            shown,
            today(v.app().now()),
        ));
    }
    let unit = shown
        .unit()
        .map(|unit| readings::unit_words(v, unit))
        .unwrap_or_default();
    let (periods, line) = axis(v, &shown.rows, line.into_owned());
    let (actual, target, baseline) = (
        v.say("page.indicator.actual"),
        v.say("page.indicator.target"),
        v.say("page.indicator.baseline"),
    );
    let values = |of: &dyn Fn(&Row) -> Option<Quantity>| -> Vec<Option<f64>> {
        shown.rows.iter().map(|row| of(row).map(as_float)).collect()
    };
    let start = shown.rows.iter().find_map(|row| row.baseline);
    let all = [
        Line {
            name: &actual,
            kind: LineKind::Actual,
            values: values(&|row| shown.figure(row)),
        },
        Line {
            name: &target,
            kind: LineKind::Target,
            values: values(&|row| row.target.and_then(|shape| point(shape, start))),
        },
        Line {
            name: &baseline,
            kind: LineKind::Baseline,
            values: values(&|row| row.baseline),
        },
    ];
    let known = |line: &Line<'_>| line.values.iter().any(Option::is_some);
    let lines: Vec<Line<'_>> = all.into_iter().filter(known).collect();
    let read = shown.rows.iter().filter(|row| row.read.is_some()).count();
    let summary = v.say_with(
        "page.indicator.trend.summary",
        &[
            ("n", count(read as u64).into()),
            ("of", count(shown.rows.len() as u64).into()),
        ],
    );
    Chart {
        id: "series",
        title: &title,
        line: &line,
        summary: &summary,
        data: line_data(&name, &unit, &periods, &lines),
        aside: None,
        table: table(v, shown, today(v.app().now())),
    }
    .show(v.locale)
}

/// The labels of the periods, and the line above the picture: years of one kind are written as numbers alone where the
/// line names the kind.
fn axis(v: &Viewer, rows: &[Row], line: String) -> (Vec<String>, String) {
    let kind = rows.first().map(|row| row.period.kind);
    let whole = |row: &Row| row.period.quarter.is_none() && Some(row.period.kind) == kind;
    match kind.filter(|_| rows.iter().all(whole)) {
        None => {
            let labels = rows.iter().map(|row| period(v.locale, row.period));
            (labels.collect(), line)
        }
        Some(kind) => {
            let labels = rows.iter().map(|row| year_alone(v.locale, row.period));
            let kind = v.say(&format!("page.indicator.years.{kind}")).into_owned();
            (labels.collect(), format!("{kind} · {line}"))
        }
    }
}

/// A point of a picture; the table beside it has the exact figure.
fn as_float(at: Quantity) -> f64 {
    at.0 as f64 / 1e6
}

fn table(v: &Viewer, shown: &Shown, today: Date) -> Markup {
    let unit = shown.unit();
    Table::new(
        &v.say("page.indicator.trend"),
        [
            Column::text(&v.say("page.indicator.period")),
            Column::figure(&v.say("page.indicator.baseline")),
            Column::figure(&v.say("page.indicator.target")),
            Column::figure(&v.say("page.indicator.actual")),
            Column::figure(&v.say("page.indicator.parts")),
            Column::figure(&v.say("page.indicator.organisations")),
        ],
    )
    .rows(shown.rows.iter().map(|row| {
        [
            flow(&period(v.locale, row.period)),
            html! { @if let Some(at) = row.baseline { (quantity(at)) } @else { (none()) } },
            html! { @if let Some(shape) = row.target { (flow(&readings::target(v, shape, None).0)) } @else { (none()) } },
            html! {
                (cell(v, row, unit, today))
                @if let Some(read) = &row.read { small { (flow(&v.say("page.indicator.as_of"))) " " (as_of(v.locale, read)) } }
            },
            html! { @match row.read.as_ref().and_then(parts) { Some(parts) => (parts), None => (none()) } },
            html! { @if let Some(read) = row.read { (count(u64::from(read.organisations))) } @else { (none()) } },
        ]
    }))
    .show()
}

/// Where there is nothing to say: the value's own cell says why.
fn none() -> Markup {
    html! { span.dim { "–" } }
}
