//! What an indicator measures and where that is written, its codes in other editions, and the projects under its target.

use actions::live::Now;
use domain::plan::{Crosswalk, NodeKind, Relation};
use domain::provenance::Provenance;
use maud::{Markup, html};

use super::show::Shown;
use crate::Viewer;
use crate::data::{node_address, node_label, node_name, organisation_name, so_many_projects};
use crate::readings::{printed_text, unit};
use crate::served::served;
use crate::ui::{
    Card, Icon, Row, button, certainty, code, count_badge, definitions, flow, link_state, name,
    note, rows,
};

/// Unit, formula, direction, source: what is not stated says so.
pub(super) fn definition(v: &Viewer, now: &Now, shown: &Shown) -> Markup {
    let not_stated = || html! { span.dim { (flow(&v.say("page.indicator.not_stated"))) } };
    let text = shown.text.as_ref().map(|kept| &kept.row.1);
    let facts = shown.text.as_ref().map(|kept| kept.row.0);
    let said = |value: Option<&String>| match value.filter(|value| !value.is_empty()) {
        Some(value) => printed_text(v, value),
        None => not_stated(),
    };
    let direction = facts
        .and_then(|facts| facts.direction)
        .map(|way| flow(&v.say(&format!("page.indicator.direction.{way}"))));
    let scope = text
        .and_then(|text| text.scope.as_deref())
        .map(|scope| match scope {
            "province" => flow(&v.say("page.indicator.scope.province")),
            other => printed_text(v, other),
        });
    let owner = facts
        .and_then(|facts| facts.owner)
        .map(|owner| organisation_name(v, now, owner));
    let mut all: Vec<(&str, Markup)> = vec![
        (
            "page.indicator.unit",
            text.and_then(|text| text.unit.as_deref())
                .map_or_else(not_stated, |printed| unit(v, printed)),
        ),
        (
            "page.indicator.numerator",
            said(text.and_then(|text| text.numerator.as_ref())),
        ),
        (
            "page.indicator.denominator",
            said(text.and_then(|text| text.denominator.as_ref())),
        ),
        (
            "page.indicator.direction",
            direction.unwrap_or_else(not_stated),
        ),
        (
            "page.indicator.disaggregation",
            said(text.and_then(|text| text.disaggregation.as_ref())),
        ),
    ];
    if let Some(success) = text.and_then(|text| text.success_th.as_ref()) {
        all.push(("page.indicator.success", printed_text(v, success)));
    }
    all.extend([
        ("page.indicator.scope", scope.unwrap_or_else(not_stated)),
        ("page.indicator.entry", not_stated()),
        ("page.indicator.owner", owner.unwrap_or_else(not_stated)),
    ]);
    Card::new(&v.say("page.indicator.definition")).show(definitions(
        all.into_iter().map(|(key, what)| (flow(&v.say(key)), what)),
    ))
}

/// Where name and formula were read, how certain they are, and the codes of the series there.
pub(super) fn sources(v: &Viewer, shown: &Shown) -> Markup {
    let of_name = shown.name.as_ref().map(|kept| &kept.stamp.provenance);
    let of_formula = shown.text.as_ref().map(|kept| &kept.stamp.provenance);
    let sources = [
        ("page.indicator.source_of_name", of_name),
        ("page.indicator.source_of_formula", of_formula),
    ];
    type Known<'a> = (
        (&'static str, Option<&'a Option<Provenance>>),
        &'a Option<String>,
    );
    let known = |((key, source), text): Known<'_>| {
        let source = source?.as_ref()?;
        let words = html! {
            (certainty(v.locale, source.certainty))
            @if let Some(text) = text { br; (printed_text(v, text)) }
        };
        Some((key, words))
    };
    let sources = sources.into_iter().zip(&shown.sources);
    let mut all: Vec<(&str, Markup)> = sources.filter_map(known).collect();
    let series = shown
        .text
        .as_ref()
        .and_then(|kept| kept.row.1.series_codes.as_ref());
    // Codes are set apart so that a line can end between them.
    let series = series.map(|codes| printed_text(v, &codes.replace(';', "; ")));
    all.extend(series.map(|codes| ("page.indicator.series", codes)));
    if all.is_empty() {
        return html! {};
    }
    Card::new(&v.say("page.indicator.sources")).show(definitions(
        all.into_iter().map(|(key, what)| (flow(&v.say(key)), what)),
    ))
}

