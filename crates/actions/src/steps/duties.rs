//! Who owes which step and when, from `data/step_duties.csv`: our proposal until the provincial working group decides. What
//! a province corrected for a fiscal year stands over it.

use crate::{Error, catalogue::CatalogueError};
use domain::{
    duty::DutyItem,
    duty_rule::{DueRule, DutyRule},
    provenance::{Certainty, Provenance},
    step::{Asked, Holder},
    time::{FiscalYear, Holidays, MonthDay, Period, Quarter},
};
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::OnceLock;
use store::{Kept, Read};

const FILE: &str = "step_duties.csv";
const TEXT: &str = include_str!("../../../../data/step_duties.csv");

#[derive(Deserialize)]
struct Row {
    item: DutyItem,
    holders: String,
    every: Every,
    due_month: Option<i8>,
    due_day: Option<i8>,
    days_after: Option<u16>,
    document: Document,
    count: Option<String>,
    source: String,
    certainty: Certainty,
}

#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Every {
    Year,
    Quarter,
}

#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Document {
    Required,
    Optional,
}

/// What is owed in one step.
#[derive(Debug, Clone)]
pub struct DutyRow {
    /// The step.
    pub item: DutyItem,
    /// Who owes it; to everybody else it does not apply.
    pub holders: Vec<Holder>,
    /// What a record of it must hold.
    pub asked: Asked,
    /// What is counted: `people` or `projects`.
    pub counted: Option<String>,
    /// Whence we have it.
    pub provenance: Provenance,
    /// When it is due.
    pub rule: DueRule,
    /// Whether the province corrected it for this fiscal year.
    pub corrected: bool,
    quarterly: bool,
}

/// The duties of all steps.
#[derive(Debug, Clone)]
pub struct Duties(Vec<DutyRow>);

impl Duties {
    /// Every step, in the order of the board.
    pub fn rows(&self) -> &[DutyRow] {
        &self.0
    }

    /// What is owed in a step.
    pub fn of(&self, item: DutyItem) -> Option<&DutyRow> {
        self.0.iter().find(|row| row.item == item)
    }

    fn correct(&mut self, rule: Kept<DutyRule>) {
        let Kept { row, stamp } = rule;
        let Some(stands) = self.0.iter_mut().find(|one| one.item == row.item) else {
            return;
        };
        stands.holders = row.holders;
        stands.rule = row.due;
        stands.corrected = true;
        if let Some(provenance) = stamp.provenance {
            stands.provenance = provenance;
        }
    }

    /// What a record of a step must hold.
    pub fn asked(&self, item: DutyItem) -> Asked {
        self.of(item).map(|row| row.asked).unwrap_or_default()
    }
}

impl DutyRow {
    /// The periods of a fiscal year for which it is owed: the year, or its four quarters.
    pub fn periods(&self, year: FiscalYear) -> Vec<Period> {
        match self.quarterly {
            false => vec![Period::fiscal(year)],
            true => quarters(year).to_vec(),
        }
    }

    /// The last day for a period, moved to the next working day.
    pub fn due(&self, period: Period, holidays: &Holidays) -> Date {
        self.rule.due(period, holidays)
    }

    /// Whether it is owed four times a year.
    pub fn quarterly(&self) -> bool {
        self.quarterly
    }
}

/// The four quarters of a fiscal year.
fn quarters(year: FiscalYear) -> [Period; 4] {
    [Quarter::Q1, Quarter::Q2, Quarter::Q3, Quarter::Q4].map(|quarter| Period {
        quarter: Some(quarter),
        ..Period::fiscal(year)
    })
}

/// All periods of a fiscal year for which anything is owed: the year and its quarters.
pub fn periods(year: FiscalYear) -> Vec<Period> {
    let mut all = vec![Period::fiscal(year)];
    all.extend(quarters(year));
    all
}

/// The duties of a fiscal year in a province: what ships with the program, and what the province corrected in it.
///
/// # Errors
/// When the database cannot be read; those of [`duties`].
pub async fn duties_of(
    read: &impl Read,
    province: &str,
    year: FiscalYear,
) -> Result<Duties, Error> {
    let mut all = duties()?;
    for kept in store::calendar::duty_rules(read, province, year).await? {
        all.correct(kept);
    }
    Ok(all)
}

/// Reads the file that ships with the program.
///
/// # Errors
/// [`Error::Catalogue`] when a row cannot be read: a fault of the build.
pub fn duties() -> Result<Duties, Error> {
    // Every act on a cell asks for them.
    static READ: OnceLock<Duties> = OnceLock::new();
    match READ.get() {
        Some(known) => Ok(known.clone()),
        None => read_all().map(|all| READ.get_or_init(|| all).clone()),
    }
}

