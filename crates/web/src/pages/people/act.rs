//! What can be done about somebody, each a form of its own: give a role, take one back, change name or position, hand
//! everything over, leave or stay after all, end where they are signed in.

use actions::Who;
use actions::people::{
    ChangePerson, HandOver, Leave, NewRole, Somebody, TakeRole, change_person, give_role,
    hand_over, leave, roles_to_give, stay, take_role,
};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::{GrantId, OrganisationId};
use domain::issue::{Issue, Issues, Place as At};
use domain::people::Role;
use domain::time::{DateProblem, parse_date};
use jiff::civil::Date;
use maud::{Markup, html};

use super::show::{possible, word};
use super::{account, choices, find, picked_of, reached_here, seen, sessions};
use crate::form::{Fields, picked};
use crate::ui::{Form, Kind, Place, crumbs, flow, heading};
use crate::{Error, Group, Page, Refused, Viewer};

/// What an address asks for.
struct Asked {
    act: String,
    somebody: Somebody,
}

impl Asked {
    fn account(&self) -> &str {
        &self.somebody.person.row.account
    }
}

/// The acts that have a form.
const FORMS: [&str; 5] = ["role", "name", "hand-over", "leave", "stay"];

async fn asked(v: &Viewer, path: &[(String, String)]) -> Result<Asked, Error> {
    let somebody = find(v, account(path)).await?;
    let act = path.iter().find(|(key, _)| key == "act");
    let act = act.map_or("", |(_, value)| value).to_owned();
    Ok(Asked { act, somebody })
}

/// `GET /people/{account}/{act}`.
///
/// # Errors
/// `NotFound` for an act that has no form or cannot be done about them, and for everybody whom the reader does not see.
pub async fn show(viewer: Viewer, Path(path): Path<Vec<(String, String)>>) -> Result<Page, Error> {
    let asked = asked(&viewer, &path).await?;
    if !possible(&viewer, &asked.somebody).contains(&asked.act.as_str()) {
        return Err(Error::NotFound);
    }
    let person = &asked.somebody.person;
    let fields = Fields::of([
        ("name", person.row.name.clone()),
        ("position", person.row.position.clone().unwrap_or_default()),
        ("seen", person.stamp.version.to_string()),
    ]);
    page(&viewer, &asked, &fields, &[]).await
}

/// `POST /people/{account}/{act}`.
///
/// # Errors
/// What the act says, but for what is wrong with the input: that is shown on the page.
pub async fn post(
    viewer: Viewer,
    Path(path): Path<Vec<(String, String)>>,
    fields: Fields,
) -> Result<Response, Error> {
    let v = &viewer;
    let asked = asked(v, &path).await?;
    let outcome = match asked.act.as_str() {
        "role" => give(v, &asked, &fields).await,
        "take" => take(v, &fields).await,
        "end-session" => sessions::end(v, &asked.somebody, &fields).await,
        "end-sessions" => sessions::end_all(v, &asked.somebody).await,
        "name" => change(v, &asked, &fields).await,
        "hand-over" => hand(v, &asked, &fields).await,
        "leave" => go(v, &asked, &fields).await,
        "stay" => back(v, &asked).await,
        _ => Err(Error::NotFound),
    };
    let Err(error) = outcome else {
        let there = v.to(&format!("/people/{}", asked.account()));
        return Ok(Redirect::to(&there).into_response());
    };
    if !FORMS.contains(&asked.act.as_str()) {
        return Err(error);
    }
    let Refused { status, issues } = Refused::try_from(error)?;
    let page = page(v, &asked, &fields, &issues).await?;
    Ok((status, page).into_response())
}

async fn give(v: &Viewer, asked: &Asked, fields: &Fields) -> Result<(), Error> {
    let mut issues = Issues::new();
    let role = choose::<Role>(fields, "role", &mut issues);
    let on = choose_organisation(v, fields, &mut issues).await?;
    let from = day(fields, "from", &mut issues);
    let to = day(fields, "end", &mut issues);
    let (Some(role), Some(organisation), true) = (role, on, issues.is_empty()) else {
        return Err(Error::Invalid(issues));
    };
    let new = NewRole {
        person: asked.somebody.person.row.id,
        role,
        organisation,
        from,
        to,
    };
    v.act(async move |store, ctx| give_role(store, ctx, new).await)
        .await?;
    Ok(())
}

async fn take(v: &Viewer, fields: &Fields) -> Result<(), Error> {
    let grant = fields.text("grant").parse::<uuid::Uuid>();
    let grant = GrantId::from(grant.map_err(|_| Error::NotFound)?);
    let taken = TakeRole { grant, on: None };
    v.act(async move |store, ctx| take_role(store, ctx, taken).await)
        .await
}

async fn change(v: &Viewer, asked: &Asked, fields: &Fields) -> Result<(), Error> {
    let change = ChangePerson {
        person: asked.somebody.person.row.id,
        seen: fields.text("seen").parse().ok(),
        name: fields.text("name").to_owned(),
        position: fields.given("position").map(str::to_owned),
    };
    v.act(async move |store, ctx| change_person(store, ctx, change).await)
        .await
}

async fn hand(v: &Viewer, asked: &Asked, fields: &Fields) -> Result<(), Error> {
    let mut issues = Issues::new();
    let others = successors(v, asked).await?;
    let chosen = picked(&others, "to", fields.text("to")).map_err(|issue| issues.push(issue));
    let to = match chosen {
        Ok(account) => Some(find(v, account).await?.person.row.id),
        Err(()) => None,
    };
    let on = day(fields, "on", &mut issues);
    let (Some(to), true) = (to, issues.is_empty()) else {
        return Err(Error::Invalid(issues));
    };
    let hand = HandOver {
        from: asked.somebody.person.row.id,
        to,
        on,
        leaves: fields.ticked("leaves"),
    };
    v.act(async move |store, ctx| hand_over(store, ctx, hand).await)
        .await?;
    Ok(())
}

