//! What `domain::permission` asks for before it decides: roles held, and what stands above an organisation.

use crate::{
    Error,
    entities::{grant, organisation, person},
    row::{Kept, get, get_many, of, standing},
    tx::Read,
};
use domain::{
    ids::{OrganisationId, PersonId},
    organisation::{Axis, Membership, Organisation, OrganisationText},
    people::{Grant, Person, Role},
    permission::{Held, Object},
    step::PROVINCIAL_OFFICE,
};
use jiff::civil::Date;
use sea_orm::{ColumnTrait, Condition};
use std::collections::{BTreeSet, HashMap};

/// The person with an account name.
pub async fn person(read: &impl Read, account: &str) -> Result<Option<Kept<Person>>, Error> {
    let condition = Condition::all().add(person::Column::Account.eq(account));
    Ok(standing(read, condition).await?.pop())
}

/// Everybody who holds a role, whether in force today or not.
pub async fn holders(read: &impl Read, role: Role) -> Result<Vec<Grant>, Error> {
    let condition = Condition::all().add(grant::Column::Role.eq(role.code()));
    let grants = standing::<Grant>(read, condition).await?;
    Ok(grants.into_iter().map(|kept| kept.row).collect())
}

/// Every role that somebody holds, whether in force today or not, with the province of its organisation.
pub async fn held_by(read: &impl Read, person: PersonId) -> Result<Vec<Held>, Error> {
    let grants: Vec<Kept<Grant>> = of(read, &[person]).await?;
    let on: BTreeSet<OrganisationId> = grants.iter().map(|kept| kept.row.organisation).collect();
    let on: Vec<OrganisationId> = on.into_iter().collect();
    let provinces: HashMap<OrganisationId, Option<String>> =
        get_many::<(Organisation, OrganisationText)>(read, &on)
            .await?
            .into_iter()
            .map(|kept| (kept.row.0.id, kept.row.1.province))
            .collect();
    // A role on an organisation that no longer stands reaches nothing.
    let held = grants.into_iter().filter_map(|kept| {
        let province = provinces.get(&kept.row.organisation)?.clone();
        Some(Held {
            grant: kept.row,
            province,
        })
    });
    Ok(held.collect())
}

/// What decides who reaches an organisation on a day; `None` when there is no such organisation.
pub async fn object(
    read: &impl Read,
    organisation: OrganisationId,
    day: Date,
) -> Result<Option<Object>, Error> {
    let Some(kept) = get::<(Organisation, OrganisationText)>(read, organisation).await? else {
        return Ok(None);
    };
    Ok(Some(Object {
        organisation: Some(organisation),
        reports_to: above(read, Axis::ReportsTo, organisation, day).await?,
        coordinated_by: above(read, Axis::CoordinatedBy, organisation, day).await?,
        province: kept.row.1.province,
    }))
}

/// The education offices of provinces, each with the code of its province; closed ones are left out.
pub async fn offices(read: &impl Read) -> Result<Vec<(String, OrganisationId)>, Error> {
    let kind = organisation::Column::Kind.eq(PROVINCIAL_OFFICE);
    let all: Vec<Kept<(Organisation, OrganisationText)>> =
        standing(read, Condition::all().add(kind)).await?;
    let open = all.into_iter().filter(|kept| kept.row.0.closed.is_none());
    Ok(open
        .filter_map(|kept| Some((kept.row.1.province?, kept.row.0.id)))
        .collect())
}

/// Everything above an organisation on an axis and a day, the nearest first. A forest is a few levels high, so one
/// small query a level is cheaper than all memberships.
async fn above(
    read: &impl Read,
    axis: Axis,
    organisation: OrganisationId,
    day: Date,
) -> Result<Vec<OrganisationId>, Error> {
    let mut found = Vec::new();
    let mut here = organisation;
    loop {
        let places: Vec<Kept<Membership>> = of(read, &[here]).await?;
        let parent = places
            .iter()
            .map(|kept| &kept.row)
            .find(|place| place.axis == axis && place.holds_on(day))
            .map(|place| place.parent);
        match parent {
            // A cycle is refused where memberships are recorded; a damaged database must not hang a request.
            Some(parent) if parent != organisation && !found.contains(&parent) => {
                found.push(parent);
                here = parent;
            }
            _ => return Ok(found),
        }
    }
}