/// One global code, several Thai series: the indicator above, those below.
pub(super) fn relatives(v: &Viewer, now: &Now, shown: &Shown) -> Markup {
    let plans = now.snapshot.plans();
    let above = plans.parent(shown.node.id);
    let above = above.filter(|node| node.kind.is_indicator());
    let below = plans
        .children(shown.node.id)
        .filter(|node| node.kind.is_indicator());
    let all: Vec<_> = above.into_iter().chain(below).collect();
    let title = v.say("page.indicator.relatives");
    if all.is_empty() {
        if shown.node.kind != NodeKind::GlobalIndicator {
            return html! {};
        }
        let none = flow(&v.say("page.indicator.relatives.none"));
        return Card::new(&title).show(html! { p.dim { (none) } });
    }
    Card::new(&title)
        .line(flow(&v.say("page.indicator.relatives.line")))
        .aside(count_badge(all.len() as u64))
        .flush()
        .show(rows(all.iter().map(|node| Row {
            mark: now.names.nodes.get(&node.id).map(|name| code(&name.code)),
            title: node_name(v, now, node.id),
            href: node_address(v, now, node.id),
            line: Some(flow(&node_label(v, now, node.id))),
            aside: None,
        })))
}

/// The indicator in other editions and frameworks: a code may stay while its content changes.
pub(super) fn history(v: &Viewer, now: &Now, shown: &Shown) -> Markup {
    if shown.crosswalks.is_empty() {
        return html! {};
    }
    let title = v.say("page.indicator.history");
    let changed = shown
        .crosswalks
        .iter()
        .any(|row| row.relation == Relation::Changed);
    let row = |row: &Crosswalk| {
        let other = match row.from == shown.node.id {
            true => row.to,
            false => Some(row.from),
        }?;
        let edition = now.snapshot.plans().edition_of_node(other)?;
        let label = crate::data::edition_label(now, edition.id);
        let printed = now.names.nodes.get(&other)?;
        let reason = shown.reasons.iter().find(|kept| kept.row.0.id == row.id);
        let reason = reason.map(|kept| &kept.row.1);
        Some(Row {
            mark: Some(code(&printed.code)),
            title: node_name(v, now, other),
            href: node_address(v, now, other),
            line: Some(html! {
                b { (flow(&v.say(&format!("page.relation.{}", row.relation)))) } " · "
                (flow(&v.say_with("page.edition", &[("label", label.into())])))
                @if let Some(reason) = reason {
                    br; (name(v.locale, reason.reason_th.as_deref().unwrap_or_default(), reason.reason_en.as_deref()))
                }
            }),
            aside: Some(link_state(v.locale, row.state)),
        })
    };
    Card::new(&title)
        .line(flow(&v.say("page.indicator.history.line")))
        .aside(count_badge(shown.crosswalks.len() as u64))
        .flush()
        .show(html! {
            @if changed {
                div.card-b { (note(crate::ui::Tone::Below, Icon::Triangle, flow(&v.say("page.indicator.break")))) }
            }
            (rows(shown.crosswalks.iter().filter_map(row)))
        })
}

/// The projects of the province under its target: what is done for it, not what it reads.
pub(super) fn thread(v: &Viewer, now: &Now, shown: &Shown) -> Markup {
    let Some(target) = shown.target else {
        return html! {};
    };
    let Some(printed) = now.names.nodes.get(&target) else {
        return html! {};
    };
    let served = served(now, &shown.listed, target);
    let rows = [
        ("page.figure.approved", served.approved.len()),
        ("page.figure.proposed", served.proposed.len()),
    ]
    .map(|(key, n)| {
        let projects = so_many_projects(v, n as u64);
        (flow(&v.say(key)), html! { b { (flow(&projects)) } })
    });
    let title = v.say_with(
        "page.indicator.thread",
        &[("code", printed.code.as_str().into())],
    );
    let known = shown.listed.year.is_some();
    Card::new(&title)
        .line(flow(&v.say("page.indicator.thread.line")))
        .show(html! {
            div.stack {
                @if known { (definitions(rows)) } @else { p.dim { (flow(&v.say("page.target.no_plan.why"))) } }
                (button(&v.to_target(&printed.code), Some(Icon::Thread), &v.say("page.indicator.to_target"), false))
            }
        })
}