async fn go(v: &Viewer, asked: &Asked, fields: &Fields) -> Result<(), Error> {
    let mut issues = Issues::new();
    let on = day(fields, "on", &mut issues);
    if !issues.is_empty() {
        return Err(Error::Invalid(issues));
    }
    let leaving = Leave {
        person: asked.somebody.person.row.id,
        on,
    };
    v.act(async move |store, ctx| leave(store, ctx, leaving).await)
        .await
}

async fn back(v: &Viewer, asked: &Asked) -> Result<(), Error> {
    let person = asked.somebody.person.row.id;
    v.act(async move |store, ctx| stay(store, ctx, person).await)
        .await
}

fn at(field: &str, code: &'static str) -> Issue {
    let field = field.to_owned();
    Issue::error(At::Field { field }, code)
}

fn choose<T: std::str::FromStr>(fields: &Fields, name: &str, issues: &mut Issues) -> Option<T> {
    let chosen = fields.text(name).parse().ok();
    if chosen.is_none() {
        issues.push(at(name, "people.choose"));
    }
    chosen
}

/// The organisation that was meant, with or without people so far.
async fn choose_organisation(
    v: &Viewer,
    fields: &Fields,
    issues: &mut Issues,
) -> Result<Option<OrganisationId>, Error> {
    let all = reached_here(v).await?;
    let chosen = picked_of(v, &all, fields.text("organisation"));
    Ok(chosen.map_err(|issue| issues.push(issue)).ok())
}

/// A day of three inputs; empty means today, or no end.
fn day(fields: &Fields, name: &str, issues: &mut Issues) -> Option<Date> {
    let part = |part: &str| fields.text(&format!("{name}-{part}")).trim().to_owned();
    let (day, month, year) = (part("day"), part("month"), part("year"));
    let typed = match (month.is_empty(), year.is_empty()) {
        (true, true) => day,
        _ => format!("{day}/{month}/{year}"),
    };
    match parse_date(&typed) {
        Ok(day) => Some(day),
        Err(DateProblem::Empty) => None,
        Err(_) => {
            issues.push(at(name, "people.no_day"));
            None
        }
    }
}

/// The form of an act.
async fn page(v: &Viewer, asked: &Asked, fields: &Fields, issues: &[Issue]) -> Result<Page, Error> {
    let person = &asked.somebody.person.row;
    let title = v.say(word(&asked.act));
    let here = v.to(&format!("/people/{}", person.account));
    let above = [
        (flow(&v.say("people.title")), v.to("/people")),
        (flow(&person.name), here.clone()),
    ];
    let form = Form::new(v, "people.form", fields, issues);
    let body = match asked.act.as_str() {
        "role" => role_fields(v, &form).await?,
        "name" => html! {
            (form.text("name", Kind::Text))
            (form.text("position", Kind::Text))
            (form.hidden("seen", fields.text("seen")))
        },
        "hand-over" => html! {
            (form.pick("to", &successors(v, asked).await?))
            (form.day("on"))
            (form.tick("leaves"))
        },
        "stay" => html! {},
        _ => html! { (form.day("on")) },
    };
    let lead = v.say(match asked.act.as_str() {
        "role" => "people.give.lead",
        "name" => "people.change.lead",
        "hand-over" => "people.hand_over.lead",
        "stay" => "people.stay.lead",
        _ => "people.leave.lead",
    });
    Ok(Page::new(v, title.clone())
        .at(Place::People)
        .group(Group::Staff)
        .own()
        .body(html! {
            (crumbs(v, &above, flow(&title)))
            (heading(flow(&title), flow(&lead), &[]))
            div.form.narrow { (form.show(&format!("{here}/{}", asked.act), &title, body)) }
        }))
}

/// Every organisation whose people the reader looks after, and every role that they may give.
async fn role_fields(v: &Viewer, form: &Form<'_>) -> Result<Markup, Error> {
    let roles = role_choices(v).await?;
    let organisations = choices(v, &reached_here(v).await?);
    Ok(html! {
        (form.choice("role", &roles))
        (form.pick("organisation", &organisations))
        (form.day("from"))
        (form.day("end"))
    })
}

/// The roles that the reader may give, for a form.
pub(in crate::pages) async fn role_choices(v: &Viewer) -> Result<Vec<(String, String)>, Error> {
    let who = Who::Person(v.somebody()?.id());
    let roles = roles_to_give(v.live()?.store(), who, v.app().now()).await?;
    let word = |role: Role| (role.code().to_owned(), v.say(role.key()).into_owned());
    Ok(roles.into_iter().map(word).collect())
}

/// Whoever else the reader looks after, each once.
async fn successors(v: &Viewer, asked: &Asked) -> Result<Vec<(String, String)>, Error> {
    let all = seen(v).await?;
    let people = all
        .iter()
        .flat_map(|of| &of.holders)
        .map(|holder| &holder.person.row);
    let today = v.app().now().thai_day();
    let mut others: Vec<_> = people
        .filter(|other| other.account != asked.account())
        .filter(|other| other.left.is_none_or(|left| today < left))
        .map(|other| (other.account.clone(), other.name.clone()))
        .collect();
    others.sort();
    others.dedup();
    Ok(others)
}
