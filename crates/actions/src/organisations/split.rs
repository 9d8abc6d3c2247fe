//! Splits an organisation into several from a day on: each part takes some of those below it, and the whole goes on beside
//! them or closes.

use super::{
    add::NewOrganisation,
    check::{Check, names, sound},
    close::end,
    desk::{Asks, Change, Consequences, run},
    duties::{hand_on, nothing_begun},
    register::{Ids, Register},
};
use crate::{Ctx, Error};
use domain::{
    ids::{OrganisationId, ReorganisationId, SuccessionId},
    issue::Issues,
    organisation::Axis,
    permission::Act,
    register::{Reorganisation, Succession},
};
use jiff::civil::Date;
use std::collections::BTreeMap;
use store::Store;

/// One of the organisations that come out of a split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The organisation, opened on the day. Without a parent of its own it stands where the whole stood.
    pub new: NewOrganisation,
    /// Those below the whole that go with it.
    pub members: Vec<OrganisationId>,
}

/// How an organisation is split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// The whole.
    pub organisation: OrganisationId,
    /// What comes out of it.
    pub parts: Vec<Part>,
    /// Whether the whole goes on beside the parts, with the members that go with none.
    pub continues: bool,
    /// Which part, counted from 0, has to report what the whole would have had to; `None` = nobody. Without meaning when
    /// the whole goes on.
    pub duties_to: Option<usize>,
    /// Whether records that nobody certified end where nobody reports further.
    pub give_up: bool,
    /// The first day of the new order.
    pub on: Date,
    /// The letter or order on which it rests.
    pub reason: String,
}

/// Splits an organisation.
///
/// # Errors
/// [`Error::Invalid`] when members are in two parts or, of a whole that closes, in none, or when a part is not sound.
pub async fn split(store: &Store, ctx: &mut Ctx, input: &Split) -> Result<Consequences, Error> {
    run(store, ctx, input).await
}

impl Change for Split {
    const NAME: &'static str = "organisation.split";
    const NEEDS: Act = Act::Restructure;

    fn asks(&self) -> Asks<'_> {
        let first = self.parts.first();
        Asks {
            organisations: vec![self.organisation],
            parents: self
                .parts
                .iter()
                .flat_map(|part| part.new.parents())
                .collect(),
            new_in: first.map(|part| part.new.text.province.as_deref()),
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
        let Split {
            organisation: whole,
            on,
            continues,
            ..
        } = *self;
        self.check(register, today)?;
        let reorganisation = ReorganisationId(ids());
        let mut consequences = Consequences {
            subject: Some(whole),
            reorganisation: Some(reorganisation),
            ..Consequences::default()
        };
        let above = |axis| register.parent_on(whole, axis, on);
        let (reports_to, coordinated_by) = (above(Axis::ReportsTo), above(Axis::CoordinatedBy));
        for part in &self.parts {
            let mut new = part.new.clone();
            new.reports_to = new.reports_to.or(reports_to);
            new.coordinated_by = new.coordinated_by.or(coordinated_by);
            let id = new.put(register, Some(on), ids);
            for place in register.below(whole, on) {
                if part.members.contains(&place.organisation) {
                    register.redirect(place, id, on, ids);
                }
            }
            consequences.made.push(id);
            consequences.moved.extend(&part.members);
            let succession = Succession {
                id: SuccessionId(ids()),
                reorganisation,
                kind: Reorganisation::Split,
                predecessor: whole,
                successor: id,
                on,
            };
            register.successions.put(succession.id, succession);
        }
        if !continues {
            for axis in Axis::ALL {
                register.stay_from(whole, *axis, on);
            }
            end(register, whole, on);
            let to = self
                .duties_to
                .and_then(|part| consequences.made.get(part).copied());
            hand_on(register, whole, to, on, &mut consequences, ids);
            consequences.closed.push(whole);
        }
        sound(register, "parts")?;
        Ok(consequences)
    }
}

impl Split {
    fn check(&self, register: &Register, today: Date) -> Result<(), Issues> {
        let Split {
            organisation: whole,
            on,
            ..
        } = *self;
        let mut check = Check::new(register, today);
        check.reason(&self.reason);
        check.day("on", on);
        check.ends("organisation", whole, "on", on);
        if self.parts.len() + usize::from(self.continues) < 2 {
            check.tell("parts", "organisation.nothing_to_split");
        }
        if self.duties_to.is_some_and(|part| part >= self.parts.len()) {
            check.tell("duties_to", "organisation.unknown");
        }
        if !self.continues && self.duties_to.is_none() && !self.give_up {
            nothing_begun(&mut check, "give_up", whole, on);
        }
        let below = register.open_below(whole, on);
        let mut taken: BTreeMap<OrganisationId, usize> = BTreeMap::new();
        let mut codes: BTreeMap<String, usize> = BTreeMap::new();
        for (n, part) in self.parts.iter().enumerate() {
            let at = |field: &str| format!("parts.{n}.{field}");
            part.new.check(&mut check, &at(""), Some(on));
            let mut listed = vec![part.new.text.code.clone()];
            listed.extend(
                part.new
                    .codes
                    .iter()
                    .map(|(kind, code)| format!("{kind} {code}")),
            );
            for code in listed.into_iter().filter(|code| !code.trim().is_empty()) {
                if codes.insert(code, n).is_some_and(|other| other != n) {
                    check.tell(&at("code"), "organisation.code_in_two_parts");
                }
            }
            if part.new.parents().any(|parent| parent == whole) && !self.continues {
                check.tell(&at("reports_to"), "organisation.under_what_ends");
            }
            let strangers: Vec<OrganisationId> = part
                .members
                .iter()
                .copied()
                .filter(|id| !below.contains(id))
                .collect();
            if !strangers.is_empty() {
                check.tell(&at("members"), "organisation.not_a_member").args =
                    names(register, &strangers);
            }
            let twice: Vec<OrganisationId> = part
                .members
                .iter()
                .copied()
                .filter(|id| taken.insert(*id, n).is_some())
                .collect();
            if !twice.is_empty() {
                check.tell(&at("members"), "organisation.in_two_parts").args =
                    names(register, &twice);
            }
        }
        let left: Vec<OrganisationId> = below
            .into_iter()
            .filter(|id| !taken.contains_key(id))
            .collect();
        if !self.continues && !left.is_empty() {
            check.tell("parts", "organisation.in_no_part").args = names(register, &left);
        }
        check.done()
    }
}
