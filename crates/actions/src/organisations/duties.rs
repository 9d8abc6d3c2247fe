//! What is still to be reported by an organisation that closes: it goes over to another one, or is asked of nobody.

use super::register::{Ids, Register};
use domain::{
    duty::Duty,
    ids::{DutyId, OrganisationId},
};
use jiff::civil::Date;

/// What an organisation has to report for periods that end on a day or after it, and has not reported. What belongs to
/// periods before it is history and stays.
fn open(register: &Register, id: OrganisationId, day: Date) -> Vec<Duty> {
    let open = |duty: &&Duty| {
        duty.organisation == id && duty.reported_on.is_none() && duty.period.last_day() >= day
    };
    register.duties.all().filter(open).copied().collect()
}

/// Hands the open duties of an organisation to another one, which has each of them once; without one they end. Gives how
/// many went over and how many ended.
pub(super) fn hand_on(
    register: &mut Register,
    id: OrganisationId,
    to: Option<OrganisationId>,
    day: Date,
    ids: &mut Ids<'_>,
) -> (usize, usize) {
    let (mut moved, mut ended) = (0, 0);
    for duty in open(register, id, day) {
        register.duties.end(duty.id);
        let Some(to) = to else {
            ended += 1;
            continue;
        };
        let same = |other: &Duty| {
            (other.organisation, other.item, other.period) == (to, duty.item, duty.period)
        };
        if register.duties.all().any(same) {
            // Whoever goes on has to report the same thing anyway, for both.
            ended += 1;
        } else {
            let id = DutyId(ids());
            register.duties.put(
                id,
                Duty {
                    id,
                    organisation: to,
                    ..duty
                },
            );
            moved += 1;
        }
    }
    (moved, ended)
}
