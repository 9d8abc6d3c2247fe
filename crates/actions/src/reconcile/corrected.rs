//! Words that people put right since a source last said them: they stay while the source says what it said then, and
//! where it says something else both are told. What nobody put right follows the source.

use super::Source;
use crate::Error;
use domain::issue::{Issue, Place};
use std::collections::HashMap;
use store::{Kept, Read, Row};
use uuid::Uuid;

/// The texts of a row, in an order of their own.
pub(super) type Texts<const N: usize> = [Option<String>; N];

/// What the source last said of each row that somebody else, or a person and the source together, recorded.
pub(super) async fn said<R: Row, const N: usize>(
    read: &impl Read,
    rows: &[&Kept<R>],
    source: &Source,
    texts: impl Fn(&R) -> Texts<N>,
) -> Result<HashMap<Uuid, Texts<N>>, Error> {
    let ids: Vec<R::Id> = rows.iter().map(|kept| kept.row.id()).collect();
    let mut said = HashMap::new();
    for versions in store::histories::<R>(read, &ids).await? {
        if let Some(first) = versions.first()
            && let Some(base) = base(&versions, source, &texts)
        {
            said.insert(first.row.id().into(), base);
        }
    }
    Ok(said)
}

/// What the source last said, from the versions of a row. A version that it recorded and that names the person before it
/// as its source holds the person's words, too: of it only what changed is the source's.
fn base<R: Row, const N: usize>(
    versions: &[Kept<R>],
    source: &Source,
    texts: &impl Fn(&R) -> Texts<N>,
) -> Option<Texts<N>> {
    let mut base: Option<Texts<N>> = None;
    let mut before: Option<&Kept<R>> = None;
    for version in versions {
        if source.recorded(&version.stamp) {
            let now = texts(&version.row);
            let same_origin = |it: &Kept<R>| it.stamp.provenance == version.stamp.provenance;
            match (&mut base, before.filter(|it| same_origin(it))) {
                (Some(base), Some(before)) => {
                    let then = texts(&before.row);
                    for ((base, then), now) in base.iter_mut().zip(then).zip(now) {
                        if then != now {
                            *base = now;
                        }
                    }
                }
                _ => base = Some(now),
            }
        }
        before = Some(version);
    }
    base
}

/// The texts that a row is to have, and what became of those that people put right.
pub(super) struct Merged<const N: usize> {
    pub texts: Texts<N>,
    /// Whether any of them is a person's and not the source's.
    pub kept: bool,
    /// Those, by their number, that the source changed, too.
    pub conflicts: Vec<usize>,
}

/// Holds what the source says against what stands and against what it said last.
pub(super) fn merge<const N: usize>(
    said: &Texts<N>,
    stands: &Texts<N>,
    wanted: &Texts<N>,
) -> Merged<N> {
    let mut merged = Merged {
        texts: wanted.clone(),
        kept: false,
        conflicts: Vec::new(),
    };
    for n in 0..N {
        let (said, stands, wanted) = (&said[n], &stands[n], &wanted[n]);
        if stands == wanted || stands == said {
            continue;
        }
        merged.texts[n].clone_from(stands);
        merged.kept = true;
        if wanted != said {
            merged.conflicts.push(n);
        }
    }
    merged
}

/// A text that a person put right and that the source says anew: both, where the source says it.
pub(super) fn conflict(
    at: &Place,
    code: &str,
    field: &'static str,
    stands: &Option<String>,
    wanted: &Option<String>,
) -> Issue {
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
    Issue::warning(at.clone(), "import.words_corrected")
        .with("project", code)
        .with("field", domain::issue::Arg::Key(field))
        .with("stands", text(stands))
        .with("found", text(wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(texts: [&str; 3]) -> Texts<3> {
        texts.map(|text| (!text.is_empty()).then(|| text.to_owned()))
    }

    #[test]
    fn what_a_person_put_right_stays_and_what_nobody_touched_follows_the_source() {
        let said = texts(["ก", "ข", "ค"]);
        let merged = merge(&said, &texts(["ก1", "ข", "ค"]), &texts(["ก", "ข2", "ค"]));
        assert_eq!(merged.texts, texts(["ก1", "ข2", "ค"]));
        assert!(merged.kept && merged.conflicts.is_empty());
        let merged = merge(&said, &texts(["ก1", "", "ค"]), &texts(["ก2", "ข", "ค"]));
        assert_eq!(merged.texts, texts(["ก1", "", "ค"]));
        assert_eq!(
            merged.conflicts,
            [0],
            "taken away by a person, and still in the source, is no conflict"
        );
        let merged = merge(&said, &texts(["ก1", "ข", "ค"]), &texts(["ก1", "ข", "ค"]));
        assert!(
            !merged.kept,
            "the source says what the person says: nothing is held against it"
        );
    }
}
