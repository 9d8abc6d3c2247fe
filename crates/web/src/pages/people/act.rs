//! What can be done about somebody, each a form of its own: give a role, take one back, change name or position, hand
//! everything over, leave.

use actions::Who;
use actions::people::{
    ChangePerson, HandOver, Leave, NewRole, OfOrganisation, TakeRole, change_person, give_role,
    hand_over, leave, roles_to_give, take_role,
};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::{GrantId, OrganisationId};
use domain::issue::{Issue, Issues, Place as At};
use domain::people::{Person, Role};
use domain::time::{DateProblem, parse_date};
use jiff::civil::Date;
use maud::{Markup, html};
use store::Kept;

use super::show::word;
use super::{account, find, looked_after};
use crate::form::Fields;
use crate::ui::{Form, Kind, Place, crumbs, flow, heading};
use crate::{Error, Group, Page, Viewer};

/// What an address asks for.
struct Asked {
    act: String,
    all: Vec<OfOrganisation>,
    person: Kept<Person>,
}

/// The acts that have a form.
const FORMS: [&str; 4] = ["role", "name", "hand-over", "leave"];

async fn asked(v: &Viewer, path: &[(String, String)]) -> Result<Asked, Error> {
    let all = looked_after(v).await?;
    let person = find(&all, account(path))?.clone();
    let act = path.iter().find(|(key, _)| key == "act");
    let act = act.map_or("", |(_, value)| value).to_owned();
    Ok(Asked { act, all, person })
}

/// `GET /people/{account}/{act}`.
///
/// # Errors
/// `NotFound` for an act that has no form, and for everybody whom the reader does not look after.
pub async fn show(viewer: Viewer, Path(path): Path<Vec<(String, String)>>) -> Result<Page, Error> {
    let asked = asked(&viewer, &path).await?;
    if !FORMS.contains(&asked.act.as_str()) {
        return Err(Error::NotFound);
    }
    let person = &asked.person;
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
        "name" => change(v, &asked, &fields).await,
        "hand-over" => hand(v, &asked, &fields).await,
        "leave" => go(v, &asked, &fields).await,
        _ => Err(Error::NotFound),
    };
    let Err(error) = outcome else {
        // Whoever left is no longer in the list of those one looks after.
        let there = match asked.act.as_str() {
            "hand-over" | "leave" => v.to("/people"),
            _ => v.to(&format!("/people/{}", asked.person.row.account)),
        };
        return Ok(Redirect::to(&there).into_response());
    };
    if !FORMS.contains(&asked.act.as_str()) {
        return Err(error);
    }
    let issues = error.into_issues()?;
    let page = page(v, &asked, &fields, &issues).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn give(v: &Viewer, asked: &Asked, fields: &Fields) -> Result<(), Error> {
    let mut issues = Issues::new();
    let role = choose::<Role>(fields, "role", &mut issues);
    let on = choose_organisation(asked, fields, &mut issues);
    let from = day(fields, "from", &mut issues);
    let to = day(fields, "end", &mut issues);
    let (Some(role), Some(organisation), true) = (role, on, issues.is_empty()) else {
        return Err(Error::Invalid(issues));
    };
    let new = NewRole {
        person: asked.person.row.id,
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
        person: asked.person.row.id,
        seen: fields.text("seen").parse().ok(),
        name: fields.text("name").to_owned(),
        position: fields.given("position").map(str::to_owned),
    };
    v.act(async move |store, ctx| change_person(store, ctx, change).await)
        .await
}

async fn hand(v: &Viewer, asked: &Asked, fields: &Fields) -> Result<(), Error> {
    let mut issues = Issues::new();
    let to = find(&asked.all, fields.text("to")).map(|kept| kept.row.id);
    if to.is_err() {
        issues.push(at("to", "people.unknown"));
    }
    let on = day(fields, "on", &mut issues);
    let (Ok(to), true) = (to, issues.is_empty()) else {
        return Err(Error::Invalid(issues));
    };
    let hand = HandOver {
        from: asked.person.row.id,
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
        person: asked.person.row.id,
        on,
    };
    v.act(async move |store, ctx| leave(store, ctx, leaving).await)
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

fn choose_organisation(
    asked: &Asked,
    fields: &Fields,
    issues: &mut Issues,
) -> Option<OrganisationId> {
    let code = fields.text("organisation");
    let found = asked.all.iter().find(|of| of.text.code == code);
    if found.is_none() {
        issues.push(at("organisation", "people.choose"));
    }
    found.map(|of| of.organisation)
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
    let person = &asked.person.row;
    let title = v.say(word(&asked.act));
    let here = v.to(&format!("/people/{}", person.account));
    let above = [
        (flow(&v.say("people.title")), v.to("/people")),
        (flow(&person.name), here.clone()),
    ];
    let form = Form::new(v, "people.form", fields, issues);
    let body = match asked.act.as_str() {
        "role" => role_fields(v, asked, &form).await?,
        "name" => html! {
            (form.text("name", Kind::Text))
            (form.text("position", Kind::Text))
            (form.hidden("seen", fields.text("seen")))
        },
        "hand-over" => html! {
            (form.choice("to", &successors(asked)))
            (form.day("on"))
            (form.tick("leaves"))
        },
        _ => html! { (form.day("on")) },
    };
    let lead = v.say(match asked.act.as_str() {
        "role" => "people.give.lead",
        "name" => "people.change.lead",
        "hand-over" => "people.hand_over.lead",
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

/// The organisations whose people the reader looks after, and every role that may be given on one of them.
async fn role_fields(v: &Viewer, asked: &Asked, form: &Form<'_>) -> Result<Markup, Error> {
    let (store, now) = (v.live()?.store(), v.app().now());
    let who = Who::Person(v.somebody()?.id());
    let mut roles = std::collections::BTreeSet::new();
    for of in &asked.all {
        roles.extend(roles_to_give(store, who, of.organisation, now).await?);
    }
    let roles: Vec<_> = roles
        .into_iter()
        .map(|role| (role.code().to_owned(), v.say(role.key()).into_owned()))
        .collect();
    let organisations: Vec<_> = asked
        .all
        .iter()
        .map(|of| (of.text.code.clone(), of.text.name_th.clone()))
        .collect();
    Ok(html! {
        (form.choice("role", &roles))
        (form.choice("organisation", &organisations))
        (form.day("from"))
        (form.day("end"))
    })
}

/// Whoever else the reader looks after, each once.
fn successors(asked: &Asked) -> Vec<(String, String)> {
    let holders = asked.all.iter().flat_map(|of| &of.holders);
    let people = holders.map(|holder| &holder.person.row);
    let mut others: Vec<_> = people
        .filter(|other| other.id != asked.person.row.id)
        .map(|other| (other.account.clone(), other.name.clone()))
        .collect();
    others.sort();
    others.dedup();
    others
}
