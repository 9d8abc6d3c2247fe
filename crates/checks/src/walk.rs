//! Walking the thread from node to node, without recursion: how long a chain of plans is lies with those who write them.

use domain::ids::NodeId;
use std::collections::{HashMap, HashSet};

/// What was found out about nodes in one run: things share most of their way.
pub(crate) type Known = HashMap<NodeId, bool>;

/// Whether a walk from `start` along `steps` comes to a node where `is_goal` holds; `start` itself counts.
pub(crate) fn reaches(
    start: NodeId,
    known: &mut Known,
    is_goal: impl Fn(NodeId) -> bool,
    steps: impl Fn(NodeId) -> Vec<NodeId>,
) -> bool {
    let mut open = vec![start];
    let mut seen = HashSet::from([start]);
    while let Some(node) = open.pop() {
        match known.get(&node) {
            Some(false) => continue,
            None if !is_goal(node) => {
                open.extend(steps(node).into_iter().filter(|next| seen.insert(*next)));
            }
            _ => {
                known.insert(start, true);
                return true;
            }
        }
    }
    // Nothing on the way led there, so nothing that was seen does.
    known.extend(seen.into_iter().map(|node| (node, false)));
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each node leads to the next two; 90 and above lead nowhere.
    fn steps(node: NodeId) -> Vec<NodeId> {
        let n = node.0.as_u128();
        let next = if n < 90 { vec![n + 1, n + 2] } else { vec![] };
        next.into_iter().map(NodeId::from_u128).collect()
    }

    #[test]
    fn what_is_known_changes_no_answer() {
        let goal = NodeId::from_u128(40);
        let mut known = Known::new();
        for n in [95, 41, 0, 40, 39, 60, 10, 41, 0] {
            let start = NodeId::from_u128(n);
            let fresh = reaches(start, &mut Known::new(), |node| node == goal, steps);
            let remembering = reaches(start, &mut known, |node| node == goal, steps);
            assert_eq!(fresh, n <= 40, "{n}");
            assert_eq!(remembering, fresh, "{n}");
        }
    }
}
