//! Settings of the province: opening a fiscal year, which makes what every organisation owes in it.

use actions::permission::On;
use actions::steps::{OpenYear, Opened, open_year};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::issue::{Issue, Place as At};
use domain::permission::Act;
use domain::time::{FiscalYear, Holidays, parse_year_be};
use maud::html;

use crate::form::Fields;
use crate::ui::{Card, Form, Icon, Kind, Place, Tone, button, count, flow, heading, note};
use crate::{Error, Group, Page, Viewer};

async fn province(v: &Viewer) -> Result<&'static str, Error> {
    let code = v.province.dopa().ok_or(Error::NotFound)?;
    v.allows(Act::Configure, On::Province(code)).await?;
    Ok(code)
}

/// `GET /settings`.
///
/// # Errors
/// `Forbidden` for whoever may not change settings of this province.
pub async fn show(viewer: Viewer) -> Result<Page, Error> {
    province(&viewer).await?;
    let this = FiscalYear::of(viewer.app().now().thai_day()).0;
    Ok(page(
        &viewer,
        &Fields::of([("year", this.to_string())]),
        &[],
        None,
    ))
}

fn page(v: &Viewer, fields: &Fields, issues: &[Issue], opened: Option<Opened>) -> Page {
    let title = v.say("settings.title");
    let form = Form::new(v, "settings", fields, issues);
    let n = |n: usize| count(n as u64).into();
    Page::new(v, title.clone()).at(Place::Settings).group(Group::Staff).own().body(html! {
        (heading(flow(&title), flow(&v.say("settings.lead")), &[]))
        @if let Some(opened) = opened {
            @let args = [("organisations", n(opened.organisations)), ("made", n(opened.made)), ("applicable", n(opened.applicable)), ("stood", n(opened.stood))];
            (note(Tone::Ok, Icon::OkCircle, flow(&v.say_with("settings.opened", &args))))
            div.row { (button(&v.to("/board"), Some(Icon::Chain), &v.say("board.title"), false)) }
        }
        (Card::new(&v.say("settings.open")).line(flow(&v.say("settings.open.lead"))).show(
            form.show(&v.to("/settings"), &v.say("settings.open.do"), form.text("year", Kind::Number))
        ))
        (super::sign_in_policy::card(v))
    })
}

/// `POST /settings`: opens a year. Doing so again adds what is missing, such as the duties of schools imported since.
///
/// # Errors
/// `Forbidden` for whoever may not change settings of this province; a wrong year is said on the page.
pub async fn open(viewer: Viewer, fields: Fields) -> Result<Response, Error> {
    let v = &viewer;
    let province = province(v).await?.to_owned();
    let Ok(year) = parse_year_be(fields.text("year")) else {
        let at = At::Field {
            field: "year".to_owned(),
        };
        let issue =
            Issue::error(at, "step.no_such_year").with("found", fields.text("year").to_owned());
        return Ok((
            StatusCode::UNPROCESSABLE_ENTITY,
            page(v, &fields, &[issue], None),
        )
            .into_response());
    };
    let open = OpenYear {
        province,
        year: FiscalYear(year),
        holidays: Holidays::default(),
    };
    match v
        .act(async move |store, ctx| open_year(store, ctx, open).await)
        .await
    {
        Ok(opened) => Ok(page(v, &fields, &[], Some(opened)).into_response()),
        Err(error) => {
            let issues = error.into_issues()?;
            Ok((
                StatusCode::UNPROCESSABLE_ENTITY,
                page(v, &fields, &issues, None),
            )
                .into_response())
        }
    }
}
