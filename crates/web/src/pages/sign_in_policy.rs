//! What is asked of sign-ins: which roles need a second factor and how long a session lasts, for the province, and for
//! the whole installation by who administers it. What would follow is said before it is done.

use actions::accounts::{
    Policy, ProvincePolicy, set_policy, set_province_policy, without_second_factor,
};
use actions::permission::On;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::issue::{Issue, Issues, Place as At};
use domain::people::Role;
use domain::permission::Act;
use domain::text::from_thai_digits;
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::BTreeSet;

use crate::form::Fields;
use crate::ui::{
    Card, Form, Icon, Kind, Place, button, count, crumbs, definitions, flow, heading, secret,
};
use crate::{Error, Group, Page, Viewer};

/// The value of `of` that asks for the whole installation.
const ALL: &str = "all";

/// The question of the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    of: String,
}

/// Of what the page speaks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    Province(&'static str),
    Installation,
}

/// What stands, and what is asked for.
#[derive(Clone, PartialEq, Eq)]
struct Rules {
    roles: BTreeSet<Role>,
    idle: Option<i64>,
    absolute: Option<i64>,
}

/// The way here from the page of settings.
pub fn card(v: &Viewer) -> Markup {
    let to = v.to("/settings/sign-in");
    let open = button(
        &to,
        Some(Icon::Lock),
        &v.say("settings.sign_in.open"),
        false,
    );
    Card::new(&v.say("settings.sign_in"))
        .line(flow(&v.say("settings.sign_in.lead")))
        .show(html! { div.row { (open) } })
}

async fn scope(v: &Viewer, of: &str) -> Result<Scope, Error> {
    if of == ALL {
        v.allows(Act::Configure, On::Nation).await?;
        return Ok(Scope::Installation);
    }
    let code = v.province.dopa().ok_or(Error::NotFound)?;
    v.allows(Act::Configure, On::Province(code)).await?;
    Ok(Scope::Province(code))
}

/// `GET /settings/sign-in`, `GET /settings/sign-in?of=all`.
///
/// # Errors
/// `Forbidden` for whoever may not change settings of this province, or of the installation.
pub async fn show(viewer: Viewer, Query(asked): Query<Asked>) -> Result<Page, Error> {
    let v = &viewer;
    let scope = scope(v, &asked.of).await?;
    let stands = stands(v, scope).await?;
    let number = |value: Option<i64>| value.map(|value| value.to_string()).unwrap_or_default();
    let ticks = stands
        .roles
        .iter()
        .map(|role| (role.code(), "1".to_owned()));
    let times = [
        ("idle_minutes", number(stands.idle)),
        ("absolute_hours", number(stands.absolute)),
    ];
    page(v, scope, &Fields::of(ticks.chain(times)), &[]).await
}

async fn stands(v: &Viewer, scope: Scope) -> Result<Rules, Error> {
    let store = v.live()?.store();
    Ok(match scope {
        Scope::Province(code) => {
            let policy = ProvincePolicy::read(store, code).await?;
            Rules {
                roles: policy.second_factor,
                idle: policy.idle_minutes,
                absolute: policy.absolute_hours,
            }
        }
        Scope::Installation => {
            let policy = Policy::read(store).await?;
            Rules {
                roles: policy.second_factor,
                idle: Some(policy.idle_minutes),
                absolute: Some(policy.absolute_hours),
            }
        }
    })
}

/// The roles that can be chosen: administrators need a second factor in any case, and what the whole installation asks
/// a province cannot take back.
fn choosable(scope: Scope, installation: &Policy) -> Vec<Role> {
    let mut roles: Vec<Role> = Role::ALL.to_vec();
    roles.retain(|role| *role != Role::Administrator);
    if let Scope::Province(_) = scope {
        let above =
            |role: &Role| *role == Role::Reader || installation.second_factor.contains(role);
        roles.retain(|role| !above(role));
    }
    roles
}

