//! People and their roles: the list by organisation, one person, and what can be done about them.

pub mod act;
pub mod list;
mod sessions;
pub mod show;

use actions::Who;
use actions::people::{OfOrganisation, Somebody, list as people_of, reached, somebody};
use domain::ids::OrganisationId;
use domain::issue::{Issue, Place as At};
use domain::organisation::OrganisationText;
use domain::time::short_date;
use jiff::civil::Date;
use maud::{Markup, html};

use super::board::words::named;
use crate::data::knows_organisation;
use crate::form::picked;
use crate::ui::flow;
use crate::{Error, Viewer};

/// Who holds a role today or later, of those whom the reader sees here, by organisation.
async fn seen(v: &Viewer) -> Result<Vec<OfOrganisation>, Error> {
    let who = Who::Person(v.somebody()?.id());
    let all = people_of(v.live()?.store(), who, v.app().now()).await?;
    Ok(here(v, all))
}

/// Of organisations with people, those that belong to the pages of this province.
fn here(v: &Viewer, mut all: Vec<OfOrganisation>) -> Vec<OfOrganisation> {
    all.retain(|of| knows_organisation(v, &of.text));
    all
}

/// Somebody whom the reader sees in this province, by account name; everybody else is not found, whether they exist or
/// not.
pub(super) async fn find(v: &Viewer, account: &str) -> Result<Somebody, Error> {
    let who = Who::Person(v.somebody()?.id());
    let found = somebody(v.live()?.store(), who, account, v.app().now()).await?;
    let mut found = found.ok_or(Error::NotFound)?;
    found.roles.retain(|role| knows_organisation(v, &role.text));
    match found.roles.is_empty() {
        true => Err(Error::NotFound),
        false => Ok(found),
    }
}

/// Every organisation of this province whose people the reader looks after, with or without anybody.
pub(super) async fn reached_here(
    v: &Viewer,
) -> Result<Vec<(OrganisationId, OrganisationText)>, Error> {
    let who = Who::Person(v.somebody()?.id());
    let mut all = reached(v.live()?.store(), who, v.app().now()).await?;
    all.retain(|(_, text)| knows_organisation(v, text));
    Ok(all)
}

/// The organisations as a form offers them: code and words.
pub(super) fn choices(
    v: &Viewer,
    organisations: &[(OrganisationId, OrganisationText)],
) -> Vec<(String, String)> {
    let choice = |(_, text): &(_, OrganisationText)| (text.code.clone(), named(v, text));
    organisations.iter().map(choice).collect()
}

/// The organisation of a form that was meant.
///
/// # Errors
/// What to say at the field `organisation`.
pub(super) fn picked_of(
    v: &Viewer,
    organisations: &[(OrganisationId, OrganisationText)],
    typed: &str,
) -> Result<OrganisationId, Issue> {
    let choices = choices(v, organisations);
    let code = picked(&choices, "organisation", typed)?;
    let found = organisations.iter().find(|(_, text)| text.code == code);
    let at = || At::Field {
        field: "organisation".to_owned(),
    };
    found
        .map(|(id, _)| *id)
        .ok_or_else(|| Issue::error(at(), "people.choose"))
}

/// The account of an address.
pub(super) fn account(path: &[(String, String)]) -> &str {
    path.iter()
        .find(|(key, _)| key == "account")
        .map_or("", |(_, value)| value)
}

/// From when to when, in words; nothing for a role without an end that has begun.
fn days(v: &Viewer, from: Option<Date>, to: Option<Date>, today: Date) -> Markup {
    let day = |day: Date| short_date(day, v.locale);
    let from = from.filter(|from| *from > today);
    html! {
        @if let Some(from) = from { (flow(&v.say_with("people.from", &[("day", day(from).into())]))) " " }
        @if let Some(to) = to { (flow(&v.say_with("people.until", &[("day", day(to).into())]))) }
    }
}
