//! Splits a cell that lists several activities, without cutting numbers, brackets or quotations.

/// The activities of a cell as printed. They are parted by line breaks, semicolons and commas, but not by a comma
/// between digits (40,290) and not inside brackets or “quotation marks” that close again.
pub(crate) fn split(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let inside = enclosed(&chars);
    let digit =
        |at: Option<&char>| at.is_some_and(|c| c.is_ascii_digit() || ('๐'..='๙').contains(c));
    let mut parts = Vec::new();
    let mut part = String::new();
    for (i, &c) in chars.iter().enumerate() {
        let in_number = i > 0 && digit(chars.get(i - 1)) && digit(chars.get(i + 1));
        let parts_here = match c {
            '\n' | '\r' => true,
            ';' => !inside[i],
            ',' | '，' => !inside[i] && !in_number,
            _ => false,
        };
        if parts_here {
            parts.push(std::mem::take(&mut part));
        } else {
            part.push(c);
        }
    }
    parts.push(part);
    let trimmed = parts.iter().map(|part| part.trim());
    trimmed
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// For every character whether it lies inside a pair of brackets or quotation marks. One that never closes, or closes
/// on another line, encloses nothing.
fn enclosed(chars: &[char]) -> Vec<bool> {
    let mut inside = vec![false; chars.len()];
    let mut open: Vec<(char, usize)> = Vec::new();
    for (i, &c) in chars.iter().enumerate() {
        match c {
            '(' => open.push((')', i)),
            '[' => open.push((']', i)),
            '“' => open.push(('”', i)),
            '\n' | '\r' => open.clear(),
            _ => {
                if let Some(which) = open.iter().rposition(|(close, _)| *close == c) {
                    let (_, from) = open[which];
                    open.truncate(which);
                    inside[from..=i].fill(true);
                }
            }
        }
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn activities_are_split_where_a_person_would() {
        for (cell, parts) in [
            ("ประชุม, อบรม,นิเทศ", vec!["ประชุม", "อบรม", "นิเทศ"]),
            (
                "เด็ก 40,290 คน, ครู ๑,๓๒๕ คน",
                vec!["เด็ก 40,290 คน", "ครู ๑,๓๒๕ คน"],
            ),
            (
                "ตรวจเยี่ยม (บาเจาะ, แว้ง, [ก, ข]), สรุป",
                vec!["ตรวจเยี่ยม (บาเจาะ, แว้ง, [ก, ข])", "สรุป"],
            ),
            (
                "โครงการ “อ่าน, เขียน”, ค่าย",
                vec!["โครงการ “อ่าน, เขียน”", "ค่าย"],
            ),
            (
                "1) ประชุม\n2) อบรม (รุ่น 1, 2)\n",
                vec!["1) ประชุม", "2) อบรม (รุ่น 1, 2)"],
            ),
            ("อบรม (ไม่ปิดวงเล็บ, สรุป", vec!["อบรม (ไม่ปิดวงเล็บ", "สรุป"]),
            (
                "นำนวัตกรรมไปใช้พัฒนาทักษะ (Soft Power), ลงพื้นที่ PLC",
                vec!["นำนวัตกรรมไปใช้พัฒนาทักษะ (Soft Power)", "ลงพื้นที่ PLC"],
            ),
            (" , ,", vec![]),
        ] {
            assert_eq!(split(cell), parts, "{cell}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn splitting_loses_nothing_but_separators_and_space(text in "[ก-ข1,;()\\[\\]“” \n]{0,30}") {
            let kept = |text: &str| text.chars().filter(|c| !",; \n".contains(*c)).collect::<String>();
            prop_assert_eq!(kept(&split(&text).concat()), kept(&text));
        }
    }
}
