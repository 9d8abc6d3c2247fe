//! Reading plans as offices really have them: one story per way in which a file can be wrong.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a story that cannot go on fails where it stands"
)]

mod general;
mod hostile;
mod kit;
mod narathiwat;
mod references;
mod schools;
mod shape;
mod skipping;
mod values;
mod workbooks;
