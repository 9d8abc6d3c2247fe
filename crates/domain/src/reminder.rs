//! Reminders (การแจ้งเตือน): that an organisation was reminded of what is due, by whom, in which words. The provincial office
//! reminds schools through their agency and never themselves.

use crate::{
    duty::DutyItem,
    ids::{OrganisationId, ReminderId},
    time::Period,
};
use serde::{Deserialize, Serialize};

/// One reminder, as one organisation received it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    /// Its id.
    pub id: ReminderId,
    /// Who is reminded.
    pub organisation: OrganisationId,
    /// Of which step.
    pub item: DutyItem,
    /// Of which fiscal year or quarter.
    pub period: Period,
    /// The organisation in whose name; `None` = at the computer's shell.
    pub from: Option<OrganisationId>,
    /// Whether something of its own is open.
    pub own: bool,
    /// How many schools below it had something open that it is asked to coordinate (เพื่อประสานสถานศึกษา … แห่ง).
    pub schools: u32,
    /// In which words.
    pub text: String,
}
