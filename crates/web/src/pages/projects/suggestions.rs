//! What may fit a project: targets of SDG 4 and elements of plans above, ranked, with the words that decided it.
//! Nothing is linked by itself.

use actions::derived::Question;
use actions::live::{Live, Now};
use domain::ids::{NodeId, ProjectId};
use domain::link::LinkState;
use domain::locale::Locale;
use domain::plan::{Level, NodeKind};
use domain::project::{Activity, Project, ProjectText};
use maud::{Markup, html};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, LazyLock};
use store::Kept;
use suggest::{Document, Index, Suggestion, Words};

use crate::data::{is_of_province, node_address, node_name};
use crate::pages::joints::desk::Desk;
use crate::pages::joints::row::plan_and_label;
use crate::ui::{Card, Icon, Row, Tone, flow, foreign, note, rows, small_button};
use crate::{Error, Viewer};

/// Making the cutter loads its dictionary: once for all.
static WORDS: LazyLock<Words> = LazyLock::new(Words::default);

const TARGETS: usize = 3;
const NODES: usize = 5;
/// Words that are shown of those that decided a place.
const SHOWN_WORDS: usize = 5;
/// Linked projects whose words are read, so that a large plan does not make a page slow.
const READ: usize = 300;

/// The best targets and nodes.
pub(super) struct Suggested {
    targets: Vec<Suggestion<NodeId>>,
    nodes: Vec<Suggestion<NodeId>>,
    /// How many linked projects the ranking has read beside the catalogues.
    learned_from: usize,
}

/// What the snapshot says of the things to be ranked.
struct Ground {
    targets: Vec<Document<NodeId>>,
    nodes: Vec<Document<NodeId>>,
    /// Other projects of the same plans and the targets they are linked to.
    linked: Vec<(ProjectId, NodeId)>,
    /// What the project itself is linked to already, proposed or approved, with the target that it is part of.
    own: BTreeSet<NodeId>,
}

/// What fits a project in a province, which says which plans are looked at.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Fits(Option<&'static str>, ProjectId);

impl Question for Fits {
    type Answer = Suggested;
    const MOST: usize = 5_000;
}

/// The target that fits a project best, with the words that decided it.
///
/// # Errors
/// When a read fails.
pub async fn best_target(
    v: &Viewer,
    live: &Live,
    project: &(Project, ProjectText),
) -> Result<Option<(NodeId, Vec<String>)>, Error> {
    let suggested = suggest(v, live, project, &activities(live, project.0.id).await?).await?;
    Ok(suggested.targets.first().map(|best| {
        let words = best.words.iter().take(SHOWN_WORDS).cloned().collect();
        (best.id, words)
    }))
}

/// The words for which a node is suggested to a project; nothing where it is not.
///
/// # Errors
/// When a read fails.
pub async fn words_of(
    v: &Viewer,
    live: &Live,
    project: &(Project, ProjectText),
    node: NodeId,
) -> Result<Option<Vec<String>>, Error> {
    let suggested = suggest(v, live, project, &activities(live, project.0.id).await?).await?;
    let mut all = suggested.targets.iter().chain(&suggested.nodes);
    let one = all.find(|one| one.id == node);
    Ok(one.map(|one| one.words.iter().take(SHOWN_WORDS).cloned().collect()))
}

/// The activities of a project.
///
/// # Errors
/// When the read fails.
pub async fn activities(live: &Live, project: ProjectId) -> Result<Vec<Activity>, Error> {
    let kept = store::of::<Activity, ProjectId>(live.store(), &[project]).await?;
    Ok(kept.into_iter().map(|kept| kept.row).collect())
}

/// Ranks for a project, whose own links are not read: they would only suggest themselves.
///
/// # Errors
/// When a read fails.
pub(super) async fn suggest(
    v: &Viewer,
    live: &Live,
    project: &(Project, ProjectText),
    activities: &[Activity],
) -> Result<Arc<Suggested>, Error> {
    let question = Fits(v.province.dopa(), project.0.id);
    let derived = live.read(|now| now.derived.clone());
    match derived.kept(&question) {
        Some(kept) => Ok(kept),
        None => Ok(derived.keep(&question, rank(v, live, project, activities).await?)),
    }
}

