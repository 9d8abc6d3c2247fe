//! What more is asked about a record: asked, answered by the organisation, closed by whoever asked.

use actions::Ctx;
use actions::permission::may_in_its_name;
use actions::steps::{Answer, AskForMore, answer, ask_for_more, close_inquiry};
use axum::extract::Path;
use axum::response::Response;
use domain::ids::InquiryId;
use domain::inquiry::{Inquiry, InquiryState};
use domain::permission::{Act, Held};
use maud::{Markup, html};
use store::{Kept, Store};
use uuid::Uuid;

use super::cell::{self, Sent};
use super::evidence::{endings, evidence, new_files};
use super::found::{Found, asked};
use super::record::{Parts, Question, day};
use super::story::{Story, inquiry_pill};
use crate::form::Fields;
use crate::opening::Opening;
use crate::ui::{Card, Form, Icon, Tone, act_button, flow, note, short_day};
use crate::{Error, Viewer};

/// What the reader may do about inquiries of a cell.
pub(super) struct Rights {
    ask: bool,
    answer: bool,
    /// The inquiry that is open is their own office's.
    ours: bool,
}

impl Rights {
    /// Asks for each.
    pub async fn of(v: &Viewer, found: &Found, answer: bool) -> Result<Self, Error> {
        // Inside one's own organisation a record is sent back.
        let today = found.loaded.today;
        let own = |held: &Held| {
            held.grant.holds_on(today) && held.grant.organisation == found.organisation
        };
        let own = v.somebody()?.held.iter().any(own);
        let ask = !own && found.may(v, Act::AskForMore).await;
        let ours = match (ask, found.open_inquiry()) {
            (true, Some(open)) => {
                let (store, act) = (v.live()?.store(), Act::AskForMore);
                let who = actions::Who::Person(v.somebody()?.id());
                let (on, from, at) = (found.organisation, open.row.from, v.app().now());
                may_in_its_name(store, who, act, on, from, at).await?
            }
            _ => false,
        };
        Ok(Self { ask, answer, ours })
    }
}

/// `POST /board/{organisation}/{item}/ask`.
///
/// # Errors
/// As [`actions::steps::ask_for_more`]; what is wrong with the input stands on the page.
pub async fn post_ask(
    viewer: Viewer,
    Path(parts): Parts,
    question: Question,
    fields: Fields,
) -> Result<Response, Error> {
    let found = Found::of(&viewer, &parts, &asked(question)).await?;
    let new = AskForMore {
        cell: found.seen(&fields),
        wanted: fields.text("wanted").to_owned(),
        due: day(&fields, "due"),
    };
    let act = async move |store: &Store, ctx: &mut Ctx| ask_for_more(store, ctx, new).await;
    let done = viewer.act(act).await.map(drop);
    cell::answer(&viewer, found, Sent::by("ask", &fields), done).await
}

/// `POST /board/{organisation}/{item}/answer`.
///
/// # Errors
/// As [`actions::steps::answer`]; what is wrong with the input stands on the page.
pub async fn post_answer(
    viewer: Viewer,
    Path(parts): Parts,
    question: Question,
    form: Opening,
) -> Result<Response, Error> {
    let found = Found::of(&viewer, &parts, &asked(question)).await?;
    let on = actions::permission::On::Organisation(found.organisation);
    viewer.allows(Act::RecordStep, on).await?;
    let mut fields = form.rest().await?;
    let (inquiry, seen) = which(&fields)?;
    let new = Answer {
        inquiry,
        seen,
        words: fields.text("answer").to_owned(),
        files: new_files(&mut fields),
    };
    let act = async move |store: &Store, ctx: &mut Ctx| answer(store, ctx, new).await;
    let done = viewer.act(act).await;
    cell::answer(&viewer, found, Sent::by("answer", &fields), done).await
}

/// `POST /board/{organisation}/{item}/close`.
///
/// # Errors
/// As [`actions::steps::close_inquiry`].
pub async fn post_close(
    viewer: Viewer,
    Path(parts): Parts,
    question: Question,
    fields: Fields,
) -> Result<Response, Error> {
    let found = Found::of(&viewer, &parts, &asked(question)).await?;
    let (inquiry, seen) = which(&fields)?;
    let act =
        async move |store: &Store, ctx: &mut Ctx| close_inquiry(store, ctx, inquiry, seen).await;
    let done = viewer.act(act).await;
    cell::answer(&viewer, found, Sent::by("ask", &fields), done).await
}

