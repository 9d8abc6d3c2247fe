//! Plans, editions, and nodes with what makes them indicators.

use super::{
    Source,
    organisations::Organisations,
    settle::{Desk, Want},
};
use crate::{
    Error,
    wanted::{EditionKey, NodeKey, WantedEdition, WantedIndicator, WantedNode},
};
use domain::{
    ids::{EditionId, LineageId, NodeId, PlanId},
    indicator::{Indicator, IndicatorTarget, IndicatorText},
    issue::{Issue, Issues, Place},
    plan::{Edition, EditionText, Node, NodeKind, NodeText, Plan},
    provenance::Provenance,
    time::Period,
};
use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
};
use store::Kept;

/// Ids of editions by plan code and label.
pub(super) type Editions = HashMap<EditionKey, EditionId>;
/// Ids of nodes by edition and code.
pub(super) type Nodes = HashMap<NodeKey, NodeId>;

pub(super) async fn settle_editions(
    desk: &mut Desk<'_>,
    wanted: Vec<WantedEdition>,
    organisations: &Organisations,
    source: &Source,
) -> Result<Editions, Error> {
    let standing = desk.standing::<Plan>().await?;
    let kept = kept_of(&standing, source, |plan| Some(plan.code.clone()));
    let owner_of = |w: &WantedEdition| {
        let (_, id) = organisations.find(w.province.as_deref(), w.owner.as_deref()?)?;
        Some(*id)
    };
    let unknown: Issues = wanted
        .iter()
        .filter(|w| owner_of(w).is_none())
        .filter_map(|w| Some((&w.key, w.owner.as_ref()?)))
        .map(|(key, owner)| {
            let at = Place::Thing {
                what: "plan",
                code: key.plan.clone(),
                id: String::new(),
            };
            Issue::error(at, "import.unknown_owner").with("owner", owner.as_str())
        })
        .collect();
    if !unknown.is_empty() {
        return Err(Error::Invalid(unknown));
    }
    let wants = wanted
        .iter()
        .map(|w| {
            let (code, name_th, name_en, level) = (
                w.key.plan.clone(),
                w.name_th.clone(),
                w.name_en.clone(),
                w.level,
            );
            let (owner, province) = (owner_of(w), w.province.clone());
            Want {
                key: code.clone(),
                provenance: Some(w.provenance.clone()),
                standing_wins: kept.contains(&code),
                make: Box::new(move |id, _: Option<&Plan>| Plan {
                    id,
                    code,
                    name_th,
                    name_en,
                    level,
                    owner,
                    province,
                }) as _,
            }
        })
        .collect();
    let plans: HashMap<String, PlanId> = desk
        .settle(
            "plan",
            standing,
            |plan| Some(plan.code.clone()),
            |plan| plan.id,
            wants,
        )
        .await?;
    desk.forget_missing("plan");

    let codes: HashMap<PlanId, String> =
        plans.iter().map(|(code, id)| (*id, code.clone())).collect();
    let standing = desk.standing::<(Edition, EditionText)>().await?;
    let key = |(edition, text): &(Edition, EditionText)| {
        Some(EditionKey {
            plan: codes.get(&edition.plan)?.clone(),
            label: text.label.clone(),
        })
    };
    let kept = kept_of(&standing, source, key);
    let wants = wanted
        .into_iter()
        .map(|w| {
            let (plan, owner) = (plans[&w.key.plan], owner_of(&w));
            let text = EditionText {
                label: w.key.label.clone(),
            };
            Want {
                standing_wins: kept.contains(&w.key),
                key: w.key,
                provenance: Some(w.provenance),
                make: Box::new(move |id, stands: Option<&(Edition, EditionText)>| {
                    let (state, supersedes) =
                        stands.map_or((w.state, None), |(e, _)| (e.state, e.supersedes));
                    let edition = Edition {
                        id,
                        plan,
                        level: w.level,
                        owner,
                        period_kind: w.period_kind,
                        from_year: w.from_year,
                        to_year: w.to_year,
                        state,
                        supersedes,
                    };
                    (edition, text)
                }) as _,
            }
        })
        .collect();
    let editions = desk
        .settle("edition", standing, key, |(edition, _)| edition.id, wants)
        .await?;
    desk.forget_missing("edition");
    Ok(editions)
}

/// The keys of the standing rows that stay whatever the source says.
fn kept_of<K: Eq + Hash, R>(
    standing: &[Kept<R>],
    source: &Source,
    key: impl Fn(&R) -> Option<K>,
) -> HashSet<K> {
    standing
        .iter()
        .filter(|kept| source.keeps(&kept.stamp))
        .filter_map(|kept| key(&kept.row))
        .collect()
}

/// The lineage of every node of the edition before, by code and kind. Before = with the latest years that are not
/// after those of `edition`; where all are after, the latest.
fn lineages_before(
    edition: EditionId,
    editions: &[Edition],
    nodes: &[Kept<(Node, NodeText)>],
) -> HashMap<(String, NodeKind), LineageId> {
    let Some(own) = editions.iter().find(|e| e.id == edition) else {
        return HashMap::new();
    };
    let others = editions
        .iter()
        .filter(|e| e.plan == own.plan && e.id != edition);
    let with_nodes = others.filter(|e| nodes.iter().any(|kept| kept.row.0.edition == e.id));
    let before = with_nodes.max_by_key(|e| (e.to_year <= own.to_year, e.to_year, e.id));
    let Some(before) = before else {
        return HashMap::new();
    };
    nodes
        .iter()
        .filter(|kept| kept.row.0.edition == before.id)
        .map(|kept| {
            (
                (kept.row.1.code.clone(), kept.row.0.kind),
                kept.row.0.lineage,
            )
        })
        .collect()
}

