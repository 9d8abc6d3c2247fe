//! One cell of the board: what is owed, what is recorded and proven, how it came so, and the acts that come next.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use actions::Ctx;
use actions::steps::{certify, return_};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use chain::board::{Cell as Board, CellState};
use domain::file::File;
use domain::issue::{Issue, Place as At};
use domain::permission::Act;
use domain::step::StepState;
use maud::{Markup, html};
use store::Store;

use super::asking::{self, Rights};
use super::evidence::evidence;
use super::found::{Asked, Found, asked};
use super::kept;
use super::load::district;
use super::record::By;
use super::story::Story;
use super::words::{cell_address, named, record_pill, reminded, said, state_pill, step};
use crate::error::Refused;
use crate::form::Fields;
use crate::pages::steps;
use crate::ui::{
    Card, Choice, Form, Icon, Place, Row as Line, Tone, act_button, bar, button, crumbs,
    definitions, error_summary, flow, heading, note, of, rows, short_day, small_icon, tabs,
};
use crate::{Error, Page, Viewer};

type Parts = Path<HashMap<String, String>>;

/// `GET /board/{organisation}/{item}`.
///
/// # Errors
/// As [`Found::of`].
pub async fn show(
    viewer: Viewer,
    Path(parts): Parts,
    question: Result<Query<Asked>, QueryRejection>,
) -> Result<Page, Error> {
    let asked = asked(question);
    let found = Found::of(&viewer, &parts, &asked).await?;
    let nothing = Fields::default();
    let sent = Sent {
        done: asked.done(),
        ..Sent::nothing(&nothing)
    };
    page(&viewer, &found, &sent).await
}

/// `POST /board/{organisation}/{item}/certify`.
///
/// # Errors
/// As [`actions::steps::certify`]; why it was not done stands on the page.
pub async fn post_certify(
    viewer: Viewer,
    Path(parts): Parts,
    question: Result<Query<Asked>, QueryRejection>,
    fields: Fields,
) -> Result<Response, Error> {
    let found = Found::of(&viewer, &parts, &asked(question)).await?;
    let cell = found.seen(&fields);
    let certify = async move |store: &Store, ctx: &mut Ctx| certify(store, ctx, cell).await;
    let done = viewer.act(certify).await.map(drop);
    answer(&viewer, found, Sent::nothing(&fields), done).await
}

/// `POST /board/{organisation}/{item}/return`.
///
/// # Errors
/// As [`actions::steps::return_`]; a missing reason is asked for on the page.
pub async fn post_return(
    viewer: Viewer,
    Path(parts): Parts,
    question: Result<Query<Asked>, QueryRejection>,
    fields: Fields,
) -> Result<Response, Error> {
    let found = Found::of(&viewer, &parts, &asked(question)).await?;
    let cell = found.seen(&fields);
    let reason = fields.text("reason").to_owned();
    let send_back =
        async move |store: &Store, ctx: &mut Ctx| return_(store, ctx, cell, &reason).await;
    let done = viewer.act(send_back).await.map(drop);
    answer(&viewer, found, Sent::by("return", &fields), done).await
}

/// Back to the cell, or the cell as it stands now with why nothing was done.
pub(super) async fn answer(
    v: &Viewer,
    found: Found,
    sent: Sent<'_>,
    done: Result<(), Error>,
) -> Result<Response, Error> {
    let Err(error) = done else {
        return Ok(Redirect::to(&found.done(v)).into_response());
    };
    let Refused { status, issues } = Refused::try_from(error)?;
    let sent = Sent {
        issues: &issues,
        ..sent
    };
    Ok((status, page(v, &found, &sent).await?).into_response())
}

/// What was sent by one of the forms of the page, and what is wrong with it.
pub(super) struct Sent<'a> {
    /// Which form: `return`, `ask` or `answer`; nothing for a button alone.
    pub form: &'static str,
    /// What was typed.
    pub fields: &'a Fields,
    /// What is wrong.
    pub issues: &'a [Issue],
    /// An act was done just before, and led here.
    pub done: bool,
}

impl<'a> Sent<'a> {
    /// One of the forms, with nothing wrong yet.
    pub const fn by(form: &'static str, fields: &'a Fields) -> Self {
        let issues = &[];
        Self {
            form,
            fields,
            issues,
            done: false,
        }
    }

    /// None of the forms.
    pub const fn nothing(fields: &'a Fields) -> Self {
        Self::by("", fields)
    }

    /// What was typed into a form of the page and what is wrong with it; nothing where another one was sent.
    pub fn of(&self, form: &str) -> (&Fields, &[Issue]) {
        static EMPTY: LazyLock<Fields> = LazyLock::new(Fields::default);
        match self.form == form {
            true => (self.fields, self.issues),
            false => (&EMPTY, &[]),
        }
    }
}

