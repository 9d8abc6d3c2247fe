//! What waits for a decision of this person: proposed links and alignments, and projects whose words suggest a target.

use std::collections::{BTreeMap, BTreeSet};

use actions::links::Between;
use actions::live::{Live, Now};
use actions::permission::On;
use domain::ids::{AlignmentId, LinkId, NodeId, OrganisationId, ProjectId};
use domain::link::{Link, LinkState};
use domain::permission::Act;
use domain::plan::Alignment;
use domain::project::{Project, ProjectText};
use domain::subject::Subject;
use store::{Kept, Reason};

use crate::data::is_of_province;
use crate::found::owner;
use crate::pages::joints::lower::{Lower, Standing};
use crate::pages::projects::suggestions::best_target;
use crate::reach::reaches;
use crate::served::listed;
use crate::{Error, Viewer};

/// Lines on one page: what a person can look at in a sitting.
const SHOWN: usize = 60;

/// What serves in a line.
#[derive(Debug, Clone)]
pub(super) enum Below {
    /// A project with its words.
    Project(Project, ProjectText),
    /// An element of a plan.
    Element(NodeId),
}

/// One line to be decided on.
#[derive(Debug, Clone)]
pub(super) struct Waiting {
    pub between: Between,
    pub below: Below,
    /// What is served.
    pub node: NodeId,
    /// How it stands; `None` = a suggestion.
    pub stands: Option<Standing>,
    /// The words that decided a suggestion.
    pub words: Vec<String>,
}

/// A project with its proposed links, or without any that stands.
struct Candidate {
    project: ProjectId,
    owner: OrganisationId,
    open: Vec<LinkId>,
}

/// What waits for a decision of this person, the oldest project codes first, then the alignments; and how many lines
/// there are in all.
pub(super) async fn waiting(v: &Viewer, live: &Live) -> Result<(Vec<Waiting>, usize), Error> {
    let (candidates, alignments) = live.read(|now| (candidates(v, now), proposed(v, now)));
    let mut reached = BTreeMap::new();
    for owner in candidates
        .iter()
        .map(|it| it.owner)
        .collect::<BTreeSet<_>>()
    {
        let may = v.allows(Act::DecideLink, On::Organisation(owner)).await;
        reached.insert(owner, may.is_ok());
    }
    let mine = |it: &Candidate| reached.get(&it.owner).copied().unwrap_or(false);
    let candidates: Vec<Candidate> = candidates.into_iter().filter(mine).collect();
    let of_projects: usize = candidates.iter().map(|it| it.open.len().max(1)).sum();
    let all = of_projects + alignments.len();
    // A few alignments would otherwise never be reached behind hundreds of projects.
    let shown = SHOWN.saturating_sub(alignments.len().min(SHOWN / 2));
    let mut waiting = of_links(v, live, candidates, shown).await?;
    let room = SHOWN.saturating_sub(waiting.len()).max(SHOWN / 2);
    let shown: Vec<AlignmentId> = alignments.into_iter().take(room).collect();
    let kept: Vec<Kept<(Alignment, Reason)>> = store::get_many(live.store(), &shown).await?;
    waiting.extend(kept.into_iter().map(of_alignment));
    Ok((waiting, all))
}

/// The projects of the province that are proposed for something, or linked with nothing.
fn candidates(v: &Viewer, now: &Now) -> Vec<Candidate> {
    let listed = listed(v, now);
    let of_project = |id: &ProjectId| {
        let project = now.snapshot.project(*id)?;
        let links: Vec<Link> = now.snapshot.links_of(*id).collect();
        let open = links
            .iter()
            .filter(|link| link.state == LinkState::Proposed);
        let open: Vec<LinkId> = open.map(|link| link.id).collect();
        let unlinked = links.iter().all(|link| link.state == LinkState::Rejected);
        (unlinked || !open.is_empty()).then_some(Candidate {
            project: *id,
            owner: project.owner,
            open,
        })
    };
    listed.projects.iter().filter_map(of_project).collect()
}

/// The proposed alignments of the province's plans on which the reader may decide.
fn proposed(v: &Viewer, now: &Now) -> Vec<AlignmentId> {
    let all = now.snapshot.plans().all_alignments().into_iter();
    let mine = |it: &Alignment| {
        let here = now
            .plan_of_node(it.from)
            .is_some_and(|plan| is_of_province(v, plan));
        let (owner, province) = owner(now, Subject::Node(it.from));
        here && reaches(v, now, Act::DecideLink, owner, province)
    };
    all.filter(|it| it.state == LinkState::Proposed && mine(it))
        .map(|it| it.id)
        .collect()
}

async fn of_links(
    v: &Viewer,
    live: &Live,
    candidates: Vec<Candidate>,
    most: usize,
) -> Result<Vec<Waiting>, Error> {
    let ids: Vec<ProjectId> = candidates.iter().take(most).map(|it| it.project).collect();
    let mut rows: Vec<Kept<(Project, ProjectText)>> = store::get_many(live.store(), &ids).await?;
    rows.sort_by(|one, other| one.row.1.code.cmp(&other.row.1.code));
    let open = candidates.iter().take(most).flat_map(|it| it.open.clone());
    let open: Vec<LinkId> = open.collect();
    let links: Vec<Kept<(Link, Reason)>> = store::get_many(live.store(), &open).await?;
    let mut waiting = Vec::new();
    for kept in rows {
        let (project, text) = kept.row;
        let own = links.iter().filter(|kept| kept.row.0.project == project.id);
        let own: Vec<&Kept<(Link, Reason)>> = own.collect();
        if own.is_empty() {
            let row = (project, text);
            if let Some((node, words)) = best_target(v, live, &row).await? {
                waiting.push(Waiting {
                    between: Between::Link(project.id, node),
                    below: Below::Project(project, row.1),
                    node,
                    stands: None,
                    words,
                });
            }
            continue;
        }
        waiting.extend(own.into_iter().map(|kept| Waiting {
            between: Between::Link(project.id, kept.row.0.node),
            below: Below::Project(project, text.clone()),
            node: kept.row.0.node,
            stands: Some(Standing::of(kept.clone())),
            words: Vec::new(),
        }));
    }
    Ok(waiting)
}

fn of_alignment(kept: Kept<(Alignment, Reason)>) -> Waiting {
    let alignment = kept.row.0;
    Waiting {
        between: Between::Alignment(alignment.from, alignment.to),
        below: Below::Element(alignment.from),
        node: alignment.to,
        stands: Some(Standing::of(kept)),
        words: Vec::new(),
    }
}

impl Waiting {
    /// What the box of the line sends back.
    pub fn value(&self) -> String {
        let version = self.stands.as_ref().map(|it| it.stamp.version.to_string());
        super::line::written(self.between, &version.unwrap_or_default())
    }

    /// A line of two ends as it stands now, whether it waits or not; nothing where one of them is gone.
    pub async fn of(v: &Viewer, between: Between) -> Result<Option<Self>, Error> {
        let store = v.live()?.store();
        let (lower, node, below) = match between {
            Between::Link(project, node) => {
                let kept = store::get::<(Project, ProjectText)>(store, project).await?;
                let below = kept.map(|kept| Below::Project(kept.row.0, kept.row.1));
                (Lower::Project(project), node, below)
            }
            Between::Alignment(from, to) => (Lower::Element(from), to, Some(Below::Element(from))),
        };
        let mut all = lower.standing(v).await?.into_iter();
        let stands = all.find(|one| one.node == node);
        Ok(below.map(|below| Self {
            between,
            below,
            node,
            stands,
            words: Vec::new(),
        }))
    }
}
