//! What the acts on organisations ask of their input: each problem at its field, all of them at once.

use super::register::Register;
use chain::Fault;
use domain::{
    ids::OrganisationId,
    issue::{Arg, Issue, Issues, Place},
    organisation::{OrganisationText, is_province},
    register::CodeKind,
    text::clean,
    time::{FiscalPeriod, FiscalYear, Quarter},
};
use jiff::{Span, civil::Date};

/// A change may be entered so many years ahead; a later date is a year of the wrong era.
const YEARS_AHEAD: i16 = 5;
/// Codes stand in addresses, files and on paper.
const LONGEST_CODE: usize = 40;
const LONGEST_NAME: usize = 300;
/// So many names are listed in a sentence; of the others their number.
const NAMED: usize = 5;

/// What stands in the place of a code in addresses of the register: an organisation of that code could not be opened.
const PAGES: [&str; 3] = ["new", "import", "template.xlsx"];

/// The first day from which a change may hold: the first of the fiscal quarter of today. What ended before it is never
/// rewritten.
pub fn earliest(today: Date) -> Date {
    let (year, quarter) = (FiscalYear::of(today), Quarter::of(today));
    match quarter {
        Quarter::Q1 => year.first_day(),
        _ => {
            let before = Quarter::ALL[usize::from(quarter.number()) - 2];
            let last = FiscalPeriod::quarter(year, before).last_day();
            last.tomorrow().unwrap_or(last)
        }
    }
}

/// The problems of one input.
#[derive(Debug)]
pub(super) struct Check<'r> {
    pub register: &'r Register,
    pub today: Date,
    pub issues: Issues,
}

pub(super) fn field(name: impl Into<String>) -> Place {
    Place::Field { field: name.into() }
}

/// Text without what nobody sees; `None` when nothing is left.
pub(super) fn cleaned(text: Option<&str>) -> Option<String> {
    let text = clean(text?).text.replace('\n', " ");
    (!text.is_empty()).then_some(text)
}

impl<'r> Check<'r> {
    pub fn new(register: &'r Register, today: Date) -> Self {
        let issues = Vec::new();
        Self {
            register,
            today,
            issues,
        }
    }

    pub fn tell(&mut self, at: &str, code: &'static str) -> &mut Issue {
        self.issues.push(Issue::error(field(at), code));
        let last = self.issues.len() - 1;
        &mut self.issues[last]
    }

    pub fn done(self) -> Result<(), Issues> {
        if self.issues.is_empty() {
            Ok(())
        } else {
            Err(self.issues)
        }
    }

    /// The letter, order or reason on which an act rests.
    pub fn reason(&mut self, reason: &str) -> String {
        let reason = cleaned(Some(reason)).unwrap_or_default();
        if reason.is_empty() {
            self.tell("reason", "organisation.reason_needed");
        }
        reason
    }

    /// A day from which a change holds: not in a quarter that has ended, and not beyond what anybody plans.
    pub fn day(&mut self, at: &str, day: Date) {
        let earliest = earliest(self.today);
        let latest = self.today.saturating_add(Span::new().years(YEARS_AHEAD));
        if day < earliest {
            self.tell(at, "organisation.past_quarter").args =
                vec![("day", day.into()), ("earliest", earliest.into())];
        } else if day > latest {
            self.tell(at, "organisation.too_far").args =
                vec![("day", day.into()), ("latest", latest.into())];
        }
    }

    /// An organisation that has to stand open when it is changed from a day on.
    pub fn open(&mut self, at: &str, id: OrganisationId, on: &str, day: Date) {
        let Some(it) = self.register.organisation(id) else {
            self.tell(at, "organisation.unknown");
            return;
        };
        let (opened, closed) = (it.opened, it.closed);
        let name = self.register.name(id);
        if let Some(closed) = closed {
            self.tell(at, "organisation.closed").args =
                vec![("name", name), ("closed", closed.into())];
        } else if let Some(opened) = opened.filter(|opened| day < *opened) {
            self.tell(on, "organisation.before_opening").args =
                vec![("name", name), ("opened", opened.into())];
        }
    }

    /// An organisation that is to end on a day: it must have stood for one at least.
    pub fn ends(&mut self, at: &str, id: OrganisationId, on: &str, day: Date) {
        self.open(at, id, on, day);
        let opened = self.register.organisation(id).and_then(|it| it.opened);
        if opened == Some(day) {
            let name = self.register.name(id);
            self.tell(on, "organisation.before_opening").args =
                vec![("name", name), ("opened", day.into())];
        }
    }

    /// Somebody under whom others are to stand from a day on, or who goes on for them.
    pub fn parent(&mut self, at: &str, id: OrganisationId, day: Option<Date>) {
        let Some(it) = self.register.organisation(id) else {
            self.tell(at, "organisation.unknown");
            return;
        };
        let (opened, closed) = (it.opened, it.closed);
        let name = self.register.name(id);
        if let Some(closed) = closed {
            self.tell(at, "organisation.parent_closed").args =
                vec![("name", name), ("closed", closed.into())];
        } else if let (Some(opened), Some(day)) = (opened, day)
            && day < opened
        {
            self.tell(at, "organisation.parent_not_open").args =
                vec![("name", name), ("opened", opened.into())];
        }
    }

