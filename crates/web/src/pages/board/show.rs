//! The board: organisation × step in one fiscal year for those who may see it, n/N by step for everybody.

use std::collections::BTreeSet;

use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use chain::board::{Cell, CellState, Row};
use domain::duty::DutyItem;
use domain::issue::{Arg, Issue, Place as At};
use domain::permission::Act;
use maud::{Markup, html};
use serde::Deserialize;

use super::load::{Loaded, district, load};
use super::words::{cell_address, look, number, short, short_name, state_word, step};
use crate::ui::{
    Card, Column, Empty, Filters, Icon, Matrix, MatrixCell, MatrixRow, Place, Row as Line, Table,
    bar, button, count, flow, heading, legend, of, pill, rows, sample, small_button,
};
use crate::{Error, Group, Page, Viewer};

/// The question of the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The fiscal year; empty = the current one.
    pub year: String,
    /// สังกัด as printed.
    pub affiliation: String,
    /// Code of a district.
    pub district: String,
    /// State of any cell.
    pub state: String,
}

impl Asked {
    /// The question, or what is wrong with it.
    ///
    /// # Errors
    /// `BadRequest` for a question that cannot be read.
    pub fn of(question: Result<Query<Self>, QueryRejection>) -> Result<Self, Error> {
        let wrong = || Error::BadRequest(vec![Issue::error(At::Whole, "ui.unreadable_question")]);
        Ok(question.map_err(|_| wrong())?.0)
    }

    /// The year, where a number was given.
    pub fn year(&self) -> Option<i16> {
        domain::time::parse_year_be(&self.year).ok()
    }

    /// Whether a row is among those asked for.
    pub fn fits(&self, loaded: &Loaded, row: &Row) -> bool {
        let text = |id| loaded.texts.get(id);
        let affiliation = text(&row.organisation).and_then(|text| text.affiliation_th.as_deref());
        let by_affiliation = self.affiliation.is_empty() || affiliation == Some(&*self.affiliation);
        let lies =
            |id| text(id).and_then(|text| text.district_dopa.as_deref()) == Some(&*self.district);
        let mut parts = row.cells.iter().flat_map(|cell| &cell.parts);
        let by_district = self.district.is_empty()
            || lies(&row.organisation)
            || parts.any(|part| lies(&part.duty.organisation));
        let state = self.state.parse::<CellState>().ok();
        let by_state = state.is_none_or(|state| row.cells.iter().any(|cell| cell.state() == state));
        by_affiliation && by_district && by_state
    }
}

/// `GET /board`.
///
/// # Errors
/// `NotFound` in a portal without data.
pub async fn show(
    viewer: Viewer,
    question: Result<Query<Asked>, QueryRejection>,
) -> Result<Page, Error> {
    let v = &viewer;
    let asked = Asked::of(question)?;
    let loaded = load(v, asked.year()).await?;
    let title = v.say("board.title");
    // Whoever sees some rows is told how many these are; the public, of how many the sums are.
    let n = match loaded.shown().count() {
        0 => loaded.rows.len(),
        shown => shown,
    };
    let year = Arg::Text(loaded.year.0.to_string());
    let line = match n {
        // Nobody was counted: that is no zero.
        0 => v.say_with("board.lead.none", &[("year", year)]),
        _ => v.say_with("board.lead", &[("n", n.into()), ("year", year)]),
    };
    let any_row = loaded.shown().next().is_some();
    let mut actions = Vec::new();
    if v.signed_in().is_some() {
        actions.push(button(
            &v.to("/tasks"),
            Some(Icon::Inbox),
            &v.say("board.tasks"),
            false,
        ));
    }
    if any_row {
        let address = format!("{}{}", v.to("/board.xlsx"), v.query());
        actions.push(button(&address, Some(Icon::Download), "Excel", false));
    }
    let body = html! {
        (heading(html! { (flow(&title)) @if v.app().sample() { " " (sample(v.locale)) } }, flow(&line), &actions))
        @if loaded.rows.is_empty() {
            (Empty::NoData.show(&v.say("board.none"), &v.say("board.none.why"), None))
        } @else if any_row {
            (filters(v, &asked, &loaded))
            (matrix(v, &asked, &loaded))
            (late(v, &loaded))
        } @else {
            (totals(v, &loaded))
        }
    };
    Ok(Page::new(v, title.clone())
        .at(Place::Board)
        .group(Group::Matrix)
        .described(line.clone())
        .body(body))
}

