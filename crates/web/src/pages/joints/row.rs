//! A link or an alignment as a line of a list: state, share, reason and decision, and for who may, the way to decide on
//! it or to change it.

use actions::live::Now;
use actions::permission::On;
use domain::ids::{NodeId, OrganisationId};
use domain::link::LinkState;
use domain::permission::Act;
use maud::{Markup, html};

use super::Refused;
use super::desk::Desk;
use super::lower::Standing;
use crate::Viewer;
use crate::data::{node_address, node_label, node_name};
use crate::form::Fields;
use crate::reach::reaches;
use crate::ui::{
    Form, Icon, Tone, certainty, exact_share, flow, link_state, name, pill, secret, small_button,
};

/// What the reader may do to the links of a project or to the alignments of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct May {
    /// See who decided: names of accounts are not public.
    pub see: bool,
    /// Propose, and change what is proposed.
    pub propose: bool,
    /// Decide, and change what is approved.
    pub decide: bool,
}

impl May {
    /// Of what one owner, or a province without one, has: asked of the database; the public may nothing.
    pub async fn of(v: &Viewer, on: On<'_>) -> Self {
        if v.signed_in().is_none() {
            return Self::default();
        }
        Self {
            see: v.allows(Act::See, on).await.is_ok(),
            propose: v.allows(Act::ProposeLink, on).await.is_ok(),
            decide: v.allows(Act::DecideLink, on).await.is_ok(),
        }
    }

    /// The same asked of the snapshot, for many owners at once; only whether names are shown.
    pub fn only_see(
        v: &Viewer,
        now: &Now,
        owner: Option<OrganisationId>,
        province: Option<&str>,
    ) -> Self {
        Self {
            see: reaches(v, now, Act::See, owner, province),
            ..Self::default()
        }
    }
}

/// A list of them; what can be done stands below the words of each.
pub fn list(lines: impl IntoIterator<Item = Markup>) -> Markup {
    html! { ul.rows { @for line in lines { li { div {} div.stack-s { (line) } } } } }
}

/// One that stands, from below, with what may be done to it and the form that was just refused open again.
pub fn row(
    v: &Viewer,
    now: &Now,
    desk: &Desk,
    stands: &Standing,
    (may, refused): (May, Option<Refused<'_>>),
) -> Markup {
    html! {
        (end(v, now, stands, stands.node, may))
        (acts(v, desk, stands, may, refused))
    }
}

/// The same where nothing can be done to it, such as from the other end: to which node it leads, and what is known of it.
pub fn end(v: &Viewer, now: &Now, stands: &Standing, node: NodeId, may: May) -> Markup {
    let title = html! { (flow(&plan_and_label(v, now, node))) " " (node_name(v, now, node)) };
    html! {
        div.tt { @if let Some(href) = node_address(v, now, node) { a href=(href) { (title) } } @else { (title) } }
        p { (facts(v, stands, may)) }
    }
}

/// "SDG4 เป้าหมายย่อย 4.1": an element with the plan in which it stands.
pub fn plan_and_label(v: &Viewer, now: &Now, node: NodeId) -> String {
    let plan = now.plan_of_node(node).map_or("", |plan| &plan.code);
    format!("{plan} {}", node_label(v, now, node))
}

/// State and rank as pills, then why, the share and the decision.
fn facts(v: &Viewer, stands: &Standing, may: May) -> Markup {
    let (terms, words) = (stands.terms, &stands.words);
    let share = exact_share(v.locale, terms.share);
    let share = v.say_with("page.links.share", &[("share", share.into())]);
    let why = name(
        v.locale,
        words.reason_th.as_deref().unwrap_or_default(),
        words.reason_en.as_deref(),
    );
    let decided = match (&words.decided_by, may.see) {
        (Some(by), true) => v.say_with("page.links.decided", &[("by", by.as_str().into())]),
        _ => v.say("page.links.decided_by_somebody").into_owned(),
    };
    html! {
        (link_state(v.locale, terms.state))
        @if terms.primary && terms.state != LinkState::Rejected { " " (pill(Tone::Info, Icon::Thread, &v.say("page.links.primary"))) }
        br;
        (why) br;
        (flow(&share))
        @if let Some(why) = &words.decided_why { " · " (flow(&decided)) " " (flow(why)) }
        @if let Some(source) = &stands.stamp.provenance { " " (certainty(v.locale, source.certainty)) }
    }
}

/// What may be done: decide, change, propose again.
fn acts(
    v: &Viewer,
    desk: &Desk,
    stands: &Standing,
    may: May,
    refused: Option<Refused<'_>>,
) -> Markup {
    let (state, node) = (stands.terms.state, stands.node);
    let (change, again) = match state {
        LinkState::Proposed => (may.propose, false),
        LinkState::Approved => (may.decide, false),
        LinkState::Rejected => (false, may.propose),
    };
    html! {
        @if change { div.row { (small_button(&desk.to_change(node), &v.say("page.links.change"))) } }
        @if again { div.row { (small_button(&desk.to_propose(node), &v.say("page.links.again"))) } }
        @if may.decide { (decide(v, &desk.to_decide(node), stands, refused)) }
    }
}

/// Approving and rejecting with a reason; the decision that stands already is not offered.
fn decide(v: &Viewer, to: &str, stands: &Standing, refused: Option<Refused<'_>>) -> Markup {
    let empty = Fields::default();
    let (fields, issues) = match refused {
        Some(refused) if refused.node == stands.node => (refused.fields, refused.issues),
        _ => (&empty, &[][..]),
    };
    let form = Form::new(v, "page.decide", fields, issues);
    // The summary of what is wrong leads to the field of this one form.
    let field = match issues {
        [] => format!("r-{}", stands.node),
        _ => "f-reason".to_owned(),
    };
    let offered = |state: LinkState| stands.terms.state != state;
    let no = match stands.terms.state {
        LinkState::Approved => "page.decide.withdraw",
        _ => "page.decide.reject",
    };
    html! {
        details open[!issues.is_empty()] {
            summary { (flow(&v.say("page.decide.open"))) }
            form.stack method="post" action=(to) novalidate {
                (form.summary())
                (secret(v))
                (form.hidden("seen", &stands.stamp.version.to_string()))
                div.f {
                    label for=(field) { (flow(&v.say("page.decide.reason"))) }
                    input.in id=(field) name="reason" type="text" value=(fields.text("reason"));
                }
                div.row {
                    // The first button is the one that the enter key presses.
                    @if offered(LinkState::Approved) { button.btn.btn-s.btn-p type="submit" name="decision" value="approve" { (flow(&v.say("page.decide.approve"))) } }
                    @if offered(LinkState::Rejected) { button.btn.btn-s type="submit" name="decision" value="reject" { (flow(&v.say(no))) } }
                }
            }
        }
    }
}
