//! What every page of the board needs: rows of the province, records behind them, and whom the reader may see.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use actions::permission::On;
use actions::steps::periods;
use chain::board::{Mark, Marks, Part, Row};
use domain::duty::{Duty, DutyItem};
use domain::ids::{OrganisationId, StepRecordId};
use domain::inquiry::{Inquiry, InquiryState};
use domain::organisation::{Organisation, OrganisationText};
use domain::permission::Act;
use domain::register::ListPlace;
use domain::reminder::Reminder;
use domain::step::StepRecord;
use domain::time::{FiscalYear, Period, PeriodKind};
use jiff::civil::Date;
use serde::Deserialize;
use store::Kept;
use uuid::Uuid;

use super::words::office;
use crate::reach::reaches;
use crate::{Error, Viewer};

pub type Text = (Organisation, OrganisationText);

/// The board of one fiscal year of the province.
pub struct Loaded {
    /// Which year.
    pub year: FiscalYear,
    /// Years that were opened, the latest first.
    pub years: Vec<i16>,
    /// The day in Thailand.
    pub today: Date,
    /// Every row of the province, in the order of lists, by sector.
    pub rows: Vec<Row>,
    /// What stands for each duty.
    pub records: HashMap<(OrganisationId, DutyItem, Period), Kept<StepRecord>>,
    /// What more was asked about a record and is still open.
    pub asked: HashMap<StepRecordId, Inquiry>,
    /// When somebody was reminded of a duty last, and in which words.
    pub reminders: HashMap<(OrganisationId, DutyItem, Period), (Reminder, Date)>,
    /// Organisations of the province.
    pub texts: HashMap<OrganisationId, OrganisationText>,
    /// Whose rows and records the reader may see.
    pub seen: HashSet<OrganisationId>,
}

impl Loaded {
    /// Rows that the reader may see.
    pub fn shown(&self) -> impl Iterator<Item = &Row> {
        let seen = |row: &&Row| self.seen.contains(&row.organisation);
        self.rows.iter().filter(seen)
    }

    /// n and N of a step over the whole province: what everybody may know.
    pub fn total(&self, item: DutyItem) -> (usize, usize) {
        let cells = self.rows.iter().filter_map(|row| row.cell(item));
        cells.fold((0, 0), |(n, of), cell| (n + cell.n(), of + cell.of()))
    }

    /// What stands for a duty.
    pub fn record(&self, duty: &Duty) -> Option<&Kept<StepRecord>> {
        self.records
            .get(&(duty.organisation, duty.item, duty.period))
    }

    /// What is still to be answered about what stands for a duty.
    pub fn asked(&self, duty: &Duty) -> Option<&Inquiry> {
        let inquiry = self.asked.get(&self.record(duty)?.row.id)?;
        (inquiry.state == InquiryState::Asked).then_some(inquiry)
    }

    /// How people call the office in whose name something was asked or sent.
    pub fn office(&self, v: &Viewer, from: Option<OrganisationId>) -> String {
        office(v, from.and_then(|id| self.texts.get(&id)))
    }

    /// The organisation of a code in the address, where the reader may see it.
    ///
    /// # Errors
    /// The same for one out of reach and for none at all, so that guessing tells nothing.
    pub async fn organisation(&self, v: &Viewer, code: &str) -> Result<OrganisationId, Error> {
        let mut all = self.texts.iter();
        let found = all.find(|(_, text)| text.code == code).map(|(id, _)| *id);
        let id = found.unwrap_or(OrganisationId(Uuid::nil()));
        v.allows(Act::See, On::Organisation(id)).await?;
        found.ok_or(Error::NotFound)
    }
}

