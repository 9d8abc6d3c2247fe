//! The eight steps as knots on the golden thread.

use domain::locale::Locale;
use maud::{Markup, html};

use super::{Icon, flow, icon};

/// How far a step has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    /// Nothing is said about it.
    Unsaid,
    /// Done.
    Done,
    /// Under way.
    Now,
    /// Its time has not come.
    Later,
}

/// One of the eight steps.
#[derive(Debug, Clone)]
pub struct Step {
    /// 1 to 8.
    pub number: u8,
    /// What is done, in the province's own words.
    pub name: Markup,
    /// How far it has come.
    pub state: StepState,
    /// n/N, where something is counted.
    pub coverage: Option<Markup>,
}

/// The steps on their thread; vertical on a phone.
pub fn steps(locale: Locale, all: &[Step]) -> Markup {
    html! {
        ol.steps {
            @for step in all {
                @let (look, word) = match step.state {
                    StepState::Unsaid => ("", None),
                    StepState::Done => ("done", Some("ui.step.done")),
                    StepState::Now => ("now", Some("ui.step.now")),
                    StepState::Later => ("later", Some("ui.step.later")),
                };
                li class=[(!look.is_empty()).then_some(look)] {
                    span.knot aria-hidden="true" {
                        @if step.state == StepState::Done { (icon(Icon::Check)) } @else { (step.number) }
                    }
                    p.lbl {
                        span.sr { (locale.fill("ui.step", &[("n", i64::from(step.number).into())])) " " }
                        (step.name)
                        @if let Some(word) = word { span.sr { " (" (locale.text(word)) ")" } }
                    }
                    @if let Some(coverage) = &step.coverage { p.cov { (coverage) } }
                }
            }
        }
    }
}

/// A name of a step as running text.
impl Step {
    /// A step about whose progress nothing is said.
    pub fn named(number: u8, name: &str) -> Self {
        Self {
            number,
            name: flow(name),
            state: StepState::Unsaid,
            coverage: None,
        }
    }
}
