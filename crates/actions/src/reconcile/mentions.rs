//! Codes that a source names and no framework has. They only note what the source says: one that it says no longer, or
//! that has become a link, is ended.

use super::{
    settle::{Desk, Want},
    standing::{Named, ProjectKey, Register},
};
use crate::{Error, wanted::WantedMention};
use domain::{
    ids::{MentionId, ProjectId},
    issue::Issues,
    link::Mention,
};
use std::collections::{HashMap, HashSet};

/// The mentions whose projects are found; tells of those whose projects are not there.
pub(super) fn find(
    wanted: Vec<WantedMention>,
    register: &Register,
    issues: &mut Issues,
) -> Vec<(ProjectKey, WantedMention)> {
    let mut found = Vec::new();
    for w in wanted {
        match register.named(&w.project, None, &w.place) {
            Ok(project) => found.push((project, w)),
            Err(issue) => issues.push(issue),
        }
    }
    found
}

/// Project, framework and code, as written.
type MentionKey = (ProjectId, String, String);

pub(super) async fn settle(
    desk: &mut Desk<'_>,
    wanted: Vec<(ProjectKey, WantedMention)>,
    ids: &HashMap<ProjectKey, ProjectId>,
    of_edition: &HashSet<ProjectId>,
) -> Result<(), Error> {
    let mut projects = of_edition.clone();
    projects.extend(wanted.iter().filter_map(|(key, _)| ids.get(key)));
    let projects: Vec<ProjectId> = projects.into_iter().collect();
    let named = |project: ProjectId, framework: &str, code: &str| Named {
        words: format!("{framework} {code}"),
        key: (project, framework.to_owned(), code.to_owned()),
    };
    let wants: Vec<Want<Named<MentionKey>, Mention>> = wanted
        .into_iter()
        .filter_map(|(key, w)| {
            let project = *ids.get(&key)?;
            Some(Want {
                key: named(project, &w.framework, &w.code),
                provenance: Some(w.provenance),
                standing_wins: false,
                make: Box::new(move |id, _: Option<&Mention>| Mention {
                    id,
                    project,
                    framework: w.framework,
                    code: w.code,
                }) as _,
            })
        })
        .collect();
    let spoken_of: HashSet<&MentionKey> = wants.iter().map(|want| &want.key.key).collect();
    let key = |row: &Mention| named(row.project, &row.framework, &row.code);
    let standing = store::of::<Mention, ProjectId>(desk.tx(), &projects).await?;
    let (standing, gone): (Vec<_>, Vec<_>) = standing
        .into_iter()
        .partition(|kept| spoken_of.contains(&key(&kept.row).key));
    if !gone.is_empty() {
        let gone: Vec<MentionId> = gone.iter().map(|kept| kept.row.id).collect();
        desk.end::<Mention>("mention", &gone).await?;
    }
    if wants.is_empty() {
        return Ok(());
    }
    let key = |row: &Mention| Some(key(row));
    desk.settle("mention", standing, key, |row| row.id, wants)
        .await?;
    Ok(())
}
