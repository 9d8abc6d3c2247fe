//! Lists of schools from CSV or Excel: sent, looked at, confirmed.

use actions::organisations::{
    Difference, LineOutcome, SchoolsImport, earliest, import, preview_import,
};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use domain::issue::{Issue, Issues, Place as At, Severity};
use exchange::schools::{read_schools, schools_template};
use maud::{Markup, html};

use super::{Asked, card, choices, day_fields, form, page};
use crate::form::Fields;
use crate::found::day_of;
use crate::opening::Opening;
use crate::ui::{Card, Column, Table, code, count, flow, name, secret};
use crate::{Error, Page, Viewer};

/// The largest list that the page takes; the file comes back once more, as text, to be confirmed.
const LIST_BYTES: usize = 2 * 1024 * 1024;
/// What a form with a list may hold.
pub const FORM_BYTES: usize = 2 * LIST_BYTES + 64 * 1024;
/// Rows of the preview, and of what is wrong; the others are counted.
const SHOWN: usize = 200;

/// `GET /organisations/import`.
///
/// # Errors
/// When the database fails.
pub async fn show(viewer: Viewer) -> Result<Page, Error> {
    let v = &viewer;
    let first = earliest(day_of(v.app().now()));
    asking(v, &Fields::of(day_fields("on", Some(first))), &[]).await
}

async fn asking(v: &Viewer, fields: &Fields, issues: &[Issue]) -> Result<Page, Error> {
    let choices = choices(v).await?;
    let told = at_fields(issues);
    let f = form(v, fields, &told);
    let body = f.show_with_files(&v.to("/organisations/import"), &v.say("organisation.preview.button"), html! {
        p { a href=(v.to("/organisations/template.xlsx")) { (flow(&v.say("organisation.import.template"))) } }
        (f.files("list", ".csv,.xlsx", false))
        (f.grouped_choice("parent", &choices))
        (f.day("on"))
    });
    let cells = cells(v, issues);
    let body = html! { (card(v, "organisation.import.card", body)) (cells) };
    Ok(page(
        v,
        None,
        "organisation.import.title",
        "organisation.import.lead",
        body,
    ))
}

const fn in_file(issue: &Issue) -> bool {
    matches!(issue.at, At::Cell { .. } | At::File { .. })
}

/// What the summary above the form says: of what is wrong inside the file only that it is, because it has its own list.
fn at_fields(issues: &[Issue]) -> Issues {
    let mut told: Issues = issues.iter().filter(|it| !in_file(it)).cloned().collect();
    let blocks = |it: &Issue| in_file(it) && it.severity == Severity::Error;
    if issues.iter().any(blocks) {
        let at = At::Field {
            field: "list".to_owned(),
        };
        told.push(Issue::error(at, "organisation.problems_in_file"));
    }
    told
}

/// What is wrong in the file, cell by cell: first what blocks it.
fn cells(v: &Viewer, issues: &[Issue]) -> Markup {
    let mut in_cells: Vec<&Issue> = issues.iter().filter(|it| in_file(it)).collect();
    in_cells.sort_by_key(|issue| issue.severity != Severity::Error);
    let left = in_cells.len().saturating_sub(SHOWN);
    in_cells.truncate(SHOWN);
    let title = v.say("organisation.import.cells");
    html! {
        @if !in_cells.is_empty() {
            (Card::new(&title).flush().show(Table::new(&title, [
                Column::text(&v.say("organisation.import.where")),
                Column::text(&v.say("organisation.import.what")).wide(),
            ]).rows(in_cells.iter().map(|issue| [
                flow(&v.locale.place(&issue.at)),
                html! { (flow(&v.locale.issue(issue))) @if let Some(hint) = v.locale.hint(issue) { p.small { (flow(&hint)) } } },
            ])).show()))
            @if left > 0 { p.small { (flow(&v.say_with("import.and_more", &[("n", left.into())]))) } }
        }
    }
}

