//! Projects and where they are listed; what belongs to them is compared in `details` and `links`.

use super::{
    Source,
    corrected::{Kind, Says, hold},
    details, links, mentions,
    organisations::Organisations,
    plans::Editions,
    settle::{Desk, Want},
    standing::{Named, ProjectKey, Register, Standing, key_of},
};
use crate::{
    Error,
    wanted::{EditionKey, WantedDetail, WantedLink, WantedMention, WantedProject},
};
use domain::{
    ids::{EditionId, NodeId, OrganisationId, ProjectId},
    issue::{Issue, Issues},
    project::{Listing, Project, ProjectText},
    provenance::Provenance,
};
use std::collections::{HashMap, HashSet};

/// What a source wants of projects.
pub(super) struct OfProjects {
    pub projects: Vec<WantedProject>,
    pub details: Vec<WantedDetail>,
    pub links: Vec<WantedLink>,
    pub mentions: Vec<WantedMention>,
}

/// Projects of the edition that the source speaks of, with all that belongs to them. Everything that the source names
/// and that is not there is told at once, before anything is recorded.
pub(super) async fn settle(
    desk: &mut Desk<'_>,
    editions: &Editions,
    wanted: OfProjects,
    organisations: &Organisations,
    source: &Source,
) -> Result<(), Error> {
    let OfProjects {
        mut projects,
        mut details,
        mut links,
        mut mentions,
    } = wanted;
    for (edition, id) in editions {
        let of_edition = OfProjects {
            projects: projects
                .extract_if(.., |w| w.listed.edition == *edition)
                .collect(),
            details: details.extract_if(.., |w| w.edition == *edition).collect(),
            links: links.extract_if(.., |w| w.plan == edition.plan).collect(),
            mentions: mentions
                .extract_if(.., |w| w.plan == edition.plan)
                .collect(),
        };
        if !of_edition.is_empty() {
            settle_edition(desk, (edition, *id), of_edition, organisations, source).await?;
        }
    }
    Ok(())
}

impl OfProjects {
    fn is_empty(&self) -> bool {
        let links = self.links.is_empty() && self.mentions.is_empty();
        self.projects.is_empty() && self.details.is_empty() && links
    }
}

/// Where a project is listed and whence that is known.
struct Listed {
    project: ProjectKey,
    node: NodeId,
    provenance: Provenance,
}

async fn settle_edition(
    desk: &mut Desk<'_>,
    (edition, id): (&EditionKey, EditionId),
    wanted: OfProjects,
    organisations: &Organisations,
    source: &Source,
) -> Result<(), Error> {
    let standing = Standing::load(desk.tx(), &edition.plan, id).await?;
    let keys: Vec<ProjectKey> = wanted
        .projects
        .iter()
        .map(|w| (w.year, w.text.code.clone()))
        .collect();
    let register = Register::new(&edition.plan, &standing, keys.iter());

    let mut issues = Issues::new();
    let mut belongings = details::Belongings::default();
    let mut projects = Vec::new();
    let mut listed = Vec::new();
    for (mut w, key) in wanted.projects.into_iter().zip(keys) {
        let node = standing.node(&w.listed.code);
        if node.is_none() {
            let issue = Issue::error(w.place.clone(), "import.unknown_node");
            issues.push(issue.with("found", w.listed.code.as_str()));
        }
        let owner = organisations.get(&w.owner).copied();
        if owner.is_none() {
            let issue = Issue::error(w.place.clone(), "import.unknown_owner");
            issues.push(issue.with("owner", w.owner.as_str()));
        }
        let (Some(node), Some(owner)) = (node, owner) else {
            continue;
        };
        listed.push(Listed {
            project: key.clone(),
            node,
            provenance: w.provenance.clone(),
        });
        let (titles, lines) = (
            std::mem::take(&mut w.activities),
            std::mem::take(&mut w.lines),
        );
        belongings.whole(&key, titles, lines, &w.provenance);
        projects.push((key, w, owner));
    }
    for detail in wanted.details {
        match register.named(&detail.project, detail.year(), &detail.place) {
            Ok(key) => belongings.add(key, detail),
            Err(issue) => issues.push(issue),
        }
    }
    let speaks_of_links = !(wanted.links.is_empty() && wanted.mentions.is_empty());
    let mentions = mentions::find(wanted.mentions, &register, &mut issues);
    let links = links::Wanted::find(desk.tx(), wanted.links, &register, &mut issues).await?;
    if !issues.is_empty() {
        return Err(Error::Invalid(issues));
    }

    let wants = keep_words(desk, &standing, projects, source).await?;
    let ids = settle_projects(desk, &standing, wants).await?;
    settle_listings(desk, &standing, listed, &ids).await?;
    details::settle(desk, belongings, &ids, source).await?;
    let mut of_edition = standing.listed;
    of_edition.extend(links.projects().filter_map(|key| ids.get(key)));
    if speaks_of_links {
        mentions::settle(desk, mentions, &ids, &of_edition).await?;
    }
    links::settle(desk, links, &ids, &of_edition, source).await
}

