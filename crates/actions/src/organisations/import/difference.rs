//! The three-way difference, row by row and field by field: what the list says, what stands, and what the last list said.

use super::super::register::Register;
use super::{
    SchoolsImport,
    find::{Index, district},
    hex,
    past::{Past, listed, texts},
};
use crate::Error;
use domain::{
    ids::OrganisationId,
    issue::{Issue, Issues, Place},
    organisation::{Axis, Class},
    text::search_key,
};
use exchange::schools::SchoolRow;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use store::Read;

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A school that does not stand yet.
    New,
    /// Something is taken from the list.
    Changed,
    /// Nothing is taken from the list, though it says otherwise: a person corrected it since.
    Kept,
    /// The list says what stands.
    Unchanged,
}

/// A field of which the list says otherwise than what stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// The documented name of the column.
    pub field: &'static str,
    /// What stands.
    pub before: Option<String>,
    /// What the list says.
    pub after: String,
    /// Whether it is taken from the list; what a person corrected since the last list stays.
    pub taken: bool,
}

/// One row of the list and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The row.
    pub place: Place,
    /// The code by which the school is, or will be, known.
    pub code: String,
    /// Its name in the list.
    pub name: String,
    /// The organisation that it means.
    pub organisation: Option<OrganisationId>,
    /// What becomes of it.
    pub outcome: Outcome,
    /// What differs.
    pub fields: Vec<FieldChange>,
    /// Under whom it is put, by axis, as far as that changes.
    #[serde(skip)]
    pub(super) places: BTreeMap<Axis, OrganisationId>,
    /// Which row of the list it is.
    #[serde(skip)]
    pub(super) row: usize,
    /// The district as a code.
    #[serde(skip)]
    pub(super) district: Option<String>,
}

/// What taking in a list does, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// Every row of the list.
    pub lines: Vec<Line>,
    /// Schools of the same agencies that an earlier list named and this one does not. They stay.
    pub gone: Vec<OrganisationId>,
    /// What should be looked at and blocks nothing.
    pub issues: Issues,
    /// Tells this difference from any other.
    pub fingerprint: String,
}

impl Difference {
    /// How many rows have an outcome.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.lines
            .iter()
            .filter(|line| line.outcome == outcome)
            .count()
    }

    /// The codes of new schools.
    pub(super) fn added(&self) -> Vec<&str> {
        let new = self
            .lines
            .iter()
            .filter(|line| line.outcome == Outcome::New);
        new.map(|line| line.code.as_str()).collect()
    }

    /// Whether a standing school is put under somebody else.
    pub(super) fn moves(&self) -> bool {
        let standing = self.lines.iter().filter(|line| line.organisation.is_some());
        standing.flat_map(|line| &line.places).next().is_some()
    }

    /// Everybody under whom a school is put.
    pub(super) fn parents(&self) -> Vec<OrganisationId> {
        let all = self
            .lines
            .iter()
            .flat_map(|line| line.places.values().copied());
        all.collect::<BTreeSet<_>>().into_iter().collect()
    }

    pub(super) fn finish(&mut self) {
        let json = serde_json::json!({ "lines": self.lines, "gone": self.gone });
        self.fingerprint = hex(&Sha256::digest(json.to_string()));
    }
}

