//! Moving, closing and reopening an organisation, each from a day on.

use actions::organisations::{Close, MoveTo, Reopen, earliest, run};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use domain::issue::Issue;
use domain::organisation::Axis;
use domain::permission::Act;
use maud::html;

use super::{Asked, Named, Parts, card, choices, confirm, day_fields, form, found, page};
use crate::form::Fields;
use crate::found::day_of;
use crate::ui::Kind;
use crate::{Error, Page, Refused, Viewer};

/// A form that nobody has filled in: the day is the first that is possible.
fn blank(v: &Viewer) -> Fields {
    Fields::of(day_fields("on", Some(earliest(day_of(v.app().now())))))
}

/// `GET /organisations/{code}/move`.
///
/// # Errors
/// `NotFound` where no organisation has the code, `Forbidden` for who may not change it.
pub async fn show_move(viewer: Viewer, Path(parts): Parts) -> Result<Page, Error> {
    let kept = found(&viewer, &parts, Act::Restructure).await?;
    move_page(&viewer, &kept.row, &blank(&viewer), &[]).await
}

async fn move_page(
    v: &Viewer,
    kept: &Named,
    fields: &Fields,
    issues: &[Issue],
) -> Result<Page, Error> {
    let axes: Vec<(String, String)> = Axis::ALL
        .iter()
        .map(|axis| {
            (
                axis.code().to_owned(),
                v.say(&format!("page.organisation.{axis}")).into_owned(),
            )
        })
        .collect();
    let f = form(v, fields, issues);
    let to = format!("{}/move", v.to_organisation(&kept.1.code));
    let choices = choices(v).await?;
    let body = f.show(
        &to,
        &v.say("organisation.move.button"),
        html! {
            (f.choice("axis", &axes))
            (f.grouped_choice("to", &choices))
            (f.tick("top"))
            (f.day("on"))
            (f.text("reason", Kind::Text))
        },
    );
    let card = card(v, "organisation.move.card", body);
    Ok(page(
        v,
        Some(kept),
        "organisation.move.title",
        "organisation.move.lead",
        card,
    ))
}

/// `POST /organisations/{code}/move`.
///
/// # Errors
/// When the database fails or the person may not; what is wrong with the input is said on the page.
pub async fn post_move(
    viewer: Viewer,
    Path(parts): Parts,
    fields: Fields,
) -> Result<Response, Error> {
    let v = &viewer;
    let kept = found(v, &parts, Act::Restructure).await?.row;
    let mut asked = Asked::new(v, &fields);
    let axis = fields.text("axis").parse::<Axis>().ok();
    if axis.is_none() {
        asked.wrong("axis", "organisation.axis_needed");
    }
    let to = asked.organisation("to").await?;
    if fields.given("to").is_none() && !fields.ticked("top") {
        asked.wrong("to", "organisation.place_needed");
    }
    let on = asked.day("on", true);
    let reason = asked.text("reason");
    let mut refused = Refused::wrong(asked.done());
    if let (true, Some(axis), Some(on)) = (refused.issues.is_empty(), axis, on) {
        let input = MoveTo {
            organisation: kept.0.id,
            axis,
            to,
            on,
            reason,
        };
        match v
            .act(async move |store, ctx| run(store, ctx, &input).await)
            .await
        {
            Ok(_) => return Ok(Redirect::to(&v.to_organisation(&kept.1.code)).into_response()),
            Err(error) => refused = error.try_into()?,
        }
    }
    let page = move_page(v, &kept, &fields, &refused.issues).await?;
    Ok((refused.status, page).into_response())
}

/// `GET /organisations/{code}/close`.
///
/// # Errors
/// `NotFound` where no organisation has the code, `Forbidden` for who may not change it.
pub async fn show_close(viewer: Viewer, Path(parts): Parts) -> Result<Page, Error> {
    let kept = found(&viewer, &parts, Act::Restructure).await?;
    close_page(&viewer, &kept.row, &blank(&viewer), &[]).await
}

