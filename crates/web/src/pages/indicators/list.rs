//! All indicators of SDG 4 and of the province's plans, by target, with filters that stand in the address.

use std::collections::HashMap;

use actions::live::Now;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use domain::ids::{EditionId, NodeId, OrganisationId};
use domain::indicator::{Indicator, IndicatorText};
use domain::issue::{Issue, Place as At};
use domain::plan::NodeKind;
use domain::text::search_key;
use maud::{Markup, html};
use serde::Deserialize;
use store::Kept;

use crate::data::{is_of_province, node_name};
use crate::found::day_of as today;
use crate::readings::{self, Row as Reading, by_period, speakers};
use crate::served::{framework, listed, targets};
use crate::ui::{
    Card, Empty, Filters, Place, Row, button, code, count, count_badge, flow, heading, rows,
    target_link, value_state,
};
use crate::{Error, Page, Viewer};

/// The question of the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    target: String,
    kind: String,
    data: String,
    q: String,
}

/// One indicator.
struct Line {
    node: NodeId,
    kind: NodeKind,
    /// Code of its plan.
    plan: String,
    /// Code of the target above it; `None` for an indicator of a plan.
    target: Option<String>,
    /// What can be looked for.
    words: String,
    readings: Vec<Reading>,
}

impl Line {
    fn has_data(&self) -> bool {
        self.readings.iter().any(|row| row.read.is_some())
    }

    fn fits(&self, asked: &Asked) -> bool {
        let target = self.target.as_deref().unwrap_or(&self.plan);
        (asked.target.is_empty() || asked.target == target)
            && (asked.kind.is_empty() || asked.kind == self.kind.code())
            && self.fits_but_for_data(asked)
    }

    fn fits_but_for_data(&self, asked: &Asked) -> bool {
        (asked.data.is_empty() || (asked.data == "yes") == self.has_data())
            && asked
                .q
                .split_whitespace()
                .all(|word| self.words.contains(&search_key(word)))
    }
}

