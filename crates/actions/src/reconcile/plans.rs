//! Plans, editions, nodes with what makes them indicators, and crosswalks.

use super::{
    organisations::Organisations,
    settle::{Desk, Want},
};
use crate::{
    Error,
    wanted::{EditionKey, NodeKey, WantedCrosswalk, WantedEdition, WantedIndicator, WantedNode},
};
use domain::{
    ids::{EditionId, LineageId, NodeId, PlanId},
    indicator::{Indicator, IndicatorTarget, IndicatorText},
    issue::{Issue, Issues, Place},
    plan::{Crosswalk, Edition, EditionText, Node, NodeText, Plan},
    provenance::Provenance,
    time::Period,
};
use std::collections::{HashMap, HashSet};
use store::Reason;

/// Ids of editions by plan code and label.
pub(super) type Editions = HashMap<EditionKey, EditionId>;
/// Ids of nodes by edition and code.
pub(super) type Nodes = HashMap<NodeKey, NodeId>;

pub(super) async fn settle_editions(
    desk: &mut Desk<'_>,
    wanted: Vec<WantedEdition>,
    organisations: &Organisations,
) -> Result<Editions, Error> {
    let standing = desk.standing::<Plan>().await?;
    let unknown: Issues = wanted
        .iter()
        .filter_map(|w| Some((&w.key, w.owner.as_ref()?)))
        .filter(|(_, owner)| !organisations.contains_key(*owner))
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
    let owner = |code: &Option<String>| {
        code.as_ref()
            .and_then(|code| organisations.get(code).copied())
    };
    let wants = wanted
        .iter()
        .map(|w| {
            let (code, name_th, name_en, level) = (
                w.key.plan.clone(),
                w.name_th.clone(),
                w.name_en.clone(),
                w.level,
            );
            let (owner, province) = (owner(&w.owner), w.province.clone());
            Want {
                key: code.clone(),
                provenance: Some(w.provenance.clone()),
                standing_wins: false,
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
    let wants = wanted
        .into_iter()
        .map(|w| {
            let (plan, owner) = (plans[&w.key.plan], owner(&w.owner));
            let text = EditionText {
                label: w.key.label.clone(),
            };
            Want {
                key: w.key,
                provenance: Some(w.provenance),
                standing_wins: false,
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
    let key = |(edition, text): &(Edition, EditionText)| {
        Some(EditionKey {
            plan: codes.get(&edition.plan)?.clone(),
            label: text.label.clone(),
        })
    };
    let editions = desk
        .settle("edition", standing, key, |(edition, _)| edition.id, wants)
        .await?;
    desk.forget_missing("edition");
    Ok(editions)
}

pub(super) async fn settle_nodes(
    desk: &mut Desk<'_>,
    wanted: Vec<WantedNode>,
    editions: &Editions,
    organisations: &Organisations,
) -> Result<Nodes, Error> {
    let standing = desk.standing::<(Node, NodeText)>().await?;
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
        let lineage: LineageId = desk.id();
        wants.push(Want {
            key,
            provenance: Some(w.provenance),
            standing_wins: false,
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
    settle_indicators(desk, indicators, organisations).await?;
    Ok(nodes)
}

async fn settle_indicators(
    desk: &mut Desk<'_>,
    wanted: Vec<(NodeKey, NodeId, WantedIndicator, Provenance)>,
    organisations: &Organisations,
) -> Result<(), Error> {
    let keys: HashMap<NodeId, NodeKey> = wanted
        .iter()
        .map(|(key, id, ..)| (*id, key.clone()))
        .collect();
    let standing = desk.standing::<(Indicator, IndicatorText)>().await?;
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
            key,
            provenance: Some(provenance),
            standing_wins: false,
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
    let key = |(indicator, _): &(Indicator, IndicatorText)| keys.get(&indicator.node).cloned();
    desk.settle(
        "indicator",
        standing,
        key,
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

pub(super) async fn settle_crosswalks(
    desk: &mut Desk<'_>,
    wanted: Vec<WantedCrosswalk>,
    nodes: &Nodes,
) -> Result<(), Error> {
    if wanted.is_empty() {
        return Ok(());
    }
    let standing = desk.standing::<(Crosswalk, Reason)>().await?;
    let key_of = |from: NodeId, to: Option<NodeId>| match to {
        Some(to) => format!("{from} → {to}"),
        None => format!("{from} →"),
    };
    let wants = wanted
        .into_iter()
        .map(|w| {
            let (from, to) = (nodes[&w.from], w.to.as_ref().map(|key| nodes[key]));
            Want {
                key: key_of(from, to),
                provenance: Some(w.provenance),
                standing_wins: true,
                make: Box::new(move |id, _: Option<&(Crosswalk, Reason)>| {
                    let reason = Reason {
                        reason_th: w.rationale_th,
                        ..Reason::default()
                    };
                    (
                        Crosswalk {
                            id,
                            from,
                            to,
                            relation: w.relation,
                            state: w.state,
                        },
                        reason,
                    )
                }) as _,
            }
        })
        .collect();
    desk.settle(
        "crosswalk",
        standing,
        |(c, _)| Some(key_of(c.from, c.to)),
        |(c, _)| c.id,
        wants,
    )
    .await?;
    desk.forget_missing("crosswalk");
    Ok(())
}
