//! Files kept as evidence: the few types that are safe to keep and to hand out, found from their content.

use crate::{ids::FileId, text::clean};
use serde::{Deserialize, Serialize};

coded! {
    /// What a file is, by its content and never by its name. Nothing else is kept: no script, no macro, no archive.
    pub enum MediaType {
        /// Portable Document Format.
        Pdf = "application/pdf",
        /// Portable Network Graphics.
        Png = "image/png",
        /// Photographs.
        Jpeg = "image/jpeg",
        /// Word document without macros.
        Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        /// Excel workbook without macros.
        Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        /// OpenDocument text.
        Odt = "application/vnd.oasis.opendocument.text",
        /// OpenDocument spreadsheet.
        Ods = "application/vnd.oasis.opendocument.spreadsheet",
    }
}

impl MediaType {
    /// The ends of names that go with the type; the first one is given to a file that has none of them.
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            MediaType::Pdf => &["pdf"],
            MediaType::Png => &["png"],
            MediaType::Jpeg => &["jpg", "jpeg"],
            MediaType::Docx => &["docx"],
            MediaType::Xlsx => &["xlsx"],
            MediaType::Odt => &["odt"],
            MediaType::Ods => &["ods"],
        }
    }
}

/// Bytes that one file may have: 10 MB.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;
/// Letters of a name.
const MAX_NAME: usize = 150;

/// What is known of a kept file without its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Its id.
    pub id: FileId,
    /// Its name, safe to save under.
    pub name: String,
    /// What it is.
    pub media: MediaType,
    /// How many bytes.
    pub bytes: u64,
    /// SHA-256 of the content: its identity.
    pub sha256: [u8; 32],
}

/// A name that is safe to save under: without a path, without what does not print, short, and with an ending that says
/// what the content is, whatever the sender called it.
pub fn safe_name(given: &str, media: MediaType) -> String {
    let name = clean(given).text;
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept = |c: &char| {
        !c.is_control()
            && !"<>:\"|?*\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}"
                .contains(*c)
    };
    let name: String = name.chars().filter(kept).take(MAX_NAME).collect();
    let name = name.trim_matches(['.', ' ']);
    let name = if name.is_empty() { "file" } else { name };
    let right = name.rsplit_once('.').is_some_and(|(_, end)| {
        media
            .endings()
            .iter()
            .any(|ending| end.eq_ignore_ascii_case(ending))
    });
    match right {
        true => name.to_owned(),
        false => format!("{name}.{}", media.endings()[0]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_from_outside_cannot_leave_its_folder_or_lie_about_its_content() {
        let name = |given| safe_name(given, MediaType::Pdf);
        assert_eq!(name("คำสั่งที่ 12-2570.pdf"), "คำสั่งที่ 12-2570.pdf");
        assert_eq!(name("คำสั่ง.PDF"), "คำสั่ง.PDF");
        assert_eq!(name("../../etc/passwd"), "passwd.pdf");
        assert_eq!(name("C:\\งาน\\คำสั่ง.exe"), "คำสั่ง.exe.pdf");
        assert_eq!(name("ภาพ\u{202e}gpj.exe"), "ภาพgpj.exe.pdf");
        assert_eq!(name(" ... "), "file.pdf");
        assert!(!name("a\r\nSet-Cookie: x=1.pdf").contains(['\r', '\n', ':']));
        assert!(name(&"ก".repeat(10_000)).chars().count() <= MAX_NAME + 4);
    }
}
