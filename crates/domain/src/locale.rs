//! The sentences of `locales/{th,en}.toml`: one flat table per language, the same keys in both.

use crate::issue::{Arg, Issue, Place};
use std::{borrow::Cow, collections::BTreeMap, sync::LazyLock};

coded! {
    /// A language of the interface.
    pub enum Locale {
        /// ไทย, the first language.
        Th = "th",
        /// English.
        En = "en",
    }
}

type Sentences = BTreeMap<String, String>;

static TH: LazyLock<Sentences> = LazyLock::new(|| read(include_str!("../../../locales/th.toml")));
static EN: LazyLock<Sentences> = LazyLock::new(|| read(include_str!("../../../locales/en.toml")));

/// A locale file that cannot be read is an empty table: the test below fails the build before that can ship.
fn read(text: &str) -> Sentences {
    toml::from_str(text).unwrap_or_default()
}

impl Locale {
    fn sentences(self) -> &'static Sentences {
        match self {
            Locale::Th => &TH,
            Locale::En => &EN,
        }
    }

    /// The keys of the language, in order.
    pub fn keys(self) -> impl Iterator<Item = &'static str> {
        self.sentences().keys().map(String::as_str)
    }

    /// The sentence of `key` if the language has it.
    pub fn find(self, key: &str) -> Option<&'static str> {
        self.sentences().get(key).map(String::as_str)
    }

    /// The sentence of `key`, or the key itself so that a missing sentence is seen and not hidden.
    pub fn text<'k>(self, key: &'k str) -> Cow<'k, str> {
        match self.find(key) {
            Some(sentence) => Cow::Borrowed(sentence),
            None => Cow::Owned(key.to_owned()),
        }
    }

    /// The sentence of `key` with every `{name}` replaced by its argument, and every `{name|word|words}` by the word that
    /// goes with one or with any other number.
    pub fn fill(self, key: &str, args: &[(&str, Arg)]) -> String {
        let mut sentence = self.text(key).into_owned();
        for (name, value) in args {
            let told = self.arg(value);
            sentence = counted(&sentence, name, told == "1");
            sentence = sentence.replace(&format!("{{{name}}}"), &told);
        }
        sentence
    }

    fn arg(self, value: &Arg) -> String {
        match value {
            Arg::Text(text) => text.clone(),
            Arg::Number(number) => crate::money::group_thousands(*number),
            Arg::Money(money) => money.baht_with_unit(self),
            Arg::Day(day) => crate::time::short_date(*day, self),
            Arg::Key(key) => self.text(key).into_owned(),
            Arg::Keys(keys) => {
                let words: Vec<_> = keys.iter().map(|key| self.text(key)).collect();
                words.join(", ")
            }
        }
    }

    /// What an issue says: its sentence, without place and hint.
    pub fn issue(self, issue: &Issue) -> String {
        self.fill(&format!("issue.{}", issue.code), &issue.args)
    }

    /// What to do about an issue, where the language has a hint for it.
    pub fn hint(self, issue: &Issue) -> Option<String> {
        let key = format!("issue.{}.hint", issue.code);
        self.find(&key).map(|_| self.fill(&key, &issue.args))
    }

    /// Where an issue stands, in words.
    pub fn place(self, place: &Place) -> String {
        match place {
            Place::Whole => String::new(),
            Place::File { file } => file.clone(),
            Place::Cell { file, row, column } if column.is_empty() => self.fill(
                "place.row",
                &[
                    ("file", Arg::Text(file.clone())),
                    ("row", Arg::Number(i64::from(*row))),
                ],
            ),
            Place::Cell { file, row, column } => self.fill(
                "place.cell",
                &[
                    ("file", Arg::Text(file.clone())),
                    ("row", Arg::Number(i64::from(*row))),
                    ("column", Arg::Text(column.clone())),
                ],
            ),
            Place::Field { field } => field.clone(),
            Place::Thing { what, code, .. } => {
                format!("{} {code}", self.text(&format!("thing.{what}")))
                    .trim_end()
                    .to_owned()
            }
        }
    }
}

/// A sentence whose words for one and for several of `name` are chosen; what is no such pair stays as it is.
fn counted(sentence: &str, name: &str, one: bool) -> String {
    let begins = format!("{{{name}|");
    let mut parts = sentence.split(begins.as_str());
    let mut chosen = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let pair = part.split_once('}').and_then(|(words, rest)| {
            let (word, words) = words.split_once('|')?;
            Some((if one { word } else { words }, rest))
        });
        let (word, rest) = pair.unwrap_or((part, ""));
        chosen.push_str(word);
        chosen.push_str(rest);
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_counts_one_organisation_and_thai_has_one_form_for_all() {
        let said = |locale: Locale, n: i64| locale.fill("remind.done", &[("n", n.into())]);
        assert_eq!(said(Locale::En, 1), "1 organisation is reminded");
        assert_eq!(said(Locale::En, 0), "0 organisations are reminded");
        assert_eq!(said(Locale::En, 1_200), "1,200 organisations are reminded");
        assert_ne!(said(Locale::Th, 1), said(Locale::Th, 2));
    }

    #[test]
    fn both_languages_can_be_read_and_have_the_same_keys() {
        let th: Vec<_> = Locale::Th.keys().collect();
        let en: Vec<_> = Locale::En.keys().collect();
        assert!(!th.is_empty());
        assert_eq!(th, en);
    }

    #[test]
    fn both_languages_ask_for_the_same_arguments() {
        let names = |sentence: &str| {
            let mut found: Vec<String> = sentence
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
                .filter_map(|name| name.split('|').next().map(str::to_owned))
                .collect();
            found.sort();
            found.dedup();
            found
        };
        for key in Locale::Th.keys() {
            assert_eq!(
                names(&Locale::Th.text(key)),
                names(&Locale::En.text(key)),
                "{key}"
            );
        }
    }
}
