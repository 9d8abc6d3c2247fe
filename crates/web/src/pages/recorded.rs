//! What is recorded that holds some words: elements of plans, projects, organisations, as lines of a list of results.

use domain::text::search_key;
use maud::html;
use store::search::{self, Wanted};

use crate::data::{
    is_of_province, knows_organisation, node_address, node_label, node_name, project_address,
};
use crate::served::{SDG4, framework, listed, targets};
use crate::ui::{Icon, Row, code, flow, icon, name};
use crate::{Error, Viewer};

/// How many things of each kind are looked for.
const MOST: u64 = 40;

/// Hits by kind, under the key of the kind's name. A portal without data has none.
///
/// # Errors
/// A read that failed.
pub async fn hits(v: &Viewer, q: &str) -> Result<Vec<(&'static str, Vec<Row>)>, Error> {
    let Ok(live) = v.live() else {
        return Ok(Vec::new());
    };
    let looked_for = Wanted {
        words: q,
        province: v.province.dopa(),
        limit: MOST,
    };
    let mut nodes = search::nodes(live.store(), looked_for).await?;
    // Whoever types a code means the thing with that code.
    let wanted = search_key(q);
    nodes.sort_by_key(|kept| search_key(&kept.row.1.code) != wanted);
    let projects = search::projects(live.store(), looked_for).await?;
    let organisations = search::organisations(live.store(), looked_for).await?;
    let ids: Vec<_> = projects.iter().map(|kept| kept.row.0.id).collect();
    let titles = live.titles(&ids).await?;
    Ok(live.read(|now| {
        let all_targets = framework(now)
            .map(|framework| targets(now, framework))
            .unwrap_or_default();
        let node = |kept: &store::Kept<(domain::plan::Node, domain::plan::NodeText)>| {
            let id = kept.row.0.id;
            let plan = now
                .plan_of_node(id)
                .filter(|plan| is_of_province(v, plan))?;
            let printed = now.names.nodes.get(&id)?;
            let href = match plan.code == SDG4 && all_targets.contains(&id) {
                true => Some(v.to_target(&printed.code)),
                false => node_address(v, now, id),
            };
            // What stands in no edition in force has no page: history is read in its plan.
            href.map(|href| Row {
                mark: Some(code(&printed.code)),
                title: node_name(v, now, id),
                href: Some(href),
                line: Some(html! {
                    (flow(&node_label(v, now, id))) " · " (name(v.locale, &plan.name_th, plan.name_en.as_deref()))
                }),
                aside: None,
            })
        };
        let project = |id: &domain::ids::ProjectId| {
            let printed = titles.projects.get(id)?;
            Some(Row {
                mark: Some(code(&printed.code)),
                title: crate::ui::name_of(v.locale, printed),
                href: Some(project_address(v, now, printed, *id)?),
                line: None,
                aside: None,
            })
        };
        let owners = listed(v, now).owners(now);
        let mut organisations: Vec<_> = organisations
            .iter()
            .filter(|kept| knows_organisation(v, &kept.row.1))
            .collect();
        organisations.sort_by_key(|kept| !owners.contains(&kept.row.0.id));
        let organisation = |kept: &&store::Kept<(
            domain::organisation::Organisation,
            domain::organisation::OrganisationText,
        )>| {
            let text = &kept.row.1;
            Row {
                mark: Some(icon(Icon::Building)),
                title: name(v.locale, &text.name_th, text.name_en.as_deref()),
                href: Some(v.to_organisation(&text.code)),
                line: text.affiliation_th.as_deref().map(flow),
                aside: None,
            }
        };
        let rules = checks::rules().into_iter().filter(|rule| {
            let names = format!("{} {}", rule.code, rule.title(v.locale));
            !wanted.is_empty() && search_key(&names).contains(&wanted)
        });
        let rule = |rule: &'static checks::Rule| Row {
            mark: Some(code(rule.code)),
            title: flow(rule.title(v.locale)),
            href: Some(v.to_rule(rule.code)),
            line: None,
            aside: None,
        };
        let holds = |plan: &&domain::plan::Plan| {
            let names = [&plan.code, &plan.name_th, plan.name_en.as_ref().unwrap_or(&plan.code)];
            let names = names.map(|name| search_key(name)).join(" ");
            !wanted.is_empty() && is_of_province(v, plan) && names.contains(&wanted)
        };
        let plans = now.plans().into_iter().filter(holds).map(|plan| Row {
            mark: Some(code(&plan.code)),
            title: name(v.locale, &plan.name_th, plan.name_en.as_deref()),
            href: Some(v.to_plan(&plan.code)),
            line: None,
            aside: None,
        });
        vec![
            ("page.plans.title", plans.collect()),
            ("page.rules.title", rules.map(rule).collect()),
            ("page.project", ids.iter().filter_map(project).collect()),
            ("page.search.nodes", nodes.iter().filter_map(node).collect()),
            (
                "page.organisations.title",
                organisations.iter().map(organisation).collect(),
            ),
        ]
    }))
}
