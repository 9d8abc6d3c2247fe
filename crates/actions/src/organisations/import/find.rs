//! Finds the organisations that a list means: schools by their codes, agencies by code or name, districts by name.

use super::{super::register::Register, difference::may_be_one};
use crate::catalogue;
use domain::{
    ids::OrganisationId,
    issue::Arg,
    organisation::Axis,
    register::CodeKind,
    text::{from_thai_digits, search_key},
};
use exchange::schools::SchoolRow;
use std::collections::{BTreeSet, HashMap};

/// How offices shorten the names of agencies.
const SHORT: [(&str, &str); 3] = [
    ("สพป.", "สำนักงานเขตพื้นที่การศึกษาประถมศึกษา"),
    ("สพม.", "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษา"),
    ("ศธจ.", "สำนักงานศึกษาธิการจังหวัด"),
];

/// The organisations of a province, and the national ones, by what lists call them.
pub(super) struct Index<'r> {
    register: &'r Register,
    own: HashMap<String, OrganisationId>,
    codes: HashMap<(CodeKind, &'r str), OrganisationId>,
    names: HashMap<String, Vec<OrganisationId>>,
}

impl<'r> Index<'r> {
    pub fn new(register: &'r Register, province: &str) -> Self {
        let mut these = Self {
            register,
            own: HashMap::new(),
            codes: HashMap::new(),
            names: HashMap::new(),
        };
        let ours = |of: &Option<String>| of.as_deref().is_none_or(|of| of == province);
        // Codes of today win over former ones, and those of the province over national ones.
        for code in register.codes.all() {
            if code.kind == CodeKind::Former && ours(&code.province) {
                these.own.insert(search_key(&code.code), code.organisation);
            } else {
                these
                    .codes
                    .insert((code.kind, &code.code), code.organisation);
            }
        }
        for national in [true, false] {
            let rows = register.organisations.all();
            for (organisation, text) in rows.filter(|(_, text)| ours(&text.province)) {
                if text.province.is_none() != national {
                    continue;
                }
                these.own.insert(search_key(&text.code), organisation.id);
                let names = [Some(&text.name_th), text.short_name_th.as_ref()];
                for name in names.into_iter().flatten() {
                    let known = these.names.entry(search_key(name)).or_default();
                    if !known.contains(&organisation.id) {
                        known.push(organisation.id);
                    }
                }
            }
        }
        these
    }

    /// An agency by its code, full name or short name.
    pub fn agency(&self, said: &str) -> Option<OrganisationId> {
        let own = self.own.get(&search_key(&from_thai_digits(said)));
        if let Some(own) = own {
            return Some(*own);
        }
        let said = from_thai_digits(said);
        let full = SHORT.iter().find_map(|(short, full)| {
            let rest = said.trim().strip_prefix(short)?;
            Some(format!("{full}{}", rest.trim_start()))
        });
        [Some(said), full].into_iter().flatten().find_map(|name| {
            match self.names.get(&search_key(&name)).map(Vec::as_slice) {
                Some([only]) => Some(*only),
                _ => None,
            }
        })
    }

    /// The organisations that the codes of a row mean; without any, the one school of that name that has no code of a
    /// kind that the row gives, if there is only one.
    pub fn school(
        &self,
        row: &SchoolRow,
        parent: Option<OrganisationId>,
    ) -> BTreeSet<OrganisationId> {
        let own = row.code.as_deref().map(search_key);
        let mut found: BTreeSet<OrganisationId> = own
            .iter()
            .filter_map(|code| self.own.get(code).copied())
            .collect();
        found.extend(
            row.codes
                .iter()
                .filter_map(|(kind, code)| self.codes.get(&(*kind, code.as_str())).copied()),
        );
        // A row without an own code is known by the code that it was added under.
        if found.is_empty() && row.code.is_none() {
            let key = row.key().map(search_key);
            found.extend(key.and_then(|key| self.own.get(&key).copied()));
        }
        if !found.is_empty() {
            return found;
        }
        let same = self.names.get(&search_key(&row.name_th));
        let mut same: Vec<OrganisationId> = same.into_iter().flatten().copied().collect();
        same.retain(|id| {
            let stands_there = parent.is_none_or(|parent| {
                let mut places = self.register.memberships.all();
                places.any(|place| place.organisation == *id && place.parent == parent)
            });
            let other_code = row
                .codes
                .iter()
                .any(|(kind, _)| self.register.code(*id, *kind).is_some());
            let open = self
                .register
                .organisation(*id)
                .is_some_and(|it| it.closed.is_none());
            stands_there && !other_code && open
        });
        if same.len() == 1 {
            same.into_iter().collect()
        } else {
            BTreeSet::new()
        }
    }

    /// Open organisations of the name of a row, below its agency, that lie where it may lie.
    pub fn twins(
        &self,
        row: &SchoolRow,
        parent: Option<OrganisationId>,
        district: Option<&str>,
    ) -> Vec<OrganisationId> {
        let district = district.map(str::to_owned);
        let same = self.names.get(&search_key(&row.name_th));
        let twin = |id: &OrganisationId| {
            let (organisation, text) = self.register.organisations.get(*id)?;
            let last = self.register.places(*id, Axis::ReportsTo).pop();
            let there = last.map(|place| place.parent) == parent;
            let open = organisation.closed.is_none();
            (there && open && may_be_one(&text.district_dopa, &district)).then_some(*id)
        };
        same.into_iter().flatten().filter_map(twin).collect()
    }

    /// What people call them.
    pub fn names(&self, ids: &BTreeSet<OrganisationId>) -> String {
        let names = ids.iter().filter_map(|id| match self.register.name(*id) {
            Arg::Text(name) => Some(name),
            _ => None,
        });
        names.collect::<Vec<_>>().join(", ")
    }
}

/// The code of a district (กรมการปกครอง) from what a list says: the code, or the name with or without อำเภอ.
pub(super) fn district(province: &str, said: &str) -> Option<String> {
    let said = from_thai_digits(said.trim());
    let digits = said.len() == 4 && said.bytes().all(|byte| byte.is_ascii_digit());
    if digits {
        return said.starts_with(province).then_some(said);
    }
    let bare = |name: &str| {
        let name = name.trim();
        let rest = name
            .strip_prefix("อำเภอ")
            .or_else(|| name.strip_prefix("อ."));
        search_key(rest.unwrap_or(name))
    };
    let wanted = bare(&said);
    let districts = catalogue::districts().ok()?;
    let mut named = districts.into_iter().filter(|(code, name)| {
        // The district of the provincial town is called เมือง for short.
        let town =
            search_key(name).starts_with(&search_key("เมือง")) && wanted == search_key("เมือง");
        code.starts_with(province) && (bare(name) == wanted || town)
    });
    named.next().map(|(code, _)| code)
}
