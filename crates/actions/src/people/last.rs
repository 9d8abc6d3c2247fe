//! The last administrator of a province, or of the installation, neither loses the role nor leaves.

use super::common::at_field;
use crate::Error;
use domain::{
    ids::OrganisationId,
    issue::Issues,
    organisation::{Organisation, OrganisationText},
    people::{Grant, Person, Role},
};
use jiff::civil::Date;
use std::collections::HashMap;
use store::{Read, permission};

/// The roles that end, those that begin in their place, and the day.
pub(super) struct Loss<'a> {
    pub ending: &'a [Grant],
    pub beginning: &'a [Grant],
    pub on: Date,
}

/// What is wrong with the loss: an issue at the field `person` where nobody would be left who looks after people. A
/// role that ends by itself does not count: its holder will be gone without any act.
pub(super) async fn problems(read: &impl Read, loss: Loss<'_>) -> Result<Issues, Error> {
    let administers = |grant: &&Grant| grant.role == Role::Administrator;
    let counts = |grant: &&Grant| grant.holds_on(loss.on) && grant.valid_to.is_none();
    let lost: Vec<&Grant> = loss.ending.iter().filter(administers).collect();
    if lost.is_empty() {
        return Ok(Issues::new());
    }
    let ends = |grant: &Grant| loss.ending.iter().any(|ending| ending.id == grant.id);
    let mut staying: Vec<Grant> = permission::holders(read, Role::Administrator).await?;
    staying.retain(|grant| !ends(grant));
    staying.extend(loss.beginning.iter().filter(administers));
    let people: Vec<_> = staying.iter().map(|grant| grant.person).collect();
    let people = store::get_many::<Person>(read, &people).await?;
    let works = |grant: &&Grant| {
        people
            .iter()
            .any(|kept| kept.row.id == grant.person && kept.row.left.is_none())
    };
    let on: Vec<OrganisationId> = staying
        .iter()
        .chain(lost.iter().copied())
        .map(|grant| grant.organisation)
        .collect();
    let provinces: HashMap<OrganisationId, Option<String>> =
        store::get_many::<(Organisation, OrganisationText)>(read, &on)
            .await?
            .into_iter()
            .map(|kept| (kept.row.0.id, kept.row.1.province))
            .collect();
    let remains = |province| {
        let mut staying = staying.iter().filter(counts).filter(works);
        staying.any(|grant| provinces.get(&grant.organisation) == province)
    };
    let mut lost = lost
        .into_iter()
        .filter(|grant| grant.valid_to.is_none_or(|to| loss.on < to));
    match lost.all(|grant| remains(provinces.get(&grant.organisation))) {
        true => Ok(Issues::new()),
        false => Ok(vec![at_field("person", "people.last_administrator")]),
    }
}
