//! What comes to somebody from outside their own duties: more that was asked about a record, answers to what they asked,
//! and reminders.

use super::{
    line::Line,
    work::{Kind, Records, Task},
};
use crate::Error;
use chain::Snapshot;
use domain::{
    duty::{Duty, DutyItem},
    ids::{OrganisationId, PersonId, StepRecordId},
    inquiry::{Inquiry, InquiryState},
    organisation::Axis,
    permission::Act,
    reminder::Reminder,
    step::StepRecord,
    time::Period,
};
use jiff::civil::Date;
use std::collections::HashMap;
use store::{Kept, Read};

/// When somebody was reminded last, by whom and in which words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminded {
    /// On which day.
    pub on: Date,
    /// In whose name; `None` = at the computer's shell.
    pub from: Option<OrganisationId>,
    /// In which words.
    pub text: String,
}

/// An open inquiry with the cell it is about.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    inquiry: Inquiry,
    /// The day on which it came to be as it stands.
    pub on: Date,
    pub organisation: OrganisationId,
    cell: (DutyItem, Period),
}

impl Asked {
    /// Whether it waits for the organisation.
    pub fn of_the_organisation(&self) -> bool {
        self.inquiry.state == InquiryState::Asked
    }

    /// Until when an answer is wanted; without a day, since when.
    pub fn due(&self) -> Date {
        self.inquiry.due.unwrap_or(self.on)
    }
}

/// All inquiries and reminders that stand.
#[derive(Debug, Clone, Default)]
pub(super) struct Outside {
    pub asked: Vec<Asked>,
    reminders: HashMap<(OrganisationId, DutyItem, Period), (Reminder, Date)>,
}

impl Outside {
    pub async fn load(read: &impl Read, records: &Records) -> Result<Self, Error> {
        let by_id: HashMap<StepRecordId, &StepRecord> =
            records.values().map(|record| (record.id, record)).collect();
        let asked = |kept: Kept<Inquiry>| {
            let record = by_id.get(&kept.row.record)?;
            Some(Asked {
                on: kept.stamp.recorded_at.thai_day(),
                organisation: record.organisation,
                cell: (record.item, record.period),
                inquiry: kept.row,
            })
        };
        let open = store::steps::open_inquiries(read).await?;
        let all: Vec<Kept<Reminder>> = store::all(read).await?;
        let mut reminders = HashMap::new();
        // In the order in which they were sent: the last one stays.
        for kept in all {
            let key = (kept.row.organisation, kept.row.item, kept.row.period);
            reminders.insert(key, (kept.row, kept.stamp.recorded_at.thai_day()));
        }
        Ok(Self {
            asked: open.into_iter().filter_map(asked).collect(),
            reminders,
        })
    }

    /// What somebody has to answer, and what was answered to their office.
    pub fn tasks(&self, line: &Line, person: PersonId, today: Date) -> Vec<Task> {
        let mut tasks = Vec::new();
        for asked in &self.asked {
            let inquiry = &asked.inquiry;
            let (kind, owners, due) = match (inquiry.state, inquiry.from) {
                (InquiryState::Asked, _) => (
                    Kind::AskedForMore(inquiry.wanted.clone()),
                    line.owners(asked.organisation, Act::RecordStep),
                    inquiry.due,
                ),
                (InquiryState::Answered, Some(from)) => (
                    Kind::Answered,
                    line.carry(from, asked.organisation, Act::AskForMore),
                    None,
                ),
                _ => continue,
            };
            if owners.contains(&person) {
                tasks.push(Task {
                    kind,
                    organisation: asked.organisation,
                    cell: Some(asked.cell),
                    due,
                    overdue: due.is_some_and(|due| due < today),
                    reminded: None,
                });
            }
        }
        tasks
    }

    /// The schools that somebody is asked to coordinate, as long as one of them is open.
    pub fn coordination(
        &self,
        snapshot: &Snapshot,
        line: &Line,
        person: PersonId,
        today: Date,
    ) -> Vec<Task> {
        let mut tasks = Vec::new();
        for ((organisation, item, period), (reminder, _)) in &self.reminders {
            let owners = || line.owners(*organisation, Act::Remind);
            if reminder.schools == 0 || !owners().contains(&person) {
                continue;
            }
            let below = snapshot.duties_below(Axis::ReportsTo, *organisation, *item, *period);
            let open: Vec<&Duty> = below
                .into_iter()
                .flatten()
                .filter(|duty| duty.organisation != *organisation && duty.is_open(today))
                .collect();
            let Some(due) = open.iter().map(|duty| duty.due).min() else {
                continue;
            };
            tasks.push(Task {
                kind: Kind::Coordinate(open.len()),
                organisation: *organisation,
                cell: Some((*item, *period)),
                due: Some(due),
                overdue: due < today,
                reminded: None,
            });
        }
        tasks
    }

    /// Says of every task whether somebody was reminded of it.
    pub fn mark(&self, tasks: &mut [Task]) {
        for task in tasks {
            let Some((item, period)) = task.cell else {
                continue;
            };
            let reminder = self.reminders.get(&(task.organisation, item, period));
            let meant = |reminder: &Reminder| match task.kind {
                Kind::Coordinate(_) => reminder.schools > 0,
                Kind::AskedForMore(_) | Kind::Answered | Kind::Mend { .. } => false,
                _ => reminder.own,
            };
            task.reminded =
                reminder
                    .filter(|(reminder, _)| meant(reminder))
                    .map(|(reminder, on)| Reminded {
                        on: *on,
                        from: reminder.from,
                        text: reminder.text.clone(),
                    });
        }
    }
}
