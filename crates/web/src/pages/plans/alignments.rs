//! Alignments of an element of a plan: what it serves above and what serves it from below, with state, share and reason;
//! and for who may, the ways to propose, to change and to decide.

use std::collections::HashMap;

use actions::live::Now;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use domain::ids::{AlignmentId, NodeId};
use domain::link::LinkState;
use domain::permission::Act;
use domain::plan::Alignment;
use domain::subject::Subject;
use maud::{Markup, html};
use store::{Kept, Reason};

use super::node;
use crate::data::{Element, element, is_of_province, node_label, node_name};
use crate::form::Fields;
use crate::found::owner;
use crate::pages::joints::choose::Asked;
use crate::pages::joints::desk::Desk;
use crate::pages::joints::lower::{Lower, Standing, node_of};
use crate::pages::joints::row::{May, end, list, row};
use crate::pages::joints::{Refused, change, propose};
use crate::ui::{Card, Empty, Icon, button, count_badge, flow};
use crate::{Error, Page, Viewer};

type Parts = Path<HashMap<String, String>>;
type Question = Result<Query<Asked>, QueryRejection>;

/// The alignments of an element.
pub(super) struct Alignments {
    /// Where they are worked on.
    desk: Desk,
    /// What the reader may do to those that lead up.
    may: May,
    /// Those that lead up.
    up: Vec<Standing>,
    /// Those that come from below, with the element from which they come.
    down: Vec<(NodeId, Standing)>,
}

impl Alignments {
    /// All alignments of an element that the province may see.
    pub async fn of(v: &Viewer, of: &Element) -> Result<Self, Error> {
        let live = v.live()?;
        let desk = live.read(|now| desk(v, now, of));
        let below: Vec<AlignmentId> = live.read(|now| {
            let all = now.snapshot.plans().alignments_to(of.node.id).into_iter();
            let here = |it: &Alignment| {
                let plan = now.plan_of_node(it.from);
                plan.is_some_and(|plan| is_of_province(v, plan))
            };
            all.filter(here).map(|it| it.id).collect()
        });
        let kept: Vec<Kept<(Alignment, Reason)>> = store::get_many(live.store(), &below).await?;
        let mut down: Vec<(NodeId, Standing)> = kept
            .into_iter()
            .map(|kept| (kept.row.0.from, Standing::of(kept)))
            .collect();
        down.sort_by_key(|(_, one)| order(one));
        let mut up = desk.lower.standing(v).await?;
        up.sort_by_key(order);
        Ok(Self {
            may: May::of(v, desk.on()).await,
            desk,
            up,
            down,
        })
    }

    /// The two cards; one that has nothing to say is left out, unless something can be proposed.
    pub fn show(&self, v: &Viewer, now: &Now, refused: Option<Refused<'_>>) -> Markup {
        let up = |one: &Standing| row(v, now, &self.desk, one, (self.may, refused));
        let down = |(from, one): &(NodeId, Standing)| {
            let plan = now.plan_of_node(*from);
            let province = plan.and_then(|plan| plan.province.as_deref());
            let (owner, _) = owner(now, Subject::Node(*from));
            end(v, now, one, *from, May::only_see(v, now, owner, province))
        };
        let (above, below) = (v.say("page.alignment.up"), v.say("page.alignment.down"));
        let card = Card::new(&above)
            .line(flow(&v.say("page.alignment.up.line")))
            .aside(count_badge(self.up.len() as u64))
            .flush();
        let card = match self.may.propose {
            true => {
                let word = v.say("page.alignment.propose");
                card.foot(button(&self.desk.to_new(), Some(Icon::Plus), &word, false))
            }
            false => card,
        };
        html! {
            div id="joints" {
                @if !self.up.is_empty() { (card.show(list(self.up.iter().map(up)))) }
                @else if self.may.propose {
                    (card.show(Empty::NoData.show(&v.say("page.alignment.none"), &v.say("page.alignment.none.why"), None)))
                }
            }
            @if !self.down.is_empty() {
                (Card::new(&below).aside(count_badge(self.down.len() as u64)).flush().show(list(self.down.iter().map(down))))
            }
        }
    }
}

/// What counts first, then what waits, then what was set aside.
fn order(one: &Standing) -> (bool, bool) {
    let state = one.terms.state;
    (state != LinkState::Approved, state != LinkState::Proposed)
}