/// `GET /indicators`, `GET /indicators?target=…&kind=…&data=…&q=…`.
///
/// # Errors
/// `NotFound` in a portal without data or without SDG 4; `BadRequest` where the question cannot be read.
pub async fn show(
    viewer: Viewer,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Page, Error> {
    let v = &viewer;
    let Query(asked) = asked.map_err(|_| {
        let at = At::Field {
            field: "q".to_owned(),
        };
        Error::BadRequest(vec![Issue::error(at, "ui.unreadable_question")])
    })?;
    let live = v.live()?;
    let lines = live.read(|now| lines(v, now))?;
    let ids: Vec<NodeId> = lines.iter().map(|line| line.node).collect();
    let texts: Vec<Kept<(Indicator, IndicatorText)>> = store::get_many(live.store(), &ids).await?;
    let units: HashMap<NodeId, Option<String>> = texts
        .into_iter()
        .map(|kept| (kept.row.0.node, kept.row.1.unit))
        .collect();
    let fitting: Vec<&Line> = lines.iter().filter(|line| line.fits(&asked)).collect();
    let title = v.say("page.indicators.title");
    let shown = v.say_with(
        "page.indicators.shown",
        &[
            ("n", count(fitting.len() as u64).into()),
            ("of", count(lines.len() as u64).into()),
        ],
    );
    let cards = live.read(|now| cards(v, now, &fitting, &units));
    Ok(Page::new(v, title.clone())
        .at(Place::Indicators)
        .described(v.say("page.indicators.lead"))
        .body(html! {
            (heading(flow(&title), flow(&v.say("page.indicators.lead")), &[
                button(&v.to("/targets"), None, &v.say("page.target.all"), false),
            ]))
            (filters(v, &lines, &asked))
            p.dim role="status" { (flow(&shown)) }
            @if fitting.is_empty() {
                (Empty::NoMatch.show(
                    &v.say("page.indicators.no_match"),
                    &v.say("page.indicators.no_match.why"),
                    Some(button(&v.to("/indicators"), None, &v.say("page.indicators.all"), false)),
                ))
            }
            (cards)
        }))
}

fn lines(v: &Viewer, now: &Now) -> Result<Vec<Line>, Error> {
    let framework = framework(now)?;
    let speakers = speakers(v, now, &listed(v, now));
    let mut lines = Vec::new();
    for target in targets(now, framework) {
        let code = now.names.nodes.get(&target).map(|name| name.code.clone());
        lines.extend(below(now, &speakers, target, code));
    }
    let own = now
        .plans()
        .into_iter()
        .filter(|plan| !plan.level.is_framework() && is_of_province(v, plan));
    let editions: Vec<EditionId> = own.filter_map(|plan| now.edition_of(plan.id)).collect();
    for edition in editions {
        let tops = now.snapshot.plans().nodes_of(edition);
        for top in tops.filter(|node| node.parent.is_none()) {
            lines.extend(below(now, &speakers, top.id, None));
        }
    }
    Ok(lines)
}

/// The indicators at and below a node, in the order of the plan.
fn below(
    now: &Now,
    speakers: &[OrganisationId],
    node: NodeId,
    target: Option<String>,
) -> Vec<Line> {
    let nodes = now.snapshot.plans().subtree(node);
    nodes
        .filter(|node| node.kind.is_indicator())
        .filter_map(|node| {
            let name = now.names.nodes.get(&node.id)?;
            let english = name.name_en.as_deref().unwrap_or_default();
            Some(Line {
                node: node.id,
                kind: node.kind,
                plan: now.plan_of_node(node.id)?.code.clone(),
                target: target.clone(),
                words: search_key(&format!("{} {} {english}", name.code, name.name_th)),
                readings: by_period(now, speakers, node.id),
            })
        })
        .collect()
}

fn filters(v: &Viewer, lines: &[Line], asked: &Asked) -> Markup {
    let every = v.say("page.findings.every");
    let all = || (String::new(), every.to_string());
    let mut groups = vec![all()];
    let mut kinds = vec![all()];
    for line in lines {
        let (code, word) = match &line.target {
            Some(target) => (
                target,
                v.say_with("page.target.title", &[("code", target.as_str().into())]),
            ),
            None => (&line.plan, line.plan.clone()),
        };
        if !groups.iter().any(|(known, _)| known == code) {
            groups.push((code.clone(), word));
        }
        if !kinds.iter().any(|(known, _)| known == line.kind.code()) {
            let word = v.say(&format!("page.kind.{}", line.kind)).into_owned();
            kinds.push((line.kind.code().to_owned(), word));
        }
    }
    let with = lines.iter().filter(|line| line.has_data()).count() as u64;
    let total = lines.len() as u64;
    let (yes, no) = (
        v.say("page.indicators.with_data"),
        v.say("page.indicators.without_data"),
    );
    let chips = [
        ("", &*every, total),
        ("yes", &*yes, with),
        ("no", &*no, total - with),
    ];
    let (target, kind, words) = (
        v.say("page.indicators.group"),
        v.say("page.indicators.kind"),
        v.say("ui.search"),
    );
    Filters::new(v.to("/indicators"))
        .chips(
            v,
            "data",
            &v.say("page.indicators.data"),
            &chips,
            &asked.data,
        )
        .choose("target", &target, groups, &asked.target)
        .choose("kind", &kind, kinds, &asked.kind)
        .write("q", &words, &asked.q)
        .show(v)
}

/// A card per target, then one per plan of the province.
fn cards(
    v: &Viewer,
    now: &Now,
    lines: &[&Line],
    units: &HashMap<NodeId, Option<String>>,
) -> Markup {
    let same = |one: &&Line, other: &&Line| one.target == other.target && one.plan == other.plan;
    html! {
        @for group in lines.chunk_by(|one, other| same(one, other)) {
            @let first = group[0];
            @let title = match &first.target {
                Some(code) => v.say_with("page.target.title", &[("code", code.as_str().into())]),
                None => v.say_with("page.indicators.of_plan", &[("plan", first.plan.as_str().into())]),
            };
            @let name = first.target.as_ref().and_then(|code| above(now, first.node, code)).map(|target| node_name(v, now, target));
            @let list = rows(group.iter().map(|line| row(v, now, line, units.get(&line.node).cloned().flatten())));
            @let card = Card::new(&title).aside(count_badge(group.len() as u64)).flush();
            @match name {
                Some(name) => (card.line(name).show(list)),
                None => (card.show(list)),
            }
        }
    }
}

/// The node with a code at or above another.
fn above(now: &Now, node: NodeId, code: &str) -> Option<NodeId> {
    let plans = now.snapshot.plans();
    std::iter::successors(plans.node(node), |node| plans.parent(node.id))
        .find(|node| {
            now.names
                .nodes
                .get(&node.id)
                .is_some_and(|name| name.code == code)
        })
        .map(|node| node.id)
}

fn row(v: &Viewer, now: &Now, line: &Line, unit: Option<String>) -> Row {
    let name = now.names.nodes.get(&line.node);
    let printed = name.map(|name| name.code.as_str()).unwrap_or_default();
    let href = v.to_indicator(&line.plan, printed);
    let last = line
        .readings
        .iter()
        .rev()
        .find_map(|row| row.read.map(|read| (*row, read)));
    Row {
        mark: Some(match line.target {
            Some(_) => target_link(printed, &href),
            None => code(printed),
        }),
        title: node_name(v, now, line.node),
        href: Some(href),
        line: Some(html! {
            (flow(&v.say(&format!("page.kind.{}", line.kind))))
            @if let Some(unit) = &unit { " · " (flow(&v.say("page.indicator.unit"))) " " (readings::unit(v, unit)) }
            @if let Some((row, read)) = &last {
                " · " (flow(&crate::ui::period(v.locale, row.period)))
                " · " (flow(&v.say("page.indicator.as_of"))) " " (readings::as_of(v.locale, read))
            }
        }),
        aside: Some(match &last {
            Some((row, _)) => readings::cell(v, row, unit.as_deref(), today(v.app().now())),
            None => value_state(v.locale, crate::ui::ValueState::Missing),
        }),
    }
}
