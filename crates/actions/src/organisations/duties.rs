//! What is still to be reported by an organisation that closes, with what is recorded for it and not certified: it goes
//! over to another one, or is asked of nobody any more.

use super::{
    check::Check,
    desk::{Consequences, RecordAt},
    register::{Ids, Register},
};
use domain::{
    duty::Duty,
    ids::{DutyId, OrganisationId},
    step::{KeptRecord, StepRecord, StepState},
};
use jiff::civil::Date;

/// So many records are named in a sentence; of the others their number.
const NAMED: usize = 12;

/// What an organisation has to report for periods that end on a day or after it, and neither reported nor certified
/// otherwise. What belongs to periods before it is history and stays.
fn open(register: &Register, id: OrganisationId, day: Date) -> Vec<Duty> {
    let certified = |duty: &Duty| {
        let record = register.record_at(id, duty.item, duty.period);
        record.is_some_and(|record| record.state == StepState::Certified)
    };
    let open = |duty: &&Duty| {
        let asked = duty.reported_on.is_none() && duty.period.last_day() >= day;
        duty.organisation == id && asked && !certified(duty)
    };
    register.duties.all().filter(open).copied().collect()
}

/// What is recorded for an open duty (drafted, waiting for its approver, or sent back), and what of others is read there.
fn begun(register: &Register, duty: &Duty) -> Vec<StepRecord> {
    let (id, item, period) = (duty.organisation, duty.item, duty.period);
    let own = register.record_at(id, item, period).cloned();
    let kept = register.kept_at(id, item, period);
    own.into_iter().chain(kept).collect()
}

/// An organisation that closes without anybody who goes on for it does not take begun records with it unseen: they are
/// certified first, or given up by name.
pub(super) fn nothing_begun(check: &mut Check<'_>, at: &str, id: OrganisationId, day: Date) {
    let begun: Vec<StepRecord> = open(check.register, id, day)
        .iter()
        .flat_map(|duty| begun(check.register, duty))
        .collect();
    if begun.is_empty() {
        return;
    }
    // Codes, as reports name what belongs to a project: the sentence around them is in the reader's language.
    let words = begun.iter().take(NAMED).map(|record| {
        let step = record.item.code().trim_start_matches("step-");
        let quarter = record.period.quarter.map_or("", |quarter| quarter.code());
        format!("{step} ({}{quarter})", record.period.year)
    });
    let mut records = words.collect::<Vec<_>>().join(", ");
    if begun.len() > NAMED {
        records.push_str(", …");
    }
    check.tell(at, "organisation.open_records").args =
        vec![("records", records.into()), ("count", begun.len().into())];
}

/// Hands the open duties of an organisation to another one, which has each of them once, and what is recorded for them
/// with them; without one they end. What becomes of them is told in the consequences.
pub(super) fn hand_on(
    register: &mut Register,
    id: OrganisationId,
    to: Option<OrganisationId>,
    day: Date,
    told: &mut Consequences,
    ids: &mut Ids<'_>,
) {
    for duty in open(register, id, day) {
        register.duties.end(duty.id);
        let Some(to) = to else {
            told.duties_ended += usize::from(duty.applicable);
            give_up(register, &duty, told);
            continue;
        };
        match register.duty_at(to, duty.item, duty.period) {
            // Whoever goes on has to report the same thing anyway, for both.
            Some(_) => told.duties_ended += usize::from(duty.applicable),
            None => {
                let id = DutyId(ids());
                let organisation = to;
                let duty = Duty {
                    id,
                    organisation,
                    ..duty
                };
                register.duties.put(id, duty);
                told.duties_moved += usize::from(duty.applicable);
            }
        }
        hand_record(register, &duty, to, told);
    }
}

/// Without anybody who goes on, what was begun ends with its duty; it stays in the history.
fn give_up(register: &mut Register, duty: &Duty, told: &mut Consequences) {
    for record in begun(register, duty) {
        told.records_given_up.push(RecordAt::of(&record));
        register.records.end(record.id);
        register.kept.end(record.id);
    }
}

/// A record goes to the cell of whoever goes on. Where a record stands in it already both stay, and the one that came
/// too late is read beside the other.
fn hand_record(register: &mut Register, duty: &Duty, to: OrganisationId, told: &mut Consequences) {
    let (from, item, period) = (duty.organisation, duty.item, duty.period);
    // What was read at this cell is read at the one of whoever goes on.
    for record in register.kept_at(from, item, period) {
        match record.organisation == to {
            true => register.kept.end(record.id),
            false => keep(register, &record, to),
        }
    }
    let Some(record) = register.record_at(from, item, period).cloned() else {
        return;
    };
    let theirs = register.duty_at(to, item, period).copied();
    let reported = theirs.is_some_and(|duty| duty.reported_on.is_some());
    if reported || register.record_at(to, item, period).is_some() {
        told.records_kept.push(RecordAt::of(&record));
        keep(register, &record, to);
        return;
    }
    told.records_moved.push(RecordAt::of(&record));
    register.kept.end(record.id);
    let organisation = to;
    register.records.put(
        record.id,
        StepRecord {
            organisation,
            ..record
        },
    );
    // What was begun can be certified, also by one that by its class would not have had to begin it.
    if let Some(theirs) = theirs.filter(|duty| !duty.applicable) {
        let applicable = true;
        register.duties.put(
            theirs.id,
            Duty {
                applicable,
                ..theirs
            },
        );
    }
}

fn keep(register: &mut Register, record: &StepRecord, successor: OrganisationId) {
    let record = record.id;
    let kept = KeptRecord { record, successor };
    register.kept.put(record, kept);
}
