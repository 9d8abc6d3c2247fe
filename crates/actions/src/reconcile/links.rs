//! The links that a source proposes for projects. What people decided stands, whatever the source says.

use super::{
    Source,
    settle::{Desk, Want},
    standing::{Named, ProjectKey, Register},
};
use crate::{
    Error,
    wanted::{EditionKey, WantedLink},
};
use domain::{
    ids::{NodeId, ProjectId},
    issue::{Issue, Issues},
    link::{Link, LinkState},
    plan::{Node, NodeText},
};
use std::collections::{HashMap, HashSet};
use store::{Kept, Reason, Tx};

/// Links whose projects and nodes are found.
pub(super) struct Wanted {
    links: Vec<(ProjectKey, NodeId, WantedLink)>,
    /// The nodes of the frameworks that the links name, with their codes.
    frameworks: HashMap<NodeId, String>,
}

impl Wanted {
    /// Finds the project and the node of every link; tells of those that are not there.
    pub async fn find(
        tx: &Tx,
        wanted: Vec<WantedLink>,
        register: &Register,
        issues: &mut Issues,
    ) -> Result<Self, Error> {
        let mut editions: HashMap<EditionKey, HashMap<String, NodeId>> = HashMap::new();
        let mut links = Vec::new();
        for w in wanted {
            let edition = &w.node.edition;
            if !editions.contains_key(edition) {
                editions.insert(edition.clone(), nodes(tx, edition).await?);
            }
            let node = editions
                .get(edition)
                .and_then(|nodes| nodes.get(&w.node.code));
            if node.is_none() {
                let issue = Issue::error(w.place.clone(), "import.unknown_target");
                issues.push(
                    issue
                        .with("framework", edition.plan.as_str())
                        .with("target", w.node.code.as_str()),
                );
            }
            match (register.named(&w.project, None, &w.place), node) {
                (Ok(project), Some(node)) => links.push((project, *node, w)),
                (Ok(_), None) => {}
                (Err(issue), _) => issues.push(issue),
            }
        }
        let frameworks = editions.into_values().flatten();
        Ok(Self {
            links,
            frameworks: frameworks.map(|(code, node)| (node, code)).collect(),
        })
    }

    /// The projects of the links.
    pub fn projects(&self) -> impl Iterator<Item = &ProjectKey> {
        self.links.iter().map(|(project, ..)| project)
    }
}

async fn nodes(tx: &Tx, key: &EditionKey) -> Result<HashMap<String, NodeId>, Error> {
    let Some(plan) = store::texts::plan(tx, &key.plan).await? else {
        return Ok(HashMap::new());
    };
    let Some(edition) = store::texts::edition(tx, plan.row.id, &key.label).await? else {
        return Ok(HashMap::new());
    };
    let nodes: Vec<Kept<(Node, NodeText)>> = store::of(tx, &[edition.row.0.id]).await?;
    Ok(nodes
        .into_iter()
        .map(|kept| (kept.row.1.code, kept.row.0.id))
        .collect())
}

/// Proposes what is new, renews what nobody has decided, and reports undecided proposals of earlier imports to the same frameworks that
/// the source no longer names: of a label that moved, both would stand.
pub(super) async fn settle(
    desk: &mut Desk<'_>,
    wanted: Wanted,
    ids: &HashMap<ProjectKey, ProjectId>,
    of_edition: &HashSet<ProjectId>,
    source: &Source,
) -> Result<(), Error> {
    if wanted.links.is_empty() {
        return Ok(());
    }
    let Wanted { links, frameworks } = wanted;
    let codes: HashMap<ProjectId, &str> = ids
        .iter()
        .map(|((_, code), id)| (*id, code.as_str()))
        .collect();
    let named = |project: ProjectId, node: NodeId| {
        let code = codes.get(&project).copied().unwrap_or_default();
        let target = frameworks.get(&node).map_or("", String::as_str);
        Named {
            key: (project, node),
            words: format!("{code} → {target}"),
        }
    };
    let projects: Vec<ProjectId> = of_edition.iter().copied().collect();
    let mut standing = store::of::<(Link, Reason), ProjectId>(desk.tx(), &projects).await?;
    // What somebody decided, or proposed themselves, is not the file's to change or to miss.
    let undecided = |kept: &Kept<(Link, Reason)>| {
        kept.row.0.state == LinkState::Proposed && source.recorded(&kept.stamp)
    };
    let settled: HashSet<(ProjectId, NodeId)> = standing
        .iter()
        .filter(|kept| !undecided(kept))
        .map(|kept| kept.row.0)
        .map(|link| (link.project, link.node))
        .collect();
    let mut wants = Vec::new();
    for (project, node, w) in links {
        let Some(&project) = ids.get(&project) else {
            continue;
        };
        wants.push(Want {
            key: named(project, node),
            provenance: Some(w.provenance),
            standing_wins: settled.contains(&(project, node)),
            make: Box::new(move |id, stands: Option<&(Link, Reason)>| {
                let (before_th, before_en) = stands.map_or((None, None), |(_, reason)| {
                    (reason.reason_th.clone(), reason.reason_en.clone())
                });
                let reason = Reason {
                    reason_th: w.reason_th.or(before_th),
                    reason_en: w.reason_en.or(before_en),
                    ..Reason::default()
                };
                let link = Link {
                    id,
                    project,
                    node,
                    share: w.share,
                    primary: w.primary,
                    state: LinkState::Proposed,
                };
                (link, reason)
            }) as _,
        });
    }
    let spoken_of: HashSet<(ProjectId, NodeId)> = wants.iter().map(|want| want.key.key).collect();
    standing.retain(|kept| {
        let link = kept.row.0;
        let missed = undecided(kept) && frameworks.contains_key(&link.node);
        missed || spoken_of.contains(&(link.project, link.node))
    });
    let key = |(link, _): &(Link, Reason)| Some(named(link.project, link.node));
    desk.settle("link", standing, key, |(link, _)| link.id, wants)
        .await?;
    Ok(())
}
