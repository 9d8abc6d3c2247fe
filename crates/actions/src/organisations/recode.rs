//! Changes the codes of an organisation: its own, and those of other registers. Its own former code goes on meaning it.

use super::{
    add::code_of,
    check::{Check, cleaned},
    desk::{Asks, Change, Consequences, run},
    register::{Ids, Register},
};
use crate::{Ctx, Error};
use domain::{
    ids::{OrganisationCodeId, OrganisationId},
    issue::Issues,
    permission::Act,
    register::{CodeKind, OrganisationCode},
};
use jiff::civil::Date;
use store::Store;
use uuid::Uuid;

/// The codes that an organisation is to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recode {
    /// Which.
    pub organisation: OrganisationId,
    /// The version that the person had before them; `None` = whatever stands.
    pub version: Option<Uuid>,
    /// Its own code, unique within its province.
    pub code: String,
    /// Its codes in other registers; of a kind that is not named or empty it has none.
    pub codes: Vec<(CodeKind, String)>,
    /// The letter or order on which it rests.
    pub reason: String,
}

/// Gives an organisation other codes.
///
/// # Errors
/// [`Error::Stale`] when somebody changed it since `version`; [`Error::Invalid`] with every code that is not one, or
/// that another organisation has.
pub async fn recode(store: &Store, ctx: &mut Ctx, input: &Recode) -> Result<Consequences, Error> {
    run(store, ctx, input).await
}

impl Change for Recode {
    const NAME: &'static str = "organisation.recode";
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
        ids: &mut Ids<'_>,
    ) -> Result<Consequences, Issues> {
        let id = self.organisation;
        let stands = register.organisations.get(id).cloned();
        let mut check = Check::new(register, today);
        check.reason(&self.reason);
        let Some((organisation, mut text)) = stands else {
            check.tell("organisation", "organisation.unknown");
            return Err(check.issues);
        };
        let code = cleaned(Some(&self.code)).unwrap_or_default();
        if code != text.code {
            check.own_code("code", text.province.as_deref(), &code, Some(id));
        }
        let wanted = CodeKind::ENTERED.map(|kind| {
            let named = self.codes.iter().find(|(of, _)| *of == kind);
            (kind, named.and_then(|(_, code)| code_of(code)))
        });
        for (kind, code) in &wanted {
            if let Some(code) = code {
                check.code(kind.code(), *kind, code, Some(id));
            }
        }
        check.done()?;
        if code != text.code {
            rest(
                register,
                id,
                &text.code,
                &code,
                text.province.as_deref(),
                ids,
            );
            text.code = code;
            register.organisations.put(id, (organisation, text));
        }
        for (kind, code) in wanted {
            put(register, id, kind, code, ids);
        }
        Ok(Consequences {
            subject: Some(id),
            ..Consequences::default()
        })
    }
}

/// Keeps the own code that an organisation had, so that files of that time go on meaning it. One that it takes up again
/// is not former any more.
fn rest(
    register: &mut Register,
    id: OrganisationId,
    before: &str,
    after: &str,
    province: Option<&str>,
    ids: &mut Ids<'_>,
) {
    let former = |code: &&OrganisationCode| {
        code.organisation == id && code.kind == CodeKind::Former && code.code == after
    };
    let taken_up = register.codes.all().find(former).map(|code| code.id);
    if let Some(taken_up) = taken_up {
        register.codes.end(taken_up);
    }
    let row = OrganisationCode {
        id: OrganisationCodeId(ids()),
        organisation: id,
        kind: CodeKind::Former,
        code: before.to_owned(),
        province: province.map(str::to_owned),
    };
    register.codes.put(row.id, row);
}

/// Gives an organisation its code of a kind, or none.
pub(super) fn put(
    register: &mut Register,
    organisation: OrganisationId,
    kind: CodeKind,
    code: Option<String>,
    ids: &mut Ids<'_>,
) {
    let stands = register.code(organisation, kind).cloned();
    match (stands, code) {
        (Some(stands), Some(code)) if stands.code == code => {}
        (Some(stands), Some(code)) => {
            register
                .codes
                .put(stands.id, OrganisationCode { code, ..stands });
        }
        (None, Some(code)) => {
            let id = OrganisationCodeId(ids());
            let province = None;
            register.codes.put(
                id,
                OrganisationCode {
                    id,
                    organisation,
                    kind,
                    code,
                    province,
                },
            );
        }
        (Some(stands), None) => register.codes.end(stands.id),
        (None, None) => {}
    }
}
