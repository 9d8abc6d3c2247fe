//! Hands everything that somebody answers for to somebody else, in one event: each role with its organisation and its
//! end. Tasks, drafts and findings follow, because they belong to whoever holds the role.

use super::{
    common::{at_field, close_links, entered, managed, not_oneself, until},
    give::{holds_already, seen},
    last::{self, Loss},
    leave::{day_problems, gone, roles_ahead},
    line::open_duties,
};
use crate::{
    Error,
    accounts::{
        Given,
        roles::{closed, trail_of_person},
    },
    act::{Done, Told, Trail, perform},
    ctx::{Ctx, Who},
    permission::{On, authorise},
};
use domain::{
    ids::PersonId,
    issue::Issue,
    people::{Grant, Person},
    permission::Act,
};
use jiff::civil::Date;
use store::{Store, Tx, accounts, permission};

/// From whom, to whom, when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandOver {
    /// Who gives everything away.
    pub from: PersonId,
    /// Who takes it.
    pub to: PersonId,
    /// The first day of the successor; `None` = today.
    pub on: Option<Date>,
    /// Whether the one who gives leaves on that day, too.
    pub leaves: bool,
}

/// What was handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandedOver {
    /// Roles; one that the successor holds already only ends.
    pub roles: usize,
    /// Duties of the organisations in hand that nobody has reported yet.
    pub duties: usize,
}

/// Hands everything over: the roles of `from` end and go on as those of `to`.
///
/// Of somebody who has left already, the roles that ended on that day go on.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor manages all roles of `from`; [`Error::Invalid`] for one's own roles, for taking
/// them oneself, for a successor who is unknown, has left or is the same person, and where there is nothing to hand
/// over.
pub async fn hand_over(store: &Store, ctx: &mut Ctx, hand: HandOver) -> Result<HandedOver, Error> {
    let trail = trail_of_person(store, hand.from).await?;
    perform(store, ctx, Trail::Shared(&trail), async |tx, ctx, at| {
        not_oneself(ctx, hand.from)?;
        let (by, kept) = managed(tx, ctx, hand.from, at).await?;
        let from = kept.row;
        let today = at.thai_day();
        let day = hand.on.unwrap_or(today);
        let mut issues = day_problems(day, today);
        let to = seen(tx, ctx, hand.to, at).await?;
        issues.extend(unfit(ctx, &from, to.as_ref(), day));
        let ending = in_hand(tx, &from, day).await?;
        for role in &ending {
            authorise(
                tx,
                ctx,
                Act::HandOver,
                On::Organisation(role.organisation),
                at,
            )
            .await?;
        }
        if ending.is_empty() {
            issues.push(at_field("from", "people.nothing_in_hand").with("name", &*from.name));
        }
        let (Some(to), true) = (to, issues.is_empty()) else {
            return Err(Error::Invalid(issues));
        };
        let beginning = going_on(tx, ctx, (&from, &to), &ending, day).await?;
        let loss = Loss {
            ending: &ending,
            beginning: &beginning,
            on: day,
        };
        // A successor who held the role before is among those who stay.
        let issues = last::problems(tx, loss).await?;
        if !issues.is_empty() {
            return Err(Error::Invalid(issues));
        }
        let after = match (hand.leaves, from.left) {
            (true, None) => Some(gone(tx, ctx, &from, &ending, (day, at)).await?),
            (_, Some(_)) => None,
            (false, None) => {
                let ended: Vec<_> = ending
                    .iter()
                    .map(|role| entered(ctx, until(*role, day)))
                    .collect();
                store::record(tx, at, ended).await?;
                close_links(tx, from.id, at).await?;
                None
            }
        };
        accounts::revoke_resets(tx, to.id, at).await?;
        let begun: Vec<_> = beginning.iter().map(|role| entered(ctx, *role)).collect();
        store::record(tx, at, begun).await?;
        let duties = open_duties(tx, &ending).await?;
        let payload = serde_json::json!({
            "from": from,
            "left": after.and_then(|person| person.left),
            "to": { "id": to.id, "account": to.account },
            "on": day,
            "ended": ending,
            "begun": beginning,
            "open_duties": duties,
        });
        let event = Some(Told {
            by,
            act: "people.hand_over",
            subject: ("person", from.id.to_string()),
            payload,
        });
        let answer = HandedOver {
            roles: ending.len(),
            duties,
        };
        Ok(Done { answer, event })
    })
    .await
}

/// Why somebody cannot be the successor.
fn unfit(ctx: &Ctx, from: &Person, to: Option<&Person>, day: Date) -> Option<Issue> {
    match to {
        None => Some(at_field("to", "people.unknown")),
        Some(to) if to.id == from.id => Some(at_field("to", "people.to_the_same")),
        Some(to) if ctx.who == Who::Person(to.id) => Some(at_field("to", "people.not_oneself")),
        Some(to) if to.left.is_some_and(|left| left <= day) => {
            Some(at_field("to", "people.has_left").with("name", &*to.name))
        }
        Some(_) => None,
    }
}

/// The roles as those of the successor, from the day on; what they hold already is not given twice.
async fn going_on(
    tx: &Tx,
    ctx: &mut Ctx,
    (from, to): (&Person, &Person),
    ending: &[Grant],
    day: Date,
) -> Result<Vec<Grant>, Error> {
    let mut beginning = Vec::new();
    for role in ending {
        let given = Given {
            role: role.role,
            organisation: role.organisation,
        };
        // At an organisation that is closed there is nothing to go on with.
        if closed(tx, &[given], day).await?.is_some() {
            continue;
        }
        // What had ended with the leaving goes on without an end.
        let valid_to = role.valid_to.filter(|end| from.left != Some(*end));
        let next = Grant {
            id: ctx.id(),
            person: to.id,
            valid_from: Some(role.valid_from.map_or(day, |begin| begin.max(day))),
            valid_to,
            ..*role
        };
        if !holds_already(tx, &next).await? {
            beginning.push(next);
        }
    }
    Ok(beginning)
}

/// What somebody has in hand on a day; of somebody who left, what ended with the leaving.
async fn in_hand(tx: &Tx, from: &Person, day: Date) -> Result<Vec<Grant>, Error> {
    let Some(left) = from.left.filter(|left| *left <= day) else {
        return roles_ahead(tx, from.id, day).await;
    };
    let held = permission::held_by(tx, from.id).await?;
    let grants = held.into_iter().map(|held| held.grant);
    Ok(grants
        .filter(|grant| grant.valid_to == Some(left))
        .filter(|grant| grant.valid_from.is_none_or(|begin| begin <= left))
        .collect())
}
