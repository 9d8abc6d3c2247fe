//! The parts of the page of a target.

use actions::live::Now;
use chain::attribution::{How, WHOLE};
use chain::why_node::Because;
use domain::indicator::{Indicator, IndicatorText};
use domain::locale::Locale;
use domain::money::Satang;
use domain::names::Names;
use domain::plan::Crosswalk;
use maud::{Markup, html};
use store::{Kept, Reason};

use super::list::status;
use super::show::Shown;
use crate::Viewer;
use crate::data::{node_address, node_label, node_name, organisation_name, project_cell};
use crate::found::{self, Found};
use crate::readings::{printed_text, unit};
use crate::served::unattributed;
use crate::ui::{
    Card, Column, Empty, Icon, Row, Stat, Table, Tone, ValueState, button, code, count,
    count_badge, flow, link_state, money, name, rows, share, stats, value_state,
};

/// Projects approved and proposed, apart; money attributed to the target, and what no target gets.
pub(super) fn figures(v: &Viewer, now: &Now, shown: &Shown) -> Markup {
    let (listed, served) = (&shown.listed, &shown.served);
    let Some(year) = listed.year else {
        let why = v.say("page.target.no_plan.why");
        let title = v.say("page.plan.projects");
        return Card::new(&title).flush().show(Empty::NoData.show(
            &v.say("page.target.status.no_plan"),
            &why,
            Some(button(
                &v.to("/plans"),
                None,
                &v.say("page.plans.title"),
                false,
            )),
        ));
    };
    let year = flow(&v.say_with("page.fiscal_year", &[("year", year.0.to_string().into())]));
    let unit = v.say("page.unit.projects");
    let (approved, proposed) = (v.say("page.figure.approved"), v.say("page.figure.proposed"));
    let (here, left) = (
        v.say("page.target.attributed"),
        v.say("page.target.unattributed"),
    );
    let why = html! { a href="#why" { (flow(&v.say("page.why"))) } };
    let n = |n: usize| count(n as u64);
    html! {
        p.row { (status(v, listed, served)) span.dim { (year) } }
        (stats([
            Stat::figure(&approved, &n(served.approved.len()), &unit).show(v.locale),
            Stat::figure(&proposed, &n(served.proposed.len()), &unit).note(flow(&v.say("page.figure.proposed.note"))).show(v.locale),
            match served.allotted() {
                Some(sum) => Stat::figure(&here, &money(v.locale, sum), "").note(why).show(v.locale),
                // Nothing is attributed before something is approved: there is no figure that could be missing.
                None if served.approved.is_empty() => Stat::in_words(&here, Tone::Mute, Icon::Pen, &v.say("page.target.nothing_approved")).note(why).show(v.locale),
                None => Stat::without(v.locale, &here, ValueState::Missing).note(why).show(v.locale),
            },
            match unattributed(now, listed, shown.framework) {
                Some(sum) => Stat::figure(&left, &money(v.locale, sum), "").note(flow(&v.say("page.target.unattributed.note"))).show(v.locale),
                None => Stat::without(v.locale, &left, ValueState::Missing).show(v.locale),
            },
        ]))
    }
}