/// The page of a cell.
pub(super) async fn page(v: &Viewer, found: &Found, sent: &Sent<'_>) -> Result<Page, Error> {
    let story = Story::of(v.live()?.store(), found).await?;
    let (name, title) = (found.name(v), step(v, found.item));
    let context = html! { (flow(&name)) " · " (flow(&crate::ui::period(v.locale, found.period))) };
    let (may_record, may_draft) = (
        found.may(v, Act::RecordStep).await,
        found.may(v, Act::DraftOnBehalf).await,
    );
    let may_certify = found.may(v, Act::Certify).await;
    let mut next = Vec::new();
    if found.may(v, Act::Remind).await && found.waits() {
        let word = v.say("remind.button");
        next.push(button(&found.remind(v), Some(Icon::Bell), &word, false));
    }
    next.extend(next_acts(v, found, may_record, may_draft));
    let rights = Rights::of(v, found, may_record).await?;
    let evidence = story.evidence();
    let by = match &found.record {
        Some(kept) if may_record && kept.row.open().is_ok() => Some(By::Own),
        Some(kept) if may_draft && kept.row.state == StepState::Drafted => Some(By::Office),
        _ => None,
    };
    let kept = kept::at_cell(v, found).await?;
    let body = html! {
        (crumbs(v, &found.above(v), &title))
        (heading(flow(&title), context, &next))
        // What is wrong with the whole is said first, because the form that was sent may not be on the page any more.
        @let whole: Vec<Issue> = sent.issues.iter().filter(|issue| matches!(issue.at, At::Whole)).cloned().collect();
        @if !whole.is_empty() { (error_summary(v.locale, &v.say("board.not_done"), &whole)) }
        @if sent.done {
            div role="status" { (note(Tone::Ok, Icon::OkCircle, flow(&v.say("board.act_done")))) }
        }
        (quarters(v, found))
        div.cols {
            div {
                (standing(v, found, &evidence, by))
                (asking::card(v, found, &story, &rights, sent))
                @if may_certify { (approver(v, found, sent)) }
                (kept)
                (story.show(v, found))
            }
            div { (below(v, found)) }
        }
    };
    Ok(Page::new(v, format!("{title} · {name}"))
        .at(Place::Board)
        .body(body))
}

/// The quarters of a step that is reported four times a year.
fn quarters(v: &Viewer, found: &Found) -> Markup {
    let periods = found
        .duties
        .of(found.item)
        .map(|row| row.periods(found.loaded.year));
    let periods = periods.unwrap_or_default();
    if periods.len() < 2 {
        return html! {};
    }
    let choices: Vec<(Choice, Option<u64>)> = periods
        .iter()
        .map(|period| {
            let word = crate::ui::period(v.locale, *period);
            let here = *period == found.period;
            let address = cell_address(v, &found.code, found.item, Some(*period));
            (Choice::new(word, address, here), None)
        })
        .collect();
    tabs(&v.say("board.quarters"), &choices)
}

/// The one filled button of the page, for whoever has something to record.
fn next_acts(v: &Viewer, found: &Found, may_record: bool, may_draft: bool) -> Vec<Markup> {
    let owed = found.duty.is_some_and(|duty| duty.applicable) || found.record.is_some();
    let state = found.record.as_ref().map(|kept| kept.row.state);
    let opens = found
        .duty
        .is_none_or(|duty| duty.opens() <= found.loaded.today);
    let open = owed && opens && state != Some(StepState::Certified);
    let mut next = Vec::new();
    if open && may_record {
        next.push(button(
            &found.below(v, "record"),
            Some(Icon::Pen),
            &v.say("step.record"),
            true,
        ));
    } else if open && may_draft && matches!(state, None | Some(StepState::Drafted)) {
        next.push(button(
            &found.below(v, "draft"),
            Some(Icon::Pen),
            &v.say("step.draft"),
            true,
        ));
    }
    next
}

/// What is owed and what stands for it.
fn standing(v: &Viewer, found: &Found, files: &[File], open: Option<By>) -> Markup {
    let Some(duty) = found.duty else {
        return note(Tone::Mute, Icon::Info, flow(&v.say("board.no_duty")));
    };
    let state = match &found.record {
        Some(kept) => record_pill(v, kept.row.state),
        None if !duty.applicable => state_pill(v, CellState::NotApplicable, None),
        None => match (found.loaded.today - duty.due).get_days() {
            days if days > 0 => state_pill(v, CellState::Late, Some(days)),
            _ if duty.opens() > found.loaded.today => state_pill(v, CellState::Waiting, None),
            _ => state_pill(v, CellState::Missing, None),
        },
    };
    Card::new(&v.say("board.standing")).aside(state).show(html! {
        div.stack {
            @if let Some(words) = steps::of(super::words::number(found.item)) { p { (words.name(v)) } }
            (definitions([
                (flow(&v.say("board.due")), html! { (short_day(v.locale, duty.due)) }),
                (flow(&v.say("board.counts_on")), match duty.reported_on {
                    Some(day) => html! { (short_day(v.locale, day)) },
                    None => flow(&v.say("board.counts_not")),
                }),
            ]))
            @if let Some(kept) = &found.record {
                @if kept.row.on_behalf.is_some() {
                    (note(Tone::Below, Icon::Pen, flow(&v.say("board.on_behalf"))))
                }
                (said(v, &found.duties, &kept.row))
            } @else if duty.applicable && duty.opens() > found.loaded.today {
                @let opens = [("opens", short_day(v.locale, duty.opens()).into())];
                p.dim { (flow(&v.say_with("issue.step.not_open", &opens))) }
            } @else if duty.applicable {
                p.dim { (flow(&v.say("board.nothing"))) }
            }
            @if !files.is_empty() {
                h3 { (flow(&v.say("board.files"))) }
                (evidence(v, found, files, open))
            }
            @if let Some(last) = found.reminders.last().filter(|_| found.waits()) {
                @let office = found.loaded.office(v, last.row.from);
                @let schools = v.say_with("board.coordinate", &[("n", last.row.schools.to_string().into())]);
                (note(Tone::Below, Icon::Bell, html! {
                    (flow(&reminded(v, &office, last.stamp.recorded_at.thai_day())))
                    @if last.row.schools > 0 { br; (flow(&schools)) }
                    br; (flow(&last.row.text))
                }))
            }
        }
    })
}

