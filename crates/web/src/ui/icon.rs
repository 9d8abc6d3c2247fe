//! Icons as inline SVG symbols on a grid of 24 with a stroke of 1.75; a page carries only those it uses.

use maud::{Markup, PreEscaped, html};

macro_rules! icons {
    ($($(#[$meta:meta])* $variant:ident = $name:literal, $drawing:literal;)+) => {
        /// A drawing. It never stands without a word, except for close, menu, search and paging, which carry a label.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Icon { $($(#[$meta])* $variant),+ }

        impl Icon {
            /// All of them.
            pub const ALL: &'static [Icon] = &[$(Icon::$variant),+];

            const fn name(self) -> &'static str {
                match self { $(Icon::$variant => $name),+ }
            }

            const fn drawing(self) -> &'static str {
                match self { $(Icon::$variant => $drawing),+ }
            }
        }
    };
}

icons! {
    /// Onward.
    Arrow = "arrow", r#"<path d="M4 12h15M13.5 6.5 19 12l-5.5 5.5"/>"#;
    /// Sent back, or back to.
    Back = "back", r#"<path d="M9 7 4 12l5 5"/><path d="M4 12h10a5.5 5.5 0 0 1 0 11" transform="translate(0 -3)"/>"#;
    /// Notices.
    Bell = "bell", r#"<path d="M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 20.5a2.2 2.2 0 0 0 4 0"/>"#;
    /// An organisation.
    Building = "bld", r#"<path d="M4 20.5V9l8-5 8 5v11.5M2.5 20.5h19M8 12v5M12 12v5M16 12v5"/>"#;
    /// A plan, a manual.
    Book = "book", r#"<path d="M12 6.5C10 5 7 4.5 4 5v14c3-.5 6 0 8 1.5 2-1.5 5-2 8-1.5V5c-3-.5-6 0-8 1.5zM12 6.5v14"/>"#;
    /// A suggestion.
    Bulb = "bulb", r#"<path d="M9 17.5h6M10 20.5h4M8.5 14.5a6 6 0 1 1 7 0c-.6.5-.9 1.2-1 2h-5c-.1-.8-.4-1.5-1-2z"/>"#;
    /// A day or a period.
    Calendar = "cal", r#"<rect x="4" y="5" width="16" height="15" rx="2"/><path d="M4 10h16M8.5 3v4M15.5 3v4"/>"#;
    /// The eight steps.
    Chain = "chain8", r#"<path d="M4 6h4M12 6h8M4 12h8M16 12h4M4 18h3M11 18h9"/><circle cx="10" cy="6" r="2"/><circle cx="14" cy="12" r="2"/><circle cx="9" cy="18" r="2"/>"#;
    /// An indicator.
    Chart = "chart", r#"<path d="M4 4v16h16"/><path d="m7.5 15 4-4.5 3 2.5L20 7"/>"#;
    /// Done.
    Check = "check", r#"<path d="m5 12.5 4.5 4.5L19 7.5"/>"#;
    /// Not yet due, or late.
    Clock = "clock", r#"<circle cx="12" cy="12" r="9"/><path d="M12 7v5.3l3.3 2"/>"#;
    /// Missing.
    Dashed = "dash", r#"<circle cx="12" cy="12" r="9" stroke-dasharray="3.4 3.2"/>"#;
    /// A catalogue, open data.
    Database = "db", r#"<ellipse cx="12" cy="5.5" rx="7.5" ry="2.8"/><path d="M4.5 5.5v13c0 1.5 3.4 2.8 7.5 2.8s7.5-1.3 7.5-2.8v-13M4.5 12c0 1.5 3.4 2.8 7.5 2.8s7.5-1.3 7.5-2.8"/>"#;
    /// Below the target.
    Lower = "down", r#"<circle cx="12" cy="12" r="9"/><path d="M12 7.5v8.5M8.5 12.8 12 16.3l3.5-3.5"/>"#;
    /// To take away as a file.
    Download = "down2", r#"<path d="M12 4v11M7.5 11 12 15.5 16.5 11M5 20h14"/>"#;
    /// Settings.
    Gear = "gear", r#"<circle cx="12" cy="12" r="3"/><path d="M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.1 2.1M16.3 16.3l2.1 2.1M5.6 18.4l2.1-2.1M16.3 7.7l2.1-2.1"/>"#;
    /// Kept as it was.
    Equal = "eq", r#"<path d="M5 9.5h14M5 14.5h14"/>"#;
    /// A document.
    File = "file", r#"<path d="M6 3h8l4.5 4.5V21H6z"/><path d="M14 3v5h4.5"/>"#;
    /// A document that counts.
    FileCheck = "filec", r#"<path d="M6 3h8l4.5 4.5V21H6z"/><path d="m9 14 2.2 2.2 4-4"/>"#;
    /// Projects.
    Folder = "folder", r#"<path d="M3.5 6h6l2 2.5h9V19h-17z"/>"#;
    /// Partly.
    Half = "half", r#"<circle cx="12" cy="12" r="9"/><path d="M12 3v18M12 3a9 9 0 0 1 0 18" fill="currentColor"/>"#;
    /// Ended, kept as history.
    History = "hist", r#"<path d="M4 5v5h5M4.5 9.5a8.5 8.5 0 1 1-.5 4.5"/><path d="M12 8v4.5l3 1.8"/>"#;
    /// Advice, explanation.
    Info = "info", r#"<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.6v.1"/>"#;
    /// Work to be done.
    Inbox = "inbox", r#"<path d="M4 13 6.5 5h11L20 13v6H4z"/><path d="M4 13h5l1 2.5h4L15 13h5"/>"#;
    /// A link.
    Link = "link", r#"<path d="M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1"/>"#;
    /// Not open to the viewer.
    Lock = "lock", r#"<rect x="5" y="10.5" width="14" height="10" rx="2"/><path d="M8.5 10.5V7.5a3.5 3.5 0 0 1 7 0v3"/>"#;
    /// The menu.
    Menu = "menu", r#"<path d="M4 7h16M4 12h16M4 17h16"/>"#;
    /// Two became one.
    Merge = "merge", r#"<path d="M4 6h3c4 0 4 6 8 6h5M4 18h3c4 0 4-6 8-6"/>"#;
    /// Must be repaired, critical.
    Octagon = "oct", r#"<path d="M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3z"/><path d="M12 7.5v5.5M12 16.2v.1"/>"#;
    /// Approved, reached.
    OkCircle = "okc", r#"<circle cx="12" cy="12" r="9"/><path d="m8 12.3 2.8 2.8L16 9.8"/>"#;
    /// A draft.
    Pen = "pen", r#"<path d="m4 20 1-4.5L16.5 4 20 7.5 8.5 19z"/>"#;
    /// More.
    Plus = "plus", r#"<path d="M12 5v14M5 12h14"/>"#;
    /// To paper.
    Print = "print", r#"<path d="M7 8V3.5h10V8M7 17H4V8.5h16V17h-3"/><path d="M7 14h10v6.5H7z"/>"#;
    /// Cannot be judged yet.
    Question = "q", r#"<circle cx="12" cy="12" r="9"/><path d="M9.5 9.3a2.6 2.6 0 1 1 3.6 2.5c-.8.4-1.1.9-1.1 1.8M12 16.6v.1"/>"#;
    /// Next, inside.
    Right = "cr", r#"<path d="m9 6 6 6-6 6"/>"#;
    /// Search.
    Search = "search", r#"<circle cx="11" cy="11" r="6.5"/><path d="m20 20-4.2-4.2"/>"#;
    /// Sent.
    Send = "send", r#"<path d="M20.5 3.5 3.5 10.5l7 3 3 7z"/><path d="m20.5 3.5-10 10"/>"#;
    /// Items to review.
    Shield = "shield", r#"<path d="M12 3 5 6v5.5c0 4.5 3 8 7 9.5 4-1.5 7-5 7-9.5V6z"/><path d="m9 12 2.2 2.2L15.2 10"/>"#;
    /// Not applicable.
    Slashed = "slash", r#"<circle cx="12" cy="12" r="9"/><path d="M6 18 18 6"/>"#;
    /// One became two.
    Split = "split", r#"<path d="M4 12h5c4 0 4-6 8-6h3M9 12c4 0 4 6 8 6h3"/>"#;
    /// Ended.
    Stop = "stop", r#"<path d="M4 12h12M18.5 6.5v11"/>"#;
    /// A target of the goal.
    Target = "target", r#"<circle cx="12" cy="12" r="9"/><circle cx="12" cy="12" r="5"/><circle cx="12" cy="12" r="1"/>"#;
    /// The golden thread.
    Thread = "thread", r#"<circle cx="12" cy="4.5" r="2"/><circle cx="6" cy="19.5" r="2"/><circle cx="18" cy="19.5" r="2"/><path d="M12 6.5v4c0 4-6 3-6 7M12 10.5c0 4 6 3 6 7"/>"#;
    /// Should be repaired, at risk.
    Triangle = "tri", r#"<path d="M12 4 2.8 20h18.4z"/><path d="M12 10v4.5M12 17.2v.1"/>"#;
    /// A forecast.
    Trend = "trend", r#"<path d="m4 16 5-5 4 3 7-8M15 6h5v5"/>"#;
    /// Not connected.
    Unlink = "unlink", r#"<path d="m16 13 2.7-2A4 4 0 0 0 13 5.3l-1.5 1.5M8 11l-2.7 2A4 4 0 0 0 11 18.7l1.5-1.5M4 4l16 16"/>"#;
    /// A person.
    User = "user", r#"<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5a7.5 7.5 0 0 1 15 0"/>"#;
    /// A committee.
    Users = "users", r#"<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 20a6.5 6.5 0 0 1 13 0M16 5.3a3.5 3.5 0 0 1 0 6.4M18.5 14.5a6.5 6.5 0 0 1 3 5.5"/>"#;
    /// Close.
    Close = "x", r#"<path d="m6 6 12 12M18 6 6 18"/>"#;
    /// A reported zero.
    Zero = "zero", r#"<circle cx="12" cy="12" r="9"/><ellipse cx="12" cy="12" rx="2.6" ry="4"/>"#;
}

/// The icon beside text of the usual size.
pub fn icon(icon: Icon) -> Markup {
    html! { svg.i aria-hidden="true" { use href={ "#i-" (icon.name()) } {} } }
}

/// The icon in small text and in buttons.
pub fn small_icon(icon: Icon) -> Markup {
    html! { svg.i.i-s aria-hidden="true" { use href={ "#i-" (icon.name()) } {} } }
}

/// The drawings of the icons that `markup` uses; of all where parts of the page are exchanged later.
pub fn sprite(markup: &str, all: bool) -> Markup {
    let mut symbols = String::new();
    for icon in Icon::ALL {
        let name = icon.name();
        if all || markup.contains(&format!("\"#i-{name}\"")) {
            symbols.push_str(&format!(
                "<symbol id=\"i-{name}\" viewBox=\"0 0 24 24\">{}</symbol>",
                icon.drawing()
            ));
        }
    }
    html! { svg.sr width="0" height="0" aria-hidden="true" { (PreEscaped(symbols)) } }
}
