//! Takes a role back.

use super::{
    common::{ahead, at_field, close_links, entered, not_oneself, until},
    give::givers,
    last::{self, Loss},
};
use crate::{
    Error,
    accounts::roles::may_be_given_by,
    act::{Done, NATIONAL, Told, Trail, perform},
    ctx::Ctx,
    permission::{On, authorise},
};
use domain::{
    ids::{GrantId, OrganisationId},
    issue::{Arg, Issue, Place},
    organisation::{Organisation, OrganisationText},
    people::Grant,
    permission::{Act, Refusal},
};
use jiff::civil::Date;
use store::{Read, Store};

/// A role to be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakeRole {
    /// Which.
    pub grant: GrantId,
    /// The first day without it; `None` = today, at once.
    pub on: Option<Date>,
}

/// Takes the role back. What it was and until when stays readable.
///
/// # Errors
/// [`Error::Forbidden`] where the actor does not look after the people of the organisation or may not take this role,
/// also for a role that does not exist; [`Error::Stale`] where it is over already; [`Error::Invalid`] for a role of
/// one's own, a day gone by, and the last administrator.
pub async fn take_role(store: &Store, ctx: &mut Ctx, take: TakeRole) -> Result<(), Error> {
    let province = match store::get::<Grant>(store, take.grant).await? {
        Some(kept) => province_of(store, kept.row.organisation).await?,
        None => None,
    };
    let trail = Trail::Shared(province.as_deref().unwrap_or(NATIONAL));
    perform(store, ctx, trail, async |tx, ctx, at| {
        let found = store::get::<Grant>(tx, take.grant).await?;
        // Of a role that is not there, nobody looks after the organisation.
        let nowhere = OrganisationId::from_u128(0);
        let organisation = found.as_ref().map_or(nowhere, |kept| kept.row.organisation);
        let on = On::Organisation(organisation);
        let by = authorise(tx, ctx, Act::ManagePeople, on, at).await?;
        let Some(kept) = found else {
            return Err(Error::not_found(Issue::error(
                Place::Whole,
                "people.unknown_role",
            )));
        };
        let before = kept.row;
        not_oneself(ctx, before.person)?;
        let may = may_be_given_by(tx, ctx.who, organisation, at).await?;
        if !may.contains(&before.role) {
            return Err(Error::Forbidden {
                act: Act::ManagePeople,
                refusal: Refusal::NotInRole {
                    needed: givers(before.role),
                },
            });
        }
        let today = at.thai_day();
        let day = take.on.unwrap_or(today);
        if !ahead(&before, today) {
            let role = Arg::Key(before.role.key());
            let stale = Issue::error(Place::Whole, "people.taken_already").with("role", role);
            return Err(Error::stale(stale));
        }
        let after = until(before, day);
        let loss = Loss {
            ending: &[before],
            beginning: &[],
            on: day,
        };
        let mut issues = last::problems(tx, loss).await?;
        if day < today {
            issues.push(at_field("on", "people.day_past").with("today", today));
        }
        if !issues.is_empty() {
            return Err(Error::Invalid(issues));
        }
        let new = entered(ctx, after);
        store::record(tx, at, [new]).await?;
        close_links(tx, before.person, at).await?;
        let event = Some(Told {
            by,
            act: "people.take_role",
            subject: ("person", before.person.to_string()),
            payload: serde_json::json!({ "before": before, "after": after }),
        });
        Ok(Done { answer: (), event })
    })
    .await
}

/// The province in which an organisation is registered.
async fn province_of(
    read: &impl Read,
    organisation: OrganisationId,
) -> Result<Option<String>, Error> {
    let found = store::get::<(Organisation, OrganisationText)>(read, organisation).await?;
    Ok(found.and_then(|kept| kept.row.1.province))
}
