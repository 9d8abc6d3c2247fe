//! PROJ-001: two projects of one owner and year have the same title, or nearly the same.

use crate::{Context, Findings, Rule, Subject, Value, order::natural};
use domain::{
    ids::{OrganisationId, ProjectId},
    issue::Severity,
    project::{Project, ProjectYear},
    text::search_key,
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Found at the later project by code, else at the one that is looked at; once per project.
pub static RULE: Rule = Rule {
    code: "PROJ-001",
    slug: "duplicate-project",
    severity: Severity::Warning,
    check,
    page: include_str!("duplicate_project.md"),
};

/// Of a hundred parts, how many two titles must share at least.
const NEARLY: usize = 90;
/// Letters below which titles are too short to be called nearly the same.
const LONG_ENOUGH: usize = 24;

/// A project whose title is known.
struct Titled {
    project: Project,
    code: String,
    title: String,
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    let asked: HashSet<ProjectId> = context.projects().map(|project| project.id).collect();
    for mut group in groups(context).into_values() {
        group.sort_by_cached_key(|it| (natural(&it.code), it.project.id));
        // What is found at whom: the same, and the nearly the same.
        let mut found: BTreeMap<usize, [Vec<ProjectId>; 2]> = BTreeMap::new();
        for (later, b) in group.iter().enumerate() {
            for (earlier, a) in group[..later].iter().enumerate() {
                let Some(how) = likeness(a, b) else {
                    continue;
                };
                let (at, other) = match asked.contains(&b.project.id) {
                    true => (later, a),
                    false if asked.contains(&a.project.id) => (earlier, b),
                    false => continue,
                };
                found.entry(at).or_default()[usize::from(how)].push(other.project.id);
            }
        }
        for (at, others) in found {
            let keys = ["issue.PROJ-001.same", "issue.PROJ-001.nearly"];
            for (how, others) in keys.into_iter().zip(others) {
                if others.is_empty() {
                    continue;
                }
                let edition = |id| (context.any_edition_of(id), id);
                findings
                    .about(Subject::Project(group[at].project.id))
                    .with("how", Value::Word(how))
                    .with(
                        "others",
                        Value::Projects(others.into_iter().map(edition).collect()),
                    );
            }
        }
    }
}

/// Projects of one owner and year, where there are several and one of them is looked at.
fn groups(context: &Context<'_>) -> BTreeMap<(OrganisationId, ProjectYear), Vec<Titled>> {
    let wanted: HashSet<_> = context.projects().map(|it| (it.owner, it.year)).collect();
    let mut groups: BTreeMap<_, Vec<Titled>> = BTreeMap::new();
    for project in context.standing_projects() {
        let key = (project.owner, project.year);
        let name = context.beside.names.projects.get(&project.id);
        if let (true, Some(name)) = (wanted.contains(&key), name) {
            groups.entry(key).or_default().push(Titled {
                project,
                code: name.code.clone(),
                title: search_key(&name.name_th),
            });
        }
    }
    groups.retain(|_, group| group.len() > 1);
    groups
}

/// `Some(false)` = the same title, `Some(true)` = nearly the same; `None` = another title, or the one says that it is
/// part of the other.
fn likeness(a: &Titled, b: &Titled) -> Option<bool> {
    let is_part = |one: &Project, other: &Project| one.part_of == Some(other.id);
    if a.title.is_empty() || is_part(&a.project, &b.project) || is_part(&b.project, &a.project) {
        return None;
    }
    if a.title == b.title {
        return Some(false);
    }
    // Courses 1 and 2, grades 3 and 6 are two projects on purpose.
    let long = |title: &str| title.chars().count() >= LONG_ENOUGH;
    let near = long(&a.title) && long(&b.title) && digits(&a.title) == digits(&b.title);
    (near && are_near(&a.title, &b.title)).then_some(true)
}

fn digits(title: &str) -> Vec<char> {
    title.chars().filter(char::is_ascii_digit).collect()
}

/// Whether the coefficient of Sørensen and Dice over all runs of three letters, twice what both have in common
/// divided by what both have together, is at least [`NEARLY`] hundredths (T. Sørensen 1948, L. R. Dice 1945).
fn are_near(a: &str, b: &str) -> bool {
    let (ours, theirs) = (runs(a), runs(b));
    let common: usize = ours
        .iter()
        .map(|(run, n)| *n.min(theirs.get(run).unwrap_or(&0)))
        .sum();
    let all: usize = ours.values().chain(theirs.values()).sum();
    200 * common >= NEARLY * all
}

/// How often each run of three letters stands in a text.
fn runs(text: &str) -> HashMap<[char; 3], usize> {
    let letters: Vec<char> = text.chars().collect();
    let mut runs = HashMap::new();
    for run in letters.windows(3) {
        *runs.entry([run[0], run[1], run[2]]).or_default() += 1;
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: &str, b: &str) -> bool {
        are_near(&search_key(a), &search_key(b))
    }

    #[test]
    fn nearness_follows_the_published_formula() {
        // Runs: abc bcd cde | bcd cde def: two in common of six, 2·2/6 = 0.67; four of five letters the same: 2·2/5.
        assert!(!are_near("abcde", "bcdef"));
        // 18 of 20 runs each, 36/40 = 0.9: just enough. One less is not.
        let (a, b) = ("abcdefghijklmnopqrstuv", "abcdefghijklmnopqrst!!");
        assert_eq!(runs(a).values().sum::<usize>(), 20);
        assert!(are_near(a, b));
        assert!(!are_near(a, "abcdefghijklmnopqrs!!!"));
    }

    #[test]
    fn one_letter_is_a_slip_and_one_word_is_another_project() {
        let slip = "โครงการขับเคลื่อนนโยบายสถานศึกษาปลอดภัย";
        assert!(near(slip, "โครงการขับเคลื่อนนโยบายสถานศึกษาปลอดภับ"));
        for (a, b) in [
            ("โครงการส่งเสริมการอ่าน", "โครงการส่งเสริมการเขียน"),
            ("โครงการค่ายวิชาการภาษาไทย", "โครงการค่ายวิชาการภาษาจีน"),
            ("โครงการพัฒนาคุณภาพการศึกษาปฐมวัย", "โครงการพัฒนาคุณภาพการศึกษา"),
        ] {
            assert!(!near(a, b), "{a} {b}");
        }
    }
}
