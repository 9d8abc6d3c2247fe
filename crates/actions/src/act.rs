//! How every act runs: one transaction, one moment, one event in the trail as its last statement.

use crate::{Error, ctx::Ctx, permission::Allowed};
use domain::time::Moment;
use std::time::Duration;
use store::{Store, Tx, trail};

/// The trail of what no single province owns: frameworks and catalogues.
pub const NATIONAL: &str = "TH";

/// How often an act is tried again when another one came in between.
const TRIES: u32 = 8;
/// The pause before the second try; it grows with every further one.
const PAUSE: Duration = Duration::from_millis(20);

/// What an act leaves behind: its answer, and its event. Without an event nothing was done and nothing is kept.
pub(crate) struct Done<T> {
    pub answer: T,
    pub event: Option<Told>,
}

/// What an act tells the trail.
pub(crate) struct Told {
    /// By which right: no event without it.
    pub by: Allowed,
    /// The act, noun and verb: `plan.import`.
    pub act: &'static str,
    /// Kind and id of what it was done to.
    pub subject: (&'static str, String),
    /// Before and after, and whatever else explains it.
    pub payload: serde_json::Value,
}

/// On which trail an act is told.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Trail<'a> {
    /// The act changes only what this province owns.
    Own(&'a str),
    /// The act also settles what provinces share (organisations, catalogues): it holds the national trail, too.
    Shared(&'a str),
    /// The act changes what all provinces share, and with it what each of these owns: it is told on the national trail and
    /// on theirs.
    Every(&'a [String]),
}

/// Runs an act: everything it records and its event, or nothing.
///
/// On a database with several writers the act may be run again from the start, a little later each time.
pub(crate) async fn perform<T>(
    store: &Store,
    ctx: &mut Ctx,
    trail: Trail<'_>,
    body: impl AsyncFn(&Tx, &mut Ctx, Moment) -> Result<Done<T>, Error>,
) -> Result<T, Error> {
    let mut tries = 1;
    loop {
        match attempt(store, ctx, trail, &body).await {
            Err(Error::Store(error)) if error.is_passing() && tries < TRIES => {
                tokio::time::sleep(PAUSE * tries).await;
                tries += 1;
            }
            outcome => return outcome,
        }
    }
}

async fn attempt<T>(
    store: &Store,
    ctx: &mut Ctx,
    trail: Trail<'_>,
    body: &impl AsyncFn(&Tx, &mut Ctx, Moment) -> Result<Done<T>, Error>,
) -> Result<T, Error> {
    let tx = store.begin().await?;
    let (held, told) = trail.held_and_told();
    let mut last = Moment(i64::MIN);
    for province in &held {
        last = last.max(trail::lock(&tx, province).await?.at);
    }
    // A clock that was set back, or that of a slower computer, must not stop the office: time goes on from the trail.
    let at = ctx.now().max(Moment(last.0.saturating_add(1)));
    let done = body(&tx, ctx, at).await?;
    let Some(event) = done.event else {
        tx.rollback().await?;
        return Ok(done.answer);
    };
    let mut payload = event.payload;
    if let Some(fields) = payload.as_object_mut() {
        fields.insert("who".to_owned(), who(ctx, event.by));
    }
    let payload = payload.to_string();
    for province in told {
        let event = trail::NewEvent {
            at,
            actor: ctx.actor.clone(),
            on_behalf_of: ctx.on_behalf_of.clone(),
            act: event.act.to_owned(),
            subject: trail::Subject {
                kind: event.subject.0.to_owned(),
                id: event.subject.1.clone(),
            },
            payload: Some(payload.clone()),
            salt: ctx.salt().to_vec(),
        };
        trail::append(&tx, province, event).await?;
    }
    tx.commit().await?;
    Ok(done.answer)
}

impl<'a> Trail<'a> {
    /// The trails that are held to the end of the act, and those on which it is told. The national trail always comes first
    /// and the others by their codes: two acts that wait for each other's trail would wait for ever.
    fn held_and_told(self) -> (Vec<&'a str>, Vec<&'a str>) {
        match self {
            Trail::Own(province) => (vec![province], vec![province]),
            Trail::Shared(NATIONAL) => (vec![NATIONAL], vec![NATIONAL]),
            Trail::Shared(province) => (vec![NATIONAL, province], vec![province]),
            Trail::Every(provinces) => {
                let mut all: Vec<&str> = provinces.iter().map(String::as_str).collect();
                all.sort_unstable();
                all.dedup();
                all.retain(|province| *province != NATIONAL);
                all.insert(0, NATIONAL);
                (all.clone(), all)
            }
        }
    }
}

/// Who acted, by which way and right, and whence. Under a name of its own, so that no field of an act is written over;
/// the actor beside it is an account only where a person stands here.
fn who(ctx: &Ctx, by: Allowed) -> serde_json::Value {
    let person = by.proven().or(ctx.who.person());
    let mut who = serde_json::json!({ "way": ctx.who.way() });
    let known = [
        ("person", person.map(|person| person.to_string())),
        ("role", by.role().map(|role| role.code().to_owned())),
        ("from", ctx.from.clone()),
    ];
    for (field, value) in known {
        if let Some(value) = value {
            who[field] = value.into();
        }
    }
    who
}
