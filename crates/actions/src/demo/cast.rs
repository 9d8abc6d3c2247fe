//! Who acts for whom in the demonstration: whoever answers for the work, as everywhere.

use crate::{Error, people::Line};
use domain::{
    ids::{OrganisationId, PersonId},
    people::Person,
    permission::{Act, Refusal},
    time::Moment,
};
use std::collections::HashMap;
use store::{Kept, Store};

/// Somebody who acts.
#[derive(Debug, Clone)]
pub(super) struct Actor {
    pub person: PersonId,
    pub account: String,
}

/// Everybody who acts.
#[derive(Debug, Clone)]
pub(super) struct Cast {
    records: HashMap<OrganisationId, Actor>,
    certifies: HashMap<OrganisationId, Actor>,
    planner: Actor,
    administrator: Actor,
}

impl Cast {
    pub async fn of(
        store: &Store,
        codes: &HashMap<&str, OrganisationId>,
        at: Moment,
    ) -> Result<Self, Error> {
        let line = Line::load(store, at.thai_day()).await?;
        let people: Vec<Kept<Person>> = store::all(store).await?;
        let accounts: HashMap<PersonId, String> = people
            .into_iter()
            .map(|kept| (kept.row.id, kept.row.account))
            .collect();
        let somebody = |organisation: OrganisationId, act| {
            let person = *line.owners(organisation, act).first()?;
            let account = accounts.get(&person)?.clone();
            Some(Actor { person, account })
        };
        let everywhere = |act| {
            let all = codes.values();
            all.filter_map(|id| Some((*id, somebody(*id, act)?)))
                .collect()
        };
        let at_the_office = |act| {
            let refusal = Refusal::NoRole;
            let office = codes.get("PNBPEO");
            office
                .and_then(|office| somebody(*office, act))
                .ok_or(Error::Forbidden { act, refusal })
        };
        Ok(Self {
            records: everywhere(Act::RecordStep),
            certifies: everywhere(Act::Certify),
            planner: at_the_office(Act::RecordStep)?,
            administrator: at_the_office(Act::Configure)?,
        })
    }

    /// Who records for an organisation.
    pub fn records(&self, organisation: OrganisationId) -> Option<&Actor> {
        self.records.get(&organisation)
    }

    /// Who certifies for it.
    pub fn certifies(&self, organisation: OrganisationId) -> Option<&Actor> {
        self.certifies.get(&organisation)
    }

    /// The planner of the provincial office.
    pub fn planner(&self) -> &Actor {
        &self.planner
    }

    /// The administrator of the province.
    pub fn administrator(&self) -> &Actor {
        &self.administrator
    }
}
