//! Rules over who answers for what.

pub mod indicator_without_owner;
pub mod organisation_without_people;
pub mod owner_closed_or_unregistered;