/// What the organisation's approver can do.
fn approver(v: &Viewer, found: &Found, sent: &Sent<'_>) -> Markup {
    let Some(kept) = &found.record else {
        return html! {};
    };
    let state = kept.row.state;
    let version = found.version();
    let certifiable = state == StepState::Recorded;
    if !certifiable && state != StepState::Certified {
        return html! {};
    }
    let (fields, issues) = sent.of("return");
    let form = Form::new(v, "step.return", fields, issues);
    let word = match state {
        StepState::Certified => v.say("step.withdraw"),
        _ => v.say("step.return"),
    };
    Card::new(&v.say("board.approve")).show(html! {
        div.stack {
            @if certifiable {
                p { (flow(&v.say("board.approve.why"))) }
                (act_button(v, &found.below(v, "certify"), &v.say("step.certify"), &[("seen", &version)]))
            }
            details open[!issues.is_empty()] {
                summary { (flow(&word)) }
                (form.show(&found.below(v, "return"), &word, html! {
                    (form.hidden("seen", &version))
                    (form.lines("reason", 3))
                }))
            }
        }
    })
}

/// The schools below an agency: n/N by district, by state, and who they are.
fn below(v: &Viewer, found: &Found) -> Markup {
    let Some(board) = found.of_board() else {
        return html! {};
    };
    let only = board.parts.len() < 2
        || board
            .parts
            .iter()
            .all(|part| part.duty.organisation == found.organisation);
    if only {
        return html! {};
    }
    let (n, whole) = (board.n() as u64, board.of() as u64);
    let mut districts: BTreeMap<&str, Board> = BTreeMap::new();
    let mut states: BTreeMap<CellState, u64> = BTreeMap::new();
    for part in &board.parts {
        *states.entry(part.state).or_default() += 1;
        let text = found.loaded.texts.get(&part.duty.organisation);
        if let Some(code) = text.and_then(|text| text.district_dopa.as_deref()) {
            districts.entry(code).or_default().parts.push(*part);
        }
    }
    let late = board.days_late(found.loaded.today);
    html! {
        (Card::new(&v.say("board.below")).aside(state_pill(v, board.state(), late)).show(html! {
            div.stack {
                p { b.fig.num { (of(n, whole)) } " " (flow(&v.say("board.reported"))) }
                (bar("", n, whole, &of(n, whole)))
                dl.kv {
                    @for (state, count) in &states { dt { (state_pill(v, *state, None)) } dd { b { (count) } } }
                }
            }
        }))
        @if districts.len() > 1 {
            (Card::new(&v.say("board.by_district")).show(html! {
                dl.kv {
                    @for (code, cell) in &districts {
                        dt { (flow(&district(v, code))) }
                        dd { (of(cell.n() as u64, cell.of() as u64)) " " (bar("", cell.n() as u64, cell.of() as u64, &of(cell.n() as u64, cell.of() as u64))) }
                    }
                }
            }))
        }
        (Card::new(&v.say("board.who")).flush().show(rows(board.parts.iter().filter_map(|part| {
            let text = found.loaded.texts.get(&part.duty.organisation)?;
            let open = found.loaded.seen.contains(&part.duty.organisation);
            let late = (found.loaded.today - part.duty.due).get_days();
            Some(Line {
                mark: None,
                title: flow(&named(v, text)),
                href: open.then(|| cell_address(v, &text.code, found.item, Some(part.duty.period))),
                line: part.duty.period.quarter.map(|_| html! { (crate::ui::period(v.locale, part.duty.period)) }),
                aside: Some(state_pill(v, part.state, Some(late))),
            })
        }))))
        p.small.dim { (small_icon(Icon::Info)) " " (flow(&v.say("board.coordinates"))) }
    }
}
