//! The province at a glance: what is approved and what is reported, each of how many.

use std::collections::BTreeSet;

use actions::live::Now;
use domain::ids::{NodeId, ProjectId};
use maud::{Markup, html};

use super::board::Totals;
use crate::served::{framework, listed, served, targets};
use crate::ui::{Stat, ValueState, flow, sample, short_day};
use crate::{Error, Viewer};

/// The province at a glance, each figure with its N: targets and projects by what is approved, and what is reported.
///
/// # Errors
/// `NotFound` where SDG 4 was never recorded.
pub fn figures(v: &Viewer, now: &Now, reported: Option<&Totals>) -> Result<Markup, Error> {
    let (listed, framework) = (listed(v, now), framework(now)?);
    let day = short_day(v.locale, v.app().now().thai_day());
    let title = v.say_with("page.home.figures", &[("day", day.into())]);
    let targets_label = v.say("page.home.figures.targets");
    let (of_targets, of_projects) = match listed.year {
        None => {
            let missing =
                |label: &str| Stat::without(v.locale, label, ValueState::Missing).show(v.locale);
            let projects = v.say("page.home.figures.projects.none");
            (missing(&targets_label), missing(&projects))
        }
        Some(year) => {
            let all = targets(now, framework);
            let approved = |node: NodeId| served(now, &listed, node).approved.clone();
            let with_projects = all.iter().filter(|node| !approved(**node).is_empty());
            let tops = now.snapshot.plans().nodes_of(framework);
            let tops = tops.filter(|node| node.parent.is_none());
            let linked: BTreeSet<ProjectId> = tops
                .flat_map(|node| approved(node.id))
                .map(|row| row.project)
                .collect();
            let year = [("year", year.0.to_string().into())];
            let label = v.say_with("page.home.figures.projects", &year);
            let (n, whole) = (linked.len() as u64, listed.projects.len() as u64);
            let (m, targets) = (with_projects.count() as u64, all.len() as u64);
            let unit = v.say("page.unit.projects");
            (
                Stat::of(&targets_label, m, targets, "").show(v.locale),
                Stat::of(&label, n, whole, &unit).show(v.locale),
            )
        }
    };
    let reported = reported.map(|totals| {
        let year = [("year", totals.year.0.to_string().into())];
        let label = v.say_with("page.home.figures.reported", &year);
        let all = totals.all();
        let board = html! { a href=(v.to("/board")) { (flow(&v.say("board.title"))) } };
        let stat = Stat::of(
            &label,
            all.n,
            all.of,
            &v.say("page.home.figures.reported.unit"),
        );
        stat.note(board).show(v.locale)
    });
    Ok(html! {
        section.hstats aria-labelledby="figures" {
            h2 id="figures" { (flow(&title)) @if v.app().sample() { " " (sample(v.locale)) } }
            (of_targets)
            (of_projects)
            @if let Some(reported) = reported { (reported) }
        }
    })
}
