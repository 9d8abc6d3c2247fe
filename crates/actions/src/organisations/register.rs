//! The register of organisations in memory: what an act looks at and changes before anything is recorded. Pure but for
//! loading; the laws of the two forests are those of `chain`, asked of the register as it would be.

use super::rows::Rows;
use crate::Error;
use chain::{Fault, Snapshot};
use domain::{
    duty::{Duty, DutyItem},
    facts::Facts,
    ids::{DutyId, MembershipId, OrganisationCodeId, OrganisationId, StepRecordId, SuccessionId},
    issue::Arg,
    organisation::{Axis, Membership, Organisation, OrganisationText},
    register::{CodeKind, DisplayOrder, OrganisationCode, Succession},
    step::{KeptRecord, StepRecord},
    time::Period,
};
use jiff::civil::Date;
use std::collections::BTreeSet;
use store::{Kept, Read};
use uuid::Uuid;

/// An organisation with its words.
pub type Named = (Organisation, OrganisationText);

/// Makes the ids of what an act adds.
pub type Ids<'a> = dyn FnMut() -> Uuid + Send + 'a;

/// All organisations and their places, with the duties of those that an act speaks of and what is recorded for these.
#[derive(Debug, Clone, Default)]
pub struct Register {
    pub organisations: Rows<OrganisationId, Named>,
    pub memberships: Rows<MembershipId, Membership>,
    pub codes: Rows<OrganisationCodeId, OrganisationCode>,
    pub orders: Rows<OrganisationId, DisplayOrder>,
    pub successions: Rows<SuccessionId, Succession>,
    pub duties: Rows<DutyId, Duty>,
    /// What they recorded, and what of others is read at their cells.
    pub records: Rows<StepRecordId, StepRecord>,
    /// Which records are read at their cells, and which of theirs at those of others.
    pub kept: Rows<StepRecordId, KeptRecord>,
}

impl Register {
    /// Reads the register, and the duties and records of some organisations. Forty thousand organisations are read in a
    /// fraction of a second, and acts on them are rare.
    pub async fn load(read: &impl Read, duties_of: &[OrganisationId]) -> Result<Self, Error> {
        let mut these = Self::default();
        for Kept { row, stamp } in store::all::<Named>(read).await? {
            these.organisations.load(row.0.id, row, stamp.provenance);
        }
        for Kept { row, stamp } in store::all::<Membership>(read).await? {
            these.memberships.load(row.id, row, stamp.provenance);
        }
        for Kept { row, stamp } in store::all::<OrganisationCode>(read).await? {
            these.codes.load(row.id, row, stamp.provenance);
        }
        for Kept { row, stamp } in store::all::<DisplayOrder>(read).await? {
            these.orders.load(row.organisation, row, stamp.provenance);
        }
        for Kept { row, stamp } in store::all::<Succession>(read).await? {
            these.successions.load(row.id, row, stamp.provenance);
        }
        for Kept { row, stamp } in store::of::<Duty, _>(read, duties_of).await? {
            these.duties.load(row.id, row, stamp.provenance);
        }
        let own: Vec<Kept<StepRecord>> = store::of(read, duties_of).await?;
        let ids: Vec<StepRecordId> = own.iter().map(|kept| kept.row.id).collect();
        let mut kept: Vec<Kept<KeptRecord>> = store::of(read, duties_of).await?;
        let others: Vec<StepRecordId> = kept.iter().map(|kept| kept.row.record).collect();
        kept.extend(store::get_many::<KeptRecord>(read, &ids).await?);
        let others = store::get_many::<StepRecord>(read, &others).await?;
        for Kept { row, stamp } in own.into_iter().chain(others) {
            these.records.load(row.id, row, stamp.provenance);
        }
        for Kept { row, stamp } in kept {
            these.kept.load(row.record, row, stamp.provenance);
        }
        Ok(these)
    }

    pub fn organisation(&self, id: OrganisationId) -> Option<&Organisation> {
        self.organisations
            .get(id)
            .map(|(organisation, _)| organisation)
    }

    /// What people call it.
    pub fn name(&self, id: OrganisationId) -> Arg {
        let name = self
            .organisations
            .get(id)
            .map(|(_, text)| text.name_th.clone());
        Arg::Text(name.unwrap_or_default())
    }

    /// The places of an organisation on an axis, in the order of time.
    pub fn places(&self, id: OrganisationId, axis: Axis) -> Vec<Membership> {
        let own = |place: &&Membership| place.organisation == id && place.axis == axis;
        let mut places: Vec<Membership> = self.memberships.all().filter(own).copied().collect();
        places.sort_by_key(|place| place.valid_from);
        places
    }