/// Compares every row; what blocks the list is added to `issues`, at its cell.
pub(super) async fn of(
    read: &impl Read,
    register: &Register,
    input: &SchoolsImport,
    past: &Past,
    issues: &mut Issues,
) -> Result<Difference, Error> {
    let index = Index::new(register, &input.province);
    let mut lines = Vec::new();
    let mut agencies = BTreeSet::new();
    let mut meant: BTreeMap<OrganisationId, Place> = BTreeMap::new();
    let mut new_ones = NewOnes::default();
    for (n, row) in input.list.rows.iter().enumerate() {
        let at = |column: &str| input.list.cell(&row.place, column);
        let school = &row.value;
        let mut agency = |column: &str, said: &Option<String>| {
            let found = index.agency(said.as_deref()?);
            if found.is_none() {
                let issue = Issue::error(at(column), "import.unknown_agency_in_list");
                issues.push(issue.with("found", said.clone().unwrap_or_default()));
            }
            found
        };
        let parent = agency("parent_code", &school.parent);
        let coordinator = agency("coordinator_code", &school.coordinator);
        let parent = parent.or(input.parent.filter(|_| school.parent.is_none()));
        agencies.extend(parent);
        let mut found = index.school(school, parent);
        if found.len() > 1 {
            let issue = Issue::error(at("name_th"), "import.school_is_several");
            issues.push(issue.with("names", index.names(&found)));
            continue;
        }
        let organisation = found.pop_first();
        if let Some(id) = organisation
            && let Some(first) = meant.insert(id, row.place.clone())
        {
            let issue = Issue::error(at("name_th"), "import.school_twice");
            let first_row = if let Place::Cell { row, .. } = first {
                i64::from(row)
            } else {
                0
            };
            issues.push(
                issue
                    .with("first", first_row)
                    .with("name", register.name(id)),
            );
            continue;
        }
        let district = school.district.as_deref().and_then(|said| {
            let found = district(&input.province, said);
            if found.is_none() {
                let issue = Issue::warning(at("district"), "import.unknown_district");
                issues.push(issue.with("found", said));
            }
            found
        });
        let mut line = Line {
            place: row.place.clone(),
            code: school.key().unwrap_or_default().to_owned(),
            name: school.name_th.clone(),
            organisation,
            outcome: Outcome::New,
            fields: Vec::new(),
            places: BTreeMap::new(),
            row: n,
            district,
        };
        let stated = Stated {
            school,
            parent,
            coordinator,
        };
        match organisation {
            Some(id) => standing(read, register, past, &stated, id, &mut line).await?,
            None => {
                new(input, &stated, &mut line, &at, issues);
                let twins = index.twins(school, parent, line.district.as_deref());
                issues.extend(new_ones.like(&line, parent, &twins, register, at("name_th")));
            }
        }
        for (column, axis) in [
            ("parent_code", Axis::ReportsTo),
            ("coordinator_code", Axis::CoordinatedBy),
        ] {
            let put = line
                .places
                .get(&axis)
                .and_then(|id| register.organisations.get(*id));
            if let Some((agency, text)) = put
                && let Some(closed) = agency.closed
            {
                let issue = Issue::error(at(column), "organisation.parent_closed");
                issues.push(
                    issue
                        .with("name", text.name_th.as_str())
                        .with("closed", closed),
                );
            }
        }
        lines.push(line);
    }
    let today_open = |id: &OrganisationId| {
        let (organisation, _) = register.organisations.get(*id)?;
        let last = register.places(*id, Axis::ReportsTo).pop();
        let ours = last.is_some_and(|place| agencies.contains(&place.parent));
        let school = organisation.class == Some(Class::School);
        (organisation.closed.is_none() && ours && school && !meant.contains_key(id)).then_some(*id)
    };
    let gone = past.named.iter().filter_map(today_open).collect();
    Ok(Difference {
        lines,
        gone,
        ..Difference::default()
    })
}

/// A row of the list and the district that it names.
type RowIn = (u32, Option<String>);

/// New schools of the list by name and agency.
#[derive(Default)]
struct NewOnes(HashMap<(String, Option<OrganisationId>), Vec<RowIn>>);

