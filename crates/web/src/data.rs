//! What the pages about plans and projects share: finding things by the codes of an address, and their words.

use actions::live::Now;
use actions::permission::On;
use domain::ids::{EditionId, NodeId, OrganisationId, ProjectId};
use domain::locale::Locale;
use domain::money::Satang;
use domain::names::{Name, Names};
use domain::organisation::{Organisation, OrganisationText};
use domain::permission::Act;
use domain::plan::{Level, Node, NodeKind, Plan};
use domain::project::Stage;
use domain::provenance::{Certainty, Provenance};
use domain::register::ListPlace;
use domain::time::{FiscalYear, PeriodKind};
use maud::{Markup, html};
use store::Kept;

use crate::address::changed;
use crate::served::listed;
use crate::ui::{ValueState, code, flow, money, name_of, value_state};
use crate::{Error, Viewer};

/// A plan whose pages belong to the province of the address: a national one, or one of its own.
pub fn is_of_province(v: &Viewer, plan: &Plan) -> bool {
    plan.province
        .as_deref()
        .is_none_or(|province| Some(province) == v.province.dopa())
}

/// An organisation whose page belongs to the province of the address: one known there, or nationally.
pub fn knows_organisation(v: &Viewer, text: &OrganisationText) -> bool {
    text.province
        .as_deref()
        .is_none_or(|province| Some(province) == v.province.dopa())
}

/// Puts organisations into the order in which every list shows them.
pub fn in_order(
    v: &Viewer,
    rows: &mut [Kept<(Organisation, OrganisationText)>],
) -> Result<(), Error> {
    v.live()?.read(|now| {
        rows.sort_by_cached_key(|kept| {
            let position = now.names.positions.get(&kept.row.0.id).copied();
            ListPlace::of(position, &kept.row.1.name_th)
        });
    });
    Ok(())
}

/// A project that some plan of the province, or a national one, lists.
pub fn shows_project(v: &Viewer, now: &Now, project: ProjectId) -> bool {
    let mut plans = now
        .snapshot
        .listings_of(project)
        .filter_map(|listing| now.plan_of_node(listing.node));
    plans.any(|plan| is_of_province(v, plan))
}

/// The plan of a code and its edition: the one with the label, else the one in force or the newest draft.
///
/// # Errors
/// `NotFound` also where the plan is another province's.
pub fn edition(
    v: &Viewer,
    now: &Now,
    plan: &str,
    label: Option<&str>,
) -> Result<(Plan, EditionId), Error> {
    let plan = now
        .plan(plan)
        .filter(|plan| is_of_province(v, plan))
        .ok_or(Error::NotFound)?;
    let labelled = |label: &str| {
        let mut editions = now.snapshot.plans().editions_of(plan.id);
        editions
            .find(|edition| edition_label(now, edition.id) == label)
            .map(|edition| edition.id)
    };
    let edition = match label {
        Some(label) => labelled(label),
        None => now.edition_of(plan.id),
    };
    edition
        .map(|edition| (plan.clone(), edition))
        .ok_or(Error::NotFound)
}

/// An element of a plan as an address names it.
#[derive(Debug, Clone)]
pub struct Element {
    /// Its plan.
    pub plan: Plan,
    /// Its edition.
    pub edition: EditionId,
    /// The element.
    pub node: Node,
    /// Its printed code.
    pub code: String,
    /// The label of its edition, where that is not the one in force.
    label: Option<String>,
}

/// The element of a code: in the edition with the label, else in the one in force or the newest draft.
///
/// # Errors
/// `NotFound` also where the plan is another province's.
pub fn element(
    v: &Viewer,
    now: &Now,
    plan: &str,
    code: &str,
    label: Option<&str>,
) -> Result<Element, Error> {
    let (plan, edition) = edition(v, now, plan, label)?;
    let id = now.node(edition, code).ok_or(Error::NotFound)?;
    let node = now.snapshot.plans().node(id).ok_or(Error::NotFound)?;
    Ok(Element {
        label: other_label(now, &plan, edition).map(str::to_owned),
        plan,
        edition,
        node,
        code: code.to_owned(),
    })
}

/// The label of an edition, where an address must name it because another one is in force.
fn other_label<'n>(now: &'n Now, plan: &Plan, edition: EditionId) -> Option<&'n str> {
    (now.edition_of(plan.id) != Some(edition)).then(|| edition_label(now, edition))
}

impl Element {
    /// Its page in the plan, or what lies below it: `/edit`, `/alignments/new`.
    pub fn below(&self, v: &Viewer, rest: &str) -> String {
        let page = v.to_node(&self.plan.code, &self.code);
        let label = self.label.as_deref().unwrap_or_default();
        format!("{page}{rest}{}", changed("", "edition", label))
    }

    /// The label of its edition, where an address must name it; else nothing.
    pub fn label(&self) -> &str {
        self.label.as_deref().unwrap_or_default()
    }
}

/// What tells an edition from the others of its plan.
pub fn edition_label(now: &Now, edition: EditionId) -> &str {
    let name = now.names.editions.get(&edition);
    name.and_then(|name| name.label.as_deref())
        .unwrap_or_default()
}

/// The fiscal year that figures of an edition speak of: its only one, else the latest of any project of the province.
pub fn year_of(v: &Viewer, now: &Now, edition: EditionId) -> Option<FiscalYear> {
    let printed = now.snapshot.plans().edition(edition).and_then(|edition| {
        let one = edition.from_year == edition.to_year;
        let fiscal =
            edition.period_kind == Some(PeriodKind::Fiscal) && !edition.level.is_framework();
        edition.from_year.filter(|_| one && fiscal).map(FiscalYear)
    });
    printed.or_else(|| listed(v, now).year)
}

