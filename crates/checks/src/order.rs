//! The order of printed codes.

/// A code in the order in which people count: 4.2 before 4.10. Digits compare as numbers, everything else as letters.
pub(crate) fn natural(code: &str) -> Vec<(String, u64)> {
    let mut parts = vec![(String::new(), 0u64)];
    let mut in_number = false;
    for c in code.chars() {
        let last = parts.len() - 1;
        match c.to_digit(10) {
            Some(digit) => {
                let number = &mut parts[last].1;
                *number = number.saturating_mul(10).saturating_add(u64::from(digit));
                in_number = true;
            }
            None if in_number => {
                parts.push((c.to_string(), 0));
                in_number = false;
            }
            None => parts[last].0.push(c),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_ordered_as_people_count() {
        let mut codes = ["4.10", "4.2", "PRJ2569-012", "4.2.1", "PRJ2569-003", "4"];
        codes.sort_by_key(|code| natural(code));
        assert_eq!(
            codes,
            ["4", "4.2", "4.2.1", "4.10", "PRJ2569-003", "PRJ2569-012"]
        );
    }
}
