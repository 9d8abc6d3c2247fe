//! What happened when, and what changed.

use domain::locale::Locale;
use domain::time::Moment;
use maud::{Markup, html};

use super::{Icon, flow, moment, small_icon};

/// One event.
#[derive(Debug, Clone)]
pub struct Event {
    /// What happened, with whom.
    pub what: Markup,
    /// When.
    pub at: Moment,
}

/// Events, the latest first as the caller gives them.
pub fn timeline(locale: Locale, events: &[Event]) -> Markup {
    html! { ol.tl { @for event in events { li { (event.what) time { (moment(locale, event.at)) } } } } }
}

/// An old value and the new one.
pub fn change(old: &str, new: &str) -> Markup {
    html! { span.row { del { (flow(old)) } (small_icon(Icon::Arrow)) ins { (flow(new)) } } }
}
