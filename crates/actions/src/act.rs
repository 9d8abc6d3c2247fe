//! How every act runs: one transaction, one moment, one event in the trail as its last statement.

use crate::{Error, ctx::Ctx};
use domain::time::Moment;
use store::{Store, Tx, trail};

/// The trail of what no single province owns: frameworks and catalogues.
pub const NATIONAL: &str = "TH";

/// How often an act is tried again when another one came in between.
const TRIES: usize = 8;

/// What an act leaves behind: its answer, and its event. Without an event nothing was done and nothing is kept.
pub(crate) struct Done<T> {
    pub answer: T,
    pub event: Option<Told>,
}

/// What an act tells the trail.
pub(crate) struct Told {
    /// The act, noun and verb: `plan.import`.
    pub act: &'static str,
    /// Kind and id of what it was done to.
    pub subject: (&'static str, String),
    /// Before and after, and whatever else explains it.
    pub payload: serde_json::Value,
}

/// Runs an act on the trail of `province`: everything it records and its event, or nothing.
///
/// On a database with several writers the act may be run again from the start when another act took the moment.
pub(crate) async fn perform<T>(
    store: &Store,
    ctx: &mut Ctx,
    province: &str,
    body: impl AsyncFn(&Tx, &mut Ctx, Moment) -> Result<Done<T>, Error>,
) -> Result<T, Error> {
    let mut tries = 1;
    loop {
        match attempt(store, ctx, province, &body).await {
            Err(Error::Store(error)) if error.is_passing() && tries < TRIES => tries += 1,
            outcome => return outcome,
        }
    }
}

async fn attempt<T>(
    store: &Store,
    ctx: &mut Ctx,
    province: &str,
    body: &impl AsyncFn(&Tx, &mut Ctx, Moment) -> Result<Done<T>, Error>,
) -> Result<T, Error> {
    let tx = store.begin().await?;
    trail::lock(&tx, province).await?;
    let at = ctx.now();
    let done = body(&tx, ctx, at).await?;
    let Some(told) = done.event else {
        tx.rollback().await?;
        return Ok(done.answer);
    };
    let event = trail::NewEvent {
        at,
        actor: ctx.actor.clone(),
        on_behalf_of: ctx.on_behalf_of.clone(),
        act: told.act.to_owned(),
        subject: trail::Subject {
            kind: told.subject.0.to_owned(),
            id: told.subject.1,
        },
        payload: Some(told.payload.to_string()),
        salt: ctx.salt().to_vec(),
    };
    trail::append(&tx, province, event).await?;
    tx.commit().await?;
    Ok(done.answer)
}