    /// Under whom an organisation stands on a day.
    pub fn parent_on(&self, id: OrganisationId, axis: Axis, day: Date) -> Option<OrganisationId> {
        let places = self.places(id, axis);
        places
            .iter()
            .find(|place| place.holds_on(day))
            .map(|place| place.parent)
    }

    /// The places that others have directly below an organisation on a day or after it, on either axis.
    pub fn below(&self, id: OrganisationId, day: Date) -> Vec<Membership> {
        let below =
            |place: &&Membership| place.parent == id && place.valid_to.is_none_or(|to| to > day);
        let mut below: Vec<Membership> = self.memberships.all().filter(below).copied().collect();
        below.sort_by_key(|place| (place.organisation, place.axis, place.valid_from));
        below
    }

    /// Those that stand open directly below an organisation on a day or after it, each once.
    pub fn open_below(&self, id: OrganisationId, day: Date) -> Vec<OrganisationId> {
        let mut open: Vec<OrganisationId> = self
            .below(id, day)
            .iter()
            .filter(|place| {
                let closed = self
                    .organisation(place.organisation)
                    .and_then(|it| it.closed);
                closed.is_none_or(|closed| {
                    closed > place.valid_from.map_or(day, |from| from.max(day))
                })
            })
            .map(|place| place.organisation)
            .collect();
        open.dedup();
        open
    }

    /// Puts an organisation under `parent` (`None` = at the top) from a day until further notice. What stood until that
    /// day stays; places that were to begin later are taken back.
    pub fn place_from(
        &mut self,
        id: OrganisationId,
        axis: Axis,
        parent: Option<OrganisationId>,
        day: Date,
        ids: &mut Ids<'_>,
    ) {
        let before = self.cut(id, axis, day);
        match (before, parent) {
            // Under whom it stood anyway: the place simply goes on.
            (Some(mut place), Some(parent)) if place.parent == parent => {
                place.valid_to = None;
                self.memberships.put(place.id, place);
            }
            (_, Some(parent)) => self.add_place(id, axis, parent, Some(day), None, ids),
            (_, None) => {}
        }
    }

    /// Lets an organisation stay from a day where it stands on that day; places that were to begin later are taken back.
    pub fn stay_from(&mut self, id: OrganisationId, axis: Axis, day: Date) {
        let on = self
            .places(id, axis)
            .into_iter()
            .find(|place| place.holds_on(day));
        self.cut(id, axis, day);
        if let Some(place) = on {
            let valid_to = None;
            self.memberships
                .put(place.id, Membership { valid_to, ..place });
        }
    }

    /// Ends what an organisation has on an axis from a day on; gives the place that ends on that very day.
    fn cut(&mut self, id: OrganisationId, axis: Axis, day: Date) -> Option<Membership> {
        let mut before = None;
        for mut place in self.places(id, axis) {
            if place.valid_from.is_some_and(|from| from >= day) {
                self.memberships.end(place.id);
                continue;
            }
            if place.valid_to.is_none_or(|to| to > day) {
                place.valid_to = Some(day);
                self.memberships.put(place.id, place);
            }
            if place.valid_to == Some(day) {
                before = Some(place);
            }
        }
        before
    }

    /// Puts what stands below one organisation from a day on under another, as long as it was to stand there.
    pub fn redirect(
        &mut self,
        place: Membership,
        to: OrganisationId,
        day: Date,
        ids: &mut Ids<'_>,
    ) {
        if place.valid_from.is_some_and(|from| from >= day) {
            self.memberships.put(
                place.id,
                Membership {
                    parent: to,
                    ..place
                },
            );
            return;
        }
        let valid_to = Some(day);
        self.memberships
            .put(place.id, Membership { valid_to, ..place });
        self.add_place(
            place.organisation,
            place.axis,
            to,
            Some(day),
            place.valid_to,
            ids,
        );
    }

    pub fn add_place(
        &mut self,
        organisation: OrganisationId,
        axis: Axis,
        parent: OrganisationId,
        valid_from: Option<Date>,
        valid_to: Option<Date>,
        ids: &mut Ids<'_>,
    ) {
        let id = MembershipId(ids());
        let place = Membership {
            id,
            organisation,
            axis,
            parent,
            valid_from,
            valid_to,
        };
        self.memberships.put(id, place);
    }

    /// What an organisation has to report in one step of one period.
    pub fn duty_at(&self, id: OrganisationId, item: DutyItem, period: Period) -> Option<&Duty> {
        let here = |duty: &&Duty| (duty.organisation, duty.item, duty.period) == (id, item, period);
        self.duties.all().find(here)
    }

    /// What an organisation recorded in one step of one period.
    pub fn record_at(
        &self,
        id: OrganisationId,
        item: DutyItem,
        period: Period,
    ) -> Option<&StepRecord> {
        let here = |record: &&StepRecord| {
            (record.organisation, record.item, record.period) == (id, item, period)
        };
        self.records.all().find(here)
    }

