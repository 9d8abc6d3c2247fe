//! A finding waived, with a reason, an end and the letter it rests on; and a waiver withdrawn.

use std::collections::HashMap;

use actions::findings::{NewWaiver, waive, withdraw_waiver};
use actions::permission::On;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use domain::issue::{Issue, Place as At};
use domain::names::Name;
use domain::permission::Act;
use domain::subject::Subject;
use domain::time::parse_date;
use domain::waiver::Waiver;
use maud::{Markup, html};

use crate::data::{is_of_province, node_address, project_address, shows_project};
use crate::form::Fields;
use crate::found::owner;
use crate::ui::{
    Card, Form, Kind, Place, button, crumbs, definitions, flow, heading, long_day, name_of,
};
use crate::{Error, Group, Page, Viewer};

type Parts = Path<HashMap<String, String>>;

/// What is to be waived: a rule, and the thing at which it found something.
struct Asked {
    /// Its code.
    code: String,
    /// The rule, unless it is no more: a waiver of it can still be withdrawn.
    rule: Option<&'static checks::Rule>,
    subject: Subject,
    name: Name,
    /// The page of the thing.
    page: String,
}

/// `GET /findings/{rule}/{kind}/{id}/waive`.
///
/// # Errors
/// `NotFound` for a rule or a thing that this province does not know, `Forbidden` for who may not waive it.
pub async fn show(viewer: Viewer, Path(parts): Parts) -> Result<Page, Error> {
    let asked = asked(&viewer, &parts).await?;
    let rule = asked.rule.ok_or(Error::NotFound)?;
    Ok(page(&viewer, &asked, rule, &Fields::default(), &[]))
}

