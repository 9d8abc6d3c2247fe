//! People and their roles: the list by organisation, one person, and what can be done about them.

pub mod act;
pub mod list;
pub mod show;

use actions::Who;
use actions::people::{OfOrganisation, list as people_of};
use domain::people::Person;
use domain::time::short_date;
use jiff::civil::Date;
use maud::{Markup, html};
use store::Kept;

use crate::ui::flow;
use crate::{Error, Viewer};

/// Whom the reader looks after, by organisation.
async fn looked_after(v: &Viewer) -> Result<Vec<OfOrganisation>, Error> {
    let who = Who::Person(v.somebody()?.id());
    Ok(people_of(v.live()?.store(), who, v.app().now()).await?)
}

/// Somebody the reader looks after, by account name; everybody else is not found, whether they exist or not.
fn find<'a>(all: &'a [OfOrganisation], account: &str) -> Result<&'a Kept<Person>, Error> {
    let holders = all.iter().flat_map(|it| &it.holders);
    let mut people = holders.map(|holder| &holder.person);
    people
        .find(|kept| kept.row.account == account)
        .ok_or(Error::NotFound)
}

/// The account of an address.
fn account(path: &[(String, String)]) -> &str {
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