/// The projects, approved ones before proposed ones.
pub(super) fn projects(v: &Viewer, now: &Now, shown: &Shown, titles: &Names) -> Markup {
    use domain::link::LinkState::{Approved, Proposed};
    let served = &shown.served;
    let owner = |id| now.snapshot.project(id).map(|project| project.owner);
    let key = |id| {
        titles
            .projects
            .get(&id)
            .map(|name| domain::text::sort_key(&name.code))
    };
    let mut all: Vec<_> = served
        .approved
        .iter()
        .map(|row| (row.project, Approved))
        .chain(served.proposed.iter().map(|id| (*id, Proposed)))
        .collect();
    if let Some(only) = &shown.only {
        all.retain(|(id, _)| {
            owner(*id)
                .and_then(|owner| now.names.organisations.get(&owner))
                .is_some_and(|name| name.code == *only)
        });
    }
    all.sort_by_cached_key(|(id, state)| (*state != Approved, key(*id)));
    let title = v.say("page.node.links");
    let here = now
        .names
        .nodes
        .get(&shown.node)
        .map(|name| v.to_target(&name.code))
        .unwrap_or_default();
    let mut card = Card::new(&title)
        .aside(count_badge(all.len() as u64))
        .flush();
    if shown.only.is_some() {
        card = card.line(html! { a href=(here) { (flow(&v.say("page.target.of_all"))) } });
    }
    html! {
        div id="projects" {
            (card.show(html! {
                @if all.is_empty() {
                    (Empty::NoData.show(&v.say("page.target.no_projects"), &v.say("page.target.no_projects.why"), None))
                } @else {
                    (Table::new(&title, [
                        Column::text(&v.say("page.project")).wide(),
                        Column::text(&v.say("page.owner")),
                        Column::text(&v.say("page.link")),
                    ]).rows(all.iter().map(|(id, state)| [
                        project_cell(v, now, titles, *id),
                        owner(*id).map(|owner| organisation_name(v, now, owner)).unwrap_or_default(),
                        link_state(v.locale, *state),
                    ])).show())
                }
            }))
        }
    }
}

/// Every contribution to the money attributed to the target; they total exactly the figure above.
pub(super) fn why(v: &Viewer, now: &Now, shown: &Shown, titles: &Names) -> Markup {
    let rows = &shown.served.money;
    let sum = v.say_with("page.why.total", &[("n", rows.len().into())]);
    html! {
        div id="why" {
            (Card::new(&v.say("page.why")).line(flow(&v.say("page.why.lead"))).flush().show(html! {
                @if let Some(total) = shown.served.allotted() {
                    (Table::new(&v.say("page.why"), [
                        Column::text(&v.say("page.project")).wide(),
                        Column::text(&v.say("page.why.because")),
                        Column::figure(&v.say("page.why.share")),
                        Column::figure(&v.say("page.figure.allotted")),
                    ]).rows(rows.iter().map(|row| [
                        project_cell(v, now, titles, row.project),
                        flow(&because(v.locale, row.because)),
                        html! { (share(v.locale, row.parts, WHOLE).unwrap_or_default()) },
                        html! { (money(v.locale, Satang(row.value))) },
                    ])).total([flow(&sum), html! {}, html! {}, html! { (money(v.locale, total)) }]).show())
                } @else {
                    @let proposed = shown.served.proposed.len();
                    @let only = v.say_with("page.why.only_proposed", &[("n", proposed.into())]);
                    @let none = v.say("page.why.none.why");
                    (Empty::NoData.show(&v.say("page.why.none"), if shown.served.approved.is_empty() && proposed > 0 { &only } else { &none }, None))
                }
            }))
        }
    }
}

/// By which rule a project counts.
fn because(locale: Locale, because: Because) -> String {
    let key = match because {
        Because::ListedHere => "why.because.listed",
        Because::Attributed(How::Linked) => "why.because.linked",
        Because::Attributed(_) => "why.because.aligned",
    };
    locale.text(key).into_owned()
}

