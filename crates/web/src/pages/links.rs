//! Links to be decided on, many in one sitting: what was proposed, and what the words of a project suggest.

use std::collections::{BTreeMap, BTreeSet};

use actions::links::{Decision, Line, MOST, sitting};
use actions::live::Live;
use actions::permission::On;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::{NodeId, OrganisationId, ProjectId};
use domain::issue::Issue;
use domain::link::LinkState;
use domain::permission::Act;
use domain::project::{Project, ProjectText};
use maud::{Markup, html};
use store::Kept;

use super::projects::suggestions::best_target;
use crate::data::{
    money_or_missing, node_address, node_label, node_name, organisation_name, project_address,
};
use crate::form::Fields;
use crate::served::listed;
use crate::ui::{
    Card, Empty, Form, Icon, Kind, Place, Tone, count, flow, heading, link_state, note, secret,
};
use crate::{Error, Group, Page, Viewer};

/// Lines on one page: what a person can look at in a sitting.
const SHOWN: usize = 60;

/// One line to be decided on.
struct Waiting {
    project: (Project, ProjectText),
    node: NodeId,
    /// The state of the link; `None` = a suggestion.
    state: Option<LinkState>,
    /// The words that decided a suggestion.
    words: Vec<String>,
}

impl Waiting {
    /// What the box of the line sends back.
    fn value(&self) -> String {
        let state = self.state.map_or("", LinkState::code);
        format!("{}:{}:{state}", self.project.0.id, self.node)
    }
}

/// A line as it came back, unless somebody wrote it by hand.
fn line(value: &str, decision: Decision) -> Option<Line> {
    let mut parts = value.split(':');
    let (project, node, state) = (parts.next()?, parts.next()?, parts.next()?);
    let seen = match state {
        "" => None,
        code => Some(code.parse().ok()?),
    };
    Some(Line {
        project: ProjectId::from(project.parse::<uuid::Uuid>().ok()?),
        node: NodeId::from(node.parse::<uuid::Uuid>().ok()?),
        seen,
        decision,
    })
}

/// `GET /links`.
///
/// # Errors
/// When a read fails.
pub async fn show(viewer: Viewer) -> Result<Page, Error> {
    page(&viewer, &Fields::default(), &[]).await
}

async fn page(v: &Viewer, fields: &Fields, issues: &[Issue]) -> Result<Page, Error> {
    let live = v.live()?;
    let (waiting, all) = waiting(v, live).await?;
    let title = v.say("ui.nav.links");
    let lead = v.say_with(
        "page.links.lead",
        &[("n", i64::try_from(all).unwrap_or(i64::MAX).into())],
    );
    let body = match waiting.is_empty() {
        true => Empty::NoData.show(
            &v.say("page.links.empty"),
            &v.say("page.links.empty.why"),
            None,
        ),
        false => form(v, live, &waiting, fields, issues),
    };
    Ok(Page::new(v, title.clone())
        .group(Group::Staff)
        .at(Place::Links)
        .body(html! {
            (heading(flow(&title), flow(&lead), &[]))
            (body)
        }))
}

/// What waits for a decision of this person, the oldest project codes first, and how many lines there are in all.
async fn waiting(v: &Viewer, live: &Live) -> Result<(Vec<Waiting>, usize), Error> {
    let (owners, candidates) = live.read(|now| {
        let listed = listed(v, now);
        let mut owners: BTreeMap<ProjectId, OrganisationId> = BTreeMap::new();
        let mut candidates: Vec<(ProjectId, Vec<NodeId>)> = Vec::new();
        for id in &listed.projects {
            let Some(project) = now.snapshot.project(*id) else {
                continue;
            };
            owners.insert(*id, project.owner);
            let links: Vec<_> = now.snapshot.links_of(*id).collect();
            let open = links
                .iter()
                .filter(|link| link.state == LinkState::Proposed);
            let open: Vec<NodeId> = open.map(|link| link.node).collect();
            let unlinked = links.iter().all(|link| link.state == LinkState::Rejected);
            if unlinked || !open.is_empty() {
                candidates.push((*id, open));
            }
        }
        (owners, candidates)
    });
    let mut reached = BTreeMap::new();
    for owner in owners.values().copied().collect::<BTreeSet<_>>() {
        let may = v.allows(Act::DecideLink, On::Organisation(owner)).await;
        reached.insert(owner, may.is_ok());
    }
    let mine = |id: &ProjectId| {
        owners
            .get(id)
            .and_then(|owner| reached.get(owner))
            .copied()
            .unwrap_or(false)
    };
    let candidates: Vec<_> = candidates.into_iter().filter(|(id, _)| mine(id)).collect();
    let all = candidates.iter().map(|(_, open)| open.len().max(1)).sum();
    let ids: Vec<ProjectId> = candidates.iter().take(SHOWN).map(|(id, _)| *id).collect();
    let mut rows: Vec<Kept<(Project, ProjectText)>> = store::get_many(live.store(), &ids).await?;
    rows.sort_by(|one, other| one.row.1.code.cmp(&other.row.1.code));
    let open: BTreeMap<ProjectId, Vec<NodeId>> = candidates.into_iter().collect();
    let mut waiting = Vec::new();
    for kept in rows {
        let project = kept.row;
        let nodes = open.get(&project.0.id).cloned().unwrap_or_default();
        if nodes.is_empty()
            && let Some((node, words)) = best_target(v, live, &project).await?
        {
            waiting.push(Waiting {
                project,
                node,
                state: None,
                words,
            });
        } else {
            waiting.extend(nodes.into_iter().map(|node| Waiting {
                project: project.clone(),
                node,
                state: Some(LinkState::Proposed),
                words: Vec::new(),
            }));
        }
    }
    Ok((waiting, all))
}

