//! One line of a sitting: what is chosen by its box, what serves what, and what stands against it.

use actions::links::Between;
use actions::live::Now;
use domain::ids::{NodeId, ProjectId};
use domain::issue::Issue;
use domain::link::LinkState;
use domain::names::Name;
use maud::{Markup, html};
use uuid::Uuid;

use super::waiting::{Below, Waiting};
use crate::data::{
    allotted, money_or_missing, node_address, node_name, organisation_name, project_address,
};
use crate::pages::joints::row::plan_and_label;
use crate::ui::{Icon, exact_share, flow, icon, link_state, name, small_icon};
use crate::{Error, Viewer};

/// What the box of a line sends back: kind, the two ends, and the version that was seen.
pub(super) fn written(between: Between, version: &str) -> String {
    match between {
        Between::Link(project, node) => format!("link:{project}:{node}:{version}"),
        Between::Alignment(from, to) => format!("alignment:{from}:{to}:{version}"),
    }
}

/// A line as it came back, unless somebody wrote it by hand.
pub(super) fn read(value: &str) -> Option<(Between, Option<Uuid>)> {
    let mut parts = value.split(':');
    let kind = parts.next()?;
    let mut id = || parts.next()?.parse::<Uuid>().ok();
    let (below, node) = (id()?, NodeId::from(id()?));
    let seen = match parts.next()? {
        "" => None,
        version => Some(version.parse().ok()?),
    };
    let between = match kind {
        "link" => Between::Link(ProjectId::from(below), node),
        "alignment" => Between::Alignment(NodeId::from(below), node),
        _ => return None,
    };
    Some((between, seen))
}

/// A line of the page.
pub(super) struct Shown {
    line: Waiting,
    ticked: bool,
    /// Its number among those that were sent, and what stands against it.
    problem: Option<(usize, Issue)>,
}

impl Shown {
    /// One that waits.
    pub fn waiting(line: Waiting, ticked: bool, problem: Option<(usize, Issue)>) -> Self {
        Self {
            line,
            ticked,
            problem,
        }
    }

    /// One that was sent and no longer waits.
    pub async fn gone(
        v: &Viewer,
        between: Between,
        problem: (usize, Issue),
    ) -> Result<Option<Self>, Error> {
        let line = Waiting::of(v, between).await?;
        Ok(line.map(|line| Self {
            line,
            ticked: false,
            problem: Some(problem),
        }))
    }

    /// Its number among those that were sent.
    pub fn at(&self) -> usize {
        self.problem.as_ref().map_or(usize::MAX, |(at, _)| *at)
    }

    /// What serves, by its name, whose it is, and the page where all of it stands.
    fn below(&self, v: &Viewer, now: &Now) -> (Markup, Markup, Option<String>) {
        match &self.line.below {
            Below::Project(project, text) => {
                let called = Name {
                    code: text.code.clone(),
                    name_th: text.title.clone(),
                    ..Name::default()
                };
                let whose = html! { (organisation_name(v, now, project.owner)) " · " (money_or_missing(v, allotted(now, project.id))) };
                let page = project_address(v, now, &called, project.id);
                (name(v.locale, &text.title, None), whose, page)
            }
            Below::Element(id) => {
                let plan = flow(&plan_and_label(v, now, *id));
                let page = now.plan_of_node(*id).zip(now.names.nodes.get(id));
                let page = page.map(|(plan, name)| v.to_node(&plan.code, &name.code));
                (node_name(v, now, *id), plan, page)
            }
        }
    }

    /// The line; a box where it may still be chosen.
    pub fn show(&self, v: &Viewer, now: &Now) -> Markup {
        let line = &self.line;
        let state = line.stands.as_ref().map(|it| it.terms.state);
        let open = state.is_none_or(|state| state == LinkState::Proposed);
        // The summary of what is wrong leads to the line it speaks of.
        let id = match &self.problem {
            Some((at, _)) => format!("f-line-{at}"),
            None => match line.between {
                Between::Link(below, node) => format!("p-{below}-{node}"),
                Between::Alignment(below, node) => format!("p-{below}-{node}"),
            },
        };
        let problem = self.problem.as_ref().map(|(at, _)| format!("e-line-{at}"));
        let (title, whose, page) = self.below(v, now);
        let share = line.stands.as_ref().map(|it| {
            let share = exact_share(v.locale, it.terms.share);
            v.say_with("page.links.share", &[("share", share.into())])
        });
        let why = line.stands.as_ref().map(|it| {
            let reason = it.words.reason_th.as_deref().unwrap_or_default();
            name(v.locale, reason, it.words.reason_en.as_deref())
        });
        html! {
            li {
                @if open {
                    input type="checkbox" id=(id) name="line" value=(line.value()) checked[self.ticked] aria-describedby=[&problem];
                } @else { span id=(id) tabindex="-1" { (icon(Icon::Lock)) } }
                div {
                    @if open { label for=(id) { b { (title) } } } @else { b { (title) } }
                    p { (whose) }
                    p {
                        span.dim { (flow(&plan_and_label(v, now, line.node))) } " "
                        @if let Some(to) = node_address(v, now, line.node) { a href=(to) { (node_name(v, now, line.node)) } } @else { (node_name(v, now, line.node)) }
                    }
                    @if let (Some(share), Some(why)) = (&share, &why) { p.dim { (flow(share)) " · " (why) } }
                    @if !line.words.is_empty() { p.dim { (flow(&v.say("page.suggest.words"))) " " span lang="th" { (line.words.join(" · ")) } } }
                    @if let (Some((_, issue)), Some(id)) = (&self.problem, &problem) {
                        div.err-t id=(id) { (small_icon(Icon::Octagon)) span { (flow(&v.locale.issue(issue))) } }
                    }
                }
                div.stack-s {
                    div {
                        @match state {
                            Some(state) => (link_state(v.locale, state)),
                            None => span.st { (icon(Icon::Bulb)) (flow(&v.say("page.links.suggested"))) },
                        }
                    }
                    @if let Some(href) = page { div { a.small href=(href) { (flow(&v.say(match line.between {
                        Between::Link(..) => "page.links.thread",
                        Between::Alignment(..) => "page.links.element",
                    }))) } } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_comes_back_as_it_was_written() {
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let version = Uuid::from_u128(3);
        for between in [
            Between::Link(one.into(), other.into()),
            Between::Alignment(one.into(), other.into()),
        ] {
            let value = written(between, &version.to_string());
            assert_eq!(read(&value), Some((between, Some(version))));
            assert_eq!(read(&written(between, "")), Some((between, None)));
        }
        for wrong in ["", "link", "link:1:2:", "plan:a:b:c", "link:::"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