/// Reads the board of a year; without one, of the current year where it was opened, else of the latest.
pub async fn load(v: &Viewer, year: Option<i16>) -> Result<Loaded, Error> {
    let live = v.live()?;
    let today = v.app().now().thai_day();
    let province = v.province.dopa();
    let all: Vec<Kept<Text>> = store::all(live.store()).await?;
    let texts: HashMap<OrganisationId, OrganisationText> = all
        .into_iter()
        .map(|kept| (kept.row.0.id, kept.row.1))
        .filter(|(_, text)| text.province.as_deref() == province)
        .collect();
    let years: Vec<i16> = live.read(|now| {
        let asked = now.snapshot.duties().asked();
        let fiscal = asked.filter(|(_, period)| period.kind == PeriodKind::Fiscal);
        let mut years: Vec<i16> = fiscal.map(|(_, period)| period.year).collect();
        years.sort_unstable_by(|a, b| b.cmp(a));
        years.dedup();
        years
    });
    let current = FiscalYear::of(today).0;
    let year = year
        .or(years.contains(&current).then_some(current))
        .or(years.first().copied())
        .unwrap_or(current);
    let year = FiscalYear(year);
    let records: HashMap<_, _> = store::steps::records(live.store(), &periods(year))
        .await?
        .into_iter()
        .map(|kept| {
            (
                (kept.row.organisation, kept.row.item, kept.row.period),
                kept,
            )
        })
        .collect();
    let asked = store::steps::open_inquiries(live.store()).await?;
    let asked = asked.into_iter().map(|kept| (kept.row.record, kept.row));
    let mut reminders = HashMap::new();
    // In the order in which they were sent: the last one stays.
    for kept in store::steps::reminders(live.store(), &periods(year)).await? {
        let key = (kept.row.organisation, kept.row.item, kept.row.period);
        reminders.insert(key, (kept.row, kept.stamp.recorded_at.thai_day()));
    }
    let mark = |kept: &Kept<StepRecord>| Mark {
        state: kept.row.state,
        zero: kept.row.count() == Some(0),
    };
    let marks: Marks = records
        .iter()
        .map(|(key, kept)| (*key, mark(kept)))
        .collect();
    let (rows, seen) = live.read(|now| {
        let mut rows = now.snapshot.board(year, &marks, today);
        rows.retain(|row| texts.contains_key(&row.organisation));
        let place = |id: &OrganisationId, text: &OrganisationText| {
            ListPlace::of(now.names.positions.get(id).copied(), &text.name_th)
        };
        let places: HashMap<_, _> = texts
            .iter()
            .map(|(id, text)| (*id, place(id, text)))
            .collect();
        in_order(&mut rows, &places);
        let seen = texts
            .iter()
            .filter(|(id, text)| reaches(v, now, Act::See, Some(**id), text.province.as_deref()));
        (rows, seen.map(|(id, _)| *id).collect())
    });
    Ok(Loaded {
        year,
        years,
        today,
        rows,
        records,
        asked: asked.collect(),
        reminders,
        texts,
        seen,
    })
}

/// The rows by display order, then by sector, in which they come; within a cell the organisation itself, then the
/// schools below it in the order of lists.
fn in_order(rows: &mut Vec<Row>, places: &HashMap<OrganisationId, ListPlace>) {
    let mut placed: Vec<(Option<ListPlace>, Row)> = std::mem::take(rows)
        .into_iter()
        .enumerate()
        .map(|(sector, row)| {
            let place = places.get(&row.organisation).cloned();
            (place.map(|place| place.in_sector(sector)), row)
        })
        .collect();
    placed.sort_by(|one, other| one.0.cmp(&other.0));
    rows.extend(placed.into_iter().map(|(_, row)| row));
    for row in rows {
        for cell in &mut row.cells {
            cell.parts.sort_by(|one, other| {
                let key = |part: &Part| {
                    let id = part.duty.organisation;
                    (id != row.organisation, places.get(&id), part.duty.period)
                };
                key(one).cmp(&key(other))
            });
        }
    }
}

#[derive(Deserialize)]
struct District {
    dopa_code: String,
    name_th: String,
    name_en: String,
}

/// Districts that ship, by their code. A row that cannot be read is left out: the test below fails before that ships.
static DISTRICTS: LazyLock<BTreeMap<String, (String, String)>> = LazyLock::new(|| {
    let text = include_str!("../../../../../data/phetchabun/districts.csv");
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .filter_map(Result::ok)
        .map(|row: District| (row.dopa_code, (row.name_th, row.name_en)))
        .collect()
});

/// The name of a district in the reader's language; its code where no name ships.
pub fn district(v: &Viewer, code: &str) -> String {
    match (DISTRICTS.get(code), v.locale) {
        (Some((name, _)), domain::locale::Locale::Th) => name.clone(),
        (Some((_, name)), domain::locale::Locale::En) => name.clone(),
        (None, _) => code.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_district_has_a_name() {
        assert_eq!(super::DISTRICTS.len(), 11);
    }
}
