//! Adds a public holiday, of the nation or of a province; what is due on it moves to the next working day.

use super::follow::{Whose, follow};
use crate::{
    Error,
    act::{Done, Told, perform},
    ctx::Ctx,
    permission::authorise,
    steps::day,
};
use domain::{
    holiday::{Holiday, HolidayDay},
    ids::HolidayId,
    issue::{Issue, Issues, Place},
    organisation::is_province,
    permission::Act,
    provenance::{Certainty, Provenance},
    step::needed,
    time::{BE_OFFSET, MonthDay},
};
use jiff::civil::Date;
use store::{Kept, New, Store};

/// A holiday to be added.
#[derive(Debug, Clone, Default)]
pub struct AddHoliday {
    /// The province that keeps it; `None` = the nation.
    pub province: Option<String>,
    /// The day, as typed.
    pub day: String,
    /// It returns every year; the year that was typed is not asked.
    pub yearly: bool,
    /// The province works on this day, although it is a national holiday.
    pub works: bool,
    /// What it is called, as typed.
    pub name: String,
    /// Where it was announced, as typed: a resolution, a letter.
    pub source: String,
}

/// A holiday that was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Added {
    /// The holiday.
    pub id: HolidayId,
    /// How many due days moved.
    pub moved: usize,
}

/// Years of holidays that move anything: those of fiscal years that can be opened.
const YEARS: std::ops::RangeInclusive<i16> = 2559..=2601;

fn at(field: &str) -> Place {
    Place::Field {
        field: field.to_owned(),
    }
}

/// Adds a holiday. The due days of what is still to be reported and falls on it move in the same act; what was reported
/// keeps its day.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Invalid`] with everything that is wrong, a day that is known already among it.
pub async fn add_holiday(store: &Store, ctx: &mut Ctx, new: AddHoliday) -> Result<Added, Error> {
    let whose = Whose::of(store, new.province.as_deref()).await?;
    perform(store, ctx, whose.trail(), async |tx, ctx, moment| {
        let by = authorise(tx, ctx, Act::Configure, whose.on(), moment).await?;
        let mut issues: Issues = Vec::new();
        if let Some(unknown) = new.province.as_deref().filter(|code| !is_province(code)) {
            issues
                .push(Issue::error(at("province"), "step.no_such_province").with("found", unknown));
        }
        let typed = day(&new.day, "day", &mut issues);
        let name = needed(
            new.name.clone(),
            "name",
            "calendar.name_needed",
            &mut issues,
        );
        let source = needed(
            new.source.clone(),
            "source",
            "calendar.source_needed",
            &mut issues,
        );
        let on = typed.map(|day| fits(day, new.yearly, &mut issues));
        let all: Vec<Kept<Holiday>> = store::all(tx).await?;
        let same = |one: &Holiday| Some(one.day) == on && one.province == new.province;
        if let Some(known) = all.iter().find(|kept| same(&kept.row)) {
            issues
                .push(Issue::error(at("day"), "calendar.day_known").with("name", &*known.row.name));
        }
        let (Some(on), true) = (on, issues.is_empty()) else {
            return Err(Error::Invalid(issues));
        };
        let row = Holiday {
            id: ctx.id(),
            day: on,
            name,
            province: new.province.clone(),
            works: new.works && new.province.is_some(),
        };
        let id = row.id;
        let certainty = Certainty::Entered;
        let holiday = New {
            version: ctx.id(),
            provenance: Some(Provenance { source, certainty }),
            row: row.clone(),
        };
        let source = holiday.provenance.clone();
        store::record(tx, moment, [holiday]).await?;
        let moved = follow(tx, ctx, moment, &whose).await?;
        let event = Some(Told {
            by,
            act: "calendar.add_holiday",
            subject: ("holiday", id.to_string()),
            payload: serde_json::json!({ "after": row, "provenance": source, "moved": moved }),
        });
        let answer = Added { id, moved };
        Ok(Done { answer, event })
    })
    .await
}

fn fits(day: Date, yearly: bool, issues: &mut Issues) -> HolidayDay {
    if yearly {
        return HolidayDay::Yearly(MonthDay::of(day));
    }
    let year = day.year() + BE_OFFSET;
    if !YEARS.contains(&year) {
        let issue = Issue::error(at("day"), "calendar.day_out_of_range")
            .with("first", i64::from(*YEARS.start()))
            .with("last", i64::from(*YEARS.end()));
        issues.push(issue);
    }
    HolidayDay::Once(day)
}
