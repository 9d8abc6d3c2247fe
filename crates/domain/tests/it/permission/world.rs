//! Organisations in two dated forests, and one question: may somebody with these roles do this to that on this day?

use domain::{
    ids::{GrantId, MembershipId, OrganisationId, PersonId},
    organisation::{Axis, Membership},
    people::{Grant, Role},
    permission::{Act, Held, Object},
};
use jiff::civil::{Date, date};

/// An organisation: `None` = above the provinces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub id: OrganisationId,
    pub province: Option<&'static str>,
}

/// Organisations and who stands under whom, from when to when.
#[derive(Debug, Clone, Default)]
pub struct World {
    pub places: Vec<Place>,
    pub memberships: Vec<Membership>,
}

/// What is acted upon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    Organisation(OrganisationId),
    Province(&'static str),
    Nation,
}

/// The whole question.
#[derive(Debug, Clone)]
pub struct Question {
    pub world: World,
    pub grants: Vec<Grant>,
    pub act: Act,
    pub on: On,
    pub today: Date,
}

/// The days on which things begin and end; questions are asked on them, too.
pub const DAYS: [Date; 4] = [
    date(2026, 9, 30),
    date(2026, 10, 1),
    date(2026, 12, 31),
    date(2027, 1, 1),
];

pub fn organisation(n: usize) -> OrganisationId {
    OrganisationId::from_u128(100 + n as u128)
}

impl World {
    pub fn province(&self, id: OrganisationId) -> Option<&'static str> {
        let place = self.places.iter().find(|place| place.id == id);
        place.unwrap().province
    }

    /// Who stands directly above an organisation on a day.
    pub fn parent(&self, axis: Axis, id: OrganisationId, day: Date) -> Option<OrganisationId> {
        let mut above = self
            .memberships
            .iter()
            .filter(|it| it.axis == axis && it.organisation == id && holds(it, day));
        let parent = above.next().map(|it| it.parent);
        assert_eq!(above.next(), None, "two parents on one day");
        parent
    }

    /// Puts an organisation under another one.
    pub fn put(
        &mut self,
        axis: Axis,
        (organisation, parent): (OrganisationId, OrganisationId),
        (valid_from, valid_to): (Option<Date>, Option<Date>),
    ) {
        self.memberships.push(Membership {
            id: MembershipId::from_u128(1_000 + self.memberships.len() as u128),
            organisation,
            axis,
            parent,
            valid_from,
            valid_to,
        });
    }

    /// What `decide` is told of an object: everything above it, found by climbing.
    pub fn object(&self, on: On, day: Date) -> Object {
        let climb = |axis, from| {
            let up = |id: &OrganisationId| self.parent(axis, *id, day);
            std::iter::successors(up(&from), up).collect()
        };
        match on {
            On::Organisation(id) => Object {
                organisation: Some(id),
                reports_to: climb(Axis::ReportsTo, id),
                coordinated_by: climb(Axis::CoordinatedBy, id),
                province: self.province(id).map(str::to_owned),
            },
            On::Province(code) => Object {
                province: Some(code.to_owned()),
                ..Object::default()
            },
            On::Nation => Object::default(),
        }
    }
}

impl Question {
    /// What `decide` is told of the person.
    pub fn held(&self) -> Vec<Held> {
        let held = |grant: &Grant| Held {
            grant: *grant,
            province: self.world.province(grant.organisation).map(str::to_owned),
        };
        self.grants.iter().map(held).collect()
    }

    /// A question from numbers thrown in advance; when they run out, every throw is 0.
    pub fn drawn(throws: &[u16]) -> Self {
        let mut throws = throws.iter();
        let mut throw = |sides: usize| usize::from(throws.next().copied().unwrap_or(0)) % sides;
        let mut world = World::default();
        for n in 0..3 + throw(7) {
            // The first ones are mostly above the provinces, the others mostly in the one of the question.
            let province = match (n, throw(8)) {
                (0 | 1, 0..6) | (_, 6) => None,
                (_, 7) => Some("66"),
                _ => Some("67"),
            };
            let id = organisation(n);
            world.places.push(Place { id, province });
            for axis in [Axis::ReportsTo, Axis::CoordinatedBy] {
                draw_places(&mut world, axis, n, &mut throw);
            }
        }
        let count = world.places.len();
        let grants = (0..[3, 2, 1, 2, 0][throw(5)]).map(|n| {
            let (valid_from, valid_to) = (day(throw(12)), day(throw(12)));
            Grant {
                id: GrantId::from_u128(1 + n as u128),
                person: PersonId::from_u128(1),
                role: Role::ALL[throw(Role::ALL.len())],
                organisation: organisation(throw(count)),
                valid_from,
                valid_to,
            }
        });
        let grants = grants.collect();
        let act = Act::ALL[throw(Act::ALL.len())];
        let on = match throw(12) {
            0 => On::Province("67"),
            1 => On::Province("66"),
            2 => On::Nation,
            _ => On::Organisation(organisation(throw(count))),
        };
        let today = DAYS[throw(DAYS.len())];
        Self {
            world,
            grants,
            act,
            on,
            today,
        }
    }
}

/// One of the days, or mostly none.
fn day(throw: usize) -> Option<Date> {
    DAYS.get(throw).copied()
}

/// Under nobody, under one parent, or under one until a day and under another from that day on. Parents come before
/// their children, so that nothing stands above itself.
fn draw_places(world: &mut World, axis: Axis, n: usize, throw: &mut impl FnMut(usize) -> usize) {
    if n == 0 {
        return;
    }
    let mut parent = || (organisation(n), organisation(throw(n)));
    let (first, second) = (parent(), parent());
    match throw(6) {
        0 => {}
        1 => {
            let move_on = Some(DAYS[throw(DAYS.len())]);
            world.put(axis, first, (None, move_on));
            world.put(axis, second, (move_on, None));
        }
        2 => world.put(axis, first, (Some(DAYS[throw(DAYS.len())]), None)),
        _ => world.put(axis, first, (None, None)),
    }
}

/// Whether a place is taken on a day, said again so that the oracle rests on nothing of the product.
pub fn holds(place: &Membership, day: Date) -> bool {
    let begun = match place.valid_from {
        Some(from) => from <= day,
        None => true,
    };
    let over = match place.valid_to {
        Some(to) => to <= day,
        None => false,
    };
    begun && !over
}
