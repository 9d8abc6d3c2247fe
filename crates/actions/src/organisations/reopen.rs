//! Opens a closed organisation again: it goes on where it stood, or under those who are named.

use super::{
    check::{Check, sound},
    desk::{Asks, Change, Consequences, run},
    register::{Ids, Register},
};
use crate::{Ctx, Error};
use domain::{ids::OrganisationId, issue::Issues, organisation::Axis, permission::Act};
use jiff::civil::Date;
use store::Store;

/// Which organisation goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reopen {
    /// Which.
    pub organisation: OrganisationId,
    /// The first day on which it exists again.
    pub on: Date,
    /// Under whom by สังกัด from then on; `None` = where it stood.
    pub reports_to: Option<OrganisationId>,
    /// Who coordinates it from then on; `None` = who did.
    pub coordinated_by: Option<OrganisationId>,
    /// The letter or order on which it rests.
    pub reason: String,
}

/// Reopens an organisation. That it was closed stays on record in the versions of its row.
///
/// # Errors
/// [`Error::Invalid`] when it is not closed, went on in another one (then the merging is to be undone), the quarter of
/// the day has ended, or those above it are closed.
pub async fn reopen(store: &Store, ctx: &mut Ctx, input: &Reopen) -> Result<Consequences, Error> {
    run(store, ctx, input).await
}

impl Change for Reopen {
    const NAME: &'static str = "organisation.reopen";
    const NEEDS: Act = Act::Restructure;

    fn asks(&self) -> Asks<'_> {
        Asks {
            organisations: vec![self.organisation],
            parents: self
                .reports_to
                .into_iter()
                .chain(self.coordinated_by)
                .collect(),
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
        let Reopen {
            organisation: id,
            on,
            ..
        } = *self;
        let mut check = Check::new(register, today);
        check.reason(&self.reason);
        check.day("on", on);
        let closed = register.organisation(id).and_then(|it| it.closed);
        match closed {
            None => {
                let name = register.name(id);
                check.tell("organisation", "organisation.not_closed").args = vec![("name", name)];
            }
            Some(closed) if on < closed => {
                check.tell("on", "organisation.before_closing").args =
                    vec![("closed", closed.into())];
            }
            Some(_) => {}
        }
        let merged = register
            .successions
            .all()
            .find(|it| it.predecessor == id && Some(it.on) == closed);
        if let Some(merged) = merged {
            let name = register.name(merged.successor);
            check.tell("organisation", "organisation.went_on").args =
                vec![("name", name), ("day", merged.on.into())];
        }
        let wanted = [
            ("reports_to", Axis::ReportsTo, self.reports_to),
            ("coordinated_by", Axis::CoordinatedBy, self.coordinated_by),
        ];
        for (at, axis, parent) in wanted {
            match parent {
                Some(parent) if parent == id => {
                    check.tell(at, "organisation.under_itself");
                }
                Some(parent) => check.parent(at, parent, Some(on)),
                None => {
                    if let Some(stood) = register.parent_on(id, axis, on) {
                        check.parent(at, stood, Some(on));
                    }
                }
            }
        }
        check.done()?;
        for (_, axis, parent) in wanted {
            if let Some(parent) = parent {
                register.place_from(id, axis, Some(parent), on, ids);
            }
        }
        if let Some((mut organisation, text)) = register.organisations.get(id).cloned() {
            organisation.closed = None;
            register.organisations.put(id, (organisation, text));
        }
        sound(register, "reports_to")?;
        Ok(Consequences {
            subject: Some(id),
            ..Consequences::default()
        })
    }
}