/// `POST /organisations/import`: a file is looked at; a confirmed one is taken in.
///
/// # Errors
/// When the database fails or the person may not; what is wrong with the file is said on the page.
pub async fn post(viewer: Viewer, form: Opening) -> Result<Response, Error> {
    let v = &viewer;
    let fields = form.rest().await?;
    let mut asked = Asked::new(v, &fields);
    let parent = asked.organisation("parent").await?;
    let on = asked.day("on", false);
    let sent = fields.files.iter().find(|file| file.field == "list");
    let (file, bytes) = match sent {
        Some(sent) => (sent.name.clone(), sent.bytes.to_vec()),
        None => (
            asked.text("file"),
            unhex(fields.text("content")).unwrap_or_default(),
        ),
    };
    if bytes.is_empty() && sent.is_some() {
        asked.wrong("list", "import.empty_file");
    } else if bytes.is_empty() {
        asked.wrong("list", "organisation.file_needed");
    } else if bytes.len() > LIST_BYTES {
        asked.wrong("list", "organisation.file_too_large");
    }
    let mut issues = asked.done();
    if !issues.is_empty() {
        return refused(v, &fields, &issues).await;
    }
    let reading = match read_schools(&file, &bytes) {
        Ok(reading) => reading,
        Err(error) => return refused(v, &fields, &[error.issue()]).await,
    };
    let (blocked, province) = (reading.blocked(), v.province.dopa().unwrap_or_default());
    let mut input = SchoolsImport::of(reading.list, province, &file, &bytes);
    input.parent = parent;
    input.on = on;
    if blocked {
        // What the register says against the other rows is said at once with what is wrong in the file.
        let mut issues = reading.issues;
        if !input.list.rows.is_empty() {
            let seen = v
                .act(async move |store, ctx| preview_import(store, ctx, &input).await)
                .await;
            match seen {
                Ok(difference) => issues.extend(difference.issues),
                Err(error) => issues.extend(error.into_issues()?),
            }
        }
        return refused(v, &fields, &issues).await;
    }
    let confirmed = fields.ticked("confirmed");
    if confirmed {
        input.seen = fields.given("seen").map(str::to_owned);
        let again = input.clone();
        match v
            .act(async move |store, ctx| import(store, ctx, &again).await)
            .await
        {
            Ok(_) => return Ok(Redirect::to(&v.to("/organisations")).into_response()),
            Err(Error::Stale(issue)) => issues.push(*issue),
            Err(error) => return refused(v, &fields, &error.into_issues()?).await,
        }
    }
    let seen = v
        .act(async move |store, ctx| preview_import(store, ctx, &input).await)
        .await;
    match seen {
        Ok(difference) => {
            issues.extend(reading.issues);
            let status = if confirmed {
                StatusCode::CONFLICT
            } else {
                StatusCode::OK
            };
            let page = preview(v, &difference, &issues, &fields, (&file, &bytes));
            Ok((status, page).into_response())
        }
        Err(error) => {
            // What was only told while reading, such as merged cells, often explains what is wrong now.
            let mut issues = error.into_issues()?;
            issues.extend(reading.issues);
            refused(v, &fields, &issues).await
        }
    }
}

