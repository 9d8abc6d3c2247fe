//! The choice of what a project or an element serves: by code or words, or the elements of one plan.

use actions::live::{Live, Now};
use domain::ids::NodeId;
use domain::link::LinkState;
use domain::locale::Locale;
use domain::plan::Plan;
use domain::text::{search_key, sort_key};
use maud::{Markup, html};
use serde::Deserialize;

use super::desk::Desk;
use super::row::plan_and_label;
use store::search::{self, Wanted};

use crate::data::{is_of_province, node_name};
use crate::ui::{Card, Empty, Filters, Row, code, count, flow, link_state, rows, small_button};
use crate::{Error, Viewer};

/// Elements that one list shows.
const MOST: usize = 60;
/// Elements that are looked at before those of other editions and plans are left out.
const LOOKED_AT: u64 = 400;

/// The question of the address.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Words or a code; the code of a plan among them names the plan.
    pub q: String,
    /// Code of a plan whose elements are wanted.
    pub plan: String,
    /// Label of the edition of the lower element, where it is not in force.
    pub edition: String,
    /// What was chosen.
    pub node: String,
}

impl Asked {
    /// What was chosen, unless somebody wrote it by hand.
    fn chosen(&self) -> Option<NodeId> {
        self.node.parse::<uuid::Uuid>().ok().map(NodeId::from)
    }

    fn is_empty(&self) -> bool {
        self.q.trim().is_empty() && self.plan.is_empty()
    }
}

/// What may be chosen for what serves.
pub struct Choosing<'a> {
    /// What serves.
    pub desk: &'a Desk,
    /// The question.
    pub asked: &'a Asked,
}

impl Choosing<'_> {
    fn may(&self, v: &Viewer, now: &Now, id: NodeId) -> bool {
        let plans = now.snapshot.plans();
        let (Some(plan), Some(node)) = (now.plan_of_node(id), plans.node(id)) else {
            return false;
        };
        let in_force = now.edition_of(plan.id) == Some(node.edition);
        in_force && is_of_province(v, plan) && self.desk.lower.fits(now, plan, &node)
    }

    /// The element of the address, if it may be chosen.
    ///
    /// # Errors
    /// `NotFound` for one that may not.
    pub fn chosen(&self, v: &Viewer, live: &Live) -> Result<Option<NodeId>, Error> {
        match self.asked.chosen() {
            Some(id) if !live.read(|now| self.may(v, now, id)) => Err(Error::NotFound),
            chosen => Ok(chosen),
        }
    }

    /// The elements that fit, and how many there are in all.
    async fn found(&self, v: &Viewer, live: &Live) -> Result<(Vec<NodeId>, usize), Error> {
        // A word that is the code of a plan says in which plan to look.
        let is_plan = |word: &str| {
            live.read(|now| {
                let plans = now.plans().into_iter();
                let mut named = plans.filter(|plan| search_key(&plan.code) == search_key(word));
                named.next().map(|plan| plan.code.clone())
            })
        };
        let mut plan = (!self.asked.plan.is_empty()).then(|| self.asked.plan.clone());
        let mut words = Vec::new();
        for word in self.asked.q.split_whitespace() {
            match is_plan(word) {
                Some(code) if plan.is_none() => plan = Some(code),
                _ => words.push(word),
            }
        }
        let words = words.join(" ");
        let mut nodes = match words.is_empty() {
            true => live.read(|now| {
                let edition = plan.as_deref().and_then(|code| now.plan(code));
                let edition = edition.and_then(|plan| now.edition_of(plan.id));
                let plans = now.snapshot.plans();
                let nodes = edition.into_iter().flat_map(|id| plans.nodes_of(id));
                nodes.map(|node| node.id).collect::<Vec<_>>()
            }),
            false => {
                let mut nodes = search::nodes(
                    live.store(),
                    Wanted {
                        words: &words,
                        province: v.province.dopa(),
                        limit: LOOKED_AT,
                    },
                )
                .await?;
                // Whoever types a code means the thing with that code.
                let wanted = search_key(&words);
                nodes.sort_by_cached_key(|kept| {
                    let code = &kept.row.1.code;
                    (search_key(code) != wanted, sort_key(code))
                });
                nodes.into_iter().map(|kept| kept.row.0.id).collect()
            }
        };
        live.read(|now| {
            let of_plan = |id: &NodeId| {
                let code = now.plan_of_node(*id).map(|plan| plan.code.as_str());
                plan.as_deref().is_none_or(|wanted| code == Some(wanted))
            };
            nodes.retain(|id| of_plan(id) && self.may(v, now, *id));
        });
        let all = nodes.len();
        nodes.truncate(MOST);
        Ok((nodes, all))
    }

    /// The question and what was found; `instead` where nothing was asked yet.
    ///
    /// # Errors
    /// When a read fails.
    pub async fn show(&self, v: &Viewer, live: &Live, instead: Markup) -> Result<Markup, Error> {
        let plans: Vec<(String, String)> = live.read(|now| {
            let plans = now.plans().into_iter();
            let with = plans.filter(|plan| {
                let edition = now.edition_of(plan.id);
                let mut nodes = edition
                    .into_iter()
                    .flat_map(|id| now.snapshot.plans().nodes_of(id));
                nodes.any(|node| self.may(v, now, node.id))
            });
            let word = |plan: &Plan| match (v.locale, &plan.name_en) {
                (Locale::En, Some(name)) => format!("{} {name}", plan.code),
                _ => format!("{} {}", plan.code, plan.name_th),
            };
            with.map(|plan| (plan.code.clone(), word(plan))).collect()
        });
        let every = (String::new(), v.say("page.joint.every_plan").into_owned());
        let (by_words, by_plan) = (v.say("page.joint.words"), v.say("page.plan"));
        let page = self.desk.to_new();
        let page = page.split('?').next().unwrap_or_default();
        let filters = Filters::new(page)
            .write("q", &by_words, &self.asked.q)
            .choose(
                "plan",
                &by_plan,
                std::iter::once(every).chain(plans).collect(),
                &self.asked.plan,
            )
            .keep("edition", &self.desk.edition)
            .show(v);
        if self.asked.is_empty() {
            return Ok(html! { (filters) (instead) });
        }
        let (found, all) = self.found(v, live).await?;
        let args = [
            ("n", count(found.len() as u64).into()),
            ("of", count(all as u64).into()),
        ];
        let title = v.say_with("page.joint.found", &args);
        let list = live.read(|now| rows(found.iter().map(|id| self.row(v, now, *id))));
        Ok(html! {
            (filters)
            @if found.is_empty() {
                (Empty::NoMatch.show(&v.say("page.joint.no_match"), &v.say("page.joint.no_match.why"), None))
            } @else { (Card::new(&title).flush().show(list)) }
        })
    }

    /// One element, with the way to take it; of what is joined already, the state.
    fn row(&self, v: &Viewer, now: &Now, id: NodeId) -> Row {
        let printed = now.names.nodes.get(&id).map(|name| code(&name.code));
        let state = self.desk.lower.joined(now, id);
        Row {
            mark: printed,
            title: node_name(v, now, id),
            href: None,
            line: Some(flow(&plan_and_label(v, now, id))),
            aside: Some(match state.filter(|state| *state != LinkState::Rejected) {
                Some(state) => link_state(v.locale, state),
                None => small_button(&self.desk.to_propose(id), &v.say("page.joint.choose")),
            }),
        }
    }
}
