//! My work (งานของฉัน): what somebody has to do, by the day it is due; and what nobody who still works here answers for.
//!
//! A task is of whoever is nearest: a school's record is the school planner's; where the school has nobody, it is the
//! coordinator's of the agency above. So a coordinator is not shown what two hundred teachers do themselves.

use super::{
    asked::{Asked, Outside, Reminded},
    line::Line,
};
use crate::Error;
use chain::Snapshot;
use domain::{
    duty::{Duty, DutyItem},
    ids::{OrganisationId, PersonId},
    issue::{Arg, Issue, Place, Severity},
    permission::Act,
    step::{StepRecord, StepState},
    subject::Subject,
    time::Period,
};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};
use store::{Kept, Read};

/// What is to be done about something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Nothing is recorded yet.
    Record,
    /// The provincial office drafted it: to be taken over, or corrected.
    TakeOver,
    /// It came back, and why.
    Returned(String),
    /// It is recorded and waits for a certification.
    Certify,
    /// More was asked about what is recorded: what.
    AskedForMore(String),
    /// What their office asked is answered, and waits to be read and closed.
    Answered,
    /// The provincial office asks to coordinate schools that have not reported: how many.
    Coordinate(usize),
    /// A rule found something that the organisation can mend.
    Mend {
        /// Code of the rule.
        rule: &'static str,
        /// How much it matters.
        severity: Severity,
        /// About what.
        subject: Subject,
    },
}

/// One thing to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// What is to be done.
    pub kind: Kind,
    /// For which organisation.
    pub organisation: OrganisationId,
    /// The cell of the board; of a finding, none.
    pub cell: Option<(DutyItem, Period)>,
    /// Its last day; of a finding, none.
    pub due: Option<Date>,
    /// Whether that day has passed.
    pub overdue: bool,
    /// When they were reminded of it last, if ever.
    pub reminded: Option<Reminded>,
}

/// What a rule found at something of an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Code of the rule.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// About what.
    pub subject: Subject,
    /// Whose it is.
    pub organisation: OrganisationId,
}

/// Everything somebody has to do, by the day it is due; what has no day comes last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Work {
    /// The tasks.
    pub tasks: Vec<Task>,
}

impl Work {
    /// The tasks of one person, out of what is asked, recorded and found.
    pub fn of<'a>(
        line: &Line,
        person: PersonId,
        duties: impl IntoIterator<Item = &'a Duty>,
        records: &Records,
        found: &[Found],
        today: Date,
    ) -> Self {
        let mut owned = Owned {
            line,
            person,
            known: HashMap::new(),
        };
        let mut tasks = Vec::new();
        for duty in duties.into_iter().filter(|duty| duty.applicable) {
            let (kind, act) = match open(duty, records) {
                Some(open) => open,
                None => continue,
            };
            // A round that is not open can only be waited for.
            if kind == Kind::Record && duty.opens() > today {
                continue;
            }
            if owned.by(duty.organisation, act) {
                tasks.push(Task {
                    kind,
                    organisation: duty.organisation,
                    cell: Some((duty.item, duty.period)),
                    due: Some(duty.due),
                    overdue: duty.due < today,
                    reminded: None,
                });
            }
        }
        for found in found {
            if owned.by(found.organisation, Act::EditText) {
                tasks.push(Task {
                    kind: Kind::Mend {
                        rule: found.rule,
                        severity: found.severity,
                        subject: found.subject,
                    },
                    organisation: found.organisation,
                    cell: None,
                    due: None,
                    overdue: false,
                    reminded: None,
                });
            }
        }
        let mut work = Self { tasks };
        work.sort();
        work
    }

    fn sort(&mut self) {
        let key = |task: &Task| (task.due.unwrap_or(Date::MAX), task.cell, task.organisation);
        self.tasks.sort_by_key(key);
    }

    /// How many are overdue.
    pub fn overdue(&self) -> usize {
        self.tasks.iter().filter(|task| task.overdue).count()
    }
}

/// The standing step records by cell.
pub type Records = HashMap<(OrganisationId, DutyItem, Period), StepRecord>;

/// What is still to be done about a duty, and by which right; of one that is certified or reported, nothing.
fn open(duty: &Duty, records: &Records) -> Option<(Kind, Act)> {
    let record = records.get(&(duty.organisation, duty.item, duty.period));
    let Some(record) = record else {
        return match duty.reported_on {
            Some(_) => None,
            None => Some((Kind::Record, Act::RecordStep)),
        };
    };
    match record.state {
        StepState::Drafted => Some((Kind::TakeOver, Act::RecordStep)),
        StepState::Returned => {
            let why = record.returned.clone().unwrap_or_default();
            Some((Kind::Returned(why), Act::RecordStep))
        }
        StepState::Recorded => Some((Kind::Certify, Act::Certify)),
        StepState::Certified => None,
    }
}

