//! The catalogues that ship with the product, recorded by an act like any other.

mod read;

use crate::{
    Error,
    act::{Done, NATIONAL, Told, Trail, perform},
    calendar::record_catalogue,
    ctx::Ctx,
    permission::{On, authorise},
    reconcile::{CATALOGUE, Outcome, Source, changed_anything, reconcile},
    wanted::Wanted,
};
use domain::permission::Act;
pub(crate) use read::districts;
pub use read::{frameworks, phetchabun};
use store::Store;

/// An embedded catalogue that cannot be read: a fault of the build, not of the user.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// A file is not what it should be.
    #[error("the catalogue data/{file} cannot be read: {source}")]
    Unreadable {
        /// Which file.
        file: &'static str,
        /// Why.
        source: csv::Error,
    },
    /// Rows of values belong to no element of a plan.
    #[error("the catalogue data/{file} speaks of elements that no plan has: {}", codes.join(", "))]
    Unmatched {
        /// Which file.
        file: &'static str,
        /// Edition and code of the elements.
        codes: Vec<String>,
    },
}

/// The province whose organisations ship with the program (เพชรบูรณ์).
pub(crate) const PHETCHABUN: &str = "67";

/// The organisations of Phetchabun on the trail of province 67, then the frameworks, national plans and holidays of fixed
/// date on the national one: two acts, each with its event. Recording them again records only what is new or changed in this version of the
/// program, and leaves what a person corrected or an import changed since.
pub async fn record(store: &Store, ctx: &mut Ctx) -> Result<Outcome, Error> {
    let (organisations, frameworks) = (phetchabun()?, frameworks()?);
    let mut outcome = of(store, ctx, "phetchabun", Some(PHETCHABUN), organisations).await?;
    for (kind, tally) in of(store, ctx, "frameworks", None, frameworks).await? {
        // What the one does not speak of it counts as nothing: the sums are those of both.
        let sum = outcome.entry(kind).or_default();
        sum.added += tally.added;
        sum.changed += tally.changed;
        sum.unchanged += tally.unchanged;
        sum.missing.extend(tally.missing);
    }
    Ok(outcome)
}

async fn of(
    store: &Store,
    ctx: &mut Ctx,
    name: &str,
    province: Option<&str>,
    wanted: Wanted,
) -> Result<Outcome, Error> {
    let trail = Trail::Shared(province.unwrap_or(NATIONAL));
    perform(store, ctx, trail, async |tx, ctx, at| {
        let on = province.map_or(On::Nation, On::Province);
        let by = authorise(tx, ctx, Act::Configure, on, at).await?;
        let source = Source::catalogue(tx, province.map(str::to_owned)).await?;
        let (mut outcome, _) = reconcile(tx, ctx, at, wanted.clone(), &source).await?;
        if province.is_none() {
            let holidays = record_catalogue(tx, ctx, at, &source).await?;
            outcome.insert("holiday".to_owned(), holidays);
        }
        let event = changed_anything(&outcome).then(|| Told {
            by,
            act: CATALOGUE,
            subject: ("catalogue", name.to_owned()),
            payload: serde_json::json!({ "version": env!("CARGO_PKG_VERSION"), "outcome": outcome }),
        });
        Ok(Done {
            answer: outcome,
            event,
        })
    })
    .await
}
