//! Adds an organisation, with its codes and its places in both forests.

use super::{
    check::{Check, cleaned, sound},
    desk::{Asks, Change, Consequences, run},
    register::{Ids, Register},
};
use crate::{Ctx, Error};
use domain::{
    ids::{OrganisationCodeId, OrganisationId},
    issue::Issues,
    organisation::{Axis, Class, Organisation, OrganisationText},
    permission::Act,
    register::{CodeKind, DisplayOrder, OrganisationCode},
    text::from_thai_digits,
};
use jiff::civil::Date;
use store::Store;

/// An organisation to be added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewOrganisation {
    /// Its words, with its own code and the province in which the code is known.
    pub text: OrganisationText,
    /// In which N it counts.
    pub class: Option<Class>,
    /// Its first day, when known: its places begin with it.
    pub opened: Option<Date>,
    /// Under whom it stands by สังกัด.
    pub reports_to: Option<OrganisationId>,
    /// Who coordinates it.
    pub coordinated_by: Option<OrganisationId>,
    /// Codes of other registers; empty ones are none.
    pub codes: Vec<(CodeKind, String)>,
    /// Where it stands in lists.
    pub position: Option<u32>,
    /// The letter or order on which it rests.
    pub reason: String,
}

/// Adds an organisation.
///
/// # Errors
/// [`Error::Invalid`] with everything that is wrong with it: codes that others have, parents that are closed.
pub async fn add(
    store: &Store,
    ctx: &mut Ctx,
    input: &NewOrganisation,
) -> Result<Consequences, Error> {
    run(store, ctx, input).await
}

impl Change for NewOrganisation {
    const NAME: &'static str = "organisation.add";
    const NEEDS: Act = Act::ManageOrganisations;

    fn asks(&self) -> Asks<'_> {
        Asks {
            parents: self.parents().collect(),
            new_in: Some(self.text.province.as_deref()),
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
        let mut check = Check::new(register, today);
        check.reason(&self.reason);
        self.check(&mut check, "", self.opened);
        check.done()?;
        let id = self.put(register, self.opened, ids);
        sound(register, "reports_to")?;
        Ok(Consequences {
            subject: Some(id),
            made: vec![id],
            ..Consequences::default()
        })
    }
}

impl NewOrganisation {
    pub(super) fn parents(&self) -> impl Iterator<Item = OrganisationId> {
        self.reports_to.into_iter().chain(self.coordinated_by)
    }

    /// Its words as they are recorded.
    fn words(&self) -> OrganisationText {
        words(&self.text)
    }

    /// What is wrong with it, at fields that begin with `prefix`.
    pub(super) fn check(&self, check: &mut Check<'_>, prefix: &str, day: Option<Date>) {
        let text = self.words();
        let province = text.province.as_deref();
        check.words(prefix, &text);
        check.own_code(&format!("{prefix}code"), province, &text.code, None);
        for (kind, code) in self.codes() {
            check.code(&format!("{prefix}{kind}"), kind, &code, None);
        }
        for (field, parent) in [
            ("reports_to", self.reports_to),
            ("coordinated_by", self.coordinated_by),
        ] {
            if let Some(parent) = parent {
                check.parent(&format!("{prefix}{field}"), parent, day);
            }
        }
    }

    fn codes(&self) -> Vec<(CodeKind, String)> {
        let code = |(kind, code): &(CodeKind, String)| Some((*kind, code_of(code)?));
        self.codes.iter().filter_map(code).collect()
    }

    /// Puts it into the register, opened on `opened`.
    pub(super) fn put(
        &self,
        register: &mut Register,
        opened: Option<Date>,
        ids: &mut Ids<'_>,
    ) -> OrganisationId {
        let id = OrganisationId(ids());
        let organisation = Organisation {
            id,
            class: self.class,
            opened,
            closed: None,
        };
        register.organisations.put(id, (organisation, self.words()));
        for (axis, parent) in [
            (Axis::ReportsTo, self.reports_to),
            (Axis::CoordinatedBy, self.coordinated_by),
        ] {
            if let Some(parent) = parent {
                register.add_place(id, axis, parent, opened, None, ids);
            }
        }
        for (kind, code) in self.codes() {
            let row = OrganisationCode {
                id: OrganisationCodeId(ids()),
                organisation: id,
                kind,
                code,
                province: None,
            };
            register.codes.put(row.id, row);
        }
        if let Some(position) = self.position {
            register.orders.put(
                id,
                DisplayOrder {
                    organisation: id,
                    position,
                },
            );
        }
        id
    }
}

/// A code without what nobody sees, in Arabic digits; `None` when nothing is left.
pub(super) fn code_of(text: &str) -> Option<String> {
    cleaned(Some(text)).map(|text| from_thai_digits(&text))
}

/// Words without what nobody sees; what is empty is not stated.
pub(super) fn words(text: &OrganisationText) -> OrganisationText {
    let optional = |text: &Option<String>| cleaned(text.as_deref());
    OrganisationText {
        code: cleaned(Some(&text.code)).unwrap_or_default(),
        province: text.province.clone(),
        name_th: cleaned(Some(&text.name_th)).unwrap_or_default(),
        name_en: optional(&text.name_en),
        short_name_th: optional(&text.short_name_th),
        kind: optional(&text.kind),
        affiliation_th: optional(&text.affiliation_th),
        district_dopa: text.district_dopa.as_deref().and_then(code_of),
    }
}
