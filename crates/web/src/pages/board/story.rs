//! How a cell came to be as it is: every version of its record with its files, what was asked and answered, the reminders.

use domain::file::File;
use domain::inquiry::{Inquiry, InquiryState};
use domain::reminder::Reminder;
use domain::step::{StepFile, StepRecord, StepState};
use domain::time::Moment;
use maud::{Markup, html};
use store::{Kept, Store};

use super::found::Found;
use super::words::{record_pill, reminded, said};
use crate::ui::{Card, Event, Icon, Tone, flow, pill, short_day, timeline};
use crate::{Error, Viewer};

/// Everything that happened in a cell.
pub(super) struct Story {
    record: Vec<Kept<StepRecord>>,
    inquiries: Vec<Kept<Inquiry>>,
    links: Vec<Kept<StepFile>>,
    files: Vec<File>,
}

impl Story {
    /// Reads it.
    pub async fn of(store: &Store, found: &Found) -> Result<Self, Error> {
        let mut story = Self {
            record: Vec::new(),
            inquiries: Vec::new(),
            links: Vec::new(),
            files: Vec::new(),
        };
        let Some(kept) = &found.record else {
            return Ok(story);
        };
        story.record = store::history::<StepRecord>(store, kept.row.id).await?;
        for inquiry in &found.inquiries {
            let versions = store::history::<Inquiry>(store, inquiry.row.id).await?;
            story.inquiries.extend(versions);
        }
        story.links = store::steps::files_ever(store, kept.row.id).await?;
        let ids: Vec<_> = story.links.iter().map(|link| link.row.file).collect();
        story.files = store::files::about(store, &ids).await?;
        Ok(story)
    }

    /// The files that prove the record as it stands.
    pub fn evidence(&self) -> Vec<File> {
        self.those(|link| link.stamp.ended_at.is_none() && link.row.inquiry.is_none())
    }

    /// The files that came with the last answer to an inquiry.
    pub fn answer(&self, inquiry: &Kept<Inquiry>) -> Vec<File> {
        let at = inquiry.stamp.recorded_at;
        self.those(|link| link.row.inquiry == Some(inquiry.row.id) && link.stamp.recorded_at == at)
    }

    fn those(&self, fits: impl Fn(&Kept<StepFile>) -> bool) -> Vec<File> {
        let links: Vec<_> = self.links.iter().filter(|link| fits(link)).collect();
        let meant = |file: &&File| links.iter().any(|link| link.row.file == file.id);
        self.files.iter().filter(meant).cloned().collect()
    }

    fn names(&self, fits: impl Fn(&Kept<StepFile>) -> bool) -> String {
        let files = self.those(fits);
        let names: Vec<&str> = files.iter().map(|file| &*file.name).collect();
        names.join(", ")
    }

    /// The story as a card, the latest first; nothing where nothing happened.
    pub fn show(&self, v: &Viewer, found: &Found) -> Markup {
        let mut events: Vec<Event> = Vec::new();
        let mut before: Option<&StepRecord> = None;
        for kept in &self.record {
            let files = self.of_files(v, kept);
            let what = match (before == Some(&kept.row), &files) {
                (false, files) => Some(
                    html! { (of_record(v, found, kept)) @if let Some(files) = files { (files) } },
                ),
                (true, Some(files)) => Some(html! { (by(kept.stamp.provenance.as_ref())) (files) }),
                // It says the same again, as an answer to what was asked: that is told where it was asked.
                (true, None) => None,
            };
            let at = kept.stamp.recorded_at;
            events.extend(what.map(|what| Event { at, what }));
            before = Some(&kept.row);
        }
        for kept in &self.inquiries {
            events.push(Event {
                at: kept.stamp.recorded_at,
                what: self.of_inquiry(v, found, kept),
            });
        }
        for kept in &found.reminders {
            events.push(Event {
                at: kept.stamp.recorded_at,
                what: of_reminder(v, found, kept),
            });
        }
        events.sort_by_key(|event| std::cmp::Reverse(event.at));
        html! {
            @if !events.is_empty() {
                (Card::new(&v.say("board.history")).show(timeline(v.locale, &events)))
            }
        }
    }

