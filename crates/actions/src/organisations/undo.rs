//! Takes a merging or splitting back: everything that it changed is as it was before, or nothing is changed.

use super::{
    check::{Check, names, sound},
    desk::{Asks, Consequences, RecordAt, allowed, entered, id_text, record, trail_of},
    register::{Named, Register},
    rows::Rows,
};
use crate::{
    Ctx, Error,
    act::{Done, Told, Trail, perform},
};
use domain::{
    duty::Duty,
    ids::{OrganisationId, ReorganisationId},
    issue::{Issue, Place},
    organisation::Membership,
    permission::Act,
    project::{Project, ProjectText},
    register::{DisplayOrder, OrganisationCode, Succession},
    step::{KeptRecord, StepRecord},
    time::Moment,
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use store::{Kept, Read, Row, Store};

/// Which merging or splitting is taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undo {
    /// It.
    pub reorganisation: ReorganisationId,
    /// The letter or order on which it rests.
    pub reason: String,
}

/// Takes a merging or splitting back. An organisation that was made for it stays in the register, closed from its first
/// day: what was ever named can always be named.
///
/// # Errors
/// [`Error::NotFound`] when there never was one; [`Error::Stale`] when it was taken back already, or what it changed has
/// been changed since or would lose its duty, naming whose; [`Error::Invalid`] when the quarter in which it took effect
/// has ended: then a new splitting or moving is the way.
pub async fn undo_merge(store: &Store, ctx: &mut Ctx, input: &Undo) -> Result<Consequences, Error> {
    let asks = asks(store, input.reorganisation).await?;
    let trail = trail_of(store, &asks).await?;
    let undone = perform(store, ctx, Trail::Shared(&trail), async |tx, ctx, at| {
        let by = allowed(tx, ctx, at, Act::Restructure, &asks).await?;
        let (register, consequences) = planned(tx, at, input, &asks).await?;
        let changes = record(tx, ctx, at, &register, &entered(&input.reason)).await?;
        let event = changes.map(|changes| Told {
            by,
            act: "organisation.undo_merge",
            subject: ("organisation", id_text(consequences.subject)),
            payload: serde_json::json!({
                "reason": input.reason,
                "consequences": consequences,
                "changes": changes,
            }),
        });
        Ok(Done {
            answer: consequences,
            event,
        })
    })
    .await;
    match undone {
        // Something stands in the place of what would come back: a fact about the register, and no fault of the program.
        Err(Error::Store(store::Error::Conflict { .. })) => {
            let register = Register::load(store, &[]).await?;
            Err(changed_since(&register, &asks.organisations))
        }
        undone => undone,
    }
}

fn changed_since(register: &Register, changed: &[OrganisationId]) -> Error {
    let mut issue = Issue::error(Place::Whole, "organisation.changed_since");
    issue.args = names(register, changed);
    Error::stale(issue)
}

/// What taking it back would do; nothing is recorded.
///
/// # Errors
/// Those of [`undo_merge`].
pub async fn preview_undo(
    store: &Store,
    ctx: &mut Ctx,
    input: &Undo,
) -> Result<Consequences, Error> {
    let asks = asks(store, input.reorganisation).await?;
    let at = ctx.now();
    allowed(store, ctx, at, Act::Restructure, &asks).await?;
    Ok(planned(store, at, input, &asks).await?.1)
}

/// Those who took part, whether it stands or was taken back.
async fn asks(store: &Store, id: ReorganisationId) -> Result<Asks<'static>, Error> {
    let mut rows = store::of::<Succession, _>(store, &[id]).await?;
    if rows.is_empty() {
        rows = store::register::ended_successions(store, id).await?;
    }
    let parts = rows
        .iter()
        .flat_map(|kept| [kept.row.predecessor, kept.row.successor]);
    let parts: BTreeSet<OrganisationId> = parts.collect();
    Ok(Asks {
        organisations: parts.into_iter().collect(),
        ..Asks::default()
    })
}

