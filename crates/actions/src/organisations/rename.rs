//! Changes the words of an organisation, its class and its display order. What it was called before stays on record.

use super::{
    add::words,
    check::Check,
    desk::{Asks, Change, Consequences, run},
    register::{Ids, Register},
};
use crate::{Ctx, Error};
use domain::{
    ids::OrganisationId,
    issue::Issues,
    organisation::{Class, OrganisationText},
    permission::Act,
    register::DisplayOrder,
};
use jiff::civil::Date;
use store::Store;
use uuid::Uuid;

/// What an organisation is to be called. Its code and its province stay: [`super::recode()`] changes the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rename {
    /// Which.
    pub organisation: OrganisationId,
    /// The version that the person had before them; `None` = whatever stands.
    pub version: Option<Uuid>,
    /// The new words; code and province are not looked at.
    pub text: OrganisationText,
    /// In which N it counts.
    pub class: Option<Class>,
    /// Where it stands in lists; `None` = by name.
    pub position: Option<u32>,
    /// The letter or order on which it rests.
    pub reason: String,
}

/// Renames an organisation.
///
/// # Errors
/// [`Error::Stale`] when somebody changed it since `version`; [`Error::Invalid`] with everything that is wrong.
pub async fn rename(store: &Store, ctx: &mut Ctx, input: &Rename) -> Result<Consequences, Error> {
    run(store, ctx, input).await
}

impl Change for Rename {
    const NAME: &'static str = "organisation.rename";
    const NEEDS: Act = Act::ManageOrganisations;

    fn asks(&self) -> Asks<'_> {
        Asks {
            organisations: vec![self.organisation],
            ..Asks::default()
        }
    }

    fn reason(&self) -> &str {
        &self.reason
    }

    fn version(&self) -> Option<(OrganisationId, Uuid)> {
        Some((self.organisation, self.version?))
    }

    fn plan(
        &self,
        register: &mut Register,
        today: Date,
        _: &mut Ids<'_>,
    ) -> Result<Consequences, Issues> {
        let id = self.organisation;
        let stands = register.organisations.get(id).cloned();
        let mut check = Check::new(register, today);
        check.reason(&self.reason);
        let Some((mut organisation, before)) = stands else {
            check.tell("organisation", "organisation.unknown");
            return Err(check.issues);
        };
        let text = OrganisationText {
            code: before.code,
            province: before.province,
            ..words(&self.text)
        };
        check.words("", &text);
        check.done()?;
        organisation.class = self.class;
        register.organisations.put(id, (organisation, text));
        match self.position {
            Some(position) => register.orders.put(
                id,
                DisplayOrder {
                    organisation: id,
                    position,
                },
            ),
            None if register.orders.get(id).is_some() => register.orders.end(id),
            None => {}
        }
        Ok(Consequences {
            subject: Some(id),
            ..Consequences::default()
        })
    }
}
