//! The picture (QR code) of a link or of a second factor, as SVG with attributes only: the page's rules allow no style.

use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;

/// Modules of white around the picture that readers need.
const QUIET: usize = 4;

/// The picture of a text as SVG, black on white; `None` when the text is too long for one.
pub fn qr_svg(text: &str) -> Option<String> {
    let modules = modules(text)?;
    let size = modules.len() + 2 * QUIET;
    let mut path = String::new();
    for (y, row) in modules.iter().enumerate() {
        for (x, _) in row.iter().enumerate().filter(|(_, dark)| **dark) {
            let _ = write!(path, "M{} {}h1v1h-1z", x + QUIET, y + QUIET);
        }
    }
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" width=\"{0}\" height=\"{0}\" \
         shape-rendering=\"crispEdges\" aria-hidden=\"true\"><rect width=\"{size}\" height=\"{size}\" fill=\"#fff\"/>\
         <path d=\"{path}\" fill=\"#000\"/></svg>",
        size * 5
    ))
}

/// The picture of a text for a terminal with light letters on a dark ground: two rows of modules to a line.
pub fn qr_text(text: &str) -> Option<String> {
    let modules = modules(text)?;
    let side = i64::try_from(modules.len()).ok()?;
    let light = |x: i64, y: i64| {
        let dark = usize::try_from(y)
            .ok()
            .and_then(|y| modules.get(y))
            .and_then(|row| usize::try_from(x).ok().and_then(|x| row.get(x)));
        !dark.copied().unwrap_or(false)
    };
    let mut out = String::new();
    for y in (-2..side + 2).step_by(2) {
        for x in -2..side + 2 {
            out.push(match (light(x, y), light(x, y + 1)) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            });
        }
        out.push('\n');
    }
    Some(out)
}

fn modules(text: &str) -> Option<Vec<Vec<bool>>> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let dark: Vec<bool> = code
        .into_colors()
        .into_iter()
        .map(|color| color == Color::Dark)
        .collect();
    Some(dark.chunks(width).map(<[bool]>::to_vec).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_has_its_three_corners_and_no_style() {
        let rows = modules("https://saithong.example/invitation#abc").unwrap();
        let last = rows.len() - 1;
        for (x, y) in [(0, 0), (last - 6, 0), (0, last - 6)] {
            let corner = |x: usize, y: usize| rows[y][x];
            assert!(
                (0..7).all(|i| corner(x + i, y) && corner(x, y + i)),
                "{x} {y}"
            );
            assert!(corner(x + 3, y + 3) && !corner(x + 1, y + 1));
        }
        let svg = qr_svg("https://saithong.example/invitation#abc").unwrap();
        assert!(svg.starts_with("<svg") && !svg.contains("style"));
        let dark = rows.iter().flatten().filter(|dark| **dark).count();
        assert_eq!(svg.matches("h1v1h-1z").count(), dark);
    }

    #[test]
    fn a_text_that_fits_into_no_picture_has_none() {
        assert_eq!(qr_svg(&"ก".repeat(3_000)), None);
        assert!(qr_text("short").unwrap().lines().count() > 10);
    }
}
