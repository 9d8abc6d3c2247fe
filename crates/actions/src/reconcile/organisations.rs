//! Organisations and their places in both forests.

use super::{
    Source,
    settle::{Desk, Want},
};
use crate::{Error, wanted::WantedOrganisation};
use domain::{
    ids::OrganisationId,
    issue::{Issue, Place},
    organisation::{Axis, Membership, Organisation, OrganisationText},
};
use std::collections::{HashMap, HashSet};
use store::Kept;

/// What is known under the codes of organisations. A code is unique within a province only; `None` = nationally.
#[derive(Debug, Clone)]
pub(crate) struct ByCode<T> {
    scope: Option<String>,
    known: HashMap<String, Vec<(Option<String>, T)>>,
}

/// Ids of organisations by code.
pub(super) type Organisations = ByCode<OrganisationId>;

impl<T> ByCode<T> {
    /// Nothing yet; codes are asked for within a province, or nationally.
    pub fn within(scope: Option<String>) -> Self {
        let known = HashMap::new();
        Self { scope, known }
    }

    /// Adds what is known under a code of a province, in the place of what was.
    pub fn insert(&mut self, province: Option<String>, code: String, value: T) {
        let known = self.known.entry(code).or_default();
        known.retain(|(of, _)| *of != province);
        known.push((province, value));
    }

    /// What a code means within the scope.
    pub fn get(&self, code: &str) -> Option<&T> {
        self.find(self.scope.as_deref(), code)
            .map(|(_, value)| value)
    }

    /// What a code means within a province, and whose it is: the province's own, else the national one. What names no
    /// province may mean that of any province, but only where there is but one.
    pub fn find(&self, scope: Option<&str>, code: &str) -> Option<(Option<&str>, &T)> {
        let known = self.known.get(code)?;
        let of = |province: Option<&str>| known.iter().find(|(of, _)| of.as_deref() == province);
        let only = match known.as_slice() {
            [only] if scope.is_none() => Some(only),
            _ => None,
        };
        let (province, value) = of(scope).or_else(|| of(None)).or(only)?;
        Some((province.as_deref(), value))
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    province: Option<String>,
    code: String,
}

impl Key {
    fn of(text: &OrganisationText) -> Self {
        Self {
            province: text.province.clone(),
            code: text.code.clone(),
        }
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.code)
    }
}

/// An organisation that another source or a person recorded is only referred to; of the source's own, what the source
/// does not state stays as it stands.
pub(super) async fn settle(
    desk: &mut Desk<'_>,
    mut wanted: Vec<WantedOrganisation>,
    source: &Source,
) -> Result<Organisations, Error> {
    let standing = desk.standing::<(Organisation, OrganisationText)>().await?;
    let former = former(desk, &standing).await?;
    for want in &mut wanted {
        if let Some(code) = former.get(&Key::of(&want.text)) {
            want.text.code.clone_from(code);
        }
    }
    let others: HashSet<Key> = standing
        .iter()
        .filter(|kept| !source.recorded(&kept.stamp))
        .map(|kept| Key::of(&kept.row.1))
        .collect();
    let parents: Vec<(Key, Vec<(Axis, String)>)> = wanted
        .iter()
        .map(|w| (Key::of(&w.text), w.parents.clone()))
        .collect();
    let wants = wanted
        .into_iter()
        .map(|w| {
            let key = Key::of(&w.text);
            Want {
                standing_wins: others.contains(&key),
                key,
                provenance: Some(w.provenance),
                make: Box::new(
                    move |id, stands: Option<&(Organisation, OrganisationText)>| {
                        made(id, w.class, w.text, stands)
                    },
                ) as _,
            }
        })
        .collect();
    let ids = desk
        .settle(
            "organisation",
            standing,
            |(_, text)| Some(Key::of(text)),
            |(o, _)| o.id,
            wants,
        )
        .await?;
    desk.forget_missing("organisation");
    let mut organisations = Organisations::within(source.province.clone());
    for (key, id) in &ids {
        organisations.insert(key.province.clone(), key.code.clone(), *id);
    }
    for (key, code) in former {
        let now = Key {
            province: key.province.clone(),
            code,
        };
        if let Some(id) = ids.get(&now) {
            organisations.insert(key.province, key.code, *id);
        }
    }
    settle_memberships(desk, parents, &ids, &organisations).await?;
    Ok(organisations)
}

/// The codes that organisations had before, with those that they have now: files of that time mean the same
/// organisations. A code that somebody has today is not former.
async fn former(
    desk: &Desk<'_>,
    standing: &[Kept<(Organisation, OrganisationText)>],
) -> Result<HashMap<Key, String>, Error> {
    let taken: HashSet<Key> = standing.iter().map(|kept| Key::of(&kept.row.1)).collect();
    let now: HashMap<OrganisationId, &str> = standing
        .iter()
        .map(|kept| (kept.row.0.id, kept.row.1.code.as_str()))
        .collect();
    let codes = store::register::former_codes(desk.tx()).await?;
    let former = codes.into_iter().filter_map(|kept| {
        let code = (*now.get(&kept.row.organisation)?).to_owned();
        let key = Key {
            province: kept.row.province,
            code: kept.row.code,
        };
        (!taken.contains(&key)).then_some((key, code))
    });
    Ok(former.collect())
}

fn made(
    id: OrganisationId,
    class: Option<domain::organisation::Class>,
    text: OrganisationText,
    stands: Option<&(Organisation, OrganisationText)>,
) -> (Organisation, OrganisationText) {
    let Some((organisation, words)) = stands.cloned() else {
        let (opened, closed) = (None, None);
        let organisation = Organisation {
            id,
            class,
            opened,
            closed,
        };
        return (organisation, text);
    };
    let class = class.or(organisation.class);
    let text = OrganisationText {
        name_en: text.name_en.or(words.name_en),
        short_name_th: text.short_name_th.or(words.short_name_th),
        kind: text.kind.or(words.kind),
        affiliation_th: text.affiliation_th.or(words.affiliation_th),
        district_dopa: text.district_dopa.or(words.district_dopa),
        ..text
    };
    (
        Organisation {
            class,
            ..organisation
        },
        text,
    )
}

/// Places an organisation where it has no place yet on that axis. A place that stands is dated history: only the act of
/// moving changes it.
async fn settle_memberships(
    desk: &mut Desk<'_>,
    parents: Vec<(Key, Vec<(Axis, String)>)>,
    ids: &HashMap<Key, OrganisationId>,
    organisations: &Organisations,
) -> Result<(), Error> {
    let standing = desk.standing::<Membership>().await?;
    let mut wants = Vec::new();
    let mut issues = Vec::new();
    for (key, parents) in parents {
        let organisation = ids[&key];
        for (axis, parent_code) in parents {
            let Some((_, &parent)) = organisations.find(key.province.as_deref(), &parent_code)
            else {
                let at = Place::Thing {
                    what: "organisation",
                    code: key.code.clone(),
                    id: organisation.to_string(),
                };
                issues.push(Issue::error(at, "import.unknown_parent").with("parent", parent_code));
                continue;
            };
            wants.push(Want {
                key: format!("{organisation} {axis}"),
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
    let key = |m: &Membership| Some(format!("{} {}", m.organisation, m.axis));
    desk.settle("membership", standing, key, |m| m.id, wants)
        .await?;
    desk.forget_missing("membership");
    Ok(())
}
