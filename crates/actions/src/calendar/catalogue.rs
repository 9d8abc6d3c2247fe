//! The holidays with a fixed date that ship with the program, from `data/holidays.csv`. They are well known, but not read in
//! a source: whoever runs the calendar confirms them or takes them out, and what was taken out stays out.

use crate::{
    Error,
    catalogue::CatalogueError,
    ctx::Ctx,
    reconcile::{Source, Tally},
};
use domain::{
    holiday::{Holiday, HolidayDay},
    provenance::{Certainty, Provenance},
    time::{Moment, MonthDay},
};
use serde::Deserialize;
use std::collections::HashMap;
use store::{Kept, New, Tx};

const FILE: &str = "holidays.csv";
const TEXT: &str = include_str!("../../../../data/holidays.csv");

#[derive(Deserialize)]
struct Row {
    month: i8,
    day: i8,
    name_th: String,
    source: String,
    certainty: Certainty,
}

/// A holiday as it ships.
#[derive(Debug, Clone, PartialEq)]
struct Shipped {
    day: MonthDay,
    name: String,
    provenance: Provenance,
}

fn shipped() -> Result<Vec<Shipped>, CatalogueError> {
    let rows: Result<Vec<Row>, csv::Error> = csv::Reader::from_reader(TEXT.as_bytes())
        .deserialize()
        .collect();
    let rows = rows.map_err(|source| CatalogueError::Unreadable { file: FILE, source })?;
    let mut all = Vec::with_capacity(rows.len());
    let mut codes = Vec::new();
    for row in rows {
        match MonthDay::new(row.month, row.day) {
            Some(day) => all.push(Shipped {
                day,
                name: row.name_th,
                provenance: Provenance {
                    source: row.source,
                    certainty: row.certainty,
                },
            }),
            None => codes.push(format!("{}-{}", row.month, row.day)),
        }
    }
    match codes.is_empty() {
        true => Ok(all),
        false => Err(CatalogueError::Unmatched { file: FILE, codes }),
    }
}

/// Records what is new or changed in this version of the program; what a person added, changed or took out stays so.
pub(crate) async fn record_catalogue(
    tx: &Tx,
    ctx: &mut Ctx,
    at: Moment,
    source: &Source,
) -> Result<Tally, Error> {
    let mut known: HashMap<HolidayDay, Kept<Holiday>> = HashMap::new();
    for kept in store::calendar::national_holidays_ever(tx).await? {
        known.insert(kept.row.day, kept);
    }
    let mut tally = Tally::default();
    let mut new = Vec::new();
    for one in shipped()? {
        let day = HolidayDay::Yearly(one.day);
        let before = known.get(&day);
        let theirs =
            |kept: &Kept<Holiday>| kept.stamp.ended_at.is_some() || !source.recorded(&kept.stamp);
        let same = |kept: &Kept<Holiday>| {
            kept.row.name == one.name && kept.stamp.provenance.as_ref() == Some(&one.provenance)
        };
        if before.is_some_and(|kept| theirs(kept) || same(kept)) {
            tally.unchanged += 1;
            continue;
        }
        match before {
            Some(_) => tally.changed += 1,
            None => tally.added += 1,
        }
        new.push(New {
            version: ctx.id(),
            provenance: Some(one.provenance),
            row: Holiday {
                id: before.map_or_else(|| ctx.id(), |kept| kept.row.id),
                day,
                name: one.name,
                province: None,
                works: false,
            },
        });
    }
    store::record(tx, at, new).await?;
    Ok(tally)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_is_of_fixed_dates_each_once_and_to_be_confirmed() -> Result<(), CatalogueError> {
        let all = shipped()?;
        let days: Vec<MonthDay> = all.iter().map(|one| one.day).collect();
        assert!(
            days.is_sorted_by(|a, b| a < b),
            "by the calendar, none twice"
        );
        assert_eq!(days.len(), 14);
        let recalled = |one: &Shipped| one.provenance.certainty == Certainty::Recalled;
        assert!(all.iter().all(recalled));
        Ok(())
    }
}
