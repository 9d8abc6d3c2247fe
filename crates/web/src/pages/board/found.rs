//! A cell of the board as an address names it: found, and open to the reader.

use std::collections::HashMap;

use actions::permission::On;
use actions::steps::{Duties, duties};
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use chain::board::Cell as Board;
use domain::duty::{Duty, DutyItem};
use domain::ids::OrganisationId;
use domain::inquiry::Inquiry;
use domain::permission::Act;
use domain::reminder::Reminder;
use domain::step::StepRecord;
use domain::time::Period;
use maud::Markup;
use serde::Deserialize;
use store::Kept;
use uuid::Uuid;

use super::load::{Loaded, load};
use super::words::{cell_address, item, named, number, quarter, question};
use crate::form::Fields;
use crate::ui::flow;
use crate::{Error, Viewer};

/// The question of the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    year: String,
    quarter: String,
    done: String,
}

impl Asked {
    /// Whether an act has just led here.
    pub fn done(&self) -> bool {
        !self.done.is_empty()
    }
}

/// A cell as the address names it, found and open to the reader.
pub struct Found {
    pub loaded: Loaded,
    pub duties: Duties,
    pub organisation: OrganisationId,
    pub code: String,
    pub item: DutyItem,
    pub period: Period,
    /// What is owed in this period.
    pub duty: Option<Duty>,
    /// What stands.
    pub record: Option<Kept<StepRecord>>,
    /// What more was asked about it, the oldest first.
    pub inquiries: Vec<Kept<Inquiry>>,
    /// The reminders about it that its organisation received, the oldest first.
    pub reminders: Vec<Kept<Reminder>>,
}

impl Found {
    /// Finds the cell of an address.
    ///
    /// # Errors
    /// `SignIn` for the public; `Forbidden` out of reach, whether it exists or not; `NotFound` for a step or year that
    /// does not.
    pub async fn of(
        v: &Viewer,
        parts: &HashMap<String, String>,
        asked: &Asked,
    ) -> Result<Self, Error> {
        let part = |name: &str| parts.get(name).ok_or(Error::NotFound);
        v.somebody()?;
        let year = match asked.year.trim() {
            "" => None,
            typed => Some(domain::time::parse_year_be(typed).map_err(|_| Error::NotFound)?),
        };
        let loaded = load(v, year).await?;
        let code = part("organisation")?.clone();
        let organisation = loaded.organisation(v, &code).await?;
        let item = item(part("item")?).ok_or(Error::NotFound)?;
        let duties = duties()?;
        let row = duties.of(item).ok_or(Error::NotFound)?;
        let periods = row.periods(loaded.year);
        let period = match asked.quarter.as_str() {
            "" => periods.first(),
            typed => {
                let wanted = Some(quarter(typed).ok_or(Error::NotFound)?);
                periods.iter().find(|period| period.quarter == wanted)
            }
        };
        let period = period.copied().ok_or(Error::NotFound)?;
        let store = v.live()?.store();
        let duty = store::steps::duty(store, organisation, item, period).await?;
        let record = store::steps::record(store, organisation, item, period).await?;
        let inquiries = match &record {
            Some(kept) => store::of::<Inquiry, _>(store, &[kept.row.id]).await?,
            None => Vec::new(),
        };
        let mut reminders = store::of::<Reminder, _>(store, &[organisation]).await?;
        reminders.retain(|kept| (kept.row.item, kept.row.period) == (item, period));
        Ok(Self {
            loaded,
            duties,
            organisation,
            code,
            item,
            period,
            duty: duty.map(|kept| kept.row),
            record,
            inquiries,
            reminders,
        })
    }

    /// The cell for an act: with the version that the form was made from.
    pub fn seen(&self, fields: &Fields) -> actions::steps::Cell {
        actions::steps::Cell {
            organisation: self.organisation,
            item: self.item,
            period: self.period,
            seen: fields.text("seen").parse().ok(),
        }
    }

    /// The inquiry that waits for somebody.
    pub fn open_inquiry(&self) -> Option<&Kept<Inquiry>> {
        self.inquiries.iter().find(|kept| kept.row.is_open())
    }

    /// Whether what is owed here waits to be reported today.
    pub fn duty_waits(&self) -> bool {
        self.duty
            .is_some_and(|duty| duty.is_open(self.loaded.today))
    }

    /// Whether anything waits to be reported today, here or at a school below it.
    pub fn waits(&self) -> bool {
        let mut parts = self.of_board().into_iter().flat_map(|cell| &cell.parts);
        self.duty_waits() || parts.any(|part| part.duty.is_open(self.loaded.today))
    }

    /// Where somebody reminds of it.
    pub fn remind(&self, v: &Viewer) -> String {
        let at = v.to(&format!("/remind/{}", number(self.item)));
        let code = crate::address::encoded(&self.code);
        format!("{at}?year={}&organisation={code}", self.loaded.year.0)
    }

    /// The version that stands, for the form.
    pub fn version(&self) -> String {
        let version = self.record.as_ref().map(|kept| kept.stamp.version);
        version.map(|id: Uuid| id.to_string()).unwrap_or_default()
    }

    /// The address of this cell.
    pub fn address(&self, v: &Viewer) -> String {
        cell_address(v, &self.code, self.item, Some(self.period))
    }

    /// The address to which an act leads that was done: the cell says so.
    pub fn done(&self, v: &Viewer) -> String {
        format!("{}&done=1", self.address(v))
    }

    /// The address of something below this cell.
    pub fn below(&self, v: &Viewer, rest: &str) -> String {
        let cell = cell_address(v, &self.code, self.item, None);
        format!("{cell}/{rest}{}", question(Some(self.period)))
    }

    /// The name of the organisation.
    pub fn name(&self, v: &Viewer) -> String {
        let text = self.loaded.texts.get(&self.organisation);
        text.map(|text| named(v, text)).unwrap_or_default()
    }

    /// The way back to the board.
    pub fn above(&self, v: &Viewer) -> [(Markup, String); 1] {
        let board = format!("{}?year={}", v.to("/board"), self.loaded.year.0);
        [(flow(&v.say("board.title")), board)]
    }

    /// Whether the reader may do an act to this organisation.
    pub async fn may(&self, v: &Viewer, act: Act) -> bool {
        v.allows(act, On::Organisation(self.organisation))
            .await
            .is_ok()
    }

    /// Its cell on the board, where the organisation answers for itself.
    pub fn of_board(&self) -> Option<&Board> {
        let mut rows = self.loaded.rows.iter();
        let row = rows.find(|row| row.organisation == self.organisation)?;
        row.cell(self.item)
    }
}

/// The question, where it can be read.
pub fn asked(question: Result<Query<Asked>, QueryRejection>) -> Asked {
    question.map(|Query(asked)| asked).unwrap_or_default()
}
