//! What the rules found about the plans of the province, with the way to each thing.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use actions::derived::Question;
use actions::live::{Live, Now};
use actions::people::Line;
use checks::{Beside, Report, Scope, Subject};
use domain::ids::{EditionId, OrganisationId, ProjectId};
use domain::issue::Arg;
use domain::locale::Locale;
use domain::names::Names;
use domain::permission::Act;
use domain::time::Moment;
use domain::waiver::FAMILY;
use jiff::civil::Date;
use jiff::tz::Offset;
use maud::{Markup, html};

use crate::data::{node_address, node_label, project_address};
use crate::reach::reaches;
use crate::served::listed;
use crate::ui::{FindingRow, flow, name_of, small_button};
use crate::{Error, Viewer};

/// The findings of some editions of plans.
pub struct Found {
    /// Those that count, each with its thing.
    pub rows: Vec<(Subject, checks::Row)>,
    /// Those that are waived, each with its thing.
    pub waived: Vec<(Subject, checks::WaivedRow)>,
    /// Codes and titles of every project that the editions list.
    pub titles: Arc<Names>,
}

/// What the rules find on a day in some editions, and in what the organisations of a province owe.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct FoundIn {
    editions: BTreeSet<EditionId>,
    province: Option<&'static str>,
    today: Date,
}

impl Question for FoundIn {
    type Answer = Found;
    const MOST: usize = 200;
}

/// The day of a moment on a calendar in Thailand.
pub fn day_of(now: Moment) -> Date {
    let stamp = jiff::Timestamp::from_microsecond(now.0).unwrap_or_default();
    Offset::constant(7).to_datetime(stamp).date()
}

impl Found {
    /// What every rule finds in these editions today: asked once for a snapshot and a day.
    ///
    /// # Errors
    /// When the titles of the projects cannot be read.
    pub async fn of(v: &Viewer, live: &Live, editions: &[EditionId]) -> Result<Arc<Self>, Error> {
        Self::answer(v, live, editions, None).await
    }

    /// What every rule finds in the plans of the province of the address and in what its organisations owe, as far as the
    /// reader may see it: an organisation without people is named to those alone who see its work.
    ///
    /// # Errors
    /// As [`Self::of`].
    pub async fn of_province(v: &Viewer, live: &Live) -> Result<Arc<Self>, Error> {
        let editions = live.read(|now| listed(v, now).editions.clone());
        let found = Self::answer(v, live, &editions, v.province.dopa()).await?;
        let hidden = live.read(|now| {
            let subjects = found.rows.iter().map(|(subject, _)| *subject);
            let waived = found.waived.iter().map(|(subject, _)| *subject);
            let hidden = subjects
                .chain(waived)
                .filter(|subject| !is_shown(v, now, *subject));
            hidden.collect::<HashSet<Subject>>()
        });
        if hidden.is_empty() {
            return Ok(found);
        }
        let rows = found
            .rows
            .iter()
            .filter(|(subject, _)| !hidden.contains(subject));
        let waived = found
            .waived
            .iter()
            .filter(|(subject, _)| !hidden.contains(subject));
        Ok(Arc::new(Self {
            rows: rows.cloned().collect(),
            waived: waived.cloned().collect(),
            titles: found.titles.clone(),
        }))
    }

    async fn answer(
        v: &Viewer,
        live: &Live,
        editions: &[EditionId],
        province: Option<&'static str>,
    ) -> Result<Arc<Self>, Error> {
        let question = FoundIn {
            editions: editions.iter().copied().collect(),
            province,
            today: day_of(v.app().now()),
        };
        let derived = live.read(|now| now.derived.clone());
        if let Some(kept) = derived.kept(&question) {
            return Ok(kept);
        }
        // Findings of an edition also speak of its projects of other years.
        let named: BTreeSet<ProjectId> = live.read(|now| {
            let nodes = question
                .editions
                .iter()
                .flat_map(|edition| now.snapshot.plans().nodes_of(*edition));
            nodes
                .flat_map(|node| now.snapshot.projects_listed(node.id))
                .collect()
        });
        let titles = live.titles(&Vec::from_iter(named)).await?;
        let line = match province {
            Some(_) => Line::load(live.store(), question.today).await?,
            None => Line::default(),
        };
        let found = live.read(|now| Self::ask(now, &question, titles, &line));
        Ok(derived.keep(&question, found))
    }

