//! Columns of a terminal: Thai marks sit on their letter and take no room.

use unicode_width::UnicodeWidthStr;

/// How many columns a terminal gives the text.
pub fn display_width(text: &str) -> usize {
    text.width()
}

/// The text with spaces after it, `width` columns wide; longer text stays as it is.
pub fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", room(text, width))
}

/// The text with spaces before it, `width` columns wide, for numbers; longer text stays as it is.
pub fn pad_start(text: &str, width: usize) -> String {
    format!("{}{text}", room(text, width))
}

fn room(text: &str, width: usize) -> String {
    " ".repeat(width.saturating_sub(display_width(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_take_no_column() {
        for (text, width) in [("ที่", 1), ("น้ำ", 2), ("เพชรบูรณ์", 7), ("Goal 4", 6), ("", 0)]
        {
            assert_eq!(display_width(text), width, "{text}");
        }
    }

    #[test]
    fn columns_line_up_under_thai_marks() {
        let rows = ["ที่อยู่", "ตำบล", "School"].map(|cell| pad(cell, 10) + "|");
        for row in &rows {
            assert_eq!(display_width(row), 11, "{row}");
        }
        assert_eq!(pad_start("๔๒", 4), "  ๔๒");
        assert_eq!(pad("ยาวกว่า", 3), "ยาวกว่า");
    }
}
