//! States: always colour, icon and word. Zero, missing, not applicable and not yet due never look alike.

use domain::issue::Severity;
use domain::link::LinkState;
use domain::locale::Locale;
use domain::plan::EditionState;
use domain::provenance::Certainty;
use maud::{Markup, html};

use super::{Icon, flow, icon};

/// The look of a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Reached, approved.
    Ok,
    /// Below the target.
    Below,
    /// At risk, should be repaired.
    Risk,
    /// Critical, must be repaired, late.
    Crit,
    /// Information.
    Info,
    /// Proposed: a thread that does not count yet.
    Gold,
    /// Neutral.
    Mute,
    /// A reported zero.
    Zero,
    /// No value.
    Missing,
    /// Not applicable.
    NotApplicable,
    /// Not yet due.
    Waiting,
}

impl Tone {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Tone::Ok => "ok",
            Tone::Below => "below",
            Tone::Risk => "risk",
            Tone::Crit => "crit",
            Tone::Info => "info",
            Tone::Gold => "gold",
            Tone::Mute => "mute",
            Tone::Zero => "zero",
            Tone::Missing => "miss",
            Tone::NotApplicable => "na",
            Tone::Waiting => "wait",
        }
    }
}

/// A pill with icon and word.
pub fn pill(tone: Tone, drawing: Icon, word: &str) -> Markup {
    html! { span class={ "st " (tone.class()) } { (icon(drawing)) span { (flow(word)) } } }
}

/// What a place for a value holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueState {
    /// A figure: it is shown itself, not its state.
    Value,
    /// A reported zero: counted.
    Zero,
    /// No figure though one is due: n falls, N stays.
    Missing,
    /// Does not apply: out of N.
    NotApplicable,
    /// Not yet due: out of N until then.
    NotDue,
    /// A public figure about fewer than ten people.
    Withheld,
}

impl ValueState {
    /// All of them, for legends.
    pub const ALL: &'static [Self] = &[
        Self::Value,
        Self::Zero,
        Self::Missing,
        Self::NotApplicable,
        Self::NotDue,
        Self::Withheld,
    ];

    /// Tone, icon and key of the word.
    pub(super) const fn look(self) -> (Tone, Icon, &'static str) {
        match self {
            Self::Value => (Tone::Ok, Icon::OkCircle, "ui.value.value"),
            Self::Zero => (Tone::Zero, Icon::Zero, "ui.value.zero"),
            Self::Missing => (Tone::Missing, Icon::Dashed, "ui.value.missing"),
            Self::NotApplicable => (
                Tone::NotApplicable,
                Icon::Slashed,
                "ui.value.not_applicable",
            ),
            Self::NotDue => (Tone::Waiting, Icon::Clock, "ui.value.not_due"),
            Self::Withheld => (Tone::Mute, Icon::Lock, "ui.value.withheld"),
        }
    }
}

/// The state of a value as a pill.
pub fn value_state(locale: Locale, state: ValueState) -> Markup {
    let (tone, drawing, key) = state.look();
    pill(tone, drawing, &locale.text(key))
}

/// How a value stands against the target of its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Achievement {
    /// At or above the target.
    Reached,
    /// Below, but near.
    Below,
    /// Below, at risk.
    Risk,
    /// Far below.
    Critical,
    /// Cannot be judged: no target, no value, or too few.
    Unknown,
}

impl Achievement {
    /// All of them, for legends.
    pub const ALL: &'static [Self] = &[
        Self::Reached,
        Self::Below,
        Self::Risk,
        Self::Critical,
        Self::Unknown,
    ];
}

/// The achievement as a pill.
pub fn achievement(locale: Locale, at: Achievement) -> Markup {
    let (tone, drawing, key) = match at {
        Achievement::Reached => (Tone::Ok, Icon::OkCircle, "ui.achievement.reached"),
        Achievement::Below => (Tone::Below, Icon::Lower, "ui.achievement.below"),
        Achievement::Risk => (Tone::Risk, Icon::Triangle, "ui.achievement.risk"),
        Achievement::Critical => (Tone::Crit, Icon::Octagon, "ui.achievement.critical"),
        Achievement::Unknown => (Tone::Mute, Icon::Question, "ui.achievement.unknown"),
    };
    pill(tone, drawing, &locale.text(key))
}

/// Tone, icon and key of the word of a severity.
pub(super) const fn severity_look(severity: Severity) -> (Tone, Icon, &'static str) {
    match severity {
        Severity::Error => (Tone::Crit, Icon::Octagon, "ui.severity.error"),
        Severity::Warning => (Tone::Risk, Icon::Triangle, "ui.severity.warning"),
        Severity::Advice => (Tone::Info, Icon::Info, "ui.severity.advice"),
    }
}

/// How much a finding matters, as a pill.
pub fn severity(locale: Locale, severity: Severity) -> Markup {
    let (tone, drawing, key) = severity_look(severity);
    pill(tone, drawing, &locale.text(key))
}

/// Whether a link counts.
pub fn link_state(locale: Locale, state: LinkState) -> Markup {
    let (tone, drawing) = match state {
        LinkState::Proposed => (Tone::Gold, Icon::Pen),
        LinkState::Approved => (Tone::Ok, Icon::OkCircle),
        LinkState::Rejected => (Tone::Mute, Icon::Unlink),
    };
    pill(tone, drawing, &locale.text(&format!("ui.link.{state}")))
}

/// The state of an edition of a plan.
pub fn edition_state(locale: Locale, state: EditionState) -> Markup {
    let (tone, drawing) = match state {
        EditionState::Draft => (Tone::Mute, Icon::Pen),
        EditionState::InReview => (Tone::Info, Icon::Half),
        EditionState::Approved => (Tone::Ok, Icon::OkCircle),
        EditionState::Published => (Tone::Ok, Icon::FileCheck),
        EditionState::Superseded => (Tone::Missing, Icon::History),
    };
    pill(tone, drawing, &locale.text(&format!("ui.edition.{state}")))
}

/// How sure a restated fact is.
pub fn certainty(locale: Locale, certainty: Certainty) -> Markup {
    let (tone, drawing) = match certainty {
        Certainty::Seen => (Tone::Ok, Icon::FileCheck),
        Certainty::Recalled => (Tone::Below, Icon::Question),
        Certainty::Proposal => (Tone::Gold, Icon::Bulb),
        Certainty::Entered => (Tone::Ok, Icon::User),
    };
    pill(
        tone,
        drawing,
        &locale.text(&format!("ui.certainty.{certainty}")),
    )
}

impl ValueState {
    /// Key of the sentence that says what the state means in totals.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Value => "ui.value.value.meaning",
            Self::Zero => "ui.value.zero.meaning",
            Self::Missing => "ui.value.missing.meaning",
            Self::NotApplicable => "ui.value.not_applicable.meaning",
            Self::NotDue => "ui.value.not_due.meaning",
            Self::Withheld => "ui.value.withheld.meaning",
        }
    }
}