async fn refused(v: &Viewer, fields: &Fields, issues: &[Issue]) -> Result<Response, Error> {
    let page = asking(v, fields, issues).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn preview(
    v: &Viewer,
    difference: &Difference,
    issues: &[Issue],
    fields: &Fields,
    (file, bytes): (&str, &[u8]),
) -> Page {
    let sums = v.say("organisation.import.sums");
    let outcomes = [
        (LineOutcome::New, "import.outcome.new"),
        (LineOutcome::Changed, "import.outcome.changed"),
        (LineOutcome::Kept, "import.outcome.kept"),
        (LineOutcome::Unchanged, "import.outcome.unchanged"),
    ];
    let word = |outcome| {
        let key = outcomes
            .iter()
            .find(|(of, _)| *of == outcome)
            .map_or("", |(_, key)| *key);
        v.say(key)
    };
    let told: Issues = issues.iter().chain(&difference.issues).cloned().collect();
    let blocks = told.iter().filter(|it| it.severity == Severity::Error);
    let to_confirm = at_fields(&blocks.cloned().collect::<Issues>());
    let shown = difference
        .lines
        .iter()
        .filter(|line| line.outcome != LineOutcome::Unchanged);
    let lines: Vec<_> = shown.clone().take(SHOWN).collect();
    let left = shown.count().saturating_sub(lines.len());
    let title = v.say("organisation.import.rows");
    let mut typed: Vec<(&str, &str)> = fields.all().into_iter().collect();
    typed.retain(|(key, _)| !matches!(*key, "file" | "content" | "seen" | "confirmed"));
    typed.sort_unstable();
    let f = form(v, fields, &to_confirm);
    let body = html! {
        (f.summary())
        (Card::new(&sums).show(html! {
            (Table::new(&sums, [Column::text(&v.say("import.outcome")), Column::figure(&v.say("import.count"))])
                .rows(outcomes.iter().map(|(outcome, key)| [flow(&v.say(key)), html! { (count(difference.count(*outcome) as u64)) }])
                    .chain([[flow(&v.say("import.outcome.gone")), html! { (count(difference.gone.len() as u64)) }]]))
                .show())
            form.stack.form method="post" enctype="multipart/form-data" action=(v.to("/organisations/import")) {
                (secret(v))
                @for (key, value) in typed { input type="hidden" name=(key) value=(value); }
                input type="hidden" name="file" value=(file);
                input type="hidden" name="content" value=(hex(bytes));
                input type="hidden" name="seen" value=(difference.fingerprint);
                input type="hidden" name="confirmed" value="1";
                div.row {
                    button.btn.btn-p.btn-l type="submit" { (flow(&v.say("organisation.import.button"))) }
                    a.btn href=(v.to("/organisations/import")) { (flow(&v.say("organisation.confirm.cancel"))) }
                }
            }
        }))
        (cells(v, &told))
        @if !lines.is_empty() {
            (Card::new(&title).flush().show(Table::new(&title, [
                Column::text(&v.say("import.code")),
                Column::text(&v.say("organisation.import.name")).wide(),
                Column::text(&v.say("import.outcome")),
                Column::text(&v.say("organisation.import.what")).wide(),
            ]).rows(lines.iter().map(|line| [
                code(&line.code),
                name(v.locale, &line.name, None),
                flow(&word(line.outcome)),
                html! { @for field in &line.fields {
                    p.small {
                        (flow(&v.say(&format!("schools.column.{}", field.field)))) ": "
                        @if let Some(before) = &field.before { (before) " → " } (field.after)
                        @if !field.taken { " · " (flow(&v.say("import.kept"))) }
                    }
                } },
            ])).show()))
            @if left > 0 { p.small { (flow(&v.say_with("import.and_more", &[("n", left.into())]))) } }
        }
    };
    page(
        v,
        None,
        "organisation.import.preview",
        "organisation.import.preview.lead",
        body,
    )
}

/// `GET /organisations/template.xlsx`: an empty list.
///
/// # Errors
/// When the workbook cannot be written.
pub async fn template(_: Viewer) -> Result<Response, Error> {
    let bytes = schools_template().map_err(|error| Error::Failed(error.to_string()))?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let headers = [
        (CONTENT_TYPE, kind),
        (CONTENT_DISPOSITION, "attachment; filename=\"schools.xlsx\""),
    ];
    Ok((headers, bytes).into_response())
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let bytes = text.as_bytes();
    let digit = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
    bytes
        .chunks(2)
        .map(|pair| match pair {
            [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_comes_back_from_the_page_as_it_was_sent() {
        let bytes: Vec<u8> = (0..=255).collect();
        assert_eq!(unhex(&hex(&bytes)), Some(bytes));
        assert_eq!(unhex("0"), None);
        assert_eq!(unhex("zz"), None);
    }
}
