//! Plans, editions and nodes.

use super::{
    Source,
    corrected::{Kind, Says, Texts, hold, said},
    indicators,
    organisations::Organisations,
    settle::{Desk, Want},
};
use crate::{
    Error,
    wanted::{EditionKey, NodeKey, WantedEdition, WantedNode},
};
use domain::{
    ids::{EditionId, LineageId, NodeId, PlanId},
    issue::{Issue, Issues, Place},
    plan::{Edition, EditionText, Node, NodeKind, NodeText, Plan},
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
            let issue = Issue::error(at_plan(&key.plan), "import.unknown_owner");
            issue.with("owner", owner.as_str())
        })
        .collect();
    if !unknown.is_empty() {
        return Err(Error::Invalid(unknown));
    }
    let named =
        |name_th: &str, name_en: &Option<String>| [Some(name_th.to_owned()), name_en.clone()];
    let says = wanted
        .iter()
        .map(|w| Says {
            key: w.key.plan.clone(),
            at: at_plan(&w.key.plan),
            code: w.key.plan.clone(),
            provenance: w.provenance.clone(),
            texts: named(&w.name_th, &w.name_en),
        })
        .collect();
    let kind = Kind {
        name: "plan",
        thing: "thing.plan",
        fields: ["plan.words.name_th", "plan.words.name_en"],
    };
    let of = (
        |plan: &Plan| (!kept.contains(&plan.code)).then(|| plan.code.clone()),
        |plan: &Plan| named(&plan.name_th, &plan.name_en),
    );
    let names = hold(desk, kind, &standing, of, source, says).await?;
    let wants = wanted
        .iter()
        .zip(names)
        .map(|(w, names)| {
            let (code, level) = (w.key.plan.clone(), w.level);
            let [name_th, name_en] = names.texts;
            let name_th = name_th.unwrap_or_default();
            let (owner, province) = (owner_of(w), w.province.clone());
            Want {
                key: code.clone(),
                provenance: (!names.kept).then(|| w.provenance.clone()),
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
    let label = |row: &(Edition, EditionText)| [Some(row.1.label.clone())];
    // By the label that the source last said it goes on to know an edition whose label somebody put right, unless it has
    // taken the new one over.
    let all: Vec<&Kept<(Edition, EditionText)>> = standing.iter().collect();
    let printed = said(desk.tx(), &all, source, label).await?;
    let says: HashSet<EditionKey> = wanted.iter().map(|w| w.key.clone()).collect();
    let key = |row: &(Edition, EditionText)| {
        let (edition, text) = row;
        let plan = codes.get(&edition.plan)?;
        let named = |label: &String| EditionKey {
            plan: plan.clone(),
            label: label.clone(),
        };
        let printed = printed
            .get(&edition.id.0)
            .and_then(|[label]| label.as_ref());
        let (now, printed) = (named(&text.label), printed.map(named));
        Some(match says.contains(&now) {
            true => now,
            false => printed.unwrap_or(now),
        })
    };
    let kept = kept_of(&standing, source, key);
    let says = wanted
        .iter()
        .map(|w| Says {
            key: w.key.clone(),
            at: at_plan(&w.key.plan),
            code: w.key.plan.clone(),
            provenance: w.provenance.clone(),
            texts: [Some(w.key.label.clone())],
        })
        .collect();
    let kind = Kind {
        name: "edition",
        thing: "thing.edition",
        fields: ["edition.words.label"],
    };
    let open = |row: &(Edition, EditionText)| key(row).filter(|key| !kept.contains(key));
    let labels = hold(desk, kind, &standing, (open, label), source, says).await?;
    let wants = wanted
        .into_iter()
        .zip(labels)
        .map(|(w, held)| {
            let (plan, owner) = (plans[&w.key.plan], owner_of(&w));
            let [label] = held.texts;
            let text = EditionText {
                label: label.unwrap_or_default(),
            };
            Want {
                standing_wins: kept.contains(&w.key),
                key: w.key,
                provenance: (!held.kept).then_some(w.provenance),
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

fn at_plan(code: &str) -> Place {
    Place::Thing {
        what: "plan",
        code: code.to_owned(),
        id: String::new(),
    }
}

/// The keys of the standing rows that stay whatever the source says.
pub(super) fn kept_of<K: Eq + Hash, R>(
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

    let says = wanted
        .iter()
        .map(|w| Says {
            key: NodeKey {
                edition: w.edition.clone(),
                code: w.text.code.clone(),
            },
            at: at_node(&w.text.code),
            code: w.text.code.clone(),
            provenance: w.provenance.clone(),
            texts: node_texts(&w.text),
        })
        .collect();
    let kind = Kind {
        name: "node",
        thing: "thing.node",
        fields: [
            "node.words.label_th",
            "node.words.name_th",
            "node.words.name_en",
        ],
    };
    let of = (
        |row: &(Node, NodeText)| node_key(row).filter(|key| !kept.contains(key)),
        |row: &(Node, NodeText)| node_texts(&row.1),
    );
    let words = hold(desk, kind, &standing, of, source, says).await?;

    let mut indicators = Vec::new();
    let mut wants = Vec::new();
    for (mut w, words) in wanted.into_iter().zip(words) {
        let key = NodeKey {
            edition: w.edition.clone(),
            code: w.text.code.clone(),
        };
        let [label_th, name_th, name_en] = words.texts;
        w.text = NodeText {
            label_th: label_th.unwrap_or_default(),
            name_th: name_th.unwrap_or_default(),
            name_en,
            ..w.text
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
            provenance: (!words.kept).then_some(w.provenance),
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
    indicators::settle(desk, indicators, of_editions, organisations, source).await?;
    Ok(nodes)
}

pub(super) fn at_node(code: &str) -> Place {
    Place::Thing {
        what: "node",
        code: code.to_owned(),
        id: String::new(),
    }
}

fn node_texts(text: &NodeText) -> Texts<3> {
    let (label, name) = (text.label_th.clone(), text.name_th.clone());
    [Some(label), Some(name), text.name_en.clone()]
}
