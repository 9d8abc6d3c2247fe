//! The editor of organisations: their words and codes, their places, and how they go on in one another.

mod confirm;
pub mod history;
pub mod list;
pub mod merge;
pub mod split;
pub mod structure;
pub mod undo;
pub mod words;

use std::collections::HashMap;

use actions::permission::On;
use axum::extract::Path;
use domain::ids::OrganisationId;
use domain::issue::{Issue, Issues, Place as At};
use domain::organisation::{Axis, Class, Organisation, OrganisationText};
use domain::permission::Act;
use domain::time::parse_date;
use jiff::civil::Date;
use maud::{Markup, html};
use store::Kept;

use crate::data::{in_order, knows_organisation};
use crate::form::Fields;
use crate::found::day_of;
use crate::ui::{Card, Form, Groups, Place, crumbs, flow, heading};
use crate::{Error, Group, Page, Viewer};

/// The words of all forms of the editor stand under this key.
const WORDS: &str = "organisation.form";

type Named = (Organisation, OrganisationText);
type Parts = Path<HashMap<String, String>>;

/// The organisation of an address, for somebody who may do the act to it.
async fn found(
    v: &Viewer,
    parts: &HashMap<String, String>,
    act: Act,
) -> Result<Kept<Named>, Error> {
    let code = parts.get("code").ok_or(Error::NotFound)?;
    let kept = standing(v, code).await?.ok_or(Error::NotFound)?;
    v.allows(act, On::Organisation(kept.row.0.id)).await?;
    Ok(kept)
}

/// What stands under a code that this province knows: its own organisation before a national one.
async fn standing(v: &Viewer, code: &str) -> Result<Option<Kept<Named>>, Error> {
    let mut all = store::texts::organisations(v.live()?.store(), code).await?;
    all.retain(|kept| knows_organisation(v, &kept.row.1));
    all.sort_by_key(|kept| kept.row.1.province.is_none());
    Ok(all.into_iter().next())
}

/// Every open organisation that this province knows as choices of a list, in the order of lists: first those that are no
/// school, then schools by the agency to which they report.
async fn choices(v: &Viewer) -> Result<Groups, Error> {
    let live = v.live()?;
    let mut all: Vec<Kept<Named>> = store::all(live.store()).await?;
    all.retain(|kept| knows_organisation(v, &kept.row.1) && kept.row.0.closed.is_none());
    in_order(v, &mut all)?;
    let day = day_of(v.app().now());
    let agency: HashMap<OrganisationId, OrganisationId> = live.read(|now| {
        let organisations = now.snapshot.organisations();
        let above = |kept: &Kept<Named>| {
            let ix = organisations.number(kept.row.0.id)?;
            let parent = organisations.parent_on(Axis::ReportsTo, ix, day)?;
            Some((kept.row.0.id, organisations.id(parent)))
        };
        all.iter().filter_map(above).collect()
    });
    let school = |kept: &Kept<Named>| kept.row.0.class == Some(Class::School);
    let mut groups: Groups = vec![(
        v.say("organisation.choices.agencies").into_owned(),
        Vec::new(),
    )];
    let mut of: HashMap<Option<OrganisationId>, usize> = HashMap::new();
    for kept in all.iter().filter(|kept| !school(kept)) {
        of.insert(Some(kept.row.0.id), groups.len());
        groups.push((kept.row.1.name_th.clone(), Vec::new()));
    }
    for kept in &all {
        let place = match school(kept) {
            false => 0,
            true => {
                let above = agency.get(&kept.row.0.id).copied();
                *of.entry(above.filter(|id| of.contains_key(&Some(*id))))
                    .or_insert_with(|| {
                        groups.push((
                            v.say("organisation.choices.others").into_owned(),
                            Vec::new(),
                        ));
                        groups.len() - 1
                    })
            }
        };
        let text = &kept.row.1;
        let words = format!("{} · {}", text.name_th, text.code);
        groups[place].1.push((text.code.clone(), words));
    }
    groups.retain(|(_, choices)| !choices.is_empty());
    Ok(groups)
}