    /// The words of an organisation.
    pub fn words(&mut self, prefix: &str, text: &OrganisationText) {
        let at = |field: &str| format!("{prefix}{field}");
        if text.name_th.is_empty() {
            self.tell(&at("name_th"), "organisation.name_needed");
        }
        let names = [
            ("name_th", Some(&text.name_th)),
            ("name_en", text.name_en.as_ref()),
            ("short_name_th", text.short_name_th.as_ref()),
            ("affiliation_th", text.affiliation_th.as_ref()),
        ];
        for (field, name) in names {
            if name.is_some_and(|name| name.chars().count() > LONGEST_NAME) {
                self.tell(&at(field), "organisation.too_long").args =
                    vec![("limit", LONGEST_NAME.into())];
            }
        }
        if let Some(province) = &text.province
            && !is_province(province)
        {
            self.tell(&at("province"), "import.unknown_province").args =
                vec![("found", province.as_str().into())];
        }
        if let Some(district) = &text.district_dopa {
            let digits = district.len() == 4 && district.bytes().all(|b| b.is_ascii_digit());
            let inside = text
                .province
                .as_ref()
                .is_none_or(|it| district.starts_with(it.as_str()));
            if !digits || !inside {
                self.tell(&at("district_dopa"), "organisation.district")
                    .args = vec![("found", district.as_str().into())];
            }
        }
    }

    /// An own code that nobody else has, or had: files of that time still mean them.
    pub fn own_code(
        &mut self,
        at: &str,
        province: Option<&str>,
        code: &str,
        of: Option<OrganisationId>,
    ) {
        if code.is_empty() {
            self.tell(at, "organisation.code_needed");
            return;
        }
        let odd = |c: char| {
            c.is_control() || c.is_whitespace() || matches!(c, '/' | '?' | '#' | '%' | '\\')
        };
        if code.chars().any(odd) || code.chars().count() > LONGEST_CODE {
            self.tell(at, "organisation.code_shape").args = vec![("limit", LONGEST_CODE.into())];
            return;
        }
        if PAGES.contains(&code) {
            self.tell(at, "organisation.code_reserved").args = vec![("found", code.into())];
            return;
        }
        let other = self.register.has_own(province, code);
        if let Some(other) = other.filter(|other| Some(*other) != of) {
            let name = self.register.name(other);
            self.tell(at, "organisation.code_taken").args =
                vec![("code", code.into()), ("name", name)];
            return;
        }
        let former = self.register.codes.all().find(|it| {
            it.kind == CodeKind::Former && it.code == code && it.province.as_deref() == province
        });
        if let Some(former) = former.filter(|it| Some(it.organisation) != of) {
            let name = self.register.name(former.organisation);
            self.tell(at, "organisation.code_was").args =
                vec![("code", code.into()), ("name", name)];
        }
    }

    /// A code of another register: of its shape, and nobody else's.
    pub fn code(&mut self, at: &str, kind: CodeKind, code: &str, of: Option<OrganisationId>) {
        if !kind.fits(code) {
            self.tell(at, code_shape(kind)).args = vec![("found", code.into())];
            return;
        }
        let other = self.register.has_code(kind, code);
        if let Some(other) = other.filter(|other| Some(*other) != of) {
            let name = self.register.name(other);
            self.tell(at, "organisation.code_taken").args =
                vec![("code", code.into()), ("name", name)];
        }
    }
}

/// The issue of a code without the shape of its kind.
pub(super) const fn code_shape(kind: CodeKind) -> &'static str {
    match kind {
        CodeKind::Smis => "organisation.not_smis",
        CodeKind::TenDigit => "organisation.not_ten_digits",
        CodeKind::Dopa | CodeKind::Former => "organisation.not_dopa",
    }
}

/// A few names in a row, and how many there are.
pub(super) fn names(register: &Register, ids: &[OrganisationId]) -> Vec<(&'static str, Arg)> {
    let named = ids.iter().take(NAMED).map(|id| match register.name(*id) {
        Arg::Text(name) => name,
        _ => String::new(),
    });
    let mut names = named.collect::<Vec<_>>().join(", ");
    if ids.len() > NAMED {
        names.push_str(", …");
    }
    vec![("names", names.into()), ("count", ids.len().into())]
}

/// The forests as they would be: what is impossible is the fault of one field.
pub(super) fn sound(register: &Register, at: &str) -> Result<(), Issues> {
    let mut issues = Issues::new();
    for fault in register.faults() {
        let issue = match fault {
            Fault::Cycle {
                organisations, on, ..
            } => {
                let mut issue = Issue::error(field(at), "organisation.above_itself");
                issue.args = names(register, &organisations);
                issue.args.extend(on.map(|on| ("day", on.into())));
                issue
            }
            Fault::Overlap { .. } | Fault::NoDay(_) => {
                Issue::error(field(at), "organisation.two_places")
            }
            // Nothing else can be wrong with organisations and memberships that name each other.
            other => {
                Issue::error(field(at), "organisation.impossible").with("what", other.to_string())
            }
        };
        if !issues.contains(&issue) {
            issues.push(issue);
        }
    }
    for place in register.hanging() {
        let closed = register.organisation(place.parent).and_then(|it| it.closed);
        let mut issue = Issue::error(field(at), "organisation.parent_closed");
        issue.args.push(("name", register.name(place.parent)));
        issue
            .args
            .extend(closed.map(|closed| ("closed", closed.into())));
        if !issues.contains(&issue) {
            issues.push(issue);
        }
    }
    if issues.is_empty() {
        Ok(())
    } else {
        Err(issues)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_change_may_hold_from_the_first_day_of_the_quarter_of_today() {
        for (today, first) in [
            (date(2026, 10, 1), date(2026, 10, 1)),
            (date(2026, 12, 31), date(2026, 10, 1)),
            (date(2027, 1, 1), date(2027, 1, 1)),
            (date(2027, 3, 31), date(2027, 1, 1)),
            (date(2027, 4, 1), date(2027, 4, 1)),
            (date(2027, 9, 30), date(2027, 7, 1)),
        ] {
            assert_eq!(earliest(today), first, "{today}");
        }
    }
}
