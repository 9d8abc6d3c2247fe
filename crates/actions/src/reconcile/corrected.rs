//! Words that people put right since a source last said them: they stay while the source says what it said then, and
//! where it says something else both are told. What nobody put right follows the source.

use super::{Source, settle::Desk};
use crate::Error;
use domain::{
    issue::{Issue, Issues, Place},
    provenance::Provenance,
};
use std::{collections::HashMap, hash::Hash};
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

/// A kind of row with words.
pub(super) struct Kind<const N: usize> {
    /// As outcomes count it.
    pub name: &'static str,
    /// The key of its word in `locales/`.
    pub thing: &'static str,
    /// The keys of the words for its texts.
    pub fields: [&'static str; N],
}

/// What a source says of one row.
pub(super) struct Says<K, const N: usize> {
    pub key: K,
    /// Where it says so.
    pub at: Place,
    /// By which code people know the row.
    pub code: String,
    pub provenance: Provenance,
    pub texts: Texts<N>,
}

/// The words that a row is to have.
pub(super) struct Held<const N: usize> {
    pub texts: Texts<N>,
    /// Whether any of them is a person's: the row keeps the name of who put it right.
    pub kept: bool,
}

/// The words of rows that a source wants, in its order: those that people put right as these have them. How many rows
/// that concerns is counted, and words that the source changed, too, are told.
pub(super) async fn hold<R: Row, K: Eq + Hash, const N: usize>(
    desk: &mut Desk<'_>,
    kind: Kind<N>,
    standing: &[Kept<R>],
    (key, texts): (impl Fn(&R) -> Option<K>, impl Fn(&R) -> Texts<N>),
    source: &Source,
    says: Vec<Says<K, N>>,
) -> Result<Vec<Held<N>>, Error> {
    let stands: HashMap<K, &Kept<R>> = standing
        .iter()
        .filter_map(|kept| Some((key(&kept.row)?, kept)))
        .collect();
    let others: Vec<&Kept<R>> = says
        .iter()
        .filter_map(|it| {
            let kept = *stands.get(&it.key)?;
            (kept.stamp.provenance.as_ref() != Some(&it.provenance)).then_some(kept)
        })
        .collect();
    let said = said(desk.tx(), &others, source, &texts).await?;
    let (mut rows, mut conflicts) = (0, Issues::new());
    let mut held = Vec::new();
    for it in says {
        let row = stands.get(&it.key).map(|kept| &kept.row);
        let before = row.and_then(|row| Some((row, said.get(&row.id().into())?)));
        let Some((row, said)) = before else {
            held.push(Held {
                texts: it.texts,
                kept: false,
            });
            continue;
        };
        let stands = texts(row);
        let merged = merge(said, &stands, &it.texts);
        for n in &merged.conflicts {
            let field = kind.fields[*n];
            let both = (&stands[*n], &it.texts[*n]);
            conflicts.push(conflict(&it.at, (kind.thing, &it.code), field, both));
        }
        rows += usize::from(merged.kept);
        held.push(Held {
            texts: merged.texts,
            kept: merged.kept,
        });
    }
    desk.kept(kind.name, rows, conflicts);
    Ok(held)
}

/// A text that a person put right and that the source says anew: both, where the source says it.
pub(super) fn conflict(
    at: &Place,
    (thing, code): (&'static str, &str),
    field: &'static str,
    (stands, wanted): (&Option<String>, &Option<String>),
) -> Issue {
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
    Issue::warning(at.clone(), "import.words_corrected")
        .with("what", domain::issue::Arg::Key(thing))
        .with("code", code)
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