/// What was typed, and what is wrong with it before an act is asked.
struct Asked<'a> {
    v: &'a Viewer,
    fields: &'a Fields,
    issues: Issues,
}

impl<'a> Asked<'a> {
    fn new(v: &'a Viewer, fields: &'a Fields) -> Self {
        let issues = Vec::new();
        Self { v, fields, issues }
    }

    fn wrong(&mut self, field: &str, code: &'static str) {
        let at = At::Field {
            field: field.to_owned(),
        };
        self.issues.push(Issue::error(at, code));
    }

    fn text(&self, field: &str) -> String {
        self.fields.text(field).to_owned()
    }

    fn given(&self, field: &str) -> Option<String> {
        self.fields.given(field).map(str::to_owned)
    }

    /// The organisation that was chosen; a code that is none is said at the field.
    async fn organisation(&mut self, field: &str) -> Result<Option<OrganisationId>, Error> {
        match self.fields.given(field) {
            Some(code) => self.coded(field, code).await,
            None => Ok(None),
        }
    }

    async fn coded(&mut self, field: &str, code: &str) -> Result<Option<OrganisationId>, Error> {
        let found = standing(self.v, code).await?.map(|kept| kept.row.0.id);
        if found.is_none() {
            self.wrong(field, "organisation.unknown");
        }
        Ok(found)
    }

    /// A day of three fields; one that is none is said at the field, and so is a missing one that is needed.
    fn day(&mut self, field: &str, needed: bool) -> Option<Date> {
        let part = |part: &str| self.fields.given(&format!("{field}-{part}"));
        let parts = [part("day"), part("month"), part("year")];
        if parts.iter().all(Option::is_none) {
            if needed {
                self.wrong(field, "organisation.day_needed");
            }
            return None;
        }
        let text = parts.map(Option::unwrap_or_default).join("/");
        match parse_date(&text) {
            Ok(day) => Some(day),
            Err(_) => {
                self.wrong(field, "organisation.not_a_day");
                None
            }
        }
    }

    fn number(&mut self, field: &str) -> Option<u32> {
        let text = self.fields.given(field)?;
        let number = domain::text::from_thai_digits(text)
            .parse()
            .ok()
            .filter(|n| *n > 0);
        if number.is_none() {
            self.wrong(field, "organisation.not_a_position");
        }
        number
    }

    /// Whether the act may be asked; what is wrong otherwise.
    fn done(self) -> Issues {
        self.issues
    }
}

/// The three fields of a day.
fn day_fields(name: &str, day: Option<Date>) -> Vec<(String, String)> {
    let Some(day) = day else { return Vec::new() };
    let year = day.year() + domain::time::BE_OFFSET;
    vec![
        (format!("{name}-day"), day.day().to_string()),
        (format!("{name}-month"), day.month().to_string()),
        (format!("{name}-year"), year.to_string()),
    ]
}

/// A page of the editor: the way back to the organisation, a heading that says what is done, and the form in a card.
fn page(v: &Viewer, kept: Option<&Named>, title: &str, lead: &str, body: Markup) -> Page {
    let mut above = vec![(
        flow(&v.say("page.organisations.title")),
        v.to("/organisations"),
    )];
    if let Some((_, text)) = kept {
        above.push((flow(&text.name_th), v.to_organisation(&text.code)));
    }
    let (title, lead) = (v.say(title), v.say(lead));
    Page::new(v, title.clone())
        .group(Group::Staff)
        .at(Place::Plans)
        .body(html! {
            (crumbs(v, &above, &title))
            (heading(flow(&title), flow(&lead), &[]))
            (body)
        })
}

/// A form in its card.
fn card(v: &Viewer, title: &str, form: Markup) -> Markup {
    html! { (Card::new(&v.say(title)).show(form)) }
}

/// The form of the editor over what was typed.
fn form<'a>(v: &'a Viewer, fields: &'a Fields, issues: &'a [Issue]) -> Form<'a> {
    Form::new(v, WORDS, fields, issues)
}
