//! Files of a record: attached with it, taken away again, and shown where they prove something.

use actions::Ctx;
use actions::steps::{Detach, NewFile, detach};
use axum::extract::Path;
use axum::response::Response;
use domain::file::{File, MediaType};
use domain::ids::FileId;
use maud::{Markup, html};
use store::Store;

use super::cell::{Sent, answer};
use super::found::Found;
use super::record::{By, Parts, Question, open};
use crate::form::Fields;
use crate::ui::{Icon, Row as Line, act_button, rows};
use crate::{Error, Viewer};

/// `POST /board/{organisation}/{item}/detach`.
///
/// # Errors
/// As [`actions::steps::detach`]; why it was not done stands on the page.
pub async fn post_detach(
    viewer: Viewer,
    Path(parts): Parts,
    question: Question,
    fields: Fields,
) -> Result<Response, Error> {
    let by = match fields.text("by") {
        "office" => By::Office,
        _ => By::Own,
    };
    let found = open(&viewer, &parts, question, by).await?;
    let file: uuid::Uuid = fields.text("file").parse().map_err(|_| Error::NotFound)?;
    let away = Detach {
        cell: found.seen(&fields),
        on_behalf: by == By::Office,
        file: FileId(file),
    };
    let act = async move |store: &Store, ctx: &mut Ctx| detach(store, ctx, away).await;
    let done = viewer.act(act).await.map(drop);
    answer(&viewer, found, Sent::nothing(&fields), done).await
}

/// The files of a form for an act, without a second copy of them in memory; the form keeps their names.
pub(super) fn new_files(fields: &mut Fields) -> Vec<NewFile> {
    let sent = fields.files.iter_mut();
    sent.map(|sent| NewFile {
        name: sent.name.clone(),
        content: std::mem::take(&mut sent.bytes).into(),
    })
    .collect()
}

/// The ends of names of files that are taken, as browsers take them.
pub(super) fn endings() -> String {
    let all = MediaType::ALL.iter().flat_map(|media| media.endings());
    let all: Vec<String> = all.map(|ending| format!(".{ending}")).collect();
    all.join(",")
}

/// Files with what they are; where somebody may take them away, with the button that does.
pub(super) fn evidence(v: &Viewer, found: &Found, files: &[File], open: Option<By>) -> Markup {
    html! {
        (rows(files.iter().map(|file| {
            let kilobytes = file.bytes.div_ceil(1024);
            let kind = file.media.endings()[0].to_uppercase();
            let id = file.id.to_string();
            let version = found.version();
            let by = if open == Some(By::Office) { "office" } else { "own" };
            let fields = [("file", id.as_str()), ("seen", version.as_str()), ("by", by)];
            Line {
                mark: Some(html! { span.ic { (crate::ui::icon(Icon::File)) } }),
                title: html! { (file.name) },
                href: Some(v.to(&format!("/files/{}", file.id))),
                line: Some(html! { (kind) " · " (crate::ui::count(kilobytes)) "\u{a0}KB" }),
                aside: open.map(|_| act_button(v, &found.below(v, "detach"), &v.say("step.detach"), &fields)),
            }
        })))
    }
}