fn filters(v: &Viewer, asked: &Asked, loaded: &Loaded) -> Markup {
    let all = |key| (String::new(), v.say(key).into_owned());
    let mut affiliations = vec![all("board.affiliation.all")];
    let mut districts = vec![all("board.district.all")];
    for row in loaded.shown() {
        let text = loaded.texts.get(&row.organisation);
        if let Some(name) = text.and_then(|text| text.affiliation_th.clone()) {
            let choice = (name.clone(), name);
            if !affiliations.contains(&choice) {
                affiliations.push(choice);
            }
        }
    }
    let mut codes: Vec<&str> = loaded
        .texts
        .iter()
        .filter(|(id, _)| loaded.seen.contains(id))
        .filter_map(|(_, text)| text.district_dopa.as_deref())
        .collect();
    codes.sort_unstable();
    codes.dedup();
    districts.extend(
        codes
            .into_iter()
            .map(|code| (code.to_owned(), district(v, code))),
    );
    let mut years: Vec<(String, String)> = loaded
        .years
        .iter()
        .map(|year| (year.to_string(), year.to_string()))
        .collect();
    let chosen = loaded.year.0.to_string();
    if !loaded.years.contains(&loaded.year.0) {
        years.insert(0, (chosen.clone(), chosen.clone()));
    }
    let states = [
        CellState::Late,
        CellState::Returned,
        CellState::Missing,
        CellState::InProgress,
    ];
    let words: Vec<(&str, String, u64)> = states
        .iter()
        .map(|state| {
            let cells = loaded.shown().flat_map(|row| &row.cells);
            let count = cells.filter(|cell| cell.state() == *state).count();
            (state.code(), state_word(v, *state, None), count as u64)
        })
        .collect();
    let everything = v.say("board.state.all");
    let rows = loaded.shown().count() as u64;
    let mut chips: Vec<(&str, &str, u64)> = vec![("", &*everything, rows)];
    chips.extend(
        words
            .iter()
            .map(|(code, word, count)| (*code, word.as_str(), *count)),
    );
    let (label, year, affiliation, place) = (
        v.say("board.state"),
        v.say("board.year"),
        v.say("board.affiliation"),
        v.say("board.district"),
    );
    Filters::new(v.to("/board"))
        .chips(v, "state", &label, &chips, &asked.state)
        .choose("year", &year, years, &chosen)
        .choose(
            "affiliation",
            &affiliation,
            affiliations,
            &asked.affiliation,
        )
        .choose("district", &place, districts, &asked.district)
        .show(v)
}

fn matrix(v: &Viewer, asked: &Asked, loaded: &Loaded) -> Markup {
    let own: Vec<_> = v
        .signed_in()
        .map(|somebody| {
            somebody
                .held
                .iter()
                .map(|held| held.grant.organisation)
                .collect()
        })
        .unwrap_or_default();
    let rows: Vec<MatrixRow> = loaded
        .shown()
        .filter(|row| asked.fits(loaded, row))
        .map(|row| MatrixRow {
            name: html! { (flow(&name_of(v, loaded, row))) },
            own: own.contains(&row.organisation),
            cells: DutyItem::ALL
                .iter()
                .filter_map(|item| Some(cell(v, loaded, row, *item, row.cell(*item)?)))
                .collect(),
        })
        .collect();
    if rows.is_empty() {
        let clear = button(&v.to("/board"), None, &v.say("ui.filters.clear"), false);
        return Empty::NoMatch.show(
            &v.say("board.no_match"),
            &v.say("board.no_match.why"),
            Some(clear),
        );
    }
    let columns = DutyItem::ALL.iter().map(|item| {
        let (n, whole) = loaded.total(*item);
        (
            number(*item).to_owned(),
            format!("{} {}", short(v, *item), of(n as u64, whole as u64)),
        )
    });
    let (caption, corner) = (v.say("board.title"), v.say("board.corner"));
    let matrix = Matrix {
        caption: &caption,
        corner: &corner,
        columns: columns.collect(),
        rows,
        total: None,
    };
    html! {
        div.card.board { div.tw role="region" tabindex="0" aria-label=(caption) { (matrix.show()) } }
        (legend(CellState::ALL.iter().map(|state| {
            let (tone, icon) = look(*state);
            pill(tone, icon, &state_word(v, *state, None))
        })))
        p.small.dim { (flow(&v.say("board.note"))) }
    }
}