    fn ask(now: &Now, question: &FoundIn, titles: Names, line: &Line) -> Self {
        let titles = Arc::new(titles);
        if question.editions.is_empty() && question.province.is_none() {
            return Self {
                rows: Vec::new(),
                waived: Vec::new(),
                titles,
            };
        }
        let today = question.today;
        let organisations = question.province.map(|code| line.organisations_of(code));
        let scope = Scope {
            editions: Some(question.editions.iter().copied().collect()),
            organisations,
            today,
        };
        let unattended = match question.province {
            Some(code) => line.unattended(Some(code)),
            None => Vec::new(),
        };
        let names = Names {
            projects: titles.projects.clone(),
            ..now.names.clone()
        };
        let beside = Beside {
            names: &names,
            waivers: &now.waivers,
            mentions: &now.mentions,
            unattended: &unattended,
        };
        let found = checks::run(&now.snapshot, &scope, beside);
        let subjects: HashMap<(&str, String), Subject> = found
            .iter()
            .map(|finding| {
                (
                    (finding.subject.kind(), finding.subject.id()),
                    finding.subject,
                )
            })
            .collect();
        let report = Report::new(today, &checks::rules(), &found, beside);
        let subject = |row: &checks::Row| {
            let key = (row.subject.kind, row.subject.id.clone());
            subjects.get(&key).copied()
        };
        let (mut rows, waived) = (report.findings, report.waived.into_iter());
        // What must be repaired stands first; within a severity the order by rule stays.
        rows.sort_by_key(|row| row.severity);
        let rows = rows.into_iter();
        Self {
            rows: rows.filter_map(|row| Some((subject(&row)?, row))).collect(),
            waived: waived
                .filter_map(|waived| Some((subject(&waived.row)?, waived)))
                .collect(),
            titles,
        }
    }
}

/// Whether the reader may see that something was found there: plans are public, and who works where is not.
fn is_shown(v: &Viewer, now: &Now, subject: Subject) -> bool {
    match subject {
        Subject::Organisation(id) => reaches(v, now, Act::See, Some(id), v.province.dopa()),
        Subject::Edition(_) | Subject::Node(_) | Subject::Project(_) => true,
    }
}

/// The page of the thing that a finding is about.
fn address(v: &Viewer, now: &Now, titles: &Names, subject: Subject) -> Option<String> {
    match subject {
        Subject::Project(id) => project_address(v, now, titles.projects.get(&id)?, id),
        Subject::Node(id) => node_address(v, now, id),
        Subject::Edition(id) => now.plan_of(id).map(|plan| v.to_plan(&plan.code)),
        Subject::Organisation(id) => {
            let name = now.names.organisations.get(&id);
            name.map(|name| v.to_organisation(&name.code))
        }
    }
}

/// Who answers for what a finding is about, and the province of its plan; nobody where a plan names no owner.
pub fn owner(now: &Now, subject: Subject) -> (Option<OrganisationId>, Option<&str>) {
    let edition = match subject {
        Subject::Project(id) => {
            return (now.snapshot.project(id).map(|project| project.owner), None);
        }
        Subject::Organisation(id) => return (Some(id), None),
        Subject::Edition(id) => Some(id),
        Subject::Node(id) => now.snapshot.plans().edition_of_node(id).map(|it| it.id),
    };
    let owner = edition.and_then(|id| now.snapshot.plans().edition(id)?.owner);
    let plan = edition.and_then(|id| now.plan_of(id));
    (owner, plan.and_then(|plan| plan.province.as_deref()))
}

