//! Matters that the field calls by several names (ออกกลางคัน, Zero Dropout, out-of-school): a text that uses one name is
//! found by another.

use domain::text::{clean, from_thai_digits};
use std::sync::LazyLock;

/// The names of `data/matters.csv`, one a line: the matter, a name of it, and where both are from.
const NAMES: &str = include_str!("../../../data/matters.csv");

/// A matter with its names.
struct Matter {
    /// The name by which it is shown.
    name: &'static str,
    names: Vec<(&'static str, String)>,
}

static MATTERS: LazyLock<Vec<Matter>> = LazyLock::new(|| {
    let mut matters: Vec<Matter> = Vec::new();
    for line in NAMES.lines().skip(1) {
        let mut cells = line.split(',');
        let (Some(matter), Some(name)) = (cells.next(), cells.next()) else {
            continue;
        };
        let named = (name, folded(name));
        match matters.last_mut().filter(|last| last.name == matter) {
            Some(last) => last.names.push(named),
            None => matters.push(Matter {
                name: matter,
                names: vec![named],
            }),
        }
    }
    matters
});

/// The matters that a text names, in the order of the list.
pub(crate) fn named(text: &str) -> impl Iterator<Item = &'static str> {
    matters_in(folded(text)).map(|matter| matter.name)
}

/// Whether a word is the name under which a matter is counted, and not a word as a text has it.
pub(crate) fn is_matter(word: &str) -> bool {
    MATTERS.iter().any(|matter| matter.name == word)
}

/// The other names of every matter that a text names: what else to look for.
pub fn other_names(text: &str) -> Vec<&'static str> {
    let key = folded(text);
    let of_matter = |matter: &'static Matter| {
        let others = matter.names.iter().filter(|(_, name)| !holds(&key, name));
        others.map(|(name, _)| *name).collect::<Vec<_>>()
    };
    matters_in(key.clone()).flat_map(of_matter).collect()
}

fn matters_in(key: String) -> impl Iterator<Item = &'static Matter> {
    MATTERS
        .iter()
        .filter(move |matter| matter.names.iter().any(|(_, name)| holds(&key, name)))
}

/// Clean, small letters, Arabic digits; with its spaces, which part English words.
pub(crate) fn folded(text: &str) -> String {
    from_thai_digits(&clean(text).text).to_lowercase()
}

/// Whether a text holds a name: Thai anywhere in it, because Thai parts no words; English as whole words.
fn holds(key: &str, name: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    key.match_indices(name).any(|(at, _)| {
        let before = letter(key[..at].chars().next_back());
        let after = letter(key[at + name.len()..].chars().next());
        !name.is_ascii() || !(before || after)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matter_is_found_by_each_of_its_names() {
        for text in [
            "โครงการ Thailand Zero Dropout",
            "เด็กออกกลางคัน",
            "Out-of-school rate",
        ] {
            assert_eq!(
                named(text).collect::<Vec<_>>(),
                ["เด็กนอกระบบการศึกษา"],
                "{text}"
            );
        }
        let others = other_names("ออกกลางคัน");
        assert!(others.contains(&"Zero Dropout") && !others.contains(&"ออกกลางคัน"));
        assert!(other_names("xyzzy").is_empty());
    }

    #[test]
    fn a_short_english_name_is_a_word_and_no_part_of_one() {
        assert_eq!(named("Use of ICT").count(), 1);
        assert_eq!(named("districts predict").count(), 0);
    }

    #[test]
    fn every_line_of_the_list_is_read_and_no_name_stands_under_two_matters() {
        let mut names: Vec<&str> = MATTERS
            .iter()
            .flat_map(|matter| matter.names.iter().map(|(_, key)| key.as_str()))
            .collect();
        assert_eq!(names.len(), NAMES.lines().count() - 1);
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