async fn planned(
    read: &impl Read,
    at: Moment,
    input: &Undo,
    asks: &Asks<'_>,
) -> Result<(Register, Consequences), Error> {
    let stands = store::of::<Succession, _>(read, &[input.reorganisation]).await?;
    let Some(first) = stands.first() else {
        let issue = match asks.organisations.is_empty() {
            true => {
                return Err(Error::not_found(Issue::error(
                    Place::Whole,
                    "organisation.no_merge",
                )));
            }
            false => Issue::error(Place::Whole, "organisation.undone_already"),
        };
        let register = Register::load(read, &[]).await?;
        let mut issue = issue;
        issue.args = names(&register, &asks.organisations);
        return Err(Error::stale(issue));
    };
    let (made_at, on) = (first.stamp.recorded_at, first.row.on);
    let mut register = Register::load(read, &asks.organisations).await?;
    let without_duty = register.orphans();
    let mut check = Check::new(&register, at.thai_day());
    check.reason(&input.reason);
    check.day("on", on);
    check.done().map_err(Error::Invalid)?;

    let mut consequences = Consequences {
        subject: Some(first.row.successor),
        reorganisation: Some(input.reorganisation),
        ..Consequences::default()
    };
    let mut back = Back {
        read,
        made_at,
        changed: BTreeSet::new(),
    };
    let concerned: BTreeSet<OrganisationId> = asks.organisations.iter().copied().collect();
    let made = back
        .organisations(&mut register, &concerned, on, &mut consequences)
        .await?;
    let of_membership = |row: &Membership| vec![row.organisation, row.parent];
    back.table(
        &mut register.memberships,
        &concerned,
        of_membership,
        |row| !made.contains(&row.organisation),
    )
    .await?;
    back.table(
        &mut register.duties,
        &concerned,
        |row: &Duty| vec![row.organisation],
        |_| true,
    )
    .await?;
    back.table(
        &mut register.records,
        &concerned,
        |row: &StepRecord| vec![row.organisation],
        |_| true,
    )
    .await?;
    back.table(
        &mut register.kept,
        &concerned,
        |row: &KeptRecord| vec![row.successor],
        |_| true,
    )
    .await?;
    back.table(
        &mut register.codes,
        &concerned,
        |row: &OrganisationCode| vec![row.organisation],
        |_| true,
    )
    .await?;
    back.table(
        &mut register.orders,
        &concerned,
        |row: &DisplayOrder| vec![row.organisation],
        |_| true,
    )
    .await?;
    back.table(
        &mut register.successions,
        &concerned,
        |row: &Succession| vec![row.predecessor],
        |_| true,
    )
    .await?;
    // What a new organisation has gathered since would be left hanging.
    for id in &made {
        let projects = store::of::<(Project, ProjectText), _>(read, &[*id]).await?;
        if !projects.is_empty() || !register.open_below(*id, on).is_empty() {
            back.changed.insert(*id);
        }
        // What opening the year asked of it is asked of nobody any more, unless it was answered.
        let asked = register.duties.all().filter(|it| it.organisation == *id);
        for duty in asked.copied().collect::<Vec<Duty>>() {
            let begun = register.record_at(*id, duty.item, duty.period).is_some();
            if begun || duty.reported_on.is_some() {
                back.changed.insert(*id);
            } else {
                register.duties.end(duty.id);
                consequences.duties_ended += usize::from(duty.applicable);
            }
        }
    }
    let orphans = register.orphans().into_iter();
    let new = orphans.filter(|orphan| !without_duty.contains(orphan));
    back.changed
        .extend(new.map(|(_, organisation)| organisation));
    back.changed.extend(register.doubled());
    if !back.changed.is_empty() {
        let changed: Vec<OrganisationId> = back.changed.into_iter().collect();
        return Err(changed_since(&register, &changed));
    }
    sound(&register, "on").map_err(Error::Invalid)?;
    tell(&register, &mut consequences);
    Ok((register, consequences))
}

