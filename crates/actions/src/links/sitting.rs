//! Many links decided in one sitting: proposals, and suggestions that nobody proposed yet, together or not at all.

use super::{between, reason, trail_of, whole};
use crate::{
    Error,
    act::{Done, Told, Trail, perform},
    ctx::Ctx,
};
use domain::{
    ids::{LinkId, NodeId, ProjectId},
    issue::{Arg, Issue, Issues, Place},
    link::{Link, LinkState},
    locale::Locale,
    permission::Act,
    provenance::{Certainty, Provenance},
    share::Share,
};
use store::{New, Reason, Store};

use super::Decision;

/// One line of a sitting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// The project.
    pub project: ProjectId,
    /// What it is linked to.
    pub node: NodeId,
    /// The state in which the person saw the link; `None` = a suggestion, no link yet.
    pub seen: Option<LinkState>,
    /// What to do with it.
    pub decision: Decision,
}

/// The most lines of one sitting: a person can still look at as many.
pub const MOST: usize = 200;

/// Decides on many links with one reason, in one transaction and one event: all of them, or none and everything that
/// stands against it. All lines must be on one trail, that of the first project's province.
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
) -> Result<Vec<LinkId>, Error> {
    let why = reason(why)?;
    let whole = |code| Error::Invalid(vec![Issue::error(Place::Whole, code)]);
    let first = lines.first().ok_or_else(|| whole("link.sitting_empty"))?;
    if lines.len() > MOST {
        let issue = Issue::error(Place::Whole, "link.sitting_too_long");
        return Err(Error::Invalid(vec![issue.with("most", MOST as i64)]));
    }
    let trail = trail_of(store, first.project).await?;
    for line in lines {
        if trail_of(store, line.project).await? != trail {
            return Err(whole("link.sitting_of_several_provinces"));
        }
    }
    perform(store, ctx, Trail::Own(&trail), async |tx, ctx, moment| {
        let mut problems = Issues::new();
        let mut decided = Vec::new();
        let mut told = Vec::new();
        let mut right = None;
        for (line, at) in lines.iter().zip(0..) {
            let by = super::may(tx, ctx, Act::DecideLink, line.project, moment).await?;
            right.get_or_insert(by);
            match one(tx, ctx, line, (&why, language)).await {
                Ok(Some((before, after, words))) => {
                    let provenance = Some(Provenance {
                        source: ctx.actor.clone(),
                        certainty: Certainty::Entered,
                    });
                    let new = New {
                        version: ctx.id(),
                        provenance,
                        row: (after, words),
                    };
                    // Recorded at once, so that the next line of the same project sees what it takes of the whole.
                    store::record(tx, moment, [new]).await?;
                    decided.push(after.id);
                    told.push(serde_json::json!({ "before": before, "after": after }));
                }
                Ok(None) => {}
                Err(Error::Invalid(issues)) => {
                    problems.extend(issues.into_iter().map(|issue| on_line(issue, at)))
                }
                Err(Error::NotFound(issue) | Error::Stale(issue)) => {
                    problems.push(on_line(*issue, at))
                }
                Err(other) => return Err(other),
            }
        }
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        let event = match (right, told.is_empty()) {
            (Some(by), false) => Some(Told {
                by,
                act: "link.sitting",
                subject: ("province", trail.clone()),
                payload: serde_json::json!({ "links": told, "reason": why }),
            }),
            _ => None,
        };
        Ok(Done {
            answer: decided,
            event,
        })
    })
    .await
}

/// The place of a line's problem: its field in the form.
fn on_line(mut issue: Issue, line: usize) -> Issue {
    issue.at = Place::Field {
        field: format!("line-{line}"),
    };
    issue
}

/// The link before and after one line, or nothing to record; a suggestion that is set aside leaves no trace.
async fn one(
    tx: &store::Tx,
    ctx: &mut Ctx,
    line: &Line,
    (why, language): (&str, Locale),
) -> Result<Option<(Option<Link>, Link, Reason)>, Error> {
    let end = whole::ends_stand(tx, line.project, line.node).await?;
    let standing = between(tx, line.project, line.node).await?;
    let state = standing.as_ref().map(|kept| kept.row.0.state);
    if state != line.seen {
        let by = standing
            .and_then(|kept| kept.row.1.decided_by)
            .unwrap_or_default();
        let now = state.map_or("link.state.none", LinkState::key);
        return Err(Error::stale(
            Issue::error(Place::Whole, "link.changed_since_seen")
                .with("state", Arg::Key(now))
                .with("by", by),
        ));
    }
    let (before, link, mut words) = match standing {
        Some(kept) => {
            let (link, words) = kept.row;
            (Some(link), link, words)
        }
        None if line.decision == Decision::Reject => return Ok(None),
        None => {
            let share = whole::left(tx, line.project, &end).await?;
            let mut words = Reason::default();
            match language {
                Locale::Th => words.reason_th = Some(why.to_owned()),
                Locale::En => words.reason_en = Some(why.to_owned()),
            }
            let link = Link {
                id: ctx.id(),
                project: line.project,
                node: line.node,
                share,
                primary: share == Share::WHOLE,
                state: LinkState::Proposed,
            };
            (None, link, words)
        }
    };
    let after = Link {
        state: line.decision.state(),
        ..link
    };
    if line.decision == Decision::Approve {
        whole::within_whole(tx, &after, &end).await?;
    }
    words.decided_by = Some(ctx.actor.clone());
    words.decided_why = Some(why.to_owned());
    Ok(Some((before, after, words)))
}