/// The way to a waiver, for whose role reaches what it is about. What is found at waivers themselves is not waived: the
/// waiver that waives nothing, or is over, is withdrawn.
pub fn waive(v: &Viewer, now: &Now, row: &checks::Row, subject: Subject) -> Option<Markup> {
    if row.code.starts_with(FAMILY) {
        return match row.args.get("rule")? {
            Arg::Text(rule) => withdraw(v, now, rule, subject),
            _ => None,
        };
    }
    let to = v.to_waive(row.code, subject);
    may_waive(v, now, subject).then(|| small_button(&to, &v.say("page.waive.button")))
}

/// The way to withdraw the waiver that stands, for the same people.
pub fn withdraw(v: &Viewer, now: &Now, rule: &str, subject: Subject) -> Option<Markup> {
    let to = v.to_withdraw(rule, subject);
    may_waive(v, now, subject).then(|| small_button(&to, &v.say("page.withdraw.button")))
}

fn may_waive(v: &Viewer, now: &Now, subject: Subject) -> bool {
    let (owner, province) = owner(now, subject);
    let province = province.or(v.province.dopa());
    reaches(v, now, Act::WaiveFinding, owner, province)
}

/// Findings, each with its rule's page and the page of its thing. Organisations are not named: this is public.
pub fn show(v: &Viewer, now: &Now, titles: &Names, all: &[(Subject, checks::Row)]) -> Markup {
    let each = all.iter().map(|(subject, row)| (*subject, row, None));
    list(v, now, titles, each.collect())
}

/// Findings that are waived, each with the reason and the end in the place of what to do. Who gave the waiver is in the
/// trail, not on a public page.
pub fn show_waived(
    v: &Viewer,
    now: &Now,
    titles: &Names,
    all: &[(Subject, checks::WaivedRow)],
) -> Markup {
    let each = all.iter();
    let each = each.map(|(subject, waived)| (*subject, &waived.row, Some(&waived.waiver)));
    list(v, now, titles, each.collect())
}

fn list(
    v: &Viewer,
    now: &Now,
    titles: &Names,
    all: Vec<(Subject, &checks::Row, Option<&checks::WaiverRow>)>,
) -> Markup {
    let hrefs: Vec<String> = all.iter().map(|(_, row, _)| v.to_rule(row.code)).collect();
    let rows: Vec<FindingRow<'_>> = all
        .iter()
        .zip(&hrefs)
        .map(|((subject, row, waiver), rule)| {
            let name = match subject {
                Subject::Project(id) => titles.projects.get(id),
                other => other.name(&now.names),
            };
            let label = match (v.locale, subject) {
                (Locale::En, Subject::Node(id)) => node_label(v, now, *id),
                _ => format!("{} {}", row.subject.label_th.as_deref().unwrap_or_default(), row.subject.code),
            };
            let thing = html! { (flow(label.trim())) " " @if let Some(name) = name { (name_of(v.locale, name)) } };
            FindingRow {
                severity: row.severity,
                rule: row.code,
                rule_href: Some(rule),
                what: flow(row.sentence.text(v.locale)),
                why: html! {
                    @match address(v, now, titles, *subject) { Some(href) => a href=(href) { (thing) }, None => (thing) }
                    @match (waiver, &row.hint) {
                        (Some(waiver), _) => { br; b { (flow(&waiver.sentence(v.locale))) } }
                        (None, Some(hint)) => { br; (flow(hint.text(v.locale))) }
                        (None, None) => {}
                    }
                },
                next: Vec::from_iter(match waiver {
                    Some(_) => withdraw(v, now, row.code, *subject),
                    None => waive(v, now, row, *subject),
                }),
            }
        })
        .collect();
    FindingRow::show_all(v.locale, &rows)
}