async fn rank(
    v: &Viewer,
    live: &Live,
    project: &(Project, ProjectText),
    activities: &[Activity],
) -> Result<Suggested, Error> {
    let ground = live.read(|now| ground(v, now, project.0.id));
    let own = ground.own;
    let others: Vec<ProjectId> = ground
        .linked
        .iter()
        .map(|(project, _)| *project)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .take(READ)
        .collect();
    let texts = texts(live, &others).await?;
    let learned = ground.linked.iter().filter_map(|(project, node)| {
        Some(Document {
            id: *node,
            texts: vec![texts.get(project)?.clone()],
        })
    });
    let words = &*WORDS;
    let asked = text_of(&project.1, activities);
    let targets = Index::new(words, ground.targets.into_iter().chain(learned));
    let nodes = Index::new(words, ground.nodes);
    Ok(Suggested {
        targets: worth_showing(targets.suggest(words, &asked, usize::MAX), &own, 1, TARGETS),
        nodes: worth_showing(nodes.suggest(words, &asked, usize::MAX), &own, 2, NODES),
        learned_from: texts.len(),
    })
}

/// The first of those that are not linked already and that at least `fewest` whole words decided, with such words only.
/// The name of an element is short: one word in common, such as that for learning, says nothing about it.
fn worth_showing(
    found: Vec<Suggestion<NodeId>>,
    own: &BTreeSet<NodeId>,
    fewest: usize,
    most: usize,
) -> Vec<Suggestion<NodeId>> {
    let found = found.into_iter().filter(|one| !own.contains(&one.id));
    let told = found.filter_map(|mut one| {
        one.words.retain(|word| is_whole(word));
        (one.words.len() >= fewest).then_some(one)
    });
    told.take(most).collect()
}

/// Whether a word tells a reader anything: numbers and pieces of one or two letters, into which a dictionary cuts what it
/// does not know, do not.
fn is_whole(word: &str) -> bool {
    !word.contains(char::is_numeric) && word.chars().filter(|c| c.is_alphabetic()).count() >= 3
}

fn text_of(text: &ProjectText, activities: &[Activity]) -> String {
    let mut all = format!(
        "{} {}",
        text.title,
        text.target_group.as_deref().unwrap_or_default()
    );
    for activity in activities {
        all.push(' ');
        all.push_str(&activity.title);
    }
    all
}

async fn texts(live: &Live, projects: &[ProjectId]) -> Result<HashMap<ProjectId, String>, Error> {
    let rows: Vec<Kept<(Project, ProjectText)>> = store::get_many(live.store(), projects).await?;
    let mut activities: HashMap<ProjectId, Vec<Activity>> = HashMap::new();
    for kept in store::of::<Activity, ProjectId>(live.store(), projects).await? {
        activities
            .entry(kept.row.project)
            .or_default()
            .push(kept.row);
    }
    let text = |kept: Kept<(Project, ProjectText)>| {
        let (project, text) = kept.row;
        let own = activities
            .get(&project.id)
            .map(Vec::as_slice)
            .unwrap_or_default();
        (project.id, text_of(&text, own))
    };
    Ok(rows.into_iter().map(text).collect())
}

fn ground(v: &Viewer, now: &Now, project: ProjectId) -> Ground {
    let plans = now.snapshot.plans();
    let words = |node: NodeId| {
        let name = now.names.nodes.get(&node);
        name.map(|name| {
            format!(
                "{} {}",
                name.name_th,
                name.name_en.as_deref().unwrap_or_default()
            )
        })
    };
    let below = |node: NodeId| {
        plans
            .subtree(node)
            .filter_map(|node| words(node.id))
            .collect::<Vec<_>>()
    };
    let mut ground = Ground {
        targets: Vec::new(),
        nodes: Vec::new(),
        linked: Vec::new(),
        own: now
            .snapshot
            .links_of(project)
            .filter(|link| link.state != LinkState::Rejected)
            .map(|link| link.node)
            .collect(),
    };
    let others = others_of(now, project);
    for plan in now.plans() {
        let Some(edition) = now.edition_of(plan.id).filter(|_| is_of_province(v, plan)) else {
            continue;
        };
        for node in plans.nodes_of(edition) {
            match (plan.level, node.kind) {
                (Level::Sdg, NodeKind::Target) => {
                    ground.targets.push(Document {
                        id: node.id,
                        texts: below(node.id),
                    });
                    if plans
                        .subtree(node.id)
                        .any(|lower| ground.own.contains(&lower.id))
                    {
                        ground.own.insert(node.id);
                    }
                    for lower in plans.subtree(node.id) {
                        let links = now.snapshot.links_to(lower.id).into_iter();
                        let counts = links.filter(|link| {
                            link.state != LinkState::Rejected && others.contains(&link.project)
                        });
                        ground
                            .linked
                            .extend(counts.map(|link| (link.project, node.id)));
                    }
                }
                (Level::Sdg | Level::Annual, _) | (_, NodeKind::Indicator) => {}
                _ => ground.nodes.push(Document {
                    id: node.id,
                    texts: words(node.id).into_iter().collect(),
                }),
            }
        }
    }
    ground
}

