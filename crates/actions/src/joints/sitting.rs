//! Many links and alignments decided in one sitting: proposals, and suggestions that nobody proposed yet, together or
//! not at all.

use super::{
    Decision, Joined,
    beside::{Beside, joint},
    changed_since_seen, not_proposed, proposed_for, reason,
};
use crate::{
    Ctx, Error,
    act::{Done, Told, Trail, perform},
    permission::Allowed,
    whose::Whose,
};
use domain::{
    ids::{NodeId, ProjectId},
    issue::{Issue, Issues, Place},
    joint::Terms,
    link::{Link, LinkState},
    locale::Locale,
    permission::Act,
    plan::Alignment,
    time::Moment,
};
use serde_json::Value;
use store::{Read, Reason, Store, Tx};
use uuid::Uuid;

/// What a line of a sitting joins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Between {
    /// A project and what it is linked to.
    Link(ProjectId, NodeId),
    /// An element of a plan and the one above that it serves.
    Alignment(NodeId, NodeId),
}

/// One line of a sitting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// The two ends.
    pub between: Between,
    /// The version that the person had before them; `None` = a suggestion, no link yet.
    pub seen: Option<Uuid>,
    /// What to do with it.
    pub decision: Decision,
}

impl Line {
    async fn whose(&self, read: &impl Read) -> Result<Whose, Error> {
        match self.between {
            Between::Link(project, _) => Link::whose(read, project).await,
            Between::Alignment(from, _) => Alignment::whose(read, from).await,
        }
    }
}

/// The most lines of one sitting: a person can still look at as many.
pub const MOST: usize = 200;

/// Decides on many links and alignments with one reason, in one transaction and one event: all of them, or none and
/// everything that stands against it. All lines must be on one trail, that of the first one's province. Gives how many
/// were recorded.
///
/// An approved suggestion becomes a link with what is left of the project's whole in that edition.
///
/// # Errors
/// [`Error::Invalid`] with one issue per line that cannot be decided so: somebody changed it since it was seen, its
/// ends do not stand, the approved shares would exceed the whole; without a reason, without lines, or with too many.
pub async fn sitting(
    store: &Store,
    ctx: &mut Ctx,
    lines: &[Line],
    why: &str,
    language: Locale,
) -> Result<usize, Error> {
    let trail = trail_of(store, lines).await?;
    perform(store, ctx, Trail::Own(&trail), async |tx, ctx, moment| {
        let mut issues = Issues::new();
        let why = reason(why).map_err(|issue| issues.push(issue));
        let words = why.as_deref().unwrap_or_default();
        let (mut links, mut alignments) = (Vec::new(), Vec::new());
        let mut right: Option<Allowed> = None;
        for (line, at) in lines.iter().zip(0..) {
            let whose = line.whose(tx).await?;
            let by = whose.may(tx, ctx, Act::DecideLink, moment).await?;
            right.get_or_insert(by);
            let given = Together {
                line,
                why: words,
                language,
                moment,
            };
            let (told, done) = match line.between {
                Between::Link(project, node) => (
                    &mut links,
                    one::<Link>(tx, ctx, given, (project, node)).await,
                ),
                Between::Alignment(from, to) => (
                    &mut alignments,
                    one::<Alignment>(tx, ctx, given, (from, to)).await,
                ),
            };
            match done {
                Ok(one) => told.extend(one),
                Err(Error::Invalid(wrong)) => {
                    issues.extend(wrong.into_iter().map(|issue| on_line(issue, at)))
                }
                Err(Error::NotFound(issue) | Error::Stale(issue)) => {
                    issues.push(on_line(*issue, at))
                }
                Err(other) => return Err(other),
            }
        }
        if !issues.is_empty() {
            return Err(Error::Invalid(issues));
        }
        let recorded = links.len() + alignments.len();
        let payload =
            serde_json::json!({ "links": links, "alignments": alignments, "reason": words });
        let event = right.filter(|_| recorded > 0).map(|by| Told {
            by,
            act: "link.sitting",
            subject: ("province", trail.clone()),
            payload,
        });
        Ok(Done {
            answer: recorded,
            event,
        })
    })
    .await
}

/// The one trail on which all lines are told.
async fn trail_of(store: &Store, lines: &[Line]) -> Result<String, Error> {
    let refused = |issue: Issue| Error::Invalid(vec![issue]);
    let whole = |code| Issue::error(Place::Whole, code);
    let first = lines
        .first()
        .ok_or_else(|| refused(whole("link.sitting_empty")))?;
    if lines.len() > MOST {
        let issue = whole("link.sitting_too_long");
        return Err(refused(issue.with("most", MOST as i64)));
    }
    let trail = first.whose(store).await?.trail().to_owned();
    for line in lines {
        if line.whose(store).await?.trail() != trail {
            return Err(refused(whole("link.sitting_of_several_provinces")));
        }
    }
    Ok(trail)
}

/// The place of a line's problem: its field in the form.
fn on_line(mut issue: Issue, line: usize) -> Issue {
    issue.at = Place::Field {
        field: format!("line-{line}"),
    };
    issue
}

/// A line with what is said of all of them.
struct Together<'a> {
    line: &'a Line,
    why: &'a str,
    language: Locale,
    moment: Moment,
}

/// Records one line at once, so that the next one of the same project sees what it takes of the whole. Gives what the
/// trail tells, or nothing: a suggestion that is set aside leaves no trace.
async fn one<J: Joined>(
    tx: &Tx,
    ctx: &mut Ctx,
    given: Together<'_>,
    (below, node): (J::Below, NodeId),
) -> Result<Option<Value>, Error> {
    let line = given.line;
    let end = super::served(tx, node).await?;
    let beside = Beside::<J>::of(tx, below, &end).await?;
    let standing = beside.to(node);
    let (before, mut words) = match (standing, line.seen) {
        (Some(kept), seen) if Some(kept.stamp.version) != seen => {
            return Err(changed_since_seen::<J>(kept));
        }
        (Some(kept), _) => {
            let (_, words): (J, Reason) = kept.row.clone().into();
            (joint::<J>(kept), words)
        }
        (None, Some(_)) => return Err(not_proposed()),
        (None, None) if line.decision == Decision::Reject => return Ok(None),
        (None, None) => {
            let terms = Terms {
                share: beside.left()?,
                primary: false,
                state: LinkState::Proposed,
            };
            let new = J::between(ctx.id(), below, node, terms);
            (new, proposed_for(given.why, given.language))
        }
    };
    let state = line.decision.state();
    let after = before.with(Terms {
        state,
        ..before.terms()
    });
    if line.decision == Decision::Approve {
        J::lawful(tx, below, &end).await?;
        beside.within_whole(&after, Place::Whole)?;
    }
    words.decided_by = Some(ctx.actor.clone());
    words.decided_why = Some(given.why.to_owned());
    let decided = (after, words);
    let (_, told) = beside.record(tx, ctx, given.moment, decided, true).await?;
    Ok(Some(told))
}
