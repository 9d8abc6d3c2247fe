//! From the bytes of a text file to text: UTF-8 with or without mark, UTF-16, and Windows-874 of old Thai programs.

use domain::issue::{Issue, Place};
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_874};

/// So much of the beginning decides whether a file is text at all.
pub(crate) const SAMPLE: usize = 64 * 1024;

/// The text of a file, with what people should know about its encoding; or what it is instead of text.
pub(crate) fn decode(bytes: &[u8], file: &str) -> Result<(String, Option<Issue>), Box<Issue>> {
    let at = || Place::File {
        file: file.to_owned(),
    };
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(Box::new(Issue::error(at(), "import.workbook_named_csv")));
    }
    if let Some(encoding) = utf16(bytes) {
        let (text, damaged) = encoding.decode_with_bom_removal(bytes);
        return if damaged || looks_binary(&text.as_bytes()[..text.len().min(SAMPLE)]) {
            Err(Box::new(Issue::error(at(), "import.not_text")))
        } else {
            let note = Issue::advice(at(), "import.utf16");
            Ok((text.into_owned(), Some(note)))
        };
    }
    if looks_binary(&bytes[..bytes.len().min(SAMPLE)]) {
        return Err(Box::new(Issue::error(at(), "import.not_text")));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if is_web_page(bytes) {
        return Err(Box::new(Issue::error(at(), "import.web_page")));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((text.to_owned(), None));
    }
    if mostly_utf8(bytes) {
        // U+FFFD stands where a letter was lost: each cell that holds one says so.
        return Ok((
            UTF_8.decode_without_bom_handling(bytes).0.into_owned(),
            None,
        ));
    }
    let (text, damaged) = WINDOWS_874.decode_without_bom_handling(bytes);
    if damaged || !mostly_thai(&text) {
        return Err(Box::new(Issue::error(at(), "import.unknown_encoding")));
    }
    let note = Issue::warning(at(), "import.windows_874");
    Ok((text.into_owned(), Some(note)))
}

/// Many systems export a page of HTML, or XML of an old Excel, under the name of a workbook.
fn is_web_page(bytes: &[u8]) -> bool {
    let start: Vec<u8> = bytes
        .iter()
        .skip_while(|byte| byte.is_ascii_whitespace())
        .take(1_000)
        .map(u8::to_ascii_lowercase)
        .collect();
    let says = |word: &[u8]| start.windows(word.len()).any(|part| part == word);
    start.starts_with(b"<") && [&b"<html"[..], b"<table", b"<?xml"].into_iter().any(says)
}

/// Whether the beginning of a file shows already that it is no text.
pub(crate) fn is_rubbish(sample: &[u8]) -> bool {
    utf16(sample).is_none() && looks_binary(sample)
}

/// UTF-16 by its mark, or by the zero bytes that every ASCII letter and every Thai one (0E) leaves.
fn utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some(UTF_16LE),
        [0xFE, 0xFF, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let sample = &bytes[..bytes.len().min(SAMPLE) & !1];
    let high = |byte: u8| byte == 0 || byte == 0x0E;
    let at_parity = |parity: usize| {
        let halves = sample.iter().skip(parity).step_by(2);
        halves.filter(|byte| high(**byte)).count() * 10
    };
    let nearly_all = sample.len() / 2 * 9;
    match sample.len() >= 8 {
        true if at_parity(1) >= nearly_all && at_parity(0) < nearly_all => Some(UTF_16LE),
        true if at_parity(0) >= nearly_all && at_parity(1) < nearly_all => Some(UTF_16BE),
        _ => None,
    }
}

/// A text has no zero byte and hardly any control characters but tab and line ends.
fn looks_binary(sample: &[u8]) -> bool {
    let control = |byte: &&u8| matches!(**byte, 0..=8 | 11 | 12 | 14..=31 | 127);
    sample.contains(&0) || sample.iter().filter(control).count() * 100 > sample.len()
}

/// Valid UTF-8 but for a few places (one in a hundred of the letters that are not ASCII).
fn mostly_utf8(bytes: &[u8]) -> bool {
    let mut good = 0_usize;
    let mut lost = 0_usize;
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        lost += usize::from(!chunk.invalid().is_empty());
    }
    lost * 100 <= good
}

/// Whether nearly all letters beyond ASCII are Thai.
fn mostly_thai(text: &str) -> bool {
    let beyond = text.chars().filter(|c| !c.is_ascii());
    let (thai, all) = beyond.fold((0_usize, 0_usize), |(thai, all), c| {
        let known =
            matches!(c, '\u{E01}'..='\u{E5B}' | '\u{A0}' | '–' | '—' | '‘'..='”' | '•' | '…');
        (thai + usize::from(known), all + 1)
    });
    thai * 100 >= all * 95
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thai_text_is_read_in_every_encoding_that_offices_use() {
        let text = "code,title\nP1,โครงการอ่านออกเขียนได้ “ดี”\n";
        let utf16 = |swap: bool| -> Vec<u8> {
            let units = text.encode_utf16().flat_map(|unit| {
                let [a, b] = unit.to_le_bytes();
                if swap { [b, a] } else { [a, b] }
            });
            units.collect()
        };
        let with_mark = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
        let cases = [
            (text.as_bytes().to_vec(), None),
            (with_mark(b"\xEF\xBB\xBF", text.into()), None),
            (with_mark(b"\xFF\xFE", utf16(false)), Some("import.utf16")),
            (with_mark(b"\xFE\xFF", utf16(true)), Some("import.utf16")),
            (utf16(false), Some("import.utf16")),
            (utf16(true), Some("import.utf16")),
            (
                WINDOWS_874.encode(text).0.into_owned(),
                Some("import.windows_874"),
            ),
        ];
        for (bytes, code) in cases {
            let (read, note) = decode(&bytes, "f.csv").unwrap();
            assert_eq!(read, text);
            assert_eq!(note.map(|issue| issue.code), code);
        }
    }

    #[test]
    fn one_lost_letter_does_not_make_a_file_windows_874() {
        let mut bytes = "โครงการอ่านออกเขียนได้".repeat(20).into_bytes();
        bytes.truncate(bytes.len() - 1);
        let (text, note) = decode(&bytes, "f.csv").unwrap();
        assert!(text.ends_with('\u{FFFD}') && note.is_none());
    }

    #[test]
    fn rubbish_is_not_taken_for_text() {
        let noise: Vec<u8> = (0..100_000_u32)
            .map(|n| (n.wrapping_mul(n) >> 3) as u8)
            .collect();
        assert_eq!(decode(&noise, "f").unwrap_err().code, "import.not_text");
        assert_eq!(
            decode(b"PK\x03\x04aaaa", "f").unwrap_err().code,
            "import.workbook_named_csv"
        );
        for page in [
            "\n<HTML><body>",
            "<table border=1>",
            "<?xml version=\"1.0\"?><Workbook>",
        ] {
            let refused = decode(page.as_bytes(), "f.xls").unwrap_err();
            assert_eq!(refused.code, "import.web_page");
        }
        let latin: Vec<u8> = b"caf\xE9,na\xEFve,\xFC\xFF\xFE".repeat(9);
        assert_eq!(
            decode(&latin, "f").unwrap_err().code,
            "import.unknown_encoding"
        );
    }
}