/// The indicators of the target, each with its unit and whether a series is here.
pub(super) fn indicators(
    v: &Viewer,
    now: &Now,
    shown: &Shown,
    words: &[Kept<(Indicator, IndicatorText)>],
) -> Markup {
    let title = v.say("page.target.indicators");
    let row = |id: &domain::ids::NodeId| {
        let text = words
            .iter()
            .find(|kept| kept.row.0.node == *id)
            .map(|kept| &kept.row.1);
        let periods = now.snapshot.observations().periods(*id).len();
        let facts = [
            (
                "page.indicator.unit",
                text.and_then(|text| text.unit.as_ref()),
            ),
            (
                "page.indicator.disaggregation",
                text.and_then(|text| text.disaggregation.as_ref()),
            ),
        ];
        Row {
            mark: Some(code(
                &now.names
                    .nodes
                    .get(id)
                    .map(|name| name.code.clone())
                    .unwrap_or_default(),
            )),
            title: node_name(v, now, *id),
            href: node_address(v, now, *id),
            line: Some(html! {
                @for (key, value) in facts {
                    @if let Some(value) = value {
                        (flow(&v.say(key))) ": "
                        @if key == "page.indicator.unit" { (unit(v, value)) } @else { (printed_text(v, value)) }
                        " · "
                    }
                }
                @if periods == 0 { (flow(&v.say("page.target.no_series"))) }
                @else { (flow(&v.say_with("page.target.periods", &[("n", periods.into())]))) }
            }),
            aside: (periods == 0).then(|| value_state(v.locale, ValueState::Missing)),
        }
    };
    Card::new(&title)
        .line(flow(&v.say("page.target.indicators.line")))
        .aside(count_badge(shown.indicators.len() as u64))
        .flush()
        .show(rows(shown.indicators.iter().map(row)))
}

/// What the rules found about the projects of the target, the first ones, and the way to all.
pub(super) fn findings(v: &Viewer, now: &Now, shown: &Shown, found: &Found) -> Markup {
    const MOST: usize = 8;
    let ours: std::collections::BTreeSet<_> = shown.served.projects().collect();
    let about = |subject: &checks::Subject| matches!(subject, checks::Subject::Project(id) if ours.contains(id));
    let rows = found.rows.iter().filter(|(subject, _)| about(subject));
    let mut first: Vec<_> = rows.cloned().collect();
    let title = v.say("page.review");
    let total = first.len();
    first.truncate(MOST);
    let mut card = Card::new(&title).aside(count_badge(total as u64)).flush();
    if total > MOST {
        card =
            card.foot(html! { a href=(v.to("/findings")) { (flow(&v.say("page.findings.all"))) } });
    }
    card.show(html! {
        @if shown.listed.year.is_none() { (Empty::NoData.show(&v.say("page.findings.unchecked"), &v.say("page.target.no_plan.why"), None)) }
        @else if total == 0 { (Empty::NoData.show(&v.say("page.findings.none"), &v.say("page.findings.none.why"), None)) }
        @else { (found::show(v, now, &found.titles, &first)) }
    })
}

/// What other frameworks say of the same thing: proposals of the catalogue, which carry no figures.
pub(super) fn crosswalks(
    v: &Viewer,
    now: &Now,
    shown: &Shown,
    reasons: &[Kept<(Crosswalk, Reason)>],
) -> Markup {
    let all: Vec<&Crosswalk> = shown
        .crosswalks
        .iter()
        .filter(|row| row.to.is_some())
        .collect();
    if all.is_empty() {
        return html! {};
    }
    let title = v.say("page.target.crosswalk");
    Card::new(&title)
        .line(flow(&v.say("page.target.crosswalk.line")))
        .aside(count_badge(all.len() as u64))
        .flush()
        .show(rows(all.into_iter().filter_map(|row| {
            let to = row.to?;
            let reason = reasons
                .iter()
                .find(|kept| kept.row.0.id == row.id)
                .map(|kept| &kept.row.1);
            let plan = now.plan_of_node(to).map_or("", |plan| &plan.code);
            let printed = now.names.nodes.get(&to).map(|name| name.code.clone());
            let printed = printed.unwrap_or_default();
            Some(Row {
                mark: Some(code(&printed)),
                title: node_name(v, now, to),
                href: node_address(v, now, to),
                line: Some(html! {
                    (flow(&node_label(v, now, to))) " · " (plan)
                    @if let Some(reason) = reason {
                        br; (name(v.locale, reason.reason_th.as_deref().unwrap_or_default(), reason.reason_en.as_deref()))
                    }
                }),
                aside: Some(link_state(v.locale, row.state)),
            })
        })))
}
