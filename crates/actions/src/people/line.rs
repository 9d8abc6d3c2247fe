//! Who answers for the work of an organisation on a day: whoever is nearest up the reporting line and still works here.

use super::common::ahead;
use crate::{Error, permission::in_force};
use domain::{
    duty::Duty,
    ids::{OrganisationId, PersonId},
    organisation::{Axis, Membership, Organisation, OrganisationText},
    people::{Grant, Person},
    permission::{Act, Held, Object, Reach, decide, reach},
    time::Moment,
};
use jiff::civil::Date;
use std::collections::{HashMap, HashSet};
use store::{Kept, Read};

/// The roles in force on a day, and who stands above whom by สังกัด.
#[derive(Debug, Clone, Default)]
pub struct Line {
    today: Date,
    grants: HashMap<OrganisationId, Vec<Grant>>,
    above: HashMap<OrganisationId, OrganisationId>,
    provinces: HashMap<OrganisationId, Option<String>>,
}

impl Line {
    /// From rows: grants of people who left, and what is not in force today, are put aside.
    pub fn new(
        today: Date,
        grants: impl IntoIterator<Item = Grant>,
        left: &HashSet<PersonId>,
        memberships: impl IntoIterator<Item = Membership>,
        provinces: HashMap<OrganisationId, Option<String>>,
    ) -> Self {
        let mut line = Self {
            today,
            provinces,
            ..Self::default()
        };
        for grant in grants {
            if grant.holds_on(today) && !left.contains(&grant.person) {
                line.grants
                    .entry(grant.organisation)
                    .or_default()
                    .push(grant);
            }
        }
        for place in memberships {
            if place.axis == Axis::ReportsTo && place.holds_on(today) {
                line.above.insert(place.organisation, place.parent);
            }
        }
        line
    }

    /// As it is recorded.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn load(read: &impl Read, today: Date) -> Result<Self, Error> {
        let people: Vec<Kept<Person>> = store::all(read).await?;
        let left = people
            .into_iter()
            .filter(|kept| kept.row.left.is_some_and(|day| day <= today))
            .map(|kept| kept.row.id)
            .collect();
        let organisations: Vec<Kept<(Organisation, OrganisationText)>> = store::all(read).await?;
        let provinces = organisations
            .into_iter()
            .map(|kept| (kept.row.0.id, kept.row.1.province))
            .collect();
        let rows = |kept: Vec<Kept<Grant>>| kept.into_iter().map(|kept| kept.row);
        let grants = rows(store::all(read).await?);
        let places: Vec<Kept<Membership>> = store::all(read).await?;
        let places = places.into_iter().map(|kept| kept.row);
        Ok(Self::new(today, grants, &left, places, provinces))
    }

    /// Who answers for an act at an organisation: the holders of a role that carries it there; where nobody does, those
    /// of the organisation above, and so on. Nobody above the provinces answers for one of a province.
    pub fn owners(&self, organisation: OrganisationId, act: Act) -> Vec<PersonId> {
        let here = self.carry(organisation, organisation, act);
        if !here.is_empty() {
            return here;
        }
        self.climb(organisation)
            .map(|above| self.carry(above, organisation, act))
            .find(|owners| !owners.is_empty())
            .unwrap_or_default()
    }

    /// The organisations of a province, or of all, for which nobody who still works here can record anything, or nobody
    /// can certify it, at them or above them, by id. Of a province in which nobody works at all, none: nobody was invited there yet, and everything
    /// would be one finding after another.
    pub fn unattended(&self, province: Option<&str>) -> Vec<OrganisationId> {
        let of = |id: &OrganisationId| self.provinces.get(id)?.as_deref();
        let begun: HashSet<&str> = self.grants.keys().filter_map(of).collect();
        let needed = [Act::RecordStep, Act::Certify];
        let mut all: Vec<OrganisationId> = self
            .provinces
            .keys()
            .filter(|id| of(id).is_some_and(|its| province.is_none_or(|asked| asked == its)))
            .filter(|id| of(id).is_some_and(|its| begun.contains(its)))
            .filter(|id| needed.iter().any(|act| self.owners(**id, *act).is_empty()))
            .copied()
            .collect();
        all.sort_unstable();
        all
    }

    /// The organisations of a province, by id.
    pub fn organisations_of(&self, province: &str) -> Vec<OrganisationId> {
        let here = self.provinces.iter();
        let here = here.filter(|(_, its)| its.as_deref() == Some(province));
        let mut all: Vec<OrganisationId> = here.map(|(id, _)| *id).collect();
        all.sort_unstable();
        all
    }

    /// Whether somebody may do an act to an organisation, by roles in force.
    pub(super) fn allows(&self, held: &[Held], act: Act, organisation: OrganisationId) -> bool {
        let object = Object {
            organisation: Some(organisation),
            reports_to: self.climb(organisation).collect(),
            coordinated_by: Vec::new(),
            province: self.provinces.get(&organisation).cloned().flatten(),
        };
        decide(held, act, &object, self.today).is_ok()
    }

    /// The holders of roles on `at` that carry an act to `organisation`, at or below it.
    pub(super) fn carry(
        &self,
        at: OrganisationId,
        organisation: OrganisationId,
        act: Act,
    ) -> Vec<PersonId> {
        let from_above = self.is_above(at) && !self.is_above(organisation);
        let carries = |grant: &&Grant| match reach(grant.role, act) {
            _ if from_above => false,
            Some(Reach::Own) => at == organisation,
            Some(Reach::Line | Reach::Coordinated | Reach::Province) => true,
            Some(Reach::OnlyCoordinated) | None => false,
        };
        let grants = self.grants.get(&at).into_iter().flatten();
        let mut people: Vec<PersonId> = grants.filter(carries).map(|it| it.person).collect();
        people.sort_unstable();
        people.dedup();
        people
    }

    fn is_above(&self, organisation: OrganisationId) -> bool {
        self.provinces
            .get(&organisation)
            .is_none_or(|province| province.is_none())
    }

    /// Everything above an organisation, the nearest first; a damaged forest ends the climb.
    fn climb(&self, organisation: OrganisationId) -> impl Iterator<Item = OrganisationId> {
        let up = |id: &OrganisationId| self.above.get(id).copied();
        std::iter::successors(up(&organisation), up).take(self.above.len())
    }
}

/// The duties that nobody has reported of the organisations on which roles stand.
pub(super) async fn open_duties(read: &impl Read, roles: &[Grant]) -> Result<usize, Error> {
    let mut on: Vec<OrganisationId> = roles.iter().map(|role| role.organisation).collect();
    on.sort_unstable();
    on.dedup();
    let duties = store::of::<Duty, OrganisationId>(read, &on).await?;
    let open = |kept: &&Kept<Duty>| kept.row.applicable && kept.row.reported_on.is_none();
    Ok(duties.iter().filter(open).count())
}

/// The roles of somebody today, for what a page asks of them.
pub(super) async fn roles_of(
    read: &impl Read,
    person: PersonId,
    at: Moment,
) -> Result<Vec<Held>, Error> {
    let mut held = in_force(read, person, at).await?;
    held.retain(|held| ahead(&held.grant, at.thai_day()));
    Ok(held)
}
