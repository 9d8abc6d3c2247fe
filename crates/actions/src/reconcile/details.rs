//! What belongs to projects: activities, known by their titles, and money, known by everything but the amount.

use super::{
    Source,
    corrected::{conflict, merge, said},
    settle::{Desk, Want},
    standing::{Named, Occurrences, ProjectKey},
};
use crate::{
    Error,
    wanted::{Detail, WantedDetail, WantedLine},
};
use domain::{
    ids::{ActivityId, BudgetLineId, ProjectId},
    issue::{Issues, Place},
    project::{Activity, BudgetLine, ExpenseCategory, ExpenseKind, Stage},
    provenance::Provenance,
    text::search_key,
    time::FiscalPeriod,
};
use std::collections::{HashMap, HashSet};
use store::Kept;

/// An activity as the source says it.
struct Titled {
    position: u32,
    title: String,
    place: Place,
    provenance: Provenance,
}

/// What the source says belongs to projects.
#[derive(Default)]
pub(super) struct Belongings {
    activities: Vec<(ProjectKey, Titled)>,
    lines: Vec<(ProjectKey, WantedLine, Provenance)>,
    /// Projects of which the source gives every activity.
    all_activities: HashSet<ProjectKey>,
    /// Projects of which the source gives every line of money.
    all_lines: HashSet<ProjectKey>,
}

impl Belongings {
    /// Everything that belongs to a project of the source.
    pub fn whole(
        &mut self,
        project: &ProjectKey,
        titles: Vec<(String, Place)>,
        lines: Vec<WantedLine>,
        provenance: &Provenance,
    ) {
        self.all_activities.insert(project.clone());
        self.all_lines.insert(project.clone());
        for (position, (title, place)) in (1..).zip(titles) {
            let provenance = provenance.clone();
            let row = Titled {
                position,
                title,
                place,
                provenance,
            };
            self.activities.push((project.clone(), row));
        }
        for line in lines {
            self.lines.push((project.clone(), line, provenance.clone()));
        }
    }

    /// One row that the source adds to a project which it does not itself describe.
    pub fn add(&mut self, project: ProjectKey, detail: WantedDetail) {
        match detail.detail {
            Detail::Activity { position, title } => {
                self.all_activities.insert(project.clone());
                let row = Titled {
                    position,
                    title,
                    place: detail.place,
                    provenance: detail.provenance,
                };
                self.activities.push((project, row));
            }
            Detail::Line(line) => self.lines.push((project, line, detail.provenance)),
        }
    }
}

pub(super) async fn settle(
    desk: &mut Desk<'_>,
    belongings: Belongings,
    ids: &HashMap<ProjectKey, ProjectId>,
    source: &Source,
) -> Result<(), Error> {
    let Belongings {
        activities,
        lines,
        all_activities,
        all_lines,
    } = belongings;
    let codes: HashMap<ProjectId, &str> = ids
        .iter()
        .map(|((_, code), id)| (*id, code.as_str()))
        .collect();
    let id = |key: &ProjectKey| ids.get(key).copied();
    let whole: HashSet<ProjectId> = all_lines.iter().filter_map(id).collect();
    let spoken_of = all_activities.iter().filter_map(id).collect();
    let wanted = activities
        .into_iter()
        .filter_map(|(key, row)| Some((id(&key)?, row)))
        .collect();
    let of = OfActivities {
        spoken_of,
        whole: &whole,
        codes: &codes,
    };
    of.settle(desk, wanted, source).await?;

    let wanted = lines
        .into_iter()
        .filter_map(|(key, line, provenance)| Some((id(&key)?, line, provenance)))
        .collect();
    settle_lines(desk, wanted, &whole, &codes).await
}

/// Project, folded title, and which of several equal ones: an id never passes to another title.
type ActivityKey = (ProjectId, String, usize);

/// The projects whose activities are compared.
struct OfActivities<'a> {
    spoken_of: HashSet<ProjectId>,
    whole: &'a HashSet<ProjectId>,
    codes: &'a HashMap<ProjectId, &'a str>,
}

