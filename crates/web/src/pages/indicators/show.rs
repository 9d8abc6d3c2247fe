//! One indicator: what it measures, what the province has of it, and where it stands on the thread.

use std::collections::HashMap;
use std::sync::Arc;

use actions::live::Now;
use actions::permission::On;
use axum::extract::Path;
use domain::ids::NodeId;
use domain::indicator::{Indicator, IndicatorText, Quantity};
use domain::locale::Locale;
use domain::plan::{Crosswalk, Level, Node, NodeText, Plan};
use domain::subject::Subject;
use maud::html;
use store::{Kept, Reason};

use super::{facts, series};
use crate::data::{edition, node_code, node_name, shown_source};
use crate::found::owner;
use crate::readings::{Row, Value, by_period, point, speakers, value};
use crate::served::{Listed, listed};
use crate::ui::{Icon, Place, button, code, crumbs, flow, foreign, heading, target_code};
use crate::{Error, Group, Page, Viewer};

/// What the page needs of snapshot and store.
pub(super) struct Shown {
    pub plan: Plan,
    pub node: Node,
    /// The SDG 4 target above it, if it stands below one.
    pub target: Option<NodeId>,
    pub listed: Arc<Listed>,
    pub rows: Vec<Row>,
    pub crosswalks: Vec<Crosswalk>,
    pub text: Option<Kept<(Indicator, IndicatorText)>>,
    pub name: Option<Kept<(Node, NodeText)>>,
    pub reasons: Vec<Kept<(Crosswalk, Reason)>>,
    /// Whence its name and its formula come, as far as the reader may know it.
    pub sources: [Option<String>; 2],
}

impl Shown {
    /// The unit as printed.
    pub fn unit(&self) -> Option<&str> {
        self.text.as_ref()?.row.1.unit.as_deref()
    }

    /// The figure that was read of a period and may be shown.
    pub fn figure(&self, row: &Row) -> Option<Quantity> {
        match value(row.read.as_ref()?, self.unit()) {
            Value::Is(figure) => Some(figure),
            _ => None,
        }
    }

    /// What a line could show, per period.
    pub fn points(&self) -> Vec<Option<Quantity>> {
        let start = self.rows.iter().find_map(|row| row.baseline);
        let known = |row: &Row| {
            let target = || row.target.and_then(|shape| point(shape, start));
            self.figure(row).or(row.baseline).or_else(target)
        };
        self.rows.iter().map(known).collect()
    }

    /// Its name as plain words.
    pub fn words(&self, now: &Now, locale: Locale) -> String {
        let name = now.names.nodes.get(&self.node.id);
        let english = name
            .and_then(|name| name.name_en.clone())
            .filter(|english| !english.is_empty());
        let thai = name
            .map(|name| name.name_th.clone())
            .filter(|thai| !thai.is_empty());
        let (first, second) = match locale {
            Locale::Th => (thai, english),
            Locale::En => (english, thai),
        };
        first.or(second).unwrap_or_default()
    }
}

/// `GET /indicators/{plan}/{code}`.
///
/// # Errors
/// `NotFound` where the plan has no such indicator, or is another province's.
pub async fn show(
    viewer: Viewer,
    Path(parts): Path<HashMap<String, String>>,
) -> Result<Page, Error> {
    let v = &viewer;
    let (plan, printed) = parts
        .get("plan")
        .zip(parts.get("code"))
        .ok_or(Error::NotFound)?;
    let live = v.live()?;
    let mut shown = live.read(|now| look(v, now, plan, printed))?;
    let id = shown.node.id;
    shown.text = store::get(live.store(), id).await?;
    shown.name = store::get(live.store(), id).await?;
    let ids: Vec<_> = shown.crosswalks.iter().map(|row| row.id).collect();
    shown.reasons = store::get_many(live.store(), &ids).await?;
    let (owner, province) = live.read(|now| {
        let (owner, province) = owner(now, Subject::Node(id));
        (owner, province.map(str::to_owned))
    });
    let whose = On::owned(owner, province.as_deref());
    let of_name = shown.name.as_ref().map(|kept| &kept.stamp);
    let of_formula = shown.text.as_ref().map(|kept| &kept.stamp);
    let mut sources = [None, None];
    for (source, stamp) in sources.iter_mut().zip([of_name, of_formula]) {
        let known = stamp.and_then(|stamp| stamp.provenance.as_ref());
        *source = shown_source(v, known, whose).await?;
    }
    shown.sources = sources;
    Ok(live.read(|now| page(v, now, &shown, printed)))
}