fn form(v: &Viewer, live: &Live, waiting: &[Waiting], fields: &Fields, issues: &[Issue]) -> Markup {
    let chosen: BTreeSet<&str> = fields.every("line").collect();
    let form = Form::new(v, "page.links", fields, issues);
    let shown = v.say_with(
        "page.links.shown",
        &[("n", count(waiting.len() as u64).into())],
    );
    html! {
        form.stack method="post" action=(v.to("/links")) novalidate {
            (form.summary())
            (secret(v))
            (note(Tone::Mute, Icon::Info, flow(&v.say("page.links.how"))))
            (form.text("reason", Kind::Text))
            (Card::new(&v.say("page.links.waiting")).line(flow(&shown)).flush().show(html! {
                ul.rows.picks {
                    @for one in waiting { (pick(v, live, one, &chosen)) }
                }
            }))
            div.actions {
                label.row { input type="checkbox" data-all="line"; span { (flow(&v.say("page.links.all"))) } }
                button.btn type="submit" name="decision" value="reject" { (flow(&v.say("page.links.reject"))) }
                button.btn.btn-p type="submit" name="decision" value="approve" { (flow(&v.say("page.links.approve"))) }
            }
        }
    }
}

fn pick(v: &Viewer, live: &Live, one: &Waiting, chosen: &BTreeSet<&str>) -> Markup {
    let value = one.value();
    let (project, text) = &one.project;
    let id = format!("p-{}-{}", project.id, one.node);
    live.read(|now| {
        let name = domain::names::Name { code: text.code.clone(), label: None, name_th: text.title.clone(), name_en: None };
        let href = project_address(v, now, &name, project.id);
        html! {
            li {
                input type="checkbox" id=(id) name="line" value=(value) checked[chosen.contains(value.as_str())];
                div {
                    label for=(id) { b lang="th" { (flow(&text.title)) } }
                    p { (organisation_name(v, now, project.owner)) " · " (money_or_missing(v, crate::data::allotted(now, project.id))) }
                    p {
                        span.dim { (node_label(v, now, one.node)) } " "
                        @if let Some(to) = node_address(v, now, one.node) { a href=(to) { (node_name(v, now, one.node)) } } @else { (node_name(v, now, one.node)) }
                    }
                    @if !one.words.is_empty() { p.dim { (flow(&v.say("page.suggest.words"))) " " span lang="th" { (one.words.join(" · ")) } } }
                }
                div.stack-s {
                    @match one.state {
                        Some(state) => (link_state(v.locale, state)),
                        None => span.st { (crate::ui::icon(Icon::Bulb)) (flow(&v.say("page.links.suggested"))) },
                    }
                    @if let Some(href) = href { a.small href=(href) { (flow(&v.say("page.links.thread"))) } }
                }
            }
        }
    })
}

/// `POST /links`: what is chosen, decided with one reason.
///
/// # Errors
/// When the database fails; what stands against the decision is shown on the page, and what was chosen stays chosen.
pub async fn decide(viewer: Viewer, fields: Fields) -> Result<Response, Error> {
    let v = &viewer;
    let decision = match fields.text("decision") {
        "approve" => Decision::Approve,
        "reject" => Decision::Reject,
        _ => return Err(Error::Form),
    };
    let lines: Option<Vec<Line>> = fields
        .every("line")
        .take(MOST + 1)
        .map(|value| line(value, decision))
        .collect();
    let lines = lines.ok_or(Error::Form)?;
    let (why, locale) = (fields.text("reason").to_owned(), v.locale);
    match v
        .act(async move |store, ctx| sitting(store, ctx, &lines, &why, locale).await)
        .await
    {
        Ok(_) => Ok(Redirect::to(&v.to("/links")).into_response()),
        Err(error) => {
            let issues = error.into_issues()?;
            Ok((
                StatusCode::UNPROCESSABLE_ENTITY,
                page(v, &fields, &issues).await?,
            )
                .into_response())
        }
    }
}