/// Where the alignments of an element are worked on.
fn desk(v: &Viewer, now: &Now, of: &Element) -> Desk {
    let id = of.node.id;
    let (owner, province) = owner(now, Subject::Node(id));
    Desk {
        lower: Lower::Element(id),
        owner,
        province: province.map(str::to_owned),
        page: of.below(v, ""),
        below: format!("{}/alignments", v.to_node(&of.plan.code, &of.code)),
        edition: of.label().to_owned(),
        above: vec![
            (flow(&v.say("page.plans.title")), v.to("/plans")),
            (html! { (of.plan.code) }, v.to_plan(&of.plan.code)),
        ],
        name: html! { (flow(&node_label(v, now, id))) " " (node_name(v, now, id)) },
        words: "page.alignment",
    }
}

/// The element of an address, and where its alignments are worked on.
fn of_address(
    v: &Viewer,
    parts: &HashMap<String, String>,
    asked: &Asked,
) -> Result<(Element, Desk), Error> {
    let (plan, code) = parts
        .get("plan")
        .zip(parts.get("code"))
        .ok_or(Error::NotFound)?;
    v.live()?.read(|now| {
        let label = (!asked.edition.is_empty()).then_some(asked.edition.as_str());
        let of = element(v, now, plan, code, label)?;
        let desk = desk(v, now, &of);
        Ok((of, desk))
    })
}

/// `GET /plans/{plan}/nodes/{code}/alignments/new`, `…?q=…&plan=…`, `…?node=…`.
///
/// # Errors
/// `NotFound` where the province knows no such element, `Forbidden` for who may not propose its alignments.
pub async fn show_new(viewer: Viewer, Path(parts): Parts, asked: Question) -> Result<Page, Error> {
    let v = &viewer;
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let (_, desk) = of_address(v, &parts, &asked)?;
    match propose::chosen(v, &desk, &asked).await? {
        Some(node) => propose::show(v, &desk, node, ""),
        None => {
            let how = Empty::NoMatch.show(
                &v.say("page.alignment.ask"),
                &v.say("page.alignment.ask.why"),
                None,
            );
            propose::choose(v, &desk, &asked, how).await
        }
    }
}

/// `POST /plans/{plan}/nodes/{code}/alignments/new?node=…`.
///
/// # Errors
/// As for the page. What is wrong, such as a plan that would serve itself, is said beside the fields (422); that
/// somebody else proposed it meanwhile, too (409).
pub async fn post_new(
    viewer: Viewer,
    Path(parts): Parts,
    asked: Question,
    fields: Fields,
) -> Result<Response, Error> {
    let v = &viewer;
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let (_, desk) = of_address(v, &parts, &asked)?;
    propose::post(v, &desk, &asked, &fields).await
}

/// `GET /plans/{plan}/nodes/{code}/alignments/{node}/change`.
///
/// # Errors
/// `NotFound` where there is none to be changed, `Forbidden` for who may not change it as it stands.
pub async fn show_change(
    viewer: Viewer,
    Path(parts): Parts,
    asked: Question,
) -> Result<Page, Error> {
    let v = &viewer;
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let (_, desk) = of_address(v, &parts, &asked)?;
    change::show(v, &desk, node_of(&parts)?).await
}

/// `POST /plans/{plan}/nodes/{code}/alignments/{node}/change`.
///
/// # Errors
/// As for the page; wrong input is said beside the fields (422), what somebody else did meanwhile with what stands (409).
pub async fn post_change(
    viewer: Viewer,
    Path(parts): Parts,
    asked: Question,
    fields: Fields,
) -> Result<Response, Error> {
    let v = &viewer;
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let (_, desk) = of_address(v, &parts, &asked)?;
    change::post(v, &desk, node_of(&parts)?, &fields).await
}

/// `POST /plans/{plan}/nodes/{code}/alignments/{node}`: `decision`, `reason`, and the version `seen` by who decides.
///
/// # Errors
/// `NotFound` where the province knows no such element, `Forbidden` for who may not decide. What stands against the
/// decision is said on the page of the element as it is now: 409 where somebody else decided meanwhile.
pub async fn post_decide(
    viewer: Viewer,
    Path(parts): Parts,
    asked: Question,
    fields: Fields,
) -> Result<Response, Error> {
    let v = &viewer;
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let (of, desk) = of_address(v, &parts, &asked)?;
    desk.allows(v, Act::DecideLink).await?;
    let to = node_of(&parts)?;
    let Err(error) = desk.lower.decide(v, to, &fields).await else {
        return Ok(desk.back());
    };
    let status = error.status();
    let issues = error.into_issues()?;
    let refused = Refused {
        node: to,
        fields: &fields,
        issues: &issues,
    };
    let page = node::page_of(v, &of, node::USUAL, Some(refused)).await?;
    Ok((status, page).into_response())
}
