//! Organisations and their places in both forests.

use super::settle::{Desk, Want};
use crate::{Error, wanted::WantedOrganisation};
use domain::{
    ids::OrganisationId,
    issue::{Issue, Place},
    organisation::{Axis, Membership, Organisation, OrganisationText},
};
use std::collections::HashMap;

/// Ids of organisations by code.
pub(super) type Organisations = HashMap<String, OrganisationId>;

pub(super) async fn settle(
    desk: &mut Desk<'_>,
    wanted: Vec<WantedOrganisation>,
) -> Result<Organisations, Error> {
    let standing = desk.standing::<(Organisation, OrganisationText)>().await?;
    let parents: Vec<(String, Vec<(Axis, String)>)> = wanted
        .iter()
        .map(|w| (w.text.code.clone(), w.parents.clone()))
        .collect();
    let wants = wanted
        .into_iter()
        .map(|w| Want {
            key: w.text.code.clone(),
            provenance: Some(w.provenance),
            standing_wins: false,
            make: Box::new(
                move |id, stands: Option<&(Organisation, OrganisationText)>| {
                    let (opened, closed) =
                        stands.map_or((None, None), |(o, _)| (o.opened, o.closed));
                    (
                        Organisation {
                            id,
                            class: w.class,
                            opened,
                            closed,
                        },
                        w.text,
                    )
                },
            ),
        })
        .collect();
    let organisations = desk
        .settle(
            "organisation",
            standing,
            |(_, text)| Some(text.code.clone()),
            |(o, _)| o.id,
            wants,
        )
        .await?;
    desk.forget_missing("organisation");
    settle_memberships(desk, parents, &organisations).await?;
    Ok(organisations)
}

/// Places an organisation where it has no place yet on that axis. A place that stands is dated history: only the act of
/// moving changes it.
async fn settle_memberships(
    desk: &mut Desk<'_>,
    parents: Vec<(String, Vec<(Axis, String)>)>,
    organisations: &Organisations,
) -> Result<(), Error> {
    let standing = desk.standing::<Membership>().await?;
    let mut wants = Vec::new();
    let mut issues = Vec::new();
    for (code, parents) in parents {
        let organisation = organisations[&code];
        for (axis, parent_code) in parents {
            let Some(&parent) = organisations.get(&parent_code) else {
                let at = Place::Thing {
                    what: "organisation",
                    code: code.clone(),
                    id: organisation.to_string(),
                };
                issues.push(Issue::error(at, "import.unknown_parent").with("parent", parent_code));
                continue;
            };
            wants.push(Want {
                key: format!("{code} {axis}"),
                provenance: None,
                standing_wins: true,
                make: Box::new(move |id, _| Membership {
                    id,
                    organisation,
                    axis,
                    parent,
                    valid_from: None,
                    valid_to: None,
                }),
            });
        }
    }
    if !issues.is_empty() {
        return Err(Error::Invalid(issues));
    }
    let codes: HashMap<OrganisationId, &String> =
        organisations.iter().map(|(code, id)| (*id, code)).collect();
    let key = |m: &Membership| Some(format!("{} {}", codes.get(&m.organisation)?, m.axis));
    desk.settle("membership", standing, key, |m| m.id, wants)
        .await?;
    desk.forget_missing("membership");
    Ok(())
}
