//! The words of the field in Thai and English, from `data/glossary.csv`; found by any part of them.

use std::sync::LazyLock;

use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use domain::issue::{Issue, Place as At};
use domain::locale::Locale;
use domain::provenance::Certainty;
use domain::text::search_key;
use maud::{Markup, html};
use serde::Deserialize;

use crate::address::encoded;
use crate::ui::{
    Column, Empty, Icon, Place, Row, Table, button, certainty, count, flow, foreign, heading, icon,
    search_form,
};
use crate::{Error, Page, Viewer};

/// A word and what it means.
#[derive(Debug, Deserialize)]
struct Word {
    name_th: String,
    name_en: String,
    meaning_th: String,
    meaning_en: String,
    certainty: Certainty,
}

/// The words with their folded keys. A row that cannot be read is left out here: the test below fails before that can ship.
static ALL: LazyLock<Vec<(Word, String)>> = LazyLock::new(|| {
    let text = include_str!("../../../../data/glossary.csv");
    let words = csv::Reader::from_reader(text.as_bytes())
        .into_deserialize()
        .filter_map(Result::ok);
    words
        .map(|word: Word| {
            let key = search_key(
                &[
                    &*word.name_th,
                    &word.name_en,
                    &word.meaning_th,
                    &word.meaning_en,
                ]
                .join(" "),
            );
            (word, key)
        })
        .collect()
});

/// What the reader looks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
}

impl Asked {
    /// The words of the address; more than one answer to the question cannot be meant.
    ///
    /// # Errors
    /// `BadRequest` where the question cannot be read.
    pub fn words(asked: Result<Query<Asked>, QueryRejection>) -> Result<String, Error> {
        match asked {
            Ok(Query(Asked { q })) => Ok(q),
            Err(_) => {
                let at = At::Field {
                    field: "q".to_owned(),
                };
                Err(Error::BadRequest(vec![Issue::error(
                    at,
                    "ui.unreadable_question",
                )]))
            }
        }
    }
}

/// The words that hold `q` in their name or meaning, in either language.
fn containing(q: &str) -> Vec<&'static Word> {
    let wanted = search_key(q);
    ALL.iter()
        .filter(|(_, key)| key.contains(&wanted))
        .map(|(word, _)| word)
        .collect()
}

/// The words that hold `q`, as lines of a list of results.
pub fn hits(v: &Viewer, q: &str) -> Vec<Row> {
    let row = |word: &Word| {
        let (name, meaning) = match v.locale {
            Locale::Th => (&word.name_th, &word.meaning_th),
            Locale::En => (&word.name_en, &word.meaning_en),
        };
        Row {
            mark: Some(html! { span.ic { (icon(Icon::Book)) } }),
            title: flow(name),
            href: Some(v.to(&format!("/glossary?q={}", encoded(name)))),
            line: Some(flow(meaning)),
            aside: None,
        }
    };
    containing(q).into_iter().map(row).collect()
}

/// `GET /glossary`, `GET /glossary?q=…`.
///
/// # Errors
/// `BadRequest` where the question of the address cannot be read.
pub async fn show(
    viewer: Viewer,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Page, Error> {
    let v = &viewer;
    let q = Asked::words(asked)?;
    let found = containing(&q);
    let title = v.say("ui.glossary.title");
    Ok(Page::new(v, title.clone()).at(Place::Glossary).described(v.say("ui.glossary.lead")).body(html! {
        (heading(flow(&title), flow(&v.say("ui.glossary.lead")), &[]))
        (search_form(v, &v.to("/glossary"), "find-word", &q, true))
        p.small.dim role="status" {
            (flow(&v.say_with("ui.glossary.found", &[("n", count(found.len() as u64).into()), ("of", count(ALL.len() as u64).into())])))
        }
        @if found.is_empty() {
            (Empty::NoMatch.show(
                &v.say_with("ui.glossary.none", &[("q", q.as_str().into())]),
                &v.say("ui.glossary.none.why"),
                Some(button(&v.to("/glossary"), Some(Icon::Book), &v.say("ui.glossary.all"), false)),
            ))
        } @else {
            div.card { (table(v, &found)) }
            p.small.dim { (flow(&v.say("ui.glossary.ours"))) }
        }
    }))
}

fn table(v: &Viewer, words: &[&Word]) -> Markup {
    let other = match v.locale {
        Locale::Th => Locale::En,
        Locale::En => Locale::Th,
    };
    let (here, there) = ("ui.glossary.word", "ui.glossary.word.other");
    Table::new(
        &v.say("ui.glossary.title"),
        [
            Column::text(&v.say(here)),
            Column::text(&v.say(there)),
            Column::text(&v.say("ui.glossary.meaning")).wide(),
        ],
    )
    .rows(words.iter().map(|word| {
        let (name, elsewhere, meaning) = match v.locale {
            Locale::Th => (&word.name_th, &word.name_en, &word.meaning_th),
            Locale::En => (&word.name_en, &word.name_th, &word.meaning_en),
        };
        [
            flow(name),
            foreign(other, elsewhere),
            html! {
                (flow(meaning))
                @if word.certainty == Certainty::Recalled { " " (certainty(v.locale, word.certainty)) }
            },
        ]
    }))
    .show()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_file_is_read_and_has_both_languages() {
        let lines = include_str!("../../../../data/glossary.csv")
            .lines()
            .filter(|line| !line.is_empty())
            .count();
        assert_eq!(ALL.len(), lines - 1);
        for (word, _) in ALL.iter() {
            assert!(
                ![
                    &word.name_th,
                    &word.name_en,
                    &word.meaning_th,
                    &word.meaning_en
                ]
                .iter()
                .any(|w| w.is_empty()),
                "{word:?}"
            );
        }
    }
}
