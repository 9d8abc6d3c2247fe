//! What a file sent as evidence is, found from its content: a few safe types, and nothing for everything else.

use domain::file::MediaType;
use std::io::{Cursor, Read, Seek};
use zip::ZipArchive;

/// Entries that an office document may have; more is no document but an attempt to keep us busy.
const MAX_ENTRIES: usize = 20_000;

/// What the content is; `None` when it is nothing that is kept. Documents with macros are not. Nothing is unpacked but
/// the few letters in which an OpenDocument file says what it is.
pub fn media_type(content: &[u8]) -> Option<MediaType> {
    match content {
        [b'%', b'P', b'D', b'F', b'-', ..] => Some(MediaType::Pdf),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(MediaType::Png),
        [0xff, 0xd8, 0xff, ..] => Some(MediaType::Jpeg),
        [b'P', b'K', 3, 4, ..] => office(ZipArchive::new(Cursor::new(content)).ok()?),
        _ => None,
    }
}

fn office<R: Read + Seek>(mut archive: ZipArchive<R>) -> Option<MediaType> {
    if archive.len() > MAX_ENTRIES {
        return None;
    }
    let names: Result<Vec<String>, _> = archive
        .file_names()
        .map(|name| name.map(|name| name.into_owned()))
        .collect();
    let names = names.ok()?;
    let has = |name: &str| names.iter().any(|found| found == name);
    let macros = |name: &String| {
        let name = name.to_ascii_lowercase();
        name.ends_with("vbaproject.bin")
            || name.starts_with("basic/")
            || name.starts_with("scripts/")
    };
    if names.iter().any(macros) {
        return None;
    }
    if has("[Content_Types].xml") {
        return match (has("word/document.xml"), has("xl/workbook.xml")) {
            (true, false) => Some(MediaType::Docx),
            (false, true) => Some(MediaType::Xlsx),
            _ => None,
        };
    }
    let mut said = String::new();
    archive
        .by_name("mimetype")
        .ok()?
        .take(100)
        .read_to_string(&mut said)
        .ok()?;
    match said.trim_end().parse() {
        Ok(found @ (MediaType::Odt | MediaType::Ods)) => Some(found),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::{ZipWriter, write::SimpleFileOptions};

    fn archive(entries: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in entries {
            writer
                .start_file(*name, SimpleFileOptions::default())
                .unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn every_kept_type_is_known_by_its_content() {
        let types = ("[Content_Types].xml", "<Types/>");
        let odt = "application/vnd.oasis.opendocument.text";
        let ods = "application/vnd.oasis.opendocument.spreadsheet";
        assert_eq!(media_type(b"%PDF-1.7\n"), Some(MediaType::Pdf));
        assert_eq!(media_type(b"\x89PNG\r\n\x1a\n\0"), Some(MediaType::Png));
        assert_eq!(media_type(b"\xff\xd8\xff\xe0\0"), Some(MediaType::Jpeg));
        let word = archive(&[types, ("word/document.xml", "<w/>")]);
        assert_eq!(media_type(&word), Some(MediaType::Docx));
        let excel = archive(&[types, ("xl/workbook.xml", "<x/>")]);
        assert_eq!(media_type(&excel), Some(MediaType::Xlsx));
        assert_eq!(
            media_type(&archive(&[("mimetype", odt)])),
            Some(MediaType::Odt)
        );
        assert_eq!(
            media_type(&archive(&[("mimetype", ods)])),
            Some(MediaType::Ods)
        );
    }

    #[test]
    fn a_workbook_that_excel_writes_is_one() {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        workbook.add_worksheet().write(0, 0, "ตัวอย่าง").unwrap();
        let bytes = workbook.save_to_buffer().unwrap();
        assert_eq!(media_type(&bytes), Some(MediaType::Xlsx));
    }

    #[test]
    fn pages_scripts_archives_and_macros_are_not_kept_whatever_they_are_called() {
        let types = ("[Content_Types].xml", "<Types/>");
        for wrong in [
            &b"<!doctype html><script>alert(1)</script>"[..],
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
            b"MZ\x90\0",
            b"",
            b"PK\x03\x04broken",
        ] {
            assert_eq!(media_type(wrong), None, "{wrong:?}");
        }
        assert_eq!(media_type(&archive(&[("a.txt", "x")])), None);
        assert_eq!(
            media_type(&archive(&[("mimetype", "application/epub+zip")])),
            None
        );
        let macros = archive(&[types, ("xl/workbook.xml", ""), ("xl/vbaProject.bin", "")]);
        assert_eq!(media_type(&macros), None);
        let both = archive(&[types, ("xl/workbook.xml", ""), ("word/document.xml", "")]);
        assert_eq!(media_type(&both), None);
    }
}