/// Whether the person owns an act at an organisation, asked once for each.
struct Owned<'l> {
    line: &'l Line,
    person: PersonId,
    known: HashMap<(OrganisationId, Act), bool>,
}

impl Owned<'_> {
    fn by(&mut self, organisation: OrganisationId, act: Act) -> bool {
        let (line, person) = (self.line, self.person);
        let known = self.known.entry((organisation, act));
        *known.or_insert_with(|| line.owners(organisation, act).contains(&person))
    }
}

/// What is read for it: who answers for what, and what is recorded. Duties are in the snapshot.
#[derive(Debug, Clone)]
pub struct AtHand {
    line: Line,
    records: Records,
    outside: Outside,
    today: Date,
}

impl AtHand {
    /// As it is recorded on a day.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn load(read: &impl Read, today: Date) -> Result<Self, Error> {
        let all: Vec<Kept<StepRecord>> = store::all(read).await?;
        let key = |record: &StepRecord| (record.organisation, record.item, record.period);
        let records: Records = all
            .into_iter()
            .map(|kept| (key(&kept.row), kept.row))
            .collect();
        Ok(Self {
            line: Line::load(read, today).await?,
            outside: Outside::load(read, &records).await?,
            records,
            today,
        })
    }

    /// What somebody has to do. `found` is what the rules found about projects and plans.
    pub fn work(&self, snapshot: &Snapshot, person: PersonId, found: &[Found]) -> Work {
        let (duties, line, today) = (every_duty(snapshot), &self.line, self.today);
        let mut work = Work::of(line, person, duties, &self.records, found, today);
        let outside = &self.outside;
        work.tasks.extend(outside.tasks(line, person, today));
        work.tasks
            .extend(outside.coordination(snapshot, line, person, today));
        outside.mark(&mut work.tasks);
        work.sort();
        work
    }

    /// Every item without a living owner.
    pub fn unowned(&self, snapshot: &Snapshot) -> Vec<Unowned> {
        let asked = &self.outside.asked;
        Unowned::among(&self.line, every_duty(snapshot), &self.records, asked)
    }

    /// Who answers for what.
    pub fn line(&self) -> &Line {
        &self.line
    }
}

/// Work of an organisation for which nobody who still works here holds a role, at it or above it (OWNER-003).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unowned {
    /// Whose work.
    pub organisation: OrganisationId,
    /// What nobody does: record or certify.
    pub act: Act,
    /// How many things wait.
    pub waiting: usize,
    /// The first day on which one of them is due.
    pub due: Date,
}

impl Unowned {
    /// What should be looked at, in words; `code` is how people know the organisation.
    pub fn issue(&self, code: &str) -> Issue {
        let at = Place::Thing {
            what: "organisation",
            code: code.to_owned(),
            id: self.organisation.to_string(),
        };
        Issue::warning(at, "people.unowned")
            .with("act", Arg::Key(self.act.key()))
            .with("waiting", self.waiting)
            .with("due", self.due)
    }

    /// All of them, out of what is owed, recorded and asked: by the day they are due.
    fn among<'a>(
        line: &Line,
        duties: impl IntoIterator<Item = &'a Duty>,
        records: &Records,
        asked: &[Asked],
    ) -> Vec<Self> {
        let mut waiting: BTreeMap<(OrganisationId, Act), (usize, Date)> = BTreeMap::new();
        let mut add = |organisation, act, due: Date| {
            let entry = waiting.entry((organisation, act)).or_insert((0, due));
            *entry = (entry.0 + 1, entry.1.min(due));
        };
        for duty in duties.into_iter().filter(|duty| duty.applicable) {
            if let Some((_, act)) = open(duty, records) {
                add(duty.organisation, act, duty.due);
            }
        }
        for asked in asked.iter().filter(|asked| asked.of_the_organisation()) {
            add(asked.organisation, Act::RecordStep, asked.due());
        }
        let mut all: Vec<Self> = waiting
            .into_iter()
            .filter(|((organisation, act), _)| line.owners(*organisation, *act).is_empty())
            .map(|((organisation, act), (waiting, due))| Self {
                organisation,
                act,
                waiting,
                due,
            })
            .collect();
        all.sort_by_key(|it| (it.due, it.organisation, it.act));
        all
    }
}

fn every_duty(snapshot: &Snapshot) -> impl Iterator<Item = &Duty> {
    let asked = snapshot.duties().asked();
    asked.flat_map(|(item, period)| snapshot.duties_of(item, period))
}