async fn page(v: &Viewer, scope: Scope, fields: &Fields, issues: &[Issue]) -> Result<Page, Error> {
    let installation = Policy::read(v.live()?.store()).await?;
    let form = Form::new(v, "settings.sign_in", fields, issues);
    // The words of the boxes are the names of the roles.
    let roles = Form::new(v, "role", fields, issues);
    let body = html! {
        fieldset.f {
            legend { (flow(&v.say("settings.sign_in.roles"))) }
            @for role in choosable(scope, &installation) { (roles.tick(role.code())) }
        }
        (form.text("idle_minutes", Kind::Number))
        (form.text("absolute_hours", Kind::Number))
        (form.hidden("of", of(scope)))
    };
    let whole = v.allows(Act::Configure, On::Nation).await.is_ok();
    Ok(framed(
        v,
        scope,
        html! {
            (Card::new(&v.say(title(scope))).line(flow(&v.say(lead(scope)))).show(
                form.show(&v.to("/settings/sign-in"), &v.say("settings.sign_in.next"), body)
            ))
            @if let Scope::Province(_) = scope {
                (Card::new(&v.say("settings.sign_in.all")).line(flow(&v.say("settings.sign_in.all.line"))).show(html! {
                    (said(v, &installation))
                    @if whole {
                        div.row { (button(&v.to("/settings/sign-in?of=all"), None, &v.say("settings.sign_in.all.change"), false)) }
                    } @else { p.small.dim { (flow(&v.say("settings.sign_in.all.who"))) } }
                }))
            }
        },
    ))
}

fn framed(v: &Viewer, scope: Scope, body: Markup) -> Page {
    let title = v.say("settings.sign_in");
    let mut above = vec![(flow(&v.say("settings.title")), v.to("/settings"))];
    if scope == Scope::Installation {
        above.push((flow(&title), v.to("/settings/sign-in")));
    }
    let here = match scope {
        Scope::Province(_) => title.clone(),
        Scope::Installation => v.say("settings.sign_in.all"),
    };
    Page::new(v, here.clone())
        .at(Place::Settings)
        .group(Group::Staff)
        .own()
        .body(html! {
            (crumbs(v, &above, flow(&here)))
            (heading(flow(&here), flow(&v.say("settings.sign_in.lead")), &[]))
            (body)
        })
}

const fn title(scope: Scope) -> &'static str {
    match scope {
        Scope::Province(_) => "settings.sign_in.province",
        Scope::Installation => "settings.sign_in.all",
    }
}

const fn lead(scope: Scope) -> &'static str {
    match scope {
        Scope::Province(_) => "settings.sign_in.province.line",
        Scope::Installation => "settings.sign_in.all.line",
    }
}

const fn of(scope: Scope) -> &'static str {
    match scope {
        Scope::Province(_) => "",
        Scope::Installation => ALL,
    }
}

/// What the installation asks, in words.
fn said(v: &Viewer, policy: &Policy) -> Markup {
    let mut roles: BTreeSet<Role> = policy.second_factor.clone();
    roles.insert(Role::Administrator);
    let roles: Vec<_> = roles.iter().map(|role| v.say(role.key())).collect();
    let number = |n: i64| count(n.unsigned_abs());
    definitions([
        (v.say("settings.sign_in.roles"), flow(&roles.join(", "))),
        (
            v.say("settings.sign_in.idle_minutes"),
            flow(&number(policy.idle_minutes)),
        ),
        (
            v.say("settings.sign_in.absolute_hours"),
            flow(&number(policy.absolute_hours)),
        ),
    ])
}

/// `POST /settings/sign-in`: says what would follow; with `confirmed`, does it.
///
/// # Errors
/// `Forbidden` for whoever may not; what is wrong with the times is said on the page.
pub async fn send(viewer: Viewer, fields: Fields) -> Result<Response, Error> {
    let v = &viewer;
    let scope = scope(v, fields.text("of")).await?;
    let installation = Policy::read(v.live()?.store()).await?;
    let wanted = match wanted(scope, &installation, &fields) {
        Ok(wanted) => wanted,
        Err(issues) => return wrong(v, scope, &fields, &issues).await,
    };
    if !fields.ticked("confirmed") {
        return Ok(confirm(v, scope, &fields, &wanted).await?.into_response());
    }
    let done = match scope {
        Scope::Province(code) => {
            let policy = province_policy(wanted);
            v.act(async move |store, ctx| set_province_policy(store, ctx, code, policy).await)
                .await
        }
        Scope::Installation => {
            let policy = whole_policy(wanted, &installation);
            v.act(async move |store, ctx| set_policy(store, ctx, policy).await)
                .await
        }
    };
    match done {
        Ok(()) => {
            let of = match scope {
                Scope::Province(_) => "",
                Scope::Installation => "?of=all",
            };
            Ok(Redirect::to(&v.to(&format!("/settings/sign-in{of}"))).into_response())
        }
        Err(error) => wrong(v, scope, &fields, &error.into_issues()?).await,
    }
}