fn which(fields: &Fields) -> Result<(InquiryId, Uuid), Error> {
    let id = |name: &str| {
        fields
            .text(name)
            .parse::<Uuid>()
            .map_err(|_| Error::NotFound)
    };
    Ok((InquiryId(id("inquiry")?), id("version")?))
}

/// The inquiry that is open with what comes next, or the form that asks.
pub(super) fn card(
    v: &Viewer,
    found: &Found,
    story: &Story,
    rights: &Rights,
    sent: &Sent<'_>,
) -> Markup {
    match (found.open_inquiry(), &found.record) {
        (Some(open), _) => open_card(v, found, story, rights, sent, open),
        (None, Some(kept)) if rights.ask && Inquiry::may_ask(kept.row.state).is_ok() => {
            Card::new(&v.say("step.ask")).show(html! {
                div.stack {
                    p { (flow(&v.say("step.ask.why"))) }
                    (ask_form(v, found, sent, &v.say("step.ask")))
                }
            })
        }
        _ => html! {},
    }
}

fn open_card(
    v: &Viewer,
    found: &Found,
    story: &Story,
    rights: &Rights,
    sent: &Sent<'_>,
    open: &Kept<Inquiry>,
) -> Markup {
    let inquiry = &open.row;
    let office = found.loaded.office(v, inquiry.from);
    let title = v.say_with("board.asks", &[("office", office.into())]);
    let (id, version) = (inquiry.id.to_string(), open.stamp.version.to_string());
    let fields = [("inquiry", id.as_str()), ("version", version.as_str())];
    let answered = inquiry.state == InquiryState::Answered;
    let files = story.answer(open);
    Card::new(&title).aside(inquiry_pill(v, inquiry.state)).show(html! {
        div.stack {
            p { (flow(&inquiry.wanted)) }
            @if let Some(due) = inquiry.due {
                p.small { (flow(&v.say("step.ask.due"))) "\u{a0}" (short_day(v.locale, due)) }
            }
            @if answered {
                h3 { (flow(&v.say("board.answer"))) }
                @match &inquiry.answer {
                    Some(words) => p { (flow(words)) },
                    None if files.is_empty() => p { (flow(&v.say("board.answered_by_record"))) },
                    None => {}
                }
                @if !files.is_empty() { (evidence(v, found, &files, None)) }
            }
            @if !answered && rights.answer { (answer_form(v, found, sent, &fields)) }
            @if rights.ours {
                (act_button(v, &found.below(v, "close"), &v.say("step.close_inquiry"), &fields))
                @if answered { (ask_form(v, found, sent, &v.say("step.ask_again"))) }
            } @else if rights.ask && !rights.answer {
                (note(Tone::Mute, Icon::Info, flow(&v.say("board.inquiry.others"))))
            }
        }
    })
}

fn ask_form(v: &Viewer, found: &Found, sent: &Sent<'_>, word: &str) -> Markup {
    let (fields, issues) = sent.of("ask");
    let form = Form::new(v, "step.ask", fields, issues);
    html! {
        details open[!issues.is_empty()] {
            summary { (flow(word)) }
            (form.show(&found.below(v, "ask"), word, html! {
                (form.hidden("seen", &found.version()))
                (form.lines("wanted", 3))
                (form.day("due"))
            }))
        }
    }
}

fn answer_form(v: &Viewer, found: &Found, sent: &Sent<'_>, inquiry: &[(&str, &str)]) -> Markup {
    let (fields, issues) = sent.of("answer");
    let form = Form::new(v, "step.answer", fields, issues);
    form.show_with_files(
        &found.below(v, "answer"),
        &v.say("step.answer"),
        html! {
            @for (name, value) in inquiry { (form.hidden(name, value)) }
            (form.lines("answer", 4))
            (form.files("file", &endings(), true))
        },
    )
}