/// Says which duties and records come back.
fn tell(register: &Register, consequences: &mut Consequences) {
    let applies = |duty: &Option<Duty>| duty.is_some_and(|duty| duty.applicable);
    let back = register
        .duties
        .diffs()
        .filter(|(_, it)| it.before.is_none() && applies(&it.after));
    consequences.duties_moved = back.count();
    for (_, diff) in register.records.diffs() {
        if let (Some(before), Some(after)) = (diff.before, diff.after)
            && before.organisation != after.organisation
        {
            consequences.records_moved.push(RecordAt::of(&before));
        }
    }
}

/// Puts tables back to what stood before one moment, and gathers those whose rows have been changed since.
struct Back<'a, R> {
    read: &'a R,
    made_at: Moment,
    changed: BTreeSet<OrganisationId>,
}

impl<T: Read> Back<'_, T> {
    /// The rows of one kind that the act touched, as they were before it and as it left them.
    async fn touched<R: Row>(&self) -> Result<(Vec<R>, Vec<Kept<R>>), Error> {
        let before = store::register::ended_at::<R>(self.read, self.made_at).await?;
        let after = store::register::recorded_at::<R>(self.read, self.made_at).await?;
        Ok((before.into_iter().map(|kept| kept.row).collect(), after))
    }

    /// Those that stood before get back what was said of them; those that were made close on their first day. Gives those
    /// that were made.
    async fn organisations(
        &mut self,
        register: &mut Register,
        concerned: &BTreeSet<OrganisationId>,
        on: Date,
        consequences: &mut Consequences,
    ) -> Result<BTreeSet<OrganisationId>, Error> {
        let (before, after) = self.touched::<Named>().await?;
        let mut before: BTreeMap<OrganisationId, Named> =
            before.into_iter().map(|row| (row.0.id, row)).collect();
        let mut made = BTreeSet::new();
        for kept in after
            .into_iter()
            .filter(|kept| concerned.contains(&kept.row.0.id))
        {
            let id = kept.row.0.id;
            if register.organisations.get(id) != Some(&kept.row) || kept.stamp.ended_at.is_some() {
                self.changed.insert(id);
                continue;
            }
            match before.remove(&id) {
                Some(row) => register.organisations.put(id, row),
                None => {
                    let (mut organisation, text) = kept.row;
                    organisation.closed = Some(on);
                    register.organisations.put(id, (organisation, text));
                    consequences.closed.push(id);
                    made.insert(id);
                }
            }
        }
        Ok(made)
    }

    /// The rows of one table that concern those who took part get back what they said, and those that the act added end.
    async fn table<R>(
        &mut self,
        rows: &mut Rows<R::Id, R>,
        concerned: &BTreeSet<OrganisationId>,
        of: impl Fn(&R) -> Vec<OrganisationId>,
        ends: impl Fn(&R) -> bool,
    ) -> Result<(), Error>
    where
        R: Row + Clone + PartialEq,
        R::Id: Ord,
    {
        let (before, after) = self.touched::<R>().await?;
        let concerns = |row: &R| of(row).iter().any(|id| concerned.contains(id));
        let mut before: BTreeMap<R::Id, R> = before
            .into_iter()
            .filter(|row| concerns(row))
            .map(|row| (row.id(), row))
            .collect();
        for kept in after.into_iter().filter(|kept| concerns(&kept.row)) {
            let id = kept.row.id();
            let stood = before.remove(&id);
            if rows.get(id) != Some(&kept.row) || kept.stamp.ended_at.is_some() {
                self.changed.extend(of(&kept.row).first());
                continue;
            }
            match stood {
                Some(row) => rows.put(id, row),
                None if ends(&kept.row) => rows.end(id),
                None => {}
            }
        }
        for (id, row) in before {
            if rows.get(id).is_some() {
                self.changed.extend(of(&row).first());
            } else {
                rows.put(id, row);
            }
        }
        Ok(())
    }
}
