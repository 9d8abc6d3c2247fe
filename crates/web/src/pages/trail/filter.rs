//! Which events are asked for: whose trail, and the filters of the address, each read or said at its field.

use actions::NATIONAL;
use actions::permission::On;
use domain::issue::{Issue, Issues, Place as At};
use domain::permission::Act;
use domain::time::{Moment, parse_date};
use jiff::civil::Date;
use serde::Deserialize;
use store::permission::person;
use store::texts;
use store::trail::Filter;

use crate::data::knows_organisation;
use crate::{Error, Viewer};

/// The value of `of` that asks for the trail of what no single province owns.
pub(super) const WHOLE: &str = "all";
const MICROS_PER_DAY: i64 = 86_400_000_000;

/// The kinds of things of which events tell.
pub(super) const KINDS: &[&str] = &[
    "person",
    "organisation",
    "project",
    "link",
    "step_record",
    "plan",
    "waiver",
    "invitation",
    "fiscal_year",
    "setting",
    "province",
    "catalogue",
];

/// The question of the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub(super) of: String,
    pub(super) act: String,
    pub(super) actor: String,
    pub(super) kind: String,
    pub(super) thing: String,
    pub(super) whom: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) before: String,
}

/// The filter, and what cannot be read.
pub(super) struct Filtered {
    pub filter: Filter,
    pub issues: Issues,
}

/// Whose trail is asked for, for who may read it.
pub(super) async fn whose(v: &Viewer, asked: &Asked) -> Result<&'static str, Error> {
    if asked.of == WHOLE {
        v.allows(Act::ReadTrail, On::Nation).await?;
        return Ok(NATIONAL);
    }
    let code = v.province.dopa().ok_or(Error::NotFound)?;
    v.allows(Act::ReadTrail, On::Province(code)).await?;
    Ok(code)
}

/// Whether the reader may also read the trail of what no single province owns.
pub(super) async fn may_read_whole(v: &Viewer) -> Result<bool, Error> {
    match v.allows(Act::ReadTrail, On::Nation).await {
        Ok(()) => Ok(true),
        Err(Error::Forbidden { .. }) => Ok(false),
        Err(other) => Err(other),
    }
}

impl Asked {
    /// Everything of one trail.
    pub(super) fn of(of: &str) -> Self {
        Self {
            of: of.to_owned(),
            ..Self::default()
        }
    }

    /// The question without the page on which one is.
    pub(super) fn query(&self) -> String {
        let pairs = [
            ("of", &self.of),
            ("act", &self.act),
            ("actor", &self.actor),
            ("kind", &self.kind),
            ("thing", &self.thing),
            ("whom", &self.whom),
            ("from", &self.from),
            ("to", &self.to),
        ];
        let given = pairs.iter().filter(|(_, value)| !value.trim().is_empty());
        let mut query = String::new();
        for (name, value) in given {
            query.push(if query.is_empty() { '?' } else { '&' });
            query.push_str(name);
            query.push('=');
            query.push_str(&crate::address::encoded(value));
        }
        query
    }

    /// The filter, with everything that cannot be read at its field.
    pub(super) async fn read(&self, v: &Viewer) -> Result<Filtered, Error> {
        let given = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        let mut issues = Issues::new();
        let mut day = |field: &str, text: &str| -> Option<Date> {
            let read = parse_date(&given(text)?);
            if read.is_err() {
                let field = field.to_owned();
                issues.push(Issue::error(At::Field { field }, "trail.no_day"));
            }
            read.ok()
        };
        let (from, to) = (day("from", &self.from), day("to", &self.to));
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            let field = "to".to_owned();
            issues.push(Issue::error(At::Field { field }, "trail.days_backwards"));
        }
        let ids = match given(&self.thing) {
            Some(thing) => Some(self.ids(v, &thing).await?),
            None => None,
        };
        let filter = Filter {
            act: given(&self.act),
            actor: given(&self.actor),
            on_behalf_of: given(&self.whom),
            subject: None,
            kind: given(&self.kind),
            ids,
            since: from.map(midnight),
            until: to.map(|day| Moment(midnight(day).0 + MICROS_PER_DAY)),
        };
        Ok(Filtered { filter, issues })
    }

    /// The ids of what a code or an account names, of the kind that is asked for or of any; and the text itself, which may
    /// be an id. What nobody knows is no fault: nothing is told about it.
    async fn ids(&self, v: &Viewer, thing: &str) -> Result<Vec<String>, Error> {
        let live = v.live()?;
        let store = live.store();
        let asked = |kind: &str| self.kind.is_empty() || self.kind == kind;
        let mut ids = vec![thing.to_owned()];
        if asked("person")
            && let Some(kept) = person(store, &thing.to_lowercase()).await?
        {
            ids.push(kept.row.id.to_string());
        }
        if asked("organisation") {
            let found = texts::organisations(store, thing).await?;
            let here = found
                .iter()
                .filter(|kept| knows_organisation(v, &kept.row.1));
            ids.extend(here.map(|kept| kept.row.0.id.to_string()));
        }
        if asked("project") {
            let found = texts::projects(store, thing, None).await?;
            ids.extend(found.iter().map(|kept| kept.row.0.id.to_string()));
        }
        if asked("plan") {
            let plan = live.read(|now| now.plan(thing).map(|plan| plan.id.to_string()));
            ids.extend(plan);
        }
        Ok(ids)
    }
}

/// The beginning of a day in Thailand (UTC+7).
fn midnight(day: Date) -> Moment {
    let days = day
        .since((jiff::Unit::Day, jiff::civil::date(1970, 1, 1)))
        .map_or(0, |span| i64::from(span.get_days()));
    Moment(days * MICROS_PER_DAY - 7 * 3_600_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_in_thailand() {
        let begin = midnight(jiff::civil::date(2026, 11, 23));
        assert_eq!(begin.thai_day(), jiff::civil::date(2026, 11, 23));
        assert_eq!(
            Moment(begin.0 - 1).thai_day(),
            jiff::civil::date(2026, 11, 22)
        );
    }

    #[test]
    fn the_export_is_asked_what_the_page_was_asked_but_for_its_place_in_the_list() {
        let asked = Asked {
            act: "step.record".to_owned(),
            thing: "สพป. 1".to_owned(),
            before: "70".to_owned(),
            ..Asked::of("")
        };
        let query = asked.query();
        assert!(
            query.starts_with("?act=step.record&thing=") && !query.contains("70"),
            "{query}"
        );
        assert!(!query.contains(' '), "{query}");
    }
}
