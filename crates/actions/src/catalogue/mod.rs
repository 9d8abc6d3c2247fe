//! The catalogues that ship with the product, recorded by an act like any other.

mod read;

use crate::{
    Error,
    act::{Done, NATIONAL, Told, perform},
    ctx::Ctx,
    reconcile::{Outcome, changed_anything, reconcile},
};
pub use read::{frameworks, phetchabun};
use store::Store;

/// An embedded catalogue that cannot be read: a fault of the build, not of the user.
#[derive(Debug, thiserror::Error)]
#[error("the catalogue data/{file} cannot be read: {source}")]
pub struct CatalogueError {
    /// Which file.
    pub file: &'static str,
    /// Why.
    pub source: csv::Error,
}

/// The organisations of Phetchabun (province 67), then the frameworks and national plans, each as one event.
/// Recording them again records only what is new or changed in this version of the program.
pub async fn record(store: &Store, ctx: &mut Ctx) -> Result<Outcome, Error> {
    let organisations = phetchabun()?;
    let mut wanted = frameworks()?;
    wanted.organisations = organisations.organisations;
    perform(store, ctx, NATIONAL, async |tx, ctx, at| {
        let outcome = reconcile(tx, ctx, at, wanted.clone()).await?;
        let event = changed_anything(&outcome).then(|| Told {
            act: "catalogue.record",
            subject: ("catalogue", "sdg4, national plans, phetchabun".to_owned()),
            payload: serde_json::json!({ "version": env!("CARGO_PKG_VERSION"), "outcome": outcome }),
        });
        Ok(Done { answer: outcome, event })
    })
    .await
}
