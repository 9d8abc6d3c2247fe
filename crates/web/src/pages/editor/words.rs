//! New organisations, and the words and codes of those that stand.

use actions::organisations::{NewOrganisation, Recode, Rename, run};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::OrganisationId;
use domain::issue::Issue;
use domain::organisation::{Class, OrganisationText};
use domain::permission::Act;
use domain::register::{CodeKind, DisplayOrder, OrganisationCode};
use maud::{Markup, html};
use store::Kept;

use super::{Asked, Named, Parts, card, choices, form, found, page};
use crate::form::Fields;
use crate::ui::{Form, Kind};
use crate::{Error, Page, Refused, Viewer};

/// `GET /organisations/new`.
///
/// # Errors
/// When the database fails.
pub async fn show_new(viewer: Viewer) -> Result<Page, Error> {
    new_page(&viewer, &Fields::default(), &[]).await
}

async fn new_page(v: &Viewer, fields: &Fields, issues: &[Issue]) -> Result<Page, Error> {
    let choices = choices(v).await?;
    let f = form(v, fields, issues);
    let body = f.show(
        &v.to("/organisations/new"),
        &v.say("organisation.new.button"),
        html! {
            (f.text("code", Kind::Text))
            (named(v, &f, ""))
            (coded(&f))
            (f.grouped_choice("reports_to", &choices))
            (f.grouped_choice("coordinated_by", &choices))
            (f.day("opened"))
            (f.text("reason", Kind::Text))
        },
    );
    let card = card(v, "organisation.new.card", body);
    Ok(page(
        v,
        None,
        "organisation.new.title",
        "organisation.new.lead",
        card,
    ))
}

/// `POST /organisations/new`.
///
/// # Errors
/// When the database fails or the person may not; what is wrong with the input is said on the page.
pub async fn post_new(viewer: Viewer, fields: Fields) -> Result<Response, Error> {
    let v = &viewer;
    let mut asked = Asked::new(v, &fields);
    let input = NewOrganisation {
        text: OrganisationText {
            code: asked.text("code"),
            province: v.province.dopa().map(str::to_owned),
            ..text(&asked)
        },
        class: class(&asked),
        opened: asked.day("opened", false),
        reports_to: asked.organisation("reports_to").await?,
        coordinated_by: asked.organisation("coordinated_by").await?,
        codes: codes(&asked),
        position: asked.number("position"),
        reason: asked.text("reason"),
    };
    let mut refused = Refused::wrong(asked.done());
    let code = input.text.code.trim().to_owned();
    if refused.issues.is_empty() {
        match v
            .act(async move |store, ctx| run(store, ctx, &input).await)
            .await
        {
            Ok(_) => return Ok(Redirect::to(&v.to_organisation(&code)).into_response()),
            Err(error) => refused = error.try_into()?,
        }
    }
    let page = new_page(v, &fields, &refused.issues).await?;
    Ok((refused.status, page).into_response())
}

/// `GET /organisations/{code}/edit`.
///
/// # Errors
/// `NotFound` where no organisation has the code, `Forbidden` for who may not change it.
pub async fn show_edit(viewer: Viewer, Path(parts): Parts) -> Result<Page, Error> {
    let v = &viewer;
    let kept = found(v, &parts, Act::ManageOrganisations).await?;
    let (words, codes) = standing(v, &kept).await?;
    Ok(edit_page(v, &kept, (&words, &[]), (&codes, &[])))
}

/// What stands, as the two forms show it.
async fn standing(v: &Viewer, kept: &Kept<Named>) -> Result<(Fields, Fields), Error> {
    let store = v.live()?.store();
    let (organisation, text) = &kept.row;
    let order = store::get::<DisplayOrder>(store, organisation.id).await?;
    let had = store::of::<OrganisationCode, OrganisationId>(store, &[organisation.id]).await?;
    let text_of = |text: &Option<String>| text.clone().unwrap_or_default();
    let words = Fields::of([
        ("name_th", text.name_th.clone()),
        ("name_en", text_of(&text.name_en)),
        ("short_name_th", text_of(&text.short_name_th)),
        ("kind", text_of(&text.kind)),
        ("affiliation_th", text_of(&text.affiliation_th)),
        ("district_dopa", text_of(&text.district_dopa)),
        (
            "class",
            organisation
                .class
                .map(Class::code)
                .unwrap_or_default()
                .to_owned(),
        ),
        (
            "position",
            order
                .map(|kept| kept.row.position.to_string())
                .unwrap_or_default(),
        ),
    ]);
    let mut pairs = vec![("code".to_owned(), text.code.clone())];
    pairs.extend(
        had.into_iter()
            .filter(|kept| kept.row.kind != CodeKind::Former)
            .map(|kept| (kept.row.kind.code().to_owned(), kept.row.code)),
    );
    Ok((words, Fields::of(pairs)))
}

type Filled<'a> = (&'a Fields, &'a [Issue]);