    /// The records of others that are read at the cell of an organisation.
    pub fn kept_at(&self, id: OrganisationId, item: DutyItem, period: Period) -> Vec<StepRecord> {
        let kept = self.kept.all().filter(|kept| kept.successor == id);
        kept.filter_map(|kept| self.records.get(kept.record))
            .filter(|record| (record.item, record.period) == (item, period))
            .cloned()
            .collect()
    }

    /// Records that nobody could certify or correct, and whose: their duty is gone, and at the cell where they are read
    /// nothing is asked either.
    pub fn orphans(&self) -> Vec<(StepRecordId, OrganisationId)> {
        let owed = |id, record: &StepRecord| self.duty_at(id, record.item, record.period);
        let orphan = |record: &&StepRecord| {
            let kept = self.kept.get(record.id).map(|kept| kept.successor);
            let read_there = kept.and_then(|successor| owed(successor, record));
            owed(record.organisation, record).is_none() && read_there.is_none()
        };
        let orphans = self.records.all().filter(orphan);
        orphans.map(|it| (it.id, it.organisation)).collect()
    }

    /// Organisations that would have to report one thing twice, or would have two records of it.
    pub fn doubled(&self) -> Vec<OrganisationId> {
        let (mut duties, mut records) = (BTreeSet::new(), BTreeSet::new());
        let cell = |id, item: DutyItem, period: Period| (id, item as u8, period.packed());
        let twice = self
            .duties
            .all()
            .filter(|it| !duties.insert(cell(it.organisation, it.item, it.period)))
            .map(|it| it.organisation);
        let mut doubled: Vec<OrganisationId> = twice.collect();
        let twice = self
            .records
            .all()
            .filter(|it| !records.insert(cell(it.organisation, it.item, it.period)));
        doubled.extend(twice.map(|it| it.organisation));
        doubled
    }

    /// The code of an organisation in a register.
    pub fn code(&self, id: OrganisationId, kind: CodeKind) -> Option<&OrganisationCode> {
        self.codes
            .all()
            .find(|code| code.organisation == id && code.kind == kind)
    }

    /// Who has a code of a kind.
    pub fn has_code(&self, kind: CodeKind, code: &str) -> Option<OrganisationId> {
        let found = self
            .codes
            .all()
            .find(|it| it.kind == kind && it.code == code);
        found.map(|code| code.organisation)
    }

    /// Who has a code of its own within a province.
    pub fn has_own(&self, province: Option<&str>, code: &str) -> Option<OrganisationId> {
        let own = |(_, text): &&Named| text.code == code && text.province.as_deref() == province;
        self.organisations
            .all()
            .find(own)
            .map(|(organisation, _)| organisation.id)
    }

    /// The organisations and their places as `chain` takes them.
    pub fn facts(&self) -> Facts {
        Facts {
            organisations: self.organisations.all().map(|(it, _)| *it).collect(),
            memberships: self.memberships.all().copied().collect(),
            ..Facts::default()
        }
    }

    /// The register as the next act finds it.
    #[cfg(test)]
    pub fn settled(self) -> Self {
        Self {
            organisations: self.organisations.settled(),
            memberships: self.memberships.settled(),
            codes: self.codes.settled(),
            orders: self.orders.settled(),
            successions: self.successions.settled(),
            duties: self.duties.settled(),
            records: self.records.settled(),
            kept: self.kept.settled(),
        }
    }

    /// Places in which, after what the act changed, somebody open would stand below somebody closed: whichever way the
    /// act came by the place, an organisation that ends takes nobody with it.
    pub fn hanging(&self) -> Vec<Membership> {
        let touched: BTreeSet<OrganisationId> =
            self.organisations.diffs().map(|(id, _)| id).collect();
        let placed: BTreeSet<MembershipId> = self.memberships.diffs().map(|(id, _)| id).collect();
        let closed = |id| self.organisation(id).and_then(|it| it.closed);
        let hangs = |place: &&Membership| {
            let Some(end) = closed(place.parent) else {
                return false;
            };
            let from = place.valid_from.map_or(end, |from| from.max(end));
            place.valid_to.is_none_or(|to| to > from)
                && closed(place.organisation).is_none_or(|closed| closed > from)
        };
        self.memberships
            .all()
            .filter(|place| {
                placed.contains(&place.id)
                    || touched.contains(&place.organisation)
                    || touched.contains(&place.parent)
            })
            .filter(hangs)
            .copied()
            .collect()
    }

    /// What is impossible about the forests as they would be.
    pub fn faults(&self) -> Vec<Fault> {
        Snapshot::build(&self.facts()).err().unwrap_or_default()
    }
}
