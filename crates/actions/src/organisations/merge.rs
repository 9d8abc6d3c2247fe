//! Merges organisations into another one, which stands already or is made for it, from a day on.
//!
//! Those that go on in another stay in the register, closed, and from that day sit below it: what still belongs to them
//! counts with it, and everything before stays where it was (docs/decisions/0015-reorganisations.md).

use super::{
    add::NewOrganisation,
    check::{Check, names, sound},
    close::end,
    desk::{Asks, Change, Consequences, run},
    duties::hand_on,
    register::{Ids, Register},
};
use crate::{Ctx, Error};
use domain::{
    ids::{OrganisationId, ReorganisationId, SuccessionId},
    issue::Issues,
    organisation::Axis,
    permission::Act,
    register::{Reorganisation, Succession},
};
use jiff::civil::Date;
use std::collections::BTreeSet;
use store::Store;

/// In whom the merged go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Into {
    /// One that stands.
    Standing(OrganisationId),
    /// One that is made for it, opened on the day. Without a parent of its own it takes the place of the first of those
    /// that it replaces.
    New(Box<NewOrganisation>),
}

/// Who goes on in whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    /// Those that end.
    pub from: Vec<OrganisationId>,
    /// In whom they go on.
    pub into: Into,
    /// The first day of the new order.
    pub on: Date,
    /// The letter or order on which it rests.
    pub reason: String,
}

/// Merges organisations: what stands below them moves to the successor, their open duties go over to it, and they close.
///
/// # Errors
/// [`Error::Invalid`] for a merger into itself, with one that is closed or stands below those it replaces, or before the
/// quarter of today.
pub async fn merge(store: &Store, ctx: &mut Ctx, input: &Merge) -> Result<Consequences, Error> {
    run(store, ctx, input).await
}

impl Change for Merge {
    const NAME: &'static str = "organisation.merge";
    const NEEDS: Act = Act::Restructure;

    fn asks(&self) -> Asks<'_> {
        let mut asks = Asks {
            organisations: self.from.clone(),
            ..Asks::default()
        };
        match &self.into {
            Into::Standing(into) => asks.organisations.push(*into),
            Into::New(new) => {
                asks.parents = new.parents().collect();
                asks.new_in = Some(new.text.province.as_deref());
            }
        }
        asks
    }

    fn reason(&self) -> &str {
        &self.reason
    }

    fn plan(
        &self,
        register: &mut Register,
        today: Date,
        ids: &mut Ids<'_>,
    ) -> Result<Consequences, Issues> {
        let on = self.on;
        self.check(register, today)?;
        let mut consequences = Consequences {
            closed: self.from.clone(),
            ..Consequences::default()
        };
        let into = match &self.into {
            Into::Standing(into) => *into,
            Into::New(new) => {
                let new = self.placed(new, register);
                let id = new.put(register, Some(on), ids);
                consequences.made.push(id);
                id
            }
        };
        self.take_over(register, into, &mut consequences, ids);
        let reorganisation = ReorganisationId(ids());
        for id in &self.from {
            for axis in Axis::ALL {
                register.place_from(*id, *axis, Some(into), on, ids);
            }
            end(register, *id, on);
            hand_on(register, *id, Some(into), on, &mut consequences, ids);
            let succession = Succession {
                id: SuccessionId(ids()),
                reorganisation,
                kind: Reorganisation::Merge,
                predecessor: *id,
                successor: into,
                on,
            };
            register.successions.put(succession.id, succession);
        }
        sound(register, "into")?;
        consequences.subject = Some(into);
        consequences.reorganisation = Some(reorganisation);
        Ok(consequences)
    }
}

impl Merge {
    fn check(&self, register: &Register, today: Date) -> Result<(), Issues> {
        let on = self.on;
        let mut check = Check::new(register, today);
        check.reason(&self.reason);
        check.day("on", on);
        let distinct: BTreeSet<OrganisationId> = self.from.iter().copied().collect();
        if distinct.len() < self.from.len() {
            check.tell("from", "organisation.named_twice");
        }
        if distinct.is_empty() {
            check.tell("from", "organisation.nothing_to_merge");
        }
        for id in &distinct {
            check.ends("from", *id, "on", on);
        }
        match &self.into {
            Into::Standing(into) if distinct.contains(into) => {
                let name = register.name(*into);
                check.tell("into", "organisation.into_itself").args = vec![("name", name)];
            }
            Into::Standing(into) => {
                check.parent("into", *into, Some(on));
                self.not_far_below(&mut check, *into);
            }
            Into::New(new) => {
                if distinct.len() == 1 {
                    check.tell("from", "organisation.one_alone");
                }
                new.check(&mut check, "new-", Some(on));
                for (at, parent) in [
                    ("new-reports_to", new.reports_to),
                    ("new-coordinated_by", new.coordinated_by),
                ] {
                    if parent.is_some_and(|parent| distinct.contains(&parent)) {
                        check.tell(at, "organisation.under_itself");
                    }
                }
            }
        }
        check.done()
    }

    /// One that stands directly below those it replaces takes their place; farther down, those between would end up below
    /// and above it at once.
    fn not_far_below(&self, check: &mut Check<'_>, into: OrganisationId) {
        for axis in Axis::ALL {
            let mut between = Vec::new();
            let mut here = into;
            while let Some(parent) = check.register.parent_on(here, *axis, self.on) {
                if self.from.contains(&parent) {
                    if !between.is_empty() {
                        let args = names(check.register, &between);
                        check.tell("into", "organisation.far_below").args = args;
                    }
                    return;
                }
                if between.contains(&parent) {
                    return;
                }
                between.push(parent);
                here = parent;
            }
        }
    }

    /// A new organisation without places takes those of the first that it replaces.
    fn placed(&self, new: &NewOrganisation, register: &Register) -> NewOrganisation {
        let mut new = new.clone();
        let above = |axis| {
            self.from
                .first()
                .and_then(|first| self.above(register, *first, axis))
        };
        new.reports_to = new.reports_to.or_else(|| above(Axis::ReportsTo));
        new.coordinated_by = new.coordinated_by.or_else(|| above(Axis::CoordinatedBy));
        new
    }

    /// The nearest above an organisation on the day that does not end itself.
    fn above(&self, register: &Register, id: OrganisationId, axis: Axis) -> Option<OrganisationId> {
        let mut parent = register.parent_on(id, axis, self.on);
        while let Some(here) = parent.filter(|parent| self.from.contains(parent)) {
            parent = register.parent_on(here, axis, self.on);
        }
        parent
    }

    /// Puts what stands below those that end under their successor; the successor itself goes where they stood.
    fn take_over(
        &self,
        register: &mut Register,
        into: OrganisationId,
        consequences: &mut Consequences,
        ids: &mut Ids<'_>,
    ) {
        let mut moved = BTreeSet::new();
        for axis in Axis::ALL {
            let under_one = register
                .parent_on(into, *axis, self.on)
                .is_some_and(|parent| self.from.contains(&parent));
            if under_one {
                let above = self.above(register, into, *axis);
                register.place_from(into, *axis, above, self.on, ids);
                moved.insert(into);
            }
        }
        for id in &self.from {
            let open = register.open_below(*id, self.on);
            for place in register.below(*id, self.on) {
                let member = place.organisation;
                if member == into {
                    // A later place below one that will have ended.
                    register.memberships.end(place.id);
                } else if open.contains(&member) && !self.from.contains(&member) {
                    register.redirect(place, into, self.on, ids);
                    moved.insert(member);
                }
            }
        }
        consequences.moved = moved.into_iter().collect();
    }
}
