//! Gives somebody a role on an organisation.

use super::common::{ahead, at_field, entered, not_oneself};
use crate::{
    Error,
    accounts::{
        Given,
        roles::{may_be_given_by, problems, trail_of},
    },
    act::{Done, Told, Trail, perform},
    ctx::{Ctx, Who},
    permission::{On, authorise},
};
use domain::{
    ids::{GrantId, OrganisationId, PersonId},
    issue::{Arg, Issues},
    people::{Grant, Person, Role},
    permission::{Act, Refusal, may_give},
    time::Moment,
};
use jiff::civil::Date;
use store::{Read, Store, accounts, permission};

/// A role to be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewRole {
    /// To whom.
    pub person: PersonId,
    /// Which role.
    pub role: Role,
    /// On which organisation.
    pub organisation: OrganisationId,
    /// First day; `None` = today.
    pub from: Option<Date>,
    /// First day after; `None` = until it is taken back.
    pub to: Option<Date>,
}

/// Gives the role. Whoever holds it already, on the same organisation and on days that overlap, is told so.
///
/// # Errors
/// [`Error::Forbidden`] where the actor does not look after the people of the organisation, or may not give this role;
/// [`Error::Invalid`] with everything else that is wrong; a person of another line is as unknown as one who does not
/// exist.
pub async fn give_role(store: &Store, ctx: &mut Ctx, new: NewRole) -> Result<GrantId, Error> {
    let given = Given {
        role: new.role,
        organisation: new.organisation,
    };
    let trail = trail_of(store, &[given]).await?;
    perform(store, ctx, Trail::Own(&trail), async |tx, ctx, at| {
        let on = On::Organisation(new.organisation);
        let by = authorise(tx, ctx, Act::ManagePeople, on, at).await?;
        not_oneself(ctx, new.person)?;
        let may = may_be_given_by(tx, ctx.who, new.organisation, at).await?;
        if !may.contains(&new.role) {
            return Err(Error::Forbidden {
                act: Act::ManagePeople,
                refusal: Refusal::NotInRole {
                    needed: givers(new.role),
                },
            });
        }
        let today = at.thai_day();
        let from = new.from.unwrap_or(today);
        let mut issues = at_our_fields(problems(tx, &[given], from.max(today)).await?);
        issues.extend(days(from, new.to, today));
        let person = seen(tx, ctx, new.person, at).await?;
        match &person {
            None => issues.push(at_field("person", "people.unknown")),
            Some(person) if person.left.is_some_and(|left| left <= from) => {
                issues.push(at_field("person", "people.has_left").with("name", &*person.name));
            }
            Some(_) => {}
        }
        let row = Grant {
            id: ctx.id(),
            person: new.person,
            role: new.role,
            organisation: new.organisation,
            valid_from: Some(from),
            valid_to: new.to,
        };
        if person.is_some() && holds_already(tx, &row).await? {
            issues.push(
                at_field("role", "people.held_already").with("role", Arg::Key(new.role.key())),
            );
        }
        let (Some(person), true) = (person, issues.is_empty()) else {
            return Err(Error::Invalid(issues));
        };
        let new = entered(ctx, row);
        store::record(tx, at, [new]).await?;
        // Whoever made a link for them may not be allowed to give what they hold now.
        accounts::revoke_resets(tx, person.id, at).await?;
        let payload = serde_json::json!({ "account": person.account, "after": row });
        let event = Some(Told {
            by,
            act: "people.give_role",
            subject: ("person", person.id.to_string()),
            payload,
        });
        Ok(Done {
            answer: row.id,
            event,
        })
    })
    .await
}

/// The roles whose holders may give a role.
pub(super) fn givers(role: Role) -> Vec<Role> {
    let gives = |giver: &&Role| may_give(**giver).contains(&role);
    Role::ALL.iter().filter(gives).copied().collect()
}

/// What is wrong with the seat of the role, at the fields of this form.
fn at_our_fields(mut issues: Issues) -> Issues {
    for issue in &mut issues {
        let field = match issue.code {
            "account.unknown_organisation" | "account.closed_organisation" => "organisation",
            _ => "role",
        };
        issue.at = at_field(field, issue.code).at;
    }
    issues
}

/// What is wrong with the days of a role.
fn days(from: Date, to: Option<Date>, today: Date) -> Issues {
    let mut issues = Issues::new();
    if from < today {
        issues.push(at_field("from", "people.day_past").with("today", today));
    }
    if let Some(to) = to.filter(|to| *to <= from) {
        issues.push(
            at_field("end", "people.days_backwards")
                .with("from", from)
                .with("to", to),
        );
    }
    issues
}

/// The person, where the actor may know of them: they hold or held a role that the actor looks after, or none at all
/// and the actor works at the shell.
pub(super) async fn seen(
    read: &impl Read,
    ctx: &Ctx,
    person: PersonId,
    at: Moment,
) -> Result<Option<Person>, Error> {
    let kept = store::get::<Person>(read, person).await?;
    let Some(kept) = kept else {
        return Ok(None);
    };
    if ctx.who == Who::Shell {
        return Ok(Some(kept.row));
    }
    for held in permission::held_by(read, person).await? {
        let on = On::Organisation(held.grant.organisation);
        if authorise(read, ctx, Act::ManagePeople, on, at)
            .await
            .is_ok()
        {
            return Ok(Some(kept.row));
        }
    }
    Ok(None)
}

/// Whether the person holds the role there on a day on which the new one would hold.
pub(super) async fn holds_already(read: &impl Read, new: &Grant) -> Result<bool, Error> {
    let held = permission::held_by(read, new.person).await?;
    let begins = |grant: &Grant| grant.valid_from.unwrap_or(Date::MIN);
    let overlaps = |grant: &Grant| {
        ahead(grant, begins(new)) && new.valid_to.is_none_or(|to| begins(grant) < to)
    };
    Ok(held.iter().any(|held| {
        let grant = &held.grant;
        let same = grant.role == new.role && grant.organisation == new.organisation;
        same && overlaps(grant)
    }))
}