pub(super) async fn settle_nodes(
    desk: &mut Desk<'_>,
    wanted: Vec<WantedNode>,
    editions: &Editions,
    organisations: &Organisations,
    source: &Source,
) -> Result<Nodes, Error> {
    let standing = desk.standing::<(Node, NodeText)>().await?;
    let all = desk.standing::<(Edition, EditionText)>().await?;
    let all: Vec<Edition> = all.into_iter().map(|kept| kept.row.0).collect();
    let keys: HashMap<EditionId, EditionKey> = editions
        .iter()
        .map(|(key, id)| (*id, key.clone()))
        .collect();
    let spoken_of: HashSet<EditionId> = wanted.iter().map(|w| editions[&w.edition]).collect();
    let node_key = |(node, text): &(Node, NodeText)| {
        Some(NodeKey {
            edition: keys.get(&node.edition)?.clone(),
            code: text.code.clone(),
        })
    };
    let kept = kept_of(&standing, source, node_key);
    let before: HashMap<EditionId, _> = spoken_of
        .iter()
        .map(|id| (*id, lineages_before(*id, &all, &standing)))
        .collect();
    let mut nodes: Nodes = standing
        .iter()
        .filter_map(|kept| Some((node_key(&kept.row)?, kept.row.0.id)))
        .collect();
    // Parents get their ids before their children ask for them.
    for w in &wanted {
        let key = NodeKey {
            edition: w.edition.clone(),
            code: w.text.code.clone(),
        };
        nodes.entry(key).or_insert_with(|| desk.id());
    }

    let mut indicators = Vec::new();
    let mut wants = Vec::new();
    for w in wanted {
        let key = NodeKey {
            edition: w.edition.clone(),
            code: w.text.code.clone(),
        };
        let id = nodes[&key];
        if let Some(indicator) = w.indicator {
            indicators.push((key.clone(), id, indicator, w.provenance.clone()));
        }
        let parent = w.parent.map(|code| {
            nodes[&NodeKey {
                edition: w.edition.clone(),
                code,
            }]
        });
        let edition = editions[&w.edition];
        let inherited = before[&edition].get(&(key.code.clone(), w.kind)).copied();
        let lineage: LineageId = inherited.unwrap_or_else(|| desk.id());
        wants.push(Want {
            standing_wins: kept.contains(&key),
            key,
            provenance: Some(w.provenance),
            make: Box::new(move |_, stands: Option<&(Node, NodeText)>| {
                let lineage = stands.map_or(lineage, |(node, _)| node.lineage);
                (
                    Node {
                        id,
                        edition,
                        parent,
                        lineage,
                        kind: w.kind,
                        position: w.position,
                    },
                    w.text,
                )
            }) as _,
        });
    }
    let in_scope = standing
        .into_iter()
        .filter(|kept| spoken_of.contains(&kept.row.0.edition))
        .collect();
    desk.settle("node", in_scope, node_key, |(node, _)| node.id, wants)
        .await?;
    let of_editions = nodes
        .iter()
        .filter(|(key, _)| {
            editions
                .get(&key.edition)
                .is_some_and(|id| spoken_of.contains(id))
        })
        .map(|(key, id)| (*id, key.clone()))
        .collect();
    settle_indicators(desk, indicators, of_editions, organisations, source).await?;
    Ok(nodes)
}

async fn settle_indicators(
    desk: &mut Desk<'_>,
    wanted: Vec<(NodeKey, NodeId, WantedIndicator, Provenance)>,
    keys: HashMap<NodeId, NodeKey>,
    organisations: &Organisations,
    source: &Source,
) -> Result<(), Error> {
    if wanted.is_empty() {
        // The source does not speak of indicators, so it misses none.
        return Ok(());
    }
    let standing = desk.standing::<(Indicator, IndicatorText)>().await?;
    let of = |(indicator, _): &(Indicator, IndicatorText)| keys.get(&indicator.node).cloned();
    let kept = kept_of(&standing, source, of);
    let mut wants = Vec::new();
    let mut targets = Vec::new();
    for (key, node, indicator, provenance) in wanted {
        let owner = indicator
            .owner
            .and_then(|code| organisations.get(&code).copied());
        for (period, shape) in indicator.targets {
            targets.push(Want {
                key: target_key(&key, period),
                provenance: Some(provenance.clone()),
                standing_wins: false,
                make: Box::new(move |id, _: Option<&IndicatorTarget>| IndicatorTarget {
                    id,
                    node,
                    period,
                    shape,
                }) as _,
            });
        }
        wants.push(Want {
            standing_wins: kept.contains(&key),
            key,
            provenance: Some(provenance),
            make: Box::new(move |_, _: Option<&(Indicator, IndicatorText)>| {
                (
                    Indicator {
                        node,
                        direction: indicator.direction,
                        owner,
                    },
                    indicator.text,
                )
            }) as _,
        });
    }
    desk.settle(
        "indicator",
        standing,
        of,
        |(indicator, _)| indicator.node,
        wants,
    )
    .await?;

    let standing = desk.standing::<IndicatorTarget>().await?;
    let key = |target: &IndicatorTarget| Some(target_key(keys.get(&target.node)?, target.period));
    desk.settle(
        "indicator_target",
        standing,
        key,
        |target| target.id,
        targets,
    )
    .await?;
    Ok(())
}

/// One target value per indicator and period.
fn target_key(NodeKey { edition, code }: &NodeKey, period: Period) -> String {
    format!("{edition} {code} {} {}", period.kind, period.year)
}