fn name_of(v: &Viewer, loaded: &Loaded, row: &Row) -> String {
    let text = loaded.texts.get(&row.organisation);
    text.map(|text| short_name(v, text)).unwrap_or_default()
}

/// A cell: a link with the whole sentence as its name.
fn cell(v: &Viewer, loaded: &Loaded, row: &Row, item: DutyItem, cell: &Cell) -> MatrixCell {
    let state = cell.state();
    let (tone, icon) = look(state);
    let quiet = matches!(
        state,
        CellState::NotApplicable | CellState::Waiting | CellState::Missing
    );
    let figure = of(cell.n() as u64, cell.of() as u64);
    let sentence = v.say_with(
        "board.cell",
        &[
            ("organisation", name_of(v, loaded, row).into()),
            ("step", step(v, item).into()),
            (
                "state",
                state_word(v, state, cell.days_late(loaded.today)).into(),
            ),
            ("n", cell.n().into()),
            ("of", cell.of().into()),
        ],
    );
    let code = loaded
        .texts
        .get(&row.organisation)
        .map(|text| text.code.as_str());
    let period = domain::time::Period::fiscal(loaded.year);
    MatrixCell {
        tone,
        icon,
        figure: if quiet { String::new() } else { figure },
        name: sentence,
        href: code.map(|code| cell_address(v, code, item, Some(period))),
    }
}

/// What is late, by step, for whoever may remind of it.
fn late(v: &Viewer, loaded: &Loaded) -> Markup {
    if !v.can(Act::Remind) {
        return html! {};
    }
    let lines = DutyItem::ALL.iter().filter_map(|item| {
        let cells = loaded.shown().filter_map(|row| row.cell(*item));
        let parts = cells.flat_map(|cell| &cell.parts);
        let late =
            parts.filter(|part| part.duty.is_open(loaded.today) && part.duty.due < loaded.today);
        let late: BTreeSet<_> = late.map(|part| part.duty.organisation).collect();
        let to = format!(
            "{}?year={}",
            v.to(&format!("/remind/{}", number(*item))),
            loaded.year.0
        );
        let n = v.say_with("board.late", &[("n", count(late.len() as u64).into())]);
        (!late.is_empty()).then(|| Line {
            mark: Some(html! { span.ic.gold { b.num { (number(*item)) } } }),
            title: flow(&step(v, *item)),
            href: None,
            line: Some(flow(&n)),
            aside: Some(small_button(&to, &v.say("remind.button"))),
        })
    });
    let lines: Vec<Line> = lines.collect();
    html! {
        @if !lines.is_empty() {
            (Card::new(&v.say("remind.late")).line(flow(&v.say("remind.late.why"))).flush().show(rows(lines)))
        }
    }
}

/// n/N by step, which is all that the public sees: rows of single agencies are theirs to publish.
fn totals(v: &Viewer, loaded: &Loaded) -> Markup {
    let title = v.say("board.totals");
    let (which, reported, progress) = (
        v.say("ui.steps.step"),
        v.say("board.reported"),
        v.say("board.progress"),
    );
    let table = Table::new(
        &title,
        [
            Column::text(&which).wide(),
            Column::figure(&reported),
            Column::text(&progress),
        ],
    )
    .rows(DutyItem::ALL.iter().map(|item| {
        let (n, whole) = loaded.total(*item);
        let (n, whole) = (n as u64, whole as u64);
        [
            html! { (flow(&step(v, *item))) },
            html! { (of(n, whole)) },
            bar("", n, whole, &of(n, whole)),
        ]
    }));
    html! {
        (Card::new(&title).line(flow(&v.say("board.public"))).flush().show(table.show()))
    }
}