/// The other projects of the plans that list this one.
fn others_of(now: &Now, project: ProjectId) -> BTreeSet<ProjectId> {
    let plans = now.snapshot.plans();
    let editions = now
        .snapshot
        .listings_of(project)
        .filter_map(|listing| plans.edition_of_node(listing.node));
    let nodes = editions.flat_map(|edition| plans.nodes_of(edition.id));
    nodes
        .flat_map(|node| now.snapshot.projects_listed(node.id))
        .filter(|other| *other != project)
        .collect()
}

/// The card; for who may propose links, with the way from each suggestion to its proposal.
pub(super) fn card(
    v: &Viewer,
    now: &Now,
    project: ProjectId,
    suggested: &Suggested,
    desk: Option<&Desk>,
) -> Markup {
    let linked: HashMap<NodeId, LinkState> = now
        .snapshot
        .links_of(project)
        .map(|link| (link.node, link.state))
        .collect();
    let list = |found: &[Suggestion<NodeId>]| {
        rows(found.iter().enumerate().map(|(at, suggestion)| {
            let words: Vec<&str> = suggestion.words.iter().take(SHOWN_WORDS).map(String::as_str).collect();
            let words = words.join(" · ");
            let thai = words.chars().any(|c| !c.is_ascii() && c.is_alphabetic());
            Row {
                mark: Some(html! { span.count { (at + 1) } }),
                title: html! { (node_name(v, now, suggestion.id)) },
                href: node_address(v, now, suggestion.id),
                line: Some(html! {
                    (flow(&plan_and_label(v, now, suggestion.id))) " "
                    @if let Some(state) = linked.get(&suggestion.id) { (crate::ui::link_state(v.locale, *state)) " " }
                    br; (flow(&v.say("page.suggest.words"))) " "
                    @if thai && v.locale == Locale::En { (foreign(Locale::Th, &words)) } @else { (flow(&words)) }
                }),
                aside: desk.map(|desk| small_button(&desk.to_propose(suggestion.id), &v.say("page.suggest.propose"))),
            }
        }))
    };
    let learned = v.say_with("page.suggest.from", &[("n", suggested.learned_from.into())]);
    html! {
        div id="suggestions" {
            (Card::new(&v.say("page.suggest")).line(flow(&learned)).flush().show(html! {
                div.card-b { (note(Tone::Mute, Icon::Bulb, flow(&v.say("page.suggest.nothing_by_itself")))) }
                @if suggested.targets.is_empty() && suggested.nodes.is_empty() {
                    p.card-b { (flow(&v.say("page.suggest.none"))) }
                }
                @if !suggested.targets.is_empty() { h3.card-b { (flow(&v.say("page.suggest.targets"))) } (list(&suggested.targets)) }
                @if !suggested.nodes.is_empty() { h3.card-b { (flow(&v.say("page.suggest.nodes"))) } (list(&suggested.nodes)) }
            }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suggestion(id: u128, words: &[&str]) -> Suggestion<NodeId> {
        Suggestion {
            id: NodeId::from_u128(id),
            score: 1.0,
            words: words.iter().map(|word| (*word).to_owned()).collect(),
        }
    }

    #[test]
    fn numbers_pieces_of_words_and_what_is_linked_already_were_suggested() {
        let found = vec![
            suggestion(1, &["ปฐมวัย"]),
            suggestion(2, &["2569", "ป่า", "อ่าน"]),
            suggestion(3, &["2569", "ภู", "มิ", "12ก"]),
        ];
        let own = BTreeSet::from([NodeId::from_u128(1)]);
        assert_eq!(
            worth_showing(found.clone(), &own, 1, 3),
            vec![suggestion(2, &["อ่าน"])]
        );
        assert_eq!(worth_showing(found, &own, 2, 3), Vec::new());
    }
}
