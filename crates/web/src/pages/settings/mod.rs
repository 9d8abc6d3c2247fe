//! Settings of the province: opening a fiscal year, which makes what every organisation owes in it; how much evidence an
//! organisation may keep; and the ways to holidays and duties.

pub mod duties;
pub mod holidays;

use actions::permission::On;
use actions::steps::{OpenYear, Opened, open_year, quota, set_quota};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::issue::{Issue, Place as At};
use domain::permission::Act;
use domain::time::{FiscalYear, parse_year_be};
use maud::{Markup, html};

use crate::form::Fields;
use crate::ui::{
    Card, Form, Icon, Kind, Place, Row, Tone, button, count, flow, heading, icon, note, rows,
};
use crate::{Error, Group, Page, Viewer};

/// The province whose settings these are, for whoever may change them.
async fn province(v: &Viewer) -> Result<&'static str, Error> {
    let code = v.province.dopa().ok_or(Error::NotFound)?;
    v.allows(Act::Configure, On::Province(code)).await?;
    Ok(code)
}

/// What one of the two forms was sent with, and what came of it.
#[derive(Default)]
struct Sent {
    year: Option<(Fields, Vec<Issue>)>,
    quota: Option<(Fields, Vec<Issue>)>,
    done: Option<Markup>,
}

/// `GET /settings`.
///
/// # Errors
/// `Forbidden` for whoever may not change settings of this province.
pub async fn show(viewer: Viewer) -> Result<Page, Error> {
    page(&viewer, Sent::default()).await
}

async fn page(v: &Viewer, sent: Sent) -> Result<Page, Error> {
    let province = province(v).await?;
    let title = v.say("settings.title");
    let this = FiscalYear::of(v.app().now().thai_day()).0;
    let kept = quota(v.live()?.store(), province).await?;
    let or = |found: Option<(Fields, Vec<Issue>)>, name: &str, value: String| {
        found.unwrap_or_else(|| (Fields::of([(name, value)]), Vec::new()))
    };
    let (years, year_issues) = or(sent.year, "year", this.to_string());
    let (megabytes, quota_issues) = or(sent.quota, "megabytes", kept.to_string());
    let year = Form::new(v, "settings", &years, &year_issues);
    let quota = Form::new(v, "settings", &megabytes, &quota_issues);
    let way = |to: &str, key: &str, drawing| Row {
        mark: Some(html! { span.ic { (icon(drawing)) } }),
        title: flow(&v.say(key)),
        href: Some(v.to(to)),
        line: Some(flow(&v.say(&format!("{key}.lead")))),
        aside: None,
    };
    Ok(Page::new(v, title.clone()).at(Place::Settings).group(Group::Staff).own().body(html! {
        (heading(flow(&title), flow(&v.say("settings.lead")), &[]))
        @if let Some(done) = sent.done { (done) }
        (Card::new(&v.say("settings.open")).line(flow(&v.say("settings.open.lead"))).show(
            year.show(&v.to("/settings"), &v.say("settings.open.do"), year.text("year", Kind::Number))
        ))
        (Card::new(&v.say("settings.calendar")).flush().show(rows([
            way("/settings/holidays", "settings.holidays", Icon::Calendar),
            way("/settings/duties", "settings.duties", Icon::Chain),
        ])))
        (super::sign_in_policy::card(v))
        (Card::new(&v.say("settings.quota")).line(flow(&v.say("settings.quota.lead"))).show(
            quota.show(&v.to("/settings/quota"), &v.say("settings.quota.do"), quota.text("megabytes", Kind::Number))
        ))
    }))
}

async fn again(v: &Viewer, sent: Sent) -> Result<Response, Error> {
    let page = page(v, sent).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// `POST /settings`: opens a year. Doing so again adds what is missing, such as the duties of schools imported since.
///
/// # Errors
/// `Forbidden` for whoever may not change settings of this province; a wrong year is said on the page.
pub async fn open(viewer: Viewer, fields: Fields) -> Result<Response, Error> {
    let v = &viewer;
    let province = province(v).await?.to_owned();
    let wrong = |fields: Fields, issues| Sent {
        year: Some((fields, issues)),
        ..Sent::default()
    };
    let Ok(year) = parse_year_be(fields.text("year")) else {
        let at = At::Field {
            field: "year".to_owned(),
        };
        let issue =
            Issue::error(at, "step.no_such_year").with("found", fields.text("year").to_owned());
        return again(v, wrong(fields, vec![issue])).await;
    };
    let open = OpenYear {
        province,
        year: FiscalYear(year),
    };
    match v
        .act(async move |store, ctx| open_year(store, ctx, open).await)
        .await
    {
        Ok(opened) => {
            let done = Some(told(v, opened));
            let year = Some((fields, Vec::new()));
            let sent = Sent {
                year,
                done,
                ..Sent::default()
            };
            Ok(page(v, sent).await?.into_response())
        }
        Err(error) => again(v, wrong(fields, error.into_issues()?)).await,
    }
}

fn told(v: &Viewer, opened: Opened) -> Markup {
    let n = |n: usize| count(n as u64).into();
    let args = [
        ("organisations", n(opened.organisations)),
        ("made", n(opened.made)),
        ("applicable", n(opened.applicable)),
        ("stood", n(opened.stood)),
    ];
    html! {
        (note(Tone::Ok, Icon::OkCircle, flow(&v.say_with("settings.opened", &args))))
        div.row { (button(&v.to("/board"), Some(Icon::Chain), &v.say("board.title"), false)) }
    }
}

/// `POST /settings/quota`: sets how much evidence each organisation may keep.
///
/// # Errors
/// `Forbidden` for whoever may not change settings of this province; a wrong number is said on the page.
pub async fn keep(viewer: Viewer, fields: Fields) -> Result<Response, Error> {
    let v = &viewer;
    let province = province(v).await?;
    let typed = fields.text("megabytes").to_owned();
    let act = async move |store: &store::Store, ctx: &mut actions::Ctx| {
        set_quota(store, ctx, province, &typed).await
    };
    match v.act(act).await {
        Ok(megabytes) => {
            let args = [("megabytes", count(u64::from(megabytes)).into())];
            let words = v.say_with("settings.quota.set", &args);
            let done = Some(note(Tone::Ok, Icon::OkCircle, flow(&words)));
            let sent = Sent {
                done,
                ..Sent::default()
            };
            Ok(page(v, sent).await?.into_response())
        }
        Err(error) => {
            let quota = Some((fields, error.into_issues()?));
            let sent = Sent {
                quota,
                ..Sent::default()
            };
            again(v, sent).await
        }
    }
}