impl OfActivities<'_> {
    async fn settle(
        self,
        desk: &mut Desk<'_>,
        wanted: Vec<(ProjectId, Titled)>,
        source: &Source,
    ) -> Result<(), Error> {
        let Self { whole, codes, .. } = self;
        let projects: Vec<ProjectId> = self.spoken_of.into_iter().collect();
        let mut standing = store::of::<Activity, ProjectId>(desk.tx(), &projects).await?;
        // Ids grow in the order of recording and stay, positions do not: equal titles keep their numbers.
        standing.sort_by_key(|kept| kept.row.id);
        let named =
            |project: ProjectId, title: &str, numbers: &mut Occurrences<(ProjectId, String)>| {
                let (project, folded) = (project, search_key(title));
                let number = numbers.next(&(project, folded.clone()));
                let code = codes.get(&project).copied().unwrap_or_default();
                Named {
                    key: (project, folded, number),
                    words: format!("{code} · {title}{}", again(number)),
                }
            };
        let said = printed(desk, &standing, &wanted, source).await?;
        let mut numbers = Occurrences::new();
        let keys: HashMap<ActivityId, Named<ActivityKey>> = standing
            .iter()
            .map(|Kept { row, .. }| {
                let title = said.get(&row.id).unwrap_or(&row.title);
                (row.id, named(row.project, title, &mut numbers))
            })
            .collect();
        let stand: HashMap<Named<ActivityKey>, &Activity> = standing
            .iter()
            .filter_map(|kept| Some((keys.get(&kept.row.id)?.clone(), &kept.row)))
            .collect();
        let mut numbers = Occurrences::new();
        let (mut rows, mut conflicts) = (0, Issues::new());
        let mut wants = Vec::new();
        for (project, row) in wanted {
            let key = named(project, &row.title, &mut numbers);
            let (position, mut title) = (row.position, row.title);
            let mut keeps = false;
            if let Some(stands) = stand.get(&key)
                && let Some(said) = said.get(&stands.id)
            {
                let (stands, wanted) = ([Some(stands.title.clone())], [Some(title)]);
                let merged = merge(&[Some(said.clone())], &stands, &wanted);
                for n in &merged.conflicts {
                    let code = codes.get(&project).copied().unwrap_or_default();
                    let field = "project.words.activity";
                    let both = (&stands[*n], &wanted[*n]);
                    let whose = ("thing.project", code);
                    conflicts.push(conflict(&row.place, whose, field, both));
                }
                let [merged_title] = merged.texts;
                title = merged_title.unwrap_or_default();
                keeps = merged.kept;
                rows += usize::from(keeps);
            }
            let stands = keeps || stand.contains_key(&key);
            let provenance = (!keeps).then_some(row.provenance);
            wants.push(Want {
                provenance: provenance
                    .and_then(|it| self::source(it, whole.contains(&project), stands)),
                key,
                standing_wins: false,
                make: Box::new(move |id, _: Option<&Activity>| Activity {
                    id,
                    project,
                    position,
                    title,
                }) as _,
            });
        }
        desk.kept("activity", rows, conflicts);
        let key = |activity: &Activity| keys.get(&activity.id).cloned();
        desk.settle("activity", standing.clone(), key, |a| a.id, wants)
            .await?;
        Ok(())
    }
}

/// The titles that the source last said of activities that people put right: by them it goes on to know these, unless
/// it has taken the new title over.
async fn printed(
    desk: &Desk<'_>,
    standing: &[Kept<Activity>],
    wanted: &[(ProjectId, Titled)],
    source: &Source,
) -> Result<HashMap<ActivityId, String>, Error> {
    let says: HashSet<(ProjectId, String)> = wanted
        .iter()
        .map(|(project, row)| (*project, search_key(&row.title)))
        .collect();
    let origins: HashMap<ProjectId, &Provenance> = wanted
        .iter()
        .map(|(project, row)| (*project, &row.provenance))
        .collect();
    let others: Vec<&Kept<Activity>> = standing
        .iter()
        .filter(|kept| {
            let origin = origins.get(&kept.row.project).copied();
            origin.is_some() && kept.stamp.provenance.as_ref() != origin
        })
        .collect();
    let said = said(desk.tx(), &others, source, |row: &Activity| {
        [Some(row.title.clone())]
    })
    .await?;
    let mut printed = HashMap::new();
    for kept in others {
        let Some([Some(title)]) = said.get(&kept.row.id.0) else {
            continue;
        };
        let says = |title: &str| says.contains(&(kept.row.project, search_key(title)));
        if *title != kept.row.title && (says(title) || !says(&kept.row.title)) {
            printed.insert(kept.row.id, title.clone());
        }
    }
    Ok(printed)
}