fn edit_page(v: &Viewer, kept: &Kept<Named>, words: Filled<'_>, codes: Filled<'_>) -> Page {
    let to = |rest: &str| format!("{}{rest}", v.to_organisation(&kept.row.1.code));
    let version = kept.stamp.version.to_string();
    let f = form(v, words.0, words.1);
    let first = f.show(
        &to("/edit"),
        &v.say("organisation.edit.button"),
        html! {
            (f.hidden("version", &version))
            (named(v, &f, ""))
            (f.text("reason", Kind::Text))
        },
    );
    let f = form(v, codes.0, codes.1);
    let second = f.show(
        &to("/codes"),
        &v.say("organisation.codes.button"),
        html! {
            (f.hidden("version", &version))
            (f.text("code", Kind::Text))
            (coded(&f))
            (f.text("reason", Kind::Text))
        },
    );
    let body = html! {
        (card(v, "organisation.edit.card", first))
        (card(v, "organisation.codes.card", second))
    };
    page(
        v,
        Some(&kept.row),
        "organisation.edit.title",
        "organisation.edit.lead",
        body,
    )
}

/// `POST /organisations/{code}/edit`.
///
/// # Errors
/// When the database fails or the person may not; what is wrong, and that somebody changed it meanwhile, is said on the page.
pub async fn post_edit(
    viewer: Viewer,
    Path(parts): Parts,
    fields: Fields,
) -> Result<Response, Error> {
    let v = &viewer;
    let kept = found(v, &parts, Act::ManageOrganisations).await?;
    let mut asked = Asked::new(v, &fields);
    let input = Rename {
        organisation: kept.row.0.id,
        version: fields.text("version").parse().ok(),
        text: text(&asked),
        class: class(&asked),
        position: asked.number("position"),
        reason: asked.text("reason"),
    };
    let mut refused = Refused::wrong(asked.done());
    if refused.issues.is_empty() {
        match v
            .act(async move |store, ctx| run(store, ctx, &input).await)
            .await
        {
            Ok(_) => return Ok(Redirect::to(&v.to_organisation(&kept.row.1.code)).into_response()),
            Err(error) => refused = error.try_into()?,
        }
    }
    let (_, codes) = standing(v, &kept).await?;
    let page = edit_page(v, &kept, (&fields, &refused.issues), (&codes, &[]));
    Ok((refused.status, page).into_response())
}

/// `POST /organisations/{code}/codes`.
///
/// # Errors
/// As for the words.
pub async fn post_codes(
    viewer: Viewer,
    Path(parts): Parts,
    fields: Fields,
) -> Result<Response, Error> {
    let v = &viewer;
    let kept = found(v, &parts, Act::ManageOrganisations).await?;
    let asked = Asked::new(v, &fields);
    let input = Recode {
        organisation: kept.row.0.id,
        version: fields.text("version").parse().ok(),
        code: asked.text("code"),
        codes: codes(&asked),
        reason: asked.text("reason"),
    };
    let code = input.code.trim().to_owned();
    let refused = match v
        .act(async move |store, ctx| run(store, ctx, &input).await)
        .await
    {
        Ok(_) => return Ok(Redirect::to(&v.to_organisation(&code)).into_response()),
        Err(error) => Refused::try_from(error)?,
    };
    let (words, _) = standing(v, &kept).await?;
    let page = edit_page(v, &kept, (&words, &[]), (&fields, &refused.issues));
    Ok((refused.status, page).into_response())
}

/// The fields of the words of an organisation.
pub(super) fn named(v: &Viewer, f: &Form<'_>, prefix: &str) -> Markup {
    let at = |field: &str| format!("{prefix}{field}");
    let classes: Vec<(String, String)> = Class::ALL
        .iter()
        .map(|class| {
            let word = v.say(&format!("organisation.class.{class}")).into_owned();
            (class.code().to_owned(), word)
        })
        .collect();
    html! {
        (f.text(&at("name_th"), Kind::Text))
        (f.text(&at("name_en"), Kind::Text))
        (f.text(&at("short_name_th"), Kind::Text))
        (f.choice(&at("class"), &classes))
        (f.text(&at("kind"), Kind::Text))
        (f.text(&at("affiliation_th"), Kind::Text))
        (f.text(&at("district_dopa"), Kind::Number))
        (f.text(&at("position"), Kind::Number))
    }
}

fn coded(f: &Form<'_>) -> Markup {
    html! { @for kind in CodeKind::ENTERED { (f.text(kind.code(), Kind::Number)) } }
}

fn text(asked: &Asked<'_>) -> OrganisationText {
    OrganisationText {
        name_th: asked.text("name_th"),
        name_en: asked.given("name_en"),
        short_name_th: asked.given("short_name_th"),
        kind: asked.given("kind"),
        affiliation_th: asked.given("affiliation_th"),
        district_dopa: asked.given("district_dopa"),
        ..OrganisationText::default()
    }
}

fn class(asked: &Asked<'_>) -> Option<Class> {
    asked.given("class").and_then(|code| code.parse().ok())
}

fn codes(asked: &Asked<'_>) -> Vec<(CodeKind, String)> {
    CodeKind::ENTERED
        .iter()
        .filter_map(|kind| Some((*kind, asked.given(kind.code())?)))
        .collect()
}