/// `POST /findings/{rule}/{kind}/{id}/waive`.
///
/// # Errors
/// As for the page; what is wrong (422) or was waived by somebody else meanwhile (409) is said on it.
pub async fn post(viewer: Viewer, Path(parts): Parts, fields: Fields) -> Result<Response, Error> {
    let v = &viewer;
    let asked = asked(v, &parts).await?;
    let rule = asked.rule.ok_or(Error::NotFound)?;
    let until = match day(&fields) {
        Ok(until) => until,
        Err(issue) => {
            let page = page(v, &asked, rule, &fields, &[issue]);
            return Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let new = NewWaiver {
        rule: asked.code.clone(),
        subject: asked.subject,
        reason: fields.text("reason").to_owned(),
        until,
        letter: fields.given("letter").map(str::to_owned),
    };
    let done = v
        .act(async move |store, ctx| waive(store, ctx, new).await)
        .await;
    let error = match done {
        Ok(_) => return Ok(Redirect::to(&asked.page).into_response()),
        Err(error) => error,
    };
    let status = error.status();
    let issues = error.into_issues()?;
    Ok((status, page(v, &asked, rule, &fields, &issues)).into_response())
}

/// The last day of the waiver; one that cannot be read is said at its field.
fn day(fields: &Fields) -> Result<jiff::civil::Date, Issue> {
    let part = |part: &str| fields.text(&format!("until-{part}")).trim().to_owned();
    let typed = [part("day"), part("month"), part("year")].join("/");
    let at = At::Field {
        field: "until".to_owned(),
    };
    parse_date(&typed).map_err(|_| Issue::error(at, "waiver.no_such_day"))
}

/// The rule and the thing of an address, for who may waive what is found there.
async fn asked(v: &Viewer, parts: &HashMap<String, String>) -> Result<Asked, Error> {
    let part = |name: &str| parts.get(name).map(String::as_str).unwrap_or_default();
    let rule = checks::find(part("rule"));
    let code = rule.map_or(part("rule"), |rule| rule.code).to_owned();
    let id = part("id")
        .parse::<uuid::Uuid>()
        .map_err(|_| Error::NotFound)?;
    let subject = Subject::of(part("kind"), id).ok_or(Error::NotFound)?;
    let live = v.live()?;
    let titles = match subject {
        Subject::Project(id) => live.titles(&[id]).await?,
        _ => domain::names::Names::default(),
    };
    let (found, owner, province) = live.read(|now| {
        let edition = match subject {
            Subject::Edition(id) => Some(id),
            Subject::Node(id) => now.snapshot.plans().edition_of_node(id).map(|it| it.id),
            Subject::Project(_) | Subject::Organisation(_) => None,
        };
        let plan = edition.and_then(|id| now.plan_of(id));
        let (here, page, name) = match subject {
            Subject::Project(id) => {
                let name = titles.projects.get(&id);
                let page = name.and_then(|name| project_address(v, now, name, id));
                (shows_project(v, now, id), page, name)
            }
            // Whether they may, and so whether it is of their province, is asked below.
            Subject::Organisation(id) => {
                let name = now.names.organisations.get(&id);
                (true, name.map(|name| v.to_organisation(&name.code)), name)
            }
            other => {
                let here = plan.is_some_and(|plan| is_of_province(v, plan));
                let page = match other {
                    Subject::Node(id) => node_address(v, now, id),
                    _ => plan.map(|plan| v.to_plan(&plan.code)),
                };
                (here, page, other.name(&now.names))
            }
        };
        let found = page.zip(name).filter(|_| here);
        let found = found.map(|(page, name)| Asked {
            code,
            rule,
            subject,
            name: name.clone(),
            page,
        });
        let (owner, province) = owner(now, subject);
        (found, owner, province.map(str::to_owned))
    });
    let found = found.ok_or(Error::NotFound)?;
    v.allows(Act::WaiveFinding, On::owned(owner, province.as_deref()))
        .await?;
    Ok(found)
}

/// `GET /findings/{rule}/{kind}/{id}/withdraw`.
///
/// # Errors
/// As for waiving; `NotFound` also where no waiver stands.
pub async fn show_withdraw(viewer: Viewer, Path(parts): Parts) -> Result<Page, Error> {
    let v = &viewer;
    let asked = asked(v, &parts).await?;
    let waiver = standing(v, &asked)?.ok_or(Error::NotFound)?;
    Ok(page_of_withdrawal(
        v,
        &asked,
        Some(&waiver),
        &Fields::default(),
        &[],
    ))
}

/// `POST /findings/{rule}/{kind}/{id}/withdraw`.
///
/// # Errors
/// As for the page; what is wrong (422), or that somebody else withdrew it meanwhile (409), is said on it.
pub async fn post_withdraw(
    viewer: Viewer,
    Path(parts): Parts,
    fields: Fields,
) -> Result<Response, Error> {
    let v = &viewer;
    let asked = asked(v, &parts).await?;
    let (rule, subject) = (asked.code.clone(), asked.subject);
    let why = fields.text("reason").to_owned();
    let done = v
        .act(async move |store, ctx| withdraw_waiver(store, ctx, (&rule, subject), &why).await)
        .await;
    let error = match done {
        Ok(_) => return Ok(Redirect::to(&asked.page).into_response()),
        // The rule and the thing are there, so that it can only be the waiver that is gone.
        Err(Error::NotFound) => {
            let gone = Issue::error(At::Whole, "waiver.none").with("rule", asked.code.as_str());
            Error::Stale(Box::new(gone))
        }
        Err(error) => error,
    };
    let status = error.status();
    let issues = error.into_issues()?;
    let waiver = standing(v, &asked)?;
    let page = page_of_withdrawal(v, &asked, waiver.as_ref(), &fields, &issues);
    Ok((status, page).into_response())
}

/// The waiver that stands for what is asked, in force or over.
fn standing(v: &Viewer, asked: &Asked) -> Result<Option<Waiver>, Error> {
    Ok(v.live()?.read(|now| {
        let mut waivers = now.waivers.iter();
        let about = |waiver: &&Waiver| waiver.is_about(&asked.code, asked.subject);
        waivers.find(about).cloned()
    }))
}

fn page(v: &Viewer, asked: &Asked, rule: &checks::Rule, fields: &Fields, issues: &[Issue]) -> Page {
    let title = v.say_with("page.waive.title", &[("rule", rule.code.into())]);
    let f = Form::new(v, "page.waive", fields, issues);
    let to = v.to_waive(rule.code, asked.subject);
    let body = f.show(
        &to,
        &v.say("page.waive.save"),
        html! {
            (f.lines("reason", 3))
            (f.day("until"))
            (f.text("letter", Kind::Text))
        },
    );
    let line = flow(&v.say("page.waive.line"));
    framed(
        v,
        asked,
        &title,
        Card::new(rule.title(v.locale)).line(line).show(body),
    )
}

/// The waiver that is to be withdrawn, with who gave it, and the reason that is asked for.
fn page_of_withdrawal(
    v: &Viewer,
    asked: &Asked,
    waiver: Option<&Waiver>,
    fields: &Fields,
    issues: &[Issue],
) -> Page {
    let title = v.say_with(
        "page.withdraw.title",
        &[("rule", asked.code.as_str().into())],
    );
    let f = Form::new(v, "page.withdraw", fields, issues);
    let to = v.to_withdraw(&asked.code, asked.subject);
    let stands = waiver.map(|waiver| {
        let facts = [
            ("page.waive.reason", flow(&waiver.reason)),
            ("page.waive.until", flow(&long_day(v.locale, waiver.until))),
            ("page.withdraw.given_by", flow(&waiver.granted_by)),
        ];
        let letter = waiver.letter.as_deref().map(flow);
        let letter = letter.map(|letter| ("page.waive.letter", letter));
        let facts = facts.into_iter().chain(letter);
        definitions(facts.map(|(key, what)| (flow(&v.say(key)), what)))
    });
    let form = f.show(&to, &v.say("page.withdraw.save"), f.lines("reason", 3));
    let line = flow(&v.say("page.withdraw.line"));
    let name = asked
        .rule
        .map_or(asked.code.as_str(), |rule| rule.title(v.locale));
    let card = Card::new(name).line(line);
    let body = match stands {
        Some(stands) => card.show(html! { div.stack { (stands) (form) } }),
        // Nothing is left to withdraw: what was typed is of no use any more, and the way back leads on.
        None => {
            html! { (f.summary()) div.row { (button(&asked.page, None, &v.say("page.joint.back"), false)) } }
        }
    };
    framed(v, asked, &title, body)
}

fn framed(v: &Viewer, asked: &Asked, title: &str, body: Markup) -> Page {
    let thing: Markup = name_of(v.locale, &asked.name);
    let above = [
        (flow(&v.say("page.findings.title")), v.to("/findings")),
        (thing.clone(), asked.page.clone()),
    ];
    Page::new(v, title)
        .group(Group::Staff)
        .at(Place::Findings)
        .body(html! {
            (crumbs(v, &above, title))
            (heading(flow(title), thing, &[]))
            (body)
        })
}
