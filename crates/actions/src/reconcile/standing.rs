//! What stands in one plan: the projects that its editions list, and the names by which a source may speak of them.

use crate::Error;
use domain::{
    ids::{EditionId, NodeId, PlanId, ProjectId},
    issue::{Issue, Place},
    plan::{Edition, EditionText, Node, NodeText},
    project::{Listing, Project, ProjectText, ProjectYear},
    text::search_key,
    time::FiscalYear,
};
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    fmt::{self, Display},
    hash::{Hash, Hasher},
};
use store::{Kept, Tx};

/// A project's key within its plan: the next year may print the same code for another project.
pub(super) type ProjectKey = (ProjectYear, String);

/// A key with the words by which people know what it names: compared by the key, printed as the words.
#[derive(Debug, Clone)]
pub(super) struct Named<K> {
    pub key: K,
    pub words: String,
}

impl<K: PartialEq> PartialEq for Named<K> {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl<K: Eq> Eq for Named<K> {}

impl<K: Hash> Hash for Named<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

impl<K> Display for Named<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

/// Numbers equal keys in their order, from 0: of things that nothing tells apart all are kept.
pub(super) struct Occurrences<K>(HashMap<K, usize>);

impl<K: Eq + Hash + Clone> Occurrences<K> {
    pub fn new() -> Self {
        Self(HashMap::new())
    }

    pub fn next(&mut self, key: &K) -> usize {
        let count = self.0.entry(key.clone()).or_default();
        *count += 1;
        *count - 1
    }
}

/// What stands in the plan of one edition.
#[derive(Default)]
pub(super) struct Standing {
    /// The listings of the edition that the source speaks of.
    pub listings: Vec<Kept<Listing>>,
    /// The projects that any edition of the plan lists.
    pub projects: Vec<Kept<(Project, ProjectText)>>,
    /// Which of them the edition itself lists.
    pub listed: HashSet<ProjectId>,
    nodes: HashMap<String, NodeId>,
}

impl Standing {
    pub async fn load(tx: &Tx, plan: &str, edition: EditionId) -> Result<Self, Error> {
        let Some(plan) = store::texts::plan(tx, plan).await? else {
            return Ok(Self::default());
        };
        let editions: Vec<Kept<(Edition, EditionText)>> =
            store::of::<_, PlanId>(tx, &[plan.row.id]).await?;
        let editions: Vec<EditionId> = editions.iter().map(|kept| kept.row.0.id).collect();
        let nodes: Vec<Kept<(Node, NodeText)>> = store::of(tx, &editions).await?;
        let ids: Vec<NodeId> = nodes.iter().map(|kept| kept.row.0.id).collect();
        let nodes: HashMap<String, NodeId> = nodes
            .into_iter()
            .map(|kept| kept.row)
            .filter(|(node, _)| node.edition == edition)
            .map(|(node, text)| (text.code, node.id))
            .collect();
        let mut listings: Vec<Kept<Listing>> = store::of(tx, &ids).await?;
        let projects: BTreeSet<ProjectId> = listings.iter().map(|kept| kept.row.project).collect();
        let projects: Vec<ProjectId> = projects.into_iter().collect();
        let here: HashSet<NodeId> = nodes.values().copied().collect();
        listings.retain(|kept| here.contains(&kept.row.node));
        Ok(Self {
            listed: listings.iter().map(|kept| kept.row.project).collect(),
            listings,
            projects: store::get_many(tx, &projects).await?,
            nodes,
        })
    }

    /// The node of the edition with this code.
    pub fn node(&self, code: &str) -> Option<NodeId> {
        self.nodes.get(code).copied()
    }
}

/// The projects that a source may name by their codes: those of the source and those that stand in the plan.
pub(super) struct Register {
    plan: String,
    keys: HashMap<String, BTreeSet<ProjectKey>>,
    /// Listed in the edition that the source speaks of, by the source or already.
    here: HashSet<ProjectKey>,
}

impl Register {
    pub fn new<'k>(
        plan: &str,
        standing: &Standing,
        wanted: impl Iterator<Item = &'k ProjectKey>,
    ) -> Self {
        let mut register = Self {
            plan: plan.to_owned(),
            keys: HashMap::new(),
            here: HashSet::new(),
        };
        for kept in &standing.projects {
            let here = standing.listed.contains(&kept.row.0.id);
            register.add(key_of(&kept.row), here);
        }
        for key in wanted {
            register.add(key.clone(), true);
        }
        register
    }

    fn add(&mut self, key: ProjectKey, here: bool) {
        if here {
            self.here.insert(key.clone());
        }
        self.keys.entry(search_key(&key.1)).or_default().insert(key);
    }

    /// The project that a row names: of the edition before others of the plan, then of the year that the row speaks of.
    pub fn named(
        &self,
        code: &str,
        year: Option<FiscalYear>,
        at: &Place,
    ) -> Result<ProjectKey, Issue> {
        let mut found: Vec<&ProjectKey> = self
            .keys
            .get(&search_key(code))
            .into_iter()
            .flatten()
            .collect();
        narrow(&mut found, |key| self.here.contains(key));
        narrow(&mut found, |(of, _)| Some(of.fiscal()) == year);
        let (issue, years) = match found[..] {
            [key] => return Ok(key.clone()),
            [] => ("import.project_not_in_plan", String::new()),
            ref several => {
                let years = several.iter().map(|(year, _)| year.fiscal().0.to_string());
                (
                    "import.project_of_several_years",
                    years.collect::<Vec<_>>().join(", "),
                )
            }
        };
        Err(Issue::error(at.clone(), issue)
            .with("project", code)
            .with("plan", self.plan.as_str())
            .with("years", years))
    }
}

/// Keeps those that fit, unless none does.
fn narrow(found: &mut Vec<&ProjectKey>, fits: impl Fn(&ProjectKey) -> bool) {
    if found.iter().any(|key| fits(key)) {
        found.retain(|key| fits(key));
    }
}

/// The key of a standing project.
pub(super) fn key_of((project, text): &(Project, ProjectText)) -> ProjectKey {
    (project.year, text.code.clone())
}
