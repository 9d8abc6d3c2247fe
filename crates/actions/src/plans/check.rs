//! Whether everything that a plan file refers to can be found: all that cannot, each with its file and row.

use super::known::{Known, province};
use domain::issue::{Issue, Issues, Place, Severity};
use exchange::plan::PlanFile;
use std::collections::HashSet;

/// Everything in the file that cannot be found, as errors, and agencies whose name differs from the one that stands,
/// as advice. With `leave_out`, links to nowhere become mentions: codes that are kept as written and count for nothing;
/// their rows are returned.
pub fn check(known: &Known, file: &mut PlanFile, leave_out: bool) -> (Issues, Vec<Place>) {
    let mut issues = owners(known, file);
    issues.extend(notes(file));
    for row in &file.projects {
        if row.value.node.is_none() {
            issues.push(
                Issue::error(row.place.clone(), "import.project_without_node")
                    .with("project", &*row.value.code),
            );
        }
    }
    let (mut skipped, mut unmatched) = (Vec::new(), Vec::new());
    file.links.retain(|row| {
        let (framework, target) = (&*row.value.framework, &*row.value.target);
        let code = match known.frameworks.get(framework) {
            Some(nodes) if nodes.contains_key(target) => return true,
            Some(_) => "import.unknown_target",
            None => "import.unknown_framework",
        };
        let mut issue = Issue::error(row.place.clone(), code).with("framework", framework);
        if code == "import.unknown_target" {
            issue = issue.with("target", target);
        }
        if leave_out {
            issue.severity = Severity::Warning;
            skipped.push(row.place.clone());
            unmatched.push(row.clone());
        }
        issues.push(issue);
        !leave_out
    });
    file.unmatched.extend(unmatched);
    (issues, skipped)
}

/// Remarks on the plan and its elements: there is no place for them yet, so the person is told that they stay behind.
fn notes(file: &PlanFile) -> impl Iterator<Item = Issue> {
    let plan = file.header.iter();
    let plan = plan.filter_map(|row| row.value.note.as_ref().map(|note| (&row.place, note)));
    let nodes = file.nodes.iter();
    let nodes = nodes.filter_map(|row| row.value.note.as_ref().map(|note| (&row.place, note)));
    plan.chain(nodes).map(|(place, note)| {
        Issue::advice(place.clone(), "import.note_not_kept").with("note", note.as_str())
    })
}

/// Agencies named and not known, and agencies that are called otherwise than in the file.
fn owners(known: &Known, file: &PlanFile) -> Issues {
    let described: HashSet<&str> = file.agencies.iter().map(|row| &*row.value.code).collect();
    let header = file.header.iter();
    let header = header.filter_map(|row| Some((&row.place, row.value.owner.as_deref()?)));
    let indicators = file.indicators.iter();
    let indicators = indicators.filter_map(|row| Some((&row.place, row.value.owner.as_deref()?)));
    let projects = file.projects.iter();
    let projects = projects.map(|row| (&row.place, &*row.value.agency));
    let mut issues: Issues = header
        .chain(indicators)
        .chain(projects)
        .filter(|(_, code)| !described.contains(code) && known.agencies.get(code).is_none())
        .map(|(place, code)| {
            Issue::error(place.clone(), "import.unknown_owner").with("owner", code)
        })
        .collect();
    for row in &file.agencies {
        let found = known.agencies.find(province(file), &row.value.code);
        if let Some((_, stands)) = found
            && !stands.ours
            && stands.name_th != row.value.name_th
        {
            issues.push(
                Issue::advice(row.place.clone(), "import.agency_called_otherwise")
                    .with("code", &*row.value.code)
                    .with("stands", &*stands.name_th)
                    .with("found", &*row.value.name_th),
            );
        }
    }
    issues
}