fn read_all() -> Result<Duties, Error> {
    let rows: Result<Vec<Row>, csv::Error> = csv::Reader::from_reader(TEXT.as_bytes())
        .deserialize()
        .collect();
    let rows = rows.map_err(|source| CatalogueError::Unreadable { file: FILE, source })?;
    let mut wrong = Vec::new();
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let item = row.item;
        match read(row) {
            Some(row) => all.push(row),
            None => wrong.push(item.code().to_owned()),
        }
    }
    match wrong.is_empty() {
        true => Ok(Duties(all)),
        false => Err(CatalogueError::Unmatched {
            file: FILE,
            codes: wrong,
        }
        .into()),
    }
}

fn read(row: Row) -> Option<DutyRow> {
    let holders: Result<Vec<Holder>, _> = row.holders.split(' ').map(str::parse).collect();
    let rule = match (row.due_month, row.due_day, row.days_after) {
        (Some(month), Some(day), None) => DueRule::On(MonthDay::new(month, day)?),
        (None, None, Some(days)) => DueRule::After(days),
        _ => return None,
    };
    Some(DutyRow {
        item: row.item,
        holders: holders.ok()?,
        asked: Asked {
            document: row.document == Document::Required,
            count: row.count.is_some(),
        },
        counted: row.count,
        provenance: Provenance {
            source: row.source,
            certainty: row.certainty,
        },
        rule,
        corrected: false,
        quarterly: row.every == Every::Quarter,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const YEAR: FiscalYear = FiscalYear(2570);

    fn due(item: DutyItem, period: Period) -> Result<Date, Error> {
        let all = duties()?;
        let row = all.of(item);
        Ok(row.map_or(Date::MIN, |row| row.due(period, &Holidays::default())))
    }

    #[test]
    fn every_step_has_its_duties_once_in_the_order_of_the_board() -> Result<(), Error> {
        let all = duties()?;
        let items: Vec<DutyItem> = all.rows().iter().map(|row| row.item).collect();
        assert_eq!(items, DutyItem::ALL);
        assert!(
            all.rows()
                .iter()
                .all(|row| row.provenance.certainty == Certainty::Proposal)
        );
        Ok(())
    }

    #[test]
    fn steps_1_to_3_and_8_are_the_provincial_offices_own_and_7_is_everybodys_who_teaches()
    -> Result<(), Error> {
        let all = duties()?;
        for row in all.rows() {
            let alone = row.holders == [Holder::ProvincialOffice];
            let own = [
                DutyItem::Step1,
                DutyItem::Step2,
                DutyItem::Step3,
                DutyItem::Step8,
            ];
            assert_eq!(alone, own.contains(&row.item), "{}", row.item);
            if row.item.code().starts_with("step-7") {
                assert!(row.holders.contains(&Holder::School), "{}", row.item);
                assert!(
                    row.holders.contains(&Holder::ProvincialOffice),
                    "{}",
                    row.item
                );
                assert!(!row.holders.contains(&Holder::Related), "{}", row.item);
            }
        }
        Ok(())
    }

    #[test]
    fn a_due_day_on_a_weekend_moves_to_monday_and_lies_in_its_fiscal_year() -> Result<(), Error> {
        // 31 October 2026 is a Saturday; 15 November 2026 a Sunday; 31 March 2027 a Wednesday.
        let year = Period::fiscal(YEAR);
        assert_eq!(due(DutyItem::Step1, year)?, date(2026, 11, 2));
        assert_eq!(due(DutyItem::Step7_1, year)?, date(2026, 11, 16));
        assert_eq!(due(DutyItem::Step5, year)?, date(2027, 3, 31));
        assert_eq!(due(DutyItem::Step8, year)?, date(2027, 11, 1));
        Ok(())
    }

    #[test]
    fn a_quarter_is_due_thirty_days_after_its_end() -> Result<(), Error> {
        let all = duties()?;
        let row = all
            .of(DutyItem::Step7_5)
            .map(|row| row.periods(YEAR))
            .unwrap_or_default();
        let days: Result<Vec<Date>, Error> = row
            .iter()
            .map(|period| due(DutyItem::Step7_5, *period))
            .collect();
        // 30 January 2027 is a Saturday, 30 October 2027 as well.
        let wanted = [
            date(2027, 2, 1),
            date(2027, 4, 30),
            date(2027, 7, 30),
            date(2027, 11, 1),
        ];
        assert_eq!(days?, wanted);
        Ok(())
    }
}
