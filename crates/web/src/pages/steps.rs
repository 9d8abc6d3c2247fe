//! The eight steps of the SDG 4 value chain in the province's own words, from `data/value_chain_steps.csv`.

use std::sync::LazyLock;

use domain::provenance::Certainty;
use domain::text::search_key;
use maud::{Markup, html};
use serde::Deserialize;

use super::board::Totals;
use crate::ui::{
    Card, Place, Row, Step, StepState, Table, certainty, flow, heading, name, of as of_all, rows,
    steps,
};
use crate::ui::{Column, Icon, Tone, note};
use crate::{Page, Viewer};

/// A step or a part of one.
#[derive(Debug, Deserialize)]
pub struct StepWords {
    /// `7`, or `7.3` for a part.
    pub step_no: String,
    name_th: String,
    name_en: String,
    source: String,
    certainty: Certainty,
}

impl StepWords {
    /// Its words in the reader's language.
    pub fn name(&self, viewer: &Viewer) -> Markup {
        name(viewer.locale, &self.name_th, Some(&self.name_en))
    }

    fn part_of(&self) -> Option<&str> {
        self.step_no.split_once('.').map(|(whole, _)| whole)
    }
}

/// The rows of the file. A row that cannot be read is left out here: the test below fails before that can ship.
static ALL: LazyLock<Vec<StepWords>> = LazyLock::new(|| {
    let text = include_str!("../../../../data/value_chain_steps.csv");
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .filter_map(Result::ok)
        .collect()
});

/// The eight steps without their parts.
pub fn eight() -> impl Iterator<Item = &'static StepWords> {
    ALL.iter().filter(|step| step.part_of().is_none())
}

/// A step or part by its number: `7.4`.
pub fn of(number: &str) -> Option<&'static StepWords> {
    ALL.iter().find(|step| step.step_no == number)
}

/// The steps and their parts that hold `q`, as lines of a list of results.
pub fn hits(v: &Viewer, q: &str) -> Vec<Row> {
    let wanted = search_key(q);
    let holds = |step: &&StepWords| {
        search_key(&format!("{} {}", step.name_th, step.name_en)).contains(&wanted)
    };
    ALL.iter()
        .filter(holds)
        .map(|step| Row {
            mark: Some(html! { span.ic.gold { b.num { (step.step_no) } } }),
            title: step.name(v),
            href: Some(v.to("/steps")),
            line: None,
            aside: None,
        })
        .collect()
}

/// The eight steps on their thread, each with n/N of what is owed; without totals nothing is said about progress.
pub fn on_the_thread(viewer: &Viewer, reported: Option<&Totals>) -> Markup {
    let all: Vec<Step> = (1..)
        .zip(eight())
        .map(|(number, step)| {
            let counts = reported.map(|all| all.of_step(&step.step_no));
            let counts = counts.filter(|count| count.of > 0);
            Step {
                name: step.name(viewer),
                state: match counts {
                    Some(count) if count.n == count.of => StepState::Done,
                    Some(count) if count.n > 0 => StepState::Now,
                    _ => StepState::Unsaid,
                },
                coverage: counts.map(|count| html! { (of_all(count.n, count.of)) }),
                ..Step::named(number, "")
            }
        })
        .collect();
    steps(viewer.locale, &all)
}

/// `GET /steps`.
pub async fn show(viewer: Viewer) -> Page {
    let v = &viewer;
    let title = v.say("ui.steps.title");
    let sources = Table::new(
        &v.say("ui.steps.sources"),
        [
            Column::text(&v.say("ui.steps.step")),
            Column::text(&v.say("ui.source")).wide(),
            Column::text(&v.say("ui.certainty")),
        ],
    )
    .rows(ALL.iter().map(|step| {
        [
            html! { (step.step_no) },
            html! { span lang="en" { (step.source) } },
            certainty(v.locale, step.certainty),
        ]
    }))
    .show();
    Page::new(v, title.clone()).at(Place::Steps).described(v.say("ui.steps.lead")).body(html! {
        (heading(flow(&title), flow(&v.say("ui.steps.lead")), &[]))
        (on_the_thread(v, None))
        (Card::new(&v.say("ui.steps.each")).flush().show(rows(eight().map(|step| {
            let parts: Vec<_> = ALL.iter().filter(|part| part.part_of() == Some(&step.step_no)).collect();
            Row {
                mark: Some(html! { span.ic.gold { b.num { (step.step_no) } } }),
                title: step.name(v),
                href: None,
                line: (!parts.is_empty()).then(|| html! { @for part in parts { (part.step_no) "\u{a0}" (part.name(v)) br; } }),
                aside: None,
            }
        }))))
        (note(Tone::Mute, Icon::Info, flow(&v.say("ui.steps.fvct"))))
        details.card {
            summary.card-b { (flow(&v.say("ui.steps.sources"))) }
            (sources)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_file_is_read_and_eight_of_them_are_steps() {
        let lines = include_str!("../../../../data/value_chain_steps.csv")
            .lines()
            .filter(|line| !line.is_empty())
            .count();
        assert_eq!(ALL.len(), lines - 1);
        assert_eq!(
            eight()
                .map(|step| step.step_no.as_str())
                .collect::<Vec<_>>(),
            ["1", "2", "3", "4", "5", "6", "7", "8"]
        );
    }
}