    /// The files that came or went with a version of the record.
    fn of_files(&self, v: &Viewer, kept: &Kept<StepRecord>) -> Option<Markup> {
        let at: Moment = kept.stamp.recorded_at;
        let own = |link: &Kept<StepFile>| link.row.inquiry.is_none();
        let added = self.names(|link| own(link) && link.stamp.recorded_at == at);
        let taken = self.names(|link| own(link) && link.stamp.ended_at == Some(at));
        let line = |key: &str, names: String| {
            let words = v.say_with(key, &[("files", names.into())]);
            html! { p { (flow(&words)) } }
        };
        (!added.is_empty() || !taken.is_empty()).then(|| {
            html! {
                @if !added.is_empty() { (line("board.attached", added)) }
                @if !taken.is_empty() { (line("board.detached", taken)) }
            }
        })
    }

    fn of_inquiry(&self, v: &Viewer, found: &Found, kept: &Kept<Inquiry>) -> Markup {
        let inquiry = &kept.row;
        let office = found.loaded.office(v, inquiry.from);
        let files = self.answer(kept);
        html! {
            (inquiry_pill(v, inquiry.state)) " " (by(kept.stamp.provenance.as_ref()))
            @match inquiry.state {
                InquiryState::Asked => {
                    p { b { (flow(&v.say_with("board.asks", &[("office", office.into())]))) } " " (flow(&inquiry.wanted)) }
                    @if let Some(due) = inquiry.due { p.small { (flow(&v.say("step.ask.due"))) "\u{a0}" (short_day(v.locale, due)) } }
                }
                InquiryState::Answered => {
                    @match &inquiry.answer {
                        Some(words) => p { (flow(words)) },
                        None if files.is_empty() => p { (flow(&v.say("board.answered_by_record"))) },
                        None => {}
                    }
                    @for file in &files { p.small { a href=(v.to(&format!("/files/{}", file.id))) { (file.name) } } }
                }
                InquiryState::Closed => {}
            }
        }
    }
}

fn by(known: Option<&domain::provenance::Provenance>) -> Markup {
    html! { @if let Some(known) = known { b { (known.source) } } }
}

fn of_record(v: &Viewer, found: &Found, kept: &Kept<StepRecord>) -> Markup {
    html! {
        (record_pill(v, kept.row.state)) " " (by(kept.stamp.provenance.as_ref()))
        @if kept.row.on_behalf.is_some() && kept.row.state == StepState::Drafted {
            " · " (flow(&v.say("board.on_behalf")))
        }
        (said(v, &found.duties, &kept.row))
    }
}

fn of_reminder(v: &Viewer, found: &Found, kept: &Kept<Reminder>) -> Markup {
    let office = found.loaded.office(v, kept.row.from);
    let on = kept.stamp.recorded_at.thai_day();
    let schools = v.say_with(
        "board.coordinate",
        &[("n", kept.row.schools.to_string().into())],
    );
    html! {
        (pill(Tone::Gold, Icon::Bell, &v.say("board.reminder"))) " " (by(kept.stamp.provenance.as_ref()))
        p { (flow(&reminded(v, &office, on))) }
        @if kept.row.schools > 0 { p { (flow(&schools)) } }
        p { (flow(&kept.row.text)) }
    }
}

/// How far an inquiry has come, as a pill.
pub(super) fn inquiry_pill(v: &Viewer, state: InquiryState) -> Markup {
    let (tone, icon) = match state {
        InquiryState::Asked => (Tone::Below, Icon::Question),
        InquiryState::Answered => (Tone::Info, Icon::Half),
        InquiryState::Closed => (Tone::Ok, Icon::Check),
    };
    pill(tone, icon, &v.say(&format!("board.inquiry.{state}")))
}
