//! Moves an organisation, with everything below it, to another place in one of the two forests, from a day on.

use super::{
    check::{Check, sound},
    desk::{Asks, Change, Consequences, run},
    register::{Ids, Register},
};
use crate::{Ctx, Error};
use domain::{ids::OrganisationId, issue::Issues, organisation::Axis, permission::Act};
use jiff::civil::Date;
use store::Store;

/// Whither an organisation moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveTo {
    /// Who.
    pub organisation: OrganisationId,
    /// In which forest.
    pub axis: Axis,
    /// Under whom; `None` = to the top.
    pub to: Option<OrganisationId>,
    /// The first day in the new place.
    pub on: Date,
    /// The letter or order on which it rests.
    pub reason: String,
}

/// Moves an organisation. A move that was to take place on the same day is replaced by it, so that a planned move can be
/// corrected, or taken back by moving to where the organisation stands before it.
///
/// # Errors
/// [`Error::Invalid`] when the quarter of the day has ended, either of the two is closed or not yet open on it, a later move is planned
/// already, or the organisation would stand above itself.
pub async fn move_to(store: &Store, ctx: &mut Ctx, input: &MoveTo) -> Result<Consequences, Error> {
    run(store, ctx, input).await
}

impl Change for MoveTo {
    const NAME: &'static str = "organisation.move";
    const NEEDS: Act = Act::Restructure;

    fn asks(&self) -> Asks<'_> {
        Asks {
            organisations: vec![self.organisation],
            parents: self.to.into_iter().collect(),
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
        let MoveTo {
            organisation: id,
            axis,
            to,
            on,
            ..
        } = *self;
        let mut check = Check::new(register, today);
        check.reason(&self.reason);
        check.day("on", on);
        check.open("organisation", id, "on", on);
        match to {
            Some(to) if to == id => {
                check.tell("to", "organisation.under_itself");
            }
            Some(to) => check.parent("to", to, Some(on)),
            None => {}
        }
        let places = register.places(id, axis);
        let later = places
            .iter()
            .find(|place| place.valid_from.is_some_and(|from| from > on));
        if let Some(later) = later {
            let parent = register.name(later.parent);
            let from = later.valid_from.unwrap_or(on);
            check.tell("on", "organisation.moves_later").args =
                vec![("name", parent), ("day", from.into())];
        }
        let now = register.parent_on(id, axis, on);
        let begins_then = places.iter().any(|place| place.valid_from == Some(on));
        if now == to && !begins_then && later.is_none() {
            check.tell("to", "organisation.there_already");
        }
        check.done()?;
        register.place_from(id, axis, to, on, ids);
        sound(register, "to")?;
        Ok(Consequences {
            subject: Some(id),
            moved: vec![id],
            ..Consequences::default()
        })
    }
}
