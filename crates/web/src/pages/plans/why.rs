//! Why a figure is what it is: the projects behind it, whose values total exactly the figure.

use actions::live::Now;
use chain::Measure;
use chain::attribution::{How, WHOLE};
use chain::why_node::{Because, NodeContribution};
use domain::locale::Locale;
use domain::money::{Satang, group_thousands};
use domain::names::Names;
use domain::project::Stage;
use maud::{Markup, html};

use super::node::Shown;
use crate::Viewer;
use crate::data::{organisation_name, project_cell};
use crate::ui::{Card, Choice, Column, Empty, Table, count, flow, money, percent, tabs};

/// The figures that can be asked for, by their word in addresses.
const FIGURES: [(&str, Measure); 4] = [
    ("projects", Measure::Projects),
    ("allotted", Measure::Money(Stage::Allotted)),
    ("disbursed", Measure::Money(Stage::Disbursed)),
    ("people", Measure::People),
];

/// The figure of a word; money allotted where none is named, `None` where the word is not known.
pub(super) fn measure(word: Option<&str>) -> Option<Measure> {
    let word = word.unwrap_or("allotted");
    FIGURES
        .iter()
        .find(|(known, _)| *known == word)
        .map(|(_, measure)| *measure)
}

/// The card with the contributions of the figure asked for, and the way to the other figures of the page.
pub(super) fn card(v: &Viewer, now: &Now, page: &str, shown: &Shown, titles: &Names) -> Markup {
    if shown.year.is_none() {
        return html! {};
    }
    let mut rows = shown.contributions(now, shown.measure).unwrap_or_default();
    rows.sort_by_cached_key(|row| {
        titles
            .projects
            .get(&row.project)
            .map(|name| domain::text::sort_key(&name.code))
    });
    let (page, asked) = page.split_once('?').unwrap_or((page, ""));
    let choices = FIGURES.map(|(word, measure)| {
        let word_of = if word == "allotted" { "" } else { word };
        let query = crate::address::changed(asked, "figure", word_of);
        let choice = Choice::new(
            v.say(&format!("page.figure.{word}")),
            format!("{page}{query}#why"),
            measure == shown.measure,
        );
        (choice, None)
    });
    html! {
        div id="why" {
            (Card::new(&v.say("page.why"))
                .line(flow(&v.say("page.why.lead")))
                .show(html! {
                    (tabs(&v.say("page.why.figure"), &choices))
                    @if rows.is_empty() { (nothing(v, shown)) } @else { (table(v, now, shown.measure, &rows, titles)) }
                }))
        }
    }
}

fn nothing(v: &Viewer, shown: &Shown) -> Markup {
    let figures = shown.figures.as_ref();
    let why = match figures.and_then(super::node::Figures::only_proposed) {
        Some(waiting) => v.say_with("page.why.only_proposed", &[("n", count(waiting).into())]),
        _ => v.say("page.why.none.why").into_owned(),
    };
    Empty::NoData.show(&v.say("page.why.none"), &why, None)
}

fn table(
    v: &Viewer,
    now: &Now,
    measure: Measure,
    rows: &[NodeContribution],
    titles: &Names,
) -> Markup {
    let value = |value: i64| match measure {
        Measure::Money(_) => money(v.locale, Satang(value)),
        _ => group_thousands(value),
    };
    let total: i64 = rows.iter().map(|row| row.value).sum();
    let sum = v.say_with("page.why.total", &[("n", rows.len().into())]);
    Table::new(
        &v.say("page.why"),
        [
            Column::text(&v.say("page.project")).wide(),
            Column::text(&v.say("page.owner")),
            Column::text(&v.say("page.why.because")),
            Column::figure(&v.say("page.why.share")),
            Column::figure(&v.say("page.why.value")),
        ],
    )
    .rows(rows.iter().map(|row| {
        [
            project_cell(v, now, titles, row.project),
            organisation_name(v, now, row.owner),
            flow(&because(v.locale, row.because)),
            html! { (percent(row.parts, WHOLE).unwrap_or_default()) },
            html! { (value(row.value)) },
        ]
    }))
    .total([
        flow(&sum),
        html! {},
        html! {},
        html! {},
        html! { (value(total)) },
    ])
    .show()
}

/// By which rule a project counts.
fn because(locale: Locale, because: Because) -> String {
    let key = match because {
        Because::ListedHere => "why.because.listed",
        Because::Attributed(How::Linked) => "why.because.linked",
        Because::Attributed(_) => "why.because.aligned",
    };
    locale.text(key).into_owned()
}
