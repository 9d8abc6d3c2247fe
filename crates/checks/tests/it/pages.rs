//! Every page says what it must, in both languages, and what it says about its examples is true.

use crate::{
    fixture,
    page::{self, Block, HEADINGS, SPECIAL_CASE, Section},
};
use checks::{Report, Rule, Subject, rules, run_only, severity_word};
use domain::locale::Locale;

/// Fails with all problems at once.
fn nothing_in(problems: Vec<String>) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n\n"));
}

/// Where the page of a rule lies, for messages.
fn file(rule: &Rule) -> String {
    let family = rule.family().to_lowercase();
    format!(
        "crates/checks/src/rules/{family}/{}.md",
        rule.slug.replace('-', "_")
    )
}

#[test]
fn every_page_has_the_fixed_headings_in_their_order() {
    let mut problems = Vec::new();
    for rule in rules() {
        let (_, sections) = page::sections(rule.page);
        let headings: Vec<_> = sections.iter().map(|section| section.heading).collect();
        if headings.len() < HEADINGS.len() || headings[..HEADINGS.len()] != HEADINGS {
            problems.push(format!(
                "{}: the headings are {headings:#?}, not {HEADINGS:#?}",
                file(rule)
            ));
        }
        for section in sections.iter().skip(HEADINGS.len()) {
            if !section.heading.starts_with(SPECIAL_CASE) {
                problems.push(format!(
                    "{}:{}: a further heading begins `{SPECIAL_CASE}`",
                    file(rule),
                    section.line
                ));
            }
        }
    }
    nothing_in(problems);
}

#[test]
fn every_page_begins_with_code_names_and_severity() {
    let mut problems = Vec::new();
    for rule in rules() {
        let (thai, english) = (rule.title(Locale::Th), rule.title(Locale::En));
        if thai == rule.code
            || !page::is_thai(thai)
            || english == rule.code
            || page::is_thai(english)
        {
            problems.push(format!(
                "{}:1: the first line must be `# {} · ชื่อ · Name`",
                file(rule),
                rule.code
            ));
        }
        let [th, en] = [Locale::Th, Locale::En].map(|locale| severity_word(rule.severity, locale));
        let wanted = format!("ระดับ / Severity: {th} / {en}");
        let (head, _) = page::sections(rule.page);
        if head.first() != Some(&format!("# {} · {thai} · {english}", rule.code).as_str())
            || !head.contains(&wanted.as_str())
        {
            problems.push(format!(
                "{}: below the title must stand `{wanted}`",
                file(rule)
            ));
        }
    }
    nothing_in(problems);
}

#[test]
fn every_section_speaks_both_languages() {
    let mut problems = Vec::new();
    for rule in rules() {
        for section in page::sections(rule.page).1 {
            let (thai, english) = (
                section.words.iter().any(|l| page::is_thai(l)),
                section.words.iter().any(|l| page::is_english(l)),
            );
            if !thai || !english {
                let missing = if thai { "English" } else { "Thai" };
                problems.push(format!(
                    "{}:{}: no {missing} under `{}`",
                    file(rule),
                    section.line,
                    section.heading
                ));
            }
        }
    }
    nothing_in(problems);
}

#[test]
fn what_the_pages_say_about_their_examples_is_true() {
    let mut problems = Vec::new();
    for rule in rules() {
        let (_, sections) = page::sections(rule.page);
        for section in &sections {
            problems.extend(
                execute(rule, section)
                    .into_iter()
                    .map(|problem| format!("{}:{problem}", file(rule))),
            );
        }
    }
    nothing_in(problems);
}

/// Runs the examples of a section: pairs of a plan and what is found in it.
fn execute(rule: &'static Rule, section: &Section<'_>) -> Vec<String> {
    let is_text = HEADINGS[..3].contains(&section.heading);
    if is_text && section.blocks.is_empty() {
        return Vec::new();
    }
    let pairs: Vec<_> = section.blocks.chunks(2).collect();
    let is_pair = |pair: &&[Block]| matches!(pair, [plan, found] if plan.language == "plan" && found.language == "findings");
    if is_text || pairs.is_empty() || !pairs.iter().all(is_pair) {
        let wanted = if is_text {
            "has no blocks"
        } else {
            "has pairs of ```plan and ```findings"
        };
        return vec![format!("{}: `{}` {wanted}", section.line, section.heading)];
    }
    let mut problems = Vec::new();
    for pair in pairs {
        let [plan, expected] = pair else { continue };
        match fixture::read(&plan.text, plan.line) {
            Err(mistakes) => problems.extend(
                mistakes
                    .iter()
                    .map(|m| format!("{}: {}", m.line, m.message)),
            ),
            Ok(fixture) => {
                let found = found(rule, &fixture);
                if found != expected.text {
                    problems.push(format!(
                        "{}: the page expects\n{}but this is found\n{found}",
                        expected.line, expected.text
                    ));
                }
                let (example, counter_example) = (
                    section.heading == HEADINGS[3],
                    section.heading == HEADINGS[4],
                );
                if (example && found.is_empty()) || (counter_example && !found.is_empty()) {
                    problems.push(format!(
                        "{}: an example has findings, a counter-example has none",
                        expected.line
                    ));
                }
            }
        }
    }
    problems
}

/// What the rule finds, in Thai and English line by line.
fn found(rule: &'static Rule, fixture: &fixture::Fixture) -> String {
    let findings = run_only(&[rule], &fixture.snapshot, &fixture.scope, fixture.beside());
    let report = Report::new(fixture.scope.today, &[rule], &findings, fixture.beside());
    let lines = report
        .lines(Locale::Th)
        .into_iter()
        .zip(report.lines(Locale::En));
    lines
        .map(|(thai, english)| format!("{thai}\n{english}\n"))
        .collect()
}

/// A page that promises one thing too many and one too few, and has a line that nobody understands.
static UNTRUE: Rule = Rule {
    code: "DATA-999",
    slug: "untrue-page",
    severity: domain::issue::Severity::Advice,
    check: |context, findings| {
        for project in context.projects() {
            findings.about(Subject::Project(project.id));
        }
    },
    page: "\
# DATA-999 · ตัวอย่าง · Example
## ตัวอย่างที่พบ / Example
```plan
organisation office
```
```findings
found: nothing of the kind
```
## ตัวอย่างที่ไม่พบ / Counter-example
```plan
organisation office
project P-1
```
```findings
```
## กรณีพิเศษ / Special case: x
```plan
organise office
```
```findings
```
## กรณีพิเศษ / Special case: y
```plan
```
",
};

#[test]
fn a_page_that_is_not_true_is_found_out_with_its_line() {
    let (_, sections) = page::sections(UNTRUE.page);
    let problems: Vec<_> = sections
        .iter()
        .flat_map(|section| execute(&UNTRUE, section))
        .collect();
    assert_eq!(
        problems,
        [
            "7: the page expects\nfound: nothing of the kind\nbut this is found\n",
            "7: an example has findings, a counter-example has none",
            "15: the page expects\nbut this is found\n\
             คำแนะนำ · DATA-999 · โครงการ P-1: issue.DATA-999\n\
             Advice · DATA-999 · project P-1: issue.DATA-999\n",
            "15: an example has findings, a counter-example has none",
            "18: no `organise` at the top; here may stand: today, check, organisation, edition, project, crosswalk",
            "22: `กรณีพิเศษ / Special case: y` has pairs of ```plan and ```findings",
        ]
    );
}