/// Everything of a line but its amount, and which of several equal ones.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct LineKey {
    project: ProjectId,
    period: FiscalPeriod,
    stage: Stage,
    source: Option<String>,
    category: Option<ExpenseCategory>,
    kind: Option<ExpenseKind>,
    number: usize,
}

impl LineKey {
    /// "P1 · allotted 2570 · operations": codes, because the report is kept beside the event.
    fn named(
        mut self,
        codes: &HashMap<ProjectId, &str>,
        numbers: &mut Occurrences<Self>,
    ) -> Named<Self> {
        self.number = numbers.next(&self);
        let code = codes.get(&self.project).copied().unwrap_or_default();
        let quarter = self
            .period
            .of_quarter()
            .map_or("", |quarter| quarter.code());
        let year = self.period.fiscal_year().0;
        let mut words = format!("{code} · {} {year}{quarter}", self.stage);
        let parts = [
            self.source.as_deref(),
            self.category.map(|category| category.code()),
            self.kind.map(|kind| kind.code()),
        ];
        for part in parts.into_iter().flatten() {
            words.push_str(" · ");
            words.push_str(part);
        }
        words.push_str(&again(self.number));
        Named { key: self, words }
    }
}

async fn settle_lines(
    desk: &mut Desk<'_>,
    wanted: Vec<(ProjectId, WantedLine, Provenance)>,
    whole: &HashSet<ProjectId>,
    codes: &HashMap<ProjectId, &str>,
) -> Result<(), Error> {
    let mut projects = whole.clone();
    projects.extend(wanted.iter().map(|(project, ..)| *project));
    let projects: Vec<ProjectId> = projects.into_iter().collect();
    let mut standing = store::of::<BudgetLine, ProjectId>(desk.tx(), &projects).await?;
    // A table of money alone speaks of the stages and periods that it names, and of no others.
    let named: HashSet<(ProjectId, FiscalPeriod, Stage)> = wanted
        .iter()
        .map(|(project, line, _)| (*project, line.period, line.stage))
        .collect();
    standing.retain(|Kept { row, .. }| {
        whole.contains(&row.project) || named.contains(&(row.project, row.period, row.stage))
    });
    // Ids grow in the order of recording and stay: equal lines keep their numbers when an amount changes.
    standing.sort_by_key(|kept| kept.row.id);
    let mut numbers = Occurrences::new();
    let keys: HashMap<BudgetLineId, Named<LineKey>> = standing
        .iter()
        .map(|Kept { row, .. }| {
            let key = LineKey {
                project: row.project,
                period: row.period,
                stage: row.stage,
                source: row.source.clone(),
                category: row.category,
                kind: row.kind,
                number: 0,
            };
            (row.id, key.named(codes, &mut numbers))
        })
        .collect();
    let stand: HashSet<Named<LineKey>> = keys.values().cloned().collect();
    let mut numbers = Occurrences::new();
    let wants = wanted
        .into_iter()
        .map(|(project, line, provenance)| {
            let key = LineKey {
                project,
                period: line.period,
                stage: line.stage,
                source: line.source.clone(),
                category: line.category,
                kind: line.kind,
                number: 0,
            };
            let key = key.named(codes, &mut numbers);
            Want {
                provenance: source(provenance, whole.contains(&project), stand.contains(&key)),
                key,
                standing_wins: false,
                make: Box::new(move |id, _: Option<&BudgetLine>| BudgetLine {
                    id,
                    project,
                    period: line.period,
                    stage: line.stage,
                    source: line.source,
                    category: line.category,
                    kind: line.kind,
                    amount: line.amount,
                }) as _,
            }
        })
        .collect();
    let key = |line: &BudgetLine| keys.get(&line.id).cloned();
    desk.settle("budget_line", standing, key, |line| line.id, wants)
        .await?;
    Ok(())
}

/// A table without its projects says nothing about where its rows were read: what stands keeps its own word.
fn source(provenance: Provenance, whole: bool, stands: bool) -> Option<Provenance> {
    (whole || !stands).then_some(provenance)
}

/// " (2)" for the second of several equal ones.
fn again(number: usize) -> String {
    match number {
        0 => String::new(),
        _ => format!(" ({})", number + 1),
    }
}
