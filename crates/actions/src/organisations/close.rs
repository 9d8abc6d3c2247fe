//! Closes an organisation from a day on. It keeps its last place, so that what belongs to it is never left hanging.

use super::{
    check::{Check, names, sound},
    desk::{Asks, Change, Consequences, run},
    duties::{hand_on, nothing_begun},
    register::{Ids, Register},
};
use crate::{Ctx, Error};
use domain::{ids::OrganisationId, issue::Issues, organisation::Axis, permission::Act};
use jiff::civil::Date;
use store::Store;

/// Which organisation ends, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Close {
    /// Which.
    pub organisation: OrganisationId,
    /// The first day on which it no longer exists.
    pub on: Date,
    /// Who reports from then on what it would have had to report; `None` = nobody.
    pub duties_to: Option<OrganisationId>,
    /// Whether records that nobody certified end where nobody reports further.
    pub give_up: bool,
    /// The letter or order on which it rests.
    pub reason: String,
}

/// Closes an organisation.
///
/// # Errors
/// [`Error::Invalid`] when others still stand below it, naming them, the quarter of the day has ended, it is closed already,
/// or nobody reports further what was begun and not certified, unless that is given up.
pub async fn close(store: &Store, ctx: &mut Ctx, input: &Close) -> Result<Consequences, Error> {
    run(store, ctx, input).await
}

impl Change for Close {
    const NAME: &'static str = "organisation.close";
    const NEEDS: Act = Act::Restructure;

    fn asks(&self) -> Asks<'_> {
        let organisations = std::iter::once(self.organisation).chain(self.duties_to);
        Asks {
            organisations: organisations.collect(),
            ..Asks::default()
        }
    }

    fn reason(&self) -> &str {
        &self.reason
    }

    fn plan(
        &self,
        register: &mut Register,
        today: Date,
        ids: &mut Ids<'_>,
    ) -> Result<Consequences, Issues> {
        let Close {
            organisation: id,
            on,
            duties_to,
            ..
        } = *self;
        let mut check = Check::new(register, today);
        check.reason(&self.reason);
        check.day("on", on);
        check.ends("organisation", id, "on", on);
        let below = register.open_below(id, on);
        if !below.is_empty() {
            let name = register.name(id);
            let issue = check.tell("organisation", "organisation.has_members");
            issue.args = names(register, &below);
            issue.args.push(("name", name));
        }
        match duties_to {
            Some(to) if to == id => {
                check.tell("duties_to", "organisation.duties_to_itself");
            }
            Some(to) => check.parent("duties_to", to, Some(on)),
            None if self.give_up => {}
            None => nothing_begun(&mut check, "give_up", id, on),
        }
        check.done()?;
        for axis in Axis::ALL {
            register.stay_from(id, *axis, on);
        }
        end(register, id, on);
        let mut consequences = Consequences {
            subject: Some(id),
            closed: vec![id],
            ..Consequences::default()
        };
        hand_on(register, id, duties_to, on, &mut consequences, ids);
        sound(register, "on")?;
        Ok(consequences)
    }
}

/// Notes the first day on which an organisation no longer exists.
pub(super) fn end(register: &mut Register, id: OrganisationId, on: Date) {
    if let Some((mut organisation, text)) = register.organisations.get(id).cloned() {
        organisation.closed = Some(on);
        register.organisations.put(id, (organisation, text));
    }
}
