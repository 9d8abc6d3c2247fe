//! What earlier lists recorded, and what is said of an organisation field by field: the other two sides of the difference.

use super::super::register::{Named, Register};
use crate::{
    Error,
    act::NATIONAL,
    reconcile::{CATALOGUE, IMPORT as PLAN, moments},
};
use domain::{
    ids::OrganisationId,
    organisation::{Axis, Membership},
    register::{CodeKind, DisplayOrder},
    time::Moment,
};
use exchange::schools::SchoolRow;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use store::{Read, register};

/// What earlier lists of the province recorded.
pub(super) struct Past {
    moments: HashSet<Moment>,
    /// What catalogues and plans recorded: neither a list nor a person said it.
    others: HashSet<Moment>,
    /// Those that any of them named.
    pub named: BTreeSet<OrganisationId>,
}

/// Who said what stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Author {
    List,
    Person,
    Other,
}

/// Who said what stands of one organisation, field by field; also who took away what stood.
pub(super) struct Authors {
    of: BTreeMap<&'static str, Author>,
    listed: bool,
}

impl Authors {
    /// Whether a list may say a field anew: nobody has said anything, a list said it, or a catalogue did before a list
    /// took the organisation over. What a person said, or took away, stays.
    pub fn open(&self, field: &str) -> bool {
        match self.of.get(field) {
            None | Some(Author::List) => true,
            Some(Author::Other) => self.listed,
            Some(Author::Person) => false,
        }
    }
}

impl Past {
    pub async fn load(read: &impl Read, province: &str) -> Result<Self, Error> {
        let moments = moments(read, province, super::IMPORT).await?;
        let mut others = HashSet::new();
        for trail in [province, NATIONAL] {
            for act in [CATALOGUE, PLAN] {
                others.extend(self::moments(read, trail, act).await?);
            }
        }
        let mut named = BTreeSet::new();
        for at in &moments {
            let rows = register::recorded_at::<Named>(read, *at).await?;
            named.extend(rows.iter().map(|kept| kept.row.0.id));
        }
        Ok(Self {
            moments,
            others,
            named,
        })
    }

    /// Who said what stands of an organisation. Each field is followed through its versions: that a list recorded a row
    /// does not make the words its own that a person had put into it before.
    pub async fn authors(&self, read: &impl Read, id: OrganisationId) -> Result<Authors, Error> {
        let mut of = BTreeMap::new();
        let mut before = BTreeMap::new();
        for version in store::history::<Named>(read, id).await? {
            let now = words(&version.row);
            for (field, value) in &now {
                if before.get(field) != Some(value) && (value.is_some() || !before.is_empty()) {
                    of.insert(*field, self.author(version.stamp.recorded_at));
                }
            }
            before = now;
        }
        for code in register::codes_of(read, id).await? {
            if let Some(field) = column(code.row.kind) {
                let last = code.stamp.ended_at.unwrap_or(code.stamp.recorded_at);
                of.insert(field, self.author(last));
            }
        }
        for order in store::history::<DisplayOrder>(read, id).await? {
            let last = order.stamp.ended_at.unwrap_or(order.stamp.recorded_at);
            of.insert("display_order", self.author(last));
        }
        let listed = self.named.contains(&id);
        Ok(Authors { of, listed })
    }

    fn author(&self, at: Moment) -> Author {
        if self.moments.contains(&at) {
            Author::List
        } else if self.others.contains(&at) {
            Author::Other
        } else {
            Author::Person
        }
    }

    /// Whether a list placed an organisation where it stands on an axis.
    pub async fn placed(
        &self,
        read: &impl Read,
        register: &Register,
        id: OrganisationId,
        axis: Axis,
    ) -> Result<bool, Error> {
        let Some(last) = register.places(id, axis).pop() else {
            return Ok(true);
        };
        let kept = store::get::<Membership>(read, last.id).await?;
        Ok(kept.is_some_and(|kept| self.moments.contains(&kept.stamp.recorded_at)))
    }
}

/// What a row states, by the documented names of the columns.
pub(super) fn listed(row: &SchoolRow, district: Option<&str>) -> Vec<(&'static str, String)> {
    let code = |kind| row.code_of(kind).map(str::to_owned);
    let all = [
        ("name_th", Some(row.name_th.clone())),
        ("code", row.code.clone()),
        ("smis_code", code(CodeKind::Smis)),
        ("ten_digit_code", code(CodeKind::TenDigit)),
        ("dopa_code", code(CodeKind::Dopa)),
        ("district", district.map(str::to_owned)),
        ("class", row.class.map(|class| class.code().to_owned())),
        ("kind", row.kind.clone()),
        ("opened", row.opened.map(|day| day.to_string())),
        ("short_name_th", row.short_name_th.clone()),
        ("name_en", row.name_en.clone()),
        (
            "display_order",
            row.position.map(|position| position.to_string()),
        ),
    ];
    all.into_iter()
        .filter_map(|(field, value)| Some((field, value?)))
        .collect()
}

/// The column of a code.
const fn column(kind: CodeKind) -> Option<&'static str> {
    match kind {
        CodeKind::Smis => Some("smis_code"),
        CodeKind::TenDigit => Some("ten_digit_code"),
        CodeKind::Dopa => Some("dopa_code"),
        CodeKind::Former => None,
    }
}

/// What a version of an organisation's row says, by the documented names of the columns.
fn words((organisation, text): &Named) -> BTreeMap<&'static str, Option<String>> {
    let day = |day: Date| day.to_string();
    BTreeMap::from([
        ("name_th", Some(text.name_th.clone())),
        ("code", Some(text.code.clone())),
        ("district", text.district_dopa.clone()),
        ("class", organisation.class.map(|it| it.code().to_owned())),
        ("kind", text.kind.clone()),
        ("opened", organisation.opened.map(day)),
        ("short_name_th", text.short_name_th.clone()),
        ("name_en", text.name_en.clone()),
    ])
}

/// What stands of an organisation, in the same words: of its row, its codes and its place in lists.
pub(super) fn texts(register: &Register, id: OrganisationId) -> BTreeMap<&'static str, String> {
    let mut said: BTreeMap<&'static str, String> = BTreeMap::new();
    for kind in CodeKind::ENTERED {
        let code = register.code(id, kind).map(|code| code.code.clone());
        said.extend(column(kind).zip(code));
    }
    let order = register.orders.get(id);
    said.extend(order.map(|order| ("display_order", order.position.to_string())));
    if let Some(row) = register.organisations.get(id) {
        let stated = words(row).into_iter();
        said.extend(stated.filter_map(|(field, value)| Some((field, value?))));
    }
    said
}
