//! Acts on organisations as stories: the register of Phetchabun, on both engines.

mod codes;
mod lists;
mod records;
mod reorganising;
mod sequences;
mod structure;

use crate::office::planner;
use actions::{Ctx, Error};
use domain::{
    ids::OrganisationId,
    organisation::{Axis, Membership, Organisation, OrganisationText},
};
use jiff::civil::{Date, date};
use store::Store;

/// The stories begin on 1 October 2569: the first day from which a change may hold.
pub const TODAY: Date = date(2026, 10, 1);
pub const LETTER: &str = "คำสั่งตัวอย่าง ที่ 1/2569";

/// The register as the catalogue records it, and a planner.
pub async fn register(store: &Store) -> Ctx {
    let mut ctx = planner();
    actions::catalogue::record(store, &mut ctx).await.unwrap();
    ctx
}

pub async fn org(store: &Store, code: &str) -> OrganisationId {
    row(store, code).await.0.id
}

pub async fn row(store: &Store, code: &str) -> (Organisation, OrganisationText) {
    let mut found = store::texts::organisations(store, code).await.unwrap();
    assert_eq!(found.len(), 1, "{code}");
    found.remove(0).row
}

/// Under whom an organisation stands on a day.
pub async fn above(
    store: &Store,
    id: OrganisationId,
    axis: Axis,
    day: Date,
) -> Option<OrganisationId> {
    let places = store::of::<Membership, _>(store, &[id]).await.unwrap();
    let on = places
        .iter()
        .map(|kept| kept.row)
        .find(|it| it.axis == axis && it.holds_on(day));
    on.map(|place| place.parent)
}

/// The codes of everything that was wrong, with the fields at which it stands.
pub fn wrong<T: std::fmt::Debug>(outcome: Result<T, Error>) -> Vec<(String, &'static str)> {
    let place = |at: &domain::issue::Place| match at {
        domain::issue::Place::Field { field } => field.clone(),
        domain::issue::Place::Cell { row, column, .. } => format!("{row} {column}"),
        other => format!("{other:?}"),
    };
    match outcome {
        Err(Error::Invalid(issues)) => issues
            .iter()
            .map(|issue| (place(&issue.at), issue.code))
            .collect(),
        Err(Error::Stale(issue) | Error::NotFound(issue)) => vec![(place(&issue.at), issue.code)],
        other => panic!("{other:?}"),
    }
}
