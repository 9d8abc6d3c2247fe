//! What earlier lists recorded, and what is said of an organisation field by field: the other two sides of the difference.

use super::super::register::{Named, Register};
use crate::Error;
use domain::{
    ids::OrganisationId,
    organisation::{Axis, Membership},
    register::CodeKind,
    time::Moment,
};
use exchange::schools::SchoolRow;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use store::{Read, register, trail};

/// What earlier lists of the province recorded.
pub(super) struct Past {
    moments: HashSet<Moment>,
    /// Those that any of them named.
    pub named: BTreeSet<OrganisationId>,
}

impl Past {
    pub async fn load(read: &impl Read, province: &str) -> Result<Self, Error> {
        let filter = trail::Filter {
            act: Some(super::IMPORT.to_owned()),
            ..trail::Filter::default()
        };
        let events = trail::events(read, province, 0, u64::MAX, &filter).await?;
        let moments: HashSet<Moment> = events.into_iter().map(|event| event.at).collect();
        let mut named = BTreeSet::new();
        for at in &moments {
            let rows = register::recorded_at::<Named>(read, *at).await?;
            named.extend(rows.iter().map(|kept| kept.row.0.id));
        }
        Ok(Self { moments, named })
    }

    /// What the last list said of an organisation; `None` when no list ever did.
    pub async fn of(&self, read: &impl Read, id: OrganisationId) -> Result<Option<Named>, Error> {
        if !self.named.contains(&id) {
            return Ok(None);
        }
        let versions = store::history::<Named>(read, id).await?;
        let mut own = versions
            .into_iter()
            .filter(|kept| self.moments.contains(&kept.stamp.recorded_at));
        Ok(own.next_back().map(|kept| kept.row))
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

/// What is known of an organisation, in the same words: of a version of its row, and of its codes and order as they stand.
pub(super) fn texts(
    register: &Register,
    id: OrganisationId,
    row: Option<&Named>,
) -> BTreeMap<&'static str, String> {
    let mut said = BTreeMap::new();
    let mut say = |field, value: Option<String>| {
        said.extend(value.map(|value| (field, value)));
    };
    let code = |kind| register.code(id, kind).map(|code| code.code.clone());
    say("smis_code", code(CodeKind::Smis));
    say("ten_digit_code", code(CodeKind::TenDigit));
    say("dopa_code", code(CodeKind::Dopa));
    say(
        "display_order",
        register
            .orders
            .get(id)
            .map(|order| order.position.to_string()),
    );
    if let Some((organisation, text)) = row {
        say("name_th", Some(text.name_th.clone()));
        say("code", Some(text.code.clone()));
        say("district", text.district_dopa.clone());
        say(
            "class",
            organisation.class.map(|class| class.code().to_owned()),
        );
        say("kind", text.kind.clone());
        say(
            "opened",
            organisation.opened.map(|day: Date| day.to_string()),
        );
        say("short_name_th", text.short_name_th.clone());
        say("name_en", text.name_en.clone());
    }
    said
}