fn look(v: &Viewer, now: &Now, plan: &str, printed: &str) -> Result<Shown, Error> {
    let (plan, edition) = edition(v, now, plan, None)?;
    let id = now.node(edition, printed).ok_or(Error::NotFound)?;
    let plans = now.snapshot.plans();
    let node = plans.node(id).filter(|node| node.kind.is_indicator());
    let listed = listed(v, now);
    let speakers = speakers(v, now, &listed);
    let mut up = std::iter::successors(plans.parent(id), |node| plans.parent(node.id));
    let mut crosswalks = plans.crosswalks_to(id);
    crosswalks.extend(plans.crosswalks_from(id));
    Ok(Shown {
        target: up
            .find(|node| node.kind == domain::plan::NodeKind::Target)
            .map(|node| node.id),
        node: node.ok_or(Error::NotFound)?,
        rows: by_period(now, &speakers, id),
        crosswalks,
        plan,
        listed,
        text: None,
        name: None,
        reasons: Vec::new(),
        sources: [None, None],
    })
}

fn page(v: &Viewer, now: &Now, shown: &Shown, printed: &str) -> Page {
    let id = shown.node.id;
    let name = now.names.nodes.get(&id);
    let other = name.and_then(|name| match v.locale {
        Locale::Th => name
            .name_en
            .as_deref()
            .filter(|_| !name.name_th.is_empty())
            .map(|text| foreign(Locale::En, text)),
        Locale::En => (name.name_en.as_deref().is_some_and(|text| !text.is_empty())
            && !name.name_th.is_empty())
        .then(|| foreign(Locale::Th, &name.name_th)),
    });
    let mut above = vec![(flow(&v.say("page.indicators.title")), v.to("/indicators"))];
    match shown.target.and_then(|target| now.names.nodes.get(&target)) {
        Some(target) => {
            let title = v.say_with(
                "page.target.title",
                &[("code", target.code.as_str().into())],
            );
            above.push((flow(&title), v.to_target(&target.code)));
        }
        None => above.push((html! { (shown.plan.code) }, v.to_plan(&shown.plan.code))),
    }
    let sdg = shown.plan.level == Level::Sdg;
    let back = match sdg {
        true => "page.target.in_catalogue",
        false => "page.indicator.in_plan",
    };
    let kind = v
        .say(&format!("page.kind.{}", shown.node.kind))
        .into_owned();
    let page = Page::new(v, format!("{} · {}", node_code(now, id), shown.plan.code))
        .at(Place::Indicators)
        .described(shown.words(now, v.locale))
        .body(html! {
            (crumbs(v, &above, printed))
            (heading(
                html! { @if sdg { (target_code(printed)) } @else { (code(printed)) } " " (node_name(v, now, id)) },
                html! { (flow(&kind)) @if let Some(other) = other { " · " (other) } },
                &[button(&v.to_node(&shown.plan.code, printed), Some(Icon::Book), &v.say(back), false)],
            ))
            (series::figures(v, shown))
            div.cols {
                div {
                    (series::trend(v, now, shown))
                    (facts::relatives(v, now, shown))
                    (facts::history(v, now, shown))
                    (facts::sources(v, shown))
                }
                div {
                    (facts::definition(v, now, shown))
                    (facts::thread(v, now, shown))
                }
            }
        });
    match shown.points().iter().flatten().count() {
        0 | 1 => page,
        _ => page.group(Group::Charts),
    }
}