impl NewOnes {
    /// A wrong code makes a second school of one that stands or that another row names: that should be looked at.
    fn like(
        &mut self,
        line: &Line,
        parent: Option<OrganisationId>,
        twins: &[OrganisationId],
        register: &Register,
        at: Place,
    ) -> Option<Issue> {
        let row = match line.place {
            Place::Cell { row, .. } => row,
            _ => 0,
        };
        let others = self.0.entry((search_key(&line.name), parent)).or_default();
        let here = |other: &&RowIn| may_be_one(&other.1, &line.district);
        let first = others.iter().find(here).map(|(row, _)| *row);
        others.push((row, line.district.clone()));
        if let Some(first) = first {
            let issue = Issue::warning(at, "import.same_name_twice");
            return Some(issue.with("first", i64::from(first)));
        }
        let (_, text) = register.organisations.get(*twins.first()?)?;
        let issue = Issue::warning(at, "import.same_name_stands");
        Some(issue.with("name", &*text.name_th).with("code", &*text.code))
    }
}

/// Two schools of one name and agency are two for sure only when they lie in two districts.
pub(super) fn may_be_one(one: &Option<String>, other: &Option<String>) -> bool {
    one.is_none() || other.is_none() || one == other
}

/// What a row states, with the agencies that it means.
struct Stated<'a> {
    school: &'a SchoolRow,
    parent: Option<OrganisationId>,
    coordinator: Option<OrganisationId>,
}

fn new(
    input: &SchoolsImport,
    stated: &Stated<'_>,
    line: &mut Line,
    at: &impl Fn(&str) -> Place,
    issues: &mut Issues,
) {
    if stated.school.parent.is_none() && input.parent.is_none() {
        issues.push(Issue::error(
            at("parent_code"),
            "import.school_without_parent",
        ));
    }
    line.places
        .extend(stated.parent.map(|parent| (Axis::ReportsTo, parent)));
    // A school is reminded through its agency, unless the list says otherwise.
    let coordinator = stated.coordinator.or(stated.parent);
    line.places
        .extend(coordinator.map(|parent| (Axis::CoordinatedBy, parent)));
}

async fn standing(
    read: &impl Read,
    register: &Register,
    past: &Past,
    stated: &Stated<'_>,
    id: OrganisationId,
    line: &mut Line,
) -> Result<(), Error> {
    let Some(stands) = register.organisations.get(id) else {
        return Ok(());
    };
    line.code.clone_from(&stands.1.code);
    let said = texts(register, id);
    let differs: Vec<(&'static str, String)> = listed(stated.school, line.district.as_deref())
        .into_iter()
        .filter(|(field, after)| said.get(field) != Some(after))
        .collect();
    if !differs.is_empty() {
        let authors = past.authors(read, id).await?;
        for (field, after) in differs {
            // The own code is in addresses and other files: only a person changes it.
            let taken = authors.open(field) && field != "code" && stands.0.closed.is_none();
            line.fields.push(FieldChange {
                field,
                before: said.get(field).cloned(),
                after,
                taken,
            });
        }
    }
    for (field, axis, wanted) in [
        ("parent_code", Axis::ReportsTo, stated.parent),
        ("coordinator_code", Axis::CoordinatedBy, stated.coordinator),
    ] {
        let last = register
            .places(id, axis)
            .pop()
            .filter(|place| place.valid_to.is_none());
        let now = last.map(|place| place.parent);
        let Some(wanted) = wanted.filter(|wanted| Some(*wanted) != now) else {
            continue;
        };
        let code = |id| {
            register
                .organisations
                .get(id)
                .map(|(_, text)| text.code.clone())
        };
        let taken = stands.0.closed.is_none() && past.placed(read, register, id, axis).await?;
        if taken {
            line.places.insert(axis, wanted);
        }
        line.fields.push(FieldChange {
            field,
            before: now.and_then(code),
            after: code(wanted).unwrap_or_default(),
            taken,
        });
    }
    line.outcome = match (
        line.fields.is_empty(),
        line.fields.iter().any(|field| field.taken),
    ) {
        (true, _) => Outcome::Unchanged,
        (false, true) => Outcome::Changed,
        (false, false) => Outcome::Kept,
    };
    Ok(())
}
