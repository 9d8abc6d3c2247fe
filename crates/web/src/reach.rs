//! What the reader's roles reach, answered from the snapshot: for pages that show many things, of which each is asked.

use actions::live::Now;
use domain::ids::OrganisationId;
use domain::organisation::Axis;
use domain::permission::{Act, Object, decide};
use jiff::civil::Date;

use crate::Viewer;

/// Whether the reader may do an act to what an organisation of a province owns, or its office where nobody owns it: the
/// same question that [`Viewer::allows`] asks of the database, for hundreds at once.
pub fn reaches(
    v: &Viewer,
    now: &Now,
    act: Act,
    organisation: Option<OrganisationId>,
    province: Option<&str>,
) -> bool {
    let Some(somebody) = v.signed_in() else {
        return false;
    };
    let day = v.app().now().thai_day();
    let organisation = organisation.or_else(|| now.office_of(province?));
    let lines = |axis| organisation.map_or_else(Vec::new, |id| above(now, axis, id, day));
    let object = Object {
        organisation,
        reports_to: lines(Axis::ReportsTo),
        coordinated_by: lines(Axis::CoordinatedBy),
        province: province.map(str::to_owned),
    };
    decide(&somebody.held, act, &object, day).is_ok()
}

fn above(now: &Now, axis: Axis, id: OrganisationId, day: Date) -> Vec<OrganisationId> {
    let organisations = now.snapshot.organisations();
    let mut here = organisations.number(id);
    let mut found = Vec::new();
    while let Some(parent) = here.and_then(|ix| organisations.parent_on(axis, ix, day)) {
        found.push(organisations.id(parent));
        here = Some(parent);
    }
    found
}
