//! ๐–๙ and 0–9.

/// The same text with ๐–๙ for 0–9, as printed orders and certificates have it.
pub fn to_thai_digits(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '0'..='9' => shift(c, '0', '๐'),
            _ => c,
        })
        .collect()
}

/// The same text with 0–9 for ๐–๙, as numbers are read.
pub fn from_thai_digits(text: &str) -> String {
    text.chars().map(arabic).collect()
}

/// 0–9 for ๐–๙; every other letter as it is.
pub(crate) fn arabic(c: char) -> char {
    match c {
        '๐'..='๙' => shift(c, '๐', '0'),
        _ => c,
    }
}

fn shift(c: char, from: char, to: char) -> char {
    char::from_u32(c as u32 - from as u32 + to as u32).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_go_to_thai_and_back() {
        assert_eq!(to_thai_digits("ข้อ 1.20 (9)"), "ข้อ ๑.๒๐ (๙)");
        assert_eq!(from_thai_digits("พ.ศ. ๒๕๖๙"), "พ.ศ. 2569");
        for digit in 0..=9 {
            let text = digit.to_string();
            assert_eq!(from_thai_digits(&to_thai_digits(&text)), text);
        }
    }
}
