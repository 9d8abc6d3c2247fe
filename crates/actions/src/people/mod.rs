//! Acts on people: roles given and taken back, another name, leaving, handing over; and what pages read about people.
//!
//! Nobody changes a role of their own, and the last administrator of a province (or of the installation) neither loses
//! the role nor leaves. Acts that take a role away hold the national trail, so that two administrators who take each
//! other's role at the same moment follow each other, and the second one finds himself alone.

mod asked;
mod change;
mod common;
mod give;
mod hand_over;
mod last;
mod leave;
mod line;
mod list;
mod stay;
mod take;
pub mod work;

pub use asked::Reminded;
pub use change::{ChangePerson, change_person};
pub use give::{NewRole, give_role};
pub use hand_over::{HandOver, HandedOver, hand_over};
pub use leave::{Leave, leave};
pub use line::Line;
pub use list::{
    Holder, OfOrganisation, OneRole, Somebody, former, list, reached, roles_to_give, somebody,
};
pub use stay::stay;
pub use take::{TakeRole, take_role};
pub use work::{AtHand, Found, Kind, Records, Task, Unowned, Work};