async fn wrong(
    v: &Viewer,
    scope: Scope,
    fields: &Fields,
    issues: &[Issue],
) -> Result<Response, Error> {
    let page = page(v, scope, fields, issues).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// What the form asks for, or everything that is wrong with it.
fn wanted(scope: Scope, installation: &Policy, fields: &Fields) -> Result<Rules, Issues> {
    let mut issues = Issues::new();
    let mut number = |name: &str| -> Option<i64> {
        let typed = from_thai_digits(fields.given(name)?);
        let number = typed.parse().ok();
        if number.is_none() {
            let field = name.to_owned();
            let issue = Issue::error(At::Field { field }, "account.policy_number");
            issues.push(issue.with("found", typed.as_ref()));
        }
        number
    };
    let (idle, absolute) = (number("idle_minutes"), number("absolute_hours"));
    let chosen = choosable(scope, installation).into_iter();
    let rules = Rules {
        roles: chosen.filter(|role| fields.ticked(role.code())).collect(),
        idle,
        absolute,
    };
    if issues.is_empty() {
        issues = match scope {
            Scope::Province(_) => province_policy(rules.clone()).problems(installation),
            Scope::Installation => whole_policy(rules.clone(), installation).problems(),
        };
    }
    match issues.is_empty() {
        true => Ok(rules),
        false => Err(issues),
    }
}

fn province_policy(rules: Rules) -> ProvincePolicy {
    ProvincePolicy {
        second_factor: rules.roles,
        idle_minutes: rules.idle,
        absolute_hours: rules.absolute,
    }
}

/// Times that are left empty stay as they are.
fn whole_policy(mut rules: Rules, stands: &Policy) -> Policy {
    rules.roles.insert(Role::Administrator);
    Policy {
        second_factor: rules.roles,
        idle_minutes: rules.idle.unwrap_or(stands.idle_minutes),
        absolute_hours: rules.absolute.unwrap_or(stands.absolute_hours),
        ..stands.clone()
    }
}

/// What would follow, with everything that was typed behind its button.
async fn confirm(v: &Viewer, scope: Scope, fields: &Fields, wanted: &Rules) -> Result<Page, Error> {
    let province = match scope {
        Scope::Province(code) => Some(code),
        Scope::Installation => None,
    };
    let store = v.live()?.store();
    let before = stands(v, scope).await?;
    let begins: BTreeSet<Role> = wanted.roles.difference(&before.roles).copied().collect();
    let ends: Vec<Role> = before.roles.difference(&wanted.roles).copied().collect();
    let ends = ends.into_iter().filter(|role| *role != Role::Administrator);
    let waiting = without_second_factor(store, province, &begins, v.app().now()).await?;
    let names = |roles: Vec<Role>| {
        let words: Vec<_> = roles.iter().map(|role| v.say(role.key())).collect();
        words.join(", ")
    };
    let line = |key: &str, name: &str, value: String| v.say_with(key, &[(name, value.into())]);
    let mut lines = Vec::new();
    if !begins.is_empty() {
        let roles = names(begins.into_iter().collect());
        lines.push(line("settings.sign_in.confirm.begins", "roles", roles));
        let people = count(waiting as u64);
        lines.push(line("settings.sign_in.confirm.people", "n", people));
    }
    let ends: Vec<Role> = ends.collect();
    if !ends.is_empty() {
        lines.push(line("settings.sign_in.confirm.ends", "roles", names(ends)));
    }
    if (wanted.idle, wanted.absolute) != (before.idle, before.absolute) {
        lines.push(v.say("settings.sign_in.confirm.times").into_owned());
    }
    if lines.is_empty() {
        lines.push(v.say("settings.sign_in.confirm.nothing").into_owned());
    }
    let mut typed: Vec<(&str, &str)> = fields.all().into_iter().collect();
    typed.sort_unstable();
    let back = match scope {
        Scope::Province(_) => v.to("/settings/sign-in"),
        Scope::Installation => v.to("/settings/sign-in?of=all"),
    };
    Ok(framed(
        v,
        scope,
        html! {
            (Card::new(&v.say("settings.sign_in.confirm")).show(html! {
                ul.stack-s { @for line in &lines { li { (flow(line)) } } }
                form.stack.form method="post" action=(v.to("/settings/sign-in")) {
                    (secret(v))
                    @for (key, value) in typed { input type="hidden" name=(key) value=(value); }
                    input type="hidden" name="confirmed" value="1";
                    div.row {
                        button.btn.btn-p.btn-l type="submit" { (flow(&v.say("settings.sign_in.do"))) }
                        a.btn href=(back) { (flow(&v.say("settings.sign_in.cancel"))) }
                    }
                }
            }))
        },
    ))
}