/// What the source wants of projects, with the words of those that people put right as these have them.
async fn keep_words(
    desk: &mut Desk<'_>,
    standing: &Standing,
    projects: Vec<(ProjectKey, WantedProject, OrganisationId)>,
    source: &Source,
) -> Result<Vec<WantOf>, Error> {
    let texts = |text: &ProjectText| {
        let title = Some(text.title.clone());
        [title, text.target_group.clone(), text.note.clone()]
    };
    let says = projects
        .iter()
        .map(|(key, w, _)| Says {
            key: key.clone(),
            at: w.place.clone(),
            code: key.1.clone(),
            provenance: w.provenance.clone(),
            texts: texts(&w.text),
        })
        .collect();
    let kind = Kind {
        name: "project",
        thing: "thing.project",
        fields: [
            "project.words.title",
            "project.words.target_group",
            "project.words.note",
        ],
    };
    let of = (
        |row: &(Project, ProjectText)| Some(key_of(row)),
        |row: &(Project, ProjectText)| texts(&row.1),
    );
    let held = hold(desk, kind, &standing.projects, of, source, says).await?;
    let wants = projects.into_iter().zip(held);
    Ok(wants
        .map(|((key, mut w, owner), held)| {
            let [title, target_group, note] = held.texts;
            w.text = ProjectText {
                title: title.unwrap_or_default(),
                target_group,
                note,
                ..w.text
            };
            want(named(key), w, owner, held.kept)
        })
        .collect())
}

type WantOf = Want<Named<ProjectKey>, (Project, ProjectText)>;

/// Words that are not the source's `keep` the name of who put them right.
fn want(key: Named<ProjectKey>, w: WantedProject, owner: OrganisationId, keep: bool) -> WantOf {
    Want {
        key,
        provenance: (!keep).then_some(w.provenance),
        standing_wins: false,
        make: Box::new(move |id, stands: Option<&(Project, ProjectText)>| {
            let stands = stands.map(|(project, _)| *project);
            let project = Project {
                id,
                owner,
                year: w.year,
                budget_mode: w.budget_mode.or(stands.and_then(|p| p.budget_mode)),
                approved_on: w.approved_on.or(stands.and_then(|p| p.approved_on)),
                continues: stands.and_then(|p| p.continues),
                part_of: stands.and_then(|p| p.part_of),
                stated_budget: w.stated_budget.or(stands.and_then(|p| p.stated_budget)),
            };
            (project, w.text)
        }) as _,
    }
}

fn named(key: ProjectKey) -> Named<ProjectKey> {
    let words = key.1.clone();
    Named { key, words }
}

/// Ids of the projects of the plan, standing or new. A project is missing only where the edition lists it and the
/// source, which lists projects, does not.
async fn settle_projects(
    desk: &mut Desk<'_>,
    standing: &Standing,
    wants: Vec<WantOf>,
) -> Result<HashMap<ProjectKey, ProjectId>, Error> {
    let mut ids: HashMap<ProjectKey, ProjectId> = standing
        .projects
        .iter()
        .map(|kept| (key_of(&kept.row), kept.row.0.id))
        .collect();
    if wants.is_empty() {
        return Ok(ids);
    }
    let spoken_of: HashSet<&ProjectKey> = wants.iter().map(|want| &want.key.key).collect();
    let compared = standing
        .projects
        .iter()
        .filter(|kept| {
            standing.listed.contains(&kept.row.0.id) || spoken_of.contains(&key_of(&kept.row))
        })
        .cloned()
        .collect();
    let settled = desk
        .settle(
            "project",
            compared,
            |row| Some(named(key_of(row))),
            |(project, _)| project.id,
            wants,
        )
        .await?;
    ids.extend(settled.into_iter().map(|(named, id)| (named.key, id)));
    Ok(ids)
}

/// A project stands at most once in an edition: another node of the same edition is a move, not a second listing.
async fn settle_listings(
    desk: &mut Desk<'_>,
    standing: &Standing,
    listed: Vec<Listed>,
    ids: &HashMap<ProjectKey, ProjectId>,
) -> Result<(), Error> {
    let wants = listed
        .into_iter()
        .filter_map(|w| {
            let (project, node) = (*ids.get(&w.project)?, w.node);
            Some(Want {
                key: project,
                provenance: Some(w.provenance),
                standing_wins: false,
                make: Box::new(move |id, _: Option<&Listing>| Listing { id, project, node }) as _,
            })
        })
        .collect();
    let listings = standing.listings.clone();
    let key = |listing: &Listing| Some(listing.project);
    desk.settle("listing", listings, key, |listing| listing.id, wants)
        .await?;
    desk.forget_missing("listing");
    Ok(())
}
