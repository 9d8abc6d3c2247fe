//! People and their roles: given, taken, handed over, left; each fault that an office can make.

mod hand_over;
mod leaving;
mod reach;
mod roles;
mod work;

use crate::accounts::desk::Desk;
use actions::{
    Ctx, Error,
    people::{NewRole, give_role},
};
use domain::{
    ids::{GrantId, PersonId},
    people::{Grant, Role},
};

/// A new role from today on.
pub async fn new_role(desk: &Desk, person: PersonId, role: Role, on: &str) -> NewRole {
    NewRole {
        person,
        role,
        organisation: desk.organisation(on).await,
        from: None,
        to: None,
    }
}

/// Gives a role.
pub async fn give(
    desk: &Desk,
    ctx: &mut Ctx,
    person: PersonId,
    role: Role,
    on: &str,
) -> Result<GrantId, Error> {
    let new = new_role(desk, person, role, on).await;
    give_role(&desk.store, ctx, new).await
}

/// Every role somebody ever held.
pub async fn roles_of(desk: &Desk, person: PersonId) -> Vec<Grant> {
    let held = store::of::<Grant, PersonId>(&desk.store, &[person])
        .await
        .unwrap();
    held.into_iter().map(|kept| kept.row).collect()
}

/// The roles of somebody in force today.
pub async fn today(desk: &Desk, person: PersonId) -> Vec<Role> {
    let day = desk.now().thai_day();
    let held = roles_of(desk, person).await;
    let held = held.iter().filter(|grant| grant.holds_on(day));
    held.map(|grant| grant.role).collect()
}

/// The only role of somebody.
pub async fn only_role(desk: &Desk, person: PersonId) -> GrantId {
    let roles = roles_of(desk, person).await;
    assert_eq!(roles.len(), 1);
    roles[0].id
}

/// How many events of an act the province's trail has.
pub async fn events(desk: &Desk, act: &str) -> usize {
    let filter = store::trail::Filter {
        act: Some(act.to_owned()),
        ..Default::default()
    };
    let told = store::trail::events(&desk.store, "67", 0, 1_000, &filter).await;
    told.unwrap().len()
}

/// The answer in the words of Rust: two answers that read the same tell the same.
pub fn said<T: std::fmt::Debug>(outcome: Result<T, Error>) -> String {
    format!("{:?}", outcome.unwrap_err())
}