async fn close_page(
    v: &Viewer,
    kept: &Named,
    fields: &Fields,
    issues: &[Issue],
) -> Result<Page, Error> {
    let f = form(v, fields, issues);
    let to = format!("{}/close", v.to_organisation(&kept.1.code));
    let choices = choices(v).await?;
    let body = f.show(
        &to,
        &v.say("organisation.preview.button"),
        html! {
            (f.day("on"))
            (f.grouped_choice("duties_to", &choices))
            (f.tick("give_up"))
            (f.text("reason", Kind::Text))
        },
    );
    let card = card(v, "organisation.close.card", body);
    Ok(page(
        v,
        Some(kept),
        "organisation.close.title",
        "organisation.close.lead",
        card,
    ))
}

/// `POST /organisations/{code}/close`: shows what would happen, then does it.
///
/// # Errors
/// When the database fails or the person may not; what is wrong with the input is said on the page.
pub async fn post_close(
    viewer: Viewer,
    Path(parts): Parts,
    fields: Fields,
) -> Result<Response, Error> {
    let v = &viewer;
    let kept = found(v, &parts, Act::Restructure).await?.row;
    let mut asked = Asked::new(v, &fields);
    let duties_to = asked.organisation("duties_to").await?;
    let on = asked.day("on", true);
    let reason = asked.text("reason");
    let mut refused = Refused::wrong(asked.done());
    if let (true, Some(on)) = (refused.issues.is_empty(), on) {
        let input = Close {
            organisation: kept.0.id,
            on,
            duties_to,
            give_up: fields.ticked("give_up"),
            reason,
        };
        let action = format!("{}/close", v.to_organisation(&kept.1.code));
        match confirm::ask(v, &kept, input, &fields, &action).await? {
            Ok(response) => return Ok(response),
            Err(wrong) => refused = wrong,
        }
    }
    let page = close_page(v, &kept, &fields, &refused.issues).await?;
    Ok((refused.status, page).into_response())
}

/// `GET /organisations/{code}/reopen`.
///
/// # Errors
/// `NotFound` where no organisation has the code, `Forbidden` for who may not change it.
pub async fn show_reopen(viewer: Viewer, Path(parts): Parts) -> Result<Page, Error> {
    let kept = found(&viewer, &parts, Act::Restructure).await?;
    reopen_page(&viewer, &kept.row, &blank(&viewer), &[]).await
}

async fn reopen_page(
    v: &Viewer,
    kept: &Named,
    fields: &Fields,
    issues: &[Issue],
) -> Result<Page, Error> {
    let f = form(v, fields, issues);
    let to = format!("{}/reopen", v.to_organisation(&kept.1.code));
    let choices = choices(v).await?;
    let body = f.show(
        &to,
        &v.say("organisation.reopen.button"),
        html! {
            (f.day("on"))
            (f.grouped_choice("reports_to", &choices))
            (f.grouped_choice("coordinated_by", &choices))
            (f.text("reason", Kind::Text))
        },
    );
    let card = card(v, "organisation.reopen.card", body);
    Ok(page(
        v,
        Some(kept),
        "organisation.reopen.title",
        "organisation.reopen.lead",
        card,
    ))
}

/// `POST /organisations/{code}/reopen`.
///
/// # Errors
/// When the database fails or the person may not; what is wrong with the input is said on the page.
pub async fn post_reopen(
    viewer: Viewer,
    Path(parts): Parts,
    fields: Fields,
) -> Result<Response, Error> {
    let v = &viewer;
    let kept = found(v, &parts, Act::Restructure).await?.row;
    let mut asked = Asked::new(v, &fields);
    let reports_to = asked.organisation("reports_to").await?;
    let coordinated_by = asked.organisation("coordinated_by").await?;
    let on = asked.day("on", true);
    let reason = asked.text("reason");
    let mut refused = Refused::wrong(asked.done());
    if let (true, Some(on)) = (refused.issues.is_empty(), on) {
        let input = Reopen {
            organisation: kept.0.id,
            on,
            reports_to,
            coordinated_by,
            reason,
        };
        match v
            .act(async move |store, ctx| run(store, ctx, &input).await)
            .await
        {
            Ok(_) => return Ok(Redirect::to(&v.to_organisation(&kept.1.code)).into_response()),
            Err(error) => refused = error.try_into()?,
        }
    }
    let page = reopen_page(v, &kept, &fields, &refused.issues).await?;
    Ok((refused.status, page).into_response())
}
