//! What a plan file may refer to: organisations and frameworks, as they stand or as the catalogues will bring them.

use crate::{
    Error, catalogue,
    reconcile::{ByCode, Source},
    wanted::{EditionKey, NodeKey},
};
use domain::{
    ids::{EditionId, PlanId},
    organisation::{Organisation, OrganisationText},
    plan::{Edition, EditionText, Node, NodeText, Plan, default_edition},
};
use exchange::plan::PlanFile;
use std::collections::{HashMap, HashSet};
use store::{Kept, Read};

/// What stands under the code of an organisation.
#[derive(Debug, Clone)]
pub(super) struct Agency {
    /// Its name.
    pub name_th: String,
    /// Whether an import of this province recorded it: only then does a file change it.
    pub ours: bool,
}

/// What a plan file may refer to.
#[derive(Debug, Clone)]
pub struct Known {
    pub(super) agencies: ByCode<Agency>,
    /// The nodes of the default edition of every plan, by code.
    pub(super) frameworks: HashMap<String, HashMap<String, NodeKey>>,
}

/// The province of a file's plan.
pub(super) fn province(file: &PlanFile) -> Option<&str> {
    file.header.as_ref()?.value.province_dopa.as_deref()
}

impl Known {
    /// What the catalogues that ship with the program bring: all there is before there is a database.
    ///
    /// # Errors
    /// When a catalogue cannot be read.
    pub fn shipped(file: &PlanFile) -> Result<Self, Error> {
        let mut agencies = ByCode::within(province(file).map(str::to_owned));
        for wanted in catalogue::phetchabun()?.organisations {
            let (text, ours) = (wanted.text, false);
            let name_th = text.name_th;
            agencies.insert(text.province, text.code, Agency { name_th, ours });
        }
        let wanted = catalogue::frameworks()?;
        let mut editions: HashMap<&str, Vec<Edition>> = HashMap::new();
        for (number, of) in (0..).zip(&wanted.editions) {
            editions.entry(&of.key.plan).or_default().push(Edition {
                id: EditionId::from_u128(number),
                plan: PlanId::from_u128(0),
                level: of.level,
                owner: None,
                period_kind: of.period_kind,
                from_year: of.from_year,
                to_year: of.to_year,
                state: of.state,
                supersedes: None,
            });
        }
        let chosen: HashSet<EditionId> = editions
            .into_values()
            .filter_map(default_edition)
            .map(|edition| edition.id)
            .collect();
        let chosen: HashSet<&EditionKey> = (0..)
            .zip(&wanted.editions)
            .filter(|(number, _)| chosen.contains(&EditionId::from_u128(*number)))
            .map(|(_, of)| &of.key)
            .collect();
        let mut frameworks: HashMap<String, HashMap<String, NodeKey>> = HashMap::new();
        for node in wanted
            .nodes
            .iter()
            .filter(|node| chosen.contains(&node.edition))
        {
            let key = NodeKey {
                edition: node.edition.clone(),
                code: node.text.code.clone(),
            };
            let nodes = frameworks.entry(node.edition.plan.clone()).or_default();
            nodes.insert(node.text.code.clone(), key);
        }
        Ok(Self {
            agencies,
            frameworks,
        })
    }

    /// What stands, and what the catalogues bring where nothing stands under their codes.
    ///
    /// # Errors
    /// When the database or a catalogue cannot be read.
    pub async fn standing_or_shipped(read: &impl Read, file: &PlanFile) -> Result<Self, Error> {
        let mut known = Self::shipped(file)?;
        known.add_standing(read, file).await?;
        Ok(known)
    }

    /// What stands.
    pub(super) async fn standing(read: &impl Read, file: &PlanFile) -> Result<Self, Error> {
        let mut known = Self {
            agencies: ByCode::within(province(file).map(str::to_owned)),
            frameworks: HashMap::new(),
        };
        known.add_standing(read, file).await?;
        Ok(known)
    }

    async fn add_standing(&mut self, read: &impl Read, file: &PlanFile) -> Result<(), Error> {
        let source = Source::plan(read, province(file).map(str::to_owned)).await?;
        let agencies: Vec<Kept<(Organisation, OrganisationText)>> = store::all(read).await?;
        // Codes of before first: one that somebody has today takes their place.
        for Kept { row: former, .. } in store::register::former_codes(read).await? {
            let now = agencies
                .iter()
                .find(|it| it.row.0.id == former.organisation);
            if let Some(now) = now {
                let name_th = now.row.1.name_th.clone();
                let ours = false;
                self.agencies
                    .insert(former.province, former.code, Agency { name_th, ours });
            }
        }
        for Kept {
            row: (_, text),
            stamp,
        } in agencies
        {
            let ours = source.recorded(&stamp);
            let name_th = text.name_th;
            self.agencies
                .insert(text.province, text.code, Agency { name_th, ours });
        }
        let named: HashSet<&str> = file
            .links
            .iter()
            .map(|row| row.value.framework.as_str())
            .collect();
        let plans: Vec<Kept<Plan>> = store::all(read).await?;
        for plan in plans.into_iter().map(|kept| kept.row) {
            if !named.contains(plan.code.as_str()) {
                continue;
            }
            let editions: Vec<Kept<(Edition, EditionText)>> = store::of(read, &[plan.id]).await?;
            let chosen = default_edition(editions.iter().map(|kept| kept.row.0));
            let chosen = editions
                .into_iter()
                .map(|kept| kept.row)
                .find(|(edition, _)| chosen.is_some_and(|chosen| chosen.id == edition.id));
            let Some((edition, EditionText { label })) = chosen else {
                continue;
            };
            let key = EditionKey {
                plan: plan.code.clone(),
                label,
            };
            let nodes: Vec<Kept<(Node, NodeText)>> = store::of(read, &[edition.id]).await?;
            let nodes = nodes.into_iter().map(|kept| kept.row.1.code);
            let of = |code: String| {
                let edition = key.clone();
                (code.clone(), NodeKey { edition, code })
            };
            self.frameworks.insert(plan.code, nodes.map(of).collect());
        }
        Ok(())
    }
}