/// "เป้าหมายย่อย 4.1": printed label and code of a node; its id where the words are not known.
pub fn node_code(now: &Now, node: NodeId) -> String {
    match now.names.nodes.get(&node) {
        Some(Name {
            code,
            label: Some(label),
            ..
        }) if !label.is_empty() => format!("{label} {code}"),
        Some(name) => name.code.clone(),
        None => node.to_string(),
    }
}

/// [`node_code`] for a reader: the label as printed in Thai, what it is in English.
pub fn node_label(v: &Viewer, now: &Now, node: NodeId) -> String {
    let code = now.names.nodes.get(&node).map(|name| name.code.clone());
    match (v.locale, now.snapshot.plans().node(node), code) {
        (Locale::En, Some(node), Some(code)) => {
            format!("{} {code}", v.say(&format!("page.kind.{}", node.kind)))
        }
        _ => node_code(now, node),
    }
}

/// What an element of a plan is called: as its plan prints it, and in English by its kind.
pub fn kind_label(v: &Viewer, kind: NodeKind, printed: Option<&Name>) -> String {
    match v.locale {
        Locale::En => v.say(&format!("page.kind.{kind}")).into_owned(),
        Locale::Th => printed
            .and_then(|name| name.label.clone())
            .unwrap_or_default(),
    }
}

/// The name of a node in the reader's language.
pub fn node_name(v: &Viewer, now: &Now, node: NodeId) -> Markup {
    now.names
        .nodes
        .get(&node)
        .map(|name| name_of(v.locale, name))
        .unwrap_or_default()
}

/// The page of a node of the edition in force, where the codes of addresses lead, or of a draft beside it; `None` for one
/// of a superseded edition. The targets of SDG 4 and indicators in force have pages of their own.
pub fn node_address(v: &Viewer, now: &Now, node: NodeId) -> Option<String> {
    let plan = now.plan_of_node(node)?;
    let here = now.snapshot.plans().edition_of_node(node)?.id;
    let shown = is_of_province(v, plan);
    let name = now.names.nodes.get(&node)?;
    let kind = now.snapshot.plans().node(node)?.kind;
    let target = plan.level == Level::Sdg && kind == NodeKind::Target;
    if let Some(label) = other_label(now, plan, here) {
        let old = now.snapshot.plans().superseded(here);
        let page = v.to_node(&plan.code, &name.code);
        return (shown && !old).then(|| format!("{page}{}", changed("", "edition", label)));
    }
    shown.then(|| match target {
        true => v.to_target(&name.code),
        false if kind.is_indicator() => v.to_indicator(&plan.code, &name.code),
        false => v.to_node(&plan.code, &name.code),
    })
}

/// The name of an organisation.
pub fn organisation_name(v: &Viewer, now: &Now, organisation: OrganisationId) -> Markup {
    let name = now.names.organisations.get(&organisation);
    name.map(|name| name_of(v.locale, name)).unwrap_or_default()
}

/// "12 projects".
pub fn so_many_projects(v: &Viewer, n: u64) -> String {
    v.say_with("page.projects", &[("n", crate::ui::count(n).into())])
}

/// Money, or that nothing is known of it: never a zero that nobody reported.
pub fn money_or_missing(v: &Viewer, amount: Option<Satang>) -> Markup {
    match amount {
        Some(amount) => html! { (flow(&money(v.locale, amount))) },
        None => value_state(v.locale, ValueState::Missing),
    }
}

/// A project in a table or list: its title, which leads to its page, and its code.
pub fn project_cell(v: &Viewer, now: &Now, titles: &Names, project: ProjectId) -> Markup {
    let Some(name) = titles.projects.get(&project) else {
        return html! { (project) };
    };
    html! {
        @match project_address(v, now, name, project) {
            Some(href) => a href=(href) { (name_of(v.locale, name)) },
            None => (name_of(v.locale, name)),
        }
        " " small { (code(&name.code)) }
    }
}

/// The page of a project, in a plan that the province shows.
pub fn project_address(v: &Viewer, now: &Now, name: &Name, project: ProjectId) -> Option<String> {
    let mut plans = now
        .snapshot
        .listings_of(project)
        .filter_map(|listing| now.plan_of_node(listing.node));
    plans
        .find(|plan| is_of_province(v, plan))
        .map(|plan| v.to_project(&plan.code, &name.code))
}

/// Allotted money of a project in its year.
pub fn allotted(now: &Now, project: ProjectId) -> Option<Satang> {
    let ledger = now.snapshot.ledger();
    let ix = ledger.project(project)?;
    ledger
        .of_project(ix, ledger.year(ix)?)
        .money(Stage::Allotted)
}

/// Where a text comes from, as far as the reader may know it: who typed it themselves is named only to whoever may see
/// the work of the organisation, because names of accounts are not public.
///
/// # Errors
/// When a read fails.
pub async fn shown_source(
    v: &Viewer,
    known: Option<&Provenance>,
    whose: On<'_>,
) -> Result<Option<String>, Error> {
    let Some(known) = known else {
        return Ok(None);
    };
    let typed = known.certainty == Certainty::Entered
        && store::permission::person(v.live()?.store(), &known.source)
            .await?
            .is_some();
    let open = !typed || v.allows(Act::See, whose).await.is_ok();
    Ok(open.then(|| known.source.clone()))
}
