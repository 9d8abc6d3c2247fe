//! LINK-005: a file named a code that its framework does not have.

use crate::{Context, Findings, Rule, Subject, Value};
use domain::{
    ids::{EditionId, NodeId},
    issue::Severity,
    link::Mention,
    text::search_key,
};
use std::collections::{HashMap, HashSet};

/// Found at the project, once per code.
pub static RULE: Rule = Rule {
    code: "LINK-005",
    slug: "code-not-in-framework",
    severity: Severity::Warning,
    check,
    page: include_str!("code_not_in_framework.md"),
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let mentions = context.beside.mentions.iter();
    let mentions: Vec<&Mention> = mentions
        .filter(|mention| context.is_in_scope(Subject::Project(mention.project)))
        .collect();
    if mentions.is_empty() {
        return;
    }
    let frameworks = Frameworks::of(context, &mentions);
    for mention in mentions {
        let what = match frameworks.find(mention) {
            None => "issue.LINK-005.no_framework",
            Some([]) => "issue.LINK-005.no_code",
            // It is there by now: what is left is that somebody propose the link.
            Some(nodes) => {
                let mut links = context.snapshot.links_of(mention.project);
                if links.any(|link| nodes.contains(&link.node)) {
                    continue;
                }
                "issue.LINK-005.there_by_now"
            }
        };
        findings
            .about(Subject::Project(mention.project))
            .with("framework", Value::Text(mention.framework.clone()))
            .with("mentioned", Value::Text(mention.code.clone()))
            .with("what", Value::Word(what));
    }
}

/// The frameworks that are mentioned: their nodes by folded code, of every edition that is not superseded.
struct Frameworks(HashMap<String, HashMap<String, Vec<NodeId>>>);

impl Frameworks {
    fn of(context: &Context<'_>, mentions: &[&Mention]) -> Self {
        let plans = context.snapshot.plans();
        let names = context.beside.names;
        let wanted: HashSet<String> = mentions
            .iter()
            .map(|it| search_key(&it.framework))
            .collect();
        let open = |id: &EditionId| plans.edition(*id).is_some() && !plans.superseded(*id);
        let mut frameworks: HashMap<String, HashMap<String, Vec<NodeId>>> = HashMap::new();
        for (edition, name) in &names.editions {
            let key = search_key(&name.code);
            if !wanted.contains(&key) || !open(edition) {
                continue;
            }
            let nodes = frameworks.entry(key).or_default();
            for node in plans.nodes_of(*edition) {
                if let Some(name) = names.nodes.get(&node.id) {
                    nodes
                        .entry(search_key(&name.code))
                        .or_default()
                        .push(node.id);
                }
            }
        }
        Self(frameworks)
    }

    /// The nodes that a mention may mean; `None` where there is no such framework.
    fn find(&self, mention: &Mention) -> Option<&[NodeId]> {
        let nodes = self.0.get(&search_key(&mention.framework))?;
        Some(
            nodes
                .get(&search_key(&mention.code))
                .map_or(&[], Vec::as_slice),
        )
    }
}
