//! The form of share, rank and reason, for a joint that is proposed and for one that is changed.

use actions::links::Given;
use domain::issue::{Issue, Issues, Place};
use domain::link::LinkState;
use domain::locale::Locale;
use domain::share::{NoPercentage, Share};
use maud::{Markup, html};

use super::lower::Standing;
use crate::Viewer;
use crate::form::Fields;
use crate::ui::{Card, Form, Icon, Kind, Tone, exact_share, flow, note};

/// The words of the form stand under this key.
pub const WORDS: &str = "joint.form";

/// What was typed, or everything that cannot be read; a share of nothing the act itself refuses.
pub fn typed(v: &Viewer, fields: &Fields) -> Result<Given, Issues> {
    let at = |field: &str| Place::Field {
        field: field.to_owned(),
    };
    let share = match Share::of_percent(fields.text("share")) {
        Ok(share) => share,
        Err(wrong) => {
            let code = match wrong {
                NoPercentage::Unreadable => "link.share_unreadable",
                NoPercentage::OutOfRange => "link.share_beyond_whole",
            };
            let mut issues = vec![Issue::error(at("share"), code)];
            if fields.given("reason").is_none() {
                issues.push(Issue::error(at("reason"), "link.reason_needed"));
            }
            return Err(issues);
        }
    };
    Ok(Given {
        share,
        primary: fields.ticked("primary"),
        reason: fields.text("reason").to_owned(),
        language: v.locale,
    })
}

/// The fields of a form before anybody typed.
pub fn filled(share: Option<Share>, primary: bool, reason: &str) -> Fields {
    let share = share.map(Share::percent).unwrap_or_default();
    let tick = primary.then(|| ("primary", "1".to_owned()));
    let text = [("share", share), ("reason", reason.to_owned())];
    Fields::of(text.into_iter().chain(tick))
}

/// The reason with which a form begins: a proposal is changed from its own, a decision says anew why.
pub fn reason_of(v: &Viewer, stands: &Standing) -> String {
    let words = &stands.words;
    let reason = match (stands.terms.state, v.locale) {
        (LinkState::Approved, _) => None,
        (_, Locale::Th) => words.reason_th.clone(),
        (_, Locale::En) => words.reason_en.clone(),
    };
    reason.unwrap_or_default()
}

/// What a form is about.
pub struct Asking<'a> {
    /// Where it is sent.
    pub to: &'a str,
    /// The key of the word of its button.
    pub button: &'a str,
    /// What is left of the whole in this edition.
    pub left: Share,
    /// How it stands, where it is changed.
    pub stands: Option<&'a Standing>,
}

/// The form.
pub fn form(v: &Viewer, asking: &Asking<'_>, fields: &Fields, issues: &[Issue]) -> Markup {
    let f = Form::new(v, WORDS, fields, issues);
    let left = exact_share(v.locale, asking.left);
    let left = v.say_with("page.joint.left", &[("share", left.into())]);
    let state = asking.stands.map(|stands| stands.terms.state);
    let approved = state == Some(LinkState::Approved);
    // Being named first is given to another one, not given up.
    let first = approved && asking.stands.is_some_and(|stands| stands.terms.primary);
    let body = f.show(asking.to, &v.say(asking.button), html! {
        @if let Some(stands) = asking.stands { (f.hidden("seen", &stands.stamp.version.to_string())) }
        @if approved { (note(Tone::Info, Icon::Info, flow(&v.say("page.joint.stays_approved")))) }
        (f.text("share", Kind::Decimal))
        @if first {
            (f.hidden("primary", "1"))
            p.small { (flow(&v.say("page.joint.is_primary"))) }
        } @else { (f.tick("primary")) }
        (f.lines("reason", 3))
    });
    Card::new(&v.say("page.joint.terms"))
        .line(flow(&left))
        .show(body)
}
