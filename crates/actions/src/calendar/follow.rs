//! Due days follow the calendar: those of everything that is still to be reported.

use super::holidays_of;
use crate::{
    Error, NATIONAL,
    act::Trail,
    ctx::Ctx,
    permission::On,
    steps::{Duties, duties_of},
};
use domain::{
    duty::Duty,
    ids::OrganisationId,
    organisation::{Organisation, OrganisationText},
    time::{FiscalYear, Holidays, Moment, PeriodKind},
};
use std::collections::{BTreeSet, HashMap, hash_map::Entry};
use store::{Kept, New, Read, Tx};

/// Whose calendar an act changes: that of one province, or that of all.
pub(super) struct Whose {
    /// The provinces whose due days follow.
    pub provinces: Vec<String>,
    national: bool,
}

impl Whose {
    /// Of one province, or of all in which something is still to be reported.
    pub async fn of(read: &impl Read, province: Option<&str>) -> Result<Self, Error> {
        if let Some(province) = province {
            return Ok(Self {
                provinces: vec![province.to_owned()],
                national: false,
            });
        }
        let provinces = provinces(read).await?;
        let open = store::steps::open_duties(read).await?;
        let of = |kept: &Kept<Duty>| provinces.get(&kept.row.organisation).cloned();
        let concerned: BTreeSet<String> = open.iter().filter_map(of).collect();
        Ok(Self {
            provinces: concerned.into_iter().collect(),
            national: true,
        })
    }

    /// On which trails it is told.
    pub fn trail(&self) -> Trail<'_> {
        match self.provinces.first() {
            Some(province) if !self.national => Trail::Own(province),
            None if !self.national => Trail::Own(NATIONAL),
            _ => Trail::Every(&self.provinces),
        }
    }

    /// On what the right is needed.
    pub fn on(&self) -> On<'_> {
        match self.provinces.first() {
            Some(province) if !self.national => On::Province(province),
            _ => On::Nation,
        }
    }
}

/// The province of every organisation that has one.
async fn provinces(read: &impl Read) -> Result<HashMap<OrganisationId, String>, Error> {
    let all: Vec<Kept<(Organisation, OrganisationText)>> = store::all(read).await?;
    let of = |kept: Kept<(Organisation, OrganisationText)>| {
        let (organisation, text) = kept.row;
        Some((organisation.id, text.province?))
    };
    Ok(all.into_iter().filter_map(of).collect())
}

/// The duties and holidays of a province and a fiscal year, each read once.
struct Rules<'a, R> {
    read: &'a R,
    duties: HashMap<(String, i16), Duties>,
    holidays: HashMap<String, Holidays>,
}

impl<R: Read> Rules<'_, R> {
    async fn due(&mut self, province: &str, duty: &Duty) -> Result<Option<Duty>, Error> {
        if duty.period.kind != PeriodKind::Fiscal {
            return Ok(None);
        }
        let year = FiscalYear(duty.period.year);
        let duties = match self.duties.entry((province.to_owned(), year.0)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => free.insert(duties_of(self.read, province, year).await?),
        };
        let holidays = match self.holidays.entry(province.to_owned()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => free.insert(holidays_of(self.read, province).await?),
        };
        let due = duties
            .of(duty.item)
            .map(|row| row.due(duty.period, holidays));
        Ok(due
            .filter(|due| *due != duty.due)
            .map(|due| Duty { due, ..*duty }))
    }
}

/// Moves the due days of what is still to be reported in these provinces to where the calendar has them now; gives how
/// many moved.
pub(super) async fn follow(
    tx: &Tx,
    ctx: &mut Ctx,
    at: Moment,
    whose: &Whose,
) -> Result<usize, Error> {
    let provinces = provinces(tx).await?;
    let mut rules = Rules {
        read: tx,
        duties: HashMap::new(),
        holidays: HashMap::new(),
    };
    let mut moved = Vec::new();
    for kept in store::steps::open_duties(tx).await? {
        let province = provinces.get(&kept.row.organisation);
        let Some(province) = province.filter(|province| whose.provinces.contains(province)) else {
            continue;
        };
        if let Some(row) = rules.due(province, &kept.row).await? {
            moved.push(New {
                version: ctx.id(),
                provenance: kept.stamp.provenance,
                row,
            });
        }
    }
    let count = moved.len();
    store::record(tx, at, moved).await?;
    Ok(count)
}
