//! The known name that somebody probably meant.

use domain::text::search_key;

/// The candidate most like `found`, if one is like it at all. Equal likeness goes to the earlier candidate.
pub(crate) fn nearest<'c>(
    found: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    // Nobody mistypes a name of a hundred letters so that only likeness could find it.
    if found.chars().nth(200).is_some() {
        return None;
    }
    let key = search_key(found);
    let mut best: Option<(f64, &str)> = None;
    // Comparing costs time for every candidate: a file of rubbish must not make it endless.
    for candidate in candidates.into_iter().take(2_000) {
        let likeness = strsim::normalized_damerau_levenshtein(&key, &search_key(candidate));
        if likeness >= 0.65 && best.is_none_or(|(most, _)| likeness > most) {
            best = Some((likeness, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_recognised_and_a_stranger_is_not() {
        let codes = ["nara1", "nara2", "sesaonara", "narapeo"];
        assert_eq!(nearest("narapoe", codes), Some("narapeo"));
        assert_eq!(nearest("NARA 2", codes), Some("nara2"));
        assert_eq!(nearest("กรมประมง", codes), None);
    }
}
