//! What is kept: entities, migrations, queries, the trail; the only room that knows SQL.
//!
//! One set of migrations and queries serves SQLite (the default) and PostgreSQL; only `bulk` and `search` (and the
//! few lines that open and lock) may know the engine.
//!
//! ```no_run
//! # use store::{Error, New, Options, Store, trail};
//! # use domain::{ids::ListingId, project::Listing, time::Moment};
//! # async fn example(version: uuid::Uuid, listing: Listing, at: Moment, event: trail::NewEvent) -> Result<(), Error> {
//! let store = Store::open("saithong.db", Options { create: true, ..Options::default() }).await?;
//! store.migrate().await?;
//!
//! // An act: rows first, its event last, then commit. Ids, moments and salts come from the caller.
//! let tx = store.begin().await?;
//! store::record(&tx, at, [New { version, provenance: None, row: listing }]).await?;
//! store::end::<Listing>(&tx, at, &[ListingId::from_u128(7)]).await?;
//! trail::append(&tx, "67", event).await?; // Error::Behind: repeat the act with a later moment
//! tx.commit().await?;
//!
//! // Reads: everything at once for the thread, one row, or its history.
//! let facts = store.facts(None).await?;
//! let one = store::get::<Listing>(&store, listing.id).await?;
//! let versions = store::history::<Listing>(&store, listing.id).await?;
//! # Ok(()) }
//! ```
//!
//! - [`all`], [`get`], [`get_many`], [`of`] (rows that belong to others), [`history`] read rows, from a [`Store`] or
//!   from inside a [`Tx`]; [`texts`] finds things by the codes people know and gives the words for sets of ids.
//! - [`search`] finds words inside Thai compounds; [`trail`] appends, follows, proves and lawfully erases.
//! - [`Store::facts_and_heads`] gives the facts of now with the place in the trail from which to follow changes.
//! - [`Store::status`], [`Store::migrate`], [`Store::doctor`], [`create_database`] are for whoever runs the database.
//!
//! Rows are things of `domain`, facts and words as a pair where there are words: `(Organisation, OrganisationText)`,
//! `Membership`, `Plan`, `(Edition, EditionText)`, `(Node, NodeText)`, `(Indicator, IndicatorText)`, `Baseline`,
//! `IndicatorTarget`, `(Crosswalk, Reason)`, `(Alignment, Reason)`, `(Project, ProjectText)`, `Listing`, `Activity`,
//! `(Link, Reason)`, `Mention`, `Waiver`, `BudgetLine`, `PeopleReport`, `Observation`, `Duty`, `Person`, `Grant`,
//! `StepRecord`, `StepFile`, `Inquiry`, `Reminder`, `Holiday`, `DutyRule`. Nothing is overwritten: recording a row
//! whose id stands ends the standing version at the same moment.

pub mod accounts;
mod bulk;
pub mod calendar;
mod collation;
mod connect;
mod create;
pub mod doctor;
mod entities;
mod error;
pub mod files;
mod migrations;
pub mod permission;
pub mod register;
mod row;
pub mod search;
pub mod steps;
pub mod texts;
pub mod trail;
mod tx;

pub use connect::{BUSY_TIMEOUT, Engine, Options, Store};
pub use create::{create_database, drop_database};
pub use entities::Reason;
pub use error::Error;
pub use migrations::Status;
pub use row::{Kept, New, Of, Row, Stamp, all, end, get, get_many, histories, history, of, record};
pub use tx::{Read, Tx};
